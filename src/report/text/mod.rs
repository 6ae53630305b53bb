//! Pages for a terminal: readable in 80 columns, better in more, in colour where that is wanted.

mod bar;
mod drivers;
mod evidence;
mod expectations;
mod explain;
mod files;
mod forms;
mod head;
mod ladder;
mod line;
mod method;
mod observed;
mod outcomes;
mod page;
mod reactions;
mod readings;
mod storylines;
mod structure;
mod table;
mod tested;
mod tornado;
mod why;

pub use drivers::drivers;
pub use explain::{codes, explain};
pub use forms::forms;
pub use page::Style;
pub use structure::structure;
pub use tested::tested;
pub use why::why;

pub(crate) use head::{counts, opening, time};
pub(crate) use line::{Line, Paint};
pub(crate) use method::{JUDGEMENT, method};
pub(crate) use observed::how_likely;
pub(crate) use outcomes::{around, how_to_read};
pub(crate) use page::Page;
pub(crate) use storylines::broken;
pub(crate) use table::{Align, Table};

use super::Report;
use super::content::reaction_tree::TreeLimits;
use super::percent;
use crate::analysis::Interval;

/// What of the reaction graph is shown.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// What happens with a lower estimate (0..=1) is left out of the tree.
    pub min_probability: f64,
    /// How many steps from the start the tree goes.
    pub depth: usize,
}

/// The report of `run` for a terminal.
#[must_use]
pub fn run(report: &Report<'_>, limits: Limits, style: Style) -> String {
    let mut page = Page::new(style);
    let Some(main) = report.main() else { return page.finish() };
    head::write(&mut page, report);
    observed::write(&mut page, report.model, main);
    outcomes::write(&mut page, report.model, main);
    ladder::write(&mut page, report.model, main);
    let tree = TreeLimits { min_probability: limits.min_probability, depth: limits.depth };
    reactions::write(&mut page, report.model, main, tree);
    storylines::write(&mut page, report.model, main);
    readings::write(&mut page, report);
    expectations::write(&mut page, report);
    evidence::write(&mut page, report, main);
    method::write(&mut page, report);
    files::write(&mut page, report.repeat);
    page.finish()
}

/// The outcomes, the readings side by side, and the expectations.
#[must_use]
pub fn short(report: &Report<'_>, style: Style) -> String {
    let mut page = Page::new(style);
    let Some(main) = report.main() else { return page.finish() };
    page.paragraph(&Line::new(), &Line::new(), &Line::new().strong(&report.model.title));
    observed::write(&mut page, report.model, main);
    outcomes::write(&mut page, report.model, main);
    readings::write(&mut page, report);
    expectations::write(&mut page, report);
    page.finish()
}

/// One run of a simulation: what happened in it, and what it came to.
#[must_use]
pub fn told(report: &Report<'_>, run: u64, style: Style) -> String {
    let mut page = Page::new(style);
    for answers in report.results {
        let reading = answers.reading.and_then(|at| report.model.readings.get(at));
        let name = reading.map_or("as written", |reading| reading.title.as_str());
        page.section(&format!("Run {run}"), name);
        for storyline in &answers.storylines {
            storylines::steps(&mut page, 2, report.model, answers, storyline);
        }
        let reached = report.model.outcomes.iter().zip(&answers.outcomes);
        let reached: Vec<&str> = reached
            .filter(|(_, answer)| answer.estimate > 0.5)
            .map(|(outcome, _)| outcome.title.as_str())
            .collect();
        let reached = if reached.is_empty() { "no outcome".to_owned() } else { reached.join(", ") };
        page.indented(2, &Line::new().plain("It comes to: ").strong(&reached));
    }
    page.finish()
}

/// Bounds as they stand beside an estimate: `[12%..58%]`; nothing where they are not known.
pub(crate) fn interval(interval: Option<Interval>) -> String {
    match interval {
        Some(Interval { low, high }) => format!("[{}..{}]", percent(low), percent(high)),
        None => String::new(),
    }
}
