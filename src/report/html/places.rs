//! Where in the files something stands, and links to there.

use crate::source::{Sources, Span};

/// The anchor of a line: `t0-12`.
#[must_use]
pub fn anchor(file: u32, line: u32) -> String {
    format!("t{file}-{line}")
}

/// A link to the line that a span begins in, `line 12`; in an import `line 3 of people.esc`.
#[must_use]
pub fn link(sources: &Sources, span: Span) -> String {
    let Some(file) = sources.files().get(span.file.0 as usize) else { return String::new() };
    let line = file.place(span.start).line;
    let of = match span.file.0 {
        0 => String::new(),
        _ => format!(" of {}", super::escape::escaped(&file.path)),
    };
    format!("<a class=\"line\" href=\"#{}\">line {line}{of}</a>", anchor(span.file.0, line))
}
