//! How a game went: its storyline, what it came to, and how to play it again.

use super::Played;
use super::text::{hanging, is_reached};
use super::words;
use crate::analysis::NodeKind;
use crate::analysis::play::{Game, Moment};
use crate::model::{Model, OutcomeId};
use crate::report::content::labels;
use crate::report::percent;
use crate::report::text::{Align, Line, Page, Style, Table};

/// What has happened so far, turn by turn.
#[must_use]
pub fn history(game: &Game<'_>, style: Style) -> String {
    let mut page = Page::new(style);
    page.section("What has happened", "");
    storyline(&mut page, game);
    page.finish()
}

/// How it went, what it came to, and how to play it again.
#[must_use]
pub fn closing(played: &Played<'_>, style: Style) -> String {
    let mut page = Page::new(style);
    page.section("How it went", "");
    storyline(&mut page, played.game);
    page.indented(2, &Line::new().strong(ended(played)));
    outcomes(&mut page, played);
    page.section("To play it again", "");
    // Not wrapped, and broken only where a shell goes on reading: it is there to be copied.
    let command = played.repeating().replacen(" | ", " |\n", 1);
    command.lines().for_each(|line| page.line(&Line::new().fill(2).plain(line)));
    page.finish()
}

/// Why it is over, or that it is not.
pub(super) fn ended(played: &Played<'_>) -> String {
    let turn = played.game.now().turn;
    match played.end() {
        Some(end) => words::end(played.model(), end, turn),
        None => format!("It was left in {}.", labels::turn(played.model(), turn)),
    }
}

fn storyline(page: &mut Page, game: &Game<'_>) {
    let model = &game.stage().model;
    for moment in game.moments() {
        let lines = lines(model, moment);
        if lines.is_empty() {
            continue;
        }
        hanging(page, 2, &Line::new().faint(labels::turn(model, moment.turn)));
        for line in lines {
            hanging(page, 4, &line);
        }
    }
}

/// What happened in a turn in short: events, what is reached, what was decided.
fn lines(model: &Model, moment: &Moment) -> Vec<Line> {
    let event = |kind: &NodeKind| matches!(kind, NodeKind::Event(_));
    let events: Vec<String> = moment
        .happenings
        .iter()
        .filter(|one| event(&one.kind))
        .map(|one| words::happening(model, moment, one))
        .collect();
    let changes: Vec<String> = moment
        .happenings
        .iter()
        .filter(|one| !event(&one.kind))
        .map(|one| words::happening(model, moment, one))
        .collect();
    let mut lines: Vec<Line> = events.into_iter().map(|one| Line::new().plain(one)).collect();
    if !changes.is_empty() {
        lines.push(Line::new().faint(changes.join("; ")));
    }
    for &id in &moment.reached {
        lines.push(Line::new().plain("Reached: ").strong(words::outcome(model, id)));
    }
    lines.extend(moment.choices.iter().map(|one| Line::new().value(words::choice(model, one))));
    lines
}

fn outcomes(page: &mut Page, played: &Played<'_>) {
    let model = played.model();
    if model.outcomes.is_empty() {
        return;
    }
    page.section("Outcomes", "");
    let mut table = Table::new(2, &[Align::Left, Align::Right, Align::Right]);
    let faint = |text: &str| Line::new().faint(text);
    table.row(vec![Line::new(), faint("at the start"), faint("now")]);
    for (at, outcome) in model.outcomes.iter().enumerate() {
        let start = played.outlook.map_or_else(|_| String::new(), |values| percent(values[0][at]));
        let reached = is_reached(played, OutcomeId::new(at));
        let now = match (reached, played.end(), played.outlook) {
            (true, ..) => Line::new().strong("reached"),
            (false, Some(_), _) => Line::new().plain("not reached"),
            (false, None, Ok(values)) => Line::new().value(percent(values[1][at])),
            (false, None, Err(_)) => Line::new().plain("not so far"),
        };
        table.row(vec![Line::new().plain(&outcome.title), Line::new().value(start), now]);
    }
    table.write(page);
    if let Err(why) = played.outlook {
        page.indented(2, &Line::new().faint(why));
    }
}
