//! How exact the numbers are, and with which options they were found.

use crate::analysis::{Answers, Method};
use crate::model::Model;
use crate::report::percent;
use crate::report::{Repeat, RepeatDefaults};

/// What is said of a file that lies elsewhere.
pub(crate) const OUTSIDE: &str = "outside the folder above the scenario's own";

/// What is said where bounds may be wider than need be.
pub const WIDER: &str = "Some bounds may be wider than ranges and decisions allow, never narrower: not all that may be chosen together could be looked at.";

/// How exact the numbers are, in a sentence.
#[must_use]
pub fn accuracy(model: &Model, main: &Answers) -> String {
    let told = match (main.method, model.horizon) {
        (Method::Simulated { .. }, _) => {
            "The intervals beside the numbers hold the true value in 95 of 100 such simulations (Clopper and Pearson)."
                .to_owned()
        }
        (Method::Exact, Some(_)) => "Numbers are within 1e-9 of the exact value.".to_owned(),
        (Method::Exact, None) if main.error > 1e-8 => {
            let error = percent(main.error);
            format!("Storylines may stay in some part for very long: estimates are known to within {error}.")
        }
        (Method::Exact, None) => {
            "Numbers are within 1e-8 of the exact value, which is bounded from both sides.".to_owned()
        }
    };
    if main.wider { format!("{told} {WIDER}") } else { told }
}

/// What a file of defaults gave, in a line.
#[must_use]
pub fn defaults(given: &RepeatDefaults) -> String {
    let horizon = given.horizon.map(|turns| format!("horizon {turns}"));
    let words = given.lexicon.iter().map(|one| format!("{} = {}", one.word, one.likelihood));
    let all: Vec<String> = horizon.into_iter().chain(words).collect();
    format!("from {}: {}", given.file, all.join(", "))
}

/// The options of the evaluation, in a line.
#[must_use]
pub fn options(repeat: &Repeat) -> String {
    let options = &repeat.options;
    let mut given = vec![format!("method {}", options.method)];
    given.extend(options.horizon.map(|turns| format!("horizon {turns}")));
    given.extend(options.reading.iter().map(|name| format!("reading {name}")));
    given.extend(options.set.iter().map(|set| format!("set {set}")));
    given.extend(options.observe.iter().map(|seen| format!("observe {seen}")));
    given.extend(options.without_source.iter().map(|name| format!("without source {name}")));
    given.extend(options.min_grade.iter().map(|grade| format!("minimum grade {grade}")));
    given.push(format!("at most {} situations", options.max_situations));
    given.push(format!("{} runs, seed {}", options.runs, options.seed));
    given.extend(options.run.map(|run| format!("run {run} only")));
    given.extend(options.storylines.map(|count| format!("{count} storylines for each outcome")));
    given.extend(repeat.defaults.iter().map(defaults));
    given.join(", ")
}
