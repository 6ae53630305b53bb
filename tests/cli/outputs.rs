//! Outputs: nothing that is read is written over, and everything goes onto what it names.

use super::case::{Case, LIBRARY, SOUND};
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::process::Command;

fn case() -> Case {
    Case::new().file("a.esc", SOUND)
}

/// Runs a line of a shell in the folder of a case; `$E` is the program.
fn shell(case: &Case, line: &str) -> (i32, String) {
    let output = Command::new("sh")
        .args(["-c", &format!("exec 2>&1; {line}")])
        .env("E", assert_cmd::cargo::cargo_bin!("escalade"))
        .current_dir(case.folder())
        .output()
        .unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
}

/// Every command that reads a scenario and writes.
const COMMANDS: [&str; 15] = [
    "run a.esc --format html",
    "run a.esc --method simulate --runs 10",
    "graph a.esc",
    "graph a.esc --view influence",
    "sweep a.esc --sample 2",
    "export a.esc --to prism",
    "export a.esc --to jani",
    "check a.esc --format sarif",
    "check a.esc --format text",
    "why a.esc shots",
    "drivers a.esc",
    "structure a.esc",
    "compare a.esc --set tension=2",
    "test a.esc --format junit",
    "test .",
];

#[test]
fn nothing_that_is_read_is_written_over() {
    let case = case();
    symlink("a.esc", case.folder().join("link.esc")).unwrap();
    fs::hard_link(case.folder().join("a.esc"), case.folder().join("hard.esc")).unwrap();
    for command in COMMANDS {
        for output in ["a.esc", "./a.esc", "../$(basename $PWD)/a.esc", "$PWD/a.esc", "link.esc"] {
            let (status, said) = shell(&case, &format!("$E {command} -o {output}"));
            assert_eq!(status, 2, "{command} -o {output}: {said}");
            assert!(said.contains("would take the place of `"), "{command} -o {output}: {said}");
            assert_eq!(case.read("a.esc"), SOUND, "{command} -o {output}");
        }
    }
    for (line, lost) in [
        ("$E run link.esc -o a.esc", "link.esc"),
        ("$E run a.esc -o hard.esc", "a.esc"),
        ("$E run - -o a.esc < a.esc", "<stdin>"),
        ("$E check - -o link.esc < a.esc", "<stdin>"),
        ("$E export a.esc --to prism -o m.pm --properties a.esc", "a.esc"),
        ("$E play a.esc --as south --record link.esc", "a.esc"),
        ("$E play a.esc --as south --transcript a.esc", "a.esc"),
        ("$E compare a.esc link.esc -o hard.esc", "a.esc"),
    ] {
        let (status, said) = shell(&case, line);
        assert_eq!(status, 2, "{line}: {said}");
        assert!(said.contains(&format!("would take the place of `{lost}`")), "{line}: {said}");
        assert_eq!(case.read("a.esc"), SOUND, "{line}");
    }
    assert!(!case.folder().join("m.pm").exists());
}

/// An import, a quoted document, the file of defaults.
#[test]
fn what_the_scenario_rests_on_is_spared_too() {
    let quoting =
        format!("import \"lib/east.esc\"\nsource note \"A note\" {{ file \"note.txt\" }}\n{SOUND}");
    let case = Case::new()
        .file("a.esc", &quoting)
        .file("lib/east.esc", LIBRARY)
        .file("note.txt", "The note.")
        .file(".escalade.toml", "horizon = 6\n");
    symlink("../note.txt", case.folder().join("lib/note")).unwrap();
    for (output, lost) in [
        ("lib/east.esc", "lib/east.esc"),
        ("note.txt", "note.txt"),
        ("lib/note", "note.txt"),
        (".escalade.toml", ".escalade.toml"),
    ] {
        for command in ["run a.esc", "sweep a.esc --sample 1", "check a.esc", "graph a.esc"] {
            let (status, said) = shell(&case, &format!("$E {command} -o {output}"));
            assert_eq!(status, 2, "{command} -o {output}: {said}");
            assert!(said.contains(&format!("`{lost}`, which is read here")), "{said}");
        }
        let (status, said) = shell(&case, &format!("$E play a.esc --as south --record {output}"));
        assert_eq!(status, 2, "{output}: {said}");
    }
    assert_eq!(case.read("lib/east.esc"), LIBRARY);
    assert_eq!(case.read("note.txt"), "The note.");
    // A snapshot, whether it is held against or written anew.
    case.status(0, ["test", "a.esc", "--accept"]);
    let snapshot = case.read("a.esc.snap");
    for accept in ["", "--accept"] {
        let (status, said) = shell(&case, &format!("$E test a.esc {accept} -o a.esc.snap"));
        assert!(status == 2 && said.contains("`a.esc.snap`, which is read here"), "{said}");
        assert_eq!(case.read("a.esc.snap"), snapshot);
    }
    fs::remove_file(case.folder().join("a.esc.snap")).unwrap();
    // A snapshot that is a link to what it is made from.
    symlink("a.esc", case.folder().join("a.esc.snap")).unwrap();
    let (status, said) = shell(&case, "$E test a.esc --accept");
    assert_eq!((status, case.read("a.esc")), (2, quoting), "{said}");
}

#[test]
fn two_outputs_are_two_files() {
    let case = case();
    symlink("both", case.folder().join("link")).unwrap();
    for (line, said) in [
        ("$E export a.esc --to prism -o both --properties both", "both name `both`"),
        ("$E export a.esc --to prism -o both --properties ./both", "both name `./both`"),
        ("$E export a.esc --to prism -o both --properties link", "both name `link`"),
        ("$E export a.esc --to prism --properties -", "both go to standard output"),
        ("$E play a.esc --as south --record both --transcript link", "both name `both`"),
    ] {
        let (status, told) = shell(&case, line);
        assert_eq!(status, 2, "{line}: {told}");
        assert!(told.contains(said), "{line}: {told}");
        assert!(!case.folder().join("both").exists(), "{line}");
    }
    let (status, properties) = shell(&case, "$E export a.esc --to prism -o both --properties -");
    assert!(status == 0 && properties.contains("=?"), "{properties}");
    assert!(case.read("both").starts_with("//"));
    case.status(
        0,
        ["export", "a.esc", "--to", "prism", "-o", "/dev/null", "--properties", "/dev/null"],
    );
}

/// What is open already belongs to others, too: it is gone on with where it is.
#[test]
#[cfg(target_os = "linux")]
fn a_stream_is_gone_on_with() {
    let case = case();
    let (_, page) = shell(&case, "$E graph a.esc");
    for (command, begun) in [("graph a.esc", page.as_str()), ("sweep a.esc --sample 2", "# {")] {
        for stream in ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "/dev/stderr"] {
            let (_, written) = shell(
                &case,
                &format!(
                    "(echo one; $E {command} -o {stream}; echo two) >> log 2>&1; cat log; rm log"
                ),
            );
            let middle = written.strip_prefix("one\n").and_then(|it| it.strip_suffix("two\n"));
            assert!(
                middle.is_some_and(|it| it.starts_with(begun)),
                "{command} {stream}: {written}"
            );
        }
        let line = format!(
            "(exec 3> log; echo one >&3; $E {command} -o /dev/fd/3; echo two >&3); cat log; rm log"
        );
        let (_, written) = shell(&case, &line);
        let middle = written.strip_prefix("one\n").and_then(|it| it.strip_suffix("two\n"));
        assert!(middle.is_some_and(|it| it.starts_with(begun)), "{command}: {written}");
    }
    let (status, said) = shell(&case, "$E graph a.esc -o /dev/fd/99");
    assert!(status == 4 && said.contains("nothing is open under this number"), "{said}");
    // Through a link, too.
    symlink("/dev/stdout", case.folder().join("out")).unwrap();
    let (_, written) = shell(&case, "(echo one; $E graph a.esc -o out; echo two) > log; cat log");
    assert_eq!(written, format!("one\n{page}two\n"));
    assert!(fs::symlink_metadata(case.folder().join("out")).unwrap().is_symlink());
}

#[test]
fn devices_and_pipes_stay_what_they_are() {
    let case = case();
    for command in ["graph a.esc", "sweep a.esc --sample 3"] {
        let (_, page) = shell(&case, &format!("$E {command}"));
        let line = format!(
            "mkfifo p; cat p > got & $E {command} -o p; status=$?; wait; test -p p || echo gone; rm p; exit $status"
        );
        assert_eq!(shell(&case, &line), (0, String::new()), "{command}");
        assert_eq!(case.read("got"), page, "{command}");
        // A reader that has seen enough is no error.
        let line = format!(
            "mkfifo p; head -c 1 p > got & $E {command} -o p; status=$?; rm p; exit $status"
        );
        assert_eq!(shell(&case, &line), (0, String::new()), "{command}");
        let (status, said) = shell(&case, &format!("$E {command} -o /dev/full"));
        assert!(status == 4 && said.starts_with("error: cannot write `/dev/full`: "), "{said}");
        assert_eq!(shell(&case, &format!("$E {command} -o /dev/null")), (0, String::new()));
        let (status, said) = shell(&case, &format!("$E {command} > /dev/full"));
        assert!(status == 4 && said.contains("cannot write to standard output"), "{said}");
    }
    let (status, said) = shell(&case, "$E sweep a.esc --sample 2 -o /dev/null --resume");
    assert!(status == 2 && said.contains("`/dev/null` is none"), "{said}");
    let (status, said) = shell(&case, "$E sweep a.esc --sample 2 --resume");
    assert!(status == 2 && said.contains("name it with `-o`"), "{said}");
}

/// Behind a link it is the file that is written, with the mode that it has; nothing else is left.
#[test]
fn a_file_stays_what_it_is() {
    for command in ["graph a.esc", "sweep a.esc --sample 3", "run a.esc --format json"] {
        let case = case();
        let path = |name: &str| case.folder().join(name);
        let (_, page) = shell(&case, &format!("$E {command}"));
        fs::create_dir(path("deep")).unwrap();
        symlink("deep/target", path("link")).unwrap();
        symlink("link", path("further")).unwrap();
        // First where the file is not there yet, then where it is.
        for mode in [None, Some(0o600), Some(0o751)] {
            if let Some(mode) = mode {
                fs::write(path("deep/target"), "old").unwrap();
                fs::set_permissions(path("deep/target"), PermissionsExt::from_mode(mode)).unwrap();
            }
            assert_eq!(shell(&case, &format!("$E {command} -o further")), (0, String::new()));
            assert!(path("link").is_symlink() && path("further").is_symlink(), "{command}");
            assert_eq!(case.read("deep/target"), page, "{command}");
            let is = fs::metadata(path("deep/target")).unwrap().mode() & 0o777;
            assert_eq!(mode.unwrap_or(is), is, "{command}");
        }
        assert_eq!(
            shell(&case, "umask 27; $E graph a.esc -o new; ls -l new | cut -c1-10").1,
            "-rw-r-----\n"
        );
        assert_eq!(case.files(), ["a.esc", "deep", "further", "link", "new"], "{command}");
        assert_eq!(shell(&case, "ls -A deep").1, "target\n", "{command}");
    }
}

#[test]
fn what_cannot_be_written_is_told_before_anything_is_done() {
    let case = case().file("folder/b.txt", "").file("plain", "");
    symlink("circle", case.folder().join("circle")).unwrap();
    for command in ["run a.esc", "sweep a.esc --sample 1", "export a.esc --to prism", "schema run"]
    {
        for (output, said) in [
            ("folder", "cannot write `folder`: it is a folder"),
            ("no/where", "cannot write `no/where`: there is no folder `no`"),
            ("plain/x", "cannot write `plain/x`: `plain` is no folder"),
            ("plain/", "cannot write `plain/`: `plain` is no folder"),
            ("new/", "cannot write `new/`: there is no such folder"),
            ("circle", "cannot write `circle`: its links go in a circle"),
        ] {
            let (status, told) = shell(&case, &format!("$E {command} -o {output}"));
            assert_eq!((status, told), (4, format!("error: {said}\n")), "{command} -o {output}");
        }
        let (status, told) = shell(&case, &format!("$E {command} -o ''"));
        assert!(status == 2 && told.contains("--output <FILE>"), "{told}");
    }
    assert_eq!(case.files(), ["a.esc", "circle", "folder", "plain"]);
}

/// Whatever ends the process: the file is the old one or the new one, and nothing lies beside it.
#[test]
#[cfg(target_os = "linux")]
fn nothing_is_left_of_what_was_killed() {
    let case = case();
    for command in ["run a.esc --format html", "graph a.esc --format svg"] {
        let (_, page) = shell(&case, &format!("$E {command}"));
        for wait in 1..40 {
            let line =
                format!("echo old > out; timeout -s KILL 0.{wait:03} $E {command} -o out; exit 0");
            let _ = shell(&case, &line);
            assert!(["old\n", page.as_str()].contains(&case.read("out").as_str()));
            assert_eq!(case.files(), ["a.esc", "out"], "{command}");
        }
    }
}
