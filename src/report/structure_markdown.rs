//! The page of `structure` as Markdown.

use super::markdown::escaped;
use super::structure::StructureReport;
use std::fmt::Write as _;

/// The reactions of a scenario as a graph, as Markdown.
#[must_use]
pub fn structure(report: &StructureReport<'_>) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail; so with every `write!` here.
    let _ = writeln!(text, "# {}", escaped(&report.model.title));
    for section in report.sections() {
        let _ = writeln!(text, "\n## {}\n\n{}.", section.title, escaped(&section.note));
        for paragraph in section.paragraphs {
            let _ = writeln!(text, "\n{}", escaped(&paragraph.text));
            if !paragraph.items.is_empty() {
                text.push('\n');
            }
            for item in &paragraph.items {
                let _ = writeln!(text, "- {}", escaped(item));
            }
        }
    }
    let _ = writeln!(text, "\n## Method\n\n{}\n", escaped(&report.method()));
    let _ = writeln!(text, "- escalade {}", report.repeat.version);
    let _ =
        writeln!(text, "- file {}, text hash {}", escaped(report.file), report.repeat.text_hash);
    text
}
