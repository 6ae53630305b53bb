//! The JSON of `drivers`.

use super::results::{ObservationRecord, observation};
use super::{TornRecord, document};
use crate::analysis::{
    Alternate, DrivenOutcome, Drivers, Flip, FlipOf, LikelihoodDriver, Replaced, Replacement,
};
use crate::model::{Model, OutcomeId};
use crate::report::content::drivers::{DriversReport, kind, title};
use crate::report::{Form, Repeat};
use schemars::JsonSchema;
use serde::Serialize;

/// The JSON of `drivers`.
pub const DRIVERS: Form =
    Form::new::<DriversRecord<'static>>("escalade-drivers/1", "drivers --format json");

/// The JSON of `drivers`, format `escalade-drivers/1`: what each outcome hangs on, and what is needed
/// to find the same again. Probabilities and derivatives have full precision.
#[must_use]
pub fn drivers(report: &DriversReport<'_>) -> String {
    let (model, drivers) = (report.model, report.drivers);
    let reading = drivers.reading.and_then(|at| model.readings.get(at));
    document(&DriversRecord {
        format: DRIVERS.format,
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

/// What each outcome hangs on. Probabilities are numbers from 0 to 1.
#[derive(JsonSchema, Serialize)]
struct DriversRecord<'a> {
    /// The name and the version of this form.
    #[schemars(extend("const" = DRIVERS.format))]
    format: &'static str,
    /// The path of the scenario, as it was given.
    file: &'a str,
    /// The title of the scenario.
    title: &'a str,
    /// How many turns are looked at; `null` without end.
    horizon: Option<u32>,
    /// The name of the reading; `null` for the scenario as written.
    reading: Option<&'a str>,
    /// How it was evaluated: always `exact`.
    #[schemars(extend("enum" = ["exact"]))]
    method: &'static str,
    /// How many situations were looked at, those included that only other likelihoods allow.
    situations: usize,
    /// Whether likelihoods were only moved within what the scenario as written makes possible.
    narrow: bool,
    /// What was observed, all else is given that; `null` where nothing was.
    observation: Option<ObservationRecord<'a>>,
    /// The outcomes asked for, the most probable first.
    outcomes: Vec<OutcomeRecord<'a>>,
    /// All likelihoods, those that do most first.
    likelihoods: Vec<LikelihoodRecord<'a>>,
    /// Positions, initial values and decisions, those that change most first; what changes nothing
    /// is left out.
    replacements: Vec<ReplacementRecord<'a>>,
    /// The smallest change of each likelihood at which something flips, the smallest first.
    flips: Vec<FlipRecord<'a>>,
    /// What stands so exactly on its edge that any change flips it: it has no flips.
    edges: Vec<WhatRecord<'a>>,
    /// The outcomes that were asked for by name; empty for all.
    asked: &'a [String],
    #[serde(flatten)]
    repeat: &'a Repeat,
}

/// An outcome and how likely it is.
#[derive(JsonSchema, Serialize)]
struct OutcomeRecord<'a> {
    /// The name in the scenario.
    name: &'a str,
    /// The title.
    title: &'a str,
    /// The estimated probability.
    #[schemars(range(min = 0, max = 1))]
    estimate: f64,
}

/// A likelihood and what it does to the outcomes.
#[derive(JsonSchema, Serialize)]
struct LikelihoodRecord<'a> {
    /// The name of a param, or of a rule or decision with its alternative: `moscow_strikes.1`.
    name: &'a str,
    /// `param`, `rule` or `decision`.
    #[schemars(extend("enum" = ["param", "rule", "decision"]))]
    kind: &'static str,
    /// The title of what it belongs to.
    title: &'a str,
    /// The likelihood as written.
    written: &'a str,
    /// The low and the high end of its range.
    #[schemars(inner(range(min = 0, max = 1)))]
    range: [f64; 2],
    /// Its present value.
    #[schemars(range(min = 0, max = 1))]
    estimate: f64,
    /// The ends of the range, as far as the others leave room for them; `null` where it has no
    /// range.
    #[schemars(inner(range(min = 0, max = 1)))]
    swing: Option<[f64; 2]>,
    /// What it does to each outcome.
    effects: Vec<EffectRecord<'a>>,
}

/// What a likelihood does to an outcome.
#[derive(JsonSchema, Serialize)]
struct EffectRecord<'a> {
    /// The name of the outcome.
    outcome: &'a str,
    /// The derivative as the likelihood falls, in points for a point; `null` where there is none.
    derivative_falling: Option<f64>,
    /// The derivative as the likelihood rises; `null` where there is none.
    derivative_rising: Option<f64>,
    /// The estimate of the outcome at the low end; `null` where the likelihood has no range.
    #[schemars(range(min = 0, max = 1))]
    at_low: Option<f64>,
    /// The estimate at the high end.
    #[schemars(range(min = 0, max = 1))]
    at_high: Option<f64>,
    /// The lowest estimate over the whole range; `null` where the likelihood has none.
    #[schemars(range(min = 0, max = 1))]
    least: Option<f64>,
    /// The highest estimate over the whole range.
    #[schemars(range(min = 0, max = 1))]
    most: Option<f64>,
    /// The value of the likelihood at which the lowest is reached.
    #[schemars(range(min = 0, max = 1))]
    least_at: Option<f64>,
    /// The value of the likelihood at which the highest is reached.
    #[schemars(range(min = 0, max = 1))]
    most_at: Option<f64>,
}

/// A position, an initial value or a decision, with other values in its place.
#[derive(JsonSchema, Serialize)]
struct ReplacementRecord<'a> {
    /// The name as in a condition, or of the decision.
    name: &'a str,
    /// `position`, `initial` or `decision`.
    #[schemars(extend("enum" = ["position", "initial", "decision"]))]
    kind: &'static str,
    /// Its present value; `null` for a decision, which has a policy.
    present: Option<&'a str>,
    /// What the others would change.
    values: Vec<AlternateRecord<'a>>,
}

/// Another value, and the outcomes with it.
#[derive(JsonSchema, Serialize)]
struct AlternateRecord<'a> {
    /// The value, or the option taken every time.
    value: &'a str,
    /// The outcomes with it; `null` where the scenario cannot run with it.
    outcomes: Option<Vec<NewRecord<'a>>>,
    /// The storylines that lead nowhere because assignments contradict each other on them; only where
    /// there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    contradiction: Option<TornRecord<'a>>,
}

/// How likely an outcome is then.
#[derive(JsonSchema, Serialize)]
struct NewRecord<'a> {
    /// The name of the outcome.
    outcome: &'a str,
    /// The estimated probability then.
    #[schemars(range(min = 0, max = 1))]
    estimate: f64,
    /// By how much that differs from the present one.
    #[schemars(range(min = -1, max = 1))]
    change: f64,
}

/// The smallest change of a likelihood at which something flips.
#[derive(JsonSchema, Serialize)]
struct FlipRecord<'a> {
    /// The name of the likelihood.
    likelihood: &'a str,
    /// Its present value.
    #[schemars(range(min = 0, max = 1))]
    from: f64,
    /// The nearest value at which it has flipped.
    #[schemars(range(min = 0, max = 1))]
    to: f64,
    /// Whether other alternatives have to give way, beyond what their ranges allow.
    others_give_way: bool,
    #[serde(flatten)]
    what: WhatRecord<'a>,
}

/// What flips.
#[derive(JsonSchema, Serialize)]
#[serde(tag = "flips", rename_all = "snake_case")]
enum WhatRecord<'a> {
    /// Which outcome is the most probable.
    MostProbable {
        /// The name of the outcome that is.
        outcome: &'a str,
        /// The name of the one that would be.
        becomes: &'a str,
    },
    /// Whether an expectation holds.
    Expectation {
        /// The expectation as written.
        text: &'a str,
        /// Whether it would hold.
        holds: bool,
    },
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
    let effect = |(at, driven): (usize, &DrivenOutcome)| {
        let [least, most] = match &one.swing {
            Some(swing) => swing.extremes(at).map(Some),
            None => [None; 2],
        };
        EffectRecord {
            outcome: name(model, driven.outcome),
            derivative_falling: one.slopes[at].falling,
            derivative_rising: one.slopes[at].rising,
            at_low: one.swing.as_ref().map(|swing| swing.at_low[at]),
            at_high: one.swing.as_ref().map(|swing| swing.at_high[at]),
            least: least.map(|one| one.estimate),
            most: most.map(|one| one.estimate),
            least_at: least.map(|one| one.value),
            most_at: most.map(|one| one.value),
        }
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
    AlternateRecord {
        value: &one.value,
        outcomes: one.estimates.as_ref().map(all),
        contradiction: one.torn.as_ref().map(TornRecord::new),
    }
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
