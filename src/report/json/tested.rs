//! The JSON of `test`.

use super::diagnostic::DiagnosticRecord;
use super::document;
use super::results::{ExpectationRecord, expectations};
use crate::report::tested::{SnapshotResult, TestCounts, TestResult, Tested};
use serde::Serialize;

/// The JSON of `test`:
///
/// ```json
/// {
///   "format": "escalade-test/1",
///   "scenarios": [
///     { "file": "a.esc", "title": "A", "result": "passed",
///       "expectations": [ { "text": "P(x) <= 20%", "line": 8, "holds": true, "actual": 0.1, "storyline": null } ],
///       "unused_rules": ["never_used"],
///       "snapshot": { "result": "different", "difference": "@@ ..." },
///       "diagnostics": [] }
///   ],
///   "counts": { "scenarios": 1, "passed": 1, "failed": 0, "errors": 0, "limits": 0,
///               "expectations": 1, "failed_expectations": 0, "different_snapshots": 0 }
/// }
/// ```
///
/// `result` is `passed`, `failed`, `errors` or `limit`; with the last two `title`, `expectations`,
/// `unused_rules` and `snapshot` are `null`. A snapshot's `result` is `missing`, `not compared`,
/// `same`, `different`, `created` or `renewed`; its `difference` is a unified diff from the kept to
/// the new one, `null` unless it is `different`. Expectations and diagnostics are as in `run`. With
/// `times` scenarios also have `seconds`, which differ from run to run.
#[must_use]
pub fn tested(all: &[Tested], times: bool) -> String {
    let counts = TestCounts::of(all);
    document(&TestRecord {
        format: "escalade-test/1",
        scenarios: all.iter().map(|one| ScenarioRecord::new(one, times)).collect(),
        counts: CountsRecord {
            scenarios: counts.scenarios,
            passed: counts.passed,
            failed: counts.failed,
            errors: counts.errors,
            limits: counts.limits,
            expectations: counts.expectations,
            failed_expectations: counts.failed_expectations,
            different_snapshots: counts.different_snapshots,
        },
    })
}

#[derive(Serialize)]
struct TestRecord<'a> {
    format: &'static str,
    scenarios: Vec<ScenarioRecord<'a>>,
    counts: CountsRecord,
}

#[derive(Serialize)]
struct CountsRecord {
    scenarios: usize,
    passed: usize,
    failed: usize,
    errors: usize,
    limits: usize,
    expectations: usize,
    failed_expectations: usize,
    different_snapshots: usize,
}

#[derive(Serialize)]
struct ScenarioRecord<'a> {
    file: &'a str,
    title: Option<&'a str>,
    result: &'static str,
    expectations: Option<Vec<ExpectationRecord<'a>>>,
    unused_rules: Option<Vec<&'a str>>,
    snapshot: Option<SnapshotRecord<'a>>,
    diagnostics: Vec<DiagnosticRecord<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seconds: Option<f64>,
}

#[derive(Serialize)]
struct SnapshotRecord<'a> {
    result: &'static str,
    difference: Option<&'a str>,
}

impl<'a> ScenarioRecord<'a> {
    fn new(tested: &'a Tested, times: bool) -> Self {
        let evaluated = match &tested.result {
            TestResult::Evaluated(evaluated) => Some(evaluated),
            TestResult::Errors | TestResult::Limit => None,
        };
        Self {
            file: &tested.file,
            title: evaluated.map(|one| one.model.title.as_str()),
            result: match &tested.result {
                TestResult::Evaluated(_) if tested.passed() => "passed",
                TestResult::Evaluated(_) => "failed",
                TestResult::Errors => "errors",
                TestResult::Limit => "limit",
            },
            expectations: evaluated
                .map(|one| expectations(&one.model, &one.answers.expectations, &tested.sources)),
            unused_rules: evaluated.map(|one| one.unused_rules()),
            snapshot: evaluated.map(|one| SnapshotRecord {
                result: one.snapshot.word(),
                difference: match &one.snapshot {
                    SnapshotResult::Different(difference) => Some(difference),
                    SnapshotResult::Missing
                    | SnapshotResult::NotCompared
                    | SnapshotResult::Same
                    | SnapshotResult::Created
                    | SnapshotResult::Renewed => None,
                },
            }),
            diagnostics: DiagnosticRecord::all(&tested.diagnostics, &tested.sources),
            seconds: times.then_some(tested.time.as_secs_f64()),
        }
    }
}
