//! Games kept as scenarios that observe them.

use super::{TALKS, beside_its_sources, case::Case};
use insta::assert_snapshot;

/// What a record says of a game, given which `run` tells everything.
fn recorded(case: &Case, file: &str, arguments: &[&str]) -> (i32, serde_json::Value) {
    let mut all = vec!["run", file, "--format", "json"];
    all.extend(arguments);
    let output = assert_cmd::Command::new(assert_cmd::cargo::cargo_bin!("escalade"))
        .args(all)
        .current_dir(case.folder())
        .output()
        .unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    let answers = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{stderr}"));
    (output.status.code().unwrap(), answers)
}

/// The estimates of the outcomes of the first result, and its nodes.
fn told(answers: &serde_json::Value) -> (Vec<f64>, Vec<(String, f64)>) {
    let result = &answers["results"][0];
    let outcomes = result["outcomes"].as_array().unwrap();
    let outcomes = outcomes.iter().map(|one| one["estimate"].as_f64().unwrap()).collect();
    let nodes = result["reactions"]["nodes"].as_array().unwrap().iter();
    let node = |one: &serde_json::Value| {
        (one["id"].as_str().unwrap().to_owned(), one["probability"].as_f64().unwrap())
    };
    (outcomes, nodes.map(node).collect())
}

#[test]
fn a_record_is_run_given_the_game() {
    let games = [
        ("western-troops.esc", "france", "plan\ntrainers\n", "0"),
        ("cuban-missiles-1962.esc", "usa", "quarantine\nfirst\nhold\n", "0"),
        ("july-crisis-1914.esc", "russia", "1\n2\n1\n1\n", "0"),
        ("tariff-spiral.esc", "corvane", "1\n1\n2\n1\n1\n1\n1\n1\n", "0"),
    ];
    for (name, actor, answers, seed) in games {
        let case = beside_its_sources(name).stdin(answers).file("kept/empty", "");
        let path = format!("played/{name}");
        let arguments = ["play", &path, "--as", actor, "--seed", seed, "--record", "kept/game.esc"];
        let (status, stdout, stderr) = case.parts(arguments);
        assert_eq!(status, 0, "{name}: {stderr}");
        case.status(0, ["check", "kept/game.esc"]);
        let (status, answers) = recorded(&case, "kept/game.esc", &[]);
        assert_eq!(status, 0, "{name}");
        let (outcomes, nodes) = told(&answers);
        // The game came to its end: every outcome is reached or not.
        assert!(stdout.contains("The game is over"), "{name}: {stdout}");
        for (outcome, line) in outcomes.iter().zip(outcome_lines(&stdout)) {
            let expected = if line.ends_with("not reached") { 0.0 } else { 1.0 };
            assert!((outcome - expected).abs() < 1e-9, "{name}: {outcome} {line}");
        }
        // Everything that happens given the record is certain.
        let open: Vec<_> = nodes.iter().filter(|(_, value)| *value < 1.0 - 1e-9).collect();
        assert!(open.is_empty(), "{name}: {open:?}");
    }
}

fn outcome_lines(stdout: &str) -> Vec<&str> {
    let table = stdout.split("\nOUTCOMES\n").nth(1).unwrap();
    let lines = table.lines().skip(1).take_while(|line| !line.is_empty());
    lines.filter(|line| line.ends_with("reached") || line.ends_with('%')).collect()
}

/// What is decided shows only later, in ways that look alike for a while, or not at all.
const HIDDEN: &str = r#"
scenario "Hidden" { horizon 7 turns }
actor a "A"
actor b "B"
meter m "M": 0..4 = 1
action x "X"
action y "Y"
action z "Z"
inject turn 0 { b does z }
decision d "What does A do?" by a {
  on b does z
  option soon  "X soon"    after 2 turns  { a does x }
  option some  "Y some time" within 4 turns { a does y }
  option both  "Both later" after 5 turns  { a does x  a does y }
  option never "Nothing"
}
rule up   "Up"   { while m < 3 then 30% within 3 turns { raise m by 1 } or 20% { lower m by 1 } }
rule same "Same" { while m = 2 then 50% { m becomes 1 raise m by 1 } }
outcome done "Done" when a has done x
outcome none "None" otherwise
"#;

#[test]
fn a_record_tells_one_course_from_all_that_look_alike() {
    for (answer, seed) in [("soon", "0"), ("some", "1"), ("both", "2"), ("never", "3")] {
        let case = Case::new().file("h.esc", HIDDEN).stdin(answer);
        let arguments = ["play", "h.esc", "--as", "a", "--record", "game.esc", "--seed", seed];
        let (status, stdout, _) = case.parts(arguments);
        assert!(status == 0 && stdout.contains("The game is over"), "{stdout}");
        let (status, answers) = recorded(&case, "game.esc", &[]);
        assert_eq!(status, 0);
        let (_, nodes) = told(&answers);
        // A value that went up and down in one turn nobody has seen.
        let seen = |id: &str| id.contains(" does ") || id.starts_with("outcome ");
        let open = |(id, value): &&(String, f64)| seen(id) && *value < 1.0 - 1e-9;
        let open: Vec<_> = nodes.iter().filter(open).collect();
        assert!(open.is_empty(), "seed {seed}, {open:?}");
    }
}

/// Each turn is seen; all of them together are rarer than anything that could be written down.
#[test]
fn a_long_game_can_be_recorded() {
    let text = "scenario \"Long\" { horizon 400 turns }
actor a \"A\"
actor b \"B\"
action hit \"Hits\"
action answer \"Answers\"
meter heat \"Heat\": 0..9 = 1
rule goes \"Goes on\" {
  while heat < 9
  then 30%..40% { a does hit  raise heat by 1 }
  or   25%      { lower heat by 1 }
}
decision replies \"How does B reply?\" by b {
  on a does hit
  option replies \"It answers\" { b does answer }
  option yields  \"It lets it be\" { lower heat by 1 }
}
ending war \"War\" when heat = 9 and b has done hit
outcome rest \"No war\" otherwise
";
    let case = Case::new().file("long.esc", text).stdin(&"replies\nyields\n".repeat(68));
    let arguments = ["play", "long.esc", "--as", "b", "--seed", "4", "--record", "game.esc"];
    let (status, _, stderr) = case.parts(arguments);
    assert_eq!(status, 0, "{stderr}");
    let (status, answers) = recorded(&case, "game.esc", &[]);
    assert_eq!(status, 0);
    let seen = &answers["results"][0]["observation"]["log_probability"];
    assert!(seen.as_f64().unwrap() < -300.0, "{seen}");
    let (_, nodes) = told(&answers);
    let open: Vec<_> = nodes.iter().filter(|(_, value)| *value < 1.0 - 1e-9).collect();
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn what_the_baseline_never_does_can_be_recorded() {
    let case = Case::new().file("talks.esc", TALKS).stdin("come\nrude\n");
    case.status(0, ["play", "talks.esc", "--as", "north", "--record", "game.esc"]);
    assert!(case.read("game.esc").contains("equally likely"), "{}", case.read("game.esc"));
    let (status, answers) = recorded(&case, "game.esc", &[]);
    assert_eq!(status, 0);
    let (_, nodes) = told(&answers);
    let came = nodes.iter().find(|(id, _)| id == "north does come").unwrap();
    assert!((came.1 - 1.0).abs() < 1e-9, "{nodes:?}");
    // In an imported file nothing can be changed: the record says what to do.
    let (head, rest) = TALKS.split_once("source report").unwrap();
    let case = Case::new()
        .file(
            "talks.esc",
            &format!("{head}\nimport \"lib.esc\"\ninject turn 0 {{ south does invite }}\n"),
        )
        .file(
            "lib.esc",
            &format!("source report{rest}").replace("inject turn 0 { south does invite }", ""),
        )
        .stdin("come\nrude\n");
    case.status(0, ["play", "talks.esc", "--as", "north", "--record", "game.esc"]);
    assert!(case.read("game.esc").contains("It is imported"), "{}", case.read("game.esc"));
}

#[test]
fn a_record_stands_without_what_was_seen_and_expected_and_with_its_imports() {
    let library = "source note \"Note\" { file \"note.md\" }\nactor west \"West\"\n";
    let text = format!(
        "import \"lib/people.esc\"\n/// Seen by all.\nobserve turn 1: not signed\n{TALKS}\n/// Why not?\nexpect P(done) <= 0%\nexpect never signed\nsource here \"Here\" {{ file \"a \\\"b\\\".md\" }}\nposition west on peace: open {{ says \"so\" from note says \"so\" from here }}\nissue peace \"Peace\"\n"
    );
    let case = Case::new()
        .file("in/talks.esc", &text)
        .file("in/lib/people.esc", library)
        .file("in/lib/note.md", "so it is")
        .file("in/a \"b\".md", "so it is")
        .file("out/deep/empty", "")
        .stdin("come\nwarm\n");
    let arguments = [
        "play",
        "in/talks.esc",
        "--as",
        "north",
        "--set",
        "signed=no",
        "--record",
        "out/deep/game.esc",
    ];
    let (status, _, stderr) = case.parts(arguments);
    assert_eq!(status, 0, "{stderr}");
    assert_snapshot!("record", case.read("out/deep/game.esc"));
    case.status(0, ["check", "out/deep/game.esc"]);
    assert_eq!(recorded(&case, "out/deep/game.esc", &["--set", "signed=no"]).0, 0);
}

/// Another folder may have other defaults, or none.
#[test]
fn a_record_carries_what_a_file_of_defaults_gave() {
    let text = TALKS.replace("{ horizon 6 turns }", "{}").replace("then 50%", "then perhaps");
    let case = Case::new()
        .file("in/.escalade.toml", "horizon = 5\n[lexicon]\nperhaps = \"20%..60%\"\n")
        .file("in/talks.esc", &text)
        .file("out/empty", "")
        .stdin("come\nwarm\n");
    case.status(0, ["play", "in/talks.esc", "--as", "north", "--record", "out/game.esc"]);
    let (status, answers) = recorded(&case, "out/game.esc", &[]);
    assert_eq!(status, 0, "{}", case.read("out/game.esc"));
    assert_eq!(answers["horizon"], 5);
    let record = case.read("out/game.esc");
    assert!(record.contains("scenario \"Talks\" {\n  horizon 5 turns\n}"), "{record}");
    assert!(record.contains("lexicon {\n  perhaps = 20%..60%\n}\n"), "{record}");
}
