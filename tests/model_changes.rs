//! Readings, settings of the command line, the calendar, limits and time.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use escalade::diagnostic::Diagnostics;
use escalade::model::{self, Change, DeclId, Model, ParamId, setting};
use escalade::source::{Reader, Sources};
use std::fmt::Write;
use std::time::{Duration, Instant};

struct One<'t>(&'t str);

impl Reader for One<'_> {
    fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
        match path {
            "main.esc" => Ok(self.0.as_bytes().to_vec()),
            _ => Err(std::io::Error::from(std::io::ErrorKind::NotFound)),
        }
    }
}

fn load(text: &str) -> (Option<Model>, Diagnostics) {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let model = model::load("main.esc", &One(text), &mut sources, &mut diagnostics);
    (model, diagnostics)
}

const SCENARIO: &str = r#"
scenario "S" { start 2024-01-31  turn 1 month }
actor france "France"
actor poland "Poland"
group west "West" { france, poland }
issue troops "Troops"
position france on troops: open
position poland on troops: wary
param p = 30%
param q = p
flag war
state front: holding < broken
meter strain for each a in west: -2..5
meter trust for each a in west, b in west where a != b: 0..5
rule spread { while war  then q { front becomes broken }  or 30% { front becomes holding } }
rule tire { while war  then p { raise france.strain } }
"#;

fn scenario() -> Model {
    load(SCENARIO).0.unwrap()
}

/// The variables that the changes of a setting give another value, with that value.
fn set(text: &str) -> Result<String, String> {
    let model = scenario();
    let changes = setting(&model, text)?;
    let shown = changes.iter().map(|change| match change {
        Change::Initial(variable, value) => {
            let name = &model.variables[variable.index()].name;
            format!("{name} = {}", model.value_name(*variable, *value))
        }
        Change::Param(param, value) => {
            format!("{} = {}..{}", model.params[param.index()].name, value.low, value.high)
        }
        Change::Rule(..) | Change::Disable(_) => panic!("{change:?}"),
    });
    Ok(shown.collect::<Vec<_>>().join(", "))
}

#[test]
fn settings_are_understood() {
    for (text, meaning) in [
        ("p=40%", "p = 0.4..0.4"),
        ("p = 0.1..0.2", "p = 0.1..0.2"),
        ("p=likely", "p = 0.55..0.8"),
        ("war=yes", "war = yes"),
        ("front=broken", "front = broken"),
        ("france.strain=-1", "france.strain = -1"),
        ("france.trust(poland)=2", "france.trust(poland) = 2"),
        ("france.troops=rejects", "france on troops = rejects"),
        ("france on troops=rejects", "france on troops = rejects"),
        ("west.troops=supports", "france on troops = supports, poland on troops = supports"),
        ("everyone.troops=wary", "france on troops = wary, poland on troops = wary"),
    ] {
        assert_eq!(set(text).as_deref(), Ok(meaning), "{text}");
    }
}

#[test]
fn wrong_settings_are_explained() {
    let wrong = [
        "p",
        "p=likly",
        "p=60",
        "p=40%..20%",
        "pp=3",
        "frnt=broken",
        "front=broke",
        "war=maybe",
        "france.strain=9",
        "france.strian=1",
        "frence.troops=open",
        "france.troops=opened",
        "=",
        "spain.troops=open",
        "france.trust(spain)=3",
    ];
    let mut told = String::new();
    for text in wrong {
        writeln!(told, "{text}: {}", set(text).unwrap_err()).unwrap();
    }
    insta::assert_snapshot!(told);
}

#[test]
fn a_param_changes_every_likelihood_that_comes_from_it() {
    let model = scenario();
    let changes = setting(&model, "p=50%").unwrap();
    let changed = model.changed(&changes, &mut Diagnostics::default()).unwrap();
    for rule in &changed.rules {
        let likelihood = rule.alternatives[0].likelihood.as_ref().unwrap();
        assert_eq!((likelihood.low, likelihood.high), (0.5, 0.5));
    }
    assert_eq!(changed.params[1].value.low, 0.5);
}

#[test]
fn changes_that_cannot_be_are_refused() {
    let model = scenario();
    let changes = setting(&model, "p=80%").unwrap();
    let mut diagnostics = Diagnostics::default();
    assert!(model.changed(&changes, &mut diagnostics).is_none());
    let told: Vec<String> = diagnostics.sorted().into_iter().map(|one| one.message).collect();
    assert_eq!(
        told,
        ["the alternatives of `spread` add up to more than 100%: their low ends to 110%"]
    );
}

#[test]
fn a_circle_of_params_is_refused() {
    let model = scenario();
    let changes = setting(&model, "p=q").unwrap();
    let mut diagnostics = Diagnostics::default();
    assert!(model.changed(&changes, &mut diagnostics).is_none());
    assert!(diagnostics.has_errors());
}

#[test]
fn the_later_of_two_changes_counts() {
    let model = scenario();
    let mut changes = setting(&model, "p=10%").unwrap();
    changes.extend(setting(&model, "p=20%").unwrap());
    changes.extend(setting(&model, "war=yes").unwrap());
    let changed = model.changed(&changes, &mut Diagnostics::default()).unwrap();
    assert_eq!(changed.params[ParamId(0).index()].value.low, 0.2);
    let war = changed.variables.iter().find(|variable| variable.name == "war").unwrap();
    assert_eq!(war.initial, 1);
}

#[test]
fn a_disabled_rule_is_gone() {
    let model = scenario();
    let changed =
        model.changed(&[Change::Disable(DeclId(0))], &mut Diagnostics::default()).unwrap();
    assert_eq!(changed.rules.len(), 1);
    assert_eq!(changed.declarations.len(), 2);
}

#[test]
fn months_are_clipped_to_their_last_day() {
    let model = scenario();
    let dates: Vec<String> = (0..4).map(|turn| model.date(turn).unwrap().to_string()).collect();
    assert_eq!(dates, ["2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30"]);
    assert_eq!(model.date(u32::MAX), None);
}

#[test]
fn a_date_falls_in_the_turn_that_contains_it() {
    let model = scenario();
    let turn = |year, month, day| model.turn_of(jiff::civil::date(year, month, day));
    assert_eq!(turn(2024, 1, 30), None);
    assert_eq!(turn(2024, 1, 31), Some(0));
    assert_eq!(turn(2024, 2, 28), Some(0));
    assert_eq!(turn(2024, 2, 29), Some(1));
    assert_eq!(turn(2025, 1, 31), Some(12));
}

/// What loading takes, and its text.
fn timed(text: &str) -> (Duration, Option<Model>, Diagnostics) {
    let begin = Instant::now();
    let (model, diagnostics) = load(text);
    (begin.elapsed(), model, diagnostics)
}

#[test]
fn many_rules_take_time_in_proportion() {
    let mut text = "actor a \"A\"\nactor b \"B\"\nissue i \"I\"\n".to_owned();
    for number in 0..10_000 {
        writeln!(text, "meter m{number}: 0..9").unwrap();
        writeln!(text, "rule r{number} {{ when m{number} > 3 and a on i >= open  then 10% {{ raise m{number}  lower b on i }} }}").unwrap();
    }
    let (time, model, _) = timed(&text);
    assert_eq!(model.unwrap().rules.len(), 10_000);
    assert!(time < Duration::from_secs(10), "{time:?}");
}

#[test]
fn many_mistakes_are_told_quickly_and_not_without_end() {
    let mut text = "actor a \"A\"\n".to_owned();
    for number in 0..20_000 {
        writeln!(
            text,
            "flag f{number}\nrule r{number} {{ when g{number}x  then {{ f{number} becomes yes }} }}"
        )
        .unwrap();
    }
    let (time, model, diagnostics) = timed(&text);
    assert!(model.is_none());
    assert!(diagnostics.sorted().len() <= 2000);
    assert!(time < Duration::from_secs(20), "{time:?}");
}

#[test]
fn what_is_written_out_has_limits() {
    let mut actors = String::new();
    for number in 0..1500 {
        writeln!(actors, "actor a{number} \"A\"").unwrap();
    }
    for (declaration, limit) in [
        (
            "flag war\nrule r for each a in everyone, b in everyone { while war  then { war becomes no } }",
            "rules",
        ),
        ("flag war for each a in everyone, b in everyone", "variables"),
        (
            "flag war\noutcome o \"O\" when any a in everyone (any b in everyone (any c in everyone (war)))",
            "parts",
        ),
        (
            "relation r \"R\" { everyone - everyone }\nrelation s \"S\" { everyone - everyone }\nrelation t \"T\" { everyone - everyone }\nrelation u \"U\" { everyone - everyone }\nrelation v \"V\" { everyone - everyone }",
            "parts",
        ),
    ] {
        let (time, model, diagnostics) = timed(&format!("{actors}{declaration}\n"));
        assert!(model.is_none());
        let told = diagnostics.sorted();
        let passed = told.iter().find(|one| one.code.0 == "E3020");
        assert!(passed.is_some_and(|one| one.message.contains(limit)), "{told:#?}");
        assert!(time < Duration::from_secs(60), "{declaration}: {time:?}");
    }
}

#[test]
fn long_chains_do_not_overflow() {
    let mut text = "actor a \"A\"\ngroup g0 \"G\" { a }\nparam p0 = 5%\n".to_owned();
    for number in 1..20_000 {
        writeln!(
            text,
            "group g{number} \"G\" {{ g{} }}\nparam p{number} = p{}",
            number - 1,
            number - 1
        )
        .unwrap();
    }
    let (_, model, diagnostics) = timed(&text);
    assert!(model.is_some(), "{:?}", diagnostics.sorted().first());
}
