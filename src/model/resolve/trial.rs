//! Looking at something only for the mistakes in its names.

use super::Builder;

impl Builder<'_> {
    /// Does something and takes back what it added to the model; only names that are unknown or
    /// of the wrong kind are reported, for whatever else is wrong may hang on the choice of
    /// members.
    pub(super) fn trial(&mut self, act: impl FnOnce(&mut Self) -> bool) {
        let (events, positions) = (self.events.len(), self.positions.len());
        let outer = self.trial.replace(Vec::new());
        act(self);
        let found = std::mem::replace(&mut self.trial, outer).unwrap_or_default();
        self.events.truncate(events);
        self.positions.truncate(positions);
        for diagnostic in found {
            if diagnostic.code.0.starts_with("E1") {
                self.report(diagnostic);
            }
        }
    }
}
