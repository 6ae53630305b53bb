//! Why not, followed back: where a rule seldom or never had its chance, what could bring about the
//! conditions that were missing, and what stood there in its turn.

use super::answer::{Barrier, Way};
use super::barriers::{needs, of_rules};
use super::bringers::{Bringer, bringers_of};
use crate::analysis::unfolded::Ground;
use crate::model::{Cond, DeclId, Expr, Model};
use std::collections::BTreeSet;

/// What holds at some time in no more of the storylines than this is asked about in its turn.
const SELDOM: f64 = 0.05;
/// How many steps the chain is followed back.
const DEPTH: usize = 4;
/// Barriers behind others at most.
const BEHIND: usize = 12;

/// What stood in the way of these rules, those that had their chance most often first; then, step by
/// step, what did behind the conditions that seldom or never held. Each rule is told once.
#[must_use]
pub fn followed(model: &Model, ground: &Ground, bringers: Vec<Bringer>) -> Vec<Barrier> {
    let mut told = BTreeSet::new();
    let mut step = Step::of(model, ground, bringers, &mut told);
    let mut found = std::mem::take(&mut step.barriers);
    let most = found.len() + BEHIND;
    let mut asked: Vec<Cond> = Vec::new();
    for _ in 0..DEPTH {
        let mut next = Step::default();
        for conditions in step.seldom {
            let Some(first) = conditions.first() else { continue };
            if asked.contains(first) || found.len() >= most {
                continue;
            }
            asked.push(first.clone());
            let bringers = bringers_of(model, &ground.program, &conditions);
            let nothing = bringers.is_empty() && is_for_rules(first);
            let mut behind = Step::of(model, ground, bringers, &mut told);
            if nothing {
                let (way, obstacles) = (Way::Nothing, Vec::new());
                behind.barriers.push(Barrier { way, behind: None, chance: 0.0, obstacles });
            }
            let of_first = |barrier| Barrier { behind: Some(first.clone()), ..barrier };
            found.extend(behind.barriers.into_iter().map(of_first));
            next.seldom.append(&mut behind.seldom);
        }
        step = next;
    }
    found.truncate(most);
    found
}

/// One step back from what is asked about.
#[derive(Default)]
struct Step {
    /// The rules that could bring it about, those that had their chance most often first.
    barriers: Vec<Barrier>,
    /// What they need and seldom or never had: for each, the condition of each choice of members.
    seldom: Vec<Vec<Cond>>,
}

impl Step {
    /// The step to these rules; those already told are not told again.
    fn of(
        model: &Model,
        ground: &Ground,
        bringers: Vec<Bringer>,
        told: &mut BTreeSet<DeclId>,
    ) -> Self {
        let mut is_new = |bringer: &Bringer| match bringer.way {
            Way::Rule { declaration, .. } => told.insert(declaration),
            Way::Condition | Way::Nothing => true,
        };
        let mut found: Vec<(Barrier, Vec<usize>)> = Vec::new();
        for bringer in bringers.into_iter().filter(|bringer| is_new(bringer)) {
            let rules = bringer.rules.clone();
            found.push((of_rules(model, ground, bringer), rules));
        }
        found.sort_by(|one, other| other.0.chance.total_cmp(&one.0.chance));
        let mut step = Self::default();
        for (barrier, rules) in found {
            let obstacles = barrier.obstacles.iter().enumerate();
            let seldom = obstacles.filter(|(_, it)| barrier.chance <= SELDOM && it.held <= SELDOM);
            for (at, _) in seldom {
                let each = rules.iter().filter_map(|&rule| needs(model, rule).into_iter().nth(at));
                step.seldom.push(each.map(|(cond, _)| cond).collect());
            }
            step.barriers.push(barrier);
        }
        step
    }
}

/// Whether a condition is one for rules to bring about: a turn comes by itself, and what is known
/// before anything runs does not change.
fn is_for_rules(cond: &Cond) -> bool {
    let mut timed = false;
    cond.leaves(&mut |leaf| timed |= matches!(leaf, Expr::Turn));
    !timed && !matches!(cond, Cond::Const(_))
}
