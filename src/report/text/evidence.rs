//! What all this rests on.

use super::line::{Line, Paint};
use super::page::Page;
use super::table::{Align, Table};
use crate::analysis::{Answers, Claim, ClaimKind, WithoutThem};
use crate::model::{Model, SourceId};
use crate::report::content::evidence::{
    claim, grade, leading, leading_without, reasons, remarks, used, worst,
};
use crate::report::{Report, counted, percent};

/// Of more claims only so many are shown for each source.
const MOST_CLAIMS: usize = 12;

/// Writes the sources with what rests on them, and what has none.
pub fn write(page: &mut Page, report: &Report<'_>, main: &Answers) {
    let evidence = report.evidence;
    if evidence.claims.is_empty() {
        return;
    }
    page.section("Evidence", &note(report.model, main, report));
    if !evidence.sources.is_empty() {
        overview(page, report, main);
    }
    for id in used(report.model, evidence) {
        page.blank();
        source(page, report.model, id);
        let claims = evidence.claims.iter().filter(|one| one.names(id));
        list(page, report, claims, Some(id));
    }
    let bare: Vec<&Claim> = evidence.unsourced().filter(|one| counts(one)).collect();
    if !bare.is_empty() {
        page.blank();
        page.indented(2, &Line::new().strong("no source"));
        list(page, report, bare.into_iter(), None);
    }
    let worst = evidence.worst.iter().map(|without| worst(report.model, main, without));
    let sentences: Vec<String> = worst.chain(remarks(report.model, evidence)).collect();
    if !sentences.is_empty() {
        page.blank();
    }
    for text in sentences {
        page.indented(2, &Line::new().plain(text));
    }
}

fn note(model: &Model, main: &Answers, report: &Report<'_>) -> String {
    let looked = |it: &WithoutThem| *it != WithoutThem::NotLookedAt;
    let any = report.evidence.sources.iter().any(|source| looked(&source.outcomes));
    match leading(main).filter(|_| any) {
        Some(at) => format!(
            "what rests on which source; right: “{}”, now {}, if what rests on that source alone did not count",
            model.outcomes[at].title,
            percent(main.outcomes[at].estimate)
        ),
        None => "what rests on which source".to_owned(),
    }
}

fn overview(page: &mut Page, report: &Report<'_>, main: &Answers) {
    use Align::{Left, Right};
    let mut table = Table::new(2, &[Left, Left, Left, Right, Right, Right, Right]);
    let head = ["source", "grade", "date", "positions", "rules", "readings", "without it"];
    table.row(head.iter().map(|text| Line::new().faint(text)).collect());
    for without in &report.evidence.sources {
        let Some(id) = without.sources.first() else { continue };
        let source = &report.model.sources[id.index()];
        let date = source.date.map(|date| date.to_string()).unwrap_or_default();
        let number = |count: usize| Line::new().plain(count.to_string());
        table.row(vec![
            Line::new().strong(&source.name),
            Line::new().plain(source.grade.as_deref().unwrap_or("-")),
            Line::new().plain(date),
            number(without.positions),
            number(without.rules),
            number(without.readings),
            Line::new().value(leading_without(main, without)),
        ]);
    }
    table.write(page);
}

fn source(page: &mut Page, model: &Model, id: SourceId) {
    let source = &model.sources[id.index()];
    let mut line = Line::new().strong(&source.name).plain("  ").plain(&source.title);
    if let Some(by) = &source.by {
        line = line.plain(format!(", {by}"));
    }
    if let Some(date) = source.date {
        line = line.plain(format!(", {date}"));
    }
    line = line.plain(format!("; {}", grade(source)));
    if let Some(url) = &source.url {
        line = line.plain(format!(" {url}"));
    }
    if model.struck.contains(&id) {
        line = line.then(Paint::Bad, " — struck out");
    }
    page.paragraph(&Line::new().fill(2), &Line::new().fill(4), &line);
}

/// `becomes` lines are listed with their positions.
fn counts(claim: &Claim) -> bool {
    match claim.kind {
        ClaimKind::Position | ClaimKind::Rule | ClaimKind::Decision | ClaimKind::Reading => true,
        ClaimKind::Becomes => false,
    }
}

/// A line for each claim: where it stands, what it says, and the beginning of what is given for it.
fn list<'a>(
    page: &mut Page,
    report: &Report<'_>,
    claims: impl Iterator<Item = &'a Claim>,
    id: Option<SourceId>,
) {
    let claims: Vec<&Claim> = claims.filter(|one| counts(one)).collect();
    for one in claims.iter().take(MOST_CLAIMS) {
        let place = report.sources.file(one.span.file).place(one.span.start).line;
        let mut line = Line::new().faint(format!("{place:>7}")).plain("  ").plain(claim(one));
        if one.struck {
            line = line.then(Paint::Bad, "  struck out");
        }
        let given = one.reasons.iter().filter(|reason| reason.source == id);
        let text = Line::new().plain("  ").faint(reasons(given));
        let line = cut(&line.and(&text), page.width());
        page.line(&line);
    }
    if claims.len() > MOST_CLAIMS {
        let more = counted(claims.len() - MOST_CLAIMS, "more claim");
        page.line(&Line::new().fill(9).faint(format!("and {more} (all with --format json)")));
    }
}

/// The line, or its beginning where it is too long.
fn cut(line: &Line, width: usize) -> Line {
    if line.width() <= width {
        return line.clone();
    }
    line.beginning(width.saturating_sub(2)).plain(" …")
}
