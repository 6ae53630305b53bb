//! Why something happens, and why not, as Markdown.

use super::{escaped, files};
use crate::analysis::{Account, Answers};
use crate::report::content::not_looked_for::{WHY, not_here};
use crate::report::content::why::WhyReport;
use crate::report::isolate::isolated;
use crate::report::percent::small;
use crate::report::{Report, percent};
use std::collections::BTreeSet;
use std::fmt::Write as _;

// Writing to a string cannot fail; so with every `write!` here.

/// The page of `why` as Markdown.
#[must_use]
pub fn why(report: &WhyReport<'_>) -> String {
    let model = isolated(report.model);
    let report = &WhyReport { model: &model, ..*report };
    let mut text = String::new();
    let _ = writeln!(text, "# {}\n\n{}", escaped(&report.title()), escaped(&report.summary()));
    if report.why.possible {
        text.push_str("\n## Storylines\n\n");
        accounts(&mut text, report);
    }
    let needs = report.needs();
    if !needs.is_empty() {
        text.push_str("\n## Needed\n\n");
        lines(&mut text, &needs);
    }
    if report.has_barriers() {
        text.push_str("\n## Why not\n");
        barriers(&mut text, report);
    }
    let repeat = report.repeat;
    let _ = writeln!(text, "\n## Method\n\n{}\n", escaped(&report.method()));
    let _ = writeln!(text, "- escalade {}", repeat.version);
    let _ = writeln!(text, "- file {}, text hash {}", escaped(report.file), repeat.text_hash);
    files(&mut text, repeat);
    text
}

/// Writes into the report of `run` why the most probable outcomes come about, and why others do not.
pub fn write(text: &mut String, report: &Report<'_>, main: &Answers) {
    if report.model.outcomes.is_empty() {
        return;
    }
    text.push_str("\n## Why, and why not\n");
    let Some(behind) = report.behind else {
        let _ = writeln!(text, "\n{}", not_here(main, WHY));
        return;
    };
    for one in behind.often.iter().map(|why| report.why(behind, why)) {
        let (title, summary) = (escaped(&one.title()), escaped(&one.summary()));
        let _ = writeln!(text, "\n### Why: {title}\n\n{summary}");
        if let Some(others) = one.others() {
            let _ = writeln!(text, "\n{}", escaped(&others));
        }
        text.push('\n');
        accounts(text, &one);
        let needs = one.needs();
        if !needs.is_empty() {
            text.push('\n');
            lines(text, &needs);
        }
    }
    for one in behind.seldom.iter().map(|why| report.why(behind, why)) {
        let (title, summary) = (escaped(&one.title()), escaped(&one.summary()));
        let _ = writeln!(text, "\n### Why not: {title}\n\n{summary}");
        barriers(text, &one);
    }
    let _ = writeln!(text, "\n{WHY}.");
}

fn accounts(text: &mut String, report: &WhyReport<'_>) {
    let _ = writeln!(text, "{}", escaped(&report.carried()));
    let mut told = BTreeSet::new();
    for (at, one) in report.why.accounts.iter().enumerate() {
        let (chance, share) = (small(one.probability), percent(one.share));
        let _ = writeln!(text, "\n**{}. {chance}**, {share} of it\n", at + 1);
        account(text, report, one, &mut told);
    }
}

/// Sentences, and items of lists behind a dash.
fn lines(text: &mut String, lines: &[String]) {
    let mut list = false;
    for line in lines {
        match line.strip_prefix("- ") {
            Some(item) => {
                let _ = writeln!(text, "{}- {}", if list { "" } else { "\n" }, escaped(item));
                list = true;
            }
            None => {
                let _ = writeln!(text, "{}{}", if list { "\n" } else { "" }, escaped(line));
                list = false;
            }
        }
    }
}

/// What leads there, turn by turn, each with what brought it about; a rationale is told once.
fn account(
    text: &mut String,
    report: &WhyReport<'_>,
    account: &Account,
    told: &mut BTreeSet<String>,
) {
    for step in &account.steps {
        for happening in step.happenings.iter().filter(|one| one.leads_there) {
            let what = escaped(&report.happening(&happening.kind));
            let _ = writeln!(text, "- {}: **{what}**", report.turn(step.turn));
            for cause in &happening.causes {
                let _ = writeln!(text, "  - {}", escaped(&report.cause(cause)));
                if let Some(quote) = report.because(cause) {
                    let quote = report.quoted(quote);
                    if !told.contains(&quote) {
                        let _ = writeln!(text, "    - {}", escaped(&quote));
                        told.insert(quote);
                    }
                }
            }
        }
    }
}

fn barriers(text: &mut String, report: &WhyReport<'_>) {
    if let Some(others) = report.others() {
        let _ = writeln!(text, "\n{}", escaped(&others));
    }
    if report.is_out_of_reach() {
        let _ = writeln!(text, "\n{}", WhyReport::OUT_OF_REACH);
    }
    for barrier in report.barriers() {
        let _ = writeln!(text, "\n{}", escaped(&report.barrier(barrier)));
        let obstacles = barrier.obstacles.iter();
        let told = obstacles.filter_map(|obstacle| report.obstacle(barrier, obstacle));
        for (at, sentence) in told.enumerate() {
            let _ = writeln!(text, "{}- {}", if at == 0 { "\n" } else { "" }, escaped(&sentence));
        }
    }
    if let Some(left_out) = report.barriers_left_out() {
        let _ = writeln!(text, "\n{left_out}");
    }
}
