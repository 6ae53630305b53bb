//! What the guide shows is what the commands print.
//!
//! Every block marked `console` holds commands behind `$`, run one after the other in a copy of the
//! guide's examples, and what they print, up to a line `[…]` if there is one; `< FILE` gives a command
//! one of the examples to read. With `GUIDE=update` in the environment the pages are
//! written anew.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

#[test]
fn what_is_shown_is_what_is_printed() {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guide/src");
    let update = std::env::var("GUIDE").is_ok_and(|value| value == "update");
    let mut blocks = 0;
    for page in markdown(&pages) {
        let examples = examples(&pages);
        let text = fs::read_to_string(&page).unwrap();
        let mut found = String::new();
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            found += &format!("{line}\n");
            if line != "```console" {
                continue;
            }
            blocks += 1;
            let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            for part in block.chunk_by(|_, line| !line.starts_with("$ ")) {
                let (command, shown) = part.split_first().unwrap();
                found += &format!("{command}\n");
                let printed = run(command, examples.path());
                let Some(left_out) = shown.iter().position(|line| *line == "[…]") else {
                    found += &printed;
                    continue;
                };
                let some = printed.lines().take(left_out);
                some.chain(["[…]"]).for_each(|line| found += &format!("{line}\n"));
            }
            found += "```\n";
        }
        if update {
            fs::write(&page, found).unwrap();
        } else {
            let name = page.file_name().unwrap().display();
            assert!(text == found, "{name}: with GUIDE=update it would be\n{found}");
        }
    }
    assert!(blocks > 0);
}

/// Every page stands in the table of contents, and everything there is a page.
#[test]
fn all_pages_are_listed() {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guide/src");
    let contents = fs::read_to_string(pages.join("SUMMARY.md")).unwrap();
    let mut listed: Vec<PathBuf> = contents
        .split('(')
        .skip(1)
        .map(|rest| pages.join(rest.split(')').next().unwrap()))
        .chain([pages.join("SUMMARY.md")])
        .collect();
    listed.sort();
    assert_eq!(listed, markdown(&pages));
}

fn markdown(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut pages: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|it| it == "md")).collect();
    pages.sort();
    pages
}

/// A copy of the examples, for commands that write files.
fn examples(pages: &Path) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(pages.join("examples")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    folder
}

/// What a command prints, the results first.
fn run(command: &str, folder: &Path) -> String {
    let arguments = command.strip_prefix("$ escalade ").expect("a command of escalade");
    let (arguments, input) = match arguments.split_once(" < ") {
        Some((arguments, file)) => (arguments, fs::File::open(folder.join(file)).unwrap().into()),
        None => (arguments, Stdio::null()),
    };
    // Text between quotation marks is one argument.
    let arguments = arguments.split('"').enumerate().flat_map(|(at, part)| match at % 2 {
        0 => part.split_whitespace().collect(),
        _ => vec![part],
    });
    let output = Command::new(env!("CARGO_BIN_EXE_escalade"))
        .args(arguments)
        .current_dir(folder)
        .stdin(input)
        .output()
        .unwrap();
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8(text).unwrap();
    text.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}
