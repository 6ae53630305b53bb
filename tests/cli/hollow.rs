//! Expectations that hold of nothing say so wherever their results are told.

use super::case::Case;
use serde_json::Value;

/// Nobody ever warns, strikes, or comes to turn 9: found by hand.
const HOLLOW: &str = r#"
scenario "Nobody ever warns" { horizon 5 turns }
actor n "N"
actor k "K"
action warn   "warns"
action strike "strikes"
state s: a | b | c = a
rule r { while s = a  then 20% { s becomes b }  because "made up" }
rule w { when s = c  then { n does warn }  because "made up" }
rule t { on n does warn  then 50% { k does strike }  because "made up" }
outcome b_ "b" when s = b
outcome hit "hit" when k has done strike
expect "answered": n does warn leads to k does strike within 1 turn
expect n has done warn before k has done strike
expect P(hit) <= 20%
expect Pmax(k does strike within 2 turns) < 1%
expect P(s = b until n does warn) < 1%
expect never n has done warn and s = b
expect always not n has done warn or s = b
expect never n does warn
expect P(hit) = 0%
expect s = b leads to s = b
expect P(b_) <= 80%
expect P(s = b within 12 turns) > 50%
"#;

/// What is said of each.
const NEVER: [Option<&str>; 12] = [
    Some("holds: `n does warn` never happens"),
    Some("holds: `k has done strike` never happens"),
    Some("holds: `hit` never happens"),
    Some("holds: `k does strike` never happens"),
    Some("holds: `n does warn` never happens"),
    Some("holds: `n has done warn` never happens"),
    Some("holds: `n has done warn` never happens"),
    None,
    None,
    None,
    None,
    Some("looks only 5 turns ahead, to the end of the run"),
];

fn remarks(expectations: &Value) -> Vec<Option<&str>> {
    let all = expectations.as_array().unwrap();
    assert!(all.iter().all(|one| one["holds"] == true), "{expectations}");
    all.iter().map(|one| one["remark"].as_str()).collect()
}

#[test]
fn in_every_form() {
    let case = Case::new().file("a.esc", HOLLOW);
    let json = |words: &[&str]| -> Value { serde_json::from_str(&case.parts_of(words).1).unwrap() };
    let run = json(&["run", "a.esc", "--format", "json"]);
    assert_eq!(remarks(&run["results"][0]["expectations"]), NEVER);
    let tested = json(&["test", "a.esc", "--format", "json"]);
    assert_eq!(remarks(&tested["scenarios"][0]["expectations"]), NEVER);
    let told = NEVER.iter().flatten().count();
    let count = |words: &[&str], escape: &str| {
        let page = case.parts_of(words).1;
        let page = page.replace(escape, "`").replace("</code>", "`").replace("\\_", "_");
        let never = NEVER.iter().flatten().filter(|one| page.contains(**one)).count();
        assert_eq!(never, told, "{words:?}\n{page}");
    };
    count(&["run", "a.esc"], "`");
    count(&["test", "a.esc"], "`");
    count(&["test", "a.esc", "--format", "junit"], "`");
    count(&["run", "a.esc", "--format", "markdown"], "\\`");
    count(&["run", "a.esc", "--format", "html"], "<code>");
}

/// A limit beyond the horizon of the command line is told, too.
#[test]
fn under_a_horizon_of_the_command_line() {
    let text = HOLLOW.replace("horizon 5 turns", "horizon 20 turns");
    let case = Case::new().file("a.esc", &text);
    let (_, page, _) = case.parts(["run", "a.esc"]);
    assert!(!page.contains("looks only"), "{page}");
    let (_, page, _) = case.parts(["run", "a.esc", "--horizon", "6"]);
    assert!(page.contains("looks only 6 turns ahead"), "{page}");
}
