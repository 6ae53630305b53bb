//! What differs in meaning between two scenarios, or two ways to look at one, and scenarios in between.
//!
//! Declarations are compared by name, part by part, without their layout, comments and order. A scenario
//! with some of the differences is built anew from a mixed tree, so that it means what it would mean if
//! somebody had written it.

mod parts;
mod unit;
mod view;

pub use parts::Part;
pub use view::View;

use super::{Change, Model, Strike, Written};
use crate::diagnostic::Diagnostics;
use crate::source::{Sources, Span};
use crate::syntax::tree::{Item, ItemKind, Scenario};
use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashSet};
use unit::Unit;
use view::Keyed;

type Ordered<V> = IndexMap<String, V, FxBuildHasher>;

/// One of two things that are compared.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// What is written.
    pub written: &'a Written,
    /// What that means, with nothing struck out.
    pub model: &'a Model,
    /// What is struck out.
    pub strike: &'a Strike,
    /// The reading and the settings.
    pub view: &'a View,
}

/// How something differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Only the second side has it.
    Added,
    /// Only the first side has it.
    Removed,
    /// Both have it, and it is not the same.
    Changed,
}

/// A part of a declaration that differs.
#[derive(Clone, Debug)]
pub struct PartChange {
    /// Which part: `trigger`, `likelihood`, `title`.
    pub part: String,
    /// What the first side says; `None` where it has no such part.
    pub before: Option<String>,
    /// What the second side says.
    pub after: Option<String>,
    /// Whether results can hang on it.
    pub matters: bool,
}

/// Something that differs.
#[derive(Clone, Debug)]
pub struct Difference {
    /// What it is, with its name: `rule moscow_warns`, `position france on troops`.
    pub name: String,
    /// How it differs.
    pub status: Status,
    /// The parts that differ; of what is added or removed, all.
    pub parts: Vec<PartChange>,
    /// Where it stands on the first side; `None` for changes of readings and settings.
    pub left: Option<Span>,
    /// Where it stands on the second side.
    pub right: Option<Span>,
    /// Whether results can hang on it.
    pub matters: bool,
    /// What it is looked up by: unlike the names, these all differ.
    key: String,
    /// The names that only one side declares with it.
    declares: Vec<String>,
    /// The words that stand in it.
    words: FxHashSet<String>,
}

/// Two sides with what differs.
#[derive(Debug)]
pub struct Comparison<'a> {
    sides: [Side<'a>; 2],
    units: [Ordered<Unit>; 2],
    sources: &'a Sources,
    horizon: Option<u32>,
    /// What differs, in the order of the first side, then of the second.
    pub differences: Vec<Difference>,
}

impl<'a> Comparison<'a> {
    /// Compares two sides, whose files are all among `sources`; `horizon` is that of both, where it
    /// is given.
    ///
    /// # Errors
    /// A setting or reading that a side does not have, or a side that cannot be evaluated so, in a
    /// sentence.
    pub fn new(
        sides: [Side<'a>; 2],
        horizon: Option<u32>,
        sources: &'a Sources,
    ) -> Result<Self, String> {
        let units = sides.map(|side| unit::units(side, sources));
        let mut comparison = Self { sides, units, sources, horizon, differences: Vec::new() };
        comparison.differences = comparison.found();
        let viewed = comparison.viewed()?;
        comparison.differences.extend(viewed);
        Ok(comparison)
    }

    /// Groups of differences that use each other's names, by their index: what one side adds or
    /// removes goes together with what names it. Only of those that matter.
    #[must_use]
    pub fn together(&self) -> Vec<Vec<usize>> {
        let matters: Vec<usize> =
            (0..self.differences.len()).filter(|&at| self.differences[at].matters).collect();
        let mut groups: Vec<Vec<usize>> = matters.iter().map(|&at| vec![at]).collect();
        for &user in &matters {
            for &used in &matters {
                let (one, other) = (&self.differences[user], &self.differences[used]);
                if user != used && other.declares.iter().any(|name| one.words.contains(name)) {
                    join(&mut groups, user, used);
                }
            }
        }
        groups
    }

    /// The scenario with those differences of which `applied` says so, by their index; without any
    /// it gives the results of the first side, with all those of the second. It has no expectations.
    ///
    /// # Errors
    /// There is no such scenario: why, in a sentence.
    pub fn mix(&self, applied: &[bool]) -> Result<Model, String> {
        let has = |name: &str| self.index(name).is_some_and(|at| applied[at]);
        let mut items: Vec<Item> = Vec::new();
        let mut frame: Option<Item> = None;
        let mut struck = FxHashSet::default();
        let [left, right] = &self.units;
        let chosen = left.iter().filter_map(|(name, unit)| match self.index(name) {
            Some(at) if applied[at] => right.get(name),
            // What is the same is taken from the first side: its place is that of its diagnostics.
            Some(_) | None => Some(unit),
        });
        let added = right.iter().filter(|(name, _)| !left.contains_key(*name) && has(name));
        // Sources carry no result, and what names them may come from either side.
        let names = |side: &Ordered<Unit>, name: &str| side.contains_key(name);
        let sources = left.iter().chain(right.iter().filter(|(name, _)| !names(left, name)));
        let sources = sources.filter(|(name, _)| name.starts_with("source ")).map(|(_, unit)| unit);
        let counts = |unit: &&Unit| unit.items.first().is_some_and(|item| self.counts(item));
        let chosen = chosen.chain(added.map(|(_, unit)| unit)).filter(counts);
        for unit in chosen.chain(sources) {
            if unit.struck {
                struck.extend(unit.items.iter().map(|item| item.span));
            }
            for item in &unit.items {
                match (&item.kind, &mut frame) {
                    (
                        ItemKind::Scenario(more),
                        Some(Item { kind: ItemKind::Scenario(all), .. }),
                    ) => {
                        add(all, more);
                    }
                    (ItemKind::Scenario(_), frame) => *frame = Some(item.clone()),
                    _ => items.push(item.clone()),
                }
            }
        }
        items.splice(0..0, frame);
        self.viewed_model(&items, &struck, applied)
    }

    /// Whether a declaration is one that results can hang on, in the readings that are asked for.
    fn counts(&self, item: &Item) -> bool {
        match &item.kind {
            ItemKind::Source(_) | ItemKind::Expect(_) => false,
            ItemKind::Reading(tree) => {
                let asked = |side: &Side<'_>| side.view.reading.as_ref() == Some(&tree.name.text);
                self.sides.iter().any(asked)
            }
            ItemKind::Import(_)
            | ItemKind::Scenario(_)
            | ItemKind::Actor(_)
            | ItemKind::Group(_)
            | ItemKind::Relation(_)
            | ItemKind::Scale(_)
            | ItemKind::Issue(_)
            | ItemKind::Position(_)
            | ItemKind::Ladder(_)
            | ItemKind::Variable(_)
            | ItemKind::Param(_)
            | ItemKind::Lexicon(_)
            | ItemKind::Action(_)
            | ItemKind::Inject(_)
            | ItemKind::Observe(_)
            | ItemKind::Rule(_)
            | ItemKind::Decision(_)
            | ItemKind::Outcome(_)
            | ItemKind::Broken(_) => true,
        }
    }

    fn viewed_model(
        &self,
        items: &[Item],
        struck: &FxHashSet<Span>,
        applied: &[bool],
    ) -> Result<Model, String> {
        let mut found = Diagnostics::default();
        let told = |found: Diagnostics| {
            found.sorted().into_iter().next().map(|it| it.message).unwrap_or_default()
        };
        let written = self.sides[0].written;
        let Some(model) = written.built(items, struck, self.sources, &mut found) else {
            return Err(told(found));
        };
        let [left, right] =
            [view::keyed(&model, self.sides[0].view)?, view::keyed(&model, self.sides[1].view)?];
        let mut changes: Vec<Change> = Vec::new();
        for (name, keyed) in &left {
            let now = self.index(name).is_none_or(|at| !applied[at]);
            if now && (right.contains_key(name) || self.index(name).is_some()) {
                changes.push(keyed.change.clone());
            }
        }
        for (name, keyed) in &right {
            if self.index(name).is_some_and(|at| applied[at]) {
                changes.push(keyed.change.clone());
            }
        }
        let Some(mut model) = model.changed(&changes, &mut found) else { return Err(told(found)) };
        model.horizon = self.horizon.or(model.horizon);
        Ok(model)
    }

    fn index(&self, name: &str) -> Option<usize> {
        self.differences.iter().position(|difference| difference.key == name)
    }

    /// What differs in what is written.
    fn found(&self) -> Vec<Difference> {
        let [left, right] = &self.units;
        let gone = left.iter().map(|(name, unit)| (name, Some(unit), right.get(name)));
        let new = right.iter().filter(|(name, _)| !left.contains_key(*name));
        let new = new.map(|(name, unit)| (name, None, Some(unit)));
        gone.chain(new)
            .filter_map(|(name, before, after)| difference(name, before, after))
            .collect()
    }

    /// What differs in readings and settings, which both sides' scenarios have.
    fn viewed(&self) -> Result<Vec<Difference>, String> {
        let [one, other] = self.sides;
        let [left, right] =
            [view::keyed(one.model, one.view)?, view::keyed(other.model, other.view)?];
        if one.view == other.view {
            return Ok(Vec::new());
        }
        let model = other.model;
        let mut names: Vec<&String> = left.keys().collect();
        names.extend(right.keys().filter(|name| !left.contains_key(*name)));
        let mut found = Vec::new();
        for name in names {
            let written = || view::written(model, left.get(name).or(right.get(name)));
            let said = |side: &Ordered<Keyed>| side.get(name).map(|it| it.said.clone());
            let before = said(&left).unwrap_or_else(written);
            let after = said(&right).unwrap_or_else(written);
            if before.compared == after.compared {
                continue;
            }
            found.push(Difference {
                name: name.strip_prefix("set ").unwrap_or(name).to_owned(),
                key: name.clone(),
                status: Status::Changed,
                parts: vec![PartChange {
                    part: before.part,
                    before: Some(before.shown),
                    after: Some(after.shown),
                    matters: true,
                }],
                left: None,
                right: None,
                matters: true,
                declares: Vec::new(),
                words: FxHashSet::default(),
            });
        }
        Ok(found)
    }
}

/// Puts two groups together, at the place of the earlier one.
fn join(groups: &mut Vec<Vec<usize>>, one: usize, other: usize) {
    let at = |groups: &[Vec<usize>], of: usize| groups.iter().position(|it| it.contains(&of));
    let (Some(one), Some(other)) = (at(groups, one), at(groups, other)) else { return };
    if one != other {
        let second = groups.remove(one.max(other));
        groups[one.min(other)].extend(second);
        groups[one.min(other)].sort_unstable();
    }
}

fn add(all: &mut Scenario, more: &Scenario) {
    all.title = all.title.take().or_else(|| more.title.clone());
    all.parts.extend(more.parts.iter().cloned());
}

/// What differs between two units of one name.
fn difference(name: &str, before: Option<&Unit>, after: Option<&Unit>) -> Option<Difference> {
    let parts = parts::changes(
        before.map_or(&[], |unit| unit.parts.as_slice()),
        after.map_or(&[], |unit| unit.parts.as_slice()),
    );
    let status = match (before, after) {
        (None, _) => Status::Added,
        (_, None) => Status::Removed,
        (Some(_), Some(_)) if parts.is_empty() => return None,
        (Some(_), Some(_)) => Status::Changed,
    };
    let one_sided = status != Status::Changed;
    let known = || before.into_iter().chain(after);
    let place = |unit: Option<&Unit>| unit.and_then(|unit| unit.items.first()).map(|it| it.span);
    Some(Difference {
        name: name.to_owned(),
        key: name.to_owned(),
        status,
        matters: parts.iter().any(|part| part.matters),
        parts,
        left: place(before),
        right: place(after),
        declares: if one_sided {
            known().flat_map(|it| it.declares.clone()).collect()
        } else {
            Vec::new()
        },
        words: known().flat_map(|unit| unit.words.iter().cloned()).collect(),
    })
}
