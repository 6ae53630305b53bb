//! Time and memory by what occurs: not by how wide a meter is, nor by how far the horizon lies behind
//! the last turn in which anything changes.

use super::case::Case;
use serde_json::Value;
use std::time::{Duration, Instant};

/// Three situations, whatever the meters could be.
const WIDE: &str = r#"
scenario "Refugees, one by one" { horizon 4 turns }
actor north actor south
group sides { north, south }
meter people "People": 0..2147483647 = 7
meter balance "Balance": -2147483648..2147483647 = -2147483648
meter trust "Trust" for each p in sides, q in sides where p != q: -2000000000..2000000000 = 0
meter k: 0..3 = 1
rule r "It grows" {
  while k = 1
  then 30%..50% { raise people by 5  raise balance by 1000000000  k becomes 2  people becomes 2000000000 }
  or 10% { north.trust(south) becomes -7  k becomes 3 }
  because "made up"
}
decision d "What South does" by south {
  when k >= 2
  option wait "Wait" { lower south.trust(north) }
  option act  "Act"  { raise south.trust(north) by 1000000 }
}
outcome many "Many" when people > 2000000000
outcome few "Few" when people = 7
outcome apart "Apart" when north.trust(south) < 0 or balance = -1147483648
expect P(many) <= 90%
"#;

/// Everything is over after a few turns with a probability that no number can tell from 1.
const SETTLES: &str = r#"
scenario "Settles" { horizon 90 turns }
actor a "A" actor b "B"
ladder "Rungs" { rung calm rung tense rung war }
action warn "Warns" at tense by a
action calm_down "Calms" to calm by b
action hit "Hits" at war by a
meter heat "Heat": 0..3 = 0
rule begins "It begins" { while heat = 0 then 60%..80% { raise heat  a does warn } because "made up" }
rule goes_on "It goes on" { while heat = 1 then 50% within 2 turns { raise heat } or 10% { a does hit } because "made up" }
rule cools "It cools" { on a does warn then 50% { b does calm_down } because "made up" }
decision d "What B does" by b {
  when heat >= 2
  option give "Gives way" { heat becomes 3 }
  option stay "Stays"     { lower heat by 2 }
}
ending war "War" when level >= war
outcome high "High" when heat = 3
outcome rest "Neither" otherwise
expect P(war) <= 99%
expect heat = 1 leads to heat >= 2
"#;

fn within(seconds: u64, what: &str, run: impl FnOnce()) {
    let begin = Instant::now();
    run();
    let took = begin.elapsed();
    assert!(took < Duration::from_secs(seconds), "{what}: {took:?}");
}

/// The commands that look at what can happen, each with a horizon of its own if one is given.
fn every_command(case: &Case, horizon: &str, outcome: &str) {
    for command in [
        &["run", "a.esc", "--format", "json"][..],
        &["run", "a.esc", "--format", "html", "-o", "a.html"],
        &["test", "a.esc"],
        &["why", "a.esc", outcome],
        &["structure", "a.esc"],
        &["graph", "a.esc", "--format", "svg"],
        &["graph", "a.esc", "--view", "situations", "--format", "dot"],
        &["run", "a.esc", "--method", "simulate", "--runs", "300"],
    ] {
        within(20, &command.join(" "), || {
            let command = [command, &["--horizon", horizon]].concat();
            let (status, _, said) = case.parts_of(&command);
            assert!(matches!(status, 0 | 3), "{command:?}: {status} {said}");
        });
    }
}

fn json(case: &Case, options: &[&str]) -> Value {
    let (_, found, said) =
        case.parts_of(&[&["run", "a.esc", "--format", "json"], options].concat());
    serde_json::from_str(&found).unwrap_or_else(|_| panic!("{said}"))
}

#[test]
fn a_wide_meter_costs_nothing() {
    let case = Case::new().file("a.esc", WIDE);
    every_command(&case, "4", "many");
    within(20, "drivers", || case.status(0, ["drivers", "a.esc"]));
}

/// By hand: in each turn 40% of what is left goes to `many`, 10% the other way.
#[test]
fn a_wide_meter_is_counted_right() {
    let case = Case::new().file("a.esc", WIDE);
    let found = json(&case, &[]);
    let result = &found["results"][0];
    let left: f64 = (0..4).map(|turn| 0.5_f64.powi(turn)).sum();
    let estimate = |at: usize| result["outcomes"][at]["estimate"].as_f64().unwrap();
    assert!((estimate(0) - 0.4 * left).abs() < 1e-12, "{result}");
    assert!((estimate(1) - 1.0).abs() < 1e-12 && (estimate(2) - 0.5 * left).abs() < 1e-12);
    let ids: Vec<&str> = result["reactions"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| node["id"].as_str().unwrap())
        .collect();
    for id in [
        "people becomes 2000000000",
        "people raised",
        "north.trust(south) becomes -7",
        "k becomes 2",
    ] {
        assert!(ids.contains(&id), "{id}: {ids:?}");
    }
}

/// What is asked for by name need not be what anything brings about.
#[test]
fn a_value_that_nothing_gives_is_known_all_the_same() {
    let case = Case::new().file("a.esc", WIDE);
    let (status, told, said) = case.parts(["why", "a.esc", "people becomes 8"]);
    assert!(status == 0 && told.contains("“People becomes 8” cannot happen"), "{told}{said}");
    let (status, _, said) = case.parts(["why", "a.esc", "people becomes -1"]);
    assert!(status == 2 && said.contains("there is no `people becomes -1`"), "{said}");
}

#[test]
fn a_far_horizon_costs_nothing() {
    every_command(&Case::new().file("a.esc", SETTLES), "20000", "war");
    every_command(&Case::new().file("a.esc", SETTLES), "20000", "rest");
}

/// Nothing happens any more in the turns that come on top: all numbers are the same.
#[test]
fn a_far_horizon_changes_nothing_that_has_settled() {
    let case = Case::new().file("a.esc", SETTLES);
    let (near, far) = (json(&case, &["--horizon", "3000"]), json(&case, &["--horizon", "20000"]));
    alike(&near["results"], &far["results"], "results");
    let structure = |horizon| {
        let command = ["structure", "a.esc", "--format", "json", "--horizon", horizon];
        let mut found: Value = serde_json::from_str(&case.parts(command).1).unwrap();
        found
            .as_object_mut()
            .unwrap()
            .retain(|key, _| !matches!(key.as_str(), "horizon" | "repeat" | "options"));
        found
    };
    alike(&structure("3000"), &structure("20000"), "structure");
}

/// Numbers within 1e-9, in proportion where they are large.
fn alike(one: &Value, other: &Value, at: &str) {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            let (one, other) = (one.as_f64().unwrap(), other.as_f64().unwrap());
            assert!((one - other).abs() <= 1e-9 * one.abs().max(1.0), "{at}: {one}, {other}");
        }
        (Value::Array(one), Value::Array(other)) => {
            assert_eq!(one.len(), other.len(), "{at}");
            let each = one.iter().zip(other).enumerate();
            each.for_each(|(index, (one, other))| alike(one, other, &format!("{at}[{index}]")));
        }
        (Value::Object(one), Value::Object(other)) => {
            assert!(one.keys().eq(other.keys()), "{at}");
            // What happens where nothing else does is known when the last turn is over, and of storylines that
            // are as probable as each other another one may be told.
            let each = one.iter().filter(|(key, _)| !["earliest_turn", "steps"].contains(&&***key));
            each.for_each(|(key, value)| alike(value, &other[key], &format!("{at}.{key}")));
        }
        (one, other) => assert_eq!(one, other, "{at}"),
    }
}

/// What goes on for ever does so in every turn up to the horizon: 30% of a million turns, and each
/// time half of that follows.
#[test]
fn what_goes_on_is_counted_to_the_end() {
    let case = Case::new().file(
        "a.esc",
        r#"
scenario "On and on" { horizon 1000000 turns }
actor a "A"
action knock "Knocks" action answer "Answers"
rule knocks "Knocks" { while turn >= 0 then 30% { a does knock } because "made up" }
rule answers "Answers" { on a does knock then 50% { a does answer } because "made up" }
outcome answered "Answered" when a has done answer
"#,
    );
    within(20, "on and on", || {
        let found = json(&case, &["--storylines", "0"]);
        let nodes = found["results"][0]["reactions"]["nodes"].as_array().unwrap();
        let expected = |id: &str| {
            let node = nodes.iter().find(|node| node["id"] == id).unwrap();
            node["expected"].as_f64().unwrap()
        };
        assert!((expected("a does knock") / 300_000.0 - 1.0).abs() < 1e-9, "{nodes:?}");
        assert!((expected("a does answer") / 149_999.85 - 1.0).abs() < 1e-9, "{nodes:?}");
    });
}

#[test]
fn the_horizon_has_one_limit() {
    let case = Case::new()
        .file("a.esc", SETTLES)
        .file("b.esc", "scenario \"S\" { horizon 1000001 turns }");
    let far = case
        .file("c/.escalade.toml", "horizon = 1000001\n")
        .file("c/a.esc", "scenario \"S\" { }\nflag f = no\noutcome o when f");
    for command in ["run", "test", "why", "drivers", "structure", "graph", "export", "sweep"] {
        let name = if command == "why" { "war" } else { "a.esc" };
        let list =
            if command == "why" { vec![command, "a.esc", name] } else { vec![command, name] };
        let (status, _, said) = far.parts_of(&[&list[..], &["--horizon", "1000001"]].concat());
        assert!(status == 2 && said.contains("1000000"), "{command}: {status} {said}");
    }
    for file in ["b.esc", "c/a.esc"] {
        let (status, _, said) = far.parts(["check", file, "--format", "short"]);
        assert!(status == 1 && said.contains("from 0 to 1000000"), "{file}: {status} {said}");
    }
}

/// 17 situations, 109 transitions, in which there is no end of storylines.
const GAME: &str = r#"
scenario "A small game" { horizon 6 turns }
actor north "North" actor south "South"
action offer "Offers" action hit "Hits" action reply "Replies"
param p = 20%..40%
meter heat: 0..3 = 0
rule warms "It warms" { while turn >= 0 then p { raise heat } or 30% { lower heat } because "made up" }
rule hits "South hits" { while heat >= 1 then 30% within 2 turns { south does hit against north } because "made up" }
decision d "What North does" by north { while turn >= 0
  option give  "Give way"    20% { lower heat by 2 }
  option offer "Offer talks" 30% { north does offer }
  option keep  "Keep on"         { north does reply against south } }
outcome o "o" when heat = 3
outcome h "h" when south has done hit
outcome r "rest" otherwise
"#;

#[test]
fn many_storylines_are_found_in_time_that_grows_as_their_number() {
    let case = Case::new().file("a.esc", GAME);
    within(20, "storylines", || {
        let found = json(&case, &["--storylines", "1000"]);
        let told = found["results"][0]["storylines"].as_array().unwrap();
        let of = |name: &str| -> Vec<f64> {
            let found = told.iter().filter(|line| line["outcome"] == name);
            found.map(|line| line["probability"].as_f64().unwrap()).collect()
        };
        for name in ["o", "h", "r"] {
            let all = of(name);
            assert!(all.len() == 1000 && all.is_sorted_by(|one, other| one >= other), "{name}");
        }
    });
}

/// In how many ways one turn comes out is part of what a limit of memory looks at.
#[test]
fn a_wide_turn_is_within_the_memory_it_may_take() {
    let mut text = String::from("scenario \"Wide\" { horizon 3 turns }\n");
    for at in 0..22 {
        text += &format!(
            "flag f{at}\nrule r{at} {{ when turn = 0 then 30%..40% {{ f{at} becomes yes }} }}\n"
        );
    }
    let all: Vec<String> = (0..22).map(|at| format!("f{at}")).collect();
    text += &format!("outcome all when {}\n", all.join(" and "));
    let case = Case::new().file("a.esc", &text);
    within(20, "wide", || {
        let command = ["run", "a.esc", "--method", "exact", "--max-memory", "200MB"];
        let (status, _, said) = case.parts(command);
        assert!(status == 4 && said.contains("--max-memory"), "{status} {said}");
    });
}
