//! The scenario's text, every line with its number.

use super::escape::{escaped, escaped_plainly};
use super::page::Page;
use super::places::anchor;
use crate::model::Defaults;
use crate::report::Report;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Writes the text of every file that the scenario consists of.
pub fn write(page: &mut Page, report: &Report<'_>) {
    page.section("text", "The scenario’s text");
    let rules = rules(report);
    let files = report.sources.files().iter().enumerate();
    for (number, file) in files.filter(|(_, file)| !Defaults::is_path(&file.path)) {
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        let path = escaped(&file.path);
        let mut code = format!(
            "<h3>{path}</h3>\n<pre class=\"text\" tabindex=\"0\" role=\"region\" aria-label=\"Text of {}\"><code>",
            escaped_plainly(&file.path),
        );
        for (at, line) in file.text.lines().enumerate() {
            let at = u32::try_from(at + 1).unwrap_or(u32::MAX);
            let id = anchor(number, at);
            let class = if line.trim_start().starts_with("//") { "c" } else { "l" };
            let back = rules
                .get(&(number, at))
                .map(|rule| format!(" <a class=\"back\" href=\"#r{rule}\">in words</a>"));
            let _ = writeln!(
                code,
                "<span id=\"{id}\" class=\"{class}\"><a class=\"n\" href=\"#{id}\">{at}</a>{}{}</span>",
                escaped(line),
                back.unwrap_or_default(),
            );
        }
        page.add(&(code + "</code></pre>"));
    }
}

/// The rule that begins in a line of a file, by its index; the first where there are several.
fn rules(report: &Report<'_>) -> BTreeMap<(u32, u32), usize> {
    let mut rules = BTreeMap::new();
    for (at, declaration) in report.model.declarations.iter().enumerate() {
        let span = declaration.span;
        if let Some(file) = report.sources.files().get(span.file.0 as usize) {
            rules.entry((span.file.0, file.place(span.start).line)).or_insert(at);
        }
    }
    rules
}
