//! What `test` found as JUnit XML, which services for continuous integration read: a suite for each
//! scenario, a case for each expectation and one for the snapshot.

use crate::analysis::ExpectationAnswer;
use crate::diagnostic::render;
use crate::model::Expectation;
use crate::report::content::tested::{
    Evaluated, SnapshotResult, TestCounts, TestResult, Tested, reading_name,
};
use crate::report::drawing::xml::escaped;
use crate::report::percent;
use crate::report::remark::remark;
use crate::report::text::{Style, broken};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::num::NonZeroU16;
use std::time::Duration;

/// How wide the storyline under a failure is laid out.
const WIDTH: NonZeroU16 = match NonZeroU16::new(100) {
    Some(width) => width,
    None => NonZeroU16::MIN,
};

/// The XML of `test`. With `times` suites say how long they took, which differs from run to run.
///
/// A failed expectation has the storyline that breaks it as the text of its `failure`, a different
/// snapshot the difference. A scenario with errors, or one that reached a limit, is a suite of one case
/// with an `error`; so is each reading that cannot be evaluated, as a case of its own. Rules that no storyline
/// ever uses stand in `system-out`, and so does, in its own case, that an expectation holds of nothing.
#[must_use]
pub fn tested(all: &[Tested], times: bool) -> String {
    let suites: Vec<Suite> = all.iter().map(Suite::new).collect();
    let counts = TestCounts::of(all);
    let time: Duration = all.iter().map(|tested| tested.time).sum();
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    // Writing to a string cannot fail.
    let _ = writeln!(
        xml,
        "<testsuites name=\"escalade\" tests=\"{}\" failures=\"{}\" errors=\"{}\"{}>",
        suites.iter().map(|suite| suite.cases.len()).sum::<usize>(),
        counts.failed_expectations + counts.different_snapshots,
        suites.iter().map(Suite::errors).sum::<usize>(),
        timed(times, time)
    );
    for (suite, tested) in suites.iter().zip(all) {
        suite.write(&mut xml, tested, times);
    }
    xml.push_str("</testsuites>\n");
    xml
}

fn timed(times: bool, time: Duration) -> String {
    if times { format!(" time=\"{:.3}\"", time.as_secs_f64()) } else { String::new() }
}

struct Suite {
    cases: Vec<Case>,
    said: String,
}

struct Case {
    name: String,
    line: Option<u32>,
    result: Result,
    /// What is to be said of it, whatever came of it.
    said: Option<String>,
}

enum Result {
    Passed,
    Skipped(&'static str),
    Failed { kind: &'static str, message: String, text: String },
    Error { kind: &'static str, message: String, text: String },
}

impl Suite {
    fn new(tested: &Tested) -> Self {
        let error = |kind, message: &str| Case {
            name: "scenario".to_owned(),
            line: None,
            result: Result::Error {
                kind,
                message: message.to_owned(),
                text: render::short(&tested.diagnostics, &tested.sources),
            },
            said: None,
        };
        match &tested.result {
            TestResult::Evaluated(evaluated) => Self::evaluated(tested, evaluated),
            TestResult::Errors => {
                let count = render::count(&tested.diagnostics).unwrap_or_default();
                Self { cases: vec![error("errors", &count)], said: String::new() }
            }
            TestResult::Limit => {
                let first = tested.diagnostics.first().map_or("", |first| first.message.as_str());
                Self { cases: vec![error("limit", first)], said: String::new() }
            }
        }
    }

    fn evaluated(tested: &Tested, evaluated: &Evaluated) -> Self {
        let (model, answers) = (&evaluated.model, &evaluated.answers);
        let mut names = BTreeSet::new();
        let mut cases = Vec::new();
        for (expectation, answer) in model.expectations.iter().zip(&answers.expectations) {
            let span = expectation.span;
            let line = tested.sources.file(span.file).place(span.start).line;
            let mut name = told(expectation);
            // Services take cases of one name for one case.
            if !names.insert(name.clone()) {
                name = format!("{name} (line {line})");
            }
            let result = match answer.holds {
                true => Result::Passed,
                false => Result::Failed {
                    kind: "expectation",
                    message: failure(expectation, answer),
                    text: broken(model, answers, answer, Style { width: WIDTH, colour: false }),
                },
            };
            let said = remark(model, expectation, answer);
            cases.push(Case { name, line: Some(line), result, said });
        }
        for part in &evaluated.unanswered {
            let diagnostics = part.failure.diagnostics();
            let first = diagnostics.first().map_or("", |first| first.message.as_str());
            let result = Result::Error {
                kind: "reading",
                message: first.to_owned(),
                text: render::short(diagnostics, &tested.sources),
            };
            let name = format!("reading {}", reading_name(model, part));
            cases.push(Case { name, line: None, result, said: None });
        }
        cases.extend(snapshot(&evaluated.snapshot, &tested.file));
        let unused = evaluated.unused_rules();
        let said = match unused.is_empty() {
            true => String::new(),
            false => format!("no storyline ever uses: {}", unused.join(", ")),
        };
        Self { cases, said }
    }

    fn errors(&self) -> usize {
        self.count(|result| matches!(result, Result::Error { .. }))
    }

    fn count(&self, wanted: fn(&Result) -> bool) -> usize {
        self.cases.iter().filter(|case| wanted(&case.result)).count()
    }

    fn write(&self, xml: &mut String, tested: &Tested, times: bool) {
        let file = escaped(&tested.file);
        let _ = writeln!(
            xml,
            "  <testsuite name=\"{file}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\"{}>",
            self.cases.len(),
            self.count(|result| matches!(result, Result::Failed { .. })),
            self.errors(),
            self.count(|result| matches!(result, Result::Skipped(_))),
            timed(times, tested.time)
        );
        self.cases.iter().for_each(|case| case.write(xml, &file));
        if !self.said.is_empty() {
            let _ = writeln!(xml, "    <system-out>{}</system-out>", escaped(&self.said));
        }
        xml.push_str("  </testsuite>\n");
    }
}

impl Case {
    fn write(&self, xml: &mut String, file: &str) {
        let name = escaped(&self.name);
        let line = self.line.map(|line| format!(" line=\"{line}\"")).unwrap_or_default();
        let _ =
            write!(xml, "    <testcase name=\"{name}\" classname=\"{file}\" file=\"{file}\"{line}");
        let said = self.said.as_ref();
        let said = said.map(|said| format!("      <system-out>{}</system-out>\n", escaped(said)));
        let said = said.unwrap_or_default();
        let (element, kind, message, text) = match &self.result {
            Result::Passed if said.is_empty() => return xml.push_str("/>\n"),
            Result::Passed => {
                let _ = writeln!(xml, ">\n{said}    </testcase>");
                return;
            }
            Result::Skipped(why) => {
                let _ = writeln!(xml, "><skipped message=\"{}\"/></testcase>", escaped(why));
                return;
            }
            Result::Failed { kind, message, text } => ("failure", kind, message, text),
            Result::Error { kind, message, text } => ("error", kind, message, text),
        };
        let (message, text) = (escaped(message), lines(text));
        let _ = writeln!(
            xml,
            ">\n      <{element} type=\"{kind}\" message=\"{message}\">{text}</{element}>\n{said}    </testcase>"
        );
    }
}

/// A text over several lines, harmless as the text of an element.
fn lines(text: &str) -> String {
    text.lines().map(|line| format!("{}\n", escaped(line))).collect()
}

fn told(expectation: &Expectation) -> String {
    match &expectation.title {
        Some(title) => format!("{title}: {}", expectation.text),
        None => expectation.text.clone(),
    }
}

fn failure(expectation: &Expectation, answer: &ExpectationAnswer) -> String {
    match answer.actual {
        Some(actual) => format!("{} does not hold: it is {}", expectation.text, percent(actual)),
        None => format!("{} does not hold", expectation.text),
    }
}

/// The case of a snapshot; none where there is no snapshot.
fn snapshot(result: &SnapshotResult, file: &str) -> Option<Case> {
    let result = match result {
        SnapshotResult::Missing => return None,
        SnapshotResult::NotCompared => {
            Result::Skipped("not compared: options change what is evaluated")
        }
        SnapshotResult::Same | SnapshotResult::Created | SnapshotResult::Renewed => Result::Passed,
        SnapshotResult::Different(difference) => Result::Failed {
            kind: "snapshot",
            message: format!("differs from {file}.snap"),
            text: difference.clone(),
        },
    };
    Some(Case { name: "snapshot".to_owned(), line: None, result, said: None })
}
