//! What a question is about: an outcome, a rung, an event or a change, found by its name.

use crate::analysis::answer::{NodeKind, VariableChange};
use crate::analysis::names;
use crate::diagnostic::suggest;
use crate::engine::{Kept, Program};
use crate::model::{EventPattern, Model, OutcomeId, RungEffect, VarId, value_of};

/// What a question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// That an outcome is reached.
    Outcome(OutcomeId),
    /// That the level reaches a rung (its index) or one above it.
    Rung(usize),
    /// That an event happens; without a target, against anybody or nobody.
    Event(EventPattern),
    /// That a variable changes so.
    Change(VarId, VariableChange),
}

impl Subject {
    /// The subject of a name: an outcome or rung by name, or by title; `outcome NAME`, `rung NAME`;
    /// an event or change by its id in the reaction graph, such as `russia does strike`.
    ///
    /// # Errors
    /// Nothing has this name: what may have been meant.
    pub fn find(model: &Model, text: &str) -> Result<Self, String> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let all = named(model);
        if let Some((_, subject)) = all.iter().find(|(name, _)| *name == text) {
            return Ok(*subject);
        }
        if let Some(subject) = event(model, &text).map(Self::Event).or_else(|| change(model, &text))
        {
            return Ok(subject);
        }
        if let Some(subject) = titled(model, &text) {
            return Ok(subject);
        }
        let hint = suggest::did_you_mean(&text, all.iter().map(|(name, _)| name.as_str()));
        Err(hint.unwrap_or_else(|| {
            "an outcome, a rung, or something that happens is meant, such as `ACTOR does ACTION` \
             (all are listed by `escalade graph FILE --format json`)"
                .to_owned()
        }))
    }

    /// Its id, as in the reaction graph; a rung is `rung NAME`.
    #[must_use]
    pub fn id(&self, model: &Model) -> String {
        match *self {
            Self::Outcome(id) => names::id(model, NodeKind::Outcome(id)),
            Self::Rung(rung) => {
                let name = model.ladder.as_ref().and_then(|ladder| ladder.rungs.get(rung));
                format!("rung {}", name.map_or("", |rung| rung.name.as_str()))
            }
            Self::Event(pattern) => model.pattern_name(&pattern, false),
            Self::Change(variable, change) => names::id(model, NodeKind::Change(variable, change)),
        }
    }

    /// The nodes of the engine of which one is to happen; none for outcomes and rungs.
    #[must_use]
    pub fn nodes(&self, program: &Program) -> Vec<u32> {
        match *self {
            Self::Outcome(_) | Self::Rung(_) => Vec::new(),
            Self::Event(pattern) => program.places.matching(&pattern),
            Self::Change(variable, change) => {
                let written = program.variables.iter().find(|v| v.variable == variable.index());
                let node = written.and_then(|written| match change {
                    VariableChange::Becomes(value) => written.becomes(value),
                    VariableChange::Raised => Some(written.raised()),
                    VariableChange::Lowered => Some(written.lowered()),
                });
                node.into_iter().collect()
            }
        }
    }

    /// Whether it is an outcome that is reached where no other is.
    #[must_use]
    pub fn is_otherwise(&self, model: &Model) -> bool {
        match *self {
            Self::Outcome(id) => model.outcomes[id.index()].condition.is_none(),
            Self::Rung(_) | Self::Event(_) | Self::Change(..) => false,
        }
    }
}

/// Everything that can be asked for by name, in the order in which names count.
fn named(model: &Model) -> Vec<(String, Subject)> {
    let mut all = Vec::new();
    for (at, outcome) in model.outcomes.iter().enumerate() {
        let subject = Subject::Outcome(OutcomeId::new(at));
        all.push((outcome.name.clone(), subject));
        all.push((format!("outcome {}", outcome.name), subject));
    }
    for (at, rung) in model.ladder.iter().flat_map(|ladder| &ladder.rungs).enumerate() {
        all.push((rung.name.clone(), Subject::Rung(at)));
        all.push((format!("rung {}", rung.name), Subject::Rung(at)));
    }
    for body in &model.events {
        let event = body.event;
        let exact = EventPattern { actor: event.actor, action: event.action, target: event.target };
        for pattern in [exact, EventPattern { target: None, ..exact }] {
            all.push((model.pattern_name(&pattern, false), Subject::Event(pattern)));
        }
    }
    let program = Program::new(model, Kept::Written);
    for variable in &program.variables {
        for node in variable.nodes() {
            let kind = names::kind(model, &program, node);
            if let NodeKind::Change(variable, change) = kind {
                all.push((names::id(model, kind), Subject::Change(variable, change)));
            }
        }
    }
    all
}

/// An event that somebody may do, though nothing in the scenario brings it about.
fn event(model: &Model, text: &str) -> Option<EventPattern> {
    let (actor, rest) = text.split_once(" does ")?;
    let (action, target) = match rest.split_once(" against ") {
        Some((action, target)) => (action, Some(target)),
        None => (rest, None),
    };
    let find = |name: &str| model.actors.iter().position(|actor| actor.name == name);
    let action = model.actions.iter().position(|one| one.name == action)?;
    Some(EventPattern {
        actor: crate::model::ActorId::new(find(actor)?),
        action: crate::model::ActionId::new(action),
        target: match target {
            Some(target) => Some(crate::model::ActorId::new(find(target)?)),
            None => None,
        },
    })
}

/// A value that a variable could become, though nothing in the scenario makes it so.
fn change(model: &Model, text: &str) -> Option<Subject> {
    let (name, value) = text.split_once(" becomes ")?;
    let variable = VarId::new(model.variables.iter().position(|one| one.name == name)?);
    let value = value_of(model, variable, value).ok()?;
    Some(Subject::Change(variable, VariableChange::Becomes(value)))
}

/// An outcome or rung by its title, whatever the case of its letters.
fn titled(model: &Model, text: &str) -> Option<Subject> {
    let text = text.to_lowercase();
    let same = |title: &str| title.to_lowercase() == text;
    let outcome = model.outcomes.iter().position(|outcome| same(&outcome.title));
    let mut rungs = model.ladder.iter().flat_map(|ladder| &ladder.rungs);
    outcome
        .map(|at| Subject::Outcome(OutcomeId::new(at)))
        .or_else(|| rungs.position(|rung| same(&rung.title)).map(Subject::Rung))
}

/// The rung (its index) that an event's action raises the level to, or sets it to.
#[must_use]
pub fn rung_of(effect: RungEffect) -> i32 {
    match effect {
        RungEffect::At(rung) | RungEffect::To(rung) => rung,
    }
}
