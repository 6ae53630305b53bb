//! The words that all pages of a game share.

use crate::analysis::play::{Choice, End, Moment, UnderWay};
use crate::analysis::{Happening, NodeKind, VariableChange};
use crate::model::{Delay, Model, OutcomeId};
use crate::report::content::causes;
use crate::report::content::labels;

/// What can be typed instead of an option.
pub const COMMANDS: [&str; 8] =
    ["?", "outlook", "why", "status", "history", "undo", "help", "quit"];

/// Something that happened: a value that went up or down with what it is now.
pub fn happening(model: &Model, moment: &Moment, happening: &Happening) -> String {
    let text = labels::node(model, &happening.kind);
    let NodeKind::Change(variable, VariableChange::Raised | VariableChange::Lowered) =
        happening.kind
    else {
        return text;
    };
    match moment.changes.iter().find(|change| change.variable == variable) {
        Some(change) => format!("{text} to {}", model.value_name(variable, change.after)),
        None => text,
    }
}

/// The level, where it has changed: `up from “Words” to “Convoys”`.
pub fn level(model: &Model, moment: &Moment) -> Option<String> {
    let (before, now) = moment.level.filter(|(before, now)| before != now)?;
    let up = if now > before { "up" } else { "down" };
    Some(format!("{up} from {} to {}", rung(model, before), rung(model, now)))
}

/// A rung by its title.
pub fn rung(model: &Model, rung: i32) -> String {
    let rungs = model.ladder.iter().flat_map(|ladder| &ladder.rungs);
    let rung = usize::try_from(rung).ok().and_then(|at| rungs.into_iter().nth(at));
    rung.map(|rung| format!("“{}”", rung.title)).unwrap_or_default()
}

/// Something under way: `The missile sites becomes operational, due in turn 10`.
pub fn under_way(model: &Model, one: &UnderWay) -> String {
    let nodes: Vec<String> = one.nodes.iter().map(|node| labels::node(model, node)).collect();
    format!("{}, due in {}", nodes.join("; "), labels::turn(model, one.due))
}

/// Whose decision it is, and what about.
pub fn decision(model: &Model, rule: usize) -> (String, String) {
    let rule = &model.rules[rule];
    let decider = rule.decider.map(|id| model.actors[id.index()].title.clone());
    let title = &model.declarations[rule.declaration.index()].title;
    let who = causes::choices(model, std::slice::from_ref(&rule.members));
    (decider.unwrap_or_default(), format!("{title}{who}"))
}

/// The name of an option.
pub fn option_name(model: &Model, rule: usize, option: usize) -> &str {
    let declaration = &model.declarations[model.rules[rule].declaration.index()];
    declaration.alternatives.get(option).and_then(Option::as_deref).unwrap_or_default()
}

/// The title of an option, with its delay.
pub fn option_title(model: &Model, rule: usize, option: usize) -> String {
    let rule = &model.rules[rule];
    let titles = &model.declarations[rule.declaration.index()].option_titles;
    let title = titles.get(option).map(String::as_str).unwrap_or_default();
    match rule.alternatives[option].branch.delay {
        Delay::After(0 | 1) => title.to_owned(),
        Delay::After(turns) => format!("{title} (after {turns} turns)"),
        Delay::Within(turns) => format!("{title} (within {turns} turns)"),
    }
}

/// How an option is answered: its name, or its number where the name is a command.
pub fn answer(model: &Model, rule: usize, option: usize) -> String {
    let name = option_name(model, rule, option);
    if COMMANDS.contains(&name) { (option + 1).to_string() } else { name.to_owned() }
}

/// A choice: `France: Draw up plans (What does Paris do?)`.
pub fn choice(model: &Model, choice: &Choice) -> String {
    let (who, what) = decision(model, choice.rule);
    format!("{who} decides: {} ({what})", option_title(model, choice.rule, choice.option))
}

/// Why a game is over, in a sentence.
pub fn end(model: &Model, end: End, turn: u32) -> String {
    let when = labels::turn(model, turn);
    match end {
        End::Ending(id) => {
            format!("The storyline ends in {when}: {}.", outcome(model, id))
        }
        End::Horizon => format!("The run ends with {when}."),
        End::Settled => format!("Nothing can happen any more after {when}."),
        End::Idle(turns) => format!(
            "For {turns} turns there was nothing to decide, and the scenario has no horizon: the game ends with {when}."
        ),
    }
}

/// An outcome by its title.
pub fn outcome(model: &Model, id: OutcomeId) -> String {
    format!("“{}”", model.outcomes[id.index()].title)
}
