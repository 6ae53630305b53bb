//! How much a scenario may amount to once everything is written out.

use super::Builder;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::pages::meaning;
use crate::source::Span;

/// The most rules and decisions, `for each` written out.
pub(super) const MOST_RULES: usize = 1_000_000;
/// The most variables, `for each` written out.
pub(super) const MOST_VARIABLES: usize = 100_000;
/// The most parts of conditions, effects, groups and relations together, written out.
const MOST_PARTS: u64 = 10_000_000;

/// What has been used up so far.
#[derive(Debug, Default)]
pub(super) struct Budget {
    parts: u64,
    exceeded: bool,
}

impl Builder<'_> {
    /// Takes parts from the budget. `None` where it is used up, which is reported once.
    pub(super) fn spend(&mut self, parts: u64, place: Span) -> Option<()> {
        self.budget.parts = self.budget.parts.saturating_add(parts);
        if self.budget.parts <= MOST_PARTS {
            return Some(());
        }
        if !self.budget.exceeded {
            self.budget.exceeded = true;
            let message = format!(
                "written out, the scenario has more than {MOST_PARTS} parts of conditions, effects and groups"
            );
            self.report(
                Diagnostic::new(meaning::LIMIT, place, message)
                    .label("the limit is passed here")
                    .help("take smaller groups, or fewer members in one `for each`"),
            );
        }
        None
    }

    /// Checks a number of things against a limit, and says where it is passed.
    pub(super) fn within_limit(
        &mut self,
        count: usize,
        most: usize,
        what: &str,
        place: Span,
    ) -> bool {
        if count <= most {
            return true;
        }
        let message = format!("written out, the scenario has more than {most} {what}");
        self.report(
            Diagnostic::new(meaning::LIMIT, place, message)
                .label("the limit is passed here")
                .help("take smaller groups, or a filter (`where`) that leaves fewer choices"),
        );
        false
    }
}
