//! The JSON of `why`.

use super::results::{ObservationRecord, observation};
use super::{document, pair};
use crate::analysis::{
    Account, Barrier, By, Cause, Happening, Measured, Obstacle, Part, Search, Way, by_name,
};
use crate::model::{ActorId, DeclId, Model};
use crate::report::why::{WhyReport, subject_title};
use crate::report::{Repeat, labels};
use serde::Serialize;

/// The JSON of `why`, format `escalade-why/1`. Probabilities have full precision.
#[must_use]
pub fn why(report: &WhyReport<'_>) -> String {
    let (model, why) = (report.model, report.why);
    document(&WhyRecord {
        format: "escalade-why/1",
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

#[derive(Serialize)]
struct WhyRecord<'a> {
    format: &'static str,
    file: &'a str,
    title: &'a str,
    subject: String,
    label: String,
    probability: f64,
    bounds: [f64; 2],
    possible: bool,
    mean_turn: Option<f64>,
    share: f64,
    storylines: Vec<StorylineRecord>,
    needs: NeedsRecord<'a>,
    barriers: Vec<BarrierRecord<'a>>,
    others: Vec<OtherRecord<'a>>,
    prose: Vec<String>,
    /// `null` where nothing was observed.
    observation: Option<ObservationRecord<'a>>,
    situations: usize,
    transitions: usize,
    #[serde(flatten)]
    repeat: &'a Repeat,
}

#[derive(Serialize)]
struct OtherRecord<'a> {
    outcome: &'a str,
    probability: f64,
}

#[derive(Serialize)]
struct NeedsRecord<'a> {
    sets: Vec<Vec<&'a str>>,
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

#[derive(Serialize)]
struct StorylineRecord {
    probability: f64,
    share: f64,
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

#[derive(Serialize)]
struct StepRecord {
    turn: u32,
    date: Option<String>,
    happenings: Vec<HappeningRecord>,
}

#[derive(Serialize)]
struct HappeningRecord {
    id: String,
    label: String,
    leads_there: bool,
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

#[derive(Serialize)]
struct CauseRecord {
    kind: &'static str,
    by: String,
    title: String,
    alternative: Option<String>,
    members: Vec<String>,
    drawn_in_turn: Option<u32>,
    because: Option<String>,
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

#[derive(Serialize)]
struct BarrierRecord<'a> {
    by: Option<&'a str>,
    behind: Option<String>,
    members: Vec<Vec<&'a str>>,
    alternatives: &'a [Option<String>],
    drawn: Option<f64>,
    chance: f64,
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

#[derive(Serialize)]
struct ObstacleRecord<'a> {
    condition: String,
    part: &'static str,
    held: f64,
    rest: f64,
    stood: f64,
    measure: &'static str,
    margins: Vec<MarginRecord<'a>>,
}

#[derive(Serialize)]
struct MarginRecord<'a> {
    value: &'a str,
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
