//! The JSON of `structure`.

use super::document;
use crate::analysis::{Chokepoints, Down, Firebreaks, OffRamp, Reaction, Spiral, by_name};
use crate::model::{Model, OutcomeId};
use crate::report::structure::StructureReport;
use crate::report::{Repeat, labels};
use serde::Serialize;

/// The JSON of `structure`, format `escalade-structure/1`. Probabilities have full precision; an
/// expected number without end is `null`.
#[must_use]
pub fn structure(report: &StructureReport<'_>) -> String {
    let (model, found) = (report.model, report.structure);
    document(&StructureRecord {
        format: "escalade-structure/1",
        file: report.file,
        title: &model.title,
        below: found.below,
        spirals: found.spirals.iter().map(|one| SpiralRecord::new(model, one)).collect(),
        chokepoints: found.chokepoints.iter().map(|one| ChokesRecord::new(model, one)).collect(),
        firebreaks: found.firebreaks.iter().map(|one| BreaksRecord::new(model, one)).collect(),
        already_below: found
            .already
            .iter()
            .map(|&(id, estimate)| OutcomeRecord { outcome: outcome(model, id), estimate })
            .collect(),
        off_ramps: found.off_ramps.iter().map(|one| RampRecord::new(model, one)).collect(),
        situations: found.situations,
        transitions: found.transitions,
        repeat: report.repeat,
    })
}

#[derive(Serialize)]
struct StructureRecord<'a> {
    format: &'static str,
    file: &'a str,
    title: &'a str,
    below: f64,
    spirals: Vec<SpiralRecord<'a>>,
    chokepoints: Vec<ChokesRecord<'a>>,
    firebreaks: Vec<BreaksRecord<'a>>,
    already_below: Vec<OutcomeRecord<'a>>,
    off_ramps: Vec<RampRecord<'a>>,
    situations: usize,
    transitions: usize,
    #[serde(flatten)]
    repeat: &'a Repeat,
}

fn outcome(model: &Model, id: OutcomeId) -> &str {
    &model.outcomes[id.index()].name
}

#[derive(Serialize)]
struct OutcomeRecord<'a> {
    outcome: &'a str,
    estimate: f64,
}

#[derive(Serialize)]
struct ReactionRecord<'a> {
    id: &'a str,
    label: String,
    probability: f64,
    mean_turn: Option<f64>,
}

impl<'a> ReactionRecord<'a> {
    fn new(model: &Model, reaction: &'a Reaction) -> Self {
        Self {
            id: &reaction.id,
            label: labels::node(model, &reaction.kind),
            probability: reaction.probability,
            mean_turn: reaction.mean_turn,
        }
    }
}

#[derive(Serialize)]
struct SpiralRecord<'a> {
    members: Vec<ReactionRecord<'a>>,
    round: Vec<StepRecord<'a>>,
    rounds: f64,
    rounds_once_begun: f64,
}

#[derive(Serialize)]
struct StepRecord<'a> {
    id: &'a str,
    by: String,
    alternative: Option<&'a str>,
}

impl<'a> SpiralRecord<'a> {
    fn new(model: &Model, spiral: &'a Spiral) -> Self {
        let step = |step: &'a crate::analysis::RoundStep| StepRecord {
            id: &step.reaction.id,
            by: by_name(model, &step.by),
            alternative: step.alternative.as_deref(),
        };
        Self {
            members: spiral.members.iter().map(|one| ReactionRecord::new(model, one)).collect(),
            round: spiral.round.iter().map(step).collect(),
            rounds: spiral.rounds,
            rounds_once_begun: spiral.rounds_once_begun,
        }
    }
}

#[derive(Serialize)]
struct ChokesRecord<'a> {
    outcome: &'a str,
    estimate: f64,
    reactions: Vec<ChokeRecord<'a>>,
}

#[derive(Serialize)]
struct ChokeRecord<'a> {
    #[serde(flatten)]
    reaction: ReactionRecord<'a>,
    outcome_then: f64,
}

impl<'a> ChokesRecord<'a> {
    fn new(model: &'a Model, chokes: &'a Chokepoints) -> Self {
        let one = |point: &'a crate::analysis::Chokepoint| ChokeRecord {
            reaction: ReactionRecord::new(model, &point.reaction),
            outcome_then: point.then,
        };
        Self {
            outcome: outcome(model, chokes.outcome),
            estimate: chokes.probability,
            reactions: chokes.reactions.iter().map(one).collect(),
        }
    }
}

#[derive(Serialize)]
struct BreaksRecord<'a> {
    outcome: &'a str,
    estimate: f64,
    sets: Vec<SetRecord<'a>>,
    count: usize,
    all_sets_evaluated_up_to: usize,
}

#[derive(Serialize)]
struct SetRecord<'a> {
    rules: Vec<&'a str>,
    remaining: f64,
}

impl<'a> BreaksRecord<'a> {
    fn new(model: &'a Model, breaks: &'a Firebreaks) -> Self {
        let name = |id: &crate::model::DeclId| model.declarations[id.index()].name.as_str();
        let set = |set: &'a crate::analysis::Firebreak| SetRecord {
            rules: set.rules.iter().map(name).collect(),
            remaining: set.remaining,
        };
        Self {
            outcome: outcome(model, breaks.outcome),
            estimate: breaks.probability,
            sets: breaks.sets.iter().map(set).collect(),
            count: breaks.count,
            all_sets_evaluated_up_to: breaks.searched,
        }
    }
}

#[derive(Serialize)]
struct RampRecord<'a> {
    #[serde(flatten)]
    reaction: ReactionRecord<'a>,
    lowers: &'a str,
    expected: f64,
    mean_turn_of_lowering: Option<f64>,
    by: Vec<ByRecord<'a>>,
}

#[derive(Serialize)]
struct ByRecord<'a> {
    by: String,
    alternative: Option<&'a str>,
}

impl<'a> RampRecord<'a> {
    fn new(model: &'a Model, ramp: &'a OffRamp) -> Self {
        Self {
            reaction: ReactionRecord::new(model, &ramp.reaction),
            lowers: match ramp.down {
                Down::Level => "level",
                Down::Variable(id) => &model.variables[id.index()].name,
            },
            expected: ramp.expected,
            mean_turn_of_lowering: ramp.mean_turn,
            by: ramp
                .by
                .iter()
                .map(|(by, alternative)| ByRecord {
                    by: by_name(model, by),
                    alternative: alternative.as_deref(),
                })
                .collect(),
        }
    }
}
