//! The summary, in words.

use super::escape::escaped;
use super::page::Page;
use crate::report::Report;
use crate::report::content::brief::brief;
use std::fmt::Write as _;

/// Writes the summary.
pub fn write(page: &mut Page, report: &Report<'_>) {
    page.section("summary", "In a few words");
    let mut list = String::from("<dl class=\"brief\">\n");
    for (about, text) in brief(report) {
        let _ = writeln!(list, "<div><dt>{about}</dt><dd>{}</dd></div>", escaped(&text));
    }
    page.add(&(list + "</dl>"));
}
