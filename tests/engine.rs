//! The engine agrees with the naive evaluator on random small scenarios, and without a horizon
//! with the naive evaluator at growing ones.
//!
//! `ESCALADE_CASES` says how many scenarios are tried, `ESCALADE_SEED` (0 to 255) which ones.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod agreement;
mod loading;
mod naive;
mod random;

use agreement::sandwich;
use escalade::analysis::{self, Answers, Failure, Options};
use escalade::diagnostic::Diagnostics;
use escalade::model::Model;
use naive::graph::Trouble;
use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use random::scenario::Scenario;
use std::cell::Cell;

/// How many combinations of draws the naive evaluator may have to look at.
const LIMIT: usize = 3_000;
/// How many situations the engine may come to without a horizon.
const SITUATIONS: usize = 200;

#[test]
fn with_a_horizon() {
    run(random::strategy::scenarios(), |_, model| {
        let mut found = reading_differs(model, None)?;
        if !model.readings.is_empty() {
            found.extend(reading_differs(model, Some(0))?);
        }
        verdict(found)
    });
}

#[test]
fn without_a_horizon() {
    let endless =
        random::strategy::scenarios().prop_map(|scenario| Scenario { horizon: None, ..scenario });
    run(endless, |_, model| {
        let limited = Options { max_situations: SITUATIONS, ..Options::default() };
        let answers = match evaluate(model, None, &limited) {
            Ok(answers) => answers,
            Err(Failure::Scenario(_)) => return Err(TestCaseError::reject("conflict")),
            Err(Failure::Limit(_) | Failure::Stopped) => {
                return Err(TestCaseError::reject("too large"));
            }
        };
        let mut found = Vec::new();
        for horizon in 1..5 {
            match sandwich::differences(model, &answers, horizon, LIMIT) {
                Ok(more) => found.extend(more),
                Err(Trouble::TooLarge) => break,
                Err(trouble) => found.push(format!("{trouble:?} not found by the engine")),
            }
        }
        verdict(found)
    });
}

/// What is said without running a scenario is so when it is run, in every reading.
#[test]
fn outcomes_that_are_called_dead_are_never_reached() {
    let dead = Cell::new(0);
    run(random::strategy::scenarios(), |text, model| {
        let told = loading::read(text).1;
        let told: Vec<&str> = told
            .iter()
            .filter(|it| it.code.0 == "W0017")
            .filter_map(|it| it.message.strip_prefix('`')?.split('`').next())
            .collect();
        let mut found = Vec::new();
        for reading in (0..model.readings.len()).map(Some).chain([None]) {
            let answers = match evaluate(model, reading, &Options::default()) {
                Ok(answers) => answers,
                Err(_) => return Err(TestCaseError::reject("conflict, or too large")),
            };
            for (outcome, answer) in model.outcomes.iter().zip(&answers.outcomes) {
                let high = answer.both.map_or(answer.estimate, |bounds| bounds.high);
                if told.contains(&outcome.name.as_str()) && high > 0.0 {
                    found.push(format!("{} is reached: {high}", outcome.name));
                }
            }
        }
        dead.set(dead.get() + told.len());
        verdict(found)
    });
    assert!(dead.get() > 5, "{} dead outcomes", dead.get());
}

fn run(
    scenarios: impl Strategy<Value = Scenario>,
    check: impl Fn(&str, &Model) -> Result<(), TestCaseError>,
) {
    let setting = |name| std::env::var(name).ok().and_then(|value| value.parse::<u32>().ok());
    let cases = setting("ESCALADE_CASES").unwrap_or(150);
    let seed = setting("ESCALADE_SEED").map_or(7, |seed| seed.to_le_bytes()[0]);
    let config = Config {
        cases,
        max_global_rejects: 20 * cases,
        failure_persistence: None,
        max_shrink_iters: 4000,
        ..Config::default()
    };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]);
    let outcome =
        TestRunner::new_with_rng(config, rng).run(&scenarios.prop_map(Shown), |scenario| {
            let text = scenario.0.to_string();
            match loading::model(&text) {
                Ok(model) => check(&text, &model),
                Err(message) => fail(&message),
            }
        });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

/// What the engine gets wrong in one reading.
fn reading_differs(model: &Model, reading: Option<usize>) -> Result<Vec<String>, TestCaseError> {
    let changed = reading.map_or_else(|| model.clone(), |it| naive::reading::read(model, it));
    let horizon = model.horizon.unwrap();
    let naive = naive::evaluate(&changed, horizon, LIMIT);
    if matches!(naive, Err(Trouble::TooLarge)) {
        return Err(TestCaseError::reject("too large"));
    }
    let found = match (evaluate(model, reading, &Options::default()), naive) {
        (Ok(answers), Ok(results)) => agreement::differences(&changed, &answers, &results),
        (Err(Failure::Scenario(_)), Err(Trouble::Conflict(_))) => Vec::new(),
        (Ok(_), Err(trouble)) => vec![format!("{trouble:?} not found by the engine")],
        (Err(failure), _) => vec![format!("the engine fails: {failure:?}")],
    };
    Ok(found.into_iter().map(|text| format!("{reading:?}: {text}")).collect())
}

fn evaluate(model: &Model, reading: Option<usize>, options: &Options) -> Result<Answers, Failure> {
    let changes = reading.map_or(&[][..], |it| &model.readings[it].changes);
    let changed = model.changed(changes, &mut Diagnostics::default()).unwrap();
    analysis::evaluate(&changed, reading, options)
}

fn verdict(found: Vec<String>) -> Result<(), TestCaseError> {
    if found.is_empty() { Ok(()) } else { fail(&found.join("\n")) }
}

fn fail(message: &str) -> Result<(), TestCaseError> {
    Err(TestCaseError::fail(message.to_owned()))
}

/// A scenario that is shown as its text.
struct Shown(Scenario);

impl std::fmt::Debug for Shown {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(to, "\n{}", self.0)
    }
}
