//! The points of a sweep that have no answers.

use super::points::Points;
use crate::analysis::Failure;
use crate::cli::status::Status;
use crate::diagnostic::Code;
use crate::diagnostic::pages::running::CONFLICT;
use crate::report::counted;
use crate::session::Why;
use crate::source::Span;

/// For so many reasons it is told which points they hold for.
const REASONS_TOLD: usize = 5;

/// The points that have no answers, by the reasons.
#[derive(Debug)]
pub struct Empty {
    reasons: Vec<Reason>,
    answered: bool,
    status: Status,
}

/// Why some points have none.
#[derive(Debug)]
struct Reason {
    /// What it is, and where in the scenario, whatever the numbers.
    kind: Option<(Code, Span)>,
    /// In words, of the first of them.
    told: String,
    first: usize,
    count: usize,
}

impl Empty {
    /// None yet.
    pub fn new() -> Self {
        Self { reasons: Vec::new(), answered: false, status: Status::Done }
    }

    /// A point has answers.
    pub fn answered(&mut self) {
        self.answered = true;
    }

    /// A point has none; the reason, as it stands in the table.
    pub fn add(&mut self, point: usize, failure: &Failure) -> String {
        // That a grid has impossible corners says nothing against the scenario; a contradiction does.
        self.status = self.status.and(match failure {
            Failure::Limit(_) => Status::CannotBeDone,
            Failure::Stopped => Status::Interrupted,
            Failure::Scenario(told) if told.iter().any(|one| one.code == CONFLICT) => {
                Status::ScenarioErrors
            }
            Failure::Scenario(_) => Status::Done,
        });
        let first = match failure {
            Failure::Scenario(told) => told.first(),
            Failure::Limit(told) => Some(&**told),
            Failure::Stopped => None,
        };
        let kind = first.map(|first| (first.code, first.primary.span));
        let told = Why::from(failure.clone()).told();
        match self.reasons.iter_mut().find(|known| known.kind == kind) {
            Some(known) => known.count += 1,
            None => {
                self.reasons.push(Reason { kind, told: told.clone(), first: point, count: 1 });
            }
        }
        told
    }

    /// What is said of them, a line each.
    pub fn told(&self, points: &Points) -> Vec<String> {
        let mut told: Vec<String> = (self.reasons.iter().take(REASONS_TOLD))
            .map(|Reason { told, first, count, .. }| {
                let which = match count {
                    1 => points.told(*first),
                    _ => format!("first {}", points.told(*first)),
                };
                let count = counted(*count, "point");
                format!("warning: at {count} ({which}) the answers are left empty: {told}")
            })
            .collect();
        if self.reasons.len() > REASONS_TOLD {
            let more = counted(self.reasons.len() - REASONS_TOLD, "other reason");
            told.push(format!("warning: and more, for {more}: see the column `why_empty`"));
        }
        told
    }

    /// What the command ends with.
    pub fn status(&self) -> Status {
        match self.status {
            Status::Done if !self.answered && !self.reasons.is_empty() => Status::ScenarioErrors,
            status => status,
        }
    }
}
