//! Injects: what the author scripts.

use super::{Builder, Scope, each_item};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::pages::warnings::BEYOND_HORIZON;
use crate::model::{Inject, MOST_TURNS};
use crate::syntax::tree::InjectTime;

impl Builder<'_> {
    pub(super) fn build_injects(&mut self) {
        for (item, tree) in each_item!(self.items, Inject) {
            let effects = self.block(&tree.body, &Scope::EMPTY);
            let turn = self.turn_at(&tree.at, "the turn of an inject");
            let name = match &tree.at {
                InjectTime::Turn(turn) => format!("inject turn {}", turn.value),
                InjectTime::Date(date) => format!("inject {}", date.written),
            };
            if let (Some(turn), Some(effects)) = (turn, effects) {
                self.model.injects.push(Inject { turn, effects, name, span: item.span });
            } else {
                self.leave_out(item.span);
            }
        }
        // Stable: what happens in one turn stays in the order of the text.
        self.model.injects.sort_by_key(|inject| inject.turn);
    }

    /// The turn of an inject or observation.
    pub(super) fn turn_at(&mut self, at: &InjectTime, what: &str) -> Option<u32> {
        match at {
            InjectTime::Turn(turn) => self.count(turn, 0, MOST_TURNS.into(), what, turn.span),
            InjectTime::Date(date) => {
                let day = self.date(date);
                day.and_then(|day| self.turn_of(day, date.span))
            }
        }
    }

    /// Warns of injects that the run never gets to.
    pub(super) fn warn_of_late_injects(&mut self) {
        let Some(horizon) = self.model.horizon else { return };
        let late: Vec<Diagnostic> = self
            .model
            .injects
            .iter()
            .filter(|inject| inject.turn > horizon)
            .map(|inject| {
                let message = format!(
                    "`{}` never happens: it falls in turn {}, and the run ends with turn {horizon}",
                    inject.name, inject.turn
                );
                Diagnostic::new(BEYOND_HORIZON, inject.span, message)
                    .help("take an earlier time, or a longer `horizon`")
            })
            .collect();
        late.into_iter().for_each(|diagnostic| self.report(diagnostic));
    }
}
