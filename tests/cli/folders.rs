//! Folders in which not everything is a scenario that can be read, and files by several paths.

use super::case::{BROKEN, Case, LIBRARY, SOUND};
use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

fn formatted(case: &Case, path: &str) {
    case.status(0, ["fmt", path]);
}

/// What editors and other programs leave beside a scenario is passed over.
#[test]
fn hidden_files_are_passed_over() {
    let case = Case::new()
        .file("a.esc", SOUND)
        .file(".draft.esc", "actor {")
        .file("._a.esc", "\0\u{5}\u{16}\u{7}")
        .file(".git/b.esc", "actor {")
        .file("notes.txt", "actor {");
    symlink("someone@host.1:1", case.folder().join(".#a.esc")).unwrap();
    symlink(".git", case.folder().join("linked")).unwrap();
    formatted(&case, ".");
    for command in ["check", "test"] {
        let (status, _, said) = case.parts([command, "."]);
        assert_eq!((status, said.as_str()), (0, ""), "{command}");
    }
    let (status, _, said) = case.parts(["fmt", "--check", "."]);
    assert_eq!(
        (status, said.as_str()),
        (0, "0 files would be laid out otherwise, 1 would stay as before\n")
    );
    case.status(4, ["check", ".git/none.esc"]);
}

/// One bad file hides nothing, is told by its name, and fails.
#[test]
fn the_rest_of_a_folder_is_done() {
    /// A name, what makes it, and what is told of it.
    type Bad = (&'static str, fn(&Case), &'static str);
    let bad: [Bad; 4] = [
        (
            "a dangling link",
            |case| symlink("gone.esc", case.folder().join("sub/bad.esc")).unwrap(),
            "cannot read `f/sub/bad.esc`: it is a link to `gone.esc`, which is not there",
        ),
        (
            "a circle",
            |case| symlink("bad.esc", case.folder().join("sub/bad.esc")).unwrap(),
            "cannot read `f/sub/bad.esc`: its links go in a circle",
        ),
        (
            "a pipe",
            |case| {
                let path = case.folder().join("sub/bad.esc");
                assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
            },
            "cannot read `f/sub/bad.esc`: it is a pipe or a device",
        ),
        (
            "too large",
            |case| {
                let file = fs::File::create(case.folder().join("sub/bad.esc")).unwrap();
                file.set_len(65 << 20).unwrap();
            },
            "cannot read `f/sub/bad.esc`: it is larger than 64 MiB",
        ),
    ];
    for (what, make, said) in bad {
        let case =
            Case::new().file("b.esc", SOUND).file("sub/a.esc", SOUND).file("sub/z.esc", SOUND);
        formatted(&case, ".");
        make(&case);
        symlink(".", case.folder().join("f")).unwrap();
        for (command, done) in [("check", "3 files"), ("test", "sub/z.esc"), ("fmt", "")] {
            let (status, stdout, stderr) = case.parts([command, "f/"]);
            assert_eq!(status, 4, "{what}, {command}: {stderr}");
            assert!(stderr.contains(&format!("error: {said}")), "{what}, {command}: {stderr}");
            assert!(stdout.contains(done), "{what}, {command}: {stdout}");
            if command == "fmt" {
                assert!(stderr.contains("3 left as before"), "{what}: {stderr}");
            }
        }
    }
}

/// A file that cannot be read does not hide what is wrong in others.
#[test]
fn several_troubles_are_all_told() {
    let case = Case::new().file("a.esc", SOUND).file("b.esc", BROKEN);
    symlink("gone", case.folder().join("c.esc")).unwrap();
    for command in ["check", "test"] {
        let (status, _, stderr) = case.parts([command, "."]);
        assert_eq!(status, 1, "{command}");
        assert!(stderr.contains("`c.esc`") && stderr.contains("`likly`"), "{command}: {stderr}");
    }
    let (status, stdout, stderr) = case.parts(["test", "gone.esc", "a.esc"]);
    assert!(
        status == 4 && stdout.contains("a.esc") && stderr.contains("`gone.esc`"),
        "{stdout}{stderr}"
    );
}

#[test]
fn each_file_is_taken_once() {
    let case = Case::new().file("a.esc", SOUND).file("sub/b.esc", SOUND);
    symlink("../a.esc", case.folder().join("sub/also.esc")).unwrap();
    let absolute = case.folder().join("a.esc");
    let (status, stdout, _) =
        case.parts(["check", "a.esc", "./a.esc", absolute.to_str().unwrap(), "sub/../a.esc", "."]);
    assert_eq!((status, stdout.as_str()), (0, "2 files: no errors, no warnings\n"));
    // A link out of the folder is what there is of it.
    let (status, stdout, _) = case.parts(["check", "sub", "--format", "json"]);
    assert!(
        status == 0 && stdout.contains("sub/also.esc") && stdout.contains("sub/b.esc"),
        "{stdout}"
    );
    let (_, stdout, _) = case.parts(["check", ".", "--format", "json"]);
    assert!(!stdout.contains("also.esc"), "{stdout}");
}

/// A snapshot is a file like all others: no pipe is waited for.
#[test]
fn a_snapshot_has_a_limit() {
    let case = Case::new().file("a.esc", SOUND);
    let snap = case.folder().join("a.esc.snap");
    symlink("/dev/zero", &snap).unwrap();
    let (status, _, stderr) = case.parts(["test", "a.esc"]);
    assert!(status == 4 && stderr.contains("cannot read `a.esc.snap`"), "{stderr}");
    fs::remove_file(&snap).unwrap();
    assert!(Command::new("mkfifo").arg(&snap).status().unwrap().success());
    let (status, _, stderr) = case.parts(["test", "a.esc"]);
    assert!(status == 4 && stderr.contains("cannot read `a.esc.snap`"), "{stderr}");
}

/// Standard input has nothing beside it.
#[test]
fn standard_input_has_no_snapshot() {
    let case = Case::new().file("<stdin>.snap", "other").stdin(SOUND);
    case.status(0, ["test", "-"]);
    case.status(0, ["test", "-", "--accept"]);
    assert_eq!(case.read("<stdin>.snap"), "other");
    let case = Case::new().stdin(SOUND);
    case.status(0, ["test", "-", "--accept"]);
    assert!(case.files().is_empty());
}

/// A snapshot that was checked out on Windows stays one.
#[test]
fn a_renewed_snapshot_keeps_its_line_ends() {
    let case = Case::new().file("a.esc", SOUND);
    case.status(0, ["test", "a.esc", "--accept"]);
    let snapshot = case.read("a.esc.snap");
    fs::write(case.folder().join("a.esc.snap"), snapshot.replace('\n', "\r\n")).unwrap();
    case.status(0, ["test", "a.esc"]);
    fs::write(case.folder().join("a.esc.snap"), snapshot.replace('\n', "\r\n") + "more\r\n")
        .unwrap();
    case.status(3, ["test", "a.esc"]);
    case.status(0, ["test", "a.esc", "--accept"]);
    assert_eq!(case.read("a.esc.snap"), snapshot.replace('\n', "\r\n"));
}

const SHARED: &str = "actor east \"East\"\naction wave \"Wave\"\n";

/// One file is read once, by whatever paths it is imported: from above, from its own folder, through
/// links.
#[test]
fn an_import_is_one_file_by_whatever_path() {
    let main = "scenario \"T\" { horizon 1 turn }\nimport \"../lib/one.esc\"\nimport \"common.esc\"\n\
                inject turn 0 { east does wave }\noutcome o \"O\" when east has done wave\n";
    let case = Case::new()
        .file("in/a.esc", main)
        .file("in/common.esc", SHARED)
        .file("lib/one.esc", "import \"../in/common.esc\"\nimport \"alias.esc\"\n");
    symlink("../in/common.esc", case.folder().join("lib/alias.esc")).unwrap();
    symlink("in", case.folder().join("linked")).unwrap();
    symlink("in/a.esc", case.folder().join("a-link.esc")).unwrap();
    let absolute = case.folder().join("in/a.esc").to_str().unwrap().to_owned();
    let binary = assert_cmd::cargo::cargo_bin!("escalade");
    for (folder, path) in [
        (".", "in/a.esc"),
        (".", "./in/a.esc"),
        (".", "linked/a.esc"),
        (".", "a-link.esc"),
        (".", &absolute),
        ("in", "a.esc"),
        ("in", "./a.esc"),
        ("in", "../in/a.esc"),
        ("lib", "../in/a.esc"),
        ("lib", "../linked/a.esc"),
        ("/", &absolute),
    ] {
        let output = Command::new(binary)
            .args(["check", path, "--format", "short"])
            .current_dir(case.folder().join(folder))
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{folder}: {path}: {said}");
    }
    // Standard input is the file that it comes from.
    let output = Command::new(binary)
        .args(["check", "-", "--format", "short"])
        .current_dir(case.folder().join("in"))
        .stdin(fs::File::open(case.folder().join("in/a.esc")).unwrap())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn circles_are_found_by_whatever_path() {
    let case = Case::new()
        .file("in/a.esc", "scenario \"T\" { horizon 1 turn }\nimport \"../lib/one.esc\"\nactor x\n")
        .file("lib/one.esc", LIBRARY);
    symlink("../in/a.esc", case.folder().join("lib/back.esc")).unwrap();
    let binary = assert_cmd::cargo::cargo_bin!("escalade");
    for import in ["../in/a.esc", "back.esc"] {
        fs::write(case.folder().join("lib/one.esc"), format!("import \"{import}\"\n")).unwrap();
        for (folder, path) in [(".", "in/a.esc"), ("in", "a.esc"), ("lib", "back.esc"), ("in", "-")]
        {
            let file = fs::File::open(case.folder().join("in/a.esc")).unwrap();
            let output = Command::new(binary)
                .args(["check", path, "--format", "short"])
                .current_dir(case.folder().join(folder))
                .stdin(file)
                .output()
                .unwrap();
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(
                said.contains("E1012") && !said.contains("E1002"),
                "{import} {folder} {path}: {said}"
            );
        }
    }
}

/// What a scenario means does not depend on the path that it is named by: imports, documents and defaults
/// are those beside the file itself; where only a link lies beside them, those beside the link.
#[test]
fn what_lies_beside_a_file_lies_beside_a_link_to_it() {
    let main = "scenario \"T\" {}\nimport \"common.esc\"\nsource n \"N\" { file \"note.txt\" }\n\
                inject turn 0 { east does wave }\noutcome o \"O\" when east has done wave\n\
                issue talks\nposition east on talks: wary { says \"a word\" from n }\n";
    let case = Case::new()
        .file("in/a.esc", main)
        .file("in/common.esc", SHARED)
        .file("in/note.txt", "a word")
        .file("in/.escalade.toml", "horizon = 7\n")
        .file("out/other.txt", "");
    symlink("../in/a.esc", case.folder().join("out/a.esc")).unwrap();
    let told = |path: &str| {
        let (status, stdout, stderr) = case.parts(["run", path, "--format", "json"]);
        assert_eq!(status, 0, "{path}: {stderr}");
        let report: serde_json::Value = serde_json::from_str(&stdout).unwrap();
        report["horizon"].clone()
    };
    assert_eq!((told("in/a.esc"), told("out/a.esc")), (7.into(), 7.into()));
    // Files that are put together from links only.
    let farm = Case::new()
        .file("store/1/a.esc", main)
        .file("store/2/common.esc", SHARED)
        .file("store/3/note.txt", "a word")
        .file("farm/other.txt", "");
    for (from, to) in
        [("1/a.esc", "a.esc"), ("2/common.esc", "common.esc"), ("3/note.txt", "note.txt")]
    {
        symlink(format!("../store/{from}"), farm.folder().join("farm").join(to)).unwrap();
    }
    let (status, _, stderr) = farm.parts(["check", "farm/a.esc"]);
    assert_eq!(status, 0, "{stderr}");
}
