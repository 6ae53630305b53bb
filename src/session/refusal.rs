//! Why a scenario is not evaluated.

use crate::analysis::Failure;
use crate::diagnostic::Diagnostic;
use crate::source::Sources;
use std::fmt;

/// Why it is not evaluated, before the files that the diagnostics name are at hand.
#[derive(Debug)]
pub enum Why {
    /// The options do not fit it.
    Options(String),
    /// It has errors.
    Errors(Vec<Diagnostic>),
    /// A limit is reached.
    Limit(Box<Diagnostic>),
    /// It was stopped.
    Stopped,
}

/// Why a scenario is not evaluated.
#[derive(Debug)]
pub enum Refusal {
    /// The options do not fit it, in one sentence.
    Options(String),
    /// It cannot be read, in one sentence.
    Unreadable(String),
    /// It has errors.
    Errors(Vec<Diagnostic>, Sources),
    /// A limit is reached.
    Limit(Box<Diagnostic>, Sources),
    /// It was stopped before there was anything to tell; how far it had come, in a few words.
    Stopped(String),
}

const STOPPED: &str = "interrupted before there was anything to report";

impl From<Failure> for Why {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Scenario(diagnostics) => Self::Errors(diagnostics),
            Failure::Limit(diagnostic) => Self::Limit(diagnostic),
            Failure::Stopped => Self::Stopped,
        }
    }
}

impl Why {
    /// In one sentence.
    #[must_use]
    pub fn told(self) -> String {
        match self {
            Self::Options(message) => message,
            Self::Errors(diagnostics) => first(&diagnostics),
            Self::Limit(diagnostic) => diagnostic.message,
            Self::Stopped => STOPPED.to_owned(),
        }
    }

    /// With the files that its diagnostics name.
    #[must_use]
    pub fn with(self, sources: &Sources) -> Refusal {
        match self {
            Self::Options(message) => Refusal::Options(message),
            Self::Errors(diagnostics) => Refusal::Errors(diagnostics, sources.clone()),
            Self::Limit(diagnostic) => Refusal::Limit(diagnostic, sources.clone()),
            Self::Stopped => Refusal::Stopped(String::new()),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Options(message) | Self::Unreadable(message) => f.write_str(message),
            Self::Errors(diagnostics, _) => f.write_str(&first(diagnostics)),
            Self::Limit(diagnostic, _) => f.write_str(&diagnostic.message),
            Self::Stopped(told) if told.is_empty() => f.write_str(STOPPED),
            Self::Stopped(told) => write!(f, "{STOPPED} ({told} so far)"),
        }
    }
}

impl std::error::Error for Refusal {}

fn first(diagnostics: &[Diagnostic]) -> String {
    diagnostics.first().map(|first| first.message.clone()).unwrap_or_default()
}
