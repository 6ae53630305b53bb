//! Expectations.

use super::{Builder, Scope, each_item, said};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::pages::warnings::BEYOND_HORIZON;
use crate::model::names::{Entry, Wanted};
use crate::model::{Expectation, ExpectationKind, Measure, Path, Subject};
use crate::syntax::tree::{self, Atom, CompareOp, CondKind, ExpectKind, Name, Reference};

/// The longest limit of an expectation, in turns.
const LONGEST_LIMIT: u32 = 1_000_000;

impl<'a> Builder<'a> {
    pub(super) fn build_expectations(&mut self) {
        for (_, tree) in each_item!(self.items, Expect) {
            let Some(kind) = self.expectation(&tree.kind) else {
                self.leave_out(tree.span);
                continue;
            };
            let expectation = Expectation {
                title: tree.text.as_ref().and_then(said),
                text: self.written(tree.span),
                subjects: self.subjects_of(&tree.kind, &kind),
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
                    Some(limit) => Some(self.limit(limit)?),
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
                let limit = self.limit(limit);
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

    /// A limit in turns; one that lies behind the end of the run is doubted.
    fn limit(&mut self, limit: &tree::Duration) -> Option<u32> {
        let turns = self.turns_even(limit, "limit", (0, LONGEST_LIMIT))?;
        if let Some(horizon) = self.model.horizon.filter(|&horizon| turns > horizon) {
            let place = limit.count.span.to(limit.unit.span);
            let written = self.written(place);
            let message = format!(
                "`within {written}` is never looked at whole: the run ends with turn {horizon}"
            );
            self.report(
                Diagnostic::new(BEYOND_HORIZON, place, message)
                    .help("take a shorter limit, or a longer `horizon`"),
            );
        }
        Some(turns)
    }

    /// What an expectation that was understood takes for granted.
    fn subjects_of(&mut self, tree: &'a ExpectKind, kind: &ExpectationKind) -> Vec<Subject> {
        let mut subjects = Vec::new();
        for cond in spoken_of(tree) {
            if let Some(condition) = self.cond(cond, &Scope::EMPTY) {
                subjects.push(Subject { text: self.written(cond.span), condition });
            }
        }
        if let ExpectationKind::Probability { path: Path::Outcome(id), op, value, .. } = kind
            && is_ceiling(*op, *value)
        {
            let outcome = &self.model.outcomes[id.index()];
            let subject = |condition| Subject { text: outcome.name.clone(), condition };
            return outcome.condition.clone().map(subject).into_iter().collect();
        }
        subjects
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

/// The conditions that an expectation speaks of as of something that happens: if one never does, the
/// expectation says nothing. That something never happens at all may well be what is expected.
fn spoken_of(kind: &ExpectKind) -> Vec<&tree::Cond> {
    match kind {
        ExpectKind::LeadsTo { cause: cond, .. } | ExpectKind::Before(_, cond) => vec![bare(cond)],
        ExpectKind::Never(cond) => conjuncts(cond),
        ExpectKind::Always(cond) => match &bare(cond).kind {
            CondKind::Not(inner) => conjuncts(inner),
            CondKind::Or(all) => all.iter().filter_map(denied).collect(),
            CondKind::And(_) | CondKind::Paren(_) | CondKind::Atom(_) => Vec::new(),
        },
        ExpectKind::Probability { path, op, value, .. } if is_ceiling(*op, value.value) => {
            match path {
                tree::Path::Ever(cond) if is_name(cond) => Vec::new(),
                tree::Path::Ever(cond)
                | tree::Path::Within(cond, _)
                | tree::Path::Until(_, cond) => vec![bare(cond)],
                tree::Path::Always(_) => Vec::new(),
            }
        }
        ExpectKind::Probability { .. } | ExpectKind::Possible(_) | ExpectKind::Certain(_) => {
            Vec::new()
        }
    }
}

/// Whether a probability is to stay below something that is not 0.
fn is_ceiling(op: CompareOp, value: f64) -> bool {
    matches!(op, CompareOp::Less | CompareOp::LessEqual) && value > 0.0
}

/// A condition without the parentheses around it.
fn bare(mut cond: &tree::Cond) -> &tree::Cond {
    while let CondKind::Paren(inner) = &cond.kind {
        cond = inner;
    }
    cond
}

/// What must come together, where that is several things.
fn conjuncts(cond: &tree::Cond) -> Vec<&tree::Cond> {
    match &bare(cond).kind {
        CondKind::And(all) => all.iter().map(bare).collect(),
        CondKind::Or(_) | CondKind::Not(_) | CondKind::Paren(_) | CondKind::Atom(_) => Vec::new(),
    }
}

/// `A` of `not A`.
fn denied(cond: &tree::Cond) -> Option<&tree::Cond> {
    match &bare(cond).kind {
        CondKind::Not(inner) => Some(bare(inner)),
        CondKind::And(_) | CondKind::Or(_) | CondKind::Paren(_) | CondKind::Atom(_) => None,
    }
}

/// Whether a condition is nothing but a name, which may be an outcome's.
fn is_name(cond: &tree::Cond) -> bool {
    match &bare(cond).kind {
        CondKind::Atom(atom) => matches!(
            **atom,
            Atom::Truth(Reference { quantifier: None, owner: None, argument: None, .. })
        ),
        CondKind::And(_) | CondKind::Or(_) | CondKind::Not(_) | CondKind::Paren(_) => false,
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
