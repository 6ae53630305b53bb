//! Why something happens, and why not: the storylines that carry it, the rules without which it
//! cannot happen, and the conditions that stood in the way.

mod accounts;
mod ancestry;
mod answer;
mod barriers;
mod bringers;
mod derivation;
mod followed_back;
mod margins;
mod needs;
mod reaching;
mod routes;
mod subject;

pub use answer::{
    Account, AccountStep, Barrier, Cause, Happening, Margin, Measured, Needs, Obstacle, Part,
    Search, Way, Why,
};
pub use subject::Subject;

pub(super) use accounts::{brought_about, cause};
pub(super) use needs::{needs, without};

use super::answer::{Failure, Interval};
use super::observations::observation;
use super::options::Options;
use super::unfolded::Ground;
use crate::engine::Freedom;
use crate::model::{Model, OutcomeId};
use crate::solve::goals::Goal;
use reaching::Reaching;

/// What is asked: parts that are not are empty in the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// Why it happens: storylines, and the rules that it needs.
    Why,
    /// Why it does not: what stood in the way.
    WhyNot,
    /// Both.
    Both,
}

/// Why a subject happens, and why not, with as many storylines as the options say; of a model that
/// is already changed for its reading, on the threads of the current pool.
///
/// # Errors
/// Conflicting assignments, or a limit that was reached, as diagnostics.
pub fn why(model: &Model, subject: Subject, options: &Options) -> Result<Why, Failure> {
    let ground = Ground::explore(model, options)?;
    options.unless_stopped(why_in(model, &ground, subject, Asked::Both, options))
}

/// The same in situations already explored, as much as is asked.
pub(super) fn why_in(
    model: &Model,
    ground: &Ground,
    subject: Subject,
    asked: Asked,
    options: &Options,
) -> Why {
    let solver = ground.solver();
    let reaching = Reaching::new(model, ground, subject);
    let (goal, complement) = reaching.goal();
    let goals = [match goal {
        Goal::Reach(set) if complement => Goal::Avoid(set),
        goal => goal,
    }];
    let found = solver.estimates(&goals);
    let (low, high) = solver.bounds(&goals, &found, Freedom::Both).swap_remove(0);
    let probability = found[0].value;
    let possible = reaching.is_possible(ground);
    let (mut accounts, mut needed, mut barriers) = (Vec::new(), Needs::default(), Vec::new());
    if asked != Asked::WhyNot {
        let most = options.storylines;
        accounts = accounts::accounts(model, ground, subject, &reaching, probability, most);
        if possible {
            needed = needs(model, ground, subject, options);
        }
    }
    if asked != Asked::Why {
        barriers = barriers::barriers(model, ground, subject);
    }
    Why {
        subject,
        probability,
        bounds: Interval { low, high },
        possible,
        mean_turn: if complement { None } else { found[0].mean_turn },
        accounts,
        needs: needed,
        barriers,
        others: if complement { others(ground) } else { Vec::new() },
        observation: observation(solver),
        situations: ground.graph().len(),
        transitions: ground.graph().transitions,
    }
}

/// How likely each outcome with a condition is.
fn others(ground: &Ground) -> Vec<(OutcomeId, f64)> {
    let solver = ground.solver();
    let tests = ground.program.outcomes.iter().enumerate();
    let tests: Vec<_> = tests.filter_map(|(at, test)| Some((at, test.as_ref()?))).collect();
    let goals: Vec<Goal> =
        tests.iter().map(|(_, test)| Goal::Reach(solver.holding(test))).collect();
    let found = solver.estimates(&goals);
    tests.iter().zip(found).map(|((at, _), found)| (OutcomeId::new(*at), found.value)).collect()
}
