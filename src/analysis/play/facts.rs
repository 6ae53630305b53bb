//! What a game has shown, as what can be observed: enough to tell its course from all others, but for
//! what is still under way.

use super::{End, Game, Moment, Outlook, Stage};
use crate::engine::Graph;
use crate::engine::expansion::Expansion;
use crate::engine::turn::Turn;
use crate::model::{Event, VarId};

/// How many nodes a layer of a turn may have: of wider turns only what did happen is told.
const WIDEST: usize = 1 << 16;
/// For so many turns after nothing can happen any more something else could have, at most.
const LONGEST: u32 = 1000;

/// Something that can be observed of a situation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {
    /// The event happened on the way to it.
    Happened(Event),
    /// The event could have happened on the way to it, and did not.
    Missing(Event),
    /// The variable, which could have changed, has this value.
    Value(VarId, i32),
}

/// For each turn that shows anything: what tells it from what could have come instead, for all that
/// was seen before. Without an outlook, what only other things under way would have brought is left
/// out.
#[must_use]
pub fn facts(game: &Game<'_>, outlook: Option<&Outlook>) -> Vec<(u32, Vec<Fact>)> {
    let found = match outlook {
        Some(outlook) => seen(game, outlook.graph()),
        None => shown(game),
    };
    found.into_iter().filter(|(_, facts)| !facts.is_empty()).collect()
}

/// The facts, by what could have come of the situations before.
fn shown(game: &Game<'_>) -> Vec<(u32, Vec<Fact>)> {
    let stage = game.stage();
    let mut turn = Turn::up_to(&stage.program, WIDEST);
    let mut out = Expansion::default();
    let moments = game.moments().windows(2);
    let facts = moments.map(|pair| {
        turn.expand(&pair[0].words, &mut out);
        let ends = if out.too_wide { 0..0 } else { 0..out.ends() };
        let possible = ends.flat_map(|end| out.happened(end)).copied().collect();
        (pair[1].turn, told(stage, possible, &pair[1].happened, &pair[1].values))
    });
    facts.collect()
}

/// The facts, by what could have come of all situations that look alike.
fn seen(game: &Game<'_>, graph: &Graph) -> Vec<(u32, Vec<Fact>)> {
    let stage = game.stage();
    let mut alike = vec![0];
    let mut all = Vec::new();
    for Moment { turn, happened, values, .. } in &game.moments()[1..] {
        let possible = possible(graph, &alike);
        alike = following(stage, graph, &alike, happened, values);
        all.push((*turn, told(stage, possible, happened, values)));
    }
    if game.end() != Some(End::Settled) {
        return all;
    }
    // Nothing can happen any more, but others that look alike do not know that.
    let now = game.now();
    let last = stage.model.horizon.unwrap_or(now.turn.saturating_add(LONGEST));
    for turn in now.turn + 1..=last {
        let possible = possible(graph, &alike);
        let next = following(stage, graph, &alike, &[], &now.values);
        if possible.is_empty() && next == alike {
            break;
        }
        alike = next;
        all.push((turn, told(stage, possible, &[], &now.values)));
    }
    all
}

/// Everything that can happen after some of these situations.
fn possible(graph: &Graph, alike: &[u32]) -> Vec<u32> {
    let leaves = alike.iter().flat_map(|&s| graph.leaves(s as usize));
    let mut labels: Vec<u32> = leaves.map(|leaf| graph.label(leaf)).collect();
    labels.sort_unstable();
    labels.dedup();
    labels.into_iter().flat_map(|label| graph.happened(label)).copied().collect()
}

/// The situations that can follow these when these events happen and variables come to these values.
fn following(
    stage: &Stage,
    graph: &Graph,
    alike: &[u32],
    happened: &[u32],
    values: &[i32],
) -> Vec<u32> {
    let Stage { model, program, .. } = stage;
    let layout = &program.layout;
    let mut words = vec![0; layout.words()];
    layout.pack(values, &mut words);
    let slots = program.variables.iter().map(|one| one.slot);
    let same = |s: u32| {
        let there = graph.situation(s as usize);
        slots.clone().all(|slot| layout.get(there, slot) == layout.get(&words, slot))
    };
    // Whether a value went up and down again in one turn, or stayed, nobody can see.
    let events =
        |nodes: &[u32]| nodes.partition_point(|node| (*node as usize) < model.events.len());
    let happened = &happened[..events(happened)];
    let looks_alike = |leaf: usize| {
        let nodes = graph.happened(graph.label(leaf));
        &nodes[..events(nodes)] == happened
    };
    let leaves = alike.iter().flat_map(|&s| graph.leaves(s as usize));
    let mut next: Vec<u32> =
        leaves.filter(|&leaf| looks_alike(leaf)).map(|leaf| graph.targets[leaf]).collect();
    next.sort_unstable();
    next.dedup();
    next.retain(|&to| same(to));
    next
}

/// What did happen of all that could have, what did not, and the values of what could have changed.
fn told(stage: &Stage, mut possible: Vec<u32>, happened: &[u32], values: &[i32]) -> Vec<Fact> {
    let Stage { model, program, .. } = stage;
    possible.extend_from_slice(happened);
    possible.sort_unstable();
    possible.dedup();
    let event = |node: u32| model.events.get(node as usize).map(|body| body.event);
    let (took_place, missing): (Vec<u32>, Vec<u32>) =
        possible.iter().partition(|node| happened.binary_search(node).is_ok());
    let took_place: Vec<Event> = took_place.into_iter().filter_map(event).collect();
    // Without a target a condition means any.
    let is_told = |one: &Event| {
        one.target.is_none()
            && took_place.iter().any(|other| (other.actor, other.action) == (one.actor, one.action))
    };
    let missing = missing.into_iter().filter_map(event).filter(|one| !is_told(one));
    let mut all: Vec<Fact> = took_place.iter().copied().map(Fact::Happened).collect();
    all.extend(missing.map(Fact::Missing));
    let moves = |nodes: std::ops::Range<u32>| possible.iter().any(|node| nodes.contains(node));
    let moving = program.variables.iter().filter(|one| moves(one.nodes()));
    let value = |one: &crate::engine::program::WrittenVariable| {
        Fact::Value(VarId::new(one.variable), values[one.slot as usize])
    };
    all.extend(moving.map(value));
    all
}
