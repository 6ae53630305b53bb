//! What all this rests on: sources, their dates and grades.

use super::escape::{address, escaped};
use super::page::Page;
use super::places::link;
use crate::analysis::{Answers, Claim, Evidence};
use crate::model::{Grade, Model, Quote, Source};
use crate::report::Report;
use crate::report::content::evidence::{
    carries, claim, leading, leading_without, names, reasons, remarks, worst,
};
use std::fmt::Write as _;

/// Writes the sources with what rests on them, every claim, and what has none.
pub fn write(page: &mut Page, report: &Report<'_>, main: &Answers) {
    let evidence = report.evidence;
    page.section("evidence", "Evidence");
    if !evidence.sources.is_empty() {
        page.add(&sources(report, main));
    }
    if let Some(without) = &evidence.worst {
        page.paragraph("", &worst(report.model, main, without));
    }
    for text in remarks(report.model, evidence) {
        page.paragraph("", &text);
    }
    if evidence.claims.is_empty() {
        page.paragraph("faint", "Nothing is claimed.");
    } else {
        page.add(&claims(report, evidence));
    }
}

fn sources(report: &Report<'_>, main: &Answers) -> String {
    let model = report.model;
    let without = leading(main).map(|at| escaped(&model.outcomes[at].title));
    let without = without.map(|title| format!("“{title}” without it")).unwrap_or_default();
    let mut table = format!(
        "<div class=\"wide\"><table><thead><tr><th scope=\"col\">source</th><th scope=\"col\">by</th>\
         <th scope=\"col\">date</th><th scope=\"col\">grade</th><th scope=\"col\">carries</th>\
         <th scope=\"col\">{without}</th></tr></thead><tbody>\n",
    );
    for used in &report.evidence.sources {
        for source in used.sources.iter().map(|id| &model.sources[id.index()]) {
            let signs = source.grade.as_deref().unwrap_or_default();
            let words = Grade::of(signs)
                .map(|grade| format!(" <span class=\"faint\">{}</span>", grade.in_words()));
            let _ = writeln!(
                table,
                "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}{}</td><td>{}</td><td>{}</td></tr>",
                linked(source),
                escaped(source.by.as_deref().unwrap_or_default()),
                source.date.map(|date| format!("<time>{date}</time>")).unwrap_or_default(),
                escaped(signs),
                words.unwrap_or_default(),
                carries(used),
                escaped(&leading_without(main, used)),
            );
        }
    }
    table + "</tbody></table></div>"
}

fn claims(report: &Report<'_>, evidence: &Evidence) -> String {
    let mut table = String::from(
        "<details><summary>Every claim with its source</summary><div class=\"wide\"><table><thead><tr>\
         <th scope=\"col\">claim</th><th scope=\"col\">source</th><th scope=\"col\">line</th>\
         <th scope=\"col\">what is given for it</th></tr></thead><tbody>\n",
    );
    for one in &evidence.claims {
        let mut ids: Vec<_> = one.reasons.iter().filter_map(|reason| reason.source).collect();
        ids.dedup();
        let source = if ids.is_empty() { "none".to_owned() } else { names(report.model, &ids) };
        let _ = writeln!(
            table,
            "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td></tr>",
            told(one),
            escaped(&source),
            link(report.sources, one.span),
            escaped(&reasons(one.reasons.iter())),
        );
    }
    table + "</tbody></table></div></details>"
}

/// A claim; one that fell is struck out.
fn told(one: &Claim) -> String {
    let text = escaped(&claim(one));
    if one.struck { format!("<s>{text}</s>") } else { text }
}

/// A quotation with whose it is: `“cannot be ignored” Remarks, French presidency, 2024-02-26, B2`.
#[must_use]
pub fn quotation(model: &Model, quote: &Quote) -> String {
    format!("<q>{}</q>{}", escaped(&quote.text), cited(model, quote))
}

/// A rationale, which is in the author's own words, with what it goes back to.
#[must_use]
pub fn rationale(model: &Model, quote: &Quote) -> String {
    format!("{}{}", escaped(&quote.text), cited(model, quote))
}

fn cited(model: &Model, quote: &Quote) -> String {
    let source = quote.source.and_then(|id| model.sources.get(id.index()));
    let cite = source.map(|source| format!(" <cite>{}</cite>", escaped(&about(source))));
    cite.unwrap_or_default()
}

/// A source in a line.
#[must_use]
pub fn about(source: &Source) -> String {
    let mut parts = vec![source.title.clone()];
    parts.extend(source.by.clone());
    parts.extend(source.date.map(|date| date.to_string()));
    parts.extend(source.grade.as_ref().map(|grade| format!("grade {grade}")));
    parts.join(", ")
}

/// The title, as a link where an address of the web is given: no other scheme is followed.
fn linked(source: &Source) -> String {
    let title = escaped(&source.title);
    match source.url.as_deref().filter(|url| is_web(url)) {
        Some(url) => {
            format!("<a href=\"{}\" rel=\"noopener noreferrer\">{title}</a>", address(url))
        }
        None => title,
    }
}

fn is_web(url: &str) -> bool {
    let scheme = url.split_once(':').map(|it| it.0.to_ascii_lowercase());
    matches!(scheme.as_deref(), Some("http" | "https"))
}

#[cfg(test)]
mod tests {
    use super::is_web;

    #[test]
    fn only_the_web_is_linked() {
        assert!(is_web("https://example.org/a?b=c") && is_web("HTTP://example.org"));
        for other in
            ["javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "seeds/a.md", ""]
        {
            assert!(!is_web(other), "{other}");
        }
    }
}
