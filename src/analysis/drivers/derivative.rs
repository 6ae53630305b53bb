//! The exact derivative of every outcome's estimate by every likelihood: the adjoint of the
//! evaluation. What each result of each draw is worth is how often a storyline comes to the draw
//! before it has come to the goal, times the probability of the goal behind the result. One pass
//! backward finds the probabilities, one forward the visits, for all likelihoods together.

use super::answer::Slope;
use super::block::Block;
use super::gains::Gains;
use super::lever::Movable;
use super::scene::Scene;
use super::visits::Ground;
use super::within::flows;
use crate::analysis::back::Back;
use crate::analysis::backup::Backup;
use crate::analysis::component::{Edges, Parts};
use crate::analysis::extreme::Aim;
use crate::analysis::goal::{Goal, Goals};
use crate::analysis::unbounded;
use rayon::prelude::*;

/// How many numbers are kept at the same time, at most, if it can be helped.
const VALUES: usize = 1 << 26;
/// How many situations are added up on their own: the order of the sums does not hang on threads.
const CHUNK: usize = 512;
/// What is worth less than this to a goal that can otherwise never be reached is rounding.
const JUMP: f64 = 1e-12;
/// Rounding of what is added up, as a share of it, with margin.
const ROUNDING: f64 = 1e-14;
/// A slope that rounding may have changed by more than this share is not told.
const LOST: f64 = 1e-6;

/// For each likelihood of a scene and each outcome of its model: the slope.
#[must_use]
pub fn slopes(scene: &Scene<'_>) -> Vec<Vec<Slope>> {
    let graph = &scene.graph;
    let turns = scene.model.horizon;
    let kept = turns.map_or(3, |turns| 2 * f64::from(turns).sqrt().ceil() as usize + 3);
    let each = graph.targets.len() + graph.len() * kept;
    let most = (VALUES / each.max(1)).clamp(1, 64);
    let mut slopes = vec![Vec::new(); scene.movables.len()];
    for goals in scene.goals.chunks(most) {
        let (gains, endless) = match turns {
            Some(turns) => (within(scene, goals, turns), None),
            None => {
                let (gains, endless) = ever(scene, goals);
                (gains, Some(endless))
            }
        };
        let first = slopes.first().map_or(0, Vec::len);
        for (slopes, movable) in slopes.iter_mut().zip(&scene.movables) {
            for goal in 0..goals.len() {
                let complement = scene.model.outcomes[first + goal].condition.is_none();
                let side = |rising| side(scene, movable, &gains, endless.as_ref(), goal, rising);
                let signed = |value: f64| if complement { -value } else { value };
                slopes.push(Slope {
                    falling: side(false).map(signed),
                    rising: side(true).map(signed),
                });
            }
        }
    }
    slopes
}

/// The derivative of one goal from one side.
fn side(
    scene: &Scene<'_>,
    movable: &Movable,
    gains: &Gains,
    endless: Option<&Gains>,
    goal: usize,
    rising: bool,
) -> Option<f64> {
    // The size is that of the terms before they cancel out: what of it is rounding is lost.
    let (mut sum, mut size) = (0.0_f64, 0.0_f64);
    for (room, one) in scene.rooms(movable).zip(&movable.uses) {
        let declaration = one.declaration;
        let mut jump = 0.0;
        for (alternative, share) in room.direction(rising)?.into_iter().enumerate() {
            // What was not explored cannot gain anything; elsewhere nothing is left out.
            if share == 0.0 {
                continue;
            }
            if scene.narrow && !scene.draws(declaration, alternative) {
                return None;
            }
            let worth = gains.get(declaration.index(), alternative, goal);
            sum += share * worth;
            size += (share * worth).abs();
            jump +=
                share * endless.map_or(0.0, |all| all.get(declaration.index(), alternative, goal));
        }
        if jump.abs() > JUMP {
            return None;
        }
    }
    (size * ROUNDING <= LOST * sum.abs().max(1.0)).then_some(sum)
}

fn within(scene: &Scene<'_>, goals: &[Goal], turns: u32) -> Gains {
    let block = Block::new(goals);
    let flows = flows(&scene.graph, &block, turns);
    let width = goals.len();
    add_up(scene, width, |gains, s| {
        let leaves = scene.graph.leaves(s);
        gains.situation(scene, s, &flows[leaves.start * width..leaves.end * width]);
    })
}

/// What results are worth, and what those are worth that are met again and again for ever, in
/// places where the goal is out of reach: as soon as they are possible, they happen.
fn ever(scene: &Scene<'_>, goals: &[Goal]) -> (Gains, Gains) {
    let (graph, width) = (&scene.graph, goals.len());
    let solver = scene.solver();
    let all: Vec<&Goal> = goals.iter().collect();
    let lanes = Goals::new(solver, &all);
    let backup = Backup { solver, goals: &lanes, aim: Aim::ESTIMATE };
    let values = unbounded::ever(&backup).rows;
    let (back, parts) = (Back::new(graph), Parts::new(graph, Edges::Estimated));
    let ground = Ground { graph, back: &back, parts: &parts };
    let block = Block::new(goals);
    let visits: Vec<Vec<f64>> =
        (0..width).into_par_iter().map(|goal| ground.visits(&|s| block.reaches(s, goal))).collect();
    let weighed = |s: usize, weight: &dyn Fn(f64) -> f64| -> Vec<f64> {
        let targets = &graph.targets[graph.leaves(s)];
        let row = |&target: &u32| {
            let row = &values[target as usize * lanes.stride()..][..width];
            row.iter().zip(&visits).map(|(value, visits)| {
                let weight = weight(visits[s]);
                if weight > 0.0 { weight * value } else { 0.0 }
            })
        };
        targets.iter().flat_map(row).collect()
    };
    let gains = add_up(scene, width, |gains, s| {
        let finite = |visits: f64| if visits.is_finite() { visits } else { 0.0 };
        gains.situation(scene, s, &weighed(s, &finite));
    });
    let endless = add_up(scene, width, |gains, s| {
        let infinite = |visits: f64| if visits.is_finite() { 0.0 } else { 1.0 };
        gains.situation(scene, s, &weighed(s, &infinite));
    });
    (gains, endless)
}

/// Adds up what all situations bring, in the same order on any number of threads.
fn add_up(scene: &Scene<'_>, goals: usize, add: impl Fn(&mut Gains, usize) + Sync) -> Gains {
    let count = scene.graph.len();
    let chunks: Vec<Gains> = (0..count.div_ceil(CHUNK))
        .into_par_iter()
        .map(|chunk| {
            let mut gains = Gains::new(scene, goals);
            (chunk * CHUNK..count.min((chunk + 1) * CHUNK)).for_each(|s| add(&mut gains, s));
            gains
        })
        .collect();
    let mut sum = Gains::new(scene, goals);
    chunks.iter().for_each(|gains| sum.add(gains));
    sum
}
