//! How wrong the values of a policy may be, from how long storylines stay.
//!
//! Let `w` be such that, whatever is chosen, `w >= 1 + P w` over what stays in the part, but for a
//! quarter. Values that one round moves by at most `r` are then within `r w / (3/4)` of those of the
//! best choice: the round contracts in the norm weighted with `w` (Bertsekas and Tsitsiklis 1991).
//! The greatest expected number of turns in the part is such a `w`, and however it was found, only
//! what is measured of it afterwards counts.

use crate::engine::choice::Choice;
use crate::solve::aim::Aim;
use crate::solve::branch_and_bound::best;
use crate::solve::linear::elimination;
use crate::solve::solver::Solver;
use crate::solve::values::equations::{Unknowns, rows};
use crate::solve::values::one_turn::Backup;
use crate::solve::values::policy_iteration::{self, Policy, pick};

use super::ROUNDING;

/// By how much `w` may fall short.
const SHORT: f64 = 0.25;
/// Improvements at most.
const ROUNDS: usize = 100;

/// How far the values of an orbit's lanes in `values` may be from those of the best choice; `None`
/// where some choice stays in the part for ever, or too long to tell.
pub fn doubt(backup: &Backup<'_>, members: &[u32], orbit: &[usize], values: &[f64]) -> Option<f64> {
    let unknowns = Unknowns::new(members, orbit);
    let longest = longest(backup, &unknowns, values)?.into_iter().fold(1.0, f64::max);
    let stride = backup.goals.stride();
    let moved = |(s, lane): (u32, usize)| {
        let now = values[s as usize * stride + lane];
        let next = pick(backup, s as usize, values, lane).map_or(now, |best| best.value);
        // One rounding for each product that is added up, in whatever layer.
        let Solver { program, graph, .. } = backup.solver;
        let inner = |choice: Choice<'_>| -> usize {
            let bundled = choice.bundles().map(|(leaves, _)| leaves.len());
            let layered = choice.layers(program).map(|layer| layer.children.len());
            bundled.chain(layered).sum()
        };
        let terms = graph.leaves(s as usize).len() + graph.choice(s as usize).map_or(1, inner);
        (next - now).abs() + terms as f64 * f64::EPSILON * next.max(now)
    };
    let moved = unknowns.each().map(moved).fold(0.0, f64::max);
    Some(moved * longest / (1.0 - SHORT))
}

/// For each unknown the greatest expected number of turns in the part, by policy iteration.
fn longest(backup: &Backup<'_>, unknowns: &Unknowns<'_>, values: &[f64]) -> Option<Vec<f64>> {
    let (graph, goals) = (backup.solver.graph, backup.goals);
    let longer = Backup { aim: Aim { greatest: true, ..backup.aim }, ..*backup };
    let stay = |s: u32, lane: usize, turns: &[f64]| {
        let choice = graph.choice(s as usize).filter(|_| !longer.is_fixed(s as usize))?;
        let behind = |(target, kind): (u32, u32)| {
            unknowns.find(target, goals.place(kind)[lane]).map_or(0.0, |at| turns[at])
        };
        let leaves: Vec<f64> = graph.ways(graph.leaves(s as usize)).map(behind).collect();
        Some(best(backup.solver.program, choice, longer.aim, &leaves))
    };
    let begin = vec![1.0; unknowns.each().count()];
    let mut policy: Policy =
        unknowns.each().map(|(s, lane)| stay(s, lane, &begin).map(|best| best.picks)).collect();
    for _ in 0..ROUNDS {
        if !backup.solver.round() {
            return None;
        }
        let chosen = |s: u32, lane: usize| {
            let picks = policy[unknowns.find(s, lane as u32)?].as_deref()?;
            Some(policy_iteration::weights(&longer, s as usize, picks))
        };
        let mut chain = rows(&longer, unknowns, &chosen, values);
        for ((s, lane), row) in unknowns.each().zip(&mut chain) {
            row.gain = f64::from(u8::from(!goals.settles(s as usize, lane)));
        }
        let turns = elimination::values(&chain)?;
        let mut gained = false;
        for (((s, lane), picks), now) in unknowns.each().zip(&mut policy).zip(&turns) {
            if goals.settles(s as usize, lane) {
                continue;
            }
            let Some(best) = stay(s, lane, &turns) else { continue };
            if 1.0 + best.value > now + SHORT / 2.0 {
                gained = true;
                *picks = Some(best.picks);
            }
        }
        if !gained {
            let reliable = turns.iter().all(|turns| turns * ROUNDING < SHORT / 2.0);
            return reliable.then_some(turns);
        }
    }
    None
}
