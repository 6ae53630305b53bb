//! What all this rests on: sources, their dates and grades.

use super::escape::escaped;
use super::page::Page;
use crate::model::{Model, Quote, Source};
use crate::report::Report;
use crate::report::rests_on::RestsOn;
use crate::report::text::{carries, without};
use std::fmt::Write as _;

/// Writes the sources and what has none.
pub fn write(page: &mut Page, report: &Report<'_>) {
    let rests_on = RestsOn::new(report.model);
    page.section("evidence", "Evidence");
    if !rests_on.sources.is_empty() {
        let mut table = String::from(
            "<div class=\"wide\"><table><thead><tr><th scope=\"col\">source</th><th scope=\"col\">by</th>\
             <th scope=\"col\">date</th><th scope=\"col\">grade</th><th scope=\"col\">carries</th></tr></thead><tbody>\n",
        );
        for used in &rests_on.sources {
            let source = used.source;
            let words =
                used.grade_in_words().map(|words| format!(" <span class=\"faint\">{words}</span>"));
            let _ = writeln!(
                table,
                "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}{}</td><td>{}</td></tr>",
                linked(source),
                escaped(source.by.as_deref().unwrap_or_default()),
                source.date.map(|date| format!("<time>{date}</time>")).unwrap_or_default(),
                escaped(source.grade.as_deref().unwrap_or_default()),
                words.unwrap_or_default(),
                carries(used),
            );
        }
        page.add(&(table + "</tbody></table></div>"));
    }
    let missing = without(&rests_on);
    if missing.is_empty() {
        page.paragraph("faint", "Every position names a source, every rule gives a rationale.");
    }
    for text in missing {
        page.paragraph("", &text);
    }
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
            format!("<a href=\"{}\" rel=\"noopener noreferrer\">{title}</a>", escaped(url))
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
