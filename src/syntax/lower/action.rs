//! `action`, `inject`, `observe` and effects.

use super::Parts;
use crate::syntax::grammar::Rule;
use crate::syntax::tree::{
    Action, ActionRung, Block, Effect, EffectKind, Inject, InjectTime, Name, Observe, Place,
    Reference,
};

impl Parts<'_, '_> {
    /// `action x "T" at RUNG by GROUP { ... }`.
    pub fn action(&mut self) -> Option<Action> {
        let (name, title) = (self.name()?, self.text());
        let (mut rungs, mut by, mut body) = (Vec::new(), Vec::new(), None);
        self.all(|part, rule| {
            match rule {
                Rule::action_by => by.extend(part.names()),
                Rule::block => body = Some(part.effects()?),
                _ => rungs.push(ActionRung { to: rule == Rule::action_to, rung: part.name()? }),
            }
            Some(())
        })?;
        Some(Action { name, title, rungs, by, body })
    }

    /// `inject turn 3 { ... }`, `inject 2024-05-01 { ... }`.
    pub fn inject(&mut self) -> Option<Inject> {
        let at = self.inject_time()?;
        Some(Inject { at, body: self.inside(Rule::block, Parts::effects)? })
    }

    /// `observe turn 3: COND`, `observe 2024-05-01: COND`.
    pub fn observe(&mut self) -> Option<Observe> {
        Some(Observe { at: self.inject_time()?, seen: self.condition()? })
    }

    fn inject_time(&mut self) -> Option<InjectTime> {
        let turn = self.optional(Rule::inject_turn, |turn| turn.integer(Rule::whole))?;
        Some(match turn {
            Some(turn) => InjectTime::Turn(turn),
            None => InjectTime::Date(self.date()?),
        })
    }

    /// The inside of `{ EFFECTS }`.
    pub fn effects(&mut self) -> Option<Block> {
        let effects = self.all(|effect, _| {
            let kind = match effect.optional(Rule::step, Parts::step)? {
                Some(step) => step,
                None => effect.deed()?,
            };
            Some(Effect { kind, span: effect.span() })
        })?;
        Some(Block { effects, span: self.span() })
    }

    /// `raise v by n`, `lower v by n`.
    fn step(&mut self) -> Option<EffectKind> {
        let lower = self.begins_with("lower");
        let place = self.inside(Rule::place, |place| {
            let name = place.name()?;
            place.place(name)
        })?;
        let by = self.optional(Rule::step_by, |by| by.integer(Rule::integer))?;
        Some(EffectKind::Step { lower, place, by })
    }

    /// `a does x against b` or `v becomes VALUE`.
    fn deed(&mut self) -> Option<EffectKind> {
        let name = self.name()?;
        if let Some((action, target)) = self.optional(Rule::does, Parts::does)? {
            return Some(EffectKind::Event { actor: name, action, target });
        }
        self.inside(Rule::assignment, |assignment| {
            let place = assignment.place(name)?;
            Some(EffectKind::Becomes { place, value: assignment.constant()? })
        })
    }

    /// `does x against b`, without the actor: the action and the target.
    pub fn does(&mut self) -> Option<(Name, Option<Name>)> {
        Some((self.name()?, self.optional(Rule::target, Parts::name)?))
    }

    /// What is written, of which the first name has been read.
    fn place(&mut self, first: Name) -> Option<Place> {
        if let Some(issue) = self.optional(Rule::on_issue, Parts::name)? {
            return Some(Place::Position { actor: first, issue });
        }
        Some(Place::Variable(self.reference(first)?))
    }

    /// `v`, `a.v` or `a.v(b)`, of which the first name has been read.
    pub fn reference(&mut self, first: Name) -> Option<Reference> {
        let member = self.optional(Rule::member, |member| {
            let name = member.name()?;
            let argument = member.optional(Rule::argument, Parts::name)?;
            Some((name, argument, member.span()))
        })?;
        Some(match member {
            None => Reference {
                quantifier: None,
                owner: None,
                span: first.span,
                name: first,
                argument: None,
            },
            Some((name, argument, span)) => Reference {
                quantifier: None,
                span: first.span.to(span),
                owner: Some(first),
                name,
                argument,
            },
        })
    }
}
