//! The formatter: canonical, and nothing lost.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use assert_cmd::Command;
use escalade::syntax::{Unformatted, format, signs};
use proptest::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All `.esc` files below a folder.
fn files(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == "esc") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The laid out text, of which everything that has to hold is checked; none with syntax errors.
fn laid_out(name: &str, text: &str) -> Option<String> {
    let once = match format(text) {
        Ok(once) => once,
        Err(Unformatted::HasErrors) => return None,
        Err(Unformatted::WouldChange) => panic!("{name} would change:\n{text}"),
    };
    let twice = format(&once).unwrap();
    assert!(twice == once, "{name} is laid out differently a second time:\n{once}\n--\n{twice}");
    let says = |text: &str| {
        let plain = signs(text).into_iter().filter(|sign| !sign.starts_with("\"\"\""));
        plain.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(says(text), says(&once), "{name}");
    assert!(!once.contains("\n\n\n") && !once.starts_with('\n'), "{name}:\n{once}");
    Some(once)
}

#[test]
fn what_we_show_is_laid_out() {
    for folder in ["scenarios", "docs", "src/cli"] {
        for path in files(folder) {
            let text = fs::read_to_string(&path).unwrap();
            let name = path.display().to_string();
            let once = laid_out(&name, &text);
            assert!(once.is_none_or(|once| once == text), "run `escalade fmt {name}`");
        }
    }
}

#[test]
fn whatever_parses_can_be_laid_out() {
    let mut count = 0;
    for path in files("tests") {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        count += u32::from(laid_out(&path.display().to_string(), &text).is_some());
    }
    assert!(count > 200, "{count} files");
}

#[test]
fn layouts() {
    insta::glob!("cases/format/*.esc", |path| {
        let text = fs::read_to_string(path).unwrap().replace("\r\n", "\n");
        let once = laid_out(&path.display().to_string(), &text).unwrap();
        insta::assert_snapshot!(once);
    });
}

/// A long text is read in shares, which are cut where a line begins a declaration outside comments.
#[test]
fn long_texts_are_laid_out_like_short_ones() {
    let part = "rule r   {\n when x\n then likely { y becomes yes }\n}\n/* a\n\
                rule in a comment, cut here?\n*/\nactor a {role=power} // who\n\n";
    let one = laid_out("one part", part).unwrap();
    let (text, expected) = (part.repeat(3000), vec![one; 3000].join("\n"));
    assert!(laid_out("all parts", &text).unwrap() == expected);
}

#[test]
fn what_the_grammar_must_not_try_is_left() {
    let (open, close) = ("(".repeat(200_000), ")".repeat(200_000));
    let text = format!("flag a\noutcome o \"O\": {open}a{close}");
    assert_eq!(escalade::syntax::format(&text), Err(Unformatted::HasErrors));
}

/// What may stand between two words of a text, comments included.
fn gap() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        10 => Just(" "),
        4 => Just("\n"),
        2 => Just("\n\n\n  "),
        1 => Just("  // so it is\n"),
        1 => Just("\n    /* and\n       so */ "),
        1 => Just(" /* here */ "),
        1 => Just("\t\r\n"),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// The words of a scenario, with any layout and comments between them.
    #[test]
    fn any_layout_is_laid_out(
        file in 0_usize..400,
        gaps in prop::collection::vec(gap(), 1..200),
    ) {
        let all = files("tests/cases");
        let path = &all[file % all.len()];
        let Ok(text) = fs::read_to_string(path) else { return Ok(()) };
        if format(&text).is_err() {
            return Ok(());
        }
        // Only between pieces that are apart in the text: `0.5` is one word.
        let mut scrambled = String::new();
        let mut behind = 0;
        for (at, sign) in signs(&text).into_iter().enumerate() {
            let start = sign.as_ptr() as usize - text.as_ptr() as usize;
            let between = &text[behind..start];
            scrambled += match between {
                "" => "",
                comment if comment.contains('/') => comment,
                _ => gaps[at % gaps.len()],
            };
            scrambled += sign;
            behind = start + sign.len();
        }
        let scrambled = scrambled + &text[behind..];
        let laid = laid_out(&path.display().to_string(), &scrambled);
        prop_assert!(laid.is_some(), "{scrambled}");
    }
}

fn escalade() -> Command {
    Command::new(env!("CARGO_BIN_EXE_escalade"))
}

const UGLY: &str = "actor a\nactor   b // who\n\n\n\naction x";
const LAID_OUT: &str = "actor a\nactor b  // who\n\naction x\n";

#[test]
fn files_are_laid_out_in_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir(path("lib")).unwrap();
    fs::write(path("one.esc"), UGLY).unwrap();
    fs::write(path("lib/two.esc"), LAID_OUT).unwrap();
    // Unknown names are no matter of layout.
    fs::write(path("lib/three.esc"), "position nobody  on nothing:x").unwrap();

    let check = escalade().current_dir(&folder).args(["fmt", "--check", "."]).assert().code(3);
    check.stdout("lib/three.esc\none.esc\n");
    assert_eq!(fs::read_to_string(path("one.esc")).unwrap(), UGLY);

    let diff = escalade().current_dir(&folder).args(["fmt", "--diff", "one.esc"]).assert().code(0);
    let shown = String::from_utf8(diff.get_output().stdout.clone()).unwrap();
    assert!(shown.starts_with("--- one.esc\n+++ one.esc\n"), "{shown}");
    assert!(shown.contains("-actor   b // who\n+actor b  // who\n"), "{shown}");
    assert_eq!(fs::read_to_string(path("one.esc")).unwrap(), UGLY);
    escalade().current_dir(&folder).args(["fmt", "--diff", "--check", "."]).assert().code(3);

    let run = escalade().current_dir(&folder).args(["fmt", "."]).assert().code(0);
    run.stdout("lib/three.esc\none.esc\n").stderr("2 files laid out, 1 left as before\n");
    assert_eq!(fs::read_to_string(path("one.esc")).unwrap(), LAID_OUT);
    escalade().current_dir(&folder).args(["fmt", "--check", "."]).assert().code(0).stdout("");
}

#[test]
fn standard_input_comes_out_laid_out() {
    escalade().args(["fmt", "-"]).write_stdin(UGLY).assert().code(0).stdout(LAID_OUT).stderr("");
    let check = escalade().args(["fmt", "--check", "-"]).write_stdin(UGLY).assert().code(3);
    check.stdout("<stdin>\n");
}

#[test]
fn line_ends_and_a_byte_order_mark_stay() {
    let text = "actor a\nactor   b // who\n\n\n\naction x\n";
    let windows = |text: &str| text.replace('\n', "\r\n");
    let marked = |text: &str| format!("\u{FEFF}{text}");
    assert_eq!(laid_out("unix", text).as_deref(), Some(LAID_OUT));
    for (what, text, nice) in [
        ("windows", windows(text), windows(LAID_OUT)),
        ("a mark", marked(text), marked(LAID_OUT)),
        ("both", marked(&windows(text)), marked(&windows(LAID_OUT))),
        ("mostly unix", text.replacen('\n', "\r\n", 2), LAID_OUT.to_owned()),
        ("mostly windows", windows(text).replacen("\r\n", "\n", 2), windows(LAID_OUT)),
    ] {
        assert_eq!(laid_out(what, &text).as_deref(), Some(nice.as_str()), "{what}");
    }
}

/// What `--check`, `--diff`, the layout in place and standard input say of a file from Windows agrees.
#[test]
fn a_checkout_on_windows_is_not_red() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.esc");
    let run = |arguments: &[&str]| escalade().current_dir(&folder).args(arguments).assert();
    for mark in ["", "\u{FEFF}"] {
        let nice = format!("{mark}{}", LAID_OUT.replace('\n', "\r\n"));
        fs::write(&path, &nice).unwrap();
        run(&["fmt", "--check", "a.esc"]).code(0).stdout("");
        run(&["fmt", "--diff", "a.esc"]).code(0).stdout("");
        run(&["fmt", "a.esc"]).code(0).stdout("");
        escalade()
            .args(["fmt", "-"])
            .write_stdin(nice.clone())
            .assert()
            .code(0)
            .stdout(nice.clone());
        fs::write(&path, format!("{mark}{}", UGLY.replace('\n', "\r\n"))).unwrap();
        run(&["fmt", "--check", "a.esc"]).code(3);
        run(&["fmt", "a.esc"]).code(0).stdout("a.esc\n");
        assert_eq!(fs::read_to_string(&path).unwrap(), nice);
    }
}

#[test]
fn comments_stand_apart_from_signs() {
    let text = "outcome o when ( /* a */ x /* b */ or y /* c */ ) and /* d */not z\n";
    let nice = "outcome o when (/* a */ x /* b */ or y /* c */) and /* d */ not z\n";
    assert_eq!(laid_out("comments", text).as_deref(), Some(nice));
    // Behind lines of one depth they stand below one another.
    let text = "group g \"G\" { // all\n  a, // the first\n  bcd } // end\n";
    let nice = "group g \"G\" {  // all\n  a,  // the first\n  bcd\n}  // end\n";
    assert_eq!(laid_out("a list", text).as_deref(), Some(nice));
}

#[test]
fn a_file_with_syntax_errors_stays() {
    let folder = tempfile::tempdir().unwrap();
    let broken = folder.path().join("broken.esc");
    let good = folder.path().join("good.esc");
    let text = "actor   a {\nrule x { on }\n";
    fs::write(&broken, text).unwrap();
    fs::write(&good, UGLY).unwrap();
    let run = escalade().current_dir(&folder).args(["fmt", "broken.esc", "good.esc"]).assert();
    let run = run.code(1).stdout("good.esc\n");
    let said = String::from_utf8(run.get_output().stderr.clone()).unwrap();
    assert!(said.contains("error: `broken.esc` is left as it is: it has syntax errors"), "{said}");
    assert!(said.contains("E0"), "{said}");
    assert_eq!(fs::read_to_string(&broken).unwrap(), text);
    assert_eq!(fs::read_to_string(&good).unwrap(), LAID_OUT);
    // Bytes that are no text are not replaced by others.
    fs::write(&broken, b"actor  a \"\xFF\"\n").unwrap();
    escalade().current_dir(&folder).args(["fmt", "broken.esc"]).assert().code(1);
    assert_eq!(fs::read(&broken).unwrap(), b"actor  a \"\xFF\"\n");
}
