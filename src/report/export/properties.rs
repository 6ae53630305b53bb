//! What is asked of an exported model: labels of situations, and properties over them.

use super::identifiers::Identifiers;
use crate::engine::Program;
use crate::engine::compile::at_least;
use crate::engine::test::Test;
use crate::model::{Cond, Expectation, ExpectationKind, Measure, Model, Path};

/// A set of situations with a name.
#[derive(Clone, Debug)]
pub struct Label {
    /// Its identifier.
    pub name: String,
    /// What it says, in the words of the scenario.
    pub meaning: String,
    /// Which situations.
    pub test: Test,
}

/// A probability that is asked for.
#[derive(Clone, Debug)]
pub struct Property {
    /// Its identifier.
    pub name: String,
    /// What it says, in the words of the scenario.
    pub meaning: String,
    /// Over which of what is left open.
    pub aim: Aim,
    /// The label of all situations before, where it matters.
    pub before: Option<usize>,
    /// What is reached: any of these labels.
    pub reached: Vec<usize>,
    /// Within how many turns.
    pub within: Option<u32>,
}

/// Over which of what is left open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aim {
    /// Nothing is.
    Only,
    /// The least.
    Least,
    /// The greatest.
    Greatest,
}

/// How much a model leaves open, as far as properties ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Openness {
    /// Whether anything is left open.
    pub chooses: bool,
    /// Whether everything is that the scenario leaves open.
    pub everything: bool,
}

/// Labels and properties.
#[derive(Clone, Debug, Default)]
pub struct Properties {
    /// Outcomes, rungs, and what expectations ask for.
    pub labels: Vec<Label>,
    /// Outcomes, then expectations.
    pub properties: Vec<Property>,
    /// Expectations that have no form here.
    pub left_out: Vec<String>,
}

impl Properties {
    /// Of a scenario.
    #[must_use]
    pub fn of(
        model: &Model,
        program: &Program,
        openness: Openness,
        names: &mut Identifiers,
    ) -> Self {
        let (all, asked) = (Self::default(), Identifiers::default());
        let mut builder = Builder { model, program, openness, names, asked, all };
        let outcomes = builder.outcomes();
        builder.rungs();
        for (at, expectation) in model.expectations.iter().enumerate() {
            builder.expectation(at, expectation, &outcomes);
        }
        builder.all
    }
}

struct Builder<'a> {
    model: &'a Model,
    program: &'a Program,
    openness: Openness,
    names: &'a mut Identifiers,
    asked: Identifiers,
    all: Properties,
}

impl Builder<'_> {
    /// Labels and properties of outcomes; for each outcome its label, none for `otherwise`.
    fn outcomes(&mut self) -> Vec<Option<usize>> {
        let (model, program) = (self.model, self.program);
        let mut labels = Vec::new();
        for (outcome, test) in model.outcomes.iter().zip(&program.outcomes) {
            let test = test.as_ref();
            labels.push(test.map(|test| self.label(&outcome.name, &outcome.title, test.clone())));
        }
        for (outcome, label) in model.outcomes.iter().zip(&labels) {
            let asked = self.outcome(*label, &labels);
            let name = if asked.complement { "not_" } else { "" }.to_owned() + &outcome.name;
            if self.openness.chooses {
                self.ask(&format!("{name}_min"), &outcome.title, Aim::Least, asked.clone());
                self.ask(&format!("{name}_max"), &outcome.title, Aim::Greatest, asked);
            } else {
                self.ask(&name, &outcome.title, Aim::Only, asked);
            }
        }
        labels
    }

    fn rungs(&mut self) {
        let (Some(ladder), Some(level)) = (&self.model.ladder, self.program.level) else { return };
        for (at, rung) in ladder.rungs.iter().enumerate() {
            let at = i32::try_from(at).unwrap_or(i32::MAX);
            let test = at_least(self.model, level, at);
            self.label(&format!("rung_{}", rung.name), &rung.title, test);
        }
    }

    fn expectation(&mut self, at: usize, expectation: &Expectation, outcomes: &[Option<usize>]) {
        let measure = measure(&expectation.kind);
        let told = match measure {
            Some(Measure::Estimate) => !self.openness.chooses,
            Some(Measure::Min | Measure::Max) => self.openness.everything,
            None => false,
        };
        let (true, Some(measure)) = (told, measure) else {
            self.all.left_out.push(expectation.text.clone());
            return;
        };
        let name = format!("expectation_{}", at + 1);
        let Some(asked) = self.expected(&name, &expectation.kind, outcomes) else { return };
        let aim = match (self.openness.chooses, measure, asked.complement) {
            (false, ..) | (_, Measure::Estimate, _) => Aim::Only,
            (true, Measure::Min, false) | (true, Measure::Max, true) => Aim::Least,
            (true, Measure::Max, false) | (true, Measure::Min, true) => Aim::Greatest,
        };
        let text = match &expectation.title {
            Some(title) => format!("{title}: {}", expectation.text),
            None => expectation.text.clone(),
        };
        self.ask(&name, &text, aim, asked);
    }

    /// What an expectation asks; none where this cannot be said as one probability.
    fn expected(
        &mut self,
        name: &str,
        kind: &ExpectationKind,
        outcomes: &[Option<usize>],
    ) -> Option<Asked> {
        Some(match kind {
            ExpectationKind::Probability { path, .. } => self.path(name, path, outcomes),
            ExpectationKind::Never(cond)
            | ExpectationKind::Possible(cond)
            | ExpectationKind::Certain(cond) => Asked::reach(vec![self.condition(name, cond)]),
            ExpectationKind::Always(cond) => self.always(name, cond),
            ExpectationKind::Before(first, second) => {
                let alone = Cond::And(vec![second.clone(), negated(first)]);
                let before = Some(self.condition(&format!("{name}_before"), &negated(first)));
                Asked { before, ..Asked::reach(vec![self.condition(name, &alone)]) }
            }
            ExpectationKind::LeadsTo(..) => return None,
        })
    }

    fn path(&mut self, name: &str, path: &Path, outcomes: &[Option<usize>]) -> Asked {
        match path {
            Path::Outcome(outcome) => self.outcome(outcomes[outcome.index()], outcomes),
            Path::Ever(cond, within) => {
                Asked { within: *within, ..Asked::reach(vec![self.condition(name, cond)]) }
            }
            Path::Until(before, cond) => {
                let before = Some(self.condition(&format!("{name}_before"), before));
                Asked { before, ..Asked::reach(vec![self.condition(name, cond)]) }
            }
            Path::Always(cond) => self.always(name, cond),
        }
    }

    /// Something always holds: the complement of its ever failing.
    fn always(&mut self, name: &str, cond: &Cond) -> Asked {
        let fails = self.condition(name, &negated(cond));
        Asked { complement: true, ..Asked::reach(vec![fails]) }
    }

    /// An outcome is reached; `otherwise` is the complement of reaching any of the others.
    fn outcome(&self, label: Option<usize>, all: &[Option<usize>]) -> Asked {
        let reached = match label {
            Some(label) => vec![label],
            None => all.iter().copied().flatten().collect(),
        };
        Asked { complement: label.is_none(), ..Asked::reach(reached) }
    }

    fn condition(&mut self, name: &str, cond: &Cond) -> usize {
        self.label(name, "a condition of an expectation", self.program.places.test(cond))
    }

    fn label(&mut self, name: &str, meaning: &str, test: Test) -> usize {
        let (name, meaning) = (self.names.name(name), meaning.to_owned());
        self.all.labels.push(Label { name, meaning, test });
        self.all.labels.len() - 1
    }

    fn ask(&mut self, name: &str, meaning: &str, aim: Aim, asked: Asked) {
        let Asked { before, reached, within, complement } = asked;
        let within = match (within, self.model.horizon) {
            (Some(within), Some(horizon)) => Some(within.min(horizon)),
            (within, horizon) => within.or(horizon),
        };
        let complement = if complement { ": 1 minus this" } else { "" };
        self.all.properties.push(Property {
            name: self.asked.name(name),
            meaning: format!("{meaning}{complement}"),
            aim,
            before,
            reached,
            within,
        });
    }
}

/// What a property asks, before it has a name.
#[derive(Clone, Debug)]
struct Asked {
    before: Option<usize>,
    reached: Vec<usize>,
    within: Option<u32>,
    /// Whether the scenario asks for 1 minus this.
    complement: bool,
}

impl Asked {
    fn reach(reached: Vec<usize>) -> Self {
        Self { before: None, reached, within: None, complement: false }
    }
}

/// Which value an expectation looks at; none where it looks at more than one probability.
fn measure(kind: &ExpectationKind) -> Option<Measure> {
    match kind {
        ExpectationKind::Probability { measure, .. } => Some(*measure),
        ExpectationKind::Certain(_) | ExpectationKind::Always(_) => Some(Measure::Min),
        ExpectationKind::Never(_) | ExpectationKind::Possible(_) | ExpectationKind::Before(..) => {
            Some(Measure::Max)
        }
        ExpectationKind::LeadsTo(..) => None,
    }
}

fn negated(cond: &Cond) -> Cond {
    match cond {
        Cond::Not(inner) => (**inner).clone(),
        other => Cond::Not(Box::new(other.clone())),
    }
}
