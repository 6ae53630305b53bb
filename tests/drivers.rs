//! What the outcomes hang on: derivatives against differences of whole evaluations and against what
//! was found by hand, swings and replacements against evaluations of their own, flips on both sides
//! of their edge, and the command.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod loading;
#[path = "drivers/observed.rs"]
mod observed;
#[path = "drivers/swings.rs"]
mod swings;

use assert_cmd::Command;
use escalade::analysis::{
    self, Drivers, DriversOptions, FlipOf, Lever, LikelihoodDriver, Options, Questions, Replaced,
};
use escalade::diagnostic::Diagnostics;
use escalade::model::{Change, Likelihood, Model};
use std::path::{Path, PathBuf};

/// The step of a difference.
const STEP: f64 = 1e-3;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn cases(folder: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root().join(folder)).unwrap();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "esc"));
    files.sort();
    files
}

fn model(file: &Path) -> Model {
    loading::model(&std::fs::read_to_string(file).unwrap()).unwrap()
}

fn options() -> Options {
    Options { questions: Questions::Outcomes, ..Options::default() }
}

fn only_slopes() -> DriversOptions {
    DriversOptions { replacements: false, flips: false, ..DriversOptions::default() }
}

fn drivers(model: &Model, ask: &DriversOptions) -> Drivers {
    analysis::drivers(model, None, &options(), ask).unwrap()
}

/// The estimates, in the order of the drivers, with a likelihood at a single value, by the language's
/// own means; `None` where the likelihoods can then not be.
fn with(model: &Model, drivers: &Drivers, what: Lever, value: f64) -> Option<Vec<f64>> {
    let single = Likelihood { low: value, high: value, param: None, text: value.to_string() };
    let change = match what {
        Lever::Param(id) => Change::Param(id, single),
        Lever::Alternative(id, number) => Change::Rule(id, number, single),
    };
    let changed = model.changed(&[change], &mut Diagnostics::default())?;
    estimates(&changed, drivers)
}

/// `None` where assignments contradict each other.
fn estimates(model: &Model, drivers: &Drivers) -> Option<Vec<f64>> {
    let answers = analysis::evaluate(model, None, &options()).ok()?;
    let estimate = |at: usize| answers.outcomes[at].estimate;
    Some(drivers.outcomes.iter().map(|driven| estimate(driven.outcome.index())).collect())
}

/// Compares a likelihood's slopes with one-sided differences of the second order; says how many
/// sides could be compared.
fn compare(
    model: &Model,
    drivers: &Drivers,
    one: &LikelihoodDriver,
    wrong: &mut Vec<String>,
) -> usize {
    let Some(here) = with(model, drivers, one.what, one.estimate) else { return 0 };
    let same = here.iter().zip(&drivers.outcomes).all(|(it, now)| (it - now.estimate).abs() < 1e-9);
    if !same {
        // A param that some rule takes less far up than its midpoint: as a single value it is another.
        return 0;
    }
    let mut compared = 0;
    // Small beside the value: what is rare may hang on it by its inverse.
    let step = match one.estimate {
        0.0 => STEP / 20.0,
        value => STEP.min(value / 100.0),
    };
    for sign in [-1.0, 1.0] {
        let at = |steps: f64| {
            let value = one.estimate + sign * steps * step;
            (0.0..=1.0).contains(&value).then(|| with(model, drivers, one.what, value)).flatten()
        };
        let (Some(near), Some(far)) = (at(1.0), at(2.0)) else { continue };
        for (outcome, slope) in one.slopes.iter().enumerate() {
            let found = if sign < 0.0 { slope.falling } else { slope.rising };
            let Some(found) = found else { continue };
            let difference = 4.0 * near[outcome] - 3.0 * here[outcome] - far[outcome];
            let difference = sign * difference / (2.0 * step);
            compared += 1;
            if (found - difference).abs() > 2e-4 * (1.0 + difference.abs()) {
                wrong
                    .push(format!("{}, outcome {outcome}, {sign}: {found} {difference}", one.name));
            }
        }
    }
    compared
}

fn slopes_are_differences(folder: &str) {
    let (mut wrong, mut compared) = (Vec::new(), 0);
    for file in cases(folder) {
        let model = model(&file);
        let drivers = drivers(&model, &only_slopes());
        let mut own = Vec::new();
        for one in &drivers.likelihoods {
            compared += compare(&model, &drivers, one, &mut own);
        }
        wrong.extend(own.into_iter().map(|it| format!("{}: {it}", file.display())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(compared > 20, "only {compared} could be compared");
}

#[test]
fn slopes_are_differences_in_named_cases() {
    slopes_are_differences("tests/conformance/named");
}

#[test]
fn slopes_are_differences_in_random_cases() {
    slopes_are_differences("tests/conformance/random");
}

#[test]
fn slopes_are_differences_without_a_horizon() {
    slopes_are_differences("tests/cases/unbounded");
}

/// A few turns of each: all that differs later is longer.
#[test]
fn slopes_are_differences_in_shipped_scenarios() {
    let (mut wrong, mut compared) = (Vec::new(), 0);
    for file in cases("scenarios") {
        let mut model = model_at(&file);
        model.horizon = Some(4);
        let drivers = drivers(&model, &only_slopes());
        for one in drivers.likelihoods.iter().take(5) {
            compared += compare(&model, &drivers, one, &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(compared > 20, "only {compared} could be compared");
}

/// A shipped scenario, with the files that it quotes.
fn model_at(file: &Path) -> Model {
    let text = std::fs::read_to_string(file).unwrap();
    // Quotations are looked up beside the file; what they say changes no number.
    let without: Vec<&str> =
        text.lines().filter(|line| !line.trim_start().starts_with("file ")).collect();
    loading::model(&without.join("\n")).unwrap()
}

/// `x` happens with `p`, each turn again while nothing has happened; then `y` with `q`.
const CHAIN: &str = "
scenario \"Chain\" { horizon 3 turns }
actor a
param p = 20%..40%
state stage: none < first < second
rule begins { while stage = none  then p { stage becomes first } }
rule goes_on { when stage = first  then 50% { stage becomes second } }
outcome done when stage = second
outcome open otherwise
expect P(done) <= 40%
";

/// Done within three turns: it begins in turn 1 or 2, then goes on: `(1 - (1 - p)^2) q`.
#[test]
fn a_chain_by_hand() {
    let model = loading::model(CHAIN).unwrap();
    let drivers = drivers(&model, &DriversOptions::default());
    let done = |p: f64, q: f64| (1.0 - (1.0 - p) * (1.0 - p)) * q;
    let at = drivers.outcomes.iter().position(|it| it.outcome.index() == 0).unwrap();
    near(drivers.outcomes[at].estimate, done(0.3, 0.5));
    let p = drivers.likelihoods.iter().find(|it| it.name == "p").unwrap();
    near(p.slopes[at].single().unwrap(), 2.0 * 0.7 * 0.5);
    let swing = p.swing.as_ref().unwrap();
    near(swing.at_low[at], done(0.2, 0.5));
    near(swing.at_high[at], done(0.4, 0.5));
    let q = drivers.likelihoods.iter().find(|it| it.name == "goes_on").unwrap();
    near(q.slopes[at].single().unwrap(), 1.0 - 0.7 * 0.7);
    assert!(q.swing.is_none());
    // At which p or q the expectation breaks, and at which done is as probable as open.
    let flip = |name: &str, leading: bool| {
        let found = drivers.flips.iter().find(|flip| {
            drivers.likelihoods[flip.likelihood].name == name
                && matches!(flip.what, FlipOf::Leading { .. }) == leading
        });
        found.map(|flip| flip.to)
    };
    near_to(flip("p", false).unwrap(), 1.0 - 0.2_f64.sqrt(), 1e-7);
    near_to(flip("goes_on", false).unwrap(), 0.4 / 0.51, 1e-7);
    near_to(flip("goes_on", true).unwrap(), 0.5 / 0.51, 1e-7);
    // With q at one half, done never is more probable than open.
    assert_eq!(flip("p", true), None);
    let stage = drivers.replacements.iter().find(|it| it.name == "stage").unwrap();
    let known: Vec<(&str, f64)> = vec![("first", 0.5), ("second", 1.0)];
    assert_eq!(stage.others.len(), known.len());
    for (other, (value, done)) in stage.others.iter().zip(known) {
        assert_eq!(other.value, value);
        near(other.estimates.as_ref().unwrap()[at], done);
    }
}

/// Without a horizon `done` or `gone` comes in the end: `p / (p + g)` where the two exclude each
/// other in one draw.
#[test]
fn a_race_without_an_end_by_hand() {
    let text = "
scenario \"Race\" {}
actor a
state mood: open | done | gone
rule ends { while mood = open  then 10% { mood becomes done }  or 30% { mood becomes gone } }
outcome done when mood = done
outcome gone when mood = gone
";
    let model = loading::model(text).unwrap();
    let drivers = drivers(&model, &DriversOptions::default());
    assert_eq!(drivers.outcomes[0].outcome.index(), 1, "the most probable comes first");
    let slope = |name: &str, outcome: usize| {
        let one = drivers.likelihoods.iter().find(|it| it.name == name).unwrap();
        one.slopes[outcome].single().unwrap()
    };
    near(slope("ends.1", 1), 0.3 / 0.16);
    near(slope("ends.1", 0), -0.3 / 0.16);
    near(slope("ends.2", 1), -0.1 / 0.16);
    // Each leads from the value of the other on.
    for flip in &drivers.flips {
        let first = drivers.likelihoods[flip.likelihood].name == "ends.1";
        near_to(flip.to, if first { 0.3 } else { 0.1 }, 1e-7);
        assert!(!flip.others_give_way);
    }
    assert_eq!(drivers.flips.len(), 2);
}

/// What never happens now would happen for sure in the end with any likelihood: there is no slope.
#[test]
fn a_jump_has_no_slope() {
    let text = "
scenario \"Jump\" {}
actor a
flag fallen
rule falls { while not fallen  then 0% { fallen becomes yes } }
outcome down when fallen
";
    let drivers = drivers(&loading::model(text).unwrap(), &only_slopes());
    assert_eq!(drivers.likelihoods[0].slopes[0].rising, None);
    assert_eq!(drivers.likelihoods[0].slopes[0].falling, None);
}

/// Alternatives that add up to exactly 1: more of one takes from the other, less gives to `else`.
#[test]
fn a_kink_has_two_slopes() {
    let text = "
scenario \"Kink\" { horizon 1 turns }
actor a
state end: none | x | y
rule draws { when end = none  then 20%..40% { end becomes x }  or 60%..80% { end becomes y } }
outcome x when end = x
outcome y when end = y
outcome none otherwise
";
    let model = loading::model(text).unwrap();
    let drivers = drivers(&model, &only_slopes());
    let x = drivers.likelihoods.iter().find(|it| it.name == "draws.1").unwrap();
    let slope = |outcome: usize| {
        let at = drivers.outcomes.iter().position(|it| it.outcome.index() == outcome).unwrap();
        x.slopes[at]
    };
    let both = |outcome| (slope(outcome).falling.unwrap(), slope(outcome).rising.unwrap());
    for (found, known) in [(both(0), (1.0, 1.0)), (both(1), (0.0, -1.0)), (both(2), (-1.0, 0.0))] {
        near(found.0, known.0);
        near(found.1, known.1);
    }
}

/// What is found in situations folded by symmetry is what is found in all of them.
#[test]
fn folding_changes_nothing() {
    let text = "
scenario \"Alike\" { horizon 4 turns }
actor a
actor b
actor c
flag angry for each m in everyone
rule flares for each m in everyone { while not m.angry  then 10%..30% { m.angry becomes yes } }
rule spreads for each m in everyone, n in everyone where m != n {
  when n.angry  if not m.angry  then 40% { m.angry becomes yes }
}
outcome all when every m in everyone (m.angry)
outcome some when any m in everyone (m.angry)
";
    let model = loading::model(text).unwrap();
    let folded = drivers(&model, &only_slopes());
    let whole = Options { folded: false, ..options() };
    let whole = analysis::drivers(&model, None, &whole, &only_slopes()).unwrap();
    assert!(folded.situations < whole.situations);
    for (one, other) in folded.likelihoods.iter().zip(&whole.likelihoods) {
        assert_eq!(one.name, other.name);
        for (one, other) in one.slopes.iter().zip(&other.slopes) {
            near(one.rising.unwrap(), other.rising.unwrap());
        }
    }
    let mut wrong = Vec::new();
    let compared: usize =
        folded.likelihoods.iter().map(|it| compare(&model, &folded, it, &mut wrong)).sum();
    assert!(wrong.is_empty() && compared > 4, "{wrong:?}");
}

/// Swings, replacements and flips of random cases against evaluations of their own.
#[test]
fn everything_else_is_what_evaluating_it_gives() {
    let (mut swings, mut replaced, mut flips) = (0, 0, 0);
    for file in cases("tests/conformance/random") {
        let model = model(&file);
        let found = drivers(&model, &DriversOptions::default());
        for one in &found.likelihoods {
            let Some(swing) = &one.swing else { continue };
            for (value, known) in [(swing.low, &swing.at_low), (swing.high, &swing.at_high)] {
                if let Some(alone) = with(&model, &found, one.what, value) {
                    swings += 1;
                    alone.iter().zip(known).for_each(|(alone, known)| near(*alone, *known));
                }
            }
        }
        for one in &found.replacements {
            let (Replaced::Position(id) | Replaced::Initial(id)) = one.what else { continue };
            for other in &one.others {
                let mut changed = model.clone();
                let variable = &changed.variables[id.index()];
                let value = (0..=100).chain(-100..0).find(|&value| {
                    value != variable.initial && model.value_name(id, value) == other.value
                });
                changed.variables[id.index()].initial = value.unwrap();
                let alone = estimates(&changed, &found);
                assert_eq!(alone.is_some(), other.estimates.is_some());
                let (Some(alone), Some(known)) = (alone, &other.estimates) else { continue };
                replaced += 1;
                alone.iter().zip(known).for_each(|(alone, known)| near(*alone, *known));
            }
        }
        for flip in found.flips.iter().filter(|flip| !flip.others_give_way) {
            let FlipOf::Leading { from, to } = flip.what else { continue };
            let what = found.likelihoods[flip.likelihood].what;
            let margin = |value: f64| {
                let all = with(&model, &found, what, value)?;
                let at = |id| found.outcomes.iter().position(|it| it.outcome == id).unwrap();
                Some(all[at(from)] - all[at(to)])
            };
            let inside = flip.to + (flip.from - flip.to).signum() * 1e-6;
            if let (Some(behind), Some(before)) = (margin(flip.to), margin(inside)) {
                flips += 1;
                assert!(behind < 0.0 && before > -1e-9, "{}: {flip:?}", file.display());
            }
        }
    }
    assert!(swings > 10 && replaced > 10, "{swings} {replaced} {flips}");
}

fn near(one: f64, other: f64) {
    near_to(one, other, 1e-8);
}

fn near_to(one: f64, other: f64, tolerance: f64) {
    assert!((one - other).abs() <= tolerance, "{one} is not {other}");
}

fn escalade(arguments: &[&str]) -> (i32, String, String) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("chain.esc"), CHAIN).unwrap();
    let output = Command::new(assert_cmd::cargo::cargo_bin!("escalade"))
        .args(arguments)
        .args(["--width", "80"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn pages_are_as_reviewed() {
    let (status, page, said) = escalade(&["drivers", "chain.esc"]);
    assert!(status == 0 && said.is_empty(), "{said}");
    insta::assert_snapshot!("chain_page", page);
    let (_, page, _) = escalade(&["drivers", "chain.esc", "--format", "markdown"]);
    let without: String = page
        .lines()
        .filter(|line| !line.contains("- escalade "))
        .fold(String::new(), |text, line| text + line + "\n");
    insta::assert_snapshot!("chain_markdown", without);
}

#[test]
fn json_carries_what_repeats_it() {
    let (_, page, _) =
        escalade(&["drivers", "chain.esc", "--format", "json", "--set", "p=10%..50%"]);
    let json: serde_json::Value = serde_json::from_str(&page).unwrap();
    assert_eq!(json["format"], "escalade-drivers/1");
    assert_eq!(json["options"]["set"][0], "p=10%..50%");
    assert_eq!(json["text_hash"].as_str().unwrap().len(), 64);
    assert_eq!(json["likelihoods"][0]["name"], "p");
    assert_eq!(json["likelihoods"][0]["swing"], serde_json::json!([0.1, 0.5]));
    assert_eq!(json["likelihoods"][0]["effects"].as_array().unwrap().len(), 2);
    let threads =
        |count: &str| escalade(&["drivers", "chain.esc", "--format", "json", "--threads", count]).1;
    assert_eq!(threads("1"), threads("3"));
}

#[test]
fn what_does_not_fit_is_said() {
    let cases = [
        (vec!["--outcome", "dome"], 2, "did you mean `done`"),
        (vec!["--method", "simulate"], 2, "leave out `--method simulate`"),
        (vec!["--max-situations", "1"], 4, "can only be simulated"),
        (vec!["--reading", "x"], 2, "the scenario has no readings"),
    ];
    for (arguments, status, words) in cases {
        let all: Vec<&str> = ["drivers", "chain.esc"].into_iter().chain(arguments).collect();
        let (found, _, said) = escalade(&all);
        assert_eq!(found, status, "{all:?}: {said}");
        assert!(said.contains(words), "{all:?}: {said}");
    }
}

/// Warned of or not, it may come to a strike: `w s`, or by a slip `u`.
const SEEN: &str = "
scenario \"Seen\" { horizon 4 turns }
actor a
action go
action warn
action strike
param w = 40%
param s = 50%
param u = 10%
inject turn 0 { a does go }
rule warns   { on a does go    then w { a does warn } }
rule strikes { on a does warn  then s { a does strike } }
rule slips   { on a does go    then u { a does strike } }
outcome warned when a has done warn
outcome silent otherwise
expect P(warned) >= 75%
";
