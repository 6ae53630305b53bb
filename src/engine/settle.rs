//! The end of a turn: what has been collected becomes the next situation.

use super::program::Program;
use super::row::{Column, assigned, assignment, rank_entry, stronger};
use super::turn::Expansion;
use crate::model::RungEffect;

/// Makes situations from what a turn has collected; keeps its working memory.
pub struct Settler<'p> {
    program: &'p Program,
    /// The situation before, one value a slot.
    before: Vec<i32>,
    /// What is the same in all that can come next.
    template: Vec<i32>,
    /// For each rule with `when`: whether its condition held before.
    held: Vec<bool>,
    next: Vec<i32>,
    rank: Vec<i64>,
    happened: Vec<u32>,
    queue: Vec<u32>,
    assigns: Vec<i64>,
    steps: Vec<i64>,
    written: Vec<u32>,
}

impl<'p> Settler<'p> {
    /// For a program.
    #[must_use]
    pub fn new(program: &'p Program) -> Self {
        Self {
            program,
            before: Vec::new(),
            template: Vec::new(),
            held: vec![false; program.rules.len()],
            next: Vec::new(),
            rank: vec![0; program.events.len()],
            happened: Vec::new(),
            queue: Vec::new(),
            assigns: vec![0; program.variables.len()],
            steps: vec![0; program.variables.len()],
            written: Vec::new(),
        }
    }

    /// What follows is situation 0: there is none before, and every `when` that holds is new.
    pub fn start(&mut self, initial: &[i32]) {
        self.before.clear();
        self.before.extend_from_slice(initial);
        self.template.clone_from(&self.before);
        self.held.fill(false);
    }

    /// What follows comes after this situation, in which these rules have their chance.
    pub fn step(&mut self, before: &[i32], chances: &[u32]) {
        let program = self.program;
        self.before.clear();
        self.before.extend_from_slice(before);
        self.template.clone_from(&self.before);
        for slot in program.fresh.clone() {
            self.template[slot as usize] = 0;
        }
        if let Some((slot, last)) = program.turn {
            self.template[slot as usize] = (before[slot as usize] + 1).min(last);
        }
        for &rule in chances {
            if let Some(spent) = program.rules[rule as usize].spent {
                self.template[spent as usize] = 1;
            }
        }
        for chain in &program.chains {
            let (first, last) = (chain.first_slot, chain.first_slot + chain.length - 1);
            for slot in first..last {
                self.template[slot as usize] = before[slot as usize + 1];
            }
            self.template[last as usize] = 0;
        }
        for (held, rule) in self.held.iter_mut().zip(&program.rules) {
            *held = rule.armed.is_some() && rule.condition.holds(before);
        }
    }

    /// Adds the situation that these entries lead to, with what happened, to `out`; says the
    /// variable whose assignments contradict each other, if one's do.
    pub fn settle(
        &mut self,
        entries: impl Iterator<Item = (Column, i64)>,
        out: &mut Expansion,
    ) -> Option<u32> {
        self.next.clone_from(&self.template);
        self.collect(entries);
        self.add_bodies();
        self.happened.sort_unstable();
        out.happened.extend_from_slice(&self.happened);
        self.set_level();
        let conflict = self.write_variables(out);
        self.clear();
        let ending = self.ending();
        if ending == 0 {
            self.arm()
        } else {
            self.still()
        }
        out.ending.push(ending);
        let begin = out.next.len();
        out.next.resize(begin + self.program.layout.words(), 0);
        self.program.layout.pack(&self.next, &mut out.next[begin..]);
        out.happened_end.push(out.happened.len() as u32);
        conflict
    }

    fn collect(&mut self, entries: impl Iterator<Item = (Column, i64)>) {
        for (column, entry) in entries {
            match column {
                Column::Event(event) => self.happen(event, entry),
                Column::Assign(variable) => self.assign(variable, entry),
                Column::Step(variable) => self.add(variable, entry),
                Column::Later(slot, adds) => {
                    let under_way = &mut self.next[slot as usize];
                    let entry = i32::try_from(entry).unwrap_or(i32::MAX);
                    *under_way = if adds { *under_way + entry } else { *under_way | entry };
                }
            }
        }
    }

    fn happen(&mut self, event: u32, rank: i64) {
        let before = &mut self.rank[event as usize];
        if *before < rank {
            if *before == 0 {
                self.happened.push(event);
            }
            *before = rank;
            self.queue.push(event);
        }
    }

    fn assign(&mut self, variable: u32, entry: i64) {
        let before = &mut self.assigns[variable as usize];
        *before = stronger(*before, entry);
        self.written.push(variable);
    }

    fn add(&mut self, variable: u32, by: i64) {
        self.steps[variable as usize] += by;
        self.written.push(variable);
    }

    /// Adds the bodies of the actions that happen, and of the events that they bring along.
    fn add_bodies(&mut self) {
        let program = self.program;
        let mut stepped = 0;
        while stepped < self.happened.len() || !self.queue.is_empty() {
            while let Some(event) = self.queue.pop() {
                let body = &program.events[event as usize].body;
                let rank = u32::try_from(self.rank[event as usize] - 1).unwrap_or(0);
                for &(variable, value) in &body.assigns {
                    self.assign(variable, assignment(rank, value));
                }
                for &next in &body.events {
                    self.happen(next, rank_entry(program, next, rank));
                }
            }
            for at in stepped..self.happened.len() {
                let event = self.happened[at] as usize;
                for &(variable, by) in &program.events[event].body.steps {
                    self.add(variable, i64::from(by));
                }
                for &mark in &program.events[event].marks {
                    self.next[mark as usize] = 1;
                }
            }
            stepped = self.happened.len();
        }
    }

    fn set_level(&mut self) {
        let Some(level) = self.program.level else { return };
        let rungs = self.happened.iter().filter_map(|&e| self.program.events[e as usize].rung);
        let (mut at, mut to) = (None::<i32>, None::<i32>);
        for rung in rungs {
            match rung {
                RungEffect::At(rung) => at = Some(at.unwrap_or(rung).max(rung)),
                RungEffect::To(rung) => to = Some(to.unwrap_or(rung).min(rung)),
            }
        }
        let current = self.before[level as usize];
        let new = at.map_or(to.unwrap_or(current), |at| at.max(current));
        self.next[level as usize] = new;
        if let Some(peak) = self.program.peak {
            let peak = &mut self.next[peak as usize];
            *peak = new.max(*peak);
        }
    }

    /// Assignments, then raises and lowers, then the ends of the range.
    fn write_variables(&mut self, out: &mut Expansion) -> Option<u32> {
        self.written.sort_unstable();
        self.written.dedup();
        let mut conflict = None;
        for &column in &self.written {
            let variable = &self.program.variables[column as usize];
            let before = self.before[variable.slot as usize];
            let entry = self.assigns[column as usize];
            let given = if entry == 0 { Some(before) } else { assigned(entry) };
            conflict = conflict.or(given.is_none().then_some(column));
            let middle = given.unwrap_or(before);
            let sum = i64::from(middle).saturating_add(self.steps[column as usize]);
            let after = sum.clamp(i64::from(variable.low), i64::from(variable.high));
            let after = i32::try_from(after).unwrap_or(middle);
            if entry != 0 && middle != before {
                out.happened.push(variable.becomes(middle));
            }
            match after.cmp(&middle) {
                std::cmp::Ordering::Greater => out.happened.push(variable.raised()),
                std::cmp::Ordering::Less => out.happened.push(variable.lowered()),
                std::cmp::Ordering::Equal => {}
            }
            self.next[variable.slot as usize] = after;
        }
        conflict
    }

    fn clear(&mut self) {
        for event in self.happened.drain(..) {
            self.rank[event as usize] = 0;
        }
        for column in self.written.drain(..) {
            self.assigns[column as usize] = 0;
            self.steps[column as usize] = 0;
        }
    }

    /// The first ending that holds, as its outcome plus 1, or 0.
    fn ending(&self) -> u32 {
        let holds = self.program.endings.iter().find(|(_, test)| test.holds(&self.next));
        holds.map_or(0, |(outcome, _)| *outcome as u32 + 1)
    }

    /// After an ending nothing more arrives: what is under way makes no difference.
    fn still(&mut self) {
        for chain in &self.program.chains {
            let slots = chain.first_slot..chain.first_slot + chain.length;
            slots.for_each(|slot| self.next[slot as usize] = 0);
        }
        for rule in &self.program.rules {
            for slot in rule.armed.iter().chain(&rule.spent) {
                self.next[*slot as usize] = 0;
            }
        }
    }

    /// Which `when` rules have their chance: the condition holds and did not before.
    fn arm(&mut self) {
        for (rule, &held) in self.program.rules.iter().zip(&self.held) {
            let Some(armed) = rule.armed else { continue };
            let spent = rule.spent.is_some_and(|spent| self.next[spent as usize] != 0);
            let now = !spent && !held && rule.condition.holds(&self.next);
            self.next[armed as usize] = i32::from(now);
        }
    }
}
