//! What was observed: everything else is told given that.

use super::escape::escaped;
use super::page::Page;
use crate::analysis::Answers;
use crate::report::Report;
use crate::report::content::labels;
use crate::report::text::how_likely;
use std::fmt::Write as _;

/// Writes what was observed and how likely it was; nothing where nothing was.
pub fn write(page: &mut Page, report: &Report<'_>, main: &Answers) {
    let Some(answer) = main.observation else { return };
    page.section("observed", "Observed");
    page.paragraph("faint", "Everything below is told given this.");
    let mut list = String::from("<ul>");
    for seen in &report.model.observations {
        let _ = write!(list, "<li>{}</li>", escaped(&labels::observation(report.model, seen)));
    }
    page.add(&(list + "</ul>"));
    page.paragraph("", &how_likely(main, answer));
}
