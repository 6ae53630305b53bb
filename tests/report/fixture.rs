//! A scenario with answers made by hand, so that reports can be tested apart from the engine.

use escalade::analysis::{
    self, Answers, Behind, By, Edge, Evidence, ExpectationAnswer, Interval, Method, Node, NodeKind,
    OutcomeAnswer, ReactionGraph, RungAnswer, Step, Storyline, VariableChange,
};
use escalade::diagnostic::{Diagnostic, Diagnostics};
use escalade::model::{self, ActionId, ActorId, DeclId, Event, Model, OutcomeId, VarId};
use escalade::report::{Repeat, RepeatOptions, Report, files_read, text_hash};
use escalade::source::{Reader, Sources};
use std::sync::OnceLock;

const SCENARIO: &str = include_str!("bridge.esc");

/// Everything that a report is made from.
pub struct Fixture {
    pub model: Model,
    pub results: Vec<Answers>,
    pub sources: Sources,
    pub diagnostics: Vec<Diagnostic>,
    pub repeat: Repeat,
    pub evidence: Evidence,
    pub behind: Option<Behind>,
}

/// One file in memory.
struct Memory(String);

impl Reader for Memory {
    fn read(&self, _path: &str) -> std::io::Result<Vec<u8>> {
        Ok(self.0.clone().into_bytes())
    }
}

impl Fixture {
    /// The bridge, with baseline and one reading.
    pub fn new() -> Self {
        Self::of(SCENARIO)
    }

    /// The same for another wording of the scenario.
    pub fn of(text: &str) -> Self {
        let mut sources = Sources::default();
        let mut diagnostics = Diagnostics::default();
        let reader = Memory(text.to_owned());
        let model = model::load("bridge.esc", &reader, &mut sources, &mut diagnostics);
        let diagnostics = diagnostics.sorted();
        let model = model.unwrap_or_else(|| panic!("{diagnostics:#?}"));
        let results = vec![baseline(&model), reading(&model)];
        let repeat = Repeat {
            version: "0.0.0".to_owned(),
            text_hash: text_hash(&sources),
            files: files_read(&sources),
            options: RepeatOptions {
                horizon: None,
                set: vec!["tension=2".to_owned()],
                observe: Vec::new(),
                reading: None,
                without_source: Vec::new(),
                min_grade: None,
                method: "auto".to_owned(),
                max_situations: 10_000_000,
                runs: 100_000,
                seed: 0,
                run: None,
                storylines: None,
            },
            defaults: Vec::new(),
        };
        let evidence = Evidence::new(&model);
        Self { model, results, sources, diagnostics, repeat, evidence, behind: None }
    }

    /// The same with what is behind the answers, which is found and not made by hand.
    pub fn with_behind() -> Self {
        static BEHIND: OnceLock<Option<Behind>> = OnceLock::new();
        let fixture = Self::new();
        let options = analysis::Options::default();
        let find = || analysis::behind(fixture.model.clone(), &fixture.results[0], &options);
        let behind = BEHIND.get_or_init(|| find().unwrap()).clone();
        Self { behind, ..fixture }
    }

    /// What reports are made from.
    pub fn report(&self) -> Report<'_> {
        Report {
            file: "bridge.esc",
            model: &self.model,
            results: &self.results,
            unanswered: &[],
            sources: &self.sources,
            diagnostics: &self.diagnostics,
            repeat: &self.repeat,
            evidence: &self.evidence,
            behind: self.behind.as_ref(),
        }
    }
}

fn interval(low: f64, high: f64) -> Option<Interval> {
    Some(Interval { low, high })
}

fn baseline(model: &Model) -> Answers {
    Answers {
        wider: false,
        observation: None,
        reading: None,
        method: Method::Exact,
        situations: 1234,
        transitions: 5678,
        error: 0.0,
        outcomes: vec![
            OutcomeAnswer {
                estimate: 0.34,
                likelihoods: interval(0.21, 0.471),
                decisions: interval(0.3, 0.4),
                both: interval(0.12, 0.58),
                mean_turn: Some(3.44),
                by_turn: Vec::new(),
                confidence: None,
            },
            OutcomeAnswer {
                estimate: 0.659_7,
                likelihoods: interval(0.529, 0.79),
                decisions: interval(0.6, 0.7),
                both: interval(0.42, 0.88),
                mean_turn: None,
                by_turn: Vec::new(),
                confidence: None,
            },
            OutcomeAnswer {
                estimate: 0.000_3,
                likelihoods: interval(0.0, 0.001),
                decisions: interval(0.000_3, 0.000_3),
                both: interval(0.0, 0.001),
                mean_turn: Some(1.0),
                by_turn: Vec::new(),
                confidence: None,
            },
        ],
        ladder: [(1.0, 1.0, 1.0), (0.8, 0.7, 1.0), (0.34, 0.12, 0.58)]
            .iter()
            .map(|&(estimate, low, high)| RungAnswer {
                estimate,
                bounds: interval(low, high),
                by_turn: Vec::new(),
                confidence: None,
            })
            .collect(),
        reactions: reactions(model),
        storylines: vec![Storyline {
            outcome: Some(OutcomeId(0)),
            probability: 0.09,
            steps: vec![
                Step { turn: 0, nodes: vec!["south does close".to_owned()] },
                Step {
                    turn: 1,
                    nodes: vec!["north does protest".to_owned(), "tension raised".to_owned()],
                },
                Step {
                    turn: 4,
                    nodes: vec![
                        "north does shoot against south".to_owned(),
                        "outcome shots".to_owned(),
                    ],
                },
            ],
        }],
        expectations: vec![
            ExpectationAnswer { holds: true, actual: Some(0.34), storyline: None, never: None },
            ExpectationAnswer {
                holds: false,
                never: None,
                actual: None,
                storyline: Some(Storyline {
                    outcome: None,
                    probability: 0.02,
                    steps: vec![Step {
                        turn: 2,
                        nodes: vec!["north does shoot against south".to_owned()],
                    }],
                }),
            },
        ],
        unused: vec![DeclId(2)],
    }
}

fn reading(model: &Model) -> Answers {
    let mut answers = baseline(model);
    answers.reading = Some(0);
    answers.outcomes[0].estimate = 0.04;
    answers.outcomes[0].both = interval(0.01, 0.2);
    answers.outcomes[1].estimate = 0.96;
    answers.outcomes[1].both = interval(0.8, 0.99);
    answers.expectations[1] =
        ExpectationAnswer { holds: true, actual: None, storyline: None, never: None };
    answers
}

/// Protest leads to tension, tension to shots, and shots to more tension: it goes round.
fn reactions(model: &Model) -> ReactionGraph {
    let (north, south) = (ActorId(0), ActorId(1));
    let tension =
        VarId::new(model.variables.iter().position(|variable| variable.name == "tension").unwrap());
    let event =
        |actor, action, target| NodeKind::Event(Event { actor, action: ActionId(action), target });
    let mut graph = ReactionGraph::default();
    let mut node = |id: &str, kind, probability: f64, expected, earliest_turn, mean_turn| {
        graph.graph.add_node(Node {
            id: id.to_owned(),
            kind,
            probability,
            bounds: interval(probability * 0.5, (probability * 1.5).min(1.0)),
            expected,
            earliest_turn,
            mean_turn,
            confidence: None,
        })
    };
    let closes = node("south does close", event(south, 1, None), 1.0, 1.0, 0, Some(0.0));
    let start = node("start", NodeKind::Start, 1.0, 1.0, 0, Some(0.0));
    let protests = node("north does protest", event(north, 0, None), 0.97, 0.97, 1, Some(1.0));
    let raised = VariableChange::Raised;
    let raised = node(
        "tension raised",
        NodeKind::Change(tension, raised),
        0.98,
        f64::INFINITY,
        1,
        Some(1.2),
    );
    let shoots = node(
        "north does shoot against south",
        event(north, 2, Some(south)),
        0.34,
        1.7,
        2,
        Some(3.4),
    );
    let shots = node("outcome shots", NodeKind::Outcome(OutcomeId(0)), 0.34, 0.34, 2, Some(3.44));
    let rare =
        node("outcome rare", NodeKind::Outcome(OutcomeId(2)), 0.000_3, 0.000_3, 3, Some(5.0));
    let rule = |index| By::Declaration(DeclId(index));
    let mut edge = |from, to, by, alternative: Option<&str>, expected| {
        let alternative = alternative.map(str::to_owned);
        graph.graph.add_edge(from, to, Edge { by, alternative, expected });
    };
    edge(start, closes, By::Inject(0), None, 1.0);
    edge(closes, protests, rule(0), Some("1"), 0.97);
    edge(closes, raised, By::Action(ActionId(1)), None, 1.0);
    edge(protests, raised, rule(1), None, 0.5);
    edge(raised, shoots, rule(1), Some("else"), 1.7);
    edge(shoots, raised, By::Action(ActionId(2)), None, 1.7);
    edge(shoots, shots, By::Outcome(OutcomeId(0)), None, 0.34);
    edge(raised, rare, By::Outcome(OutcomeId(2)), None, 0.000_3);
    graph
}
