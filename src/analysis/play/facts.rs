//! What a game has shown, as what can be observed: enough to tell its course from all others, but for
//! what is still under way.

use super::{Game, Stage};
use crate::engine::expansion::Expansion;
use crate::engine::turn::Turn;
use crate::model::{Event, VarId};

/// How many nodes a layer of a turn may have: of wider turns only what did happen is told.
const WIDEST: usize = 1 << 16;

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

impl Game<'_> {
    /// For each situation but the first: what tells it from all others that could have come instead.
    #[must_use]
    pub fn facts(&self) -> Vec<Vec<Fact>> {
        let stage = self.stage();
        let mut turn = Turn::up_to(&stage.program, WIDEST);
        let mut out = Expansion::default();
        let moments = self.moments().windows(2);
        let facts = moments.map(|pair| {
            turn.expand(&pair[0].words, &mut out);
            facts(stage, &out, &pair[1].happened, &pair[1].values)
        });
        facts.collect()
    }
}

fn facts(stage: &Stage, out: &Expansion, happened: &[u32], values: &[i32]) -> Vec<Fact> {
    let Stage { model, program, .. } = stage;
    let mut possible: Vec<u32> = happened.to_vec();
    if !out.too_wide {
        possible.extend((0..out.ends()).flat_map(|end| out.happened(end)));
    }
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
    all.extend(moving.map(|one| Fact::Value(VarId::new(one.variable), values[one.slot as usize])));
    all
}
