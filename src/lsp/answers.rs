//! What an evaluation found, as it is sent from the process that evaluates to the server.

use super::documents::Texts;
use crate::analysis::{self, Answers, Failure, NodeKind, Options, Questions};
use crate::diagnostic::Diagnostic;
use crate::model::{self, Model};
use crate::report::remark;
use crate::source::Sources;
use serde::{Deserialize, Serialize};

/// Larger scenarios are not evaluated while they are written.
const MOST_SITUATIONS: usize = 300_000;
/// Nor are those that need more memory, in bytes.
const MOST_MEMORY: usize = 2 << 30;

/// What is to be evaluated.
#[derive(Debug, Serialize, Deserialize)]
pub struct Asked {
    /// The file that is run.
    pub path: String,
    /// The texts that count instead of what lies on the disk.
    pub texts: Vec<(String, String)>,
}

/// What was found.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Answered {
    /// The outcomes.
    pub outcomes: Vec<Outcome>,
    /// The rungs.
    pub rungs: Vec<Outcome>,
    /// What happens.
    pub nodes: Vec<Happening>,
    /// The expectations, as declared.
    pub expectations: Vec<Expectation>,
    /// What is wrong with the scenario, as it turned out.
    pub failures: Vec<Failed>,
    /// Why there are no answers, where a limit is reached.
    pub limit: Option<String>,
}

/// An outcome or a rung.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Outcome {
    /// Its name.
    pub name: String,
    /// Its probability.
    pub estimate: f64,
    /// The bounds over likelihoods and decisions.
    pub bounds: Option<(f64, f64)>,
    /// The mean turn.
    pub mean_turn: Option<f64>,
}

/// An event, as in the reaction graph.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Happening {
    /// Its name.
    pub id: String,
    /// The probability that it ever happens.
    pub probability: f64,
}

/// An expectation.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Expectation {
    /// Where it stands in the file that is run.
    pub start: u32,
    /// Whether it holds.
    pub holds: bool,
    /// The probability that it is about.
    pub actual: Option<f64>,
    /// What the result rests on, where that is less than it seems.
    pub remark: Option<String>,
}

/// A diagnostic of an evaluation, its places told by the paths of their files.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Failed {
    /// Its code.
    pub code: String,
    /// What it says.
    pub message: String,
    /// The hint.
    pub help: Option<String>,
    /// What is replaced in the first place's file, from where to where, and by what.
    pub fix: Option<(u32, u32, String)>,
    /// The places: path, start, end, what is said beside it.
    pub places: Vec<(String, u32, u32, String)>,
}

/// Evaluates what is asked for, with at most so many bytes for situations. Nothing where the scenario
/// has errors.
#[must_use]
pub fn answer(asked: Asked, memory: usize) -> Option<Answered> {
    let reader = Texts(asked.texts.into_iter().map(|(path, text)| (path, text.into())).collect());
    let mut sources = Sources::default();
    let mut diagnostics = crate::diagnostic::Diagnostics::default();
    let model = model::load(&asked.path, &reader, &mut sources, &mut diagnostics)?;
    let options = Options {
        max_situations: MOST_SITUATIONS,
        max_memory: MOST_MEMORY.min(memory),
        questions: Questions::All,
        storylines: 0,
        ..Options::default()
    };
    Some(match analysis::evaluate(&model, None, &options) {
        Ok(answers) => answered(&model, &answers),
        Err(Failure::Scenario(told)) => {
            let failures = told.iter().map(|one| Failed::of(one, &sources)).collect();
            Answered { failures, ..Answered::default() }
        }
        Err(Failure::Limit(told)) => Answered { limit: Some(told.message), ..Answered::default() },
        Err(Failure::Stopped) => Answered::default(),
    })
}

fn answered(model: &Model, answers: &Answers) -> Answered {
    let pair = |interval: analysis::Interval| (interval.low, interval.high);
    let outcomes = model.outcomes.iter().zip(&answers.outcomes).map(|(outcome, answer)| Outcome {
        name: outcome.name.clone(),
        estimate: answer.estimate,
        bounds: answer.both.map(pair),
        mean_turn: answer.mean_turn,
    });
    let rungs = model.ladder.iter().flat_map(|ladder| &ladder.rungs);
    let rungs = rungs.zip(&answers.ladder).map(|(rung, answer)| Outcome {
        name: rung.name.clone(),
        estimate: answer.estimate,
        bounds: answer.bounds.map(pair),
        mean_turn: None,
    });
    let nodes = answers.reactions.graph.node_weights();
    let events = nodes.filter(|node| matches!(node.kind, NodeKind::Event(_)));
    let nodes = events.map(|node| Happening { id: node.id.clone(), probability: node.probability });
    let expectations = model.expectations.iter().zip(&answers.expectations);
    let expectations = expectations.map(|(expectation, answer)| Expectation {
        start: expectation.span.start,
        holds: answer.holds,
        actual: answer.actual,
        remark: remark(model, expectation, answer),
    });
    Answered {
        outcomes: outcomes.collect(),
        rungs: rungs.collect(),
        nodes: nodes.collect(),
        expectations: expectations.collect(),
        ..Answered::default()
    }
}

impl Failed {
    /// A diagnostic of these files.
    #[must_use]
    pub fn of(diagnostic: &Diagnostic, sources: &Sources) -> Self {
        let places = std::iter::once(&diagnostic.primary).chain(&diagnostic.secondary);
        let place = |label: &crate::diagnostic::Label| {
            let path = sources.file(label.span.file).path.clone();
            (path, label.span.start, label.span.end, label.text.clone())
        };
        Self {
            code: diagnostic.code.0.to_owned(),
            message: diagnostic.message.clone(),
            help: diagnostic.help.clone(),
            fix: diagnostic
                .fix
                .as_ref()
                .map(|fix| (fix.span.start, fix.span.end, fix.text.clone())),
            places: places.map(place).collect(),
        }
    }
}
