//! A run of a simulation, drawn again on its own.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod loading;

use escalade::analysis::{self, Answers, Options, Simulation};
use std::path::Path;

fn simulate(runs: u64, only: Option<u64>) -> Answers {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/symmetry/everyone.esc");
    let model = loading::model(&std::fs::read_to_string(path).unwrap()).unwrap();
    let simulation = Simulation { runs, seed: 7, only };
    let options = Options { simulate: Some(simulation), storylines: 1, ..Options::default() };
    analysis::evaluate(&model, None, &options).unwrap()
}

#[test]
fn runs_alone_add_up_to_the_whole() {
    let count = 200;
    let whole = simulate(count, None);
    let mut reached = vec![0.0; whole.outcomes.len()];
    for run in 0..count {
        let alone = simulate(1, Some(run));
        assert_eq!(alone.storylines.len(), 1);
        for (sum, outcome) in reached.iter_mut().zip(&alone.outcomes) {
            assert!(outcome.estimate == 0.0 || outcome.estimate == 1.0);
            *sum += outcome.estimate;
        }
    }
    for (sum, outcome) in reached.iter().zip(&whole.outcomes) {
        assert!((sum / count as f64 - outcome.estimate).abs() < 1e-12);
    }
}
