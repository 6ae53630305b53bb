//! What a subject is in the situations: where a storyline has come to it.

use super::derivation::Arrival;
use super::subject::Subject;
use crate::analysis::storylines::likeliest_paths::{self, Found, Quest};
use crate::analysis::torn::torn;
use crate::analysis::unfolded::Ground;
use crate::engine::compile::at_least;
use crate::engine::{Freedom, Graph};
use crate::model::Model;
use crate::solve::aim::Aim;
use crate::solve::goals::Goal;
use crate::solve::visits::incoming::Back;

/// Where a storyline has come to a subject.
#[derive(Clone, Debug)]
pub enum Reaching {
    /// In situations of a set.
    Situations(Vec<bool>),
    /// Where one of these nodes happens; for each label whether it has one.
    Nodes(Vec<u32>, Vec<bool>),
    /// In the end, having passed only situations of this set.
    Otherwise(Vec<bool>),
}

impl Reaching {
    /// That of a subject.
    #[must_use]
    pub fn new(model: &Model, ground: &Ground, subject: Subject) -> Self {
        let solver = ground.solver();
        let graph = ground.graph();
        match subject {
            Subject::Outcome(id) => match &ground.program.outcomes[id.index()] {
                Some(test) => Self::Situations(solver.holding(test)),
                None => {
                    let mut pass: Vec<bool> = torn(solver).iter().map(|torn| !torn).collect();
                    for test in ground.program.outcomes.iter().flatten() {
                        let holding = solver.holding(test);
                        pass.iter_mut().zip(holding).for_each(|(pass, one)| *pass &= !one);
                    }
                    Self::Otherwise(pass)
                }
            },
            Subject::Rung(rung) => match ground.program.level {
                Some(level) => {
                    let rung = i32::try_from(rung).unwrap_or(i32::MAX);
                    Self::Situations(solver.holding(&at_least(model, level, rung)))
                }
                None => {
                    let start = model.ladder.as_ref().map_or(0, |ladder| ladder.start);
                    let holds = usize::try_from(start).is_ok_and(|start| start >= rung);
                    Self::Situations(torn(solver).iter().map(|torn| holds && !torn).collect())
                }
            },
            Subject::Event(_) | Subject::Change(..) => {
                let nodes = subject.nodes(&ground.program);
                let has = |label: u32| graph.happened(label).iter().any(|n| nodes.contains(n));
                let labels = (0..graph.label_count() as u32).map(has).collect();
                Self::Nodes(nodes, labels)
            }
        }
    }

    /// The goal to ask for, and whether its complement is meant.
    #[must_use]
    pub fn goal(&self) -> (Goal, bool) {
        match self {
            Self::Situations(set) => (Goal::Reach(set.clone()), false),
            Self::Nodes(nodes, _) => (Goal::HappenAny(nodes.clone()), false),
            Self::Otherwise(pass) => (Goal::Reach(pass.iter().map(|pass| !pass).collect()), true),
        }
    }

    /// The most probable storylines that come to it.
    #[must_use]
    pub fn paths(&self, ground: &Ground, back: &Back, count: usize) -> Vec<Found> {
        let solver = ground.solver();
        let nowhere = vec![false; ground.graph().len()];
        let quest = |target, pass, at_end| Quest { target, pass, at_end, possible: false };
        match self {
            Self::Situations(set) => {
                likeliest_paths::paths(solver, back, quest(set, None, false), count)
            }
            Self::Nodes(_, labels) => {
                likeliest_paths::paths_to(solver, back, quest(&nowhere, None, false), labels, count)
            }
            Self::Otherwise(pass) => {
                likeliest_paths::paths(solver, back, quest(pass, Some(pass), true), count)
            }
        }
    }

    /// Whether any storyline comes to it under some allowed likelihood.
    #[must_use]
    pub fn is_possible(&self, ground: &Ground) -> bool {
        match self {
            Self::Situations(_) | Self::Nodes(..) => self.some_path(ground).is_some(),
            Self::Otherwise(_) => {
                let least = Aim { freedom: Freedom::Both, greatest: false };
                let solver = ground.solver();
                let others = solver.within(&[self.goal().0], least, solver.horizon);
                others.iter().all(|found| found.value < 1.0)
            }
        }
    }

    /// Some storyline that comes to it under some allowed likelihood; the earliest where it is
    /// reached on the way.
    #[must_use]
    pub fn some_path(&self, ground: &Ground) -> Option<Vec<Arrival>> {
        let graph = ground.graph();
        match self {
            Self::Situations(set) => {
                let s = set.iter().position(|reached| *reached)?;
                Some(arrivals(graph, &to(graph, s)))
            }
            Self::Nodes(_, labels) => {
                if labels[graph.initial_label as usize] {
                    return Some(arrivals(graph, &[]));
                }
                let hit = |leaf: usize| labels[graph.label(leaf) as usize];
                let (s, leaf) = (0..graph.len())
                    .find_map(|s| graph.leaves(s).find(|&leaf| hit(leaf)).map(|leaf| (s, leaf)))?;
                let mut leaves = to(graph, s);
                leaves.push(leaf);
                Some(arrivals(graph, &leaves))
            }
            Self::Otherwise(pass) => staying(ground, pass),
        }
    }
}

/// The leaves by which a situation was first reached.
fn to(graph: &Graph, mut s: usize) -> Vec<usize> {
    let mut leaves = Vec::new();
    while s != 0 {
        let (parent, leaf) = graph.parents[s];
        leaves.push(graph.leaves(parent as usize).start + leaf as usize);
        s = parent as usize;
    }
    leaves.reverse();
    leaves
}

/// Situation 0 and where each of these leaves arrives.
#[must_use]
pub fn arrivals(graph: &Graph, leaves: &[usize]) -> Vec<Arrival> {
    let arrival = |s: usize, label: u32| Arrival {
        words: graph.situation(s).to_vec(),
        ending: graph.endings[s],
        happened: graph.happened(label).to_vec(),
    };
    let first = std::iter::once(arrival(0, graph.initial_label));
    let step = |&leaf: &usize| arrival(graph.targets[leaf] as usize, graph.label(leaf));
    first.chain(leaves.iter().map(step)).collect()
}

/// A path that stays in a set up to the horizon or to where everything is settled. Without a horizon
/// a storyline that only goes round for ever counts as one once it has gone round.
fn staying(ground: &Ground, pass: &[bool]) -> Option<Vec<Arrival>> {
    let (graph, horizon) = (ground.graph(), ground.solver().horizon);
    if !*pass.first()? {
        return None;
    }
    let mut seen = rustc_hash::FxHashSet::default();
    // A path in the making: each situation with its leaves still to be tried.
    let mut path = vec![(0_usize, graph.leaves(0))];
    let mut taken: Vec<usize> = Vec::new();
    while let Some((s, leaves)) = path.last_mut() {
        let turn = taken.len() as u32;
        let last = horizon.is_some_and(|horizon| turn >= horizon);
        if last || likeliest_paths::ends(graph, *s as u32) {
            return Some(arrivals(graph, &taken));
        }
        let Some(leaf) = leaves.next() else {
            path.pop();
            taken.pop();
            continue;
        };
        let target = graph.targets[leaf] as usize;
        if !pass[target] {
            continue;
        }
        if horizon.is_none() && path.iter().any(|(on_path, _)| *on_path == target) {
            taken.push(leaf);
            return Some(arrivals(graph, &taken));
        }
        let when = if horizon.is_some() { turn + 1 } else { 0 };
        if seen.insert((target, when)) {
            taken.push(leaf);
            path.push((target, graph.leaves(target)));
        }
    }
    None
}
