//! Actors that act or are acted upon, and never react.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::pages::lints::ONE_SIDED;
use crate::model::resolve::Builder;
use crate::model::{ActorId, Effect, Rule};
use crate::source::Span;
use rustc_hash::FxHashSet;

impl Builder<'_> {
    /// The actors that no rule or decision makes do anything, or changes, although something is done
    /// to them or scripted for them. Where nobody reacts, nobody is worse off than the others.
    pub(in crate::model::resolve) fn one_sided(&self) -> Vec<Diagnostic> {
        let reacting: FxHashSet<ActorId> =
            self.model.rules.iter().flat_map(|rule| self.reacting(rule)).collect();
        if reacting.is_empty() {
            return Vec::new();
        }
        let mut told: FxHashSet<ActorId> = reacting;
        let mut found = Vec::new();
        let targets =
            self.events.iter().filter_map(|(event, place)| Some((event.target?, *place, false)));
        for (actor, place, acts) in self.scripted().chain(targets) {
            if told.insert(actor) {
                found.push(self.doubt_one_sided(actor, place, acts));
            }
        }
        found
    }

    fn doubt_one_sided(&self, actor: ActorId, place: Span, acts: bool) -> Diagnostic {
        let actor = &self.model.actors[actor.index()];
        let name = &actor.name;
        let (does, seen) = if acts {
            ("acts where it is scripted", "scripted here")
        } else {
            ("is acted upon", "acted upon here")
        };
        let message = format!("`{name}` {does}, but no rule or decision ever makes it react");
        Diagnostic::new(ONE_SIDED, actor.span, message).also(place, seen).help(format!(
            "let it answer: `rule NAME {{ on ... then {{ {name} does ... }} }}` or `decision NAME by {name}`"
        ))
    }

    /// Who does something in an inject, and where.
    fn scripted(&self) -> impl Iterator<Item = (ActorId, Span, bool)> {
        self.model.injects.iter().flat_map(|inject| {
            inject.effects.iter().filter_map(|effect| match effect {
                Effect::Event(event) => Some((event.actor, inject.span, true)),
                Effect::Assign(..) | Effect::Step(..) => None,
            })
        })
    }

    /// Whom a rule or decision makes do something, or changes.
    fn reacting<'r>(&'r self, rule: &'r Rule) -> impl Iterator<Item = ActorId> + 'r {
        rule.effects()
            .filter_map(|effect| match effect {
                Effect::Event(event) => Some(event.actor),
                Effect::Assign(variable, _) | Effect::Step(variable, _) => {
                    self.model.variables[variable.index()].actors.first().copied()
                }
            })
            .chain(rule.decider)
    }
}
