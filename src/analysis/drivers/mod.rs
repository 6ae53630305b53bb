//! What the outcomes hang on: the derivative by every likelihood, the swing over every range, what
//! other positions, initial values and decisions would change, and the smallest change of a
//! likelihood at which something flips.

mod answer;
mod block;
mod derivative;
mod flips;
mod gains;
mod lever;
mod open_likelihoods;
mod replace;
mod room;
mod swing;
mod with_horizon;

pub use answer::{
    Alternate, DrivenOutcome, Drivers, DriversOptions, Flip, FlipOf, Lever, LikelihoodDriver,
    Replaced, Replacement, Slope, Swing, Turning,
};

pub(super) use lever::estimate;

use super::answer::Failure;
use super::observations::observation;
use super::options::Options;
use crate::model::{Model, OutcomeId};
use flips::flips;
use open_likelihoods::Scene;

/// What the outcomes of a model hang on, already changed for `reading`; on the threads of the
/// current pool.
///
/// # Errors
/// Conflicting assignments, or a limit that was reached, as diagnostics. It is never simulated.
pub fn drivers(
    model: &Model,
    reading: Option<usize>,
    options: &Options,
    ask: &DriversOptions,
) -> Result<Drivers, Failure> {
    let scene = Scene::explore(model, options)?;
    let estimates = scene.estimates();
    let chosen = chosen(ask, &estimates);
    let pick = |all: &[f64]| -> Vec<f64> { chosen.iter().map(|&at| all[at]).collect() };
    let outcomes = chosen
        .iter()
        .map(|&at| DrivenOutcome { outcome: OutcomeId::new(at), estimate: estimates[at] })
        .collect();
    let slopes = derivative::slopes(&scene);
    let swings = swing::swings(&scene);
    let one = |((movable, slopes), swing): ((&lever::Movable, &Vec<Slope>), Option<Swing>)| {
        LikelihoodDriver {
            name: movable.name.clone(),
            what: movable.what,
            text: movable.likelihood.text.clone(),
            low: movable.likelihood.low,
            high: movable.likelihood.high,
            estimate: movable.estimate,
            slopes: chosen.iter().map(|&at| slopes[at]).collect(),
            swing: swing.map(|swing| Swing {
                at_low: pick(&swing.at_low),
                at_high: pick(&swing.at_high),
                turnings: chosen.iter().map(|&at| swing.turnings[at].clone()).collect(),
                ..swing
            }),
        }
    };
    let likelihoods = scene.movables.iter().zip(&slopes).zip(swings).map(one).collect();
    let mut replacements = Vec::new();
    if ask.replacements {
        replacements = replace::replacements(&scene);
        for other in replacements.iter_mut().flat_map(|one| &mut one.others) {
            other.estimates = other.estimates.as_deref().map(pick);
        }
    }
    let found = if ask.flips { flips(&scene) } else { flips::Found::default() };
    let mut drivers = Drivers {
        reading,
        situations: scene.graph.len(),
        outcomes,
        likelihoods,
        replacements,
        flips: found.flips,
        edges: found.edges,
        observation: observation(scene.solver()),
        narrow: scene.narrow,
    };
    sort(&mut drivers);
    options.unless_stopped(drivers)
}

/// The outcomes asked for, the most probable first.
fn chosen(ask: &DriversOptions, estimates: &[f64]) -> Vec<usize> {
    let mut chosen: Vec<usize> = if ask.outcomes.is_empty() {
        (0..estimates.len()).collect()
    } else {
        ask.outcomes.iter().map(|outcome| outcome.index()).collect()
    };
    chosen
        .sort_by(|&one, &other| estimates[other].total_cmp(&estimates[one]).then(one.cmp(&other)));
    chosen.dedup();
    chosen
}

/// Sorts everything by its size; equal sizes stay as declared.
fn sort(drivers: &mut Drivers) {
    let mut order: Vec<usize> = (0..drivers.likelihoods.len()).collect();
    let size = |at: &usize| {
        let one = &drivers.likelihoods[*at];
        (tidy(one.size()), tidy(one.steepness()))
    };
    order.sort_by(|one, other| {
        let (one, other) = (size(one), size(other));
        other.0.total_cmp(&one.0).then(other.1.total_cmp(&one.1))
    });
    let mut place = vec![0; order.len()];
    order.iter().enumerate().for_each(|(at, &from)| place[from] = at);
    drivers.likelihoods = order.iter().map(|&at| drivers.likelihoods[at].clone()).collect();
    for flip in &mut drivers.flips {
        flip.likelihood = place[flip.likelihood];
    }
    // Edges are found to within 1e-9: that must not decide either.
    let change = |flip: &Flip| ((flip.to - flip.from).abs() * 1e6).round();
    drivers.flips.sort_by(|one, other| {
        change(one).total_cmp(&change(other)).then(one.likelihood.cmp(&other.likelihood))
    });
    let outcomes = &drivers.outcomes;
    let fails = |one: &Replacement| {
        one.others.iter().any(|other| other.estimates.is_none() || other.torn.is_some())
    };
    drivers.replacements.retain(|one| one.size(outcomes) > NOTHING || fails(one));
    drivers
        .replacements
        .sort_by(|one, other| tidy(other.size(outcomes)).total_cmp(&tidy(one.size(outcomes))));
}

/// A change smaller than this is rounding.
const NOTHING: f64 = 1e-8;

/// A size without the noise of the computation, which must not decide on an order.
fn tidy(size: f64) -> f64 {
    (size * 1e8).round()
}
