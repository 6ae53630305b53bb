//! One turn: from a situation to everything that can come next.

use super::draw::Freedom;
use super::expansion::{Expansion, Group};
use super::groups::Groups;
use super::program::{Consequence, Program, RuleAction};
use super::row::Columns;
use super::settle::Settler;
use crate::model::Trigger;
use hashbrown::HashTable;
use rustc_hash::FxHasher;
use std::hash::Hasher;

/// Expands situations; keeps its working memory between them.
pub struct Turn<'p> {
    program: &'p Program,
    columns: Columns,
    settler: Settler<'p>,
    groups: Groups,
    values: Vec<i32>,
    /// For each draw: how early it comes among those of a turn; the varying ones with many corners
    /// first, where the layers are narrow.
    order: Vec<u32>,
    /// For each column: its place among those that this group touches.
    local: Vec<u32>,
    touched: Vec<u32>,
    rows: Vec<i64>,
    next_rows: Vec<i64>,
    table: HashTable<u32>,
    /// The items of each group: draws, then what is sure, as numbered by [`Groups`].
    items: Vec<(u32, u32)>,
    drawn: Vec<u32>,
    ends: Vec<u32>,
    /// How many nodes a layer may have.
    widest: usize,
}

/// How many nodes a layer may have, if nothing else is said.
const WIDEST: usize = 1 << 22;

impl<'p> Turn<'p> {
    /// For a program.
    #[must_use]
    pub fn new(program: &'p Program) -> Self {
        let columns = Columns::new(program);
        Self {
            program,
            settler: Settler::new(program),
            groups: Groups::new(program),
            values: vec![0; program.layout.slots()],
            order: order(program),
            local: vec![u32::MAX; columns.count()],
            columns,
            touched: Vec::new(),
            rows: Vec::new(),
            next_rows: Vec::new(),
            table: HashTable::new(),
            items: Vec::new(),
            drawn: Vec::new(),
            ends: Vec::new(),
            widest: WIDEST,
        }
    }

    /// The same, where no layer may have more than `widest` nodes; [`Expansion::too_wide`] tells.
    #[must_use]
    pub fn up_to(program: &'p Program, widest: usize) -> Self {
        Self { widest, ..Self::new(program) }
    }

    /// Situation 0: the initial values with the injects of turn 0, as an expansion without draws.
    pub fn begin(&mut self, out: &mut Expansion) {
        out.clear(self.program.layout.words());
        self.values.copy_from_slice(&self.program.initial);
        self.add_injects(0, out);
        self.settler.start(&self.values);
        self.collect(out);
    }

    /// What can come next from a packed situation in which no ending holds.
    pub fn expand(&mut self, situation: &[u64], out: &mut Expansion) {
        out.clear(self.program.layout.words());
        self.program.layout.unpack(situation, &mut self.values);
        self.find_chances(out);
        self.go_on(out);
    }

    /// One of the things that can come next, drawn with `pick`, which says the number of a result
    /// of a draw, and is asked in the order of the rules: an expansion without draws, in which
    /// everything is sure.
    pub fn sample(
        &mut self,
        situation: &[u64],
        mut pick: impl FnMut(u32) -> usize,
        out: &mut Expansion,
    ) {
        out.clear(self.program.layout.words());
        self.program.layout.unpack(situation, &mut self.values);
        self.find_chances(out);
        for draw in self.drawn.drain(..) {
            let result = &self.program.draws[draw as usize].results[pick(draw)];
            out.sure.push((None, result.consequence));
        }
        self.go_on(out);
    }

    /// Adds what is due and the injects, and collects.
    fn go_on(&mut self, out: &mut Expansion) {
        self.add_due(out);
        if let Some((slot, last)) = self.program.turn {
            let turn = self.values[slot as usize];
            if turn < last {
                self.add_injects(turn.unsigned_abs() + 1, out);
            }
        }
        self.settler.step(&self.values, &out.chances);
        self.collect(out);
    }

    /// The values of the situation that was expanded last, one a slot.
    #[must_use]
    pub fn values(&self) -> &[i32] {
        &self.values
    }

    fn find_chances(&mut self, out: &mut Expansion) {
        let program = self.program;
        self.drawn.clear();
        for (at, rule) in program.rules.iter().enumerate() {
            let values = &self.values;
            let triggered = match (rule.trigger, rule.armed) {
                (Trigger::When, Some(armed)) => values[armed as usize] != 0,
                (Trigger::On | Trigger::When | Trigger::While, _) => rule.condition.holds(values),
            };
            let unspent = rule.spent.is_none_or(|spent| values[spent as usize] == 0);
            if !(triggered && unspent && rule.guard.holds(values)) {
                continue;
            }
            let at = at as u32;
            out.chances.push(at);
            match rule.action {
                RuleAction::Sure(consequence) => out.sure.push((None, consequence)),
                RuleAction::Draw(draw) => self.drawn.push(draw),
            }
        }
    }

    fn add_due(&self, out: &mut Expansion) {
        for (at, chain) in self.program.chains.iter().enumerate() {
            for _ in 0..self.values[chain.first_slot as usize] {
                out.sure.push((Some(at as u32), Consequence::Now(chain.block)));
            }
        }
    }

    fn add_injects(&self, turn: u32, out: &mut Expansion) {
        let injects = &self.program.injects;
        let begin = injects.partition_point(|inject| inject.turn < turn);
        for inject in injects[begin..].iter().take_while(|inject| inject.turn == turn) {
            out.sure.push((None, Consequence::Now(inject.block)));
        }
    }

    /// Goes through the draws group by group.
    fn collect(&mut self, out: &mut Expansion) {
        out.base.copy_from_slice(self.settler.base());
        self.drawn.sort_unstable_by_key(|&draw| self.order[draw as usize]);
        self.groups.find(self.program, &self.drawn, &out.sure);
        self.items.clear();
        let count = (self.drawn.len() + out.sure.len()) as u32;
        self.items.extend((0..count).map(|item| (self.groups.root(item), item)));
        self.items.sort_unstable();
        let mut begin = 0;
        while begin < self.items.len() && !out.too_wide {
            let same = |item: &&(u32, u32)| item.0 == self.items[begin].0;
            let end = begin + self.items[begin..].iter().take_while(same).count();
            self.add_group(begin..end, out);
            begin = end;
        }
        self.drawn.clear();
    }

    /// Builds the layers of a group: from what is sure, draw by draw, equal rows merged.
    fn add_group(&mut self, items: std::ops::Range<usize>, out: &mut Expansion) {
        let draws = self.drawn.len();
        let first_draw = out.draws.len();
        let first_width = out.widths.len();
        for at in items.clone() {
            let item = self.items[at].1 as usize;
            if item < draws {
                out.draws.push(self.drawn[item]);
            }
        }
        self.touch(items.clone(), out);
        let width = self.touched.len();
        self.rows.clear();
        self.rows.resize(width, 0);
        for at in items {
            let item = self.items[at].1 as usize;
            if item >= draws {
                let consequence = out.sure[item - draws].1;
                add(&self.columns, &self.local, &mut self.rows, consequence);
            }
        }
        out.widths.push(1);
        for at in first_draw..out.draws.len() {
            self.add_layer(at, width, out);
            if out.too_wide {
                return;
            }
        }
        let varies = |draw: &&u32| self.program.draws[**draw as usize].varies();
        let varying = out.draws[first_draw..].iter().take_while(varies).count();
        let ends = self.settle(width, out);
        out.groups.push(Group {
            draws: first_draw..out.draws.len(),
            varying,
            widths: first_width..out.widths.len(),
            ends,
        });
    }

    /// Finds the columns that this group touches.
    fn touch(&mut self, items: std::ops::Range<usize>, out: &Expansion) {
        for column in self.touched.drain(..) {
            self.local[column as usize] = u32::MAX;
        }
        let Self { program, columns, local, touched, items: all, drawn, .. } = self;
        let mut touch = |column: u32, _| {
            if local[column as usize] == u32::MAX {
                local[column as usize] = touched.len() as u32;
                touched.push(column);
            }
        };
        for &(_, item) in &all[items] {
            match drawn.get(item as usize) {
                Some(&draw) => {
                    for result in &program.draws[draw as usize].results {
                        columns.writes(result.consequence, &mut touch);
                    }
                }
                None => columns.writes(out.sure[item as usize - drawn.len()].1, &mut touch),
            }
        }
    }

    fn add_layer(&mut self, at: usize, width: usize, out: &mut Expansion) {
        let results = &self.program.draws[out.draws[at] as usize].results;
        let nodes = out.widths.last().copied().unwrap_or(1) as usize;
        out.first_child.push(out.children.len());
        self.next_rows.clear();
        empty(&mut self.table, nodes * results.len());
        let mut count = 0_u32;
        for node in 0..nodes {
            for result in results {
                let begin = self.next_rows.len();
                self.next_rows.extend_from_slice(&self.rows[node * width..(node + 1) * width]);
                let row = &mut self.next_rows[begin..];
                add(&self.columns, &self.local, row, result.consequence);
                let hash = hash(row);
                let rows = &self.next_rows;
                let same = |&other: &u32| {
                    let other = other as usize * width;
                    rows[other..other + width] == rows[begin..]
                };
                let found = self.table.find(hash, same).copied();
                let child = found.unwrap_or(count);
                if found.is_some() {
                    self.next_rows.truncate(begin);
                } else {
                    let rehash = |&other: &u32| {
                        let other = other as usize * width;
                        self::hash(&rows[other..other + width])
                    };
                    self.table.insert_unique(hash, count, rehash);
                    count += 1;
                }
                out.children.push(child);
            }
        }
        std::mem::swap(&mut self.rows, &mut self.next_rows);
        out.widths.push(count);
        out.too_wide = count as usize > self.widest;
    }

    /// Settles the rows of the last layer; those that come to the same are one end.
    fn settle(&mut self, width: usize, out: &mut Expansion) -> std::ops::Range<usize> {
        let nodes = out.widths.last().copied().unwrap_or(1) as usize;
        let first = out.ends();
        self.ends.clear();
        empty(&mut self.table, nodes);
        for node in 0..nodes {
            let row = &self.rows[node * width..(node + 1) * width];
            let entries = self.touched.iter().zip(row).filter(|(_, entry)| **entry != 0);
            let entries = entries.map(|(&column, &entry)| (self.columns.kind(column), entry));
            let conflict = self.settler.settle(entries, out);
            let last = out.ends() - 1;
            if let Some(column) = conflict {
                out.conflicts.push((out.groups.len() as u32, (last - first) as u32, column));
            }
            let (hash, same) = (out.end_hash(last), |&end: &u32| out.same_end(end as usize, last));
            let known = self.table.find(hash, same).map(|&end| end as usize);
            if known.is_none() {
                let rehash = |&end: &u32| out.end_hash(end as usize);
                self.table.insert_unique(hash, last as u32, rehash);
            }
            if let (Some(_), true) = (known, out.conflicts.is_empty()) {
                out.forget_last_end();
            }
            let end = if out.conflicts.is_empty() { known.unwrap_or(last) } else { last };
            self.ends.push((end - first) as u32);
        }
        let ends = first..out.ends();
        if ends.len() < nodes {
            debug_assert!(!out.first_child.is_empty(), "several rows come of a draw");
            let last_draw = out.first_child.last().copied().unwrap_or(0);
            for child in &mut out.children[last_draw..] {
                *child = self.ends[*child as usize];
            }
            if let Some(width) = out.widths.last_mut() {
                *width = ends.len() as u32;
            }
        }
        ends
    }
}

/// For each draw: its rank among those that come first.
fn order(program: &Program) -> Vec<u32> {
    let mut draws: Vec<usize> = (0..program.draws.len()).collect();
    let corners = |draw: &usize| program.draws[*draw].corners(Freedom::Both).len();
    draws.sort_by_key(|at| (!program.draws[*at].varies(), std::cmp::Reverse(corners(at))));
    let mut order = vec![0; draws.len()];
    draws.iter().zip(0..).for_each(|(&draw, rank)| order[draw] = rank);
    order
}

/// Adds a consequence to a row.
fn add(columns: &Columns, local: &[u32], row: &mut [i64], consequence: Consequence) {
    columns.writes(consequence, |column, more| {
        let entry = &mut row[local[column as usize] as usize];
        *entry = columns.kind(column).combine(*entry, more);
    });
}

/// Empties a table for so many entries at most. That takes time by its size: one that has grown far
/// beyond is given up.
fn empty(table: &mut HashTable<u32>, entries: usize) {
    if table.capacity() > 64 + 8 * entries {
        *table = HashTable::new();
    }
    table.clear();
}

fn hash(row: &[i64]) -> u64 {
    let mut hasher = FxHasher::default();
    for &entry in row {
        hasher.write_i64(entry);
    }
    hasher.finish()
}
