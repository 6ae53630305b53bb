//! What in a storyline leads to where it comes: backwards from there, what each rule looked at.

use super::derivation::{Arrival, Derivation, Moment};
use crate::analysis::reactions::firing::nodes;
use crate::analysis::unfolded::Ground;
use crate::engine::program::{Origin, WrittenVariable};
use crate::model::{Cond, Expr, Model, RungEffect};
use std::collections::BTreeSet;

/// A storyline with how each of its turns came about.
#[derive(Clone, Copy)]
pub struct Course<'a> {
    /// The scenario.
    pub model: &'a Model,
    /// Its situations.
    pub ground: &'a Ground,
    /// Situation 0 and where each turn arrives.
    pub arrivals: &'a [Arrival],
    /// For each arrival how it came about.
    pub derivations: &'a [Derivation],
}

/// Nodes by the turn in which they happen.
pub type Happened = BTreeSet<(usize, u32)>;

impl Course<'_> {
    /// What leads to these nodes, and they themselves.
    #[must_use]
    pub fn ancestry(&self, from: Happened) -> Happened {
        let mut found = from.clone();
        let mut queue: Vec<(usize, u32)> = from.into_iter().collect();
        while let Some((turn, node)) = queue.pop() {
            for cause in self.causes(turn, node) {
                if found.insert(cause) {
                    queue.push(cause);
                }
            }
        }
        found
    }

    /// What last made a condition what it is in the situation of a turn.
    #[must_use]
    pub fn makers(&self, turn: usize, cond: &Cond) -> Happened {
        let layout = &self.ground.program.layout;
        let mut values = vec![0; layout.slots()];
        layout.unpack(&self.arrivals[turn].words, &mut values);
        let mut found = Happened::new();
        self.look(turn, &values, cond, &mut found);
        found
    }

    /// The turn of the situation in which something that is due in `turn` was drawn: the one before
    /// the turn whose draw it was. `None` where it was not drawn on this course.
    #[must_use]
    pub fn drawn(&self, chain: u32, turn: usize) -> Option<usize> {
        (1..turn).rev().find(|&before| {
            self.derivations[before].fired.iter().any(|fired| match fired.moment {
                Moment::Later(later, turns) => later == chain && before + turns as usize == turn,
                Moment::Now | Moment::Due(_) => false,
            })
        })
    }

    /// What the rules looked at that brought a node about, and the events whose bodies did.
    fn causes(&self, turn: usize, node: u32) -> Happened {
        let program = &self.ground.program;
        let mut found = Happened::new();
        for fired in &self.derivations[turn].fired {
            let drawn = match fired.moment {
                Moment::Now => Some(turn),
                Moment::Due(chain) => self.drawn(chain, turn),
                Moment::Later(..) => None,
            };
            let effects = &program.blocks[fired.block as usize].effects;
            let (Origin::Rule(rule, _), Some(drawn @ 1..)) = (fired.origin, drawn) else {
                continue;
            };
            if nodes(program, effects).contains(&node) {
                let rule = &self.model.rules[rule as usize];
                found.extend(self.makers(drawn - 1, &rule.condition));
                if let Some(guard) = &rule.guard {
                    found.extend(self.makers(drawn - 1, guard));
                }
            }
        }
        for &event in &self.arrivals[turn].happened {
            if let Some(effects) = program.events.get(event as usize)
                && nodes(program, &effects.body).contains(&node)
            {
                found.insert((turn, event));
            }
        }
        found
    }

    fn look(&self, turn: usize, values: &[i32], cond: &Cond, found: &mut Happened) {
        let places = &self.ground.program.places;
        let holds = |cond: &Cond| places.test(cond).holds(values);
        match cond {
            Cond::Const(_) => {}
            Cond::Not(inner) => self.look(turn, values, inner, found),
            Cond::And(all) | Cond::Or(all) | Cond::AtLeast(_, all) => {
                // What holds made it hold; what does not made it not hold.
                let whole = holds(cond);
                for part in all.iter().filter(|part| holds(part) == whole) {
                    self.look(turn, values, part, found);
                }
            }
            Cond::Does(pattern) => {
                let events = places.matching(pattern).into_iter();
                let happened = &self.arrivals[turn].happened;
                found.extend(events.filter(|e| happened.contains(e)).map(|event| (turn, event)));
            }
            Cond::HasDone(pattern) => {
                let events = places.matching(pattern);
                let first = (0..=turn).find_map(|before| {
                    let event = events.iter().find(|e| self.arrivals[before].happened.contains(e));
                    event.map(|&event| (before, event))
                });
                found.extend(first);
            }
            Cond::Compare(left, _, right) => {
                for side in [left, right] {
                    side.leaves(&mut |leaf| self.look_at(turn, leaf, found));
                }
            }
        }
    }

    fn look_at(&self, turn: usize, leaf: &Expr, found: &mut Happened) {
        let program = &self.ground.program;
        match leaf {
            Expr::Const(_) | Expr::Turn | Expr::Binary(..) => {}
            Expr::Var(id) => {
                let written = program.variables.iter().find(|v| v.variable == id.index());
                found.extend(written.into_iter().flat_map(|written| self.writes(turn, written)));
            }
            Expr::Level => self.climb(turn, program.level, found),
            Expr::Peak => self.climb(turn, program.peak, found),
        }
    }

    /// Every change of a variable since it was last given a value.
    fn writes(&self, turn: usize, written: &WrittenVariable) -> Vec<(usize, u32)> {
        let mut found = Vec::new();
        for before in (0..=turn).rev() {
            let happened = self.arrivals[before].happened.iter();
            let writes: Vec<u32> =
                happened.filter(|node| written.nodes().contains(node)).copied().collect();
            found.extend(writes.iter().map(|&node| (before, node)));
            if writes.iter().any(|&node| node < written.raised()) {
                break;
            }
        }
        found
    }

    /// The events that brought the level to where it is.
    fn climb(&self, turn: usize, slot: Option<u32>, found: &mut Happened) {
        let program = &self.ground.program;
        let Some(slot) = slot else { return };
        let level = program.layout.get(&self.arrivals[turn].words, slot);
        let names = |node: &u32| {
            let rung = program.events.get(*node as usize).and_then(|event| event.rung);
            match rung {
                Some(RungEffect::At(rung) | RungEffect::To(rung)) => rung == level,
                None => false,
            }
        };
        for before in (0..=turn).rev() {
            let happened = self.arrivals[before].happened.iter();
            let events: Vec<u32> = happened.filter(|node| names(node)).copied().collect();
            if !events.is_empty() {
                // It stays where it is: the first to bring it there counts.
                let stayed = before > 0
                    && program.layout.get(&self.arrivals[before - 1].words, slot) == level;
                if !stayed {
                    found.extend(events.into_iter().map(|event| (before, event)));
                    return;
                }
            }
        }
    }
}
