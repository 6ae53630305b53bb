//! The pages of the codes of diagnostics, for a terminal.

use super::line::Line;
use super::page::{Page, Style};
use crate::diagnostic::{self, lint};

/// One code's page: what is wrong, why, an example that draws it, and its mend.
#[must_use]
pub fn explain(about: &diagnostic::Page, style: Style) -> String {
    let mut page = Page::new(style);
    let head = Line::new().strong(about.code.0).plain(": ").strong(about.title);
    page.indented(0, &head);
    if let Some(name) = lint::name(about.code) {
        let allow = format!("`// escalade: allow({name})`");
        page.indented(
            0,
            &Line::new().plain("Its name is ").strong(name).plain(format!(", as in {allow}.")),
        );
    }
    for paragraph in paragraphs(about.text) {
        page.blank();
        page.indented(0, &Line::new().plain(paragraph));
    }
    for (title, text) in [("This draws it", about.example), ("Mended", about.mend)] {
        page.blank();
        page.line(&Line::new().strong(title).plain(":"));
        page.blank();
        for line in text.trim_matches('\n').lines() {
            page.line(&Line::new().plain("    ").plain(line));
        }
    }
    page.finish()
}

/// The list of all codes.
#[must_use]
pub fn codes<'a>(all: impl Iterator<Item = &'a diagnostic::Page>, style: Style) -> String {
    let mut page = Page::new(style);
    for about in all {
        let first = Line::new().strong(about.code.0).plain("  ");
        let next = Line::new().fill(first.width());
        let named = lint::name(about.code).map(|name| format!(" ({name})")).unwrap_or_default();
        page.paragraph(&first, &next, &Line::new().plain(about.title).plain(named));
    }
    page.finish()
}

/// The paragraphs of a text: what stands between empty lines.
fn paragraphs(text: &str) -> Vec<String> {
    let mut paragraphs = vec![String::new()];
    for line in text.lines().map(str::trim) {
        match paragraphs.last_mut() {
            Some(last) if line.is_empty() && !last.is_empty() => paragraphs.push(String::new()),
            Some(last) => {
                if !last.is_empty() {
                    last.push(' ');
                }
                last.push_str(line);
            }
            None => {}
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}
