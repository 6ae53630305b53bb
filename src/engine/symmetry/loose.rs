//! Variables that are declared for no actor, one by one, and yet stand for the same of each: `meter a_force`
//! and `meter b_force`. Which of them becomes which is told by what is said of each.

use super::encode::{Encoder, hash};
use super::permutation::Images;
use crate::model::{ActorId, VarId};
use rustc_hash::FxHashMap;
use std::cell::RefCell;

/// The variables that others may stand for.
#[derive(Clone, Debug, Default)]
pub struct Loose {
    /// For each variable a number for its values and its beginning, if it is one of them.
    forms: Vec<Option<u64>>,
    /// For each variable: the rules, injects, bodies of events and questions that name it.
    places: Vec<Places>,
    /// The variables of which the same is said, with everybody in their places.
    alike: FxHashMap<u64, Vec<u32>>,
}

#[derive(Clone, Debug, Default)]
struct Places {
    rules: Vec<u32>,
    injects: Vec<u32>,
    bodies: Vec<u32>,
    questions: Vec<u32>,
}

/// The name of the variable that is looked at, in what is said of it.
const ITSELF: u64 = u64::MAX;

impl Loose {
    /// A number that all variables share that this one may become; `None` where it stays what it is.
    pub fn form(&self, variable: usize) -> Option<u64> {
        self.forms.get(variable).copied().flatten()
    }
}

impl Images {
    /// Finds the variables of no actor that have another like them.
    pub fn find_loose(&self) -> Loose {
        let form = |at: usize| {
            let (_, issue, actors) = &self.variables()[at];
            let free = issue.is_none() && actors.is_empty() && self.initial[at].is_some();
            free.then(|| hash(&(self.ends[at], self.initial[at])))
        };
        let mut forms: Vec<Option<u64>> = (0..self.variables().len()).map(form).collect();
        let mut counts: FxHashMap<u64, usize> = FxHashMap::default();
        forms.iter().flatten().for_each(|form| *counts.entry(*form).or_default() += 1);
        forms.iter_mut().for_each(|form| *form = form.filter(|form| counts[form] > 1));
        let mut loose = Loose { forms, ..Loose::default() };
        if loose.forms.iter().all(Option::is_none) {
            return loose;
        }
        loose.places = self.places(&loose);
        let (actor, variable) = (|id: ActorId| id.index() as u64, |id: VarId| id.index() as u64);
        for at in (0..loose.forms.len()).filter(|&at| loose.forms[at].is_some()) {
            let said = self.said(&loose, at, &actor, &variable);
            loose.alike.entry(said).or_default().push(at as u32);
        }
        loose
    }

    /// Where each loose variable is named.
    fn places(&self, loose: &Loose) -> Vec<Places> {
        let mut places = vec![Places::default(); loose.forms.len()];
        let seen = RefCell::new(Vec::new());
        let actor = |_: ActorId| 0;
        let variable = |id: VarId| {
            seen.borrow_mut().push(id.index());
            0
        };
        let encoder = self.named(&actor, &variable);
        let mut note = |at: u32, list: fn(&mut Places) -> &mut Vec<u32>| {
            let mut seen = seen.borrow_mut();
            seen.sort_unstable();
            seen.dedup();
            for variable in seen.drain(..).filter(|&it| loose.forms[it].is_some()) {
                list(&mut places[variable]).push(at);
            }
        };
        for (rule, at) in self.rules().iter().zip(0..) {
            let _ = encoder.rule(rule);
            note(at, |places| &mut places.rules);
        }
        for ((_, effects), at) in self.injects.iter().zip(0..) {
            let _ = encoder.effects(effects);
            note(at, |places| &mut places.injects);
        }
        for (effects, at) in self.bodies.iter().zip(0..) {
            let _ = encoder.effects(effects);
            note(at, |places| &mut places.bodies);
        }
        for ((cond, _), at) in self.fixed_conditions.iter().zip(0..) {
            let _ = encoder.cond(cond);
            note(at, |places| &mut places.questions);
        }
        places
    }

    /// A number for what is said of a loose variable, with actors and variables that belong to some under these
    /// names; of other loose variables only their forms count.
    fn said(
        &self,
        loose: &Loose,
        at: usize,
        actor: &dyn Fn(ActorId) -> u64,
        owned: &dyn Fn(VarId) -> u64,
    ) -> u64 {
        let variable = |id: VarId| match loose.forms[id.index()] {
            _ if id.index() == at => ITSELF,
            Some(form) => form,
            None => owned(id),
        };
        let encoder: Encoder<'_> = self.named(actor, &variable);
        let places = &loose.places[at];
        let rules =
            places.rules.iter().map(|&at| hash(&(0, encoder.rule(&self.rules()[at as usize]).0)));
        let injects = places.injects.iter().map(|&at| {
            let (turn, effects) = &self.injects[at as usize];
            hash(&(1, turn, encoder.effects(effects)))
        });
        let bodies = places.bodies.iter().map(|&at| {
            let event = self.events[at as usize];
            let target = event.target.map(actor);
            let named = (actor(event.actor), event.action.index(), target);
            hash(&(2, named, encoder.effects(&self.bodies[at as usize])))
        });
        let questions = places
            .questions
            .iter()
            .map(|&at| hash(&(3, encoder.cond(&self.fixed_conditions[at as usize].0))));
        let all = rules.chain(injects).chain(bodies).chain(questions);
        // The order in which it is said does not count.
        all.fold(loose.forms[at].unwrap_or_default(), u64::wrapping_add)
    }

    /// What each loose variable becomes where actors and variables that belong to some have these names;
    /// the others stay `None`. `None` for all where that cannot be told: what is the same of several variables
    /// moves none of them.
    pub fn turned_loose(
        &self,
        actor: &dyn Fn(ActorId) -> u64,
        owned: &dyn Fn(VarId) -> u64,
    ) -> Option<Vec<Option<u32>>> {
        let mut turned = vec![None; self.loose.forms.len()];
        for at in (0..turned.len()).filter(|&at| self.loose.forms[at].is_some()) {
            let alike = self.loose.alike.get(&self.said(&self.loose, at, actor, owned))?;
            turned[at] = match alike[..] {
                [to] => Some(to),
                _ if alike.contains(&(at as u32)) => Some(at as u32),
                _ => return None,
            };
        }
        Some(turned)
    }
}
