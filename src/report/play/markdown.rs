//! The transcript of a game as Markdown.

use super::Played;
use super::closing::ended;
use super::text::is_reached;
use super::words;
use crate::analysis::play::{Choice, Moment};
use crate::model::{Model, OutcomeId};
use crate::report::content::causes;
use crate::report::content::labels;
use crate::report::content::why::capital;
use crate::report::isolate::isolated;
use crate::report::markdown::{escaped, files};
use crate::report::text::time;
use crate::report::{options_told, percent};
use std::collections::BTreeSet;
use std::fmt::Write as _;

// Writing to a string cannot fail; so with every `write!` here.

/// The transcript: what happened turn by turn and why, what was decided, what it came to, and what is
/// needed to play it again.
#[must_use]
pub fn transcript(played: &Played<'_>) -> String {
    let model = &isolated(played.model());
    let mut text = String::new();
    let _ = writeln!(text, "# {}: a game\n", escaped(&model.title));
    if let Some(summary) = &model.summary {
        let _ = writeln!(text, "{}\n", escaped(summary));
    }
    let titles: Vec<&str> =
        played.players.iter().map(|id| model.actors[id.index()].title.as_str()).collect();
    let seed = played.repeat.options.seed;
    let _ = writeln!(text, "{}\n", escaped(&time(model)));
    let who = escaped(&titles.join(", "));
    let _ = writeln!(text, "Decided by players: **{who}**. All else was drawn, with seed {seed}.");
    let mut told = BTreeSet::new();
    for moment in played.game.moments() {
        self::moment(&mut text, model, moment, &mut told);
    }
    let _ = writeln!(text, "\n{}", escaped(&ended(played)));
    outcomes(&mut text, played);
    repeat(&mut text, played);
    text
}

fn moment(text: &mut String, model: &Model, moment: &Moment, told: &mut BTreeSet<String>) {
    if moment.is_quiet() && moment.begun().next().is_none() {
        return;
    }
    let _ = writeln!(text, "\n## {}\n", capital(&labels::turn(model, moment.turn)));
    for one in &moment.happenings {
        let _ = writeln!(text, "- **{}**", escaped(&words::happening(model, moment, one)));
        for cause in &one.causes {
            let _ = writeln!(text, "  - {}", escaped(&causes::cause(model, cause)));
            if let Some(quote) = causes::because(model, cause) {
                let quote = causes::quoted(model, quote);
                if !told.contains(&quote) {
                    let _ = writeln!(text, "    - {}", escaped(&quote));
                    told.insert(quote);
                }
            }
        }
    }
    for one in moment.begun() {
        let _ = writeln!(text, "- Under way: {}", escaped(&words::under_way(model, one)));
        let _ = writeln!(text, "  - {}", escaped(&causes::cause(model, &one.cause)));
    }
    if let Some(level) = words::level(model, moment) {
        let _ = writeln!(text, "- Level: {}", escaped(&level));
    }
    for &id in &moment.reached {
        let _ = writeln!(text, "- Reached: **{}**", escaped(&words::outcome(model, id)));
    }
    for choice in &moment.choices {
        self::choice(text, model, choice);
    }
}

/// A decision with all its options, the one taken in bold.
fn choice(text: &mut String, model: &Model, choice: &Choice) {
    let (who, what) = words::decision(model, choice.rule);
    let _ = writeln!(text, "\n{} decides: *{}*\n", escaped(&who), escaped(&what));
    for at in 0..model.rules[choice.rule].alternatives.len() {
        let title = escaped(&words::option_title(model, choice.rule, at));
        let name = escaped(words::option_name(model, choice.rule, at));
        let title = if at == choice.option { format!("**{title}** (taken)") } else { title };
        let _ = writeln!(text, "{}. {name}: {title}", at + 1);
    }
}

fn outcomes(text: &mut String, played: &Played<'_>) {
    let model = played.model();
    if model.outcomes.is_empty() {
        return;
    }
    text.push_str("\n## Outcomes\n\n| outcome | at the start | now |\n| --- | ---: | ---: |\n");
    for (at, outcome) in model.outcomes.iter().enumerate() {
        let chance = |values: &[f64]| percent(values[at]);
        let start = played.outlook.map_or_else(|_| "?".to_owned(), |values| chance(&values[0]));
        let now = match (is_reached(played, OutcomeId::new(at)), played.end()) {
            (true, _) => "**reached**".to_owned(),
            (false, Some(_)) => "not reached".to_owned(),
            (false, None) => {
                played.outlook.map_or_else(|_| "?".to_owned(), |values| chance(&values[1]))
            }
        };
        let _ = writeln!(text, "| {} | {start} | {now} |", escaped(&outcome.title));
    }
    if let Err(why) = played.outlook {
        let _ = writeln!(text, "\n{}", escaped(why));
    }
}

fn repeat(text: &mut String, played: &Played<'_>) {
    let repeat = played.repeat;
    text.push_str("\n## To play it again\n\n");
    let _ = writeln!(text, "- escalade {}", repeat.version);
    let _ = writeln!(text, "- file {}, text hash {}", escaped(played.file), repeat.text_hash);
    let _ = writeln!(text, "- options: {}", escaped(&options_told(repeat)));
    files(text, repeat);
    let _ = writeln!(text, "\n```text\n{}\n```", crate::report::clean(&played.repeating()));
}
