//! What outcomes hang on, given what was observed.

use super::{CHAIN, SEEN, compare, drivers, loading, near, near_to, only_slopes};
use escalade::analysis::{DriversOptions, FlipOf};

/// Given a strike, it was warned with `w (u + (1 - u) s) / (u + (1 - u) w s)`: the slopes are those of
/// the quotient, with and without a horizon.
#[test]
fn what_was_observed_counts() {
    let seen = format!("{SEEN}observe turn 2: a has done strike\n");
    for text in [seen.clone(), seen.replace("horizon 4 turns", "")] {
        let model = loading::model(&text).unwrap();
        let found = drivers(&model, &DriversOptions::default());
        near(found.observation.unwrap().probability, 0.28);
        let at = found.outcomes.iter().position(|it| it.outcome.index() == 0).unwrap();
        let ratio = 0.22 / 0.28;
        near(found.outcomes[at].estimate, ratio);
        let slope = |name: &str, at: usize| {
            let one = found.likelihoods.iter().find(|it| it.name == name).unwrap();
            one.slopes[at].single().unwrap()
        };
        let by = [("w", 0.55, 0.45), ("s", 0.36, 0.36), ("u", 0.2, 0.8)];
        for (name, both, all) in by {
            near(slope(name, at), (both - ratio * all) / 0.28);
            near(slope(name, 1 - at), -(both - ratio * all) / 0.28);
        }
        let holds = found.flips.iter().find(|it| {
            found.likelihoods[it.likelihood].name == "w"
                && matches!(it.what, FlipOf::Expectation { .. })
        });
        near_to(holds.unwrap().to, 0.075 / 0.2125, 1e-7);
    }
}

/// What was seen in three hundred turns is rarer than any double: its slopes are differences, too.
#[test]
fn what_was_seen_may_be_rarer_than_a_double_holds() {
    let mut text = String::from(
        "scenario \"S\" { horizon 310 turns }
actor a
action hum
action signal
param p = 4%..6%
state kind: calm | wild = calm
rule turns { when turn = 0 then 40%..60% { kind becomes wild } }
rule back  { while kind = wild then 0.1%..0.2% { kind becomes calm } }
rule hums  { while turn >= 0 then p { a does hum } }
rule calm  { while kind = calm then 20%..30% { a does signal } }
rule wild  { while kind = wild then 30%..34% { a does signal } or 0% { kind becomes calm } }
outcome o when turn = 310 and kind = wild
",
    );
    for turn in 1..=300 {
        text.push_str(&format!("observe turn {turn}: a does hum\n"));
        if turn % 12 == 2 {
            let not = if turn % 36 == 2 { "" } else { "not " };
            text.push_str(&format!("observe turn {turn}: {not}a does signal\n"));
        }
    }
    let endless = text.replace("horizon 310 turns", "").replace("turn = 310", "turn >= 305");
    let (mut wrong, mut compared) = (Vec::new(), 0);
    for text in [text, endless] {
        let model = loading::model(&text).unwrap();
        let found = drivers(&model, &only_slopes());
        assert!(found.observation.as_ref().unwrap().log_probability < -800.0);
        for one in &found.likelihoods {
            assert!(one.slopes.iter().all(|slope| slope.rising.is_some()), "{one:?}");
            compared += compare(&model, &found, one, &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(compared > 20, "{compared}");
}

/// The slopes given observations are differences too: of what stays open, and without a horizon.
#[test]
fn slopes_given_observations_are_differences() {
    let chain = format!("{CHAIN}observe turn 1: stage = none\n");
    let early = format!("{SEEN}observe turn 1: not a does strike\n");
    let (mut wrong, mut compared) = (Vec::new(), 0);
    for text in [chain, early.replace("horizon 4 turns", ""), early] {
        let model = loading::model(&text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
        let found = drivers(&model, &only_slopes());
        for one in &found.likelihoods {
            compared += compare(&model, &found, one, &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(compared > 4);
}
