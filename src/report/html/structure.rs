//! The reactions as a graph: spirals, chokepoints, firebreaks, off-ramps.

use super::escape::{escaped, worded};
use super::page::Page;
use crate::analysis::Answers;
use crate::report::Report;
use crate::report::content::not_looked_for::{STRUCTURE, not_here};
use crate::report::content::why::capital;
use std::fmt::Write as _;

/// Writes what the reactions are like as a whole.
pub fn write(page: &mut Page, report: &Report<'_>, main: &Answers) {
    page.section("structure", "Structure");
    let Some(behind) = report.behind else {
        page.words("", &not_here(main, STRUCTURE));
        return;
    };
    for section in report.structure(behind).sections() {
        page.add(&format!("<h3>{}</h3>", escaped(section.title)));
        page.words("faint", &format!("{}.", capital(&section.note)));
        for paragraph in section.paragraphs {
            page.words("", &paragraph.text);
            if paragraph.items.is_empty() {
                continue;
            }
            let mut list = String::from("<ul>\n");
            for item in &paragraph.items {
                let _ = writeln!(list, "<li>{}</li>", worded(item));
            }
            page.add(&(list + "</ul>"));
        }
    }
}
