//! Expectations.

use super::{Builder, Scope, each_item, one_line};
use crate::model::names::{Entry, Wanted};
use crate::model::{Expectation, ExpectationKind, Measure, Path};
use crate::syntax::tree::{self, Atom, CondKind, ExpectKind, Name, Reference};

/// The longest limit of an expectation, in turns.
const LONGEST_LIMIT: u32 = 1_000_000;

impl<'a> Builder<'a> {
    pub(super) fn build_expectations(&mut self) {
        for (_, tree) in each_item!(self.items, Expect) {
            let Some(kind) = self.expectation(&tree.kind) else { continue };
            let expectation = Expectation {
                title: tree.text.as_ref().map(|text| one_line(&text.value)),
                text: self.written(tree.span),
                kind,
                span: tree.span,
            };
            self.model.expectations.push(expectation);
        }
    }

    fn expectation(&mut self, kind: &'a ExpectKind) -> Option<ExpectationKind> {
        let scope = &Scope::EMPTY;
        match kind {
            ExpectKind::Probability { measure, path, op, value } => {
                let measure = measure_of(measure);
                let path = self.path(path);
                let value = self.probability(value);
                Some(ExpectationKind::Probability { measure, path: path?, op: *op, value: value? })
            }
            ExpectKind::Never(cond) => self.cond(cond, scope).map(ExpectationKind::Never),
            ExpectKind::Always(cond) => self.cond(cond, scope).map(ExpectationKind::Always),
            ExpectKind::Possible(cond) => self.cond(cond, scope).map(ExpectationKind::Possible),
            ExpectKind::Certain(cond) => self.cond(cond, scope).map(ExpectationKind::Certain),
            ExpectKind::Before(first, second) => {
                let first = self.cond(first, scope);
                let second = self.cond(second, scope);
                Some(ExpectationKind::Before(first?, second?))
            }
            ExpectKind::LeadsTo { cause, effect, within } => {
                let cause = self.cond(cause, scope);
                let effect = self.cond(effect, scope);
                let within = match within {
                    None => None,
                    Some(limit) => Some(self.turns_even(limit, "limit", (0, LONGEST_LIMIT))?),
                };
                Some(ExpectationKind::LeadsTo(cause?, effect?, within))
            }
        }
    }

    fn path(&mut self, path: &'a tree::Path) -> Option<Path> {
        let scope = &Scope::EMPTY;
        match path {
            tree::Path::Ever(cond) => match self.outcome_of(cond) {
                Some(path) => path,
                None => self.cond(cond, scope).map(|cond| Path::Ever(cond, None)),
            },
            tree::Path::Within(cond, limit) => {
                let cond = self.cond(cond, scope);
                let limit = self.turns_even(limit, "limit", (0, LONGEST_LIMIT));
                Some(Path::Ever(cond?, Some(limit?)))
            }
            tree::Path::Until(first, second) => {
                let first = self.cond(first, scope);
                let second = self.cond(second, scope);
                Some(Path::Until(first?, second?))
            }
            tree::Path::Always(cond) => self.cond(cond, scope).map(Path::Always),
        }
    }

    /// The outcome that a condition names, where it is nothing but a name; within, `None` where
    /// there is none of that name, which is reported.
    fn outcome_of(&mut self, cond: &tree::Cond) -> Option<Option<Path>> {
        match &cond.kind {
            CondKind::Paren(inner) => self.outcome_of(inner),
            CondKind::Atom(atom) => self.outcome_named(atom),
            CondKind::Or(_) | CondKind::And(_) | CondKind::Not(_) => None,
        }
    }

    fn outcome_named(&mut self, atom: &Atom) -> Option<Option<Path>> {
        match atom {
            Atom::Truth(Reference {
                quantifier: None, owner: None, argument: None, name, ..
            }) => match self.names.get(&name.text).map(|named| named.entry) {
                Some(Entry::Outcome(outcome)) => {
                    self.names.refer(&name.text);
                    Some(Some(Path::Outcome(outcome)))
                }
                Some(_) => None,
                None => {
                    self.report_unknown(name, Wanted::OutcomeOrFlag, &[]);
                    Some(None)
                }
            },
            _ => None,
        }
    }
}

/// The value that is looked at; the grammar has no other words for it.
fn measure_of(name: &Name) -> Measure {
    match name.text.as_str() {
        "Pmin" => Measure::Min,
        "Pmax" => Measure::Max,
        _ => Measure::Estimate,
    }
}
