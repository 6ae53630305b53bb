//! A game as a scenario: what was played, with observations of its course.

use super::Played;
use super::closing::ended;
use super::words;
use crate::analysis::play::{Fact, Stage};
use crate::model::{Declaration, Domain, Model};
use crate::report::clean;
use crate::report::content::labels;
use crate::source::FileId;
use std::fmt::Write as _;

// Writing to a string cannot fail; so with every `write!` here.

/// The scenario's `text`, without observations and expectations of its own, followed by what the game has shown: what
/// happened, what could have happened and did not, and the values of what could have changed. `run`
/// then tells everything given this course. What is still under way nobody has seen.
#[must_use]
pub fn record(played: &Played<'_>, facts: &[(u32, Vec<Fact>)], text: &str) -> String {
    let model = played.model();
    let mut out = text.trim_end().to_owned();
    let _ = writeln!(out, "\n\n// {}", "-".repeat(74));
    let seed = played.repeat.options.seed;
    let titles: Vec<String> =
        played.players.iter().map(|id| model.actors[id.index()].title.clone()).collect();
    let mut say = |line: &str| {
        let line = clean(line);
        let _ = writeln!(out, "{}", format!("// {line}").trim_end());
    };
    say(&format!("A game as {}, with seed {seed}. It was played with:", titles.join(", ")));
    say(&played.repeating());
    let changes = played.changes();
    if changes.is_empty() {
        say("Run this file, and everything is told given this course.");
    } else {
        say(&format!("Run this file with{changes}, and everything is told given this course."));
    }
    for declaration in unlikely(played) {
        let title = &declaration.title;
        say(&format!("The baseline policy never takes what was taken in “{title}”."));
        if declaration.span.file == FileId(0) {
            say("In this file its options are equally likely, so that it can have come to this.");
        } else {
            say("It is imported: give that option a likelihood above 0% before you run this.");
        }
    }
    if played.outlook.is_err() {
        say(
            "What only other things under way would have brought is not told: the situations are too",
        );
        say("many, and so other courses may fit.");
    }
    let moments = played.game.moments();
    let last = facts.last().map_or(0, |(turn, _)| *turn).max(played.game.now().turn);
    for turn in 0..=last {
        let choices = moments.get(turn as usize).map_or(&[][..], |moment| &moment.choices);
        let seen = facts.iter().filter(|(at, _)| *at == turn).flat_map(|(_, facts)| facts);
        let seen: Vec<String> = seen.map(|fact| condition(model, fact)).collect();
        if choices.is_empty() && seen.is_empty() {
            continue;
        }
        let _ = writeln!(out, "\n// {}", clean(&labels::turn(model, turn)));
        for condition in seen {
            let _ = writeln!(out, "observe turn {turn}: {condition}");
        }
        for choice in choices {
            let _ = writeln!(out, "// {}", clean(&words::choice(model, choice)));
        }
    }
    let _ = writeln!(out, "\n// {}", clean(&ended(played)));
    out
}

/// The decisions in which something was taken that the baseline policy never takes.
#[must_use]
pub fn unlikely<'a>(played: &Played<'a>) -> Vec<&'a Declaration> {
    let Stage { model, .. } = played.game.stage();
    let choices = played.game.moments().iter().flat_map(|moment| &moment.choices);
    let never = choices.filter(|choice| !played.game.stage().is_likely(choice));
    let mut all: Vec<usize> =
        never.map(|choice| model.rules[choice.rule].declaration.index()).collect();
    all.sort_unstable();
    all.dedup();
    all.into_iter().map(|at| &model.declarations[at]).collect()
}

/// A fact as it is observed.
fn condition(model: &Model, fact: &Fact) -> String {
    match fact {
        Fact::Happened(event) => model.event_name(event),
        Fact::Missing(event) => format!("not {}", model.event_name(event)),
        Fact::Value(id, value) => {
            let variable = &model.variables[id.index()];
            match (&variable.domain, value) {
                (Domain::Flag, 0) => format!("not {}", variable.name),
                (Domain::Flag, _) => variable.name.clone(),
                (Domain::State { .. } | Domain::Meter { .. } | Domain::Position(_), _) => {
                    format!("{} = {}", variable.name, model.value_name(*id, *value))
                }
            }
        }
    }
}
