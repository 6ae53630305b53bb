//! How the numbers were found, and what in them is judgement.

use super::line::Line;
use super::page::Page;
use crate::analysis::{Answers, Method};
use crate::report::Report;
use crate::report::content::labels::{counted, grouped};

/// Writes the method and a word on judgement.
pub fn write(page: &mut Page, report: &Report<'_>) {
    let Some(main) = report.main() else { return };
    page.section("Method", "");
    page.indented(2, &Line::new().plain(method(main)));
    page.indented(2, &Line::new().plain(JUDGEMENT));
}

/// What in every answer is judgement, not computation.
pub(crate) const JUDGEMENT: &str = "The positions and rules, and how likely each reaction is, are the author's \
     judgement; the computation adds none of its own.";

/// How the numbers were found, in a sentence.
pub(crate) fn method(answers: &Answers) -> String {
    match answers.method {
        Method::Exact => format!(
            "Exact: all {} that make a difference, and the {} between them, were evaluated.",
            counted(answers.situations, "situation"),
            counted(answers.transitions, "transition"),
        ),
        Method::Simulated { runs, seed } => format!(
            "Simulated: {} storylines drawn with seed {seed}.",
            grouped(usize::try_from(runs).unwrap_or(usize::MAX)),
        ),
    }
}
