//! The storyline that breaks an expectation, and its probability; the rung that a ladder starts at.

use super::escalade;
use serde_json::Value;

fn run(text: &str) -> Value {
    let (status, out, said) = escalade(&["run", "-", "--format", "json"], text);
    assert!(status == 0 || status == 3, "{said}");
    serde_json::from_str::<Value>(&out).unwrap()["results"][0].clone()
}

/// The probability and the steps of a storyline: turn and what happens.
type Broken = Option<(f64, Vec<(u64, String)>)>;

/// For each expectation: the probability of the storyline that breaks it, and what happens in it.
fn broken(text: &str) -> Vec<Broken> {
    let found = run(text);
    let one = |expectation: &Value| {
        let storyline = &expectation["storyline"];
        let steps = storyline["steps"].as_array()?.iter().map(|step| {
            let nodes: Vec<&str> =
                step["nodes"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
            (step["turn"].as_u64().unwrap(), nodes.join(", "))
        });
        Some((storyline["probability"].as_f64()?, steps.collect()))
    };
    found["expectations"].as_array().unwrap().iter().map(one).collect()
}

#[track_caller]
fn near(one: f64, other: f64) {
    assert!((one - other).abs() <= 1e-12, "{one} instead of {other}");
}

/// What does not follow goes on for all the turns that it had, to the end of the run at most.
#[test]
fn what_does_not_follow_within_some_turns() {
    let text = |horizon: &str, turns: &str| {
        format!(
            "scenario \"L\" {{ {horizon} }}
actor a
action x
flag f
inject turn 0 {{ a does x }}
rule r {{ while not f then 90% {{ f becomes yes }} }}
outcome o when f
expect a does x leads to f {turns}
"
        )
    };
    for (horizon, turns, count) in [
        ("horizon 5 turns", "within 3 turns", 3),
        ("horizon 5 turns", "within 1 turn", 1),
        ("horizon 5 turns", "within 0 turns", 0),
        ("horizon 5 turns", "within 9 turns", 5),
        ("horizon 5 turns", "", 5),
        ("horizon 40 turns", "", 40),
        ("", "within 3 turns", 3),
    ] {
        let found = broken(&text(horizon, turns));
        let (probability, steps) = found[0].as_ref().unwrap();
        assert!((probability / 0.1_f64.powi(count) - 1.0).abs() < 1e-9, "{turns}: {probability}");
        assert_eq!(steps, &[(0, "a does x".to_owned())]);
    }
    assert!(broken(&text("", ""))[0].is_none(), "it holds: f follows in the end");
}

/// The most probable way on, which a greedy one misses: 60% leads to a place that is left at once.
#[test]
fn the_most_probable_way_on_is_told() {
    let text = "scenario \"Ways\" { horizon 3 turns }
state s: start | wide | narrow | end
rule first { while s = start then 60% { s becomes wide } else { s becomes narrow } }
rule second { while s = wide then 90% { s becomes end } }
rule third { while s = narrow then 20% { s becomes end } }
expect s = start leads to s = end
";
    let found = broken(text);
    let (probability, steps) = found[0].as_ref().unwrap();
    near(*probability, 0.4 * 0.8 * 0.8);
    assert_eq!(steps, &[(1, "s becomes narrow".to_owned())]);
}

/// Without a horizon it is told to where it never follows.
#[test]
fn what_never_follows() {
    let text = "scenario \"Sooner or later\" { }
state x: a | b | c | d | e = a
flag tick
rule go  { while x = a then 50% { x becomes b } }
rule go2 { while x = b then 50% { x becomes c } or 0%..30% { x becomes d } }
rule up  { while x = d and not tick then { tick becomes yes } }
rule off { while x = d and tick then { tick becomes no } }
expect x = a leads to x = b
expect x = b leads to x = c
expect x = b leads to x = c or x = d
expect x = b leads to x = e
";
    let found = broken(text);
    assert!(found[0].is_none() && found[2].is_none());
    // To b at once, and on to d, where it goes round for ever.
    let (probability, steps) = found[1].as_ref().unwrap();
    near(*probability, 0.5 * 0.15);
    assert_eq!(steps, &[(1, "x becomes b".to_owned()), (2, "x becomes d".to_owned())]);
    // From b on it cannot follow, whatever comes: there is no more to tell.
    let (probability, steps) = found[3].as_ref().unwrap();
    near(*probability, 0.5);
    assert_eq!(steps, &[(1, "x becomes b".to_owned())]);
    // Where only other likelihoods than the estimates keep it away, it has none by the estimates.
    let text = "scenario \"Perhaps\" { }
flag f
rule r { while not f then 0%..50% { f becomes yes } }
expect turn = 0 leads to f
";
    let found = broken(text);
    near(found[0].as_ref().unwrap().0, 0.0);
}

/// The rung that the ladder starts at has been reached, also where it is left at once.
#[test]
fn the_rung_that_a_ladder_starts_at_counts() {
    let text = "scenario \"P\" { horizon 2 turns }
actor a
ladder \"L\" { rung calm \"calm\" rung crisis \"crisis\" rung war \"war\" start at crisis }
action cool to calm
action strike at war
inject turn 0 { a does cool }
rule r { while turn = 1 then 10%..30% { a does strike } }
outcome p when peak >= crisis
outcome l when level >= crisis
";
    let found = run(text);
    let rungs: Vec<(f64, f64, f64)> = found["ladder"]
        .as_array()
        .unwrap()
        .iter()
        .map(|rung| {
            let bound = |at: usize| rung["bounds"][at].as_f64().unwrap();
            (rung["estimate"].as_f64().unwrap(), bound(0), bound(1))
        })
        .collect();
    assert_eq!(rungs.len(), 3);
    assert_eq!(rungs[..2], [(1.0, 1.0, 1.0); 2]);
    near(rungs[2].0, 0.2);
    near(rungs[2].1, 0.1);
    near(rungs[2].2, 0.3);
    let outcomes: Vec<f64> = found["outcomes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["estimate"].as_f64().unwrap())
        .collect();
    near(outcomes[0], 1.0);
    near(outcomes[1], 0.2);
    let options = ["run", "-", "--format", "json", "--method", "simulate", "--runs", "500"];
    let (_, out, _) = escalade(&options, text);
    let drawn = serde_json::from_str::<Value>(&out).unwrap();
    let ladder = &drawn["results"][0]["ladder"];
    assert_eq!(
        (ladder[0]["estimate"].as_f64(), ladder[1]["estimate"].as_f64()),
        (Some(1.0), Some(1.0))
    );
    assert!(ladder[2]["estimate"].as_f64().unwrap() < 0.5);
    let (_, out, _) = escalade(&["why", "-", "rung crisis", "--format", "json"], text);
    let why = serde_json::from_str::<Value>(&out).unwrap();
    assert_eq!(why["probability"].as_f64(), Some(1.0), "{out}");
    let (_, out, _) = escalade(&["export", "-", "--to", "prism"], text);
    assert!(out.contains("label \"rung_crisis\" = true"), "{out}");
}
