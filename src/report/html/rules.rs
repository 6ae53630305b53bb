//! Every rule and decision: when, how likely, why, and where it stands.

use super::escape::escaped;
use super::evidence::rationale;
use super::numbers::percent;
use super::page::Page;
use super::places;
use crate::analysis::Answers;
use crate::model::{DeclId, Declaration, DeclarationKind, Likelihood, Model};
use crate::report::Report;
use std::fmt::Write as _;

/// Writes the rules; nothing where there are none.
pub fn write(page: &mut Page, report: &Report<'_>, main: &Answers) {
    let model = report.model;
    if model.declarations.is_empty() {
        return;
    }
    page.section("rules", "Rules and decisions");
    let mut list = String::from("<div class=\"rules\">\n");
    for (at, declaration) in model.declarations.iter().enumerate() {
        let id = DeclId::new(at);
        let _ = writeln!(
            list,
            "<article class=\"rule\" id=\"r{at}\">{}</article>",
            one(report, main, id, declaration)
        );
    }
    page.add(&(list + "</div>"));
}

fn one(report: &Report<'_>, main: &Answers, id: DeclId, declaration: &Declaration) -> String {
    let model = report.model;
    let kind = match declaration.kind {
        DeclarationKind::Rule => "rule",
        DeclarationKind::Becomes => "change of position",
        DeclarationKind::Decision => "decision",
    };
    let mut text = format!(
        "<h3>{}</h3><p class=\"faint\">{kind} <code>{}</code>, {}{}</p><p><code>{}</code>",
        escaped(&declaration.title),
        escaped(&declaration.name),
        places::link(report.sources, declaration.span),
        if main.unused.contains(&id) { "; no storyline ever uses it" } else { "" },
        escaped(&declaration.trigger_text),
    );
    if let Some(guard) = &declaration.guard_text {
        let _ = write!(text, " <code>if {}</code>", escaped(guard));
    }
    let _ = write!(text, "</p>{}", likelihoods(model, id, declaration));
    match &declaration.because {
        Some(because) => {
            let _ = write!(text, "<p class=\"because\">{}</p>", rationale(model, because));
        }
        None if declaration.kind == DeclarationKind::Becomes => {}
        None => text.push_str("<p class=\"because faint\">no rationale is given</p>"),
    }
    text
}

/// How likely each alternative is, in the scenario as it was evaluated first.
fn likelihoods(model: &Model, id: DeclId, declaration: &Declaration) -> String {
    let Some(rule) = model.rules.iter().find(|rule| rule.declaration == id) else {
        return String::new();
    };
    let parts = rule.alternatives.iter().enumerate().map(|(at, alternative)| {
        let name = declaration.alternatives.get(at).cloned().flatten();
        let name = name.map(|name| format!("{} ", escaped(&name))).unwrap_or_default();
        let likelihood =
            alternative.likelihood.as_ref().map_or_else(|| "the rest".to_owned(), told);
        format!("<li>{name}<b>{likelihood}</b></li>")
    });
    format!("<ul class=\"likelihoods\">{}</ul>", parts.collect::<String>())
}

/// A likelihood as written, and what that means.
fn told(likelihood: &Likelihood) -> String {
    let numbers = if likelihood.is_range() {
        format!("{} to {}", percent(likelihood.low), percent(likelihood.high))
    } else {
        percent(likelihood.low)
    };
    if numbers == escaped(&likelihood.text) || likelihood.text.is_empty() {
        return numbers;
    }
    format!("{} ({numbers})", escaped(&likelihood.text))
}
