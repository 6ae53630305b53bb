//! What each event brings along: bodies of actions with `self` and `target` filled in.

use super::{Builder, Scope};
use crate::model::{ActionId, ActorId, Event, EventBody};

impl Builder<'_> {
    /// Fills in the body of every event, also of those that bodies cause.
    pub(super) fn close_events(&mut self) {
        let mut bodies: Vec<EventBody> = Vec::new();
        while let Some((&event, _)) = self.events.get_index(bodies.len()) {
            let effects = match self.actions[event.action.index()].body {
                Some(body) => {
                    let bound = [("self", Some(event.actor)), ("target", event.target)];
                    let effects = self.block(body, &Scope::of(&bound));
                    self.or_stand_in(effects, body.span, Vec::new())
                }
                None => Vec::new(),
            };
            bodies.push(EventBody { event, effects });
        }
        bodies.sort_by_key(|body| body.event);
        self.model.events = bodies;
    }

    /// Checks the names in the bodies of actions that nobody takes, which nothing else looks at.
    pub(super) fn check_unused_bodies(&mut self) {
        let taken: rustc_hash::FxHashSet<ActionId> =
            self.events.keys().map(|event| event.action).collect();
        for index in 0..self.actions.len() {
            let action = ActionId::new(index);
            let Some(body) = self.actions[index].body else { continue };
            if taken.contains(&action) || self.model.actors.is_empty() {
                continue;
            }
            let by = self.model.actions[index].by.as_ref().and_then(|by| by.first().copied());
            let someone = by.unwrap_or(ActorId(0));
            let event = Event { actor: someone, action, target: Some(someone) };
            let bound = [("self", Some(event.actor)), ("target", event.target)];
            self.trial(|builder| builder.block(body, &Scope::of(&bound)).is_some());
        }
    }
}
