//! What was observed: everything else is told given that.

use super::interval;
use super::line::{Line, Paint};
use super::page::Page;
use crate::analysis::{Answers, Method, ObservationAnswer};
use crate::model::Model;
use crate::report::content::labels::{self, grouped};
use crate::report::{one_in, percent};

/// Writes what was observed and how likely it was; nothing where nothing was.
pub fn write(page: &mut Page, model: &Model, answers: &Answers) {
    let Some(answer) = answers.observation else { return };
    page.section("Observed", "everything below is told given this");
    for seen in &model.observations {
        let next = Line::new().plain("    ");
        let text = Line::new().plain(labels::observation(model, seen));
        page.paragraph(&Line::new().then(Paint::Doubt, "  • "), &next, &text);
    }
    page.indented(2, &Line::new().plain(how_likely(answers, answer)));
}

/// How likely it was, in a sentence.
pub(crate) fn how_likely(answers: &Answers, answer: ObservationAnswer) -> String {
    let chance = match one_in(answer.log_probability) {
        Some(one_in) => format!("{}, {one_in}", percent(answer.probability)),
        None => percent(answer.probability),
    };
    match (answers.method, answer.fitting) {
        (Method::Simulated { runs, .. }, Some(fitting)) => {
            let count = |count| grouped(usize::try_from(count).unwrap_or(usize::MAX));
            let (fitting, runs) = (count(fitting), count(runs));
            format!("{fitting} of {runs} storylines drawn fit this ({chance}): only these count.")
        }
        (Method::Exact | Method::Simulated { .. }, _) => {
            let bounds = interval(answer.bounds);
            format!("The chance that it would come to this was {chance} {bounds}.")
        }
    }
}
