//! What is told given observations: held against the naive evaluator, computed by hand, and as
//! probabilities have to add up.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod agreement;
#[path = "observations/command_line.rs"]
mod command_line;
mod loading;
mod naive;
mod random;
#[path = "observations/rare.rs"]
mod rare;

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
        Failure::Stopped => "stopped",
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

/// Everything that has one probability: outcomes, rungs, nodes.
fn probabilities(answers: &Answers) -> Vec<(String, f64)> {
    let outcomes = answers.outcomes.iter().map(|it| it.estimate).enumerate();
    let rungs = answers.ladder.iter().map(|it| it.estimate).enumerate();
    let mut all: Vec<(String, f64)> =
        outcomes.map(|(at, p)| (format!("outcome {at}"), p)).collect();
    all.extend(rungs.map(|(at, p)| (format!("rung {at}"), p)));
    let nodes = answers.reactions.graph.node_weights();
    all.extend(nodes.map(|node| (node.id.clone(), node.probability)));
    all
}

/// What was seen and its contrary share out everything: P(A|O) P(O) + P(A|not O) P(not O) = P(A).
#[test]
fn an_observation_and_its_contrary_add_up() {
    run(|text, _| {
        let is_seen = |line: &&str| line.starts_with("observe");
        let base: Vec<&str> = text.lines().filter(|line| !is_seen(line)).collect();
        let base = base.join("\n");
        let seen = text.lines().find(is_seen).unwrap();
        let (at, cond) = seen.split_once(": ").unwrap();
        let plain = match evaluate(&loading::model(&base).unwrap()) {
            Ok(plain) => plain,
            Err(_) => return Err(TestCaseError::reject("contradicts itself, or too large")),
        };
        let mut sums = std::collections::BTreeMap::<String, f64>::new();
        let mut chance = 0.0;
        for seen in [format!("{base}\n{at}: {cond}\n"), format!("{base}\n{at}: not ({cond})\n")] {
            match evaluate(&loading::model(&seen).unwrap()) {
                Ok(given) => {
                    let probability = given.observation.unwrap().probability;
                    chance += probability;
                    for (what, value) in probabilities(&given) {
                        *sums.entry(what).or_default() += value * probability;
                    }
                }
                Err(failure) if code(&failure) == "E4005" => {}
                Err(failure) => return Err(TestCaseError::fail(format!("{failure:?}"))),
            }
        }
        let mut wrong = Vec::new();
        if (chance - 1.0).abs() > 1e-9 {
            wrong.push(format!("the chances add up to {chance}"));
        }
        for (what, whole) in probabilities(&plain) {
            let sum = sums.get(&what).copied().unwrap_or_default();
            if (sum - whole).abs() > 1e-9 {
                wrong.push(format!("{what}: {sum}, not {whole}"));
            }
        }
        if wrong.is_empty() { Ok(()) } else { Err(TestCaseError::fail(wrong.join("\n"))) }
    });
}

/// To see what is certain changes nothing: not a bound, an edge, or a mean turn.
#[test]
fn what_goes_without_saying_changes_nothing() {
    let mut tried = 0;
    for folder in ["conformance/named", "conformance/random", "cases/unbounded"] {
        let folder = format!("{}/tests/{folder}", env!("CARGO_MANIFEST_DIR"));
        let mut files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|it| it.unwrap()).collect();
        files.sort_by_key(|file| file.path());
        for path in files
            .iter()
            .map(|file| file.path())
            .filter(|path| path.extension().is_some_and(|it| it == "esc"))
        {
            let text = std::fs::read_to_string(&path).unwrap();
            let plain = loading::model(&text).unwrap();
            let turn = plain.horizon.map_or(3, |horizon| horizon.min(3));
            let seen = loading::model(&format!("{text}\nobserve turn {turn}: 1 > 0\n")).unwrap();
            let few = Options { max_situations: 2_000, ..Options::default() };
            let found = [&plain, &seen].map(|model| analysis::evaluate(model, None, &few));
            let [Ok(one), Ok(other)] = found else { continue };
            tried += 1;
            same(&one, &other, &path.display().to_string());
            let observation = other.observation.unwrap();
            assert!(close(observation.probability, 1.0), "{}", path.display());
        }
    }
    assert!(tried > 60, "{tried}");
}

fn close(one: f64, other: f64) -> bool {
    one == other || (one - other).abs() <= 2e-8 * one.abs().max(1.0)
}

fn same(one: &Answers, other: &Answers, file: &str) {
    let ends = |it: Option<analysis::Interval>| it.map(|it| [it.low, it.high]);
    for (at, (one, other)) in one.outcomes.iter().zip(&other.outcomes).enumerate() {
        assert!(close(one.estimate, other.estimate), "{file}: outcome {at}");
        assert_eq!(one.mean_turn.is_some(), other.mean_turn.is_some(), "{file}: outcome {at}");
        let means = one.mean_turn.zip(other.mean_turn);
        assert!(
            means.is_none_or(|(one, other)| (one - other).abs() < 1e-5 * one.max(1.0)),
            "{file}: {means:?}"
        );
        for (one, other) in [
            (one.likelihoods, other.likelihoods),
            (one.decisions, other.decisions),
            (one.both, other.both),
        ] {
            let (one, other) = (ends(one).unwrap(), ends(other).unwrap());
            assert!(
                close(one[0], other[0]) && close(one[1], other[1]),
                "{file}: {at} {one:?} {other:?}"
            );
        }
    }
    let (one, other) = (&one.reactions.graph, &other.reactions.graph);
    assert_eq!(
        (one.node_count(), one.edge_count()),
        (other.node_count(), other.edge_count()),
        "{file}"
    );
    for (one, other) in one.node_weights().zip(other.node_weights()) {
        assert_eq!((&one.id, one.earliest_turn), (&other.id, other.earliest_turn), "{file}");
        assert!(close(one.probability, other.probability), "{file}: {}", one.id);
        let bounds = (ends(one.bounds).unwrap(), ends(other.bounds).unwrap());
        assert!(
            close(bounds.0[0], bounds.1[0]) && close(bounds.0[1], bounds.1[1]),
            "{file}: {} {bounds:?}",
            one.id
        );
    }
    for (one, other) in one.edge_weights().zip(other.edge_weights()) {
        let (one, other) = (one.expected, other.expected);
        // Without a horizon, slow circles make these numbers known to fewer digits.
        assert!(close(one, other) || (one - other).abs() < 1e-5 * one, "{file}: {one} {other}");
    }
}

const WARNING: &str = "scenario \"Hand\" { horizon 3 turns }
actor a \"A\"
action warn \"Warn\"
action strike \"Strike\"
inject turn 0 { a does warn }
rule r { on a does warn then 20%..60% { a does strike } or 30% { a does warn } }
outcome struck \"Struck\" when a has done strike
outcome quiet \"Quiet\" otherwise
";

fn answers(text: &str) -> Answers {
    evaluate(&loading::model(text).unwrap()).unwrap_or_else(|failure| panic!("{failure:?}"))
}

fn near(value: f64, expected: f64) {
    assert!((value - expected).abs() < 1e-12, "{value}, not {expected}");
}

/// Not struck at first: 0.6 of the storylines, half of which go on with a warning. From there it is
/// 0.4 + 0.3 x 0.4 = 0.52. At most, with 60% throughout: 0.3 / 0.4 x (0.6 + 0.3 x 0.6); at least,
/// with 20%: 0.3 / 0.8 x (0.2 + 0.3 x 0.2).
#[test]
fn by_hand() {
    let found = answers(&format!("{WARNING}observe turn 1: not a does strike\n"));
    let seen = found.observation.unwrap();
    near(seen.probability, 0.6);
    near(seen.bounds.unwrap().low, 0.4);
    near(seen.bounds.unwrap().high, 0.8);
    near(found.outcomes[0].estimate, 0.26);
    near(found.outcomes[0].both.unwrap().low, 0.3 / 0.8 * 0.26);
    near(found.outcomes[0].both.unwrap().high, 0.3 / 0.4 * 0.78);
    near(found.outcomes[1].both.unwrap().low, 1.0 - 0.3 / 0.4 * 0.78);
    near(found.outcomes[0].mean_turn.unwrap(), (2.0 * 0.2 + 3.0 * 0.06) / 0.26);
    let graph = &found.reactions.graph;
    let (warn, strike) = (
        found.reactions.find("a does warn").unwrap(),
        found.reactions.find("a does strike").unwrap(),
    );
    near(graph[graph.find_edge(warn, strike).unwrap()].expected, 0.26);
    near(graph[warn].expected, 1.0 + 0.5 + 0.15 + 0.045);
    near(found.storylines[0].probability, 0.2);
}

/// The last observation says everything: struck in turn 2 or not at all, bounds and all.
#[test]
fn what_was_seen_is_certain() {
    let found = answers(&format!("{WARNING}observe turn 2: a does strike\n"));
    near(found.observation.unwrap().probability, 0.12);
    for outcome in &found.outcomes[..1] {
        near(outcome.estimate, 1.0);
        near(outcome.both.unwrap().low, 1.0);
        near(outcome.mean_turn.unwrap(), 2.0);
    }
    let warned = found.reactions.find("a does warn").unwrap();
    near(found.reactions.graph[warned].expected, 2.0);
    assert_eq!(found.storylines.len(), 1);
}

/// What waits for something unforeseen waits as long anew: nothing seen of the beginning counts.
#[test]
fn without_a_horizon() {
    let text = "flag talks \"Talks\"
flag war \"War\"
rule opens { while not talks and not war then 20%..40% { talks becomes yes } or 30% { war becomes yes } }
outcome talking \"Talks\" when talks
outcome war_comes \"War\" when war
";
    let plain = answers(text);
    let given = answers(&format!("{text}observe turn 4: not talks and not war\n"));
    near(given.observation.unwrap().probability, 0.4_f64.powi(4));
    near(given.observation.unwrap().bounds.unwrap().low, 0.3_f64.powi(4));
    near(given.observation.unwrap().bounds.unwrap().high, 0.5_f64.powi(4));
    for (plain, given) in plain.outcomes.iter().zip(&given.outcomes) {
        assert!((plain.estimate - given.estimate).abs() < 1e-8);
        let (plain_both, given_both) = (plain.both.unwrap(), given.both.unwrap());
        assert!((plain_both.low - given_both.low).abs() < 1e-8, "{plain_both:?} {given_both:?}");
        assert!((plain_both.high - given_both.high).abs() < 1e-8);
        assert!((plain.mean_turn.unwrap() + 4.0 - given.mean_turn.unwrap()).abs() < 1e-6);
    }
}

/// An ending leaves everything as it was, and nothing happens any more.
#[test]
fn after_an_ending_things_stay() {
    let text = "scenario \"End\" { horizon 4 turns }
actor a \"A\"
action strike \"Strike\"
flag war \"War\"
rule strikes { while not war then 50% { a does strike  war becomes yes } }
ending war_comes \"War\" when war
outcome peace \"Peace\" otherwise
";
    let at_war = answers(&format!("{text}observe turn 3: war\n"));
    near(at_war.observation.unwrap().probability, 0.875);
    near(at_war.outcomes[0].mean_turn.unwrap(), (0.5 + 0.5 + 0.375) / 0.875);
    let just_now = answers(&format!("{text}observe turn 3: a does strike and turn = 3\n"));
    near(just_now.observation.unwrap().probability, 0.125);
    let quiet = answers(&format!("{text}observe turn 3: war and not a does strike\n"));
    near(quiet.observation.unwrap().probability, 0.75);
}

/// Only what some choice lets come about counts: the one who decides has waited.
#[test]
fn decisions_that_were_seen_are_made() {
    let text = "scenario \"Choice\" { horizon 2 turns }
actor a \"A\"
action strike \"Strike\"
action wait \"Wait\"
inject turn 0 { a does wait }
decision moves by a { on a does wait option go 30% { a does strike } option stay { a does wait } }
outcome struck \"Struck\" when a has done strike
";
    let found = answers(&format!("{text}observe turn 1: a does wait\n"));
    near(found.observation.unwrap().probability, 0.7);
    near(found.observation.unwrap().bounds.unwrap().low, 0.0);
    near(found.observation.unwrap().bounds.unwrap().high, 1.0);
    near(found.outcomes[0].estimate, 0.3);
    near(found.outcomes[0].decisions.unwrap().low, 0.0);
    near(found.outcomes[0].decisions.unwrap().high, 1.0);
    let struck = answers(&format!("{text}observe turn 1: a does strike\n"));
    near(struck.outcomes[0].both.unwrap().low, 1.0);
}

#[test]
fn expectations_are_judged_on_what_was_seen() {
    let text = format!(
        "{WARNING}expect never a does strike
expect P(struck) = 0%
expect P(struck within 1 turns) = 0%
expect Pmax(struck) = 0%
expect certain not a has done strike
expect possible a does warn
observe turn 1: not a does strike and not a does warn
"
    )
    .replace("P(struck within 1 turns)", "P(a does strike within 1 turns)");
    let found = answers(&text);
    assert!(found.expectations.iter().all(|it| it.holds), "{:#?}", found.expectations);
    near(found.observation.unwrap().probability, 0.3);
}

#[test]
fn simulations_count_what_fits() {
    let model = loading::model(&format!("{WARNING}observe turn 1: not a does strike\n")).unwrap();
    let simulation = Simulation { runs: 20_000, seed: 3, only: None };
    let options = Options { simulate: Some(simulation), ..Options::default() };
    let found = analysis::evaluate(&model, None, &options).unwrap();
    let seen = found.observation.unwrap();
    assert!((seen.probability - 0.6).abs() < 0.02, "{seen:?}");
    assert_eq!(seen.fitting, Some((seen.probability * 20_000.0).round() as u64));
    let interval = found.outcomes[0].confidence.unwrap();
    assert!(interval.low < 0.27 && interval.high > 0.25 && interval.high - interval.low < 0.03);
    let edges = found.reactions.graph.edge_weights().map(|edge| edge.expected).sum::<f64>();
    let exact = evaluate(&model).unwrap();
    let exact = exact.reactions.graph.edge_weights().map(|edge| edge.expected).sum::<f64>();
    assert!((edges - exact).abs() < 0.05, "{edges} {exact}");
    let none = loading::model(&format!("{WARNING}observe turn 1: a does strike and a does warn\n"));
    let failure = analysis::evaluate(&none.unwrap(), None, &options).unwrap_err();
    assert_eq!(code(&failure), "E4006");
}

/// The first observation that cannot be is named, given those before it.
#[test]
fn the_first_that_cannot_be_is_named() {
    let text = format!(
        "{WARNING}observe turn 1: a does warn
observe turn 3: a does warn
observe turn 2: a does strike
"
    );
    let failure = evaluate(&loading::model(&text).unwrap()).unwrap_err();
    let Failure::Scenario(all) = failure else { panic!("{failure:?}") };
    assert!(all[0].message.contains("turn 3: a does warn"), "{}", all[0].message);
    let never_taken = "scenario \"Choice\" { horizon 2 turns }
actor a \"A\"
action strike \"Strike\"
flag calm \"Calm\" = yes
decision moves by a { while calm option go 0% { a does strike } option stay 100% }
outcome struck \"Struck\" when a has done strike
observe turn 1: calm
observe turn 2: a does strike
";
    let failure = evaluate(&loading::model(never_taken).unwrap()).unwrap_err();
    let Failure::Scenario(all) = failure else { panic!("{failure:?}") };
    let message = &all[0].message;
    assert!(message.starts_with("by the estimates") && message.contains("turn 2"), "{message}");
}
