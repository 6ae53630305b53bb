//! What a command ends with.

use crate::diagnostic::Diagnostic;
use std::process::ExitCode;

/// The exit statuses, the same for every command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It did what was asked.
    Done,
    /// The scenario has errors.
    ScenarioErrors,
    /// The command line itself is wrong.
    WrongCommandLine,
    /// An expectation, or a snapshot, does not hold.
    ExpectationFails,
    /// It could not be done here: a file that cannot be read or written, a limit reached.
    CannotBeDone,
    /// A fault of Escalade itself has come to light.
    Fault,
    /// It was interrupted, and did what it could.
    Interrupted,
}

impl Status {
    /// What errors that were found mean: the scenario has them, or Escalade has a fault.
    #[must_use]
    pub fn of_errors<'d>(found: impl IntoIterator<Item = &'d Diagnostic>) -> Self {
        let fault = found.into_iter().any(Diagnostic::is_fault);
        if fault { Self::Fault } else { Self::ScenarioErrors }
    }

    /// The status of a command that did several things: errors count most, then what could not be
    /// done.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let weight = |status| match status {
            Self::Done => 0,
            Self::ExpectationFails => 1,
            Self::CannotBeDone => 2,
            Self::WrongCommandLine => 3,
            Self::ScenarioErrors => 4,
            Self::Fault => 5,
            Self::Interrupted => 6,
        };
        if weight(other) > weight(self) { other } else { self }
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Done => 0,
            Status::ScenarioErrors => 1,
            Status::WrongCommandLine => 2,
            Status::ExpectationFails => 3,
            Status::CannotBeDone | Status::Fault => 4,
            Status::Interrupted => 130,
        })
    }
}

/// A command cannot go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// What it ends with.
    pub status: Status,
    /// What is still to be said; nothing where diagnostics have said it.
    pub message: Option<String>,
}

impl Stop {
    /// Everything has been said.
    #[must_use]
    pub fn said(status: Status) -> Self {
        Self { status, message: None }
    }

    /// With a message for the user.
    #[must_use]
    pub fn because(status: Status, message: impl Into<String>) -> Self {
        Self { status, message: Some(message.into()) }
    }
}
