//! Striking out sources: which, and what falls with them.

use super::{Grade, Source};
use crate::source::Span;
use crate::syntax::tree::{Clause, ClauseKind, Item, ItemKind, Name, PositionPart, Quote};
use rustc_hash::FxHashSet;

/// Which sources are struck out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Strike {
    /// Those of these names.
    pub without: Vec<String>,
    /// Those with a worse grade. A sign that cannot be judged (`F`, `6`) is no worse, and a source
    /// without a grade is kept.
    pub least: Option<Grade>,
}

impl Strike {
    /// Whether nothing is asked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.without.is_empty() && self.least.is_none()
    }

    /// Whether this source is struck out.
    #[must_use]
    pub fn strikes(&self, source: &Source) -> bool {
        let grade = source.grade.as_deref().and_then(Grade::of);
        let worse = |grade: Grade| self.least.is_some_and(|least| grade.is_worse_than(least));
        self.without.contains(&source.name) || grade.is_some_and(worse)
    }
}

/// The rules, decisions and positions that name sources, all of which are struck out.
pub(super) fn struck(items: &[Item], sources: &FxHashSet<&str>) -> FxHashSet<Span> {
    let falls = |item: &&Item| {
        let named = named(item);
        !named.is_empty() && named.iter().all(|name| sources.contains(name.text.as_str()))
    };
    items.iter().filter(falls).map(|item| item.span).collect()
}

/// The sources that a claim names.
fn named(item: &Item) -> Vec<&Name> {
    let quotes: Vec<&Quote> = match &item.kind {
        ItemKind::Rule(tree) => because(&tree.clauses),
        ItemKind::Decision(tree) => because(&tree.clauses),
        ItemKind::Position(tree) => tree.parts.iter().filter_map(of_part).collect(),
        ItemKind::Import(_)
        | ItemKind::Scenario(_)
        | ItemKind::Source(_)
        | ItemKind::Actor(_)
        | ItemKind::Group(_)
        | ItemKind::Relation(_)
        | ItemKind::Scale(_)
        | ItemKind::Issue(_)
        | ItemKind::Ladder(_)
        | ItemKind::Variable(_)
        | ItemKind::Param(_)
        | ItemKind::Lexicon(_)
        | ItemKind::Action(_)
        | ItemKind::Inject(_)
        | ItemKind::Observe(_)
        | ItemKind::Outcome(_)
        | ItemKind::Expect(_)
        | ItemKind::Reading(_)
        | ItemKind::Broken(_) => Vec::new(),
    };
    quotes.into_iter().filter_map(|quote| quote.from.as_ref()).collect()
}

fn because(clauses: &[Clause]) -> Vec<&Quote> {
    clauses
        .iter()
        .filter_map(|clause| match &clause.kind {
            ClauseKind::Because(quote) => Some(quote),
            ClauseKind::On(_)
            | ClauseKind::When(_)
            | ClauseKind::While(_)
            | ClauseKind::If(_)
            | ClauseKind::Then(_)
            | ClauseKind::Or(_)
            | ClauseKind::Else(_)
            | ClauseKind::Option { .. }
            | ClauseKind::Once
            | ClauseKind::Priority(_) => None,
        })
        .collect()
}

fn of_part(part: &PositionPart) -> Option<&Quote> {
    match part {
        PositionPart::Says(quote) | PositionPart::Because(quote) => Some(quote),
        PositionPart::Becomes { .. } => None,
    }
}
