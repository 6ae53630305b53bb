//! The page of `structure` for a terminal.

use super::line::Line;
use super::page::{Page, Style};
use crate::report::content::structure::StructureReport;

/// The reactions of a scenario as a graph, for a terminal.
#[must_use]
pub fn structure(report: &StructureReport<'_>, style: Style) -> String {
    let mut page = Page::new(style);
    let title = &report.model.title;
    page.paragraph(&Line::new(), &Line::new(), &Line::new().strong(title));
    let width = Line::new().plain(title).width().clamp(8, page.width());
    page.line(&Line::new().faint("─".repeat(width)));
    for section in report.sections() {
        page.section(section.title, &section.note);
        for paragraph in section.paragraphs {
            page.indented(2, &Line::new().plain(&paragraph.text));
            for item in &paragraph.items {
                let (first, next) = (Line::new().plain("  · "), Line::new().fill(4));
                page.paragraph(&first, &next, &Line::new().plain(item));
            }
        }
    }
    page.section("Method", "");
    page.indented(2, &Line::new().plain(report.method()));
    page.finish()
}
