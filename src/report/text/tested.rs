//! The report of `test` for a terminal.

use super::expectations;
use super::line::{Line, Paint};
use super::page::{Page, Style};
use crate::report::content::tested::{
    Evaluated, SnapshotResult, TestCounts, TestResult, Tested, Verdict, reading_name,
};
use crate::report::counted;
use crate::report::remark::remark;

/// The report of `test`: a line for each scenario, below it what failed, and a summary. Errors of
/// the scenarios themselves are not in it. With `times`, each line says how long it took.
#[must_use]
pub fn tested(all: &[Tested], times: bool, style: Style) -> String {
    let mut page = Page::new(style);
    for one in all {
        scenario(&mut page, one, times);
    }
    summary(&mut page, all);
    page.finish()
}

fn scenario(page: &mut Page, tested: &Tested, times: bool) {
    let (paint, word) = match tested.verdict() {
        Verdict::Passed => (Paint::Good, "ok"),
        Verdict::Failed => (Paint::Bad, "FAILED"),
        Verdict::Errors => (Paint::Bad, "ERRORS"),
        Verdict::Limit => (Paint::Bad, "LIMIT"),
    };
    let mut line = Line::new().then(paint, word).fill(8).strong(&tested.file);
    if let TestResult::Evaluated(evaluated) = &tested.result {
        line = line.plain("  ").faint(what(evaluated));
    }
    if times {
        line = line.faint(format!("  {:.2} s", tested.time.as_secs_f64()));
    }
    page.line(&line);
    if let TestResult::Evaluated(evaluated) = &tested.result {
        details(page, evaluated, &tested.file);
    }
}

fn what(evaluated: &Evaluated) -> String {
    let expectations = counted(evaluated.answers.expectations.len(), "expectation");
    let snapshot = match &evaluated.snapshot {
        SnapshotResult::Missing => "no snapshot".to_owned(),
        other => format!("snapshot {}", other.word()),
    };
    format!("{expectations}, {snapshot}")
}

fn details(page: &mut Page, evaluated: &Evaluated, file: &str) {
    let (model, answers) = (&evaluated.model, &evaluated.answers);
    for part in &evaluated.unanswered {
        let text = format!("the reading {} cannot be evaluated:", reading_name(model, part));
        page.indented(8, &Line::new().then(Paint::Bad, text));
        for one in part.failure.diagnostics() {
            let line = Line::new().faint(one.code.0).plain(" ").plain(&one.message);
            page.indented(10, &line);
        }
    }
    for (expectation, answer) in model.expectations.iter().zip(&answers.expectations) {
        if !answer.holds || remark(model, expectation, answer).is_some() {
            expectations::one(page, 8, model, answers, expectation, answer);
        }
    }
    let unused = evaluated.unused_rules();
    if !unused.is_empty() {
        let text = format!("no storyline ever uses: {}", unused.join(", "));
        page.indented(8, &Line::new().then(Paint::Doubt, text));
    }
    if let SnapshotResult::Different(difference) = &evaluated.snapshot {
        let text = format!("differs from {file}.snap (--accept renews it):");
        page.indented(8, &Line::new().then(Paint::Bad, text));
        for line in difference.lines() {
            let paint = match line.chars().next() {
                Some('+') => Paint::Good,
                Some('-') => Paint::Bad,
                Some('@') => Paint::Faint,
                _ => Paint::Plain,
            };
            page.line(&Line::new().fill(8).then(paint, line));
        }
    }
}

fn summary(page: &mut Page, all: &[Tested]) {
    let counts = TestCounts::of(all);
    if !all.is_empty() {
        page.blank();
    }
    let mut parts = vec![format!("{} passed", counts.passed)];
    for (count, what) in [
        (counts.failed, "failed"),
        (counts.errors, "with errors"),
        (counts.limits, "not evaluated (limit)"),
    ] {
        if count > 0 {
            parts.push(format!("{count} {what}"));
        }
    }
    let holding = counts.expectations - counts.failed_expectations;
    let hold = if counts.expectations == 1 { "holds" } else { "hold" };
    let mut line = Line::new()
        .strong(counted(counts.scenarios, "scenario"))
        .plain(format!(": {}", parts.join(", ")))
        .plain(format!("; {holding} of {} {hold}", counted(counts.expectations, "expectation")));
    if counts.different_snapshots > 0 {
        let snapshots = counted(counts.different_snapshots, "snapshot");
        line = line.plain(format!("; {snapshots} different"));
    }
    page.paragraph(&Line::new(), &Line::new().fill(2), &line);
}
