//! One turn: from a situation to everything that can come next.

use super::draw::Freedom;
use super::program::{Consequence, Draw, Program, RuleAction};
use super::row::Columns;
use super::settle::Settler;
use crate::model::Trigger;
use hashbrown::HashTable;
use rustc_hash::FxHasher;
use std::hash::Hasher;

/// Everything that can come next from one situation: a layered graph. Its layer 0 is one node;
/// draw `i` leads from each node of layer `i` to a node of layer `i + 1`, one for each of its
/// results; nodes in which the same has been collected are one. Nodes of the last layer are
/// successors. Draws that some freedom varies come first.
#[derive(Clone, Debug, Default)]
pub struct Expansion {
    /// The draws, as indices in [`Program::draws`]; the varying ones first.
    pub draws: Vec<u32>,
    /// How many of them vary.
    pub varying: usize,
    /// For each layer, the last one included: how many nodes it has.
    pub widths: Vec<u32>,
    /// For each draw: where its nodes' children begin in `children`.
    pub first_child: Vec<usize>,
    /// For each node of a layer and each result of its draw: the node of the next layer.
    pub children: Vec<u32>,
    /// The packed situations of the nodes of the last layer.
    pub next: Vec<u64>,
    /// For each node of the last layer: where its nodes end in `happened`.
    pub happened_end: Vec<u32>,
    /// What happened on the way: nodes of events and changes, sorted within each.
    pub happened: Vec<u32>,
    /// For each node of the last layer: the ending that holds there, as its outcome plus 1, or 0.
    pub ending: Vec<u32>,
    /// Nodes of the last layer at which assignments contradict each other, with the variable's column.
    pub conflicts: Vec<(u32, u32)>,
    /// Rules and decisions that have their chance.
    pub chances: Vec<u32>,
    /// What happens for sure: consequences of rules that do not draw, of injects, and what is due,
    /// with its chain.
    pub sure: Vec<(Option<u32>, Consequence)>,
}

impl Expansion {
    /// How many nodes the last layer has.
    #[must_use]
    pub fn successors(&self) -> usize {
        self.happened_end.len()
    }

    /// What happened on the way to a node of the last layer.
    #[must_use]
    pub fn happened(&self, node: usize) -> &[u32] {
        let begin = if node == 0 { 0 } else { self.happened_end[node - 1] as usize };
        &self.happened[begin..self.happened_end[node] as usize]
    }

    /// The children of a node of layer `draw`, one for each of `results`.
    #[must_use]
    pub fn children(&self, draw: usize, node: usize, results: usize) -> &[u32] {
        let begin = self.first_child[draw] + node * results;
        &self.children[begin..begin + results]
    }

    /// Pushes probabilities of the nodes of layer `draw` down to those of the next, by the estimates.
    pub fn push_down(&self, program: &Program, draw: usize, reach: &[f64], next: &mut Vec<f64>) {
        let estimate = program.draws[self.draws[draw] as usize].estimate();
        next.clear();
        next.resize(self.widths[draw + 1] as usize, 0.0);
        for (node, &reach) in reach.iter().enumerate() {
            let children = self.children(draw, node, estimate.len());
            for (&child, share) in children.iter().zip(estimate) {
                next[child as usize] += reach * share;
            }
        }
    }

    fn clear(&mut self) {
        self.draws.clear();
        self.varying = 0;
        self.widths.clear();
        self.first_child.clear();
        self.children.clear();
        self.next.clear();
        self.happened_end.clear();
        self.happened.clear();
        self.ending.clear();
        self.conflicts.clear();
        self.chances.clear();
        self.sure.clear();
    }
}

/// Expands situations; keeps its working memory between them.
pub struct Turn<'p> {
    program: &'p Program,
    columns: Columns,
    settler: Settler<'p>,
    values: Vec<i32>,
    /// For each column: its place among those that this turn touches.
    local: Vec<u32>,
    touched: Vec<u32>,
    rows: Vec<i64>,
    next_rows: Vec<i64>,
    table: HashTable<u32>,
}

impl<'p> Turn<'p> {
    /// For a program.
    #[must_use]
    pub fn new(program: &'p Program) -> Self {
        let columns = Columns::new(program);
        Self {
            program,
            settler: Settler::new(program),
            values: vec![0; program.layout.slots()],
            local: vec![u32::MAX; columns.count()],
            columns,
            touched: Vec::new(),
            rows: Vec::new(),
            next_rows: Vec::new(),
            table: HashTable::new(),
        }
    }

    /// Situation 0: the initial values with the injects of turn 0, as an expansion without draws.
    pub fn begin(&mut self, out: &mut Expansion) {
        out.clear();
        self.values.copy_from_slice(&self.program.initial);
        self.add_injects(0, out);
        self.collect(out);
        self.settler.start(&self.values);
        self.finish(out);
    }

    /// What can come next from a packed situation in which no ending holds.
    pub fn expand(&mut self, situation: &[u64], out: &mut Expansion) {
        out.clear();
        self.program.layout.unpack(situation, &mut self.values);
        self.find_chances(out);
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
        self.collect(out);
        self.settler.step(&self.values, &out.chances);
        self.finish(out);
    }

    /// One of the things that can come next, drawn with `pick` (which says the number of a result
    /// of a draw): an expansion without draws, in which everything is sure.
    pub fn sample(
        &mut self,
        situation: &[u64],
        mut pick: impl FnMut(&Draw) -> usize,
        out: &mut Expansion,
    ) {
        out.clear();
        self.program.layout.unpack(situation, &mut self.values);
        self.find_chances(out);
        for draw in out.draws.drain(..) {
            let draw = &self.program.draws[draw as usize];
            out.sure.push((None, draw.results[pick(draw)].consequence));
        }
        out.varying = 0;
        self.go_on(out);
    }

    /// The values of the situation that was expanded last, one a slot.
    #[must_use]
    pub fn values(&self) -> &[i32] {
        &self.values
    }

    fn find_chances(&mut self, out: &mut Expansion) {
        let program = self.program;
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
                RuleAction::Draw(draw) => out.draws.push(draw),
            }
        }
        // Those with many corners come first, where the layers are narrow.
        let corners = |draw: &u32| program.draws[*draw as usize].corners(Freedom::Both).len();
        let varies = |draw: &u32| program.draws[*draw as usize].varies();
        out.draws.sort_by_key(|draw| (!varies(draw), std::cmp::Reverse(corners(draw))));
        out.varying = out.draws.iter().filter(|draw| varies(draw)).count();
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

    /// Builds the layers: from what is sure, draw by draw, equal rows merged.
    fn collect(&mut self, out: &mut Expansion) {
        self.touch(out);
        let width = self.touched.len();
        self.rows.clear();
        self.rows.resize(width, 0);
        for &(_, consequence) in &out.sure {
            add(&self.columns, &self.local, &mut self.rows, consequence);
        }
        out.widths.push(1);
        for at in 0..out.draws.len() {
            self.add_layer(at, width, out);
        }
    }

    /// Finds the columns that this turn touches.
    fn touch(&mut self, out: &Expansion) {
        for column in self.touched.drain(..) {
            self.local[column as usize] = u32::MAX;
        }
        let Self { program, columns, local, touched, .. } = self;
        let mut touch = |column: u32, _| {
            if local[column as usize] == u32::MAX {
                local[column as usize] = touched.len() as u32;
                touched.push(column);
            }
        };
        for &(_, consequence) in &out.sure {
            columns.writes(consequence, &mut touch);
        }
        for &draw in &out.draws {
            for result in &program.draws[draw as usize].results {
                columns.writes(result.consequence, &mut touch);
            }
        }
    }

    fn add_layer(&mut self, at: usize, width: usize, out: &mut Expansion) {
        let results = &self.program.draws[out.draws[at] as usize].results;
        let nodes = out.widths[at] as usize;
        out.first_child.push(out.children.len());
        self.next_rows.clear();
        self.table.clear();
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
    }

    /// Turns the rows of the last layer into situations.
    fn finish(&mut self, out: &mut Expansion) {
        let width = self.touched.len();
        let nodes = out.widths.last().copied().unwrap_or(1) as usize;
        for node in 0..nodes {
            let row = &self.rows[node * width..(node + 1) * width];
            let entries = self.touched.iter().zip(row).filter(|(_, entry)| **entry != 0);
            let entries = entries.map(|(&column, &entry)| (self.columns.kind(column), entry));
            let conflict = self.settler.settle(entries, out);
            if let Some(column) = conflict {
                out.conflicts.push((node as u32, column));
            }
        }
    }
}

/// Adds a consequence to a row.
fn add(columns: &Columns, local: &[u32], row: &mut [i64], consequence: Consequence) {
    columns.writes(consequence, |column, more| {
        let entry = &mut row[local[column as usize] as usize];
        *entry = columns.kind(column).combine(*entry, more);
    });
}

fn hash(row: &[i64]) -> u64 {
    let mut hasher = FxHasher::default();
    for &entry in row {
        hasher.write_i64(entry);
    }
    hasher.finish()
}
