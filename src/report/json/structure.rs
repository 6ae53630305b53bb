//! The JSON of `structure`.

use super::{TornRecord, document};
use crate::analysis::{Chokepoints, Down, Firebreaks, OffRamp, Reaction, Spiral, by_name};
use crate::model::{Model, OutcomeId};
use crate::report::content::labels;
use crate::report::content::structure::StructureReport;
use crate::report::{Form, Repeat};
use schemars::JsonSchema;
use serde::Serialize;

/// The JSON of `structure`.
pub const STRUCTURE: Form =
    Form::new::<StructureRecord<'static>>("escalade-structure/1", "structure --format json");

/// The JSON of `structure`, format `escalade-structure/1`. Probabilities have full precision; an
/// expected number without end is `null`.
#[must_use]
pub fn structure(report: &StructureReport<'_>) -> String {
    let (model, found) = (report.model, report.structure);
    document(&StructureRecord {
        format: STRUCTURE.format,
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

/// The reactions as a graph. Probabilities are numbers from 0 to 1; an expected number without end
/// is `null`.
#[derive(JsonSchema, Serialize)]
struct StructureRecord<'a> {
    /// The name and the version of this form.
    #[schemars(extend("const" = STRUCTURE.format))]
    format: &'static str,
    /// The path of the scenario, as it was given.
    file: &'a str,
    /// The title of the scenario.
    title: &'a str,
    /// The value that firebreaks keep outcomes below.
    #[schemars(range(min = 0, max = 1))]
    below: f64,
    /// Reactions that lead back to themselves.
    spirals: Vec<SpiralRecord<'a>>,
    /// For each outcome, what every storyline to it passes.
    chokepoints: Vec<ChokesRecord<'a>>,
    /// For each outcome, what keeps it below the value.
    firebreaks: Vec<BreaksRecord<'a>>,
    /// The outcomes that are below the value as things stand.
    already_below: Vec<OutcomeRecord<'a>>,
    /// Reactions that lead back down.
    off_ramps: Vec<RampRecord<'a>>,
    /// How many situations were looked at.
    situations: usize,
    /// How many transitions there are between them.
    transitions: usize,
    #[serde(flatten)]
    repeat: &'a Repeat,
}

fn outcome(model: &Model, id: OutcomeId) -> &str {
    &model.outcomes[id.index()].name
}

/// An outcome and how likely it is.
#[derive(JsonSchema, Serialize)]
struct OutcomeRecord<'a> {
    /// The name of the outcome.
    outcome: &'a str,
    /// The estimated probability.
    #[schemars(range(min = 0, max = 1))]
    estimate: f64,
}

/// Something that happens, with how often.
#[derive(JsonSchema, Serialize)]
struct ReactionRecord<'a> {
    /// Its id in the reaction graph.
    id: &'a str,
    /// A title for people.
    label: String,
    /// The estimated probability that it ever happens.
    #[schemars(range(min = 0, max = 1))]
    probability: f64,
    /// The mean turn of its first time, given that it happens; `null` where its estimate is 0.
    #[schemars(range(min = 0))]
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

/// Reactions each of which can lead to every other.
#[derive(JsonSchema, Serialize)]
struct SpiralRecord<'a> {
    /// All of them, by earliest turn.
    members: Vec<ReactionRecord<'a>>,
    /// A shortest way round from the first of them back to it.
    round: Vec<StepRecord<'a>>,
    /// The expected number of times that they bring the first of them about again; `null` where for
    /// ever.
    #[schemars(with = "Option<f64>", range(min = 0))]
    rounds: f64,
    /// The same, given that the first of them happens at all.
    #[schemars(with = "Option<f64>", range(min = 0))]
    rounds_once_begun: f64,
}

/// A step of a spiral's round: what happens, and what makes the next step follow.
#[derive(JsonSchema, Serialize)]
struct StepRecord<'a> {
    /// What happens, by its id in the reaction graph.
    id: &'a str,
    /// The name of the rule, decision or action that makes the next step follow.
    by: String,
    /// Its alternative; `null` where there is only one.
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

/// What every storyline to an outcome passes.
#[derive(JsonSchema, Serialize)]
struct ChokesRecord<'a> {
    /// The name of the outcome.
    outcome: &'a str,
    /// Its estimated probability.
    #[schemars(range(min = 0, max = 1))]
    estimate: f64,
    /// The reactions without which it is never reached, by mean turn; those that are certain are
    /// left out.
    reactions: Vec<ChokeRecord<'a>>,
}

/// A reaction that every storyline to an outcome passes.
#[derive(JsonSchema, Serialize)]
struct ChokeRecord<'a> {
    #[serde(flatten)]
    reaction: ReactionRecord<'a>,
    /// The estimated probability of the outcome, given that the reaction happens.
    #[schemars(range(min = 0, max = 1))]
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

/// The smallest sets of rules and decisions that, prevented, keep an outcome below the value.
#[derive(JsonSchema, Serialize)]
struct BreaksRecord<'a> {
    /// The name of the outcome.
    outcome: &'a str,
    /// Its estimated probability with all rules.
    #[schemars(range(min = 0, max = 1))]
    estimate: f64,
    /// The sets, those that leave least first.
    sets: Vec<SetRecord<'a>>,
    /// How many sets of the smallest size do it, those that are not told included.
    count: usize,
    /// Up to which size all sets were evaluated.
    all_sets_evaluated_up_to: usize,
}

/// Rules and decisions that are prevented together.
#[derive(JsonSchema, Serialize)]
struct SetRecord<'a> {
    /// Their names.
    rules: Vec<&'a str>,
    /// The probability of the outcome that remains.
    #[schemars(range(min = 0, max = 1))]
    remaining: f64,
    /// The storylines that then lead nowhere because assignments contradict each other on them; only
    /// where there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    contradiction: Option<TornRecord<'a>>,
}

impl<'a> BreaksRecord<'a> {
    fn new(model: &'a Model, breaks: &'a Firebreaks) -> Self {
        let name = |id: &crate::model::DeclId| model.declarations[id.index()].name.as_str();
        let set = |set: &'a crate::analysis::Firebreak| SetRecord {
            rules: set.rules.iter().map(name).collect(),
            remaining: set.remaining,
            contradiction: set.torn.as_ref().map(TornRecord::new),
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

/// A reaction that leads back down.
#[derive(JsonSchema, Serialize)]
struct RampRecord<'a> {
    #[serde(flatten)]
    reaction: ReactionRecord<'a>,
    /// `level` for the level on the ladder, or the variable that comes nearer to its initial value.
    lowers: &'a str,
    /// The expected number of times that it does; `null` where for ever.
    #[schemars(with = "Option<f64>", range(min = 0))]
    expected: f64,
    /// The mean turn in which it does, over all times; `null` without a horizon.
    #[schemars(range(min = 0))]
    mean_turn_of_lowering: Option<f64>,
    /// What brings it about.
    by: Vec<ByRecord<'a>>,
}

/// What brings something about.
#[derive(JsonSchema, Serialize)]
struct ByRecord<'a> {
    /// The name of the rule, decision, inject or action.
    by: String,
    /// Its alternative; `null` where there is only one.
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
