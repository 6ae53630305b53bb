//! The collector that every stage writes its diagnostics into.

use super::{Code, Diagnostic, Severity};
use crate::source::Span;
use rustc_hash::FxHashSet;

/// Diagnostics in the making; sorted by place when taken out.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    all: Vec<Diagnostic>,
    seen: FxHashSet<(Code, Span)>,
}

impl Diagnostics {
    /// Adds one; a diagnostic that is already there, of the same code at the same place, is dropped.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if self.seen.insert((diagnostic.code, diagnostic.primary.span)) {
            self.all.push(diagnostic);
        }
    }

    /// Whether an error is among them.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.all.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Whether a mistake is among them: an error that is one at every level of lints.
    #[must_use]
    pub fn has_mistakes(&self) -> bool {
        self.all.iter().any(|diagnostic| diagnostic.code.severity() == Severity::Error)
    }

    /// All, sorted by file, place and code.
    #[must_use]
    pub fn sorted(&self) -> Vec<Diagnostic> {
        let mut all = self.all.clone();
        all.sort_by_key(|diagnostic| (diagnostic.primary.span, diagnostic.code));
        all
    }
}
