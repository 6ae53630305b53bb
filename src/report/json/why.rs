//! The JSON of `why`.

use super::results::{ObservationRecord, observation};
use super::{TornRecord, document, pair};
use crate::analysis::{
    Account, Barrier, By, Cause, Happening, Measured, Obstacle, Part, Search, Way, by_name,
};
use crate::model::{ActorId, DeclId, Model};
use crate::report::content::labels;
use crate::report::content::why::{WhyReport, subject_title};
use crate::report::{Form, Repeat};
use schemars::JsonSchema;
use serde::Serialize;

/// The JSON of `why`.
pub const WHY: Form = Form::new::<WhyRecord<'static>>("escalade-why/1", "why --format json");

/// The JSON of `why`, format `escalade-why/1`. Probabilities have full precision.
#[must_use]
pub fn why(report: &WhyReport<'_>) -> String {
    let (model, why) = (report.model, report.why);
    document(&WhyRecord {
        format: WHY.format,
        file: report.file,
        title: &model.title,
        subject: why.subject.id(model),
        label: subject_title(model, why.subject),
        probability: why.probability,
        bounds: pair(why.bounds),
        possible: why.possible,
        mean_turn: why.mean_turn,
        share: why.share(),
        storylines: why.accounts.iter().map(|one| StorylineRecord::new(report, one)).collect(),
        needs: NeedsRecord {
            sets: why.needs.sets.iter().map(|set| names(model, set)).collect(),
            contradictions: match why.needs.torn.iter().any(Option::is_some) {
                true => {
                    let torn = why.needs.torn.iter();
                    torn.map(|torn| torn.as_ref().map(TornRecord::new)).collect()
                }
                false => Vec::new(),
            },
            search: search(why.needs.search),
        },
        barriers: why.barriers.iter().map(|one| BarrierRecord::new(model, one)).collect(),
        others: why
            .others
            .iter()
            .map(|(id, probability)| OtherRecord {
                outcome: &model.outcomes[id.index()].name,
                probability: *probability,
            })
            .collect(),
        prose: prose(report),
        observation: observation(model, why.observation),
        situations: why.situations,
        transitions: why.transitions,
        repeat: report.repeat,
    })
}

/// Why something happens, and why not. Probabilities are numbers from 0 to 1.
#[derive(JsonSchema, Serialize)]
struct WhyRecord<'a> {
    /// The name and the version of this form.
    #[schemars(extend("const" = WHY.format))]
    format: &'static str,
    /// The path of the scenario, as it was given.
    file: &'a str,
    /// The title of the scenario.
    title: &'a str,
    /// What was asked about, as an id of the reaction graph or as `rung NAME`.
    subject: String,
    /// Its title for people.
    label: String,
    /// The estimated probability that it ever happens.
    #[schemars(range(min = 0, max = 1))]
    probability: f64,
    /// The lowest and the highest probability over likelihoods and decisions.
    #[schemars(inner(range(min = 0, max = 1)))]
    bounds: [f64; 2],
    /// Whether any storyline leads to it at all, also one that only other likelihoods allow.
    possible: bool,
    /// The mean turn in which it first happens, given that it does; `null` where it never does, and
    /// for `otherwise`.
    #[schemars(range(min = 0))]
    mean_turn: Option<f64>,
    /// The share of its probability that the storylines carry.
    #[schemars(range(min = 0, max = 1))]
    share: f64,
    /// The storylines that carry most of it, the most probable first.
    storylines: Vec<StorylineRecord>,
    /// The rules without which it cannot happen.
    needs: NeedsRecord<'a>,
    /// Why not: the ways in which it could be brought about, and what stood in each.
    barriers: Vec<BarrierRecord<'a>>,
    /// For `otherwise`: the other outcomes and how likely each is.
    others: Vec<OtherRecord<'a>>,
    /// The same in sentences.
    prose: Vec<String>,
    /// What was observed, all else is given that; `null` where nothing was.
    observation: Option<ObservationRecord<'a>>,
    /// How many situations were looked at.
    situations: usize,
    /// How many transitions there are between them.
    transitions: usize,
    #[serde(flatten)]
    repeat: &'a Repeat,
}

/// Another outcome and how likely it is.
#[derive(JsonSchema, Serialize)]
struct OtherRecord<'a> {
    /// The name of the outcome.
    outcome: &'a str,
    /// The estimated probability.
    #[schemars(range(min = 0, max = 1))]
    probability: f64,
}

/// The smallest sets of rules and decisions without which it cannot happen.
#[derive(JsonSchema, Serialize)]
struct NeedsRecord<'a> {
    /// The sets, each as names of rules and decisions.
    sets: Vec<Vec<&'a str>>,
    /// For each set the storylines that, with it left out, lead nowhere because assignments contradict
    /// each other on them; `null` where none do. Only where some do.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    contradictions: Vec<Option<TornRecord<'a>>>,
    /// How far the search went: `complete`, `more` (there are more sets of that size), `none up to
    /// N`, `scripted` (it happens whatever rules are left out) or `given up after N explorations`.
    search: String,
}

fn search(search: Search) -> String {
    match search {
        Search::Complete => "complete".to_owned(),
        Search::More => "more".to_owned(),
        Search::NoneUpTo(size) => format!("none up to {size}"),
        Search::Scripted => "scripted".to_owned(),
        Search::GivenUp(count) => format!("given up after {count} explorations"),
    }
}

fn names<'a>(model: &'a Model, set: &[DeclId]) -> Vec<&'a str> {
    set.iter().map(|id| model.declarations[id.index()].name.as_str()).collect()
}

fn members<'a>(model: &'a Model, members: &[ActorId]) -> Vec<&'a str> {
    members.iter().map(|id| model.actors[id.index()].name.as_str()).collect()
}

/// The sentences of the page, one after the other.
fn prose(report: &WhyReport<'_>) -> Vec<String> {
    let mut all = vec![report.summary(), report.carried()];
    all.extend(report.needs());
    all.extend(report.others());
    for barrier in report.barriers() {
        all.push(report.barrier(barrier));
        all.extend(barrier.obstacles.iter().filter_map(|one| report.obstacle(barrier, one)));
    }
    all
}

/// Courses in which the same things lead there, told by the most probable of them.
#[derive(JsonSchema, Serialize)]
struct StorylineRecord {
    /// The estimated probability of all its courses.
    #[schemars(range(min = 0, max = 1))]
    probability: f64,
    /// Its share of the probability of the whole.
    #[schemars(range(min = 0, max = 1))]
    share: f64,
    /// What happens, turn by turn; turns in which nothing happens are left out.
    steps: Vec<StepRecord>,
}

impl StorylineRecord {
    fn new(report: &WhyReport<'_>, account: &Account) -> Self {
        let step = |step: &crate::analysis::AccountStep| StepRecord {
            turn: step.turn,
            date: report.model.date(step.turn).map(|date| date.to_string()),
            happenings: step.happenings.iter().map(|h| HappeningRecord::new(report, h)).collect(),
        };
        Self {
            probability: account.probability,
            share: account.share,
            steps: account.steps.iter().map(step).collect(),
        }
    }
}

/// What happens in one turn of a storyline.
#[derive(JsonSchema, Serialize)]
struct StepRecord {
    /// The turn, from 0.
    turn: u32,
    /// The date of the turn; `null` without a calendar.
    #[schemars(extend("format" = "date"))]
    date: Option<String>,
    /// What happens.
    happenings: Vec<HappeningRecord>,
}

/// Something that happens in a storyline.
#[derive(JsonSchema, Serialize)]
struct HappeningRecord {
    /// Its id in the reaction graph.
    id: String,
    /// A title for people.
    label: String,
    /// Whether it is part of what leads there.
    leads_there: bool,
    /// What brought it about.
    by: Vec<CauseRecord>,
}

impl HappeningRecord {
    fn new(report: &WhyReport<'_>, happening: &Happening) -> Self {
        Self {
            id: happening.id.clone(),
            label: labels::node(report.model, &happening.kind),
            leads_there: happening.leads_there,
            by: happening.causes.iter().map(|cause| CauseRecord::new(report, cause)).collect(),
        }
    }
}

/// What brought something about.
#[derive(JsonSchema, Serialize)]
struct CauseRecord {
    /// `rule` (also for decisions), `inject`, `action` or `outcome`.
    #[schemars(extend("enum" = ["rule", "inject", "action", "outcome"]))]
    kind: &'static str,
    /// The name of the rule, decision, inject, action or outcome.
    by: String,
    /// Its title.
    title: String,
    /// The number of the alternative from 1, `else`, or the option's name; `null` where there is
    /// only one.
    alternative: Option<String>,
    /// The actors that it was written out for, of `for each`.
    members: Vec<String>,
    /// The turn in which it was drawn, for what was under way; `null` otherwise.
    drawn_in_turn: Option<u32>,
    /// The rationale; `null` without one.
    because: Option<String>,
    /// The name of the rationale's source; `null` without one.
    source: Option<String>,
}

impl CauseRecord {
    fn new(report: &WhyReport<'_>, cause: &Cause) -> Self {
        let model = report.model;
        let because = report.because(cause);
        let source = because.and_then(|quote| quote.source);
        Self {
            kind: match cause.by {
                By::Declaration(_) => "rule",
                By::Inject(_) => "inject",
                By::Action(_) => "action",
                By::Outcome(_) => "outcome",
            },
            by: by_name(model, &cause.by),
            title: labels::by_title(model, &cause.by),
            alternative: cause.alternative.clone(),
            members: members(model, &cause.members).into_iter().map(str::to_owned).collect(),
            drawn_in_turn: cause.drawn,
            because: because.map(|quote| quote.text.clone()),
            source: source.map(|id| model.sources[id.index()].name.clone()),
        }
    }
}

/// A way in which something could be brought about, and what stood in it.
#[derive(JsonSchema, Serialize)]
struct BarrierRecord<'a> {
    /// The name of the rule or decision that would; `null` for a condition, or where nothing could.
    by: Option<&'a str>,
    /// The condition that it would bring about; `null` where that is the thing asked about.
    behind: Option<String>,
    /// The choices of members of `for each` for which it would.
    members: Vec<Vec<&'a str>>,
    /// The alternatives that would; `null` for the only one of a rule.
    alternatives: &'a [Option<String>],
    /// The estimated probability, each time, that one of them is drawn; `null` where no rule would.
    #[schemars(range(min = 0, max = 1))]
    drawn: Option<f64>,
    /// The probability that everything that it needs ever held at once.
    #[schemars(range(min = 0, max = 1))]
    chance: f64,
    /// What it needs, in order.
    obstacles: Vec<ObstacleRecord<'a>>,
}

impl<'a> BarrierRecord<'a> {
    fn new(model: &'a Model, barrier: &'a Barrier) -> Self {
        let obstacles =
            barrier.obstacles.iter().map(|one| ObstacleRecord::new(model, one)).collect();
        let chance = barrier.chance;
        let behind = barrier.behind.as_ref().map(|cond| model.condition_text(cond));
        match &barrier.way {
            Way::Condition | Way::Nothing => Self {
                by: None,
                behind,
                members: Vec::new(),
                alternatives: &[],
                drawn: None,
                chance,
                obstacles,
            },
            Way::Rule { declaration, members: all, alternatives, drawn } => Self {
                by: Some(&model.declarations[declaration.index()].name),
                behind,
                members: all.iter().map(|one| members(model, one)).collect(),
                alternatives,
                drawn: Some(*drawn),
                chance,
                obstacles,
            },
        }
    }
}

/// A condition that something needs, and how often it stood in the way.
#[derive(JsonSchema, Serialize)]
struct ObstacleRecord<'a> {
    /// The condition as written.
    condition: String,
    /// Where it stands: `outcome`, `trigger` or `if`.
    #[schemars(extend("enum" = ["outcome", "trigger", "if"]))]
    part: &'static str,
    /// The probability that it ever held.
    #[schemars(range(min = 0, max = 1))]
    held: f64,
    /// The probability that everything else ever held.
    #[schemars(range(min = 0, max = 1))]
    rest: f64,
    /// The probability that everything else ever held, and it never did at such a moment.
    #[schemars(range(min = 0, max = 1))]
    stood: f64,
    /// What the margins count: the `nearest` that the value ever came, or the value when everything
    /// else held `first`.
    #[schemars(extend("enum" = ["nearest", "first"]))]
    measure: &'static str,
    /// How near a comparison came, where it stood in the way.
    margins: Vec<MarginRecord<'a>>,
}

/// How near a comparison came.
#[derive(JsonSchema, Serialize)]
struct MarginRecord<'a> {
    /// The value as the scenario names it; for arithmetic, by how much it falls short.
    value: &'a str,
    /// The probability, of all storylines, that it came to this and no nearer.
    #[schemars(range(min = 0, max = 1))]
    probability: f64,
}

impl<'a> ObstacleRecord<'a> {
    fn new(model: &Model, obstacle: &'a Obstacle) -> Self {
        Self {
            condition: model.condition_text(&obstacle.condition),
            part: match obstacle.part {
                Part::Outcome => "outcome",
                Part::Trigger => "trigger",
                Part::Guard => "if",
            },
            held: obstacle.held,
            rest: obstacle.rest,
            stood: obstacle.stood,
            measure: match obstacle.measure {
                Measured::Nearest => "nearest",
                Measured::First => "first",
            },
            margins: obstacle
                .margins
                .iter()
                .map(|one| MarginRecord { value: &one.value, probability: one.probability })
                .collect(),
        }
    }
}
