//! Actions, and the events that carry them out.

use super::{Builder, each_item, title_or};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::pages::meaning::NOT_ALLOWED;
use crate::model::names::{Entry, Wanted};
use crate::model::{Action, ActionId, ActorId, Event, RungEffect};
use crate::source::Span;
use crate::syntax::tree::{self, Block, EffectKind, Name, Place};
use rustc_hash::FxHashSet;

/// An action with what its events need of the tree.
pub(super) struct ActionTree<'a> {
    pub(super) body: Option<&'a Block>,
    /// Whether the body says what happens to `target`.
    pub(super) needs_target: bool,
    /// Who may do it; `None` is everyone.
    by: Option<FxHashSet<ActorId>>,
}

impl<'a> Builder<'a> {
    pub(super) fn build_actions(&mut self) {
        for (item, tree) in each_item!(self.items, Action) {
            let rung = self.action_rung(tree);
            let by = self.action_by(tree);
            self.model.actions.push(Action {
                name: tree.name.text.clone(),
                title: title_or(tree.title.as_ref(), &tree.name.text),
                rung,
                by: by.clone(),
                note: item.note.clone(),
                span: tree.name.span,
            });
            self.actions.push(ActionTree {
                body: tree.body.as_ref(),
                needs_target: tree.body.as_ref().is_some_and(mentions_target),
                by: by.map(|by| by.into_iter().collect()),
            });
        }
    }

    fn action_rung(&mut self, tree: &'a tree::Action) -> Option<RungEffect> {
        let mut rungs = tree.rungs.iter();
        let first = rungs.next()?;
        if let Some(second) = rungs.next() {
            let what = format!("the rung of `{}`", tree.name.text);
            self.report_twice_as(&what, second.rung.span, first.rung.span);
        }
        let rung = self.rung(&first.rung)?;
        Some(if first.to { RungEffect::To(rung) } else { RungEffect::At(rung) })
    }

    fn action_by(&mut self, tree: &'a tree::Action) -> Option<Vec<ActorId>> {
        if tree.by.is_empty() {
            return None;
        }
        let mut by = Vec::new();
        let mut seen = FxHashSet::default();
        for name in &tree.by {
            match self.find(name, Wanted::ActorOrGroup) {
                Some(Entry::Actor(actor)) => by.extend(seen.insert(actor).then_some(actor)),
                Some(Entry::Group(group)) => {
                    let members = self.members(group);
                    self.spend(members.len() as u64, name.span)?;
                    by.extend(members.iter().copied().filter(|actor| seen.insert(*actor)));
                }
                // Whoever is meant may do it: it is not reported again where they do.
                _ => return None,
            }
        }
        Some(by)
    }

    /// Enters an event that some effect causes; reported where it may not be.
    pub(super) fn event(&mut self, event: Event, doer: &Name, place: Span) -> Option<()> {
        self.check_allowed(event.actor, event.action, doer, place);
        let action = self.actions.get(event.action.index())?;
        if action.needs_target && event.target.is_none() {
            self.report_no_target(place, event.action);
            return None;
        }
        self.events.entry(event).or_insert(place);
        Some(())
    }

    fn check_allowed(&mut self, actor: ActorId, action: ActionId, doer: &Name, place: Span) {
        let Some(tree) = self.actions.get(action.index()) else { return };
        if tree.by.as_ref().is_none_or(|by| by.contains(&actor)) {
            return;
        }
        let declared = &self.model.actions[action.index()];
        let name = &self.model.actors[actor.index()].name;
        let through =
            if *name == doer.text { String::new() } else { format!(" (here `{}`)", doer.text) };
        let message = format!("`{name}`{through} may not do `{}`", declared.name);
        let allowed = declared.by.iter().flatten();
        let allowed = super::listed(allowed.map(|id| self.model.actors[id.index()].name.as_str()));
        let diagnostic = Diagnostic::new(NOT_ALLOWED, place, message)
            .also(declared.span, format!("only by {allowed}"))
            .help("let another actor do it, or widen the action's `by`");
        self.report(diagnostic);
    }
}

fn mentions_target(body: &Block) -> bool {
    let is_target = |name: &Name| name.text == "target";
    let in_place = |place: &Place| match place {
        Place::Position { actor, .. } => is_target(actor),
        Place::Variable(reference) => {
            reference.owner.as_ref().is_some_and(is_target)
                || reference.argument.as_ref().is_some_and(is_target)
        }
    };
    body.effects.iter().any(|effect| match &effect.kind {
        EffectKind::Event { actor, target, .. } => {
            is_target(actor) || target.as_ref().is_some_and(is_target)
        }
        EffectKind::Becomes { place, .. } | EffectKind::Step { place, .. } => in_place(place),
    })
}
