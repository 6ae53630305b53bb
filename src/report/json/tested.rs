//! The JSON of `test`.

use super::UnansweredRecord;
use super::diagnostic::DiagnosticRecord;
use super::document;
use super::results::{ExpectationRecord, expectations};
use crate::report::Form;
use crate::report::content::tested::{SnapshotResult, TestCounts, TestResult, Tested, Verdict};
use schemars::JsonSchema;
use serde::Serialize;

/// The JSON of `test`.
pub const TEST: Form = Form::new::<TestRecord<'static>>("escalade-test/1", "test --format json");

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
/// `result` is `passed`, `failed`, `errors` or `limit`; where the scenario itself could not be
/// evaluated `title`, `expectations`, `unused_rules` and `snapshot` are `null`. A snapshot's `result` is `missing`, `not compared`,
/// `same`, `different`, `created` or `renewed`; its `difference` is a unified diff from the kept to
/// the new one, `null` unless it is `different`. Expectations and diagnostics are as in `run`. With
/// `times` scenarios also have `seconds`, which differ from run to run.
#[must_use]
pub fn tested(all: &[Tested], times: bool) -> String {
    let counts = TestCounts::of(all);
    document(&TestRecord {
        format: TEST.format,
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

/// What became of the scenarios that were tested.
#[derive(JsonSchema, Serialize)]
struct TestRecord<'a> {
    /// The name and the version of this form.
    #[schemars(extend("const" = TEST.format))]
    format: &'static str,
    /// The scenarios, in the order in which they were tested.
    scenarios: Vec<ScenarioRecord<'a>>,
    /// How many there are of each.
    counts: CountsRecord,
}

/// How many scenarios and expectations there are, and what became of them.
#[derive(JsonSchema, Serialize)]
struct CountsRecord {
    /// Scenarios.
    scenarios: usize,
    /// Scenarios of which all holds.
    passed: usize,
    /// Scenarios of which an expectation or the snapshot does not hold.
    failed: usize,
    /// Scenarios with errors.
    errors: usize,
    /// Scenarios with which a limit was reached.
    limits: usize,
    /// Expectations of all scenarios.
    expectations: usize,
    /// Expectations that do not hold.
    failed_expectations: usize,
    /// Snapshots that differ.
    different_snapshots: usize,
}

/// What became of a scenario.
#[derive(JsonSchema, Serialize)]
struct ScenarioRecord<'a> {
    /// The path of the file.
    file: &'a str,
    /// The title of the scenario; `null` where it could not be evaluated.
    title: Option<&'a str>,
    /// `passed`, `failed`, `errors` where it or one of its readings has any, or `limit` where with one
    /// of them a limit was reached.
    #[schemars(extend("enum" = ["passed", "failed", "errors", "limit"]))]
    result: &'static str,
    /// What it expects; `null` where it could not be evaluated.
    expectations: Option<Vec<ExpectationRecord<'a>>>,
    /// The names of the rules that no storyline ever used; `null` where it could not be evaluated.
    unused_rules: Option<Vec<&'a str>>,
    /// What became of the snapshot beside it; `null` where it could not be evaluated.
    snapshot: Option<SnapshotRecord<'a>>,
    /// Readings that could not be evaluated, and why; only where there are any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    not_evaluated: Vec<UnansweredRecord<'a>>,
    /// Its errors and warnings.
    diagnostics: Vec<DiagnosticRecord<'a>>,
    /// How long it took, in seconds; only with `--times`.
    #[schemars(range(min = 0))]
    #[serde(skip_serializing_if = "Option::is_none")]
    seconds: Option<f64>,
}

/// How the reaction graph compares with the snapshot beside the scenario.
#[derive(JsonSchema, Serialize)]
struct SnapshotRecord<'a> {
    /// `missing`, `not compared`, `same`, `different`, `created` or `renewed`.
    #[schemars(extend("enum" = ["missing", "not compared", "same", "different", "created", "renewed"]))]
    result: &'static str,
    /// A unified diff from the kept to the new one; `null` unless it is `different`.
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
            result: match tested.verdict() {
                Verdict::Passed => "passed",
                Verdict::Failed => "failed",
                Verdict::Errors => "errors",
                Verdict::Limit => "limit",
            },
            not_evaluated: evaluated.map_or_else(Vec::new, |one| {
                UnansweredRecord::all(&one.unanswered, &one.model, &tested.sources)
            }),
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
