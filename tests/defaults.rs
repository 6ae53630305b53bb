//! The file of defaults, and what lints make of it: from the command line.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "cli/case.rs"]
mod case;

use assert_cmd::Command;
use case::Case;

/// Uses a word that it does not define, and has no horizon.
const PLAIN: &str = r#"
source memo "Memo"
flag war "War"
rule outbreak "War breaks out" {
  while not war
  then  plausible { war becomes yes }
  because "so" from memo
}
rule peace { when war  then 12.5% { war becomes no }  because "so" }
outcome fought "War" when war
"#;

const DEFAULTS: &str = "horizon = 2\n\n[lexicon]\nplausible = \"10%..30%\"\n";

fn with_defaults(path: &str, text: &str) -> Case {
    Case::new().file("a/b/x.esc", PLAIN).file(path, text)
}

/// The JSON of `run`.
fn run<const N: usize>(case: &Case, arguments: [&str; N]) -> serde_json::Value {
    let (status, stdout, stderr) = case.parts(arguments);
    assert_eq!(status, 0, "{stderr}");
    serde_json::from_str(&stdout).unwrap()
}

fn estimate(run: &serde_json::Value) -> f64 {
    run["results"][0]["outcomes"][0]["estimate"].as_f64().unwrap()
}

#[test]
fn they_are_looked_up_from_the_folder_upwards() {
    let case = with_defaults(".escalade.toml", DEFAULTS);
    let found = run(&case, ["run", "a/b/x.esc", "--format", "json"]);
    assert_eq!(found["horizon"], 2);
    assert!((estimate(&found) - 0.36).abs() < 1e-9, "{found}");
    let given = &found["defaults"][0];
    assert_eq!(given["file"], ".escalade.toml");
    assert_eq!(given["lexicon"][0]["likelihood"], "10%..30%");
}

#[test]
fn they_are_looked_up_above_where_the_command_runs() {
    let case = with_defaults(".escalade.toml", DEFAULTS);
    let output = Command::new(assert_cmd::cargo::cargo_bin!("escalade"))
        .args(["run", "x.esc", "--format", "json"])
        .current_dir(case.folder().join("a/b"))
        .output()
        .unwrap();
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found["horizon"], 2);
    assert_eq!(found["defaults"][0]["file"], "../../.escalade.toml");
}

#[test]
fn standard_input_has_those_of_the_folder() {
    let case = Case::new().file(".escalade.toml", DEFAULTS).stdin(PLAIN);
    assert_eq!(run(&case, ["run", "-", "--format", "json"])["horizon"], 2);
}

#[test]
fn only_the_nearest_file_counts() {
    let case = with_defaults(".escalade.toml", DEFAULTS).file("a/.escalade.toml", "horizon = 5\n");
    let (status, _, stderr) = case.parts(["check", "a/b/x.esc", "--format", "short"]);
    assert_eq!(status, 1);
    assert!(stderr.contains("`plausible`"), "{stderr}");
}

#[test]
fn what_the_scenario_says_wins() {
    let own = PLAIN.replace(
        "flag war",
        "scenario \"S\" { horizon 3 turns }\nlexicon { plausible = 50% }\nflag war",
    );
    let case = Case::new().file("x.esc", &own).file(".escalade.toml", DEFAULTS);
    let found = run(&case, ["run", "x.esc", "--format", "json"]);
    assert_eq!(found["horizon"], 3);
    assert!((estimate(&found) - 0.875).abs() < 1e-9, "{found}");
    assert!(found.get("defaults").is_none());
    // A name is the scenario's own whatever it stands for.
    let other = PLAIN.replace("flag war", "param plausible = 100%\nflag war");
    let case = Case::new().file("x.esc", &other).file(".escalade.toml", DEFAULTS);
    assert!((estimate(&run(&case, ["run", "x.esc", "--format", "json"])) - 1.0).abs() < 1e-9);
}

#[test]
fn the_command_line_wins() {
    let case = with_defaults(".escalade.toml", DEFAULTS);
    let found = run(&case, ["run", "a/b/x.esc", "--format", "json", "--horizon", "1"]);
    assert_eq!(found["horizon"], 1);
}

#[test]
fn lints_have_levels() {
    let check = |levels: &str, status: i32| {
        let defaults = format!("{DEFAULTS}[lints]\n{levels}\n");
        let case = with_defaults("a/.escalade.toml", &defaults);
        let (actual, stdout, stderr) = case.parts(["check", "a/b/x.esc", "--format", "short"]);
        assert_eq!(actual, status, "{levels}: {stdout}{stderr}");
        format!("{stderr}{stdout}")
    };
    assert!(check("", 0).contains("no errors, 1 warning"));
    assert!(check("false-precision = \"allow\"", 0).contains("no errors, no warnings"));
    assert!(check("W0011 = \"allow\"", 0).contains("no errors, no warnings"));
    assert!(check("false-precision = \"warn\"", 0).contains("no errors, 1 warning"));
    assert!(check("W0011 = \"deny\"", 1).contains("error[W0011]"));
}

#[test]
fn what_is_denied_is_told_in_full_and_not_evaluated() {
    let defaults = format!("{DEFAULTS}[lints]\nfalse-precision = \"deny\"\n");
    let case = with_defaults("a/.escalade.toml", &defaults);
    insta::assert_snapshot!(case.run(["run", "a/b/x.esc"]));
}

#[test]
fn a_comment_allows_what_is_denied() {
    let defaults = format!("{DEFAULTS}[lints]\nfalse-precision = \"deny\"\n");
    let text =
        PLAIN.replace("rule peace", "// escalade: allow(false-precision): counted\nrule peace");
    let case = Case::new().file("x.esc", &text).file(".escalade.toml", &defaults);
    case.status(0, ["check", "x.esc", "--deny", "warnings"]);
    case.status(0, ["run", "x.esc"]);
}

/// A rule that falls leaves others without a chance, which is nobody's mistake.
#[test]
fn striking_out_a_source_asks_for_no_lints() {
    let defaults =
        format!("{DEFAULTS}[lints]\ndead-rule = \"deny\"\nfalse-precision = \"allow\"\n");
    let case = with_defaults("a/.escalade.toml", &defaults);
    case.status(0, ["run", "a/b/x.esc", "--without-source", "memo"]);
}

#[test]
fn mistakes_have_their_place() {
    let case =
        Case::new().file("x.esc", "flag war \"War\"\noutcome fought \"War\" when war\n").file(
            ".escalade.toml",
            r#"horizont = 26
horizon = "26 turns"
lints = "none"
false-precision = "deny"

[lexicon]
plausible = "30% to 60%"
some = 0.3
"so so" = "50%"
then = "50%"
likely = "60%"
more = "60%..160%"
less = "unlikly"
"#,
        );
    insta::assert_snapshot!(case.run(["check", "x.esc"]));
}

#[test]
fn wrong_levels_are_told() {
    let levels =
        "[lints]\nfalse-precison = \"deny\"\nE1001 = \"allow\"\nunused = \"denny\"\nW0001 = 2\n";
    let case = Case::new().file("x.esc", "").file(".escalade.toml", levels);
    insta::assert_snapshot!(case.run(["check", "x.esc", "--format", "short"]));
}

#[test]
fn a_lint_has_one_level() {
    let levels = "[lints]\nunsourced = \"deny\"\nW0004 = \"allow\"\n";
    let case = Case::new().file("x.esc", "").file(".escalade.toml", levels);
    let (status, _, stderr) = case.parts(["check", "x.esc", "--format", "short"]);
    assert_eq!(status, 1);
    assert!(stderr.contains("`unsourced` and `W0004` are the same lint"), "{stderr}");
}

#[test]
fn what_is_no_toml_is_told() {
    let case =
        Case::new().file("x.esc", "").file(".escalade.toml", "horizon = 26 turns\n[lexicon\n");
    insta::assert_snapshot!(case.run(["check", "x.esc", "--format", "short"]));
}

/// What they gave stands in the report: it is evaluated again with that, whatever they say by now.
#[test]
fn a_report_is_repeated_with_what_they_gave() {
    for format in ["html", "json", "markdown"] {
        let case = with_defaults("a/.escalade.toml", DEFAULTS);
        case.status(0, ["run", "a/b/x.esc", "--format", format, "-o", "report"]);
        std::fs::write(case.folder().join("a/.escalade.toml"), "horizon = 9\n").unwrap();
        let (status, stdout, stderr) = case.parts(["replay", "report"]);
        assert_eq!(status, 0, "{format}: {stdout}{stderr}");
        assert!(stdout.contains("The same:"), "{stdout}");
        assert!(stdout.contains("the hash is the recorded one"), "{stdout}");
        assert!(
            stdout.contains("from a/.escalade.toml: horizon 2, plausible = 10%..30%"),
            "{stdout}"
        );
    }
    // One that was made without is repeated without.
    let own = PLAIN.replace("plausible", "unlikely");
    let case = Case::new().file("x.esc", &own);
    case.status(0, ["run", "x.esc", "--format", "json", "-o", "report"]);
    case.file(".escalade.toml", DEFAULTS).status(0, ["replay", "report"]);
}

#[test]
fn they_differ_between_folders() {
    let case = with_defaults("a/.escalade.toml", DEFAULTS)
        .file("b/x.esc", PLAIN)
        .file("b/.escalade.toml", "horizon = 2\n[lexicon]\nplausible = \"50%\"\n");
    let (status, stdout, stderr) =
        case.parts(["compare", "a/b/x.esc", "b/x.esc", "--format", "json"]);
    assert_eq!(status, 0, "{stderr}");
    let found: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert!(found["differences"].to_string().contains("plausible"), "{stdout}");
    assert_eq!(found["defaults"].as_array().map(Vec::len), Some(2));
}

#[test]
fn a_lint_is_explained_by_its_name() {
    let case = Case::new();
    let (status, stdout, _) = case.parts(["explain", "false-precision"]);
    assert_eq!(status, 0);
    assert!(stdout.starts_with("W0011") && stdout.contains("allow(false-precision)"), "{stdout}");
    let (_, _, stderr) = case.parts(["explain", "false-precison"]);
    assert!(stderr.contains("did you mean `false-precision`?"), "{stderr}");
}
