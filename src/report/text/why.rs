//! The page of `why` for a terminal.

use super::line::Line;
use super::page::{Page, Style};
use crate::analysis::{Account, Happening};
use crate::report::content::why::WhyReport;
use crate::report::percent::{percent, small};
use std::collections::BTreeSet;

/// Why something happens, and why not, for a terminal.
#[must_use]
pub fn why(report: &WhyReport<'_>, style: Style) -> String {
    let mut page = Page::new(style);
    let title = report.title();
    page.paragraph(&Line::new(), &Line::new(), &Line::new().strong(&title));
    let width = Line::new().plain(&title).width().clamp(8, page.width());
    page.line(&Line::new().faint("─".repeat(width)));
    page.indented(0, &Line::new().plain(report.summary()));
    if report.why.possible {
        storylines(&mut page, report);
    }
    let needs = report.needs();
    if !needs.is_empty() {
        page.section("Needed", "the rules without which it cannot happen");
        needs.iter().for_each(|line| item(&mut page, line));
    }
    barriers(&mut page, report);
    page.section("Method", "");
    page.indented(2, &Line::new().plain(report.method()));
    page.finish()
}

/// A sentence, or, behind a dash, an item of a list.
fn item(page: &mut Page, text: &str) {
    match text.strip_prefix("- ") {
        Some(text) => {
            let (first, next) = (Line::new().plain("  · "), Line::new().fill(4));
            page.paragraph(&first, &next, &Line::new().plain(text));
        }
        None => page.indented(2, &Line::new().plain(text)),
    }
}

fn storylines(page: &mut Page, report: &WhyReport<'_>) {
    page.section("Storylines", "");
    page.indented(2, &Line::new().plain(report.carried()));
    let mut quoted = BTreeSet::new();
    for (at, account) in report.why.accounts.iter().enumerate() {
        page.blank();
        let share = format!("{} of it", percent(account.share));
        let chance = format!("{}. {}", at + 1, small(account.probability));
        page.indented(2, &Line::new().value(chance).plain(", ").plain(share));
        self::account(page, report, account, &mut quoted);
    }
}

/// A storyline: what leads there, each with what brought it about; a rationale is told once.
fn account(
    page: &mut Page,
    report: &WhyReport<'_>,
    account: &Account,
    quoted: &mut BTreeSet<String>,
) {
    let mut beside = 0;
    for step in &account.steps {
        let leading = step.happenings.iter().filter(|one| one.leads_there);
        let leading: Vec<&Happening> = leading.collect();
        beside += step.happenings.len() - leading.len();
        if leading.is_empty() {
            continue;
        }
        page.indented(5, &Line::new().faint(report.turn(step.turn)));
        for happening in leading {
            let next = Line::new().fill(9);
            let text = Line::new().strong(report.happening(&happening.kind));
            page.paragraph(&Line::new().fill(7), &next, &text);
            for cause in &happening.causes {
                let (first, next) = (Line::new().fill(9), Line::new().fill(11));
                page.paragraph(&first, &next, &Line::new().plain(report.cause(cause)));
                if let Some(quote) = report.because(cause) {
                    let text = report.quoted(quote);
                    if quoted.insert(text.clone()) {
                        let next = Line::new().fill(12);
                        page.paragraph(&Line::new().fill(11), &next, &Line::new().faint(text));
                    }
                }
            }
        }
    }
    if beside > 0 {
        let things = if beside == 1 { "1 other thing happens" } else { "" };
        let text = if things.is_empty() {
            format!("{beside} other things happen on the way that do not lead there.")
        } else {
            format!("{things} on the way that does not lead there.")
        };
        page.indented(5, &Line::new().faint(text));
    }
}

fn barriers(page: &mut Page, report: &WhyReport<'_>) {
    if !report.has_barriers() {
        return;
    }
    page.section("Why not", "what stood in the way, and in how many storylines");
    if let Some(others) = report.others() {
        page.indented(2, &Line::new().plain(others));
    }
    if report.is_out_of_reach() {
        page.indented(2, &Line::new().plain(WhyReport::OUT_OF_REACH));
    }
    for barrier in report.barriers() {
        page.indented(2, &Line::new().plain(report.barrier(barrier)));
        for obstacle in &barrier.obstacles {
            if let Some(text) = report.obstacle(barrier, obstacle) {
                item(page, &format!("- {text}"));
            }
        }
    }
    if let Some(left_out) = report.barriers_left_out() {
        page.indented(2, &Line::new().faint(left_out));
    }
}
