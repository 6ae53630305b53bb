//! The end of a turn for one group of draws: what it has collected becomes changes.

use super::expansion::Expansion;
use super::program::Program;
use super::row::{Column, assigned, assignment, rank_entry, stronger};

use crate::model::RungEffect;

/// Settles what groups of a turn have collected; keeps its working memory.
pub struct Settler<'p> {
    program: &'p Program,
    /// The situation before, one value a slot.
    before: Vec<i32>,
    /// What is the same in all that can come next. For a rule with `when` its slot says that the
    /// condition did not hold before: all that [`super::finish`] needs to know of the past.
    template: Vec<i32>,
    base: Vec<u64>,
    /// As the template, but for what is being settled.
    next: Vec<i32>,
    changed: Vec<u32>,
    rank: Vec<i64>,
    happened: Vec<u32>,
    moved: Vec<u32>,
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
            base: vec![0; program.layout.words()],
            next: Vec::new(),
            changed: Vec::new(),
            rank: vec![0; program.events.len()],
            happened: Vec::new(),
            moved: Vec::new(),
            queue: Vec::new(),
            assigns: vec![0; program.variables.len()],
            steps: vec![0; program.variables.len()],
            written: Vec::new(),
        }
    }

    /// The packed situation that comes if nothing is collected; not finished.
    #[must_use]
    pub fn base(&self) -> &[u64] {
        &self.base
    }

    /// What follows is situation 0: there is none before, and every `when` that holds is new.
    pub fn start(&mut self, initial: &[i32]) {
        self.before.clear();
        self.before.extend_from_slice(initial);
        self.template.clone_from(&self.before);
        for armed in self.program.rules.iter().filter_map(|rule| rule.armed) {
            self.template[armed as usize] = 1;
        }
        self.ready();
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
        for rule in &program.rules {
            if let Some(armed) = rule.armed {
                self.template[armed as usize] = i32::from(!rule.condition.holds(before));
            }
        }
        self.ready();
    }

    fn ready(&mut self) {
        self.program.layout.pack(&self.template, &mut self.base);
        self.next.clone_from(&self.template);
    }

    /// Adds to `out` the end that these entries lead to: what it changes and what happened; says
    /// the variable whose assignments contradict each other, if one's do.
    pub fn settle(
        &mut self,
        entries: impl Iterator<Item = (Column, i64)>,
        out: &mut Expansion,
    ) -> Option<u32> {
        self.collect(entries);
        self.add_bodies();
        self.set_level();
        let conflict = self.write_variables();
        let delta = out.add_end(|all| {
            all.extend_from_slice(&self.happened);
            all.extend_from_slice(&self.moved);
        });
        for slot in self.changed.drain(..) {
            let (before, after) = (self.template[slot as usize], &mut self.next[slot as usize]);
            self.program.layout.change(delta, slot, before, *after);
            *after = before;
        }
        self.clear();
        conflict
    }

    fn set(&mut self, slot: u32, value: i32) {
        self.next[slot as usize] = value;
        self.changed.push(slot);
    }

    fn collect(&mut self, entries: impl Iterator<Item = (Column, i64)>) {
        for (column, entry) in entries {
            match column {
                Column::Event(event) => self.happen(event, entry),
                Column::Assign(variable) => self.assign(variable, entry),
                Column::Step(variable) => self.add(variable, entry),
                Column::Later(slot, adds) => {
                    let under_way = self.next[slot as usize];
                    debug_assert!(i32::try_from(entry).is_ok(), "what is under way fits its slot");
                    let entry = i32::try_from(entry).unwrap_or(i32::MAX);
                    self.set(slot, if adds { under_way + entry } else { under_way | entry });
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
                let rank = u32::try_from(self.rank[event as usize] - 1);
                debug_assert!(rank.is_ok(), "what happens has a rank");
                let rank = rank.unwrap_or(0);
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
                    self.set(mark, 1);
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
        if at.or(to).is_none() {
            return;
        }
        let current = self.before[level as usize];
        let new = at.map_or(to.unwrap_or(current), |at| at.max(current));
        self.set(level, new);
        if let Some(peak) = self.program.peak {
            self.set(peak, new.max(self.before[peak as usize]));
        }
    }

    /// Assignments, then raises and lowers, then the ends of the range.
    fn write_variables(&mut self) -> Option<u32> {
        self.written.sort_unstable();
        self.written.dedup();
        let mut conflict = None;
        for at in 0..self.written.len() {
            let column = self.written[at];
            let variable = &self.program.variables[column as usize];
            let before = self.before[variable.slot as usize];
            let entry = self.assigns[column as usize];
            let given = if entry == 0 { Some(before) } else { assigned(entry) };
            conflict = conflict.or(given.is_none().then_some(column));
            let middle = given.unwrap_or(before);
            let sum = i64::from(middle).saturating_add(self.steps[column as usize]);
            let after = sum.clamp(i64::from(variable.low), i64::from(variable.high));
            debug_assert!(
                i32::try_from(after).is_ok(),
                "the ends of a range are numbers of a situation"
            );
            let after = i32::try_from(after).unwrap_or(middle);
            if entry != 0 && middle != before {
                self.moved.extend(variable.becomes(middle));
            }
            match after.cmp(&middle) {
                std::cmp::Ordering::Greater => self.moved.push(variable.raised()),
                std::cmp::Ordering::Less => self.moved.push(variable.lowered()),
                std::cmp::Ordering::Equal => {}
            }
            self.set(variable.slot, after);
        }
        conflict
    }

    fn clear(&mut self) {
        for event in self.happened.drain(..) {
            self.rank[event as usize] = 0;
        }
        self.moved.clear();
        for column in self.written.drain(..) {
            self.assigns[column as usize] = 0;
            self.steps[column as usize] = 0;
        }
    }
}
