//! Symmetry does not hang on how a scenario is written.

use super::{check, loading};
use escalade::analysis::{self, Options};
use escalade::engine::{Kept, Program, Symmetry};
use escalade::model::Model;

const NAMES: [&str; 6] = ["a", "b", "c", "d", "e", "f"];

const HEAD: &str = "
scenario \"Ring\" { horizon 3 turns }
actor a
actor b
actor c
actor d
actor e
actor f
group powers { a, b, c, d, e, f }
relation faces { a - b, b - c, c - d, d - e, e - f, f - a }
meter posture for each p in powers: 0..3
action warn
";

const TAIL: &str = "
ending war when every p in powers (p.posture >= 2)
outcome raised when any p in powers (p.posture = 3)
outcome warned when any powers has done warn
expect P(war) <= 100%
";

/// With `for each`.
const RULES: &str = "
rule answers for each p in powers {
  while any q in powers where p faces q (q.posture > p.posture + 1 or q does warn)
  if    not p.posture = 3
  then 25%..35% within 2 turns { raise p.posture  p does warn }
  or   10% { lower p.posture }
}
rule drifts for each p in powers { while turn >= 1 and p.posture = 0  then 5% { raise p.posture } }
inject turn 0 { a.posture becomes 2  b.posture becomes 2  c.posture becomes 2  d.posture becomes 2  e.posture becomes 2  f.posture becomes 2 }
";

/// The same, one rule written out for each power, each in another way and another order.
fn by_hand() -> String {
    let mut text = String::new();
    for at in [3, 0, 5, 1, 4, 2] {
        let (p, q, r) = (NAMES[at], NAMES[(at + 1) % 6], NAMES[(at + 5) % 6]);
        let condition = match at {
            0 => format!(
                "({q}.posture > {p}.posture + 1 or {q} does warn) or ({r} does warn or {r}.posture > 1 + {p}.posture)"
            ),
            1 => format!(
                "{r} does warn or {p}.posture + 1 < {q}.posture or {q} does warn or {p}.posture + 1 < {r}.posture"
            ),
            2 => format!(
                "not (not {q} does warn and not {r} does warn) or {q}.posture - {p}.posture > 1 or {r}.posture - 2 >= {p}.posture"
            ),
            3 => format!(
                "not ({q}.posture <= {p}.posture + 1 and not {q} does warn and {r}.posture <= {p}.posture + 1 and not {r} does warn)"
            ),
            4 => format!(
                "{q}.posture - 1 > {p}.posture or {r}.posture - 1 > {p}.posture or {r} does warn or {q} does warn"
            ),
            _ => format!(
                "at least 1 x in powers where x faces {p} (x does warn or x.posture > {p}.posture + 1)"
            ),
        };
        let guard = [
            "not P.posture = 3",
            "P.posture != 3",
            "P.posture < 3",
            "P.posture <= 2",
            "3 > P.posture",
            "not (P.posture >= 3)",
        ][at];
        let guard = guard.replace('P', p);
        let one = format!("25%..35% within 2 turns {{ {p} does warn  raise {p}.posture by 1 }}");
        let other = format!("10% {{ lower {p}.posture }}");
        let (first, second) = if at % 2 == 0 { (one, other) } else { (other, one) };
        text += &format!(
            "rule {p}_answers {{ while {condition}  if {guard}  then {first}  or {second} }}\n"
        );
        let drift = [
            "P.posture = 0 and turn >= 1",
            "turn > 0 and P.posture < 1",
            "not (P.posture > 0 or turn = 0)",
        ][at % 3];
        text += &format!(
            "rule {p}_drifts {{ while {}  then 5% {{ raise {p}.posture }} }}\n",
            drift.replace('P', p)
        );
    }
    for p in ["b", "a", "f", "c", "e", "d"] {
        text += &format!("inject turn 0 {{ {p}.posture becomes 2 }}\n");
    }
    text
}

fn order(model: &Model) -> u64 {
    let program = Program::new(model, Kept::Written);
    Symmetry::find(model, &program, &|_, _| 0).map_or(1, |symmetry| symmetry.order())
}

fn situations(model: &Model) -> usize {
    analysis::evaluate(model, None, &Options::default()).unwrap().situations
}

#[test]
fn rules_written_out_fold_as_those_for_each() {
    let each = loading::model(&[HEAD, RULES, TAIL].concat()).unwrap();
    let hand = loading::model(&[HEAD, &by_hand(), TAIL].concat()).unwrap();
    assert_eq!((order(&each), order(&hand)), (12, 12));
    assert_eq!(situations(&each), situations(&hand));
    check(&each);
    check(&hand);
    check(&Model { horizon: Some(2), ..hand });
}

/// A meter written out for each power, too, instead of one for all: the ring is the same, whatever they are
/// called and wherever they stand; a meter more, or one that begins elsewhere, is none of it.
#[test]
fn variables_written_out_fold_as_those_for_each() {
    let each = loading::model(&[HEAD, RULES, TAIL].concat()).unwrap();
    let names = ["zeal", "heat", "force", "alarm", "mood", "edge"];
    let named = |text: String| {
        NAMES
            .iter()
            .zip(names)
            .fold(text, |text, (p, name)| text.replace(&format!("{p}.posture"), name))
    };
    let meters: Vec<String> =
        [4, 1, 0, 5, 3, 2].map(|at| format!("meter {}: 0..3", names[at])).into();
    let head = HEAD.replace("meter posture for each p in powers: 0..3", &meters.join("\n"));
    let any = "at least 1 x in powers where x faces f (x does warn or x.posture > f.posture + 1)";
    let written =
        "e does warn or e.posture > f.posture + 1 or a does warn or a.posture > f.posture + 1";
    let rules = by_hand();
    assert!(rules.contains(any));
    let all = |sign: &str, word: &str| {
        let each: Vec<String> = names.iter().map(|name| format!("{name} {sign}")).collect();
        each.join(word)
    };
    let tail = TAIL
        .replace("every p in powers (p.posture >= 2)", &all(">= 2", " and "))
        .replace("any p in powers (p.posture = 3)", &all("= 3", " or "));
    let text = [head.clone(), named(rules.replace(any, written)), tail].concat();
    let hand = loading::model(&text).unwrap();
    assert_eq!(order(&hand), 12);
    assert_eq!(situations(&each), situations(&hand));
    check(&hand);
    check(&Model { horizon: Some(2), ..hand });
    // One of them begins higher; one is read by the rule of a power further on.
    for (from, to) in [
        ("meter mood: 0..3", "meter mood: 0..3 = 1"),
        ("not (force > 0 or turn = 0)", "not (zeal > 0 or turn = 0)"),
    ] {
        let broken = text.replacen(from, to, 1);
        assert_ne!(text, broken, "{from}");
        let model = loading::model(&broken).unwrap();
        assert!(order(&model) <= 2, "{to}: {}", order(&model));
        check(&Model { horizon: Some(2), ..model });
    }
}

/// One number, sign or effect that differs breaks the ring.
#[test]
fn rules_that_are_not_alike_do_not_fold() {
    let hand = by_hand();
    let differing = [
        ("raise a.posture by 1", "raise a.posture by 2"),
        ("10% { lower b.posture }", "11% { lower b.posture }"),
        ("25%..35% within 2 turns { c", "25%..35% within 3 turns { c"),
        ("inject turn 0 { f.posture becomes 2 }", "inject turn 0 { f.posture becomes 1 }"),
        ("inject turn 0 { e.posture", "inject turn 1 { e.posture"),
    ];
    for (from, to) in differing {
        let changed = hand.replacen(from, to, 1);
        assert_ne!(changed, hand, "{from}");
        let model = loading::model(&[HEAD, &changed, TAIL].concat()).unwrap();
        // Whoever is different keeps its place: at most the ring may still be turned over.
        assert!(order(&model) <= 2, "{to}: {}", order(&model));
        check(&Model { horizon: Some(2), ..model });
    }
}

/// Alternatives, options and injects may change places within one rule.
#[test]
fn alternatives_change_places() {
    let text = "
scenario \"One or the other\" { horizon 4 turns }
actor a
actor b
flag f for each x in everyone
action act
rule takes { when turn = 0  then 20%..30% within 2 turns { a.f becomes yes  a does act }  or 20%..30% within 2 turns { b.f becomes yes  b does act } }
rule again { while turn >= 2 and (not a.f or not b.f)  then 10% { b.f becomes yes }  or 10% { a.f becomes yes }  else { a does act  b does act } }
inject turn 3 { a does act }
inject turn 3 { b does act }
outcome both when a.f and b.f
outcome one when any x in everyone (x.f)
";
    let model = loading::model(text).unwrap();
    assert_eq!(order(&model), 2);
    check(&model);
    check(&Model { horizon: None, ..model });
    for (from, to) in [
        ("or 20%..30%", "or 20%..31%"),
        ("or 10% {", "or 9% {"),
        ("inject turn 3 { b", "inject turn 2 { b"),
    ] {
        let model = loading::model(&text.replacen(from, to, 1)).unwrap();
        assert_eq!(order(&model), 1, "{to}");
        check(&model);
    }
}

/// A likelihood that is moved alone, or a param of one rule, tells rules apart that are alike.
#[test]
fn sweeps_and_drivers_keep_apart_what_they_move_alone() {
    let text = "
scenario \"Two alike\" { horizon 3 turns }
actor a
actor b
flag f for each x in everyone
param p = 10%..30%
param q = 10%..30%
rule one { while not a.f  then p { a.f becomes yes } }
rule two { while not b.f  then q { b.f becomes yes } }
outcome any_ when any x in everyone (x.f)
outcome both when every x in everyone (x.f)
";
    let model = loading::model(text).unwrap();
    assert_eq!(order(&model), 2);
    let options = Options { questions: analysis::Questions::Outcomes, ..Options::default() };
    let ask = analysis::DriversOptions::default();
    let folded = analysis::drivers(&model, None, &options, &ask).unwrap();
    let whole = Options { folded: false, ..options.clone() };
    let whole = analysis::drivers(&model, None, &whole, &ask).unwrap();
    for (one, other) in folded.likelihoods.iter().zip(&whole.likelihoods) {
        let (one, other) = (one.swing.as_ref().unwrap(), other.swing.as_ref().unwrap());
        let ends = |swing: &analysis::Swing| [swing.at_low.clone(), swing.at_high.clone()].concat();
        ends(one)
            .iter()
            .zip(ends(other))
            .for_each(|(one, other)| assert!((one - other).abs() < 1e-9));
    }
    // By hand: 1 - (1 - p)^3 (1 - q)^3, with p at one end and q in the middle.
    let p = folded.likelihoods.iter().find(|one| one.name == "p").unwrap();
    let at = folded.outcomes.iter().position(|one| one.outcome.index() == 0).unwrap();
    let any = 1.0 - 0.9_f64.powi(3) * 0.8_f64.powi(3);
    assert!((p.swing.as_ref().unwrap().at_low[at] - any).abs() < 1e-9);
    let change = |value: f64| {
        let value = escalade::model::Likelihood::exactly(value);
        vec![escalade::model::Change::Param(escalade::model::ParamId::new(0), value)]
    };
    let points = [change(0.1), change(0.3)];
    let mut found = Vec::new();
    analysis::Sweep::new(&model, &points, &options).run(0..2, |_, answers| {
        found.push(answers.as_ref().unwrap().outcomes[0].estimate);
        true
    });
    assert!((found[0] - any).abs() < 1e-9, "{found:?}");
    assert!((found[1] - (1.0 - 0.7_f64.powi(3) * 0.8_f64.powi(3))).abs() < 1e-9, "{found:?}");
}
