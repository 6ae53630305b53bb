//! What the outcomes would be without some sources.

use super::amounts::on_threads;
use super::evaluation::Evaluation;
use super::options::{Audience, Options};
use super::refusal::Why;
use super::variants::variant;
use crate::analysis::{self, Answers, Estimates, Evidence, Method, Without, WithoutThem};
use crate::diagnostic::Diagnostics;
use crate::model::{Model, Written};
use rayon::prelude::*;

/// A scenario with more situations is not evaluated again.
const MOST_SITUATIONS: usize = 1_000_000;
/// How many situations in all may be explored for the sources one by one.
const MOST_IN_ALL: usize = 1_000_000;

/// What a scenario that was evaluated rests on. Where it is not too large, its outcomes are found
/// again without the worst-graded sources, and without each source.
#[must_use]
pub fn evidence(evaluation: &Evaluation, options: &Options) -> Evidence {
    let mut evidence = Evidence::new(&evaluation.model);
    let (Some(main), Some(written)) = (evaluation.results.first(), &evaluation.written) else {
        return evidence;
    };
    let small = main.method == Method::Exact && main.situations <= MOST_SITUATIONS;
    if !small || evaluation.model.outcomes.is_empty() {
        return evidence;
    }
    let again = Again { evaluation, options, main, written };
    let each = main.situations.saturating_mul(evidence.sources.len()) <= MOST_IN_ALL;
    on_threads(options.threads, || {
        if let Some(worst) = &mut evidence.worst {
            worst.outcomes = again.without(worst);
        }
        if each {
            let found: Vec<WithoutThem> =
                evidence.sources.par_iter().map(|source| again.without(source)).collect();
            for (source, found) in evidence.sources.iter_mut().zip(found) {
                source.outcomes = found;
            }
        }
    });
    evidence
}

/// What is evaluated again.
struct Again<'a> {
    evaluation: &'a Evaluation,
    options: &'a Options,
    main: &'a Answers,
    written: &'a Written,
}

impl Again<'_> {
    fn without(&self, without: &Without) -> WithoutThem {
        if without.falling == 0 {
            let outcomes = self.main.outcomes.iter();
            let outcomes = outcomes.map(|answer| answer.estimate).collect();
            return WithoutThem::Estimates(Estimates { outcomes, torn: None });
        }
        let found = self.model(without).and_then(|model| {
            let limits = analysis::Options {
                // Without a rule there may be more situations than with it, but not without end.
                max_situations: self.options.max_situations.min(MOST_SITUATIONS),
                // What falls may have kept other rules apart.
                torn: true,
                ..self.options.limits(Audience::Machines)
            };
            analysis::estimates(&model, &limits).map_err(|failure| Why::from(failure).told())
        });
        found.map_or_else(WithoutThem::Impossible, WithoutThem::Estimates)
    }

    /// The scenario without them, in the reading of the main answers.
    fn model(&self, without: &Without) -> Result<Model, String> {
        let mut diagnostics = Diagnostics::default();
        let model = &self.evaluation.model;
        let strike = without.strike(model);
        let found = self
            .written
            .without(model, &strike, &self.evaluation.sources, &mut diagnostics)
            .ok_or_else(|| Why::Errors(diagnostics.sorted()).told())?;
        let reading = self.main.reading.and_then(|at| found.readings.get(at));
        variant(&found, reading, self.options).map_err(|why| why.told())
    }
}
