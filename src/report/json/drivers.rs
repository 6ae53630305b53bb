//! The JSON of `drivers`.

use super::document;
use super::results::{ObservationRecord, observation};
use crate::analysis::{
    Alternate, DrivenOutcome, Drivers, Flip, FlipOf, LikelihoodDriver, Replaced, Replacement,
};
use crate::model::{Model, OutcomeId};
use crate::report::Repeat;
use crate::report::drivers::{DriversReport, kind, title};
use serde::Serialize;

/// The JSON of `drivers`, format `escalade-drivers/1`: what each outcome hangs on, and what is needed
/// to find the same again. Probabilities and derivatives have full precision.
#[must_use]
pub fn drivers(report: &DriversReport<'_>) -> String {
    let (model, drivers) = (report.model, report.drivers);
    let reading = drivers.reading.and_then(|at| model.readings.get(at));
    document(&DriversRecord {
        format: "escalade-drivers/1",
        file: report.file,
        title: &model.title,
        horizon: model.horizon,
        reading: reading.map(|reading| reading.name.as_str()),
        method: "exact",
        situations: drivers.situations,
        narrow: drivers.narrow,
        observation: observation(model, drivers.observation),
        outcomes: drivers.outcomes.iter().map(|one| outcome(model, one)).collect(),
        likelihoods: drivers.likelihoods.iter().map(|one| likelihood(report, one)).collect(),
        replacements: drivers.replacements.iter().map(|one| replacement(report, one)).collect(),
        flips: drivers.flips.iter().map(|one| flip(report, one)).collect(),
        edges: drivers.edges.iter().map(|&one| what(model, one)).collect(),
        asked: report.asked,
        repeat: report.repeat,
    })
}

#[derive(Serialize)]
struct DriversRecord<'a> {
    format: &'static str,
    file: &'a str,
    title: &'a str,
    horizon: Option<u32>,
    reading: Option<&'a str>,
    method: &'static str,
    situations: usize,
    narrow: bool,
    /// `null` where nothing was observed.
    observation: Option<ObservationRecord<'a>>,
    outcomes: Vec<OutcomeRecord<'a>>,
    likelihoods: Vec<LikelihoodRecord<'a>>,
    replacements: Vec<ReplacementRecord<'a>>,
    flips: Vec<FlipRecord<'a>>,
    edges: Vec<WhatRecord<'a>>,
    asked: &'a [String],
    #[serde(flatten)]
    repeat: &'a Repeat,
}

#[derive(Serialize)]
struct OutcomeRecord<'a> {
    name: &'a str,
    title: &'a str,
    estimate: f64,
}

#[derive(Serialize)]
struct LikelihoodRecord<'a> {
    name: &'a str,
    kind: &'static str,
    title: &'a str,
    written: &'a str,
    range: [f64; 2],
    estimate: f64,
    /// The ends of the range, as far as the others leave room for them.
    swing: Option<[f64; 2]>,
    effects: Vec<EffectRecord<'a>>,
}

/// What a likelihood does to an outcome. A derivative that does not exist is `null`.
#[derive(Serialize)]
struct EffectRecord<'a> {
    outcome: &'a str,
    derivative_falling: Option<f64>,
    derivative_rising: Option<f64>,
    at_low: Option<f64>,
    at_high: Option<f64>,
}

#[derive(Serialize)]
struct ReplacementRecord<'a> {
    name: &'a str,
    kind: &'static str,
    present: Option<&'a str>,
    values: Vec<AlternateRecord<'a>>,
}

#[derive(Serialize)]
struct AlternateRecord<'a> {
    value: &'a str,
    /// `null` where the scenario cannot run with it.
    outcomes: Option<Vec<NewRecord<'a>>>,
}

#[derive(Serialize)]
struct NewRecord<'a> {
    outcome: &'a str,
    estimate: f64,
    change: f64,
}

#[derive(Serialize)]
struct FlipRecord<'a> {
    likelihood: &'a str,
    from: f64,
    to: f64,
    others_give_way: bool,
    #[serde(flatten)]
    what: WhatRecord<'a>,
}

#[derive(Serialize)]
#[serde(tag = "flips", rename_all = "snake_case")]
enum WhatRecord<'a> {
    MostProbable { outcome: &'a str, becomes: &'a str },
    Expectation { text: &'a str, holds: bool },
}

fn outcome<'a>(model: &'a Model, driven: &DrivenOutcome) -> OutcomeRecord<'a> {
    let outcome = &model.outcomes[driven.outcome.index()];
    OutcomeRecord { name: &outcome.name, title: &outcome.title, estimate: driven.estimate }
}

fn name(model: &Model, id: OutcomeId) -> &str {
    &model.outcomes[id.index()].name
}

fn likelihood<'a>(report: &DriversReport<'a>, one: &'a LikelihoodDriver) -> LikelihoodRecord<'a> {
    let model = report.model;
    let effect = |(at, driven): (usize, &DrivenOutcome)| EffectRecord {
        outcome: name(model, driven.outcome),
        derivative_falling: one.slopes[at].falling,
        derivative_rising: one.slopes[at].rising,
        at_low: one.swing.as_ref().map(|swing| swing.at_low[at]),
        at_high: one.swing.as_ref().map(|swing| swing.at_high[at]),
    };
    LikelihoodRecord {
        name: &one.name,
        kind: kind(model, one.what),
        title: title(model, one.what),
        written: &one.text,
        range: [one.low, one.high],
        estimate: one.estimate,
        swing: one.swing.as_ref().map(|swing| [swing.low, swing.high]),
        effects: report.drivers.outcomes.iter().enumerate().map(effect).collect(),
    }
}

fn replacement<'a>(report: &DriversReport<'a>, one: &'a Replacement) -> ReplacementRecord<'a> {
    ReplacementRecord {
        name: &one.name,
        kind: match one.what {
            Replaced::Position(_) => "position",
            Replaced::Initial(_) => "initial",
            Replaced::Decision(_) => "decision",
        },
        present: one.present.as_deref(),
        values: one
            .others
            .iter()
            .map(|other| alternate(report.model, report.drivers, other))
            .collect(),
    }
}

fn alternate<'a>(model: &'a Model, drivers: &Drivers, one: &'a Alternate) -> AlternateRecord<'a> {
    let new = |(driven, &estimate): (&DrivenOutcome, &f64)| NewRecord {
        outcome: name(model, driven.outcome),
        estimate,
        change: estimate - driven.estimate,
    };
    let all = |all: &Vec<f64>| drivers.outcomes.iter().zip(all).map(new).collect();
    AlternateRecord { value: &one.value, outcomes: one.estimates.as_ref().map(all) }
}

fn flip<'a>(report: &DriversReport<'a>, flip: &Flip) -> FlipRecord<'a> {
    FlipRecord {
        likelihood: &report.likelihood_of(flip).name,
        from: flip.from,
        to: flip.to,
        others_give_way: flip.others_give_way,
        what: what(report.model, flip.what),
    }
}

fn what(model: &Model, what: FlipOf) -> WhatRecord<'_> {
    match what {
        FlipOf::Leading { from, to } => {
            WhatRecord::MostProbable { outcome: name(model, from), becomes: name(model, to) }
        }
        FlipOf::Expectation { index, holds } => {
            WhatRecord::Expectation { text: &model.expectations[index].text, holds }
        }
    }
}
