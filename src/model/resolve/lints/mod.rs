//! Doubts: what is said of them, and one file for each that takes more than a glance.

mod against_position;
mod dead_outcomes;
mod empty_texts;
mod hollow;
mod look_alikes;
mod near_certain;
mod numbers;
mod one_sided;
mod readings;
mod ways_out;

pub(super) use hollow::Ranged;

use super::Builder;
use crate::diagnostic::lint::{Level, Levels, name};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::Defaults;
use crate::model::allow::Allows;
use crate::source::FileId;

/// How much doubts matter in a scenario.
pub(in crate::model) struct Lints {
    levels: Levels,
    /// The file that the levels stand in.
    path: String,
    allows: Allows,
    /// The file that is run.
    root: FileId,
}

impl Lints {
    /// As the file of defaults and the comments of the scenario have it.
    pub(in crate::model) fn new(defaults: &Defaults, allows: Allows, root: FileId) -> Self {
        let path = defaults.path().unwrap_or_default().to_owned();
        Self { levels: defaults.levels().clone(), path, allows, root }
    }
}

impl Builder<'_> {
    /// A diagnostic as it is told: not at all where it is a doubt that is allowed, and as an error
    /// where it is one that is denied.
    pub(super) fn weighed(&mut self, mut diagnostic: Diagnostic) -> Option<Diagnostic> {
        if diagnostic.severity == Severity::Error {
            return Some(diagnostic);
        }
        let lints = self.lints.as_mut()?;
        let (code, place) = (diagnostic.code, diagnostic.primary.span);
        if lints.allows.allow(code, place) {
            return None;
        }
        match lints.levels.of(code) {
            Level::Allow => return None,
            Level::Warn => {}
            Level::Deny => {
                diagnostic.severity = Severity::Error;
                let help =
                    diagnostic.help.take().map(|help| format!("{help}; ")).unwrap_or_default();
                let lint = name(code).unwrap_or(code.0);
                let why = format!("{help}`{}` denies `{lint}`", lints.path);
                diagnostic = diagnostic.help(why);
            }
        }
        Some(diagnostic)
    }

    /// What is wrong with the comments that allow something.
    pub(super) fn wrong_allows(&mut self) -> Vec<Diagnostic> {
        self.lints.as_mut().map(|lints| lints.allows.take_wrong()).unwrap_or_default()
    }

    /// The comments that allow what was not found; only where everything was looked for. What is
    /// imported may be needed by those who run it.
    pub(super) fn needless_allows(&self) -> Vec<Diagnostic> {
        self.lints.as_ref().map(|lints| lints.allows.needless(lints.root)).unwrap_or_default()
    }
}
