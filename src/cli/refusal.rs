//! Why a scenario is not evaluated.

use super::evaluate::Refusal;
use super::status::Stop;
use crate::analysis::Failure;
use crate::diagnostic::Diagnostic;
use crate::source::Sources;

/// Why it is not evaluated, before the files that the diagnostics name are at hand.
#[derive(Debug)]
pub enum Why {
    /// The options do not fit it.
    Stop(Stop),
    /// It has errors.
    Errors(Vec<Diagnostic>),
    /// A limit is reached.
    Limit(Box<Diagnostic>),
}

impl From<Failure> for Why {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Scenario(diagnostics) => Self::Errors(diagnostics),
            Failure::Limit(diagnostic) => Self::Limit(diagnostic),
        }
    }
}

impl Why {
    /// In one sentence.
    #[must_use]
    pub fn told(self) -> String {
        match self {
            Self::Stop(stop) => stop.message.unwrap_or_default(),
            Self::Errors(diagnostics) => {
                diagnostics.into_iter().next().map(|first| first.message).unwrap_or_default()
            }
            Self::Limit(diagnostic) => diagnostic.message,
        }
    }

    /// With the files that its diagnostics name.
    #[must_use]
    pub fn with(self, sources: &Sources) -> Refusal {
        match self {
            Self::Stop(stop) => Refusal::Stop(stop),
            Self::Errors(diagnostics) => Refusal::Errors(diagnostics, sources.clone()),
            Self::Limit(diagnostic) => Refusal::Limit(diagnostic, sources.clone()),
        }
    }
}
