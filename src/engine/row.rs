//! What a turn has collected: a row of columns, each combined in its own way.
//!
//! Columns: one an event (the rank of its strongest cause), one an assignment of each written
//! variable, one for its raises and lowers, and one for each slot of what is put under way. Rows
//! that are equal are merged while the draws of a turn are gone through, so that `k` draws do not
//! make `2^k` combinations.

use super::program::{Consequence, Program};

/// How entries of a column combine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// An event: the highest rank, as [`rank_entry`]; 0 is none.
    Event(u32),
    /// An assignment of a written variable, as [`assignment`]; 0 is none.
    Assign(u32),
    /// Raises and lowers of a written variable, added up.
    Step(u32),
    /// Put under way, in this slot; counted where the flag is set.
    Later(u32, bool),
}

const CONFLICT: i64 = 1 << 32;

/// An entry for an assignment of `value` with this rank.
#[must_use]
pub fn assignment(rank: u32, value: i32) -> i64 {
    (i64::from(rank) + 1) << 33 | i64::from(value.cast_unsigned())
}

/// The value of an assignment; `None` where two of the highest rank contradict each other.
#[must_use]
pub fn assigned(entry: i64) -> Option<i32> {
    (entry & CONFLICT == 0).then_some((entry as u32).cast_signed())
}

/// The stronger of two assignments; a conflict where they are equally strong and differ.
#[must_use]
pub fn stronger(one: i64, other: i64) -> i64 {
    match (one >> 33).cmp(&(other >> 33)) {
        std::cmp::Ordering::Less => other,
        std::cmp::Ordering::Greater => one,
        std::cmp::Ordering::Equal if one == other => one,
        std::cmp::Ordering::Equal => (one >> 33) << 33 | CONFLICT,
    }
}

impl Column {
    /// The entry of this column after `entry` and `more`.
    #[must_use]
    pub fn combine(self, entry: i64, more: i64) -> i64 {
        match self {
            Self::Event(_) => entry.max(more),
            Self::Assign(_) => stronger(entry, more),
            Self::Step(_) | Self::Later(_, true) => entry + more,
            Self::Later(_, false) => entry | more,
        }
    }
}

/// The columns of a program, and what each block writes into them.
#[derive(Clone, Debug)]
pub struct Columns {
    kinds: Vec<Column>,
    blocks: Vec<Vec<(u32, i64)>>,
    later: Vec<u32>,
}

impl Columns {
    /// The columns of a program.
    #[must_use]
    pub fn new(program: &Program) -> Self {
        let events = program.events.len() as u32;
        let variables = program.variables.len() as u32;
        let mut kinds: Vec<Column> = (0..events).map(Column::Event).collect();
        kinds.extend((0..variables).map(Column::Assign));
        kinds.extend((0..variables).map(Column::Step));
        for chain in &program.chains {
            let slots = chain.first_slot..chain.first_slot + chain.length;
            kinds.extend(slots.map(|slot| Column::Later(slot, chain.adds)));
        }
        let write = |block: &super::program::Block| {
            let effects = &block.effects;
            let mut writes: Vec<(u32, i64)> = Vec::new();
            for &event in &effects.events {
                writes.push((event, rank_entry(program, event, block.rank)));
            }
            for &(column, value) in &effects.assigns {
                writes.push((events + column, assignment(block.rank, value)));
            }
            for &(column, by) in &effects.steps {
                writes.push((events + variables + column, i64::from(by)));
            }
            writes
        };
        Self {
            blocks: program.blocks.iter().map(write).collect(),
            later: program.chains.iter().map(|chain| chain.first_column).collect(),
            kinds,
        }
    }

    /// How many columns there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.kinds.len()
    }

    /// How a column combines.
    #[must_use]
    pub fn kind(&self, column: u32) -> Column {
        self.kinds[column as usize]
    }

    /// Calls `write` with each column and entry that a consequence writes.
    pub fn writes(&self, consequence: Consequence, mut write: impl FnMut(u32, i64)) {
        match consequence {
            Consequence::Nothing => {}
            Consequence::Now(block) => {
                self.blocks[block as usize]
                    .iter()
                    .for_each(|&(column, entry)| write(column, entry));
            }
            Consequence::Later { chain, turns } => write(self.later[chain as usize] + turns - 1, 1),
        }
    }
}

/// The entry for an event with this rank; where no body assigns, the rank does not matter and is
/// left out, so that more rows are equal.
#[must_use]
pub fn rank_entry(program: &Program, event: u32, rank: u32) -> i64 {
    if program.events[event as usize].assigns { i64::from(rank) + 1 } else { 1 }
}
