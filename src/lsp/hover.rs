//! Hover: what something is, what is known of it, and what the last evaluation says.

use super::answers::Answered;
use super::declared::{Declared, Kind, World};
use super::documents::Document;
use super::navigation::Named;
use super::occurrences::{Owner, Symbol};
use super::range_text;
use crate::model::WORDS;
use crate::report::percent;
use lsp_types::{HoverContents, MarkupContent, MarkupKind};
use std::fmt::Write as _;
use std::sync::Arc;

/// What is said, for a client that shows Markdown, or for one that shows texts as they are.
#[must_use]
pub fn contents(said: String, markdown: bool) -> HoverContents {
    let (kind, value) = match markdown {
        true => (MarkupKind::Markdown, said),
        false => (MarkupKind::PlainText, plain(&said)),
    };
    HoverContents::Markup(MarkupContent { kind, value })
}

/// The Markdown that is written here without its marks.
fn plain(markdown: &str) -> String {
    let mut text = String::with_capacity(markdown.len());
    let mut code = false;
    for line in markdown.lines() {
        if line.starts_with("```") {
            code = !code;
            continue;
        }
        let mut marks = line.chars();
        while let Some(c) = marks.next() {
            match c {
                _ if code => text.push(c),
                '\\' => text.extend(marks.next()),
                '*' | '`' => {}
                _ => text.push(c),
            }
        }
        text.push('\n');
    }
    text.trim_end().to_owned()
}

/// What is said of something by its name, as Markdown.
///
/// `document`: the file of a path.
#[must_use]
pub fn hover(
    named: &Named,
    answered: Option<&Answered>,
    document: impl FnOnce(&str) -> Option<Arc<Document>>,
) -> Option<String> {
    let world = &named.world;
    match &named.found.symbol {
        Symbol::Named(name) => match world.get(name) {
            Some(declared) => {
                let document = document(world.files.get(declared.file)?)?;
                Some(of_declared(name, declared, world, answered, &document))
            }
            None => built_in(name),
        },
        Symbol::Local(name, _) => Some(format!("`{name}`: a member of the group that `in` names")),
        Symbol::Value(owner, value) => of_value(owner, value, world, answered),
        Symbol::Attribute(key) => Some(format!("`{key}`: an attribute of actors")),
        Symbol::Choice(decision, option) => {
            Some(format!("`{option}`: an option of the decision `{decision}`"))
        }
    }
}

fn of_declared(
    name: &str,
    declared: &Declared,
    world: &World,
    answered: Option<&Answered>,
    document: &Document,
) -> String {
    let mut text = format!("```escalade\n{}\n```\n", head(declared, document));
    if let Some(note) = &declared.note {
        let _ = write!(text, "\n{}\n", escaped(note));
    }
    if let Some((low, high)) = world.likelihood(name) {
        let _ = write!(text, "\n{} as a likelihood\n", range_text(low, high));
    }
    if declared.kind == Kind::Issue {
        let levels = world.levels(&world.scale_of(name)).join(" < ");
        let _ = write!(text, "\nLevels: {}\n", escaped(&levels));
    }
    let Some(answered) = answered else { return text };
    if let Some(outcome) = answered.outcomes.iter().find(|outcome| outcome.name == name) {
        let _ = write!(text, "\n**{}**{}\n", percent(outcome.estimate), bounds(outcome.bounds));
        if let Some(turn) = outcome.mean_turn {
            let _ = write!(text, "\nIf it happens, in turn {turn:.1} on average\n");
        }
    }
    if declared.kind == Kind::Action {
        let does = format!(" does {name}");
        let done = answered.nodes.iter().filter(|node| {
            let rest = node.id.split_once(&does).map(|(_, rest)| rest);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(" against "))
        });
        for node in done.take(12) {
            let _ = write!(text, "\n- {}: **{}**", escaped(&node.id), percent(node.probability));
        }
    }
    text
}

/// The beginning of a declaration: up to its block, and the whole where that is short.
fn head(declared: &Declared, document: &Document) -> String {
    const LONGEST: usize = 12;
    let range = declared.whole.start as usize..declared.whole.end as usize;
    let whole = document.text.get(range).unwrap_or_default();
    if whole.lines().count() <= LONGEST {
        return whole.to_owned();
    }
    let lines: Vec<&str> = whole.lines().take(LONGEST - 1).collect();
    format!("{}\n  ...", lines.join("\n"))
}

fn of_value(
    owner: &Owner,
    value: &str,
    world: &World,
    answered: Option<&Answered>,
) -> Option<String> {
    let values = world.values(owner);
    let at = values.iter().position(|one| one == value)?;
    let list: Vec<String> = values
        .iter()
        .map(|one| if one == value { format!("**{one}**") } else { one.clone() })
        .collect();
    let (of, sign) = match owner {
        Owner::Variable(name) => {
            let ordered = world.get(name).map(|declared| declared.kind);
            let ordered = ordered == Some(Kind::State { ordered: true });
            (format!("`{name}`"), if ordered { " < " } else { " | " })
        }
        Owner::Scale(name) => (format!("the scale `{name}`"), " < "),
        Owner::Ladder => ("the ladder".to_owned(), " < "),
    };
    let mut text = format!("`{value}`, a value of {of}: {}\n", list.join(sign));
    if *owner == Owner::Ladder {
        let rung = world.rungs.get(at)?;
        text = format!(
            "`{value}`, rung {} of {}{}\n",
            at + 1,
            values.len(),
            rung.title.as_ref().map(|title| format!(": {}", escaped(title))).unwrap_or_default()
        );
        let known = answered.and_then(|answered| answered.rungs.iter().find(|it| it.name == value));
        if let Some(rung) = known {
            let estimate = percent(rung.estimate);
            let _ = write!(text, "\nEver reached: **{estimate}**{}\n", bounds(rung.bounds));
        }
    }
    Some(text)
}

fn built_in(name: &str) -> Option<String> {
    if let Some((_, low, high)) = WORDS.iter().find(|(word, _, _)| *word == name) {
        let directive = if low < high { ", US Intelligence Community Directive 203" } else { "" };
        return Some(format!("`{name}`: {}{directive}", range_text(*low, *high)));
    }
    (name == "everyone").then(|| "`everyone`: the group of all actors".to_owned())
}

/// ` [3%..20%]`, or nothing.
#[must_use]
pub fn bounds(bounds: Option<(f64, f64)>) -> String {
    let told = bounds.map(|(low, high)| format!(" [{}..{}]", percent(low), percent(high)));
    told.unwrap_or_default()
}

/// Text of the scenario within Markdown.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}
