//! The page of `why` as Markdown.

use super::markdown::escaped;
use super::percent;
use super::why::WhyReport;
use crate::analysis::Account;
use std::fmt::Write as _;

/// Why something happens, and why not, as Markdown.
#[must_use]
pub fn why(report: &WhyReport<'_>) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail; so with every `write!` here.
    let _ = writeln!(text, "# {}\n\n{}", escaped(&report.title()), prose(&report.summary()));
    if report.why.possible {
        let _ = writeln!(text, "\n## Storylines\n\n{}", prose(&report.carried()));
        for (at, one) in report.why.accounts.iter().enumerate() {
            let (chance, share) = (percent(one.probability), percent(one.share));
            let _ = writeln!(text, "\n**{}. {chance}**, {share} of it\n", at + 1);
            account(&mut text, report, one);
        }
    }
    let needs = report.needs();
    if !needs.is_empty() {
        text.push_str("\n## Needed\n\n");
        lines(&mut text, &needs);
    }
    barriers(&mut text, report);
    let repeat = report.repeat;
    let _ = writeln!(text, "\n## Method\n\n{}\n", prose(&report.method()));
    let _ = writeln!(text, "- escalade {}", repeat.version);
    let _ = writeln!(text, "- file {}, text hash {}", escaped(report.file), repeat.text_hash);
    text
}

/// Sentences, and items of lists behind a dash.
fn lines(text: &mut String, lines: &[String]) {
    let mut list = false;
    for line in lines {
        match line.strip_prefix("- ") {
            Some(item) => {
                let _ = writeln!(text, "{}- {}", if list { "" } else { "\n" }, prose(item));
                list = true;
            }
            None => {
                let _ = writeln!(text, "{}{}", if list { "\n" } else { "" }, prose(line));
                list = false;
            }
        }
    }
}

fn account(text: &mut String, report: &WhyReport<'_>, account: &Account) {
    for step in &account.steps {
        for happening in step.happenings.iter().filter(|one| one.leads_there) {
            let what = escaped(&report.happening(&happening.kind));
            let _ = writeln!(text, "- {}: **{what}**", report.turn(step.turn));
            for cause in &happening.causes {
                let _ = writeln!(text, "  - {}", prose(&report.cause(cause)));
                if let Some(quote) = report.because(cause) {
                    let _ = writeln!(text, "    - {}", prose(&report.quoted(quote)));
                }
            }
        }
    }
}

fn barriers(text: &mut String, report: &WhyReport<'_>) {
    let why = report.why;
    if why.barriers.is_empty() && why.others.is_empty() && why.possible {
        return;
    }
    text.push_str("\n## Why not\n");
    if let Some(others) = report.others() {
        let _ = writeln!(text, "\n{}", prose(&others));
    }
    if why.barriers.is_empty() && why.others.is_empty() {
        text.push_str("\nNo rule or decision of the scenario could bring it about.\n");
    }
    for barrier in report.barriers() {
        let _ = writeln!(text, "\n{}\n", prose(&report.barrier(barrier)));
        for obstacle in &barrier.obstacles {
            if let Some(sentence) = report.obstacle(barrier, obstacle) {
                let _ = writeln!(text, "- {}", prose(&sentence));
            }
        }
    }
    if let Some(left_out) = report.barriers_left_out() {
        let _ = writeln!(text, "\n{left_out}");
    }
}

/// A sentence with the scenario's words in it.
fn prose(text: &str) -> String {
    escaped(text)
}
