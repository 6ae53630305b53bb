//! Likelihoods from 1e-300 to 1: whatever is rare, seen or asked for, estimates are as exact as doubles
//! are and no bound is too narrow, held against exact fractions.

use super::{Shown, evaluate, loading, naive, observed, random};
use escalade::analysis::{self, Answers, Interval, Options};
use escalade::model::{Likelihood, Model, OutcomeId};
use naive::chance::Freedom;
use naive::fraction::{Fraction, decimal, whole};
use naive::graph::{Graph, Trouble};
use naive::values::{Question, beyond, estimated};
use proptest::collection::vec;
use proptest::prelude::any;
use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use random::print::Observed;

/// How many combinations of draws the exact evaluator may have to look at.
const LIMIT: usize = 200;
/// How far numbers may be apart, as a share.
const SHARE: f64 = 1e-9;
/// What a double can no longer hold.
const SMALLEST: f64 = 1e-300;

#[test]
fn bounds_and_estimates_of_what_is_rare() {
    let setting = |name| std::env::var(name).ok().and_then(|value| value.parse::<u32>().ok());
    let cases = setting("ESCALADE_CASES").unwrap_or(60);
    let seed = setting("ESCALADE_SEED").map_or(23, |seed| seed.to_le_bytes()[0]);
    let config = Config {
        cases,
        max_global_rejects: 100 * cases,
        failure_persistence: None,
        max_shrink_iters: 300,
        ..Config::default()
    };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]);
    let plain = random::strategy::scenarios().prop_map(|scenario| Observed(scenario, Vec::new()));
    let texts = proptest::prop_oneof![observed(), plain].prop_map(Shown);
    let outcome = TestRunner::new_with_rng(config, rng).run(
        &(texts, vec(any::<u32>(), 16)),
        |(scenario, seeds)| {
            let mut model = loading::model(&scenario.0.to_string()).map_err(TestCaseError::fail)?;
            make_rare(&mut model, &seeds);
            check(&model).map(|_| ())
        },
    );
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

/// Draws that no order of corners settles: what cannot be looked at for lack of time is only bounded, and
/// that is told.
#[test]
fn bounds_may_be_wider_but_not_too_narrow() {
    let mut wider = 0;
    for seed in 0..30_u64 {
        let mut bits = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
        let mut next = |most: u64| {
            bits = bits
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (bits >> 33) % most
        };
        let mut text = String::from("scenario \"S\" { horizon 2 turns }\nmeter m: 0..15 = 0\n");
        for at in 0..4 {
            let low = 10 + next(50);
            let high = low + 5 + next(30);
            let size = 1 << at;
            text += &format!(
                "rule r{at} {{ when turn = 0 then {low}%..{high}% {{ raise m by {size} }} }}\n"
            );
        }
        let hits: Vec<String> =
            (1..16).filter(|_| next(2) == 0).map(|value| format!("m = {value}")).collect();
        text += &format!("outcome o when m = 15 or {}\n", hits.join(" or "));
        text += &format!("observe turn 1: m >= {}\n", next(6));
        wider += check(&loading::model(&text).unwrap()).unwrap();
    }
    assert!(wider > 3, "{wider}");
}

/// Gives the rules, and decisions that leave an option open, likelihoods drawn log-uniformly.
fn make_rare(model: &mut Model, seeds: &[u32]) {
    for rule in &mut model.rules {
        let given = rule.alternatives.iter().filter(|it| it.likelihood.is_some()).count();
        if given == 0 || rule.decider.is_some() && given == rule.alternatives.len() {
            continue;
        }
        let most = 1.0 / given as f64;
        for (at, alternative) in rule.alternatives.iter_mut().enumerate() {
            if alternative.likelihood.is_none() {
                continue;
            }
            let seed = seeds[(rule.declaration.index() * 3 + at) % seeds.len()];
            let power = |bits: u32| -f64::from(bits % 1000) * [0.3, 0.03, 0.003][at % 3];
            let (one, other) = (10_f64.powf(power(seed)), 10_f64.powf(power(seed >> 10)));
            let (low, high) = match seed >> 29 {
                0 | 1 => (one, one),
                2 => (0.0, one),
                3 => (one, 1.0),
                _ => (one.min(other), one.max(other)),
            };
            let likelihood =
                Likelihood { low: low.min(most), high, param: None, text: String::new() };
            alternative.likelihood =
                Some(Likelihood { high: likelihood.high.max(likelihood.low), ..likelihood });
        }
    }
}

/// Says how often bounds were told as wider than they might be.
fn check(model: &Model) -> Result<usize, TestCaseError> {
    let graph = match Graph::explore(model, model.horizon.unwrap_or(4), LIMIT) {
        Ok(graph) => graph,
        Err(Trouble::TooLarge | Trouble::Conflict(_)) => {
            return Err(TestCaseError::reject("too large, or contradicts itself"));
        }
    };
    if graph.given.as_ref().is_some_and(|given| *given.probability() == whole(0)) {
        let found = evaluate(model);
        return match found {
            Err(_) => Err(TestCaseError::reject("cannot have been observed")),
            Ok(_) => Err(TestCaseError::fail("evaluated what cannot be")),
        };
    }
    let (mut wrong, mut wider) = (Vec::new(), 0);
    for nodes in [Options::default().nodes, 0] {
        let answers = analysis::evaluate(model, None, &Options { nodes, ..Options::default() })
            .map_err(|failure| TestCaseError::fail(format!("{failure:?}")))?;
        for at in 0..model.outcomes.len() {
            let question = naive::expectations::outcome_question(model, OutcomeId::new(at));
            outcome(&graph, &question, &answers, at, &mut wrong);
        }
        wider += usize::from(answers.wider);
    }
    match wrong.is_empty() {
        true => Ok(wider),
        false => {
            Err(TestCaseError::fail(format!("{}\n{:#?}", wrong.join("\n"), likelihoods(model))))
        }
    }
}

fn outcome(
    graph: &Graph<'_>,
    question: &Question<'_>,
    answers: &Answers,
    at: usize,
    wrong: &mut Vec<String>,
) {
    let answer = &answers.outcomes[at];
    let exact = estimated(graph, question);
    if !same(answer.estimate, &exact) {
        wrong.push(format!("outcome {at}: {:e}, but should be {exact:?}", answer.estimate));
    }
    let all = [
        (Freedom::Likelihoods, answer.likelihoods),
        (Freedom::Decisions, answer.decisions),
        (Freedom::Both, answer.both),
    ];
    for (freedom, interval) in all {
        let Some(Interval { low, high }) = interval else { continue };
        let past = |greatest, ratio: f64| {
            beyond(graph, question, freedom, greatest, &decimal(ratio.clamp(0.0, 1.0)))
        };
        let mut tell = |holds: bool, what: &str| {
            if !holds {
                wrong.push(format!("outcome {at}, {freedom:?} [{low:e}, {high:e}]: {what}"));
            }
        };
        let [above, below] = [1.0 + SHARE, 1.0 - SHARE].map(|share| share * high);
        tell(
            high == 1.0 || past(true, above.max(SMALLEST)) <= whole(0),
            "the upper end is too low",
        );
        if answers.wider {
            tell(high > 0.0 || past(true, 0.0) <= whole(0), "possible or not");
        } else if high > SMALLEST {
            tell(past(true, below) >= whole(0), "the upper end is too high");
        } else {
            tell((high > 0.0) == (past(true, 0.0) > whole(0)), "possible or not");
        }
        let [above, below] = [1.0 + SHARE, 1.0 - SHARE].map(|share| share * low);
        tell(low <= SMALLEST || past(false, below) >= whole(0), "the lower end is too high");
        if low < 1.0 - SHARE && !answers.wider {
            tell(past(false, above.max(SMALLEST)) <= whole(0), "the lower end is too low");
        }
    }
}

/// Near 1 a double has no more digits than this; near 0 what it cannot hold still is not 0.
fn same(found: f64, exact: &Fraction) -> bool {
    let right = naive::fraction::double(exact);
    if right < SMALLEST {
        return found < 2.0 * SMALLEST && (found > 0.0) == (*exact > whole(0));
    }
    // A complement is exact to the last digit of 1.
    (found - right).abs() <= SHARE * right || (found - right).abs() < 1e-14
}

fn likelihoods(model: &Model) -> Vec<(String, Vec<(f64, f64)>)> {
    let ends = |it: &escalade::model::Alternative| {
        it.likelihood.as_ref().map_or((f64::NAN, f64::NAN), |it| (it.low, it.high))
    };
    let name =
        |rule: &escalade::model::Rule| model.declarations[rule.declaration.index()].name.clone();
    model
        .rules
        .iter()
        .map(|rule| (name(rule), rule.alternatives.iter().map(ends).collect()))
        .collect()
}

fn answers(text: &str) -> Answers {
    evaluate(&loading::model(text).unwrap()).unwrap()
}

fn both(answers: &Answers, outcome: usize) -> (f64, f64) {
    answers.outcomes[outcome].both.map(|it| (it.low, it.high)).unwrap()
}

#[test]
fn as_many_observations_as_there_are_turns() {
    let mut text = String::from(
        "scenario \"S\" { horizon 1200 turns }
actor a
action signal
state kind: calm | wild = calm
rule turns { when turn = 0 then 50% { kind becomes wild } }
rule calm { while kind = calm then 30% { a does signal } }
rule wild { while kind = wild then 30% { a does signal } }
outcome o when kind = wild
",
    );
    for turn in 2..=1200 {
        let not = if turn % 2 == 0 { "not " } else { "" };
        text.push_str(&format!("observe turn {turn}: {not}a does signal\n"));
    }
    let answers = answers(&text);
    assert!((answers.outcomes[0].estimate - 0.5).abs() < 1e-9, "{}", answers.outcomes[0].estimate);
    let right = 600.0 * 0.7_f64.ln() + 599.0 * 0.3_f64.ln();
    let seen = answers.observation.unwrap();
    assert!((seen.log_probability / right - 1.0).abs() < 1e-12, "{}", seen.log_probability);
    assert!(seen.probability > 0.0);
}

#[test]
fn what_is_rare_is_possible_and_told() {
    let answers = answers(
        "scenario \"S\" { horizon 3 turns }
flag f
flag g
rule r { when not f then 99.9999999999999% { } else { f becomes yes } }
rule s { when f then 0%..0.00000000000001% { g becomes yes } }
outcome left when f
outcome rare when g
outcome quiet otherwise
expect P(left) > 0%
expect P(left) = 0%
expect possible f
expect P(quiet) = 100%
expect P(quiet) < 100%
",
    );
    assert!((answers.outcomes[0].estimate / 1e-15 - 1.0).abs() < 1e-9);
    assert_eq!(both(&answers, 1).0, 0.0);
    assert!((both(&answers, 1).1 / 1e-31 - 1.0).abs() < 1e-9);
    let holds: Vec<bool> = answers.expectations.iter().map(|it| it.holds).collect();
    assert_eq!(holds, [true, false, true, false, true]);
    assert!(answers.reactions.graph.node_weights().any(|node| node.id == "g becomes yes"));
}
