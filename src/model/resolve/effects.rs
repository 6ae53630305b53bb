//! Effects: events, assignments, raises and lowers.

use super::{Builder, Scope};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::pages::names::WRONG_KIND;
use crate::diagnostic::pages::{meaning, types};
use crate::model::names::{Entry, Wanted};
use crate::model::{Domain, Effect, Event, VarId};
use crate::source::Span;
use crate::syntax::tree::{self, Block, EffectKind, Name, Place, Reference};

impl<'a> Builder<'a> {
    /// The effects of a block; `None` where one is wrong, which is reported.
    pub(super) fn block(&mut self, block: &'a Block, scope: &Scope) -> Option<Vec<Effect>> {
        let mut effects = Vec::with_capacity(block.effects.len());
        let mut whole = true;
        self.assigned.clear();
        for tree in &block.effects {
            self.spend(1, tree.span)?;
            match self.effect(tree, scope) {
                Some(effect) => {
                    if block.effects.len() > 1 {
                        self.check_conflict(&effect, tree.span);
                    }
                    effects.push(effect);
                }
                None => whole = false,
            }
        }
        whole.then_some(effects)
    }

    fn check_conflict(&mut self, effect: &Effect, place: Span) {
        let Effect::Assign(variable, value) = effect else { return };
        let (first_value, first) = *self.assigned.entry(*variable).or_insert((*value, place));
        if first_value != *value {
            let name = self.variable_name(*variable);
            let message = format!("`{name}` becomes two different things at once");
            let first_text = format!("first `{}`", self.written(first));
            self.report(
                Diagnostic::new(meaning::CONFLICT, place, message)
                    .label("and here something else")
                    .also(first, first_text)
                    .help("keep one of the two: all effects of a block happen at the same moment"),
            );
        }
    }

    fn effect(&mut self, tree: &'a tree::Effect, scope: &Scope) -> Option<Effect> {
        match &tree.kind {
            EffectKind::Event { actor: doer, action, target } => {
                let actor = self.actor(doer, scope);
                let action = self.action(action);
                let target = match target {
                    None => Some(None),
                    Some(name) => self.actor(name, scope).map(Some),
                };
                let event = Event { actor: actor?, action: action?, target: target? };
                self.event(event, doer, tree.span)?;
                Some(Effect::Event(event))
            }
            EffectKind::Becomes { place, value } => {
                let variable = self.place(place, scope, tree.span)?;
                let domain = self.domain_of(variable);
                let value = self.value_of(value, &domain, place_name(place))?;
                Some(Effect::Assign(variable, value))
            }
            EffectKind::Step { lower, place, by } => {
                let variable = self.place(place, scope, tree.span)?;
                self.check_steps(variable, *lower, tree.span)?;
                let by = match by {
                    None => 1,
                    Some(by) => self.whole(by, 1, 1_000_000_000, "the size of a step", by.span)?,
                };
                let by = i32::try_from(by).ok()?;
                Some(Effect::Step(variable, if *lower { -by } else { by }))
            }
        }
    }

    fn check_steps(&mut self, variable: VarId, lower: bool, place: Span) -> Option<()> {
        let what = match self.domain_of(variable) {
            Domain::Meter { .. } | Domain::Position(_) | Domain::State { ordered: true, .. } => {
                return Some(());
            }
            Domain::State { ordered: false, .. } => "a state without an order",
            Domain::Flag => "a flag",
        };
        let word = if lower { "lowered" } else { "raised" };
        let message = format!("`{}` is {what} and cannot be {word}", self.variable_name(variable));
        self.report(
            Diagnostic::new(types::NO_STEPS, place, message)
                .help("assign a value with `becomes`, or declare the state with an order: `a < b`"),
        );
        None
    }

    /// The variable that an effect writes.
    fn place(&mut self, place: &'a Place, scope: &Scope, span: Span) -> Option<VarId> {
        match place {
            Place::Position { actor, issue } => {
                let actor = self.actor(actor, scope);
                let issue = self.issue(issue);
                self.position(actor?, issue?, span)
            }
            Place::Variable(reference) => self.written_variable(reference, scope),
        }
    }

    pub(super) fn written_variable(
        &mut self,
        reference: &'a Reference,
        scope: &Scope,
    ) -> Option<VarId> {
        let name = &reference.name;
        if let Some(quantifier) = &reference.quantifier {
            let message = "an effect changes the variable of one actor, not of a quantified group";
            self.report(
                Diagnostic::new(WRONG_KIND, quantifier.span, message)
                    .help("declare the rule with `for each member in GROUP`"),
            );
            return None;
        }
        let owner = match &reference.owner {
            None => None,
            Some(owner) => Some(self.actor(owner, scope)?),
        };
        let argument = match &reference.argument {
            None => None,
            Some(argument) => Some(self.actor(argument, scope)?),
        };
        match self.names.refer(&name.text) {
            Some(Entry::Variable(declared)) => {
                let actors: Vec<_> = owner.into_iter().chain(argument).collect();
                self.instance(declared, &actors, reference.span)
            }
            Some(Entry::Broken) => None,
            Some(entry @ (Entry::Level | Entry::Peak | Entry::Turn)) => {
                let message =
                    format!("`{}` is {} and cannot be written", name.text, entry.phrase());
                let help = "the level follows from the actions that happen: `action NAME at RUNG`, `to RUNG`";
                self.report(Diagnostic::new(WRONG_KIND, name.span, message).help(help));
                None
            }
            other => {
                if owner.is_some() && self.attributes.contains_key(&name.text) {
                    self.report_attribute_written(name);
                } else if owner.is_some() {
                    self.report_unknown_of_actor(name);
                } else if let Some(entry) = other {
                    self.report_misuse(name, entry, Wanted::Variable);
                } else {
                    self.report_unknown(name, Wanted::Variable, &[]);
                }
                None
            }
        }
    }

    fn report_attribute_written(&mut self, name: &Name) {
        let message = format!("`{}` is an attribute, and attributes never change", name.text);
        self.report(
            Diagnostic::new(WRONG_KIND, name.span, message)
                .help(format!("for what changes declare `flag {} for each a in GROUP`", name.text)),
        );
    }

    pub(super) fn domain_of(&self, variable: VarId) -> Domain {
        let declared = self.model.variables.len();
        match self.model.variables.get(variable.index()) {
            Some(variable) => variable.domain.clone(),
            None => match self.positions.get_index(variable.index() - declared) {
                Some(((_, issue), _)) => Domain::Position(self.model.issues[issue.index()].scale),
                None => Domain::Flag,
            },
        }
    }

    fn variable_name(&self, variable: VarId) -> String {
        let declared = self.model.variables.len();
        match self.model.variables.get(variable.index()) {
            Some(variable) => variable.name.clone(),
            None => match self.positions.get_index(variable.index() - declared) {
                Some(((actor, issue), _)) => self.position_name(*actor, *issue),
                None => String::new(),
            },
        }
    }
}

/// What a written place is called in messages.
fn place_name(place: &Place) -> &str {
    match place {
        Place::Variable(reference) => &reference.name.text,
        Place::Position { issue, .. } => &issue.text,
    }
}
