//! Outcomes that can never be reached.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::pages::lints::DEAD_OUTCOME;
use crate::model::resolve::Builder;
use crate::model::resolve::possible::Possible;
use crate::source::FileId;

impl Builder<'_> {
    /// The outcomes of the file that is run whose condition cannot hold, whatever happens.
    pub(in crate::model::resolve) fn dead_outcomes(
        &self,
        possible: &Possible<'_>,
    ) -> Vec<Diagnostic> {
        let own = self.model.outcomes.iter().filter(|outcome| outcome.span.file == FileId(0));
        own.filter_map(|outcome| {
            let condition = outcome.condition.as_ref()?;
            if possible.chance(condition).may_hold {
                return None;
            }
            let why = self.why_never(possible, condition);
            let why = why.unwrap_or_else(|| "its condition cannot hold".to_owned());
            let message = format!("`{}` can never be reached: {why}", outcome.name);
            let help = "let something lead there, mend the condition, or take it out";
            Some(Diagnostic::new(DEAD_OUTCOME, outcome.span, message).help(help))
        })
        .collect()
    }
}
