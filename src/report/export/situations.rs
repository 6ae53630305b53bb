//! A scenario as a list of its situations, each with everything that can come next.

use super::identifiers::Identifiers;
use super::properties::Label;
use super::row::{Choice, Rows};
use super::slots::{Role, Slot};
use super::source::Source;
use crate::engine::expansion::Expansion;
use crate::engine::finish::successors;
use crate::engine::turn::Turn;
use crate::model::VarId;
use rustc_hash::FxHashMap;
use std::collections::hash_map::Entry;

/// So many transitions are written; a longer text is read by no checker in a useful time.
const TRANSITIONS_MOST: usize = 5_000_000;

/// All situations.
#[derive(Clone, Debug)]
pub struct Situations {
    /// Whether some situation has several choices.
    pub chooses: bool,
    /// The number of situation 0: situations are sorted by the labels that they have.
    pub initial: usize,
    /// For each situation what it is and what can come next.
    pub rows: Vec<Row>,
    /// For each label: the situations that have it, as the first and the last of each stretch.
    pub labels: Vec<Vec<(usize, usize)>>,
}

/// A situation.
#[derive(Clone, Debug)]
pub struct Row {
    /// What it is, in the words of the scenario.
    pub meaning: String,
    /// What can be chosen there; nothing where the storyline stops.
    pub choices: Vec<Choice>,
}

/// Why situations cannot be listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Assignments contradict each other.
    Contradiction,
    /// There are more situations than allowed.
    TooManySituations,
    /// There are too many transitions to write.
    TooManyTransitions,
}

/// Lists the situations of a scenario, at most `most`; with `intervals`, ranges are written as
/// intervals where that says exactly the same.
///
/// # Errors
/// They cannot be listed.
pub fn situations(
    source: &Source<'_>,
    slots: &[Slot],
    labels: &[Label],
    intervals: bool,
    most: usize,
    names: &mut Identifiers,
) -> Result<Situations, Refused> {
    let mut found = Found::default();
    let mut turn = Turn::new(source.program);
    let mut out = Expansion::default();
    turn.begin(&mut out);
    for (values, ending) in successors(source.program, &out) {
        found.number(source, &values, ending != 0);
    }
    let mut maker = Rows::new(source, intervals, names);
    let mut rows: Vec<Vec<Choice>> = Vec::new();
    let (mut depth, mut last_of_depth, mut written) = (0_u32, 1, 0);
    while rows.len() < found.packed.len() {
        let at = rows.len();
        if at == last_of_depth {
            depth += 1;
            last_of_depth = found.packed.len();
        }
        if found.ended[at] || source.model.horizon.is_some_and(|horizon| depth >= horizon) {
            rows.push(Vec::new());
            continue;
        }
        turn.expand(&found.packed[at], &mut out);
        if !out.conflicts.is_empty() {
            return Err(Refused::Contradiction);
        }
        if out.combinations() > TRANSITIONS_MOST {
            return Err(Refused::TooManyTransitions);
        }
        let next = successors(source.program, &out).into_iter();
        let targets: Vec<usize> =
            next.map(|(values, ending)| found.number(source, &values, ending != 0)).collect();
        if found.packed.len() > most {
            return Err(Refused::TooManySituations);
        }
        let room = TRANSITIONS_MOST - written;
        let choices = maker.choices(&out, &targets, room).ok_or(Refused::TooManyTransitions)?;
        written += choices.iter().map(|choice| choice.branches.len()).sum::<usize>();
        rows.push(choices);
    }
    Ok(sorted(source, slots, labels, &found, rows))
}

/// Situations in the order in which they were found.
#[derive(Default)]
struct Found {
    index: FxHashMap<Box<[u64]>, usize>,
    packed: Vec<Box<[u64]>>,
    ended: Vec<bool>,
}

impl Found {
    fn number(&mut self, source: &Source<'_>, values: &[i32], ended: bool) -> usize {
        let mut packed = vec![0; source.program.layout.words()];
        source.program.layout.pack(values, &mut packed);
        match self.index.entry(packed.clone().into()) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(new) => {
                let number = self.packed.len();
                self.packed.push(packed.into());
                self.ended.push(ended);
                *new.insert(number)
            }
        }
    }
}

/// Sorts the situations by their labels, so that each label is a few stretches of numbers.
fn sorted(
    source: &Source<'_>,
    slots: &[Slot],
    labels: &[Label],
    found: &Found,
    mut rows: Vec<Vec<Choice>>,
) -> Situations {
    let mut values = vec![0; slots.len()];
    let mut told: Vec<(Vec<bool>, String)> = Vec::with_capacity(rows.len());
    for packed in &found.packed {
        source.program.layout.unpack(packed, &mut values);
        let mask = labels.iter().map(|label| label.test.holds(&values)).collect();
        told.push((mask, meaning(source, slots, &values)));
    }
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by(|a, b| told[*a].0.cmp(&told[*b].0).then(a.cmp(b)));
    let mut place = vec![0; rows.len()];
    order.iter().enumerate().for_each(|(new, old)| place[*old] = new);
    let mut situations = Situations {
        chooses: rows.iter().any(|choices| choices.len() > 1),
        initial: place.first().copied().unwrap_or(0),
        rows: Vec::with_capacity(rows.len()),
        labels: vec![Vec::new(); labels.len()],
    };
    for (new, &old) in order.iter().enumerate() {
        let mut choices = std::mem::take(&mut rows[old]);
        choices.iter_mut().for_each(|choice| choice.renumber(&place));
        for (stretches, _) in situations.labels.iter_mut().zip(&told[old].0).filter(|it| *it.1) {
            match stretches.last_mut() {
                Some((_, last)) if *last + 1 == new => *last = new,
                _ => stretches.push((new, new)),
            }
        }
        let ending = if found.ended[old] { "; the end" } else { "" };
        situations.rows.push(Row { meaning: format!("{}{ending}", told[old].1), choices });
    }
    situations
}

/// What is not as in situation 0.
fn meaning(source: &Source<'_>, slots: &[Slot], values: &[i32]) -> String {
    let mut told = Vec::new();
    for ((slot, value), initial) in slots.iter().zip(values).zip(source.initial) {
        if value == initial {
            continue;
        }
        let name = match slot.role {
            Role::Variable(column) => {
                let id = VarId::new(source.program.variables[column as usize].variable);
                let name = &source.model.variables[id.index()].name;
                format!("{name} = {}", source.model.value_name(id, *value))
            }
            Role::Level | Role::Peak => {
                let rungs = source.model.ladder.iter().flat_map(|ladder| &ladder.rungs);
                let rung = rungs.into_iter().nth(value.unsigned_abs() as usize);
                format!("{} = {}", slot.name, rung.map_or("", |rung| &rung.name))
            }
            Role::Turn | Role::UnderWay(..) => format!("{} = {value}", slot.name),
            Role::Fresh | Role::Ever | Role::Armed(_) | Role::Spent(_) if *value == 1 => {
                slot.name.clone()
            }
            Role::Fresh | Role::Ever | Role::Armed(_) | Role::Spent(_) => {
                format!("not {}", slot.name)
            }
        };
        told.push(name);
    }
    if told.is_empty() { "as at the start".to_owned() } else { told.join(", ") }
}
