//! The renderer of diagnostics: places that are hard to draw.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use escalade::diagnostic::render::{Style, count, render, short};
use escalade::diagnostic::{Code, Diagnostic};
use escalade::source::{FileId, SourceFile, Sources, Span};

const PLAIN: Style = Style { width: 80, colour: false, unicode: true };
const FILE: FileId = FileId(0);

fn sources(texts: &[&str]) -> Sources {
    let mut sources = Sources::default();
    for (number, text) in texts.iter().enumerate() {
        sources.add(SourceFile::new(format!("file{number}.esc"), *text));
    }
    sources
}

fn error(start: usize, end: usize) -> Diagnostic {
    Diagnostic::new(Code("E1001"), Span::new(FILE, start, end), "something is wrong").label("here")
}

fn shown(text: &str, diagnostic: Diagnostic) -> String {
    render(&[diagnostic], &sources(&[text]), &PLAIN)
}

#[test]
fn the_end_of_the_file_is_drawn() {
    insta::assert_snapshot!(shown("flag talks\n\n", error(12, 12)));
}

#[test]
fn an_empty_file_is_named() {
    insta::assert_snapshot!(shown("", error(0, 0)));
}

#[test]
fn a_long_place_is_cut_to_its_first_line() {
    let text = "rule r {\n".to_owned() + &"  once\n".repeat(20) + "}\n";
    insta::assert_snapshot!(shown(&text, error(0, text.len())));
}

#[test]
fn tabs_wide_characters_and_line_breaks_of_windows_keep_the_columns() {
    insta::assert_snapshot!(shown("flag a\r\n\tflag 東京 é x\r\nflag b\r\n", error(24, 25)));
}

#[test]
fn places_in_other_files_are_notes() {
    let sources = sources(&["actor france\n", "\nactor france\n", "actor france\n"]);
    let diagnostic = error(6, 12)
        .also(Span::new(FILE, 0, 5), "the declaration")
        .also(Span::new(FileId(1), 7, 13), "first declared here")
        .also(Span::new(FileId(2), 6, 12), "")
        .help("rename one of them");
    insta::assert_snapshot!(render(&[diagnostic], &sources, &PLAIN));
}

#[test]
fn a_line_without_end_is_not_shown() {
    let text = "x".repeat(1_000_000);
    insta::assert_snapshot!(shown(&text, error(500_000, 500_001)));
}

#[test]
fn a_terminal_is_not_given_orders() {
    let hostile = "the name \u{1b}[2J\u{202e}evil";
    let diagnostic = Diagnostic {
        message: Diagnostic::new(Code("E1001"), Span::new(FILE, 5, 9), hostile).message,
        ..error(5, 9)
    };
    insta::assert_snapshot!(shown("flag \u{1b}[2J\u{202e} x\n", diagnostic));
}

#[test]
fn places_outside_of_every_file_are_left_out() {
    let nowhere = Diagnostic::new(Code("E1001"), Span::new(FileId(7), 3, 5), "wrong");
    assert_eq!(short(std::slice::from_ref(&nowhere), &sources(&[""])), "error[E1001]: wrong\n");
    assert_eq!(render(&[nowhere], &sources(&[""]), &PLAIN), "error[E1001]\n\n  × wrong\n");
    let past = shown("flag é\n", error(90, 95));
    assert!(past.contains("file0.esc:1:6"), "{past}");
}

#[test]
fn short_lines_and_the_count() {
    let warning = Diagnostic::new(Code("W0001"), Span::new(FILE, 5, 7), "a doubt");
    let all = [error(0, 4), error(5, 7), warning];
    let sources = sources(&["flag é\n"]);
    assert_eq!(
        short(&all, &sources),
        "file0.esc:1:1: error[E1001]: something is wrong\n\
         file0.esc:1:6: error[E1001]: something is wrong\n\
         file0.esc:1:6: warning[W0001]: a doubt\n"
    );
    assert_eq!(count(&all).as_deref(), Some("2 errors, 1 warning"));
    assert_eq!(count(&all[..1]).as_deref(), Some("1 error"));
    assert_eq!(count(&[]), None);
}

#[test]
fn ascii_and_colour() {
    let style = Style { width: 60, colour: false, unicode: false };
    let sources = sources(&["flag talks\n"]);
    insta::assert_snapshot!(render(&[error(5, 10)], &sources, &style));
    let coloured = Style { colour: true, ..PLAIN };
    assert!(render(&[error(5, 10)], &sources, &coloured).contains("\u{1b}[31m"));
}
