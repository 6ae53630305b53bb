//! What is behind the answers of a report: why the outcomes come about and why not, what they hang
//! on, and how the reactions are built. Found only where that does not take long.

use super::answer::{Answers, Failure, Method};
use super::drivers::{Drivers, DriversOptions, drivers};
use super::options::Options;
use super::structure::{Structure, structure};
use super::unfolded::Ground;
use super::why::{Asked, Subject, Why, why_in};
use crate::model::{Model, OutcomeId};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Alternatives as written times what is gone through for each, transitions and alternatives: with more it
/// is left to those who ask for it.
const MOST_WORK: usize = 3_000_000;
/// Other likelihoods may lead to this many times the situations that the scenario has, at most.
const WIDER: usize = 10;
/// An outcome at least this probable is told why; so is the most probable one.
const OFTEN: f64 = 0.2;
/// An outcome below this is told why not; firebreaks keep outcomes below it.
const SELDOM: f64 = 0.05;
/// This many outcomes are told why, and this many why not, at most.
const TOLD: usize = 3;
/// This many storylines carry an outcome, at most.
const STORYLINES: usize = 3;

/// What is behind the answers.
#[derive(Clone, Debug)]
pub struct Behind {
    /// The scenario as evaluated: under its reading, with the changes of the command line.
    pub model: Model,
    /// Why the most probable outcomes come about, the most probable first.
    pub often: Vec<Why>,
    /// Why outcomes seldom or never come about, as declared.
    pub seldom: Vec<Why>,
    /// What the outcomes hang on.
    pub drivers: Drivers,
    /// What the reactions are like as a whole.
    pub structure: Structure,
}

/// What is behind the answers to a model, already changed for its reading; `None` where that would
/// take long, where nothing leads to an outcome, where answers are simulated or told given what was
/// observed.
///
/// # Errors
/// As with the questions one by one.
pub fn behind(
    model: Model,
    answers: &Answers,
    options: &Options,
) -> Result<Option<Behind>, Failure> {
    if !is_found(&model, answers) {
        return Ok(None);
    }
    let options = Options {
        storylines: STORYLINES,
        max_situations: options.max_situations.min(answers.situations.saturating_mul(WIDER)),
        ..options.clone()
    };
    let ground = Ground::explore(&model, &options)?;
    let ask = |ids: Vec<OutcomeId>, asked: Asked| -> Vec<Why> {
        let one = |id| why_in(&model, &ground, Subject::Outcome(id), asked, &options);
        ids.into_par_iter().map(one).collect()
    };
    let (often, seldom) = (ask(often(answers), Asked::Why), ask(seldom(answers), Asked::WhyNot));
    let drivers = drivers(&model, answers.reading, &options, &DriversOptions::default())?;
    let structure = structure(&model, SELDOM, None, &options)?;
    options.unless_stopped(Some(Behind { model, often, seldom, drivers, structure }))
}

fn is_found(model: &Model, answers: &Answers) -> bool {
    // As written: rules that are written once have their likelihoods in common.
    let written: FxHashMap<_, _> =
        model.rules.iter().map(|rule| (rule.declaration, rule.alternatives.len())).collect();
    let alternatives: usize = written.values().sum();
    let work = alternatives.saturating_mul(answers.transitions + alternatives);
    answers.method == Method::Exact
        && answers.observation.is_none()
        && !answers.outcomes.is_empty()
        && work <= MOST_WORK
}

/// The outcomes that are told why.
fn often(answers: &Answers) -> Vec<OutcomeId> {
    let estimate = |at: &usize| answers.outcomes[*at].estimate;
    let mut ranked: Vec<usize> = (0..answers.outcomes.len()).collect();
    ranked.sort_by(|one, other| estimate(other).total_cmp(&estimate(one)));
    let told = ranked.iter().enumerate().filter(|(rank, at)| *rank == 0 || estimate(at) >= OFTEN);
    told.take(TOLD).map(|(_, &at)| OutcomeId::new(at)).collect()
}

/// The outcomes that are told why not.
fn seldom(answers: &Answers) -> Vec<OutcomeId> {
    let often = often(answers);
    let all = (0..answers.outcomes.len()).filter(|&at| answers.outcomes[at].estimate < SELDOM);
    all.map(OutcomeId::new).filter(|id| !often.contains(id)).take(TOLD).collect()
}
