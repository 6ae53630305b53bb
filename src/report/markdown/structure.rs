//! The reactions of a scenario as a graph, as Markdown.

use super::{escaped, files};
use crate::analysis::Answers;
use crate::report::Report;
use crate::report::content::not_looked_for::{STRUCTURE, not_here};
use crate::report::content::structure::StructureReport;
use crate::report::content::why::capital;
use crate::report::isolate::isolated;
use std::fmt::Write as _;

// Writing to a string cannot fail; so with every `write!` here.

/// The page of `structure` as Markdown.
#[must_use]
pub fn structure(report: &StructureReport<'_>) -> String {
    let model = isolated(report.model);
    let report = &StructureReport { model: &model, ..*report };
    let mut text = String::new();
    let _ = writeln!(text, "# {}", escaped(&report.model.title));
    sections(&mut text, report, "##");
    let _ = writeln!(text, "\n## Method\n\n{}\n", escaped(&report.method()));
    let _ = writeln!(text, "- escalade {}", report.repeat.version);
    let _ =
        writeln!(text, "- file {}, text hash {}", escaped(report.file), report.repeat.text_hash);
    files(&mut text, report.repeat);
    text
}

/// Writes the structure into the report of `run`.
pub fn write(text: &mut String, report: &Report<'_>, main: &Answers) {
    text.push_str("\n## Structure\n");
    match report.behind {
        Some(behind) => sections(text, &report.structure(behind), "###"),
        None => {
            let _ = writeln!(text, "\n{}", not_here(main, STRUCTURE));
        }
    }
}

fn sections(text: &mut String, report: &StructureReport<'_>, level: &str) {
    for section in report.sections() {
        let _ =
            writeln!(text, "\n{level} {}\n\n{}.", section.title, escaped(&capital(&section.note)));
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
}
