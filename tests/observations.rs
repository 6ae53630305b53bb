//! What is told given observations: held against the naive evaluator, computed by hand, and as
//! probabilities have to add up.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod agreement;
mod loading;
mod naive;
mod random;

use escalade::analysis::{self, Answers, Failure, Options, Simulation};
use escalade::model::Model;
use naive::fraction::{double, whole};
use naive::graph::{Graph, Trouble};
use proptest::collection::vec;
use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use random::print::Observed;

/// How many combinations of draws the naive evaluator may have to look at.
const LIMIT: usize = 600;

/// Random scenarios with one or two observations up to their horizons.
fn observed() -> impl Strategy<Value = Observed> {
    let seen = vec((0..=3_u32, random::strategy::cond()), 1..=2);
    (random::strategy::scenarios(), seen).prop_map(|(scenario, mut seen)| {
        let horizon = scenario.horizon.unwrap_or(4);
        seen.iter_mut().for_each(|(turn, _)| *turn = (*turn).min(horizon));
        Observed(scenario, seen)
    })
}

fn run(check: impl Fn(&str, &Model) -> Result<(), TestCaseError>) {
    let setting = |name| std::env::var(name).ok().and_then(|value| value.parse::<u32>().ok());
    let cases = setting("ESCALADE_CASES").unwrap_or(60);
    let seed = setting("ESCALADE_SEED").map_or(11, |seed| seed.to_le_bytes()[0]);
    let config = Config {
        cases,
        max_global_rejects: 60 * cases,
        failure_persistence: None,
        max_shrink_iters: 1000,
        ..Config::default()
    };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]);
    let texts = observed().prop_map(Shown);
    let outcome = TestRunner::new_with_rng(config, rng).run(&texts, |scenario| {
        let text = scenario.0.to_string();
        match loading::model(&text) {
            Ok(model) => check(&text, &model),
            Err(message) => Err(TestCaseError::fail(message)),
        }
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

struct Shown(Observed);

impl std::fmt::Debug for Shown {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(to, "\n{}", self.0)
    }
}

fn evaluate(model: &Model) -> Result<Answers, Failure> {
    analysis::evaluate(model, None, &Options::default())
}

fn code(failure: &Failure) -> &'static str {
    match failure {
        Failure::Scenario(all) => all[0].code.0,
        Failure::Limit(one) => one.code.0,
    }
}

#[test]
fn the_engine_agrees_with_the_naive_evaluator() {
    run(|_, model| {
        let horizon = model.horizon.unwrap();
        let graph = match Graph::explore(model, horizon, LIMIT) {
            Ok(graph) => graph,
            Err(Trouble::TooLarge | Trouble::Conflict(_)) => {
                return Err(TestCaseError::reject("too large, or contradicts itself"));
            }
        };
        let given = graph.given.as_ref().unwrap();
        let found = evaluate(model);
        if !given.possible[0][0] || *given.probability() == whole(0) {
            let told = found.as_ref().err().map(code);
            return if told == Some("E4005") {
                Err(TestCaseError::reject("cannot have been observed"))
            } else {
                Err(TestCaseError::fail(format!("{told:?}, but it has no chance")))
            };
        }
        let answers = found.map_err(|failure| TestCaseError::fail(format!("{failure:?}")))?;
        let results = match naive::evaluate(model, horizon, LIMIT) {
            Ok(results) => results,
            Err(_) => return Err(TestCaseError::reject("too large")),
        };
        let mut differences = agreement::differences(model, &answers, &results);
        let probability = answers.observation.unwrap().probability;
        if (probability - double(given.probability())).abs() > agreement::TOLERANCE {
            differences.push(format!("observed: {probability}, not {:?}", given.probability()));
        }
        if differences.is_empty() {
            Ok(())
        } else {
            Err(TestCaseError::fail(differences.join("\n")))
        }
    });
}
