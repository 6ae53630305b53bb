//! The exact derivative of every outcome's estimate by every likelihood: the adjoint of the
//! evaluation. What each result of each draw is worth is how often a storyline comes to the draw
//! before it has come to the goal, times the probability of the goal behind the result. One pass
//! backward finds the probabilities, one forward the visits, for all likelihoods together.
//!
//! Given what was observed the estimate is a quotient, P(A and seen) / P(seen), and so is its
//! derivative. Both are probabilities in situations told apart by the turn up to the last one
//! observed: P(A and seen) is P(seen), less that it comes to all that was seen without A, plus that A
//! first comes then or later. All are told as shares of P(seen), however small that is.

use super::answer::Slope;
use super::block::Block;
use super::gains::Gains;
use super::lever::Movable;
use super::open_likelihoods::Scene;
use super::with_horizon::flows;
use crate::engine::Graph;
use crate::solve::aim::Aim;
use crate::solve::goals::{Goal, Goals};
use crate::solve::linear::parts::{Edges, Parts};
use crate::solve::solver::Solver;
use crate::solve::values::one_turn::Backup;
use crate::solve::values::without_horizon;
use crate::solve::visits::before_goal::Ground;
use crate::solve::visits::incoming::Back;
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

/// The probability that outcomes are told by, as goals in a graph.
struct Asked<'a> {
    scene: &'a Scene<'a>,
    graph: &'a Graph,
    /// For each leaf what its flow counts, where it is not 1.
    scales: &'a [f64],
    goals: Vec<Goal>,
    /// For each outcome: of which goals its derivative is made up, and how often each counts.
    terms: Vec<Vec<(usize, f64)>>,
}

/// For each likelihood of a scene and each outcome of its model: the slope.
#[must_use]
pub fn slopes(scene: &Scene<'_>) -> Vec<Vec<Slope>> {
    let unrolled = scene.seen.as_ref().map(|seen| seen.unrolled(&scene.graph));
    let graph = unrolled.as_ref().map_or(&scene.graph, |unrolled| &unrolled.graph);
    let scales = unrolled.as_ref().map_or(&[][..], |unrolled| &unrolled.scales);
    let estimates = scene.estimates();
    let turns = scene.model.horizon;
    let kept = turns.map_or(3, |turns| 2 * f64::from(turns).sqrt().ceil() as usize + 3);
    let each = graph.targets.len() + graph.len() * kept;
    let most = (VALUES / each.max(1)).clamp(1, 64);
    let mut slopes = vec![Vec::new(); scene.movables.len()];
    let all: Vec<usize> = (0..scene.goals.len()).collect();
    for outcomes in all.chunks(most) {
        let asked = Asked::new(scene, (graph, scales), outcomes, &estimates);
        let (gains, endless) = match turns {
            Some(turns) => (asked.within(turns), None),
            None => {
                let (gains, endless) = asked.ever();
                (gains, Some(endless))
            }
        };
        for (slopes, movable) in slopes.iter_mut().zip(&scene.movables) {
            for terms in &asked.terms {
                let side = |rising| side(scene, movable, &gains, endless.as_ref(), terms, rising);
                slopes.push(Slope { falling: side(false), rising: side(true) });
            }
        }
    }
    slopes
}

/// The derivative of one outcome from one side.
fn side(
    scene: &Scene<'_>,
    movable: &Movable,
    gains: &Gains,
    endless: Option<&Gains>,
    terms: &[(usize, f64)],
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
            for &(goal, times) in terms {
                let worth = times * gains.get(declaration.index(), alternative, goal);
                sum += share * worth;
                size += (share * worth).abs();
                let endless =
                    endless.map_or(0.0, |all| all.get(declaration.index(), alternative, goal));
                jump += share * times * endless;
            }
        }
        if jump.abs() > JUMP {
            return None;
        }
    }
    (size * ROUNDING <= LOST * sum.abs().max(1.0)).then_some(sum)
}

impl<'a> Asked<'a> {
    /// Of these outcomes, with the estimates of all.
    fn new(
        scene: &'a Scene<'a>,
        (graph, scales): (&'a Graph, &'a [f64]),
        outcomes: &[usize],
        estimates: &[f64],
    ) -> Self {
        let mut asked = Self { scene, graph, scales, goals: Vec::new(), terms: Vec::new() };
        let sign =
            |at: usize| if scene.model.outcomes[at].condition.is_none() { -1.0 } else { 1.0 };
        let Some(seen) = &scene.seen else {
            asked.goals = outcomes.iter().map(|&at| scene.goals[at].clone()).collect();
            asked.terms = (0..).zip(outcomes).map(|(goal, &at)| vec![(goal, sign(at))]).collect();
            return asked;
        };
        let lost = std::iter::once(false);
        let arrived: Vec<bool> = seen.arrived().into_iter().chain(lost.clone()).collect();
        let later = |s: usize| s >= seen.plain || arrived[s];
        asked.goals.push(Goal::Reach(arrived.clone()));
        for &at in outcomes {
            let Goal::Reach(set) = &scene.goals[at] else { continue };
            let set: Vec<bool> = set.iter().copied().chain(lost.clone()).collect();
            let without: Vec<bool> = set.iter().map(|reached| !reached).collect();
            let then = set.iter().enumerate().map(|(s, reached)| *reached && later(s)).collect();
            let first = asked.goals.len();
            asked.goals.push(Goal::Until(arrived.clone(), without.clone()));
            asked.goals.push(Goal::Until(then, without));
            let found = if sign(at) < 0.0 { 1.0 - estimates[at] } else { estimates[at] };
            let times = sign(at);
            asked.terms.push(vec![(0, (1.0 - found) * times), (first, -times), (first + 1, times)]);
        }
        asked
    }

    fn within(&self, turns: u32) -> Gains {
        let block = Block::new(&self.goals);
        let mut flows = flows(self.graph, &block, turns);
        let width = self.goals.len();
        for (flows, scale) in flows.chunks_exact_mut(width.max(1)).zip(self.scales) {
            flows.iter_mut().for_each(|flow| *flow *= scale);
        }
        self.add_up(|gains, s| {
            let leaves = self.graph.leaves(s);
            let behind = &flows[leaves.start * width..leaves.end * width];
            gains.situation(self.scene, self.graph.choice(s), behind);
        })
    }

    /// What results are worth, and what those are worth that are met again and again for ever, in
    /// places where the goal is out of reach: as soon as they are possible, they happen.
    fn ever(&self) -> (Gains, Gains) {
        let (graph, width) = (self.graph, self.goals.len());
        let solver = Solver { graph, given: None, ..self.scene.solver() };
        let all: Vec<&Goal> = self.goals.iter().collect();
        let lanes = Goals::new(solver, &all);
        let backup = Backup { solver, goals: &lanes, aim: Aim::ESTIMATE };
        let values = without_horizon::ever(&backup).rows;
        let (back, parts) = (Back::new(graph), Parts::new(graph, Edges::Estimated));
        let ground = Ground { graph, back: &back, parts: &parts };
        let block = Block::new(&self.goals);
        let visits = |goal| ground.visits(&|s| block.settles(s, goal));
        let visits: Vec<Vec<f64>> = (0..width).into_par_iter().map(visits).collect();
        let weighed = |s: usize, weight: &dyn Fn(f64) -> f64| -> Vec<f64> {
            let row = |leaf: usize| {
                let row = &values[graph.targets[leaf] as usize * lanes.stride()..][..width];
                let scale = self.scales.get(leaf).copied().unwrap_or(1.0);
                row.iter().zip(&visits).map(move |(value, visits)| {
                    let weight = weight(visits[s]);
                    if weight > 0.0 { weight * value * scale } else { 0.0 }
                })
            };
            graph.leaves(s).flat_map(row).collect()
        };
        let gains = self.add_up(|gains, s| {
            let finite = |visits: f64| if visits.is_finite() { visits } else { 0.0 };
            gains.situation(self.scene, graph.choice(s), &weighed(s, &finite));
        });
        let endless = self.add_up(|gains, s| {
            let infinite = |visits: f64| if visits.is_finite() { 0.0 } else { 1.0 };
            gains.situation(self.scene, graph.choice(s), &weighed(s, &infinite));
        });
        (gains, endless)
    }

    /// Adds up what all situations bring, in the same order on any number of threads.
    fn add_up(&self, add: impl Fn(&mut Gains, usize) + Sync) -> Gains {
        let (scene, goals, count) = (self.scene, self.goals.len(), self.graph.len());
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
}
