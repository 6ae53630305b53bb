//! Doubts about a whole scenario.

use super::Builder;

impl Builder<'_> {
    /// Warns of what is probably not meant.
    pub(super) fn warn(&mut self) {
        self.warn_of_late_injects();
    }
}
