//! What a command that fails writes where it was to write JSON: its diagnostics.

use super::case::{BROKEN, CONFLICT, Case, SOUND};
use serde_json::Value;

/// Every command that writes JSON.
const COMMANDS: [&[&str]; 7] = [
    &["run", "a.esc"],
    &["compare", "a.esc", "--set", "tension=1"],
    &["graph", "a.esc"],
    &["graph", "a.esc", "--view", "situations"],
    &["structure", "a.esc"],
    &["drivers", "a.esc"],
    &["why", "a.esc", "moved"],
];

/// Exit status, what is written for machines, and what is said beside it.
fn failing(case: &Case, command: &[&str]) -> (i32, Value, String) {
    let words: Vec<&str> = command.iter().copied().chain(["--format", "json"]).collect();
    let (status, stdout, stderr) = case.parts_of(&words);
    let json =
        serde_json::from_str(&stdout).unwrap_or_else(|it| panic!("{words:?}: {it}\n{stdout}"));
    (status, json, stderr)
}

#[test]
fn what_check_writes() {
    let case = Case::new().file("a.esc", BROKEN);
    let (status, checked, _) = failing(&case, &["check", "a.esc"]);
    assert!(status == 1 && checked["errors"].as_u64() > Some(0), "{checked}");
    for command in COMMANDS {
        let (status, found, said) = failing(&case, command);
        assert_eq!((status, &found, said.as_str()), (1, &checked, ""), "{command:?}");
    }
}

/// The places of both, and the storyline that leads there, which only running finds.
#[test]
fn contradictions() {
    let case = Case::new().file("a.esc", CONFLICT);
    for command in COMMANDS.iter().filter(|command| command[0] != "compare") {
        let (status, found, said) = failing(&case, command);
        assert_eq!((status, said.as_str()), (1, ""), "{command:?}");
        let told = &found["diagnostics"][0];
        assert_eq!(told["code"], "E4001", "{command:?} {found}");
        assert_eq!(found["files"], serde_json::json!(["a.esc"]));
        let (first, second) = (&told["line"], &told["related"][0]["line"]);
        assert!(first.is_u64() && second.is_u64() && first != second, "{told}");
        assert_eq!(told["related"][0]["file"], "a.esc");
        assert!(
            told["related"][0]["message"].as_str().unwrap().starts_with("sets it to"),
            "{told}"
        );
        assert!(told["storyline"].is_array(), "{told}");
    }
}

/// A storyline of two turns before two rules contradict each other.
#[test]
fn the_storyline_of_a_contradiction() {
    let text = r#"scenario "S" { horizon 5 turns }
actor north
actor south
action shell
state mood: calm | angry | done
inject turn 0 { north does shell }
rule again { on north does shell  then 50% { south does shell } }
rule one { on south does shell  then { mood becomes angry } }
rule two { on south does shell  then { mood becomes done } }
"#;
    let (_, found, _) = failing(&Case::new().file("a.esc", text), &["run", "a.esc"]);
    let told = &found["diagnostics"][0];
    let story = serde_json::json!([
        { "turn": 0, "nodes": ["north does shell"] },
        { "turn": 1, "nodes": ["south does shell"] },
    ]);
    assert_eq!(told["storyline"], story);
    assert_eq!((&told["line"], &told["related"][0]["line"]), (&8.into(), &9.into()));
}

#[test]
fn limits() {
    let case = Case::new().file("a.esc", SOUND);
    let (status, found, said) =
        failing(&case, &["run", "a.esc", "--method", "exact", "--max-situations", "2"]);
    assert_eq!((status, said.as_str()), (4, ""), "{found}");
    assert_eq!(found["diagnostics"][0]["code"], "E4002", "{found}");
}

/// What is no fault of a text has no code and no place: it is a sentence.
#[test]
fn what_cannot_be_done() {
    let case = Case::new().file("a.esc", SOUND);
    let (status, found, said) = failing(&case, &["run", "gone.esc"]);
    let failure = found["failures"][0].as_str().unwrap();
    assert!(status == 4 && failure.contains("gone.esc") && said.contains(failure), "{said}");
    assert_eq!((&found["errors"], &found["diagnostics"]), (&0.into(), &serde_json::json!([])));
    let (status, found, _) = failing(&case, &["run", "a.esc", "--reading", "nowhere"]);
    let failure = found["failures"][0].as_str().unwrap();
    assert!(status == 2 && failure.contains("nowhere"), "{found}");
    let (status, checked, _) = failing(&case, &["check", "gone.esc"]);
    assert!(
        status == 4 && checked["failures"][0].as_str().unwrap().contains("gone.esc"),
        "{checked}"
    );
    let (status, found, _) = failing(&case, &["test", "gone.esc"]);
    assert!(status == 4 && found["failures"][0].as_str().unwrap().contains("gone.esc"), "{found}");
}

/// The file that was asked for is for results; what is wrong goes to standard output.
#[test]
fn no_file_is_written() {
    let case = Case::new().file("a.esc", BROKEN);
    let (status, found, _) = failing(&case, &["run", "a.esc", "-o", "out.json"]);
    assert!(status == 1 && found["format"] == "escalade-check/1", "{found}");
    assert_eq!(case.files(), ["a.esc"]);
}

/// Of two settings of one thing one would be without effect.
#[test]
fn the_same_is_set_twice() {
    let text = SOUND.replacen("rule ", "param luck = 10%\nrule ", 1);
    let case = Case::new().file("a.esc", &text);
    let twice = ["run", "a.esc", "--set", "luck=10%", "--set", "luck = 20%"];
    let (status, _, said) = case.parts_of(&twice);
    assert!(status == 2 && said.contains("`--set luck=10%` sets the same"), "{said}");
}

#[test]
fn colours_of_help_and_of_wrong_command_lines() {
    let case = Case::new();
    for words in [
        &["run", "--help"][..],
        &["chek"],
        &["run"],
        &["help", "run"],
        &["run", "--horizon", "x", "a"],
    ] {
        for (colour, painted) in [("--color=never", false), ("--color=always", true)] {
            let line: Vec<&str> = [colour].iter().chain(words).copied().collect();
            let (_, stdout, stderr) = case.forced(&line);
            assert_eq!((stdout + &stderr).contains('\u{1b}'), painted, "{line:?}");
        }
        let line: Vec<&str> = words.iter().copied().chain(["--color", "never"]).collect();
        let (_, stdout, stderr) = case.forced(&line);
        assert!(!(stdout + &stderr).contains('\u{1b}'), "{line:?}");
    }
}
