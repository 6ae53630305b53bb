//! Where it may end.

use super::track::{Track, group, legend};
use crate::analysis::Answers;
use crate::model::Model;
use crate::report::drawing::svg::Page;
use crate::report::drawing::xml::{escaped, shown};
use crate::report::isolate::isolated;
use crate::report::percent;

const WIDTH: f64 = 720.0;
const ROW: f64 = 34.0;

/// The outcomes as bars with their bounds, in the order of the scenario. Each is a
/// `<g class="row" data-outcome="NAME">`.
#[must_use]
pub fn outcomes(model: &Model, answers: &Answers) -> String {
    let model = &isolated(model);
    let told: Vec<String> = (model.outcomes.iter().zip(&answers.outcomes))
        .map(|(outcome, answer)| format!("{} {}", outcome.title, percent(answer.estimate)))
        .collect();
    let under = "The probability of each outcome: its estimate, and the lowest and highest that is possible.";
    let mut page = Page::new(
        "chart",
        "Outcomes",
        &[under.to_owned()],
        &format!("{}.", told.join("; ")),
        WIDTH,
    );
    let track = Track::probabilities(WIDTH);
    page.grow(14.0);
    let rows: f64 = answers.outcomes.iter().map(|_| ROW).sum();
    track.grid(&mut page, rows, &[0.0, 0.25, 0.5, 0.75, 1.0]);
    for (outcome, answer) in model.outcomes.iter().zip(&answers.outcomes) {
        let y = page.bottom() + ROW / 2.0;
        let bounds = answer.both.or(answer.confidence);
        let marks = track.label(y, 0.0, &outcome.title)
            + &track.bar(y, answer.estimate, bounds)
            + &track.numbers(y, answer.estimate, bounds);
        let attributes = format!("class=\"row\" data-outcome=\"{}\"", escaped(&outcome.name));
        let tip = shown(&format!("{}: {}", outcome.title, percent(answer.estimate)));
        page.raw(&group(&attributes, &tip, &marks));
        page.grow(ROW);
    }
    legend(&mut page);
    page.finish()
}
