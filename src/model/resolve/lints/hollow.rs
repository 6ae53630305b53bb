//! Expectations that hold of nothing, and quantifiers over too few members.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::pages::lints::{HOLLOW, TOO_FEW};
use crate::model::resolve::Builder;
use crate::model::resolve::possible::Possible;
use crate::source::Span;
use crate::syntax::tree::QuantifierKind;

/// A quantifier of the text with the most members that it ever ranges over.
pub(in crate::model::resolve) struct Ranged {
    kind: QuantifierKind,
    most: usize,
}

impl Builder<'_> {
    /// Notes over how many members a quantifier ranges, here: with `for each` it is met again and again.
    pub(in crate::model::resolve) fn ranges(
        &mut self,
        kind: QuantifierKind,
        place: Span,
        members: usize,
    ) {
        if self.trial.is_none() {
            let ranged = self.ranged.entry(place).or_insert(Ranged { kind, most: 0 });
            ranged.most = ranged.most.max(members);
        }
    }

    /// Quantifiers that are decided by how few members there are.
    pub(in crate::model::resolve) fn too_few_members(&self) -> Vec<Diagnostic> {
        let told = self.ranged.iter().filter_map(|(place, Ranged { kind, most })| {
            let (message, help) = match (kind, most) {
                (QuantifierKind::AtLeast(count), most) if *count > *most as i64 => (
                    format!("this can never hold: `at least {count}` of {}", people(*most)),
                    "ask for fewer, or for `every`",
                ),
                (QuantifierKind::Any, 0) => (
                    "this can never hold: `any` of nobody".to_owned(),
                    "mend the filter or the group",
                ),
                (QuantifierKind::Every, 0) => (
                    "this always holds: `every` of nobody".to_owned(),
                    "mend the filter or the group",
                ),
                (QuantifierKind::No, 0) => {
                    ("this always holds: `no` of nobody".to_owned(), "mend the filter or the group")
                }
                _ => return None,
            };
            Some(Diagnostic::new(TOO_FEW, *place, message).help(help))
        });
        told.collect()
    }

    /// Expectations that hold because something that they speak of can never happen.
    pub(in crate::model::resolve) fn hollow_expectations(
        &self,
        possible: &Possible<'_>,
    ) -> Vec<Diagnostic> {
        let expectations = self.model.expectations.iter();
        let hollow = expectations.filter_map(|expectation| {
            let mut subjects = expectation.subjects.iter();
            let never = subjects.find(|it| !possible.chance(&it.condition).may_hold)?;
            // An outcome that can never be reached is told where it is declared.
            if self.model.outcomes.iter().any(|outcome| outcome.name == never.text) {
                return None;
            }
            let why = self.why_never(possible, &never.condition);
            let why = why.map(|why| format!(": {why}")).unwrap_or_default();
            let message = format!("this holds of nothing: `{}` can never happen{why}", never.text);
            let help = "let something lead there, mend the condition, or take the expectation out";
            Some(Diagnostic::new(HOLLOW, expectation.span, message).help(help))
        });
        hollow.collect()
    }
}

fn people(count: usize) -> String {
    match count {
        0 => "nobody".to_owned(),
        1 => "one member".to_owned(),
        count => format!("{count} members"),
    }
}
