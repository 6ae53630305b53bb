//! Observations: what has been seen.

use super::{Builder, Scope, each_item};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::pages::warnings::BEYOND_HORIZON;
use crate::model::Observation;

impl Builder<'_> {
    pub(super) fn build_observations(&mut self) {
        for (item, tree) in each_item!(self.items, Observe) {
            let turn = self.turn_at(&tree.at, "the turn of an observation");
            let condition = self.cond(&tree.seen, &Scope::EMPTY);
            let written = self.written(item.span);
            let text = written.strip_prefix("observe").unwrap_or(&written).trim_start().to_owned();
            if let (Some(turn), Some(condition)) = (turn, condition) {
                let observation = Observation { turn, condition, text, span: item.span };
                self.model.observations.push(observation);
            } else {
                self.leave_out(item.span);
            }
        }
        // Stable: what was seen in one turn stays in the order of the text.
        self.model.observations.sort_by_key(|observation| observation.turn);
    }

    /// Warns of observations of turns that the run never gets to.
    pub(super) fn warn_of_late_observations(&mut self) {
        let Some(horizon) = self.model.horizon else { return };
        let late = self.model.observations.iter().filter(|seen| seen.turn > horizon);
        let told = late.map(|seen| {
            let message = format!(
                "nothing can be observed in turn {}: the run ends with turn {horizon}",
                seen.turn
            );
            Diagnostic::new(BEYOND_HORIZON, seen.span, message)
                .help("observe an earlier turn, or give the scenario a longer `horizon`")
        });
        let told: Vec<Diagnostic> = told.collect();
        told.into_iter().for_each(|diagnostic| self.report(diagnostic));
    }
}
