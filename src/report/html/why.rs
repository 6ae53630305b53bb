//! Why the most probable outcomes come about, and why others do not.

use super::escape::{escaped, worded};
use super::page::Page;
use super::storylines::class;
use crate::analysis::{Account, Answers, Happening};
use crate::report::content::not_looked_for::{WHY, not_here};
use crate::report::content::why::WhyReport;
use crate::report::percent::small;
use crate::report::{Report, percent};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Writes why, and why not; nothing where the scenario has no outcomes.
pub fn write(page: &mut Page, report: &Report<'_>, main: &Answers) {
    if report.model.outcomes.is_empty() {
        return;
    }
    page.section("why", "Why, and why not");
    let Some(behind) = report.behind else {
        page.words("", &not_here(main, WHY));
        return;
    };
    let mut told = BTreeSet::new();
    for one in &behind.often {
        often(page, main, &report.why(behind, one), &mut told);
    }
    for one in &behind.seldom {
        seldom(page, &report.why(behind, one));
    }
    page.words("faint", &format!("{WHY}."));
}

fn often(page: &mut Page, main: &Answers, report: &WhyReport<'_>, told: &mut BTreeSet<String>) {
    page.add(&format!("<h3>Why: {}</h3>", escaped(&report.title())));
    page.words("", &report.summary());
    if let Some(others) = report.others() {
        page.words("", &others);
    }
    page.words("", &report.carried());
    for (at, one) in report.why.accounts.iter().enumerate() {
        let (chance, share) = (small(one.probability), percent(one.share));
        let (nth, chance, share) = (at + 1, escaped(&chance), escaped(&share));
        let steps = account(main, report, one, told);
        // The first one tells most; the others only for those who want to know.
        page.add(&format!(
            "<details class=\"account{}\"{}><summary><b>{nth}. {chance}</b>, {share} of it</summary>{steps}</details>",
            if at == 0 { "" } else { " more" },
            if at == 0 { " open" } else { "" }
        ));
    }
    let needs = report.needs();
    if !needs.is_empty() {
        page.add("<h4>Needed</h4>");
        lines(page, &needs);
    }
}

fn seldom(page: &mut Page, report: &WhyReport<'_>) {
    page.add(&format!("<h3>Why not: {}</h3>", escaped(&report.title())));
    page.words("", &report.summary());
    if let Some(others) = report.others() {
        page.words("", &others);
    }
    if report.is_out_of_reach() {
        page.paragraph("", WhyReport::OUT_OF_REACH);
    }
    for barrier in report.barriers() {
        page.words("", &report.barrier(barrier));
        let obstacles = barrier.obstacles.iter();
        let items: Vec<String> = obstacles
            .filter_map(|obstacle| report.obstacle(barrier, obstacle))
            .map(|sentence| format!("- {sentence}"))
            .collect();
        lines(page, &items);
    }
    if let Some(left_out) = report.barriers_left_out() {
        page.words("faint", &left_out);
    }
}

/// Sentences, and items of lists behind a dash.
fn lines(page: &mut Page, lines: &[String]) {
    let mut list = String::new();
    for line in lines {
        match line.strip_prefix("- ") {
            Some(item) => {
                let _ = writeln!(list, "<li>{}</li>", worded(item));
            }
            None => {
                end_list(page, &mut list);
                page.words("", line);
            }
        }
    }
    end_list(page, &mut list);
}

fn end_list(page: &mut Page, list: &mut String) {
    if !list.is_empty() {
        page.add(&format!("<ul>\n{}</ul>", std::mem::take(list)));
    }
}

/// What leads there, turn by turn, each with what brought it about; a rationale is told once.
fn account(
    main: &Answers,
    report: &WhyReport<'_>,
    account: &Account,
    told: &mut BTreeSet<String>,
) -> String {
    let mut list = String::from("<ol class=\"time\">\n");
    for step in &account.steps {
        let leading = step.happenings.iter().filter(|one| one.leads_there);
        let items = leading.fold(String::new(), |mut items, one| {
            happening(&mut items, main, report, one, told);
            items
        });
        if items.is_empty() {
            continue;
        }
        let date = report.model.date(step.turn).map(|date| format!(" <time>{date}</time>"));
        let (turn, date) = (step.turn, date.unwrap_or_default());
        let _ = writeln!(list, "<li><b>turn {turn}{date}</b><ul>{items}</ul></li>");
    }
    list + "</ol>"
}

fn happening(
    items: &mut String,
    main: &Answers,
    report: &WhyReport<'_>,
    one: &Happening,
    told: &mut BTreeSet<String>,
) {
    let show = main.reactions.find(&one.id);
    let show = show.map(|at| format!(" data-show=\"{}\"", at.index())).unwrap_or_default();
    let title = escaped(&report.happening(&one.kind));
    let _ = write!(items, "<li class=\"{}\"><span{show}>{title}</span>", class(&one.kind));
    for cause in &one.causes {
        let _ = write!(items, "<div class=\"cause\">{}</div>", worded(&report.cause(cause)));
        if let Some(quote) = report.because(cause) {
            let text = report.quoted(quote);
            if !told.contains(&text) {
                let _ = write!(items, "<div class=\"cause faint\">{}</div>", escaped(&text));
                told.insert(text);
            }
        }
    }
    items.push_str("</li>");
}
