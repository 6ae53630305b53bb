//! The list of what is written for machines, for a terminal.

use super::line::Line;
use super::page::{Page, Style};
use crate::report::Form;

/// The names of all, with what writes them.
#[must_use]
pub fn forms(all: &[Form], style: Style) -> String {
    let mut page = Page::new(style);
    let width = all.iter().map(|form| form.name().len()).max().unwrap_or_default() + 2;
    for form in all {
        let first = Line::new().strong(form.name()).fill(width);
        let next = Line::new().fill(width);
        page.paragraph(&first, &next, &Line::new().plain(form.written_by));
    }
    page.finish()
}
