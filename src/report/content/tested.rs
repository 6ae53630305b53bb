//! What `test` found out about one scenario.

use crate::analysis::{Answers, Failure, Unanswered};
use crate::diagnostic::Diagnostic;
use crate::model::{BASELINE, Model};
use crate::source::Sources;
use std::time::Duration;

/// One tested scenario.
#[derive(Clone, Debug)]
pub struct Tested {
    /// Its path.
    pub file: String,
    /// The files that were read for it.
    pub sources: Sources,
    /// Its errors and warnings, or the limit that was reached.
    pub diagnostics: Vec<Diagnostic>,
    /// What became of it.
    pub result: TestResult,
    /// How long it took; told on a terminal, elsewhere only on request.
    pub time: Duration,
}

/// What became of a tested scenario.
#[derive(Clone, Debug)]
pub enum TestResult {
    /// It was evaluated.
    Evaluated(Box<Evaluated>),
    /// It has errors.
    Errors,
    /// A limit was reached.
    Limit,
}

/// A scenario that was evaluated.
#[derive(Clone, Debug)]
pub struct Evaluated {
    /// What it means.
    pub model: Model,
    /// The answers for the scenario as written, or for the reading asked for.
    pub answers: Answers,
    /// Other readings that cannot be evaluated.
    pub unanswered: Vec<Unanswered>,
    /// What became of its snapshot.
    pub snapshot: SnapshotResult,
}

/// What became of a snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SnapshotResult {
    /// There is none.
    Missing,
    /// Options were given that change the results, so it was not compared.
    NotCompared,
    /// It says the same.
    Same,
    /// It differs: a unified diff from the kept to the new one.
    Different(String),
    /// It was written for the first time.
    Created,
    /// It differed and was renewed.
    Renewed,
}

impl SnapshotResult {
    /// The word for it in every output.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::NotCompared => "not compared",
            Self::Same => "same",
            Self::Different(_) => "different",
            Self::Created => "created",
            Self::Renewed => "renewed",
        }
    }
}

impl Tested {
    /// What is said of it in a word.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let TestResult::Evaluated(evaluated) = &self.result else {
            return match self.result {
                TestResult::Limit => Verdict::Limit,
                TestResult::Errors | TestResult::Evaluated(_) => Verdict::Errors,
            };
        };
        let has = |limit| {
            let mut parts = evaluated.unanswered.iter();
            parts.any(|part| matches!(part.failure, Failure::Limit(_)) == limit)
        };
        let different = matches!(evaluated.snapshot, SnapshotResult::Different(_));
        match (has(false), has(true)) {
            (true, _) => Verdict::Errors,
            (false, true) => Verdict::Limit,
            _ if different || evaluated.failed_expectations() > 0 => Verdict::Failed,
            _ => Verdict::Passed,
        }
    }
}

/// What is said of a tested scenario in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Everything holds that it expects, its snapshot included.
    Passed,
    /// An expectation, or the snapshot, does not hold.
    Failed,
    /// It, or one of its readings, has errors.
    Errors,
    /// A limit was reached with it, or with one of its readings.
    Limit,
}

/// The name of a reading that cannot be evaluated.
#[must_use]
pub fn reading_name<'a>(model: &'a Model, part: &Unanswered) -> &'a str {
    let reading = part.reading.and_then(|at| model.readings.get(at));
    reading.map_or(BASELINE, |reading| reading.name.as_str())
}

impl Evaluated {
    /// How many expectations do not hold.
    #[must_use]
    pub fn failed_expectations(&self) -> usize {
        self.answers.expectations.iter().filter(|answer| !answer.holds).count()
    }

    /// The names of rules and decisions that no storyline ever uses, in the order of their declaration.
    #[must_use]
    pub fn unused_rules(&self) -> Vec<&str> {
        let name = |id: &crate::model::DeclId| self.model.declarations[id.index()].name.as_str();
        self.answers.unused.iter().map(name).collect()
    }
}

/// How many of what, over all tested scenarios.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TestCounts {
    /// Scenarios.
    pub scenarios: usize,
    /// Scenarios that passed.
    pub passed: usize,
    /// Scenarios whose expectations or snapshot failed.
    pub failed: usize,
    /// Scenarios with errors.
    pub errors: usize,
    /// Scenarios that reached a limit.
    pub limits: usize,
    /// Expectations.
    pub expectations: usize,
    /// Expectations that do not hold.
    pub failed_expectations: usize,
    /// Snapshots that differ.
    pub different_snapshots: usize,
}

impl TestCounts {
    /// The counts over these.
    #[must_use]
    pub fn of(all: &[Tested]) -> Self {
        let mut counts = Self { scenarios: all.len(), ..Self::default() };
        for tested in all {
            match tested.verdict() {
                Verdict::Passed => counts.passed += 1,
                Verdict::Failed => counts.failed += 1,
                Verdict::Errors => counts.errors += 1,
                Verdict::Limit => counts.limits += 1,
            }
            if let TestResult::Evaluated(evaluated) = &tested.result {
                counts.expectations += evaluated.answers.expectations.len();
                counts.failed_expectations += evaluated.failed_expectations();
                let different = matches!(evaluated.snapshot, SnapshotResult::Different(_));
                counts.different_snapshots += usize::from(different);
            }
        }
        counts
    }
}
