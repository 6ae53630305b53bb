//! What is shown while a game is played.

use super::Played;
use super::words::{self, COMMANDS};
use crate::analysis::Cause;
use crate::analysis::play::{Decision, End, Game, Moment, UnderWay};
use crate::model::{Domain, Model, OutcomeId, VarId};
use crate::report::content::causes;
use crate::report::content::labels;
use crate::report::percent;
use crate::report::text::{Align, Line, Page, Paint, Style, Table, opening};
use std::collections::BTreeSet;

/// What the game is about, and how it is played.
#[must_use]
pub fn intro(played: &Played<'_>, style: Style) -> String {
    let model = played.model();
    let mut page = Page::new(style);
    opening(&mut page, model);
    for &player in played.players {
        let actor = &model.actors[player.index()];
        let voices = actor.voices.join("; ");
        let voice = if voices.is_empty() { voices } else { format!(" ({voices})") };
        let line = Line::new().plain("You decide for ").strong(&actor.title);
        page.indented(0, &line.plain(voice).plain("."));
    }
    let seed = played.repeat.options.seed;
    let changes = played.changes();
    if !changes.is_empty() {
        page.indented(0, &Line::new().plain(format!("Played with{changes}.")));
    }
    let how = format!(
        "All else is drawn, with seed {seed}. Answer with the number or name of an option; ? tells its outlook, help what else there is."
    );
    page.indented(0, &Line::new().plain(how));
    page.finish()
}

/// A turn: what happened and why. A rationale that is among `told` is not told again.
#[must_use]
pub fn moment(model: &Model, moment: &Moment, told: &mut BTreeSet<String>, style: Style) -> String {
    let mut page = Page::new(style);
    let date = model.date(moment.turn).map(|date| date.to_string()).unwrap_or_default();
    page.section(&format!("Turn {}", moment.turn), &date);
    if moment.happenings.is_empty() {
        page.indented(2, &Line::new().faint("Nothing happens."));
    }
    happenings(&mut page, model, moment, told);
    for one in moment.begun().filter(|one| one.own) {
        under_way(&mut page, model, one);
    }
    if let Some(level) = words::level(model, moment) {
        let text = Line::new().then(Paint::Doubt, "Level: ").plain(level);
        hanging(&mut page, 2, &text);
    }
    for &id in &moment.reached {
        let text = Line::new().then(Paint::Doubt, "Reached: ").strong(words::outcome(model, id));
        hanging(&mut page, 2, &text);
    }
    page.finish()
}

/// Several turns in which nothing happens.
#[must_use]
pub fn quiet(model: &Model, first: u32, last: u32, style: Style) -> String {
    let mut page = Page::new(style);
    let title =
        if first == last { format!("Turn {first}") } else { format!("Turns {first} to {last}") };
    let dates = match (model.date(first), model.date(last)) {
        (Some(begin), Some(end)) if begin != end => format!("{begin} to {end}"),
        (Some(date), _) => date.to_string(),
        (None, _) => String::new(),
    };
    page.section(&title, &dates);
    page.indented(2, &Line::new().faint("Nothing happens."));
    page.finish()
}

/// A decision with its options. Its rationale joins those `told`.
#[must_use]
pub fn decision(
    model: &Model,
    decision: Decision,
    told: &mut BTreeSet<String>,
    style: Style,
) -> String {
    let mut page = Page::new(style);
    let (who, what) = words::decision(model, decision.rule);
    page.section(&format!("{who} decides"), "");
    page.indented(2, &Line::new().strong(what));
    let declaration = &model.declarations[model.rules[decision.rule].declaration.index()];
    if let Some(because) = &declaration.because {
        let text = causes::quoted(model, because);
        hanging(&mut page, 4, &Line::new().faint(&text));
        told.insert(text);
    }
    let mut table = Table::new(2, &[Align::Left, Align::Left]);
    for at in 0..model.rules[decision.rule].alternatives.len() {
        let number = Line::new().value(format!("{}", at + 1));
        let name = number.plain(format!("  {}", words::option_name(model, decision.rule, at)));
        table.row(vec![name, Line::new().plain(words::option_title(model, decision.rule, at))]);
    }
    table.write(&mut page);
    page.finish()
}

/// That the game is over, and why.
#[must_use]
pub fn end(model: &Model, end: End, turn: u32, style: Style) -> String {
    let mut page = Page::new(style);
    page.blank();
    page.indented(0, &Line::new().strong(words::end(model, end, turn)));
    page.finish()
}

/// What happened last once more, with every rationale, what came to nothing, and why there is
/// something to decide.
#[must_use]
pub fn why(game: &Game<'_>, style: Style) -> String {
    let (model, moment) = (&game.stage().model, game.now());
    let mut page = Page::new(style);
    let turn = labels::turn(model, moment.turn);
    if moment.happenings.is_empty() {
        page.indented(2, &Line::new().plain(format!("Nothing happened in {turn}.")));
    } else {
        page.indented(2, &Line::new().plain(format!("What happened in {turn}, and why:")));
    }
    happenings(&mut page, model, moment, &mut BTreeSet::new());
    if !moment.idle.is_empty() {
        let text = "These had their chance as well, and nothing came of it:";
        page.indented(2, &Line::new().plain(text));
        for cause in &moment.idle {
            hanging(&mut page, 4, &Line::new().plain(causes::cause(model, cause)));
        }
    }
    if let Some(decision) = game.decision() {
        let declaration = &model.declarations[model.rules[decision.rule].declaration.index()];
        let guard = declaration.guard_text.as_ref().map(|guard| format!(" if {guard}"));
        let text = format!(
            "“{}” has its turn: `{}{}`.",
            words::decision(model, decision.rule).1,
            declaration.trigger_text,
            guard.unwrap_or_default()
        );
        page.indented(2, &Line::new().plain(text));
    }
    page.finish()
}

/// The whole situation: level, variables, what is under way.
#[must_use]
pub fn status(game: &Game<'_>, style: Style) -> String {
    let model = &game.stage().model;
    let now = game.now();
    let mut page = Page::new(style);
    page.section("The situation", &labels::turn(model, now.turn));
    let mut table = Table::new(2, &[Align::Left, Align::Left]);
    if let Some((_, level)) = now.level {
        table.row(vec![Line::new().plain("Level"), Line::new().strong(words::rung(model, level))]);
    }
    for (at, variable) in model.variables.iter().enumerate() {
        let id = VarId::new(at);
        let mut value = Line::new().plain(model.value_name(id, game.value(id)));
        if let Domain::Meter { low, high } = variable.domain {
            value = value.faint(format!(" of {low}..{high}"));
        }
        table.row(vec![Line::new().plain(titled(model, at)), value]);
    }
    table.write(&mut page);
    for one in &now.under_way {
        under_way(&mut page, model, one);
    }
    for moment in game.moments() {
        for &id in &moment.reached {
            let text = Line::new().then(Paint::Doubt, "Reached: ");
            let text = text.strong(words::outcome(model, id));
            let when = format!(" in {}", labels::turn(model, moment.turn));
            hanging(&mut page, 2, &text.plain(when));
        }
    }
    page.finish()
}

/// A variable by its title, or its name where several have the same.
fn titled(model: &Model, at: usize) -> &str {
    let variable = &model.variables[at];
    let same = model.variables.iter().filter(|other| other.title == variable.title).count();
    if same > 1 { &variable.name } else { &variable.title }
}

/// The probability of each outcome now and with each option.
#[must_use]
pub fn outlook(
    model: &Model,
    decision: Option<Decision>,
    now: &[f64],
    options: &[Vec<f64>],
    style: Style,
) -> String {
    let mut page = Page::new(style);
    let note = if decision.is_some() {
        "how likely each outcome is now, and if an option is chosen and the baseline policy decides all else"
    } else {
        "how likely each outcome is now"
    };
    page.section("Outlook", note);
    // As many columns as fit beside titles that can still be read.
    let columns = (page.width().saturating_sub(34) / 9).max(1);
    let numbered: Vec<(usize, &Vec<f64>)> = options.iter().enumerate().collect();
    let mut blocks: Vec<&[(usize, &Vec<f64>)]> = numbered.chunks(columns).collect();
    if blocks.is_empty() {
        blocks.push(&[]);
    }
    for block in blocks {
        let mut table = Table::new(2, &vec![Align::Right; block.len() + 2]);
        let mut head = vec![Line::new(), Line::new().faint("now")];
        head.extend(block.iter().map(|(at, _)| {
            let name = decision.map_or("", |it| words::option_name(model, it.rule, *at));
            let line = Line::new().faint(format!("{} {name}", at + 1));
            line.beginning(NARROW)
        }));
        table.row(head);
        for (at, outcome) in model.outcomes.iter().enumerate() {
            let mut row = vec![Line::new().plain(&outcome.title), chance(now[at])];
            row.extend(block.iter().map(|(_, values)| chance(values[at])));
            table.row(row);
        }
        table.write(&mut page);
    }
    page.finish()
}

/// Heads of columns are not wider than this.
const NARROW: usize = 14;

fn chance(value: f64) -> Line {
    Line::new().value(percent(value))
}

/// What can be typed.
#[must_use]
pub fn help(style: Style) -> String {
    let mut page = Page::new(style);
    let [_, outlook, why, status, history, undo, help, quit] = COMMANDS;
    let lines = [
        ("1, 2, ...", "choose the option of this number; its name does the same"),
        (outlook, "how likely each outcome is with each option; ? does the same"),
        (why, "what happened in this turn, why, and what came to nothing"),
        (status, "the whole situation, and all that is under way, also what nobody knows yet"),
        (history, "what has happened so far"),
        (undo, "take the last decision back; the same answers lead to the same again"),
        (help, "this"),
        (quit, "end the game here; so does the end of the input"),
    ];
    for (word, meaning) in lines {
        let first = Line::new().fill(2).value(word).fill(13);
        page.paragraph(&first, &Line::new().fill(13), &Line::new().plain(meaning));
    }
    page.finish()
}

fn happenings(page: &mut Page, model: &Model, moment: &Moment, told: &mut BTreeSet<String>) {
    let mut known: Option<&Vec<Cause>> = None;
    for happening in &moment.happenings {
        hanging(page, 2, &Line::new().strong(words::happening(model, moment, happening)));
        // What comes of the same stands together, told once.
        if known == Some(&happening.causes) {
            continue;
        }
        known = Some(&happening.causes);
        for cause in &happening.causes {
            hanging(page, 4, &Line::new().plain(causes::cause(model, cause)));
            if let Some(quote) = causes::because(model, cause) {
                let text = causes::quoted(model, quote);
                if told.insert(text.clone()) {
                    hanging(page, 6, &Line::new().faint(text));
                }
            }
        }
    }
}

fn under_way(page: &mut Page, model: &Model, one: &UnderWay) {
    let text = Line::new().then(Paint::Doubt, "Under way: ").plain(words::under_way(model, one));
    hanging(page, 2, &text);
    hanging(page, 4, &Line::new().plain(causes::cause(model, &one.cause)));
}

/// A paragraph whose further lines stand a little to the right.
pub(super) fn hanging(page: &mut Page, columns: usize, text: &Line) {
    page.paragraph(&Line::new().fill(columns), &Line::new().fill(columns + 2), text);
}

/// Whether an outcome is reached once the game has come to its end.
pub(super) fn is_reached(played: &Played<'_>, id: OutcomeId) -> bool {
    let model = played.model();
    let last = played.game.moments().len() - 1;
    match &model.outcomes[id.index()].condition {
        Some(_) => played.game.has_reached(id, last),
        None => {
            let mut all = (0..model.outcomes.len()).map(OutcomeId::new);
            played.end().is_some() && !all.any(|other| played.game.has_reached(other, last))
        }
    }
}
