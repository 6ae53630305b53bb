//! Diagnostics that only an evaluation gives: the examples of their pages draw them, the mends do not.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "running/broken.rs"]
mod broken;
#[path = "running/readings.rs"]
mod readings;

use assert_cmd::Command;
use escalade::diagnostic::pages::running::PAGES;

/// Exit status, what was written and what was said, for a scenario on standard input.
fn escalade(arguments: &[&str], text: &str) -> (i32, String, String) {
    let output = Command::new(assert_cmd::cargo::cargo_bin!("escalade"))
        .args(arguments)
        .write_stdin(text)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// Exit status and what was said of evaluating a scenario.
fn run(text: &str, options: &[&str]) -> (i32, String) {
    let (status, _, said) = escalade(&[&["run", "-"], options].concat(), text);
    (status, said)
}

#[test]
fn examples_draw_their_code_and_mends_do_not() {
    for page in PAGES {
        let (options, status): (&[&str], i32) = match page.code.0 {
            "E4001" => (&[], 1),
            "E4002" => (&["--method", "exact", "--max-situations", "5000"], 4),
            "E4003" => (&["--method", "simulate"], 4),
            "E4004" | "E4005" => (&[], 1),
            "E4006" => (&["--method", "simulate", "--runs", "100"], 4),
            other => panic!("{other} has no test"),
        };
        let (found, said) = run(page.example, options);
        assert!(found == status && said.contains(page.code.0), "{}: {found} {said}", page.code);
        let (found, said) = run(page.mend, options);
        assert!(found == 0 && !said.contains("E4"), "{}, mended: {found} {said}", page.code);
    }
}
