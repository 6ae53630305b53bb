//! White space that is no space: what word processors, browsers and chat programs put in the place of
//! spaces, and looks like one, or like nothing.

use super::limits::MAX_MISTAKES;
use super::tokens::is_odd_space;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::pages::syntax::UNKNOWN_CHARACTER;
use crate::source::{FileId, Span};
use std::ops::Range;

/// Tells every run of such characters in a stretch of layout. Byte order marks at the beginning of a
/// file are none, nor are those at the beginning of a line, which tools that join files leave.
pub(super) fn check(file: FileId, text: &str, layout: Range<usize>, told: &mut Vec<Diagnostic>) {
    if text.as_bytes()[layout.clone()].is_ascii() {
        return;
    }
    let mut at = layout.start;
    while at < layout.end && told.len() <= MAX_MISTAKES {
        let rest = &text[at..layout.end];
        let Some(found) = rest.find(is_odd_space) else { return };
        let start = at + found;
        let run = &text[start..layout.end];
        let length = run.find(|c| !is_odd_space(c)).unwrap_or(run.len());
        let run = &run[..length];
        at = start + length;
        let begins_line = text[..start].ends_with('\n') || start == 0;
        if !(begins_line && run.trim_start_matches('\u{FEFF}').is_empty()) {
            told.push(diagnostic(Span::new(file, start, at), run));
        }
    }
}

fn diagnostic(span: Span, run: &str) -> Diagnostic {
    let first = run.chars().next().unwrap_or(' ');
    let number = u32::from(first);
    let more = match run.chars().count() - 1 {
        0 => "",
        1 => ", and one more like it",
        _ => ", and more like it",
    };
    let message =
        format!("the character U+{number:04X}, {}{more}, has no meaning here", name(first));
    let visible = run.chars().any(|c| !is_invisible(c));
    let breaks = run.chars().any(|c| matches!(c, '\u{0085}' | '\u{2028}' | '\u{2029}'));
    let (help, instead) = match (breaks, visible) {
        (true, _) => ("begin a new line in its place", "\n"),
        (false, true) => ("write a plain space in its place", " "),
        (false, false) => ("take it out", ""),
    };
    Diagnostic::new(UNKNOWN_CHARACTER, span, message).help(help).fix(span, instead)
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{180E}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}

/// What it is called, with its article.
fn name(c: char) -> &'static str {
    match c {
        '\u{0085}' => "a next line",
        '\u{00A0}' => "a no-break space",
        '\u{1680}' => "an ogham space mark",
        '\u{180E}' => "a Mongolian vowel separator",
        '\u{2000}' | '\u{2002}' => "an en space",
        '\u{2001}' | '\u{2003}' => "an em space",
        '\u{2007}' => "a figure space",
        '\u{2008}' => "a punctuation space",
        '\u{2009}' => "a thin space",
        '\u{200A}' => "a hair space",
        '\u{200B}' => "a zero width space",
        '\u{2028}' => "a line separator",
        '\u{2029}' => "a paragraph separator",
        '\u{202F}' => "a narrow no-break space",
        '\u{205F}' => "a mathematical space",
        '\u{2060}' => "a word joiner",
        '\u{3000}' => "an ideographic space",
        '\u{FEFF}' => "a byte order mark",
        _ => "white space",
    }
}
