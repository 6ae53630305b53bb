//! Why there are no answers, as diagnostics.

use super::answer::Failure;
use super::names;
use super::options::Options;
use crate::diagnostic::pages::running::{
    CONFLICT, ENDLESS_SIMULATION, NONE_FITS, TOO_MANY_SITUATIONS,
};
use crate::diagnostic::{Diagnostic, Turn};
use crate::engine::program::Origin;
use crate::engine::{Conflict, Graph, Limit, Program};
use crate::model::{Model, VarId};
use crate::source::Span;

/// How many conflicts are told.
const TOLD: usize = 10;

/// Conflicting assignments, each with the storyline that leads there.
#[must_use]
pub fn conflicts(model: &Model, program: &Program, graph: &Graph, all: &[Conflict]) -> Failure {
    let mut told: Vec<Diagnostic> = Vec::new();
    for conflict in all {
        let (story, turn) = story(model, program, graph, conflict.situation);
        let diagnostic = diagnostic(model, conflict, story, turn);
        let same = |other: &Diagnostic| {
            other.primary == diagnostic.primary && other.message == diagnostic.message
        };
        if told.len() < TOLD && !told.iter().any(same) {
            told.push(diagnostic);
        }
    }
    Failure::Scenario(told)
}

/// Conflicting assignments met in a simulation, after what happened in which turn.
#[must_use]
pub fn conflicts_in(
    model: &Model,
    program: &Program,
    story: &[(u32, Vec<u32>)],
    turn: u32,
    all: &[Conflict],
) -> Failure {
    let turns = story.iter().map(|(turn, nodes)| (*turn, &nodes[..]));
    let story = storyline(model, program, turns);
    let told = all.iter().map(|conflict| diagnostic(model, conflict, story.clone(), turn));
    Failure::Scenario(told.collect())
}

/// A simulation without an end.
#[must_use]
pub fn endless(model: &Model) -> Failure {
    let message = "a simulation needs a last turn, and the scenario has no horizon";
    let help = "give the scenario a `horizon`, or set one with `--horizon N`";
    Failure::Limit(Box::new(Diagnostic::new(ENDLESS_SIMULATION, place(model), message).help(help)))
}

/// A simulation in which nothing fits what was observed; `what` says of what.
#[must_use]
pub fn none_fits(model: &Model, what: &str) -> Failure {
    let span = model.observations.first().map_or_else(|| place(model), |seen| seen.span);
    let message = format!("{what} what was observed");
    let help = "draw more (`--runs N`), or evaluate exactly (`--method exact`)";
    Failure::Limit(Box::new(Diagnostic::new(NONE_FITS, span, message).help(help)))
}

/// The conflict that it comes to in a turn, after what has happened before.
fn diagnostic(model: &Model, conflict: &Conflict, story: Vec<Turn>, turn: u32) -> Diagnostic {
    let (one, other) = (origin(model, conflict.one.0), origin(model, conflict.other.0));
    let [first, second] = values(model, conflict);
    let message = contradiction(model, conflict);
    Diagnostic::new(CONFLICT, one.1, message)
        .label(format!("sets it to `{first}`"))
        .also(other.1, format!("sets it to `{second}`"))
        .help_of_lines(
            ["give one of them a higher `priority`, or keep them apart by a condition"]
                .into_iter()
                .chain(tell(&story, turn).lines())
                .map(str::to_owned),
        )
        .after(story)
}

/// What contradicts what, in a sentence without its full stop.
#[must_use]
pub fn contradiction(model: &Model, conflict: &Conflict) -> String {
    let [first, second] = values(model, conflict);
    format!(
        "{} and {} set `{}` to different values in one turn: `{first}` and `{second}`",
        origin(model, conflict.one.0).0,
        origin(model, conflict.other.0).0,
        model.variables[conflict.variable].name
    )
}

fn values(model: &Model, conflict: &Conflict) -> [String; 2] {
    let value = |value| model.value_name(VarId::new(conflict.variable), value);
    [value(conflict.one.1), value(conflict.other.1)]
}

/// What to call the origin of an assignment, and where it stands.
fn origin(model: &Model, origin: Origin) -> (String, Span) {
    match origin {
        Origin::Inject(at) => {
            let inject = &model.injects[at as usize];
            (format!("`{}`", inject.name), inject.span)
        }
        Origin::Rule(at, _) => {
            let rule = &model.rules[at as usize];
            let declaration = &model.declarations[rule.declaration.index()];
            let members: Vec<&str> =
                rule.members.iter().map(|id| model.actors[id.index()].name.as_str()).collect();
            let name = match members.as_slice() {
                [] => format!("`{}`", declaration.name),
                members => format!("`{}` for {}", declaration.name, members.join(", ")),
            };
            (name, declaration.span)
        }
    }
}

/// The storyline that first led to a situation, and the turn that follows.
fn story(model: &Model, program: &Program, graph: &Graph, situation: usize) -> (Vec<Turn>, u32) {
    let mut labels = Vec::new();
    let mut at = situation;
    while at != 0 {
        let (parent, leaf) = graph.parents[at];
        labels.push(graph.label(graph.leaves(parent as usize).start + leaf as usize));
        at = parent as usize;
    }
    labels.push(graph.initial_label);
    labels.reverse();
    let turns = (0..).zip(&labels).map(|(turn, &label)| (turn, graph.happened(label)));
    (storyline(model, program, turns), labels.len() as u32)
}

/// What happened turn by turn, by its names.
fn storyline<'a>(
    model: &Model,
    program: &Program,
    turns: impl Iterator<Item = (u32, &'a [u32])>,
) -> Vec<Turn> {
    let name = |&node: &u32| names::id(model, names::kind(model, program, node));
    turns
        .filter(|(_, nodes)| !nodes.is_empty())
        .map(|(turn, nodes)| Turn { turn, nodes: nodes.iter().map(name).collect() })
        .collect()
}

/// What happened before something came about in turn `last`, in a sentence.
fn tell(story: &[Turn], last: u32) -> String {
    let turns = story.iter();
    let told: Vec<String> =
        turns.map(|one| format!("turn {}: {}", one.turn, one.nodes.join(", "))).collect();
    if told.is_empty() {
        format!("it comes to this in turn {last}, before anything else has happened")
    } else {
        format!("it comes to this in turn {last}, after {}", told.join("; "))
    }
}

/// Where to point when the whole scenario is meant.
fn place(model: &Model) -> Span {
    let span = model.outcomes.first().map(|outcome| outcome.span);
    let span = span.or(model.actors.first().map(|actor| actor.span));
    span.unwrap_or(Span::new(crate::source::FileId(0), 0, 0))
}

/// A limit that was reached, with the variables that make the situations many.
#[must_use]
pub fn too_many(model: &Model, program: &Program, options: &Options, limit: Limit) -> Failure {
    let mut sizes: Vec<(u64, &str)> = program
        .variables
        .iter()
        .map(|variable| {
            let size = u64::from(variable.high.abs_diff(variable.low)) + 1;
            (size, model.variables[variable.variable].name.as_str())
        })
        .collect();
    sizes.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(other.1)));
    let named: Vec<String> =
        sizes.iter().take(4).map(|(size, name)| format!("`{name}` ({size} values)")).collect();
    let chains: u32 = program.chains.iter().map(|chain| chain.length).sum();
    let (message, raise) = match limit {
        Limit::Situations => {
            let most = options.max_situations;
            (
                format!("the scenario has more than {most} situations"),
                ", or raise `--max-situations`",
            )
        }
        Limit::Memory(count) => (
            format!(
                "the first {count} situations already need more than {} MiB of memory",
                options.max_memory >> 20
            ),
            ", or raise `--max-memory`",
        ),
        Limit::Combinations => {
            ("one turn can come out in more than 16 million ways".to_owned(), "")
        }
    };
    let rest = sizes.len().saturating_sub(4);
    let others = if rest == 0 { String::new() } else { format!(" and {rest} more variables") };
    let named = named.join(", ") + &others + if named.is_empty() { "" } else { ", " };
    let help = format!(
        "what makes them many: {named}{} rules and decisions that draw, and {chains} slots for what is under way; narrow these, shorten delays or the horizon{raise}, or use `--method simulate`",
        program.draws.len(),
    );
    let span = place(model);
    Failure::Limit(Box::new(Diagnostic::new(TOO_MANY_SITUATIONS, span, message).help(help)))
}
