//! Texts that try to be more than texts, files that are none, and what reports say of those that were
//! read.

use crate::case::Case;
use serde_json::Value;
use std::fs;
use std::process::Command;

/// What nobody has a right to see.
const SECRET: &str = "PASSWORD=hunter2\ntoken: 0123456789\n";

/// Every form in which a scenario is checked, with all that comes of it.
fn checked(case: &Case, file: &str) -> Vec<(i32, String)> {
    ["text", "short", "json", "github", "sarif"]
        .into_iter()
        .map(|format| {
            let (status, out, err) = case.parts(["check", file, "--format", format]);
            (status, out + &err)
        })
        .collect()
}

/// Whether a text holds something that a terminal obeys or a reader does not see.
fn steers(text: &str) -> Option<char> {
    text.chars().find(|&c| c != '\n' && (c.is_control() || "\u{202E}\u{2066}\u{200F}".contains(c)))
}

#[test]
fn nothing_in_a_diagnostic_steers() {
    let hostile = "x\\r\\n::error::mine\u{1b}[2J\u{202E}\u{2066}\u{9b}";
    for text in [
        format!("scenario \"S\" {{ horizon 1 turn }}\nimport \"{hostile}\"\n"),
        format!("source s \"S\" {{ file \"{hostile}\" }}\n"),
        format!("actor b \"\rno errors, no warnings {hostile}\" {{ voice 3 }}\n"),
        "actor \u{1b} \u{202E}\n".to_owned(),
        format!("actor a \"{hostile}\"\nactor a {{ x = \"{hostile}\" }}\nissue \u{202E}x\n"),
        "state s: a | b\u{200F} | c\nactor \u{2066}b\nrule \u{7f} {\n}\n".to_owned(),
    ] {
        let case = Case::new().file("a.esc", &text);
        for (status, told) in checked(&case, "a.esc") {
            assert_eq!((status, steers(&told)), (1, None), "{told:?}");
            let command = |line: &&str| line.trim_start().starts_with("::error::");
            assert_eq!(told.lines().find(command), None, "{told}");
        }
    }
    // What is escaped is still told.
    let case = Case::new().file("a.esc", "import \"a\\n\u{202E}b\"\n");
    let (_, _, said) = case.parts(["check", "a.esc", "--format", "short"]);
    assert!(said.contains(r"the import `a\n\u{202E}b` cannot be read"), "{said}");
    // The name of a file begins no command either.
    let case = Case::new().file("::warning::x.esc", "actor\n");
    let (_, out, err) = case.parts(["check", ".", "--format", "short"]);
    assert!(!format!("\n{out}\n{err}").contains("\n::"), "{out}{err}");
}

#[test]
fn nothing_in_a_report_steers() {
    let hostile = "T\u{1b}[31m\u{202E}\u{9b}\r::error::x";
    let text = format!(
        "scenario \"{hostile}\" {{ horizon 2 turns }}\nsource s \"{hostile}\" {{ by \"{hostile}\" }}\n\
         actor a \"{hostile}\"\naction x \"{hostile}\"\nflag f \"{hostile}\"\ninject turn 0 {{ a does x }}\n\
         rule r \"{hostile}\" {{ on a does x  then 50% {{ f becomes yes }}  because \"{hostile}\" from s }}\n\
         outcome o \"{hostile}\" when f\noutcome n \"{hostile}\" otherwise\nexpect \"{hostile}\": P(o) <= 1%\n\
         reading q \"{hostile}\" {{ rule r: 20% }}\n"
    );
    let case = Case::new().file("a.esc", &text);
    let (file, outcome) = ("a.esc", "o");
    for told in [
        case.parts(["run", file]),
        case.parts(["run", file, "--format", "json"]),
        case.parts(["run", file, "--format", "markdown"]),
        case.parts(["run", file, "--run", "1"]),
        case.parts(["why", file, outcome]),
        case.parts(["why", file, outcome, "--format", "json"]),
        case.parts(["drivers", file]),
        case.parts(["drivers", file, "--format", "json"]),
        case.parts(["structure", file]),
        case.parts(["structure", file, "--format", "json"]),
        case.parts(["compare", file, file, "--format", "json"]),
        case.parts(["compare", file, "--set", "f=yes"]),
        case.parts(["compare", file, "--set", "f=yes", "--format", "json"]),
        case.parts(["test", file]),
        case.parts(["test", file, "--format", "json"]),
        case.parts(["test", file, "--format", "junit"]),
        case.parts(["graph", file, "--format", "json"]),
        case.parts(["graph", file, "--format", "dot"]),
        case.parts(["graph", file, "--format", "mermaid"]),
        case.parts(["graph", file, "--format", "graphml"]),
        case.parts(["graph", file, "--format", "svg"]),
        case.parts(["export", file, "--to", "prism"]),
        case.parts(["export", file, "--to", "jani"]),
        case.parts(["sweep", file, "--sample", "2"]),
        case.parts(["run", file, "--reading", hostile]),
        case.parts(["run", file, "--set", hostile]),
    ] {
        let (status, out, err) = told;
        assert!(status != 101, "{err}");
        assert_eq!(steers(&out).or(steers(&err)), None, "{out}{err}");
    }
}

#[test]
fn files_that_are_no_scenarios_are_not_shown() {
    let case = Case::new()
        .file("secret.txt", SECRET)
        .file("shell.txt", &format!("source venv\n{SECRET}"))
        .file("secret.esc", SECRET)
        .file("a/environment.esc", "import \"/proc/self/environ\"\nactor a \"A\"\n")
        .file("a/plain.esc", "import \"../secret.txt\"\nactor a \"A\"\n")
        .file("a/named.esc", "import \"../secret.esc\"\nactor a \"A\"\n")
        .file("a/shell.esc", "import \"../shell.txt\"\nactor a \"A\"\n")
        .file("a/linked.esc", "import \"link.esc\"\nactor a \"A\"\n")
        .file("a/null.esc", "import \"/dev/null\"\nactor a \"A\"\n")
        .file("a/folder.esc", "import \"..\"\nactor a \"A\"\n")
        .file("b/a.esc", "actor a \"A\"\n");
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        symlink("../secret.txt", case.folder().join("a/link.esc")).unwrap();
        symlink("../secret.txt", case.folder().join("b/.escalade.toml")).unwrap();
        symlink("/proc/self/environ", case.folder().join("a/system.esc")).unwrap();
        let pipe = case.folder().join("a/pipe");
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        fs::write(case.folder().join("a/piped.esc"), "import \"pipe\"\nactor a \"A\"\n").unwrap();
    }
    let files = [
        "environment",
        "plain",
        "named",
        "shell",
        "linked",
        "null",
        "folder",
        "piped",
        "link",
        "system",
    ];
    let files = files.map(|name| format!("a/{name}.esc"));
    for file in files.iter().map(String::as_str).chain(["b/a.esc"]) {
        for (status, told) in checked(&case, file) {
            assert_eq!(status, 1, "{file}: {told}");
            assert!(told.contains("E1011"), "{file}: {told}");
            for secret in ["hunter2", "PASSWORD", "token", "0123", "PATH", "HOME"] {
                assert!(!told.contains(secret), "{file}: {told}");
            }
        }
    }
    // A library with mistakes is shown with them.
    let case = case
        .file("lib.esc", "actor b \"B\"\nactr c\n")
        .file("a/library.esc", "import \"../lib.esc\"\nactor a \"A\"\n");
    let (_, _, said) = case.parts(["check", "a/library.esc"]);
    assert!(said.contains("actr c") && said.contains("did you mean `actor`?"), "{said}");
}

#[test]
fn nothing_is_quoted_of_documents_elsewhere() {
    let scenario = "source s \"S\" { file \"FILE\" }\nissue i \"I\"\nactor a \"A\"\n\
        position a on i: open { says \"we do not exclude any thing\" from s }\n";
    let case = Case::new()
        .file("elsewhere/doc.md", "We do not exclude anything.\n")
        .file("near/seeds/doc.md", "We do not exclude anything.\n")
        .file("near/scenarios/far.esc", &scenario.replace("FILE", "../../elsewhere/doc.md"))
        .file("near/scenarios/near.esc", &scenario.replace("FILE", "../seeds/doc.md"));
    let (_, _, said) = case.parts(["check", "near/scenarios/near.esc"]);
    assert!(said.contains("nearest passage") && said.contains("exclude anything"), "{said}");
    let (_, _, said) = case.parts(["check", "near/scenarios/far.esc"]);
    assert!(said.contains("this quotation is not in") && !said.contains("anything"), "{said}");
}

/// Hashes as `sha256sum` has them.
const DOCUMENT: &str = "1878263d078dfde6d82e082250a025abc9a737ab6ee0d18147405ce790587562";
const LIBRARY: &str = "d943440a11f78c66c46605b86bb6afad77eb8a48ca53991705fce49677f46249";
const DEFAULTS: &str = "41e061e269133d6a4fc483ad2bd22a79b78fa2edb1fedd70a5aeca232fe9822e";

#[test]
fn every_report_lists_the_files_that_were_read() {
    let scenario = "import \"../lib/east.esc\"\nimport \"../../elsewhere/west.esc\"\n\
        scenario \"T\" { horizon 2 turns }\nsource s \"S\" { file \"../seeds/doc.md\" }\n\
        source t \"T\" { file \"../../elsewhere/doc.md\" }\nissue i \"I\"\n\
        position east on i: open { says \"do not exclude\" from s }\n\
        position west on i: open { says \"do not exclude\" from t }\naction x \"X\"\n\
        inject turn 0 { east does x }\nrule r { on east does x  then likely { west does x }  because \"so\" }\noutcome o \"O\" when east has done x\n";
    let case = Case::new()
        .file(".escalade.toml", "horizon = 3\n")
        .file("here/seeds/doc.md", "We do not exclude anything.\n")
        .file("elsewhere/doc.md", "We do not exclude anything.\n")
        .file("here/lib/east.esc", "actor east \"East\"\n")
        .file("elsewhere/west.esc", "actor west \"West\"\n")
        .file("here/scenarios/a.esc", scenario);
    let expected = [
        ("here/scenarios/a.esc", None, false),
        ("here/lib/east.esc", Some(LIBRARY), false),
        ("elsewhere/west.esc", None, true),
        (".escalade.toml", Some(DEFAULTS), true),
        ("here/seeds/doc.md", Some(DOCUMENT), false),
        ("elsewhere/doc.md", Some(DOCUMENT), true),
    ];
    let file = "here/scenarios/a.esc";
    let json = |arguments: &[&str]| -> Value {
        let (status, out, err) = case.parts([arguments[0], file, arguments[1], arguments[2]]);
        assert_eq!(status, 0, "{err}");
        serde_json::from_str(out.trim_start_matches("# ").lines().next().unwrap())
            .or_else(|_| serde_json::from_str(&out))
            .unwrap()
    };
    for arguments in [
        ["run", "--format", "json"],
        ["drivers", "--format", "json"],
        ["structure", "--format", "json"],
        ["sweep", "--sample", "1"],
    ] {
        let value = json(&arguments);
        let listed = value["files"].as_array().unwrap_or_else(|| panic!("{arguments:?}"));
        assert_eq!(listed.len(), expected.len(), "{listed:?}");
        for (one, (path, hash, outside)) in listed.iter().zip(expected) {
            assert_eq!((&one["path"], &one["outside"]), (&path.into(), &outside.into()));
            let found = one["sha256"].as_str().unwrap();
            assert!(hash.is_none_or(|hash| found == hash) && found.len() == 64, "{one}");
        }
    }
    for format in ["text", "markdown", "html"] {
        let (_, page, _) = case.parts(["run", file, "--format", format]);
        let lines: Vec<&str> = page.lines().collect();
        for (path, hash, outside) in expected {
            // Markdown marks signs of its own.
            let shown = path.replace('_', "\\_");
            let at =
                lines.iter().rposition(|line| line.contains(&shown) && !line.contains("\"path\""));
            let at = at.unwrap_or_else(|| panic!("{format}: {path} in {page}"));
            let about = format!("{} {}", lines[at], lines.get(at + 1).unwrap_or(&""));
            let about = if format == "text" { about } else { lines[at].to_owned() };
            assert!(hash.is_none_or(|hash| about.contains(hash)), "{format}: {about}");
            assert_eq!(about.contains("outside the folder"), outside, "{format}: {about}");
        }
    }
    // From its own folder the same files lie outside.
    let here = case.folder().join("here/scenarios");
    let output = Command::new(assert_cmd::cargo::cargo_bin!("escalade"))
        .args(["run", "a.esc", "--format", "json"])
        .current_dir(here)
        .output()
        .unwrap();
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    let outside = value["files"].as_array().unwrap().iter().map(|one| one["outside"] == true);
    assert_eq!(outside.collect::<Vec<_>>(), expected.map(|(.., outside)| outside));
}
