//! `compare` and evidence, end to end: hand-computed cases, parts that add up, what is struck out.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use assert_cmd::Command;
use serde_json::Value;

/// Files in a folder, and the command run there.
struct Files(tempfile::TempDir);

impl Files {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        Self(folder)
    }

    /// The exit status, standard output and standard error.
    fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let output = Command::new(assert_cmd::cargo::cargo_bin!("escalade"))
            .args(arguments)
            .args(["--width", "80"])
            .current_dir(self.0.path())
            .output()
            .unwrap();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
    }

    fn text(&self, arguments: &[&str]) -> String {
        let (status, text, error) = self.run(arguments);
        assert_eq!(status, 0, "{arguments:?}: {error}");
        text
    }

    /// The page, with a scenario on standard input.
    fn piped(&self, input: &str, arguments: &[&str]) -> String {
        let command = Command::new(assert_cmd::cargo::cargo_bin!("escalade"))
            .args(arguments)
            .args(["--width", "80"])
            .current_dir(self.0.path())
            .write_stdin(input)
            .assert()
            .success();
        String::from_utf8(command.get_output().stdout.clone()).unwrap()
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let text = self.text(&[arguments, &["--format", "json"]].concat());
        serde_json::from_str(&text).unwrap()
    }
}

/// The second rule needs what the first does.
const FIRST: &str = r#"
scenario "Chain" { horizon 4 turns }
source a "A" { grade B2 }
source d "D" { grade D4 }
source f "F" { grade F6 }
source u "U" { }
actor x "X"
actor y "Y"
issue war "War"
position x on war: open { says "we might" from d }
action one "One"
action two "Two"
inject turn 0 { x does one }
rule first  { on x does one  if x on war >= open  then 50% { y does one }  because "so" from a }
rule second { on y does one  then 40% { y does two }  because "and so" from f }
outcome both "Both" when y has done two
outcome none "None" otherwise
expect P(both) <= 25%
"#;

/// What the compared numbers of an outcome are: before, after, difference, shares.
fn outcome(json: &Value, name: &str) -> (f64, f64, f64, Vec<f64>) {
    let all = json["outcomes"].as_array().unwrap();
    let one = all.iter().find(|one| one["name"] == name).unwrap();
    let number = |value: &Value| value.as_f64().unwrap();
    (
        number(&one["before"]["estimate"]),
        number(&one["after"]["estimate"]),
        number(&one["difference"]),
        one["shares"].as_array().unwrap().iter().map(number).collect(),
    )
}

fn near(one: f64, other: f64) {
    assert!((one - other).abs() < 1e-9, "{one} is not {other}");
}

/// 50% · 40% becomes 80% · 60%: by hand the first has (0.3·0.4 + 0.3·0.6)/2, the second
/// (0.5·0.2 + 0.8·0.2)/2.
#[test]
fn shares_are_those_found_by_hand() {
    let second = FIRST.replace("50%", "80%").replace("40%", "60%");
    let files = Files::new(&[("a.esc", FIRST), ("b.esc", &second)]);
    let json = files.json(&["compare", "a.esc", "b.esc"]);
    let (before, after, difference, shares) = outcome(&json, "both");
    near(before, 0.2);
    near(after, 0.48);
    near(difference, 0.28);
    near(shares[0], 0.15);
    near(shares[1], 0.13);
    assert_eq!(json["attribution"]["method"], "exact");
    assert_eq!(json["attribution"]["bundles"][0][0], "rule first");
    let (.., shares) = outcome(&json, "none");
    near(shares[0], -0.15);
    assert_eq!(json["expectations"][0]["before"]["holds"], true);
    assert_eq!(json["expectations"][0]["after"]["holds"], false);
    let text = files.text(&["compare", "a.esc", "b.esc"]);
    assert!(text.contains("+15  by rule first") && text.contains("+13  by rule second"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
}

#[test]
fn layout_comments_and_order_make_no_difference() {
    let (head, rest) = FIRST.split_once("source a").unwrap();
    let mut lines: Vec<String> = format!("source a{rest}").lines().map(str::to_owned).collect();
    lines.reverse();
    let other = lines
        .join("\n // a remark\n")
        .replace("on x does one  if x on war >= open", "if x on war/* , */ >=\n open on x does one")
        .replace("50%", "0.5");
    let files = Files::new(&[("a.esc", FIRST), ("b.esc", &format!("{other}\n{head}"))]);
    let text = files.text(&["compare", "a.esc", "b.esc"]);
    assert!(text.contains("no difference in meaning"), "{text}");
    let json = files.json(&["compare", "a.esc", "b.esc"]);
    assert_eq!(json["differences"].as_array().unwrap().len(), 0);
    assert_eq!(json["attribution"], Value::Null);
    assert_eq!(json["outcomes"][0]["difference"], 0.0);
}

#[test]
fn a_rationale_has_no_effect_on_results() {
    let other =
        FIRST.replace("\"and so\" from f", "\"and so on\" from a").replace("\"Both\"", "\"All\"");
    let files = Files::new(&[("a.esc", FIRST), ("b.esc", &other)]);
    let json = files.json(&["compare", "a.esc", "b.esc"]);
    let differences = json["differences"].as_array().unwrap();
    assert_eq!(differences.len(), 2);
    assert!(differences.iter().all(|one| one["affects_results"] == false));
    assert_eq!(json["attribution"], Value::Null);
}

/// The new rule raises what is new with it, in both directions.
#[test]
fn what_uses_a_new_name_goes_with_it() {
    let other = FIRST
        .replace("outcome both", "meter heat: 0..3 = 0\nrule heats { on y does one then 50% { raise heat by 1 } because \"h\" from a }\nrule helps { when heat > 0 then 50% { y does two } because \"h\" from a }\noutcome both")
        .replace("40%", "30%");
    let files = Files::new(&[("a.esc", FIRST), ("b.esc", &other)]);
    for (one, two) in [("a.esc", "b.esc"), ("b.esc", "a.esc")] {
        let json = files.json(&["compare", one, two]);
        let bundles = json["attribution"]["bundles"].as_array().unwrap();
        let sizes: Vec<usize> = bundles.iter().map(|it| it.as_array().unwrap().len()).collect();
        assert!(sizes == [1, 3] || sizes == [3, 1], "{bundles:?}");
        let (.., difference, shares) = outcome(&json, "both");
        near(shares.iter().sum(), difference);
    }
    let json = files.json(&["compare", "a.esc", "b.esc"]);
    assert_eq!(json["reactions"]["gained"][0]["id"], "heat raised");
}

/// A value of a state that both have is no new name: what needs it shows only when it does not build.
#[test]
fn what_cannot_be_built_apart_is_bundled() {
    let first = FIRST.replace("outcome both", "state front: calm < bad = calm\nrule breaks { on y does one then { front becomes bad } because \"b\" from a }\noutcome both");
    let second = first
        .replace("calm < bad", "calm < bad < worse")
        .replace("front becomes bad", "front becomes worse")
        .replace("50%", "60%");
    let files = Files::new(&[("a.esc", &first), ("b.esc", &second)]);
    let json = files.json(&["compare", "a.esc", "b.esc"]);
    let bundles = json["attribution"]["bundles"].as_array().unwrap();
    let names: Vec<String> = bundles.iter().map(ToString::to_string).collect();
    assert!(names.contains(&r#"["variable front","rule breaks"]"#.to_owned()), "{names:?}");
    assert!(names.contains(&r#"["rule first"]"#.to_owned()), "{names:?}");
}

#[test]
fn settings_are_compared_with_the_scenario_as_written() {
    let files = Files::new(&[("a.esc", FIRST)]);
    let json = files.json(&["compare", "a.esc", "--set", "x.war=opposes"]);
    let (before, after, _, shares) = outcome(&json, "both");
    near(before, 0.2);
    near(after, 0.0);
    near(shares[0], -0.2);
    assert_eq!(json["differences"][0]["name"], "position x on war");
    assert_eq!(json["differences"][0]["parts"][0]["before"], "open");
    let (status, _, error) = files.run(&["compare", "a.esc"]);
    assert_eq!(status, 2);
    assert!(error.contains("nothing to compare"), "{error}");
    let (status, _, error) = files.run(&["compare", "a.esc", "--readings", "baseline,nobody"]);
    assert_eq!(status, 2);
    assert!(error.contains("no reading `nobody`"), "{error}");
}

/// Shapley values of the readings of every shipped scenario add up.
#[test]
fn parts_of_shipped_readings_add_up() {
    let root = env!("CARGO_MANIFEST_DIR");
    let files = Files::new(&[]);
    for (name, reading) in [("western-troops", "cost"), ("tariff-spiral", "")] {
        let file = format!("{root}/scenarios/{name}.esc");
        let text = std::fs::read_to_string(&file).unwrap();
        let first = text.lines().find_map(|line| line.strip_prefix("reading "));
        let first = first.and_then(|line| line.split_whitespace().next()).unwrap_or_default();
        let reading = if reading.is_empty() { first } else { reading };
        let json = files.json(&["compare", &file, "--reading", reading, "--horizon", "8"]);
        for one in json["outcomes"].as_array().unwrap() {
            let (.., difference, shares) = outcome(&json, one["name"].as_str().unwrap());
            near(shares.iter().sum(), difference);
        }
    }
}

#[test]
fn grades_that_cannot_be_judged_are_kept() {
    let files = Files::new(&[("a.esc", FIRST)]);
    let result = |arguments: &[&str]| files.json(&[&["run", "a.esc"], arguments].concat());
    let both = |json: &Value| json["results"][0]["outcomes"][0]["estimate"].as_f64().unwrap();
    let json = result(&[]);
    near(both(&json), 0.2);
    let evidence = &json["evidence"];
    assert_eq!(evidence["cannot_be_judged"], serde_json::json!(["f"]));
    // The position falls, and neutral is below open.
    assert_eq!(evidence["worst_graded"]["sources"], serde_json::json!(["d"]));
    near(evidence["worst_graded"]["outcomes"][0]["estimate"].as_f64().unwrap(), 0.0);
    // F6 is no worse than A1, D4 is.
    let json = result(&["--min-grade", "B2"]);
    near(both(&json), 0.0);
    assert_eq!(json["evidence"]["struck_out"], serde_json::json!(["d"]));
    let struck: Vec<&str> = (json["evidence"]["claims"].as_array().unwrap().iter())
        .filter(|claim| claim["struck_out"] == true)
        .map(|claim| claim["name"].as_str().unwrap())
        .collect();
    assert_eq!(struck, ["x on war"]);
    near(both(&result(&["--without-source", "f"])), 0.0);
    near(both(&result(&["--without-source", "u"])), 0.2);
    let (status, _, error) = files.run(&["run", "a.esc", "--without-source", "ff"]);
    assert_eq!(status, 2);
    assert!(error.contains("no source `ff`"), "{error}");
}

/// A group's default takes the place of a statement that falls, an earlier statement that of a later
/// one, whose inject is dropped.
#[test]
fn positions_fall_back_to_what_stands_without_them() {
    let text = r#"
scenario "S" { start 2024-01-01 turn 1 week horizon 6 turns }
source a "A" { }
source b "B" { }
actor x "X"
actor y "Y"
group g "G" { x, y }
issue i "I"
position g on i: open     { says "all" from a }
position x on i: rejects  { says "own" from b  becomes supports when turn >= 3: likely }
position y on i: wary     since 2024-01-01 { says "now" from a }
position y on i: supports since 2024-01-15 { says "then" from b }
outcome x_open "x" when x on i = open
outcome x_up   "xs" when x on i = supports
outcome y_up   "y" when y on i = supports
"#;
    let files = Files::new(&[("a.esc", text)]);
    let values = |arguments: &[&str]| -> Vec<f64> {
        let json = files.json(&[&["run", "a.esc"], arguments].concat());
        let all = json["results"][0]["outcomes"].as_array().unwrap();
        all.iter().map(|one| one["estimate"].as_f64().unwrap()).collect()
    };
    let before = values(&[]);
    near(before[0], 0.0);
    near(before[1], 0.675);
    near(before[2], 1.0);
    assert_eq!(values(&["--without-source", "b"]), [1.0, 0.0, 0.0]);
    let json = files.json(&["compare", "a.esc", "--without-source", "b"]);
    assert_eq!(json["differences"].as_array().unwrap().len(), 2);
    let (.., shares) = outcome(&json, "y_up");
    near(shares[1], -1.0);
}

/// On a scale of one's own nothing stands in for a position that is read.
#[test]
fn a_position_on_another_scale_is_missed() {
    let text = r#"
scenario "S" { horizon 12 turns }
source a "A" { }
actor x "X"
scale s { low < high }
issue i "I" on scale s
position x on i: high { says "own" from a }
outcome o "o" when x on i = high
"#;
    let files = Files::new(&[("a.esc", text)]);
    let (status, _, error) = files.run(&["run", "a.esc", "--without-source", "a"]);
    assert_eq!(status, 1);
    assert!(error.contains("no position on `i`") && error.contains("struck out"), "{error}");
    let json = files.json(&["run", "a.esc"]);
    let without = &json["evidence"]["sources"][0];
    assert_eq!(without["outcomes"], Value::Null);
    assert!(without["impossible"].as_str().unwrap().contains("no position on `i`"));
}

/// What users write is data in every report.
#[test]
fn user_text_is_data() {
    let other = FIRST.replace("\"One\"", "\"<b>|One*\"").replace("50%", "60%");
    let files = Files::new(&[("a.esc", FIRST), ("b.esc", &other)]);
    let page = files.text(&["compare", "a.esc", "b.esc", "--format", "markdown"]);
    assert!(!page.contains("<b>") && page.contains("&lt;b&gt;\\|One\\*"), "{page}");
    let page = files.text(&["run", "b.esc", "--format", "markdown"]);
    // The text itself stands between fences, where nothing is markup.
    let (page, _) = page.split_once("## The scenario's text").unwrap();
    assert!(page.contains("## Evidence") && !page.contains("<b>"), "{page}");
}

/// A chain of ten steps, and two readings of all of their likelihoods.
fn ten() -> String {
    let each = |line: &dyn Fn(usize) -> String| (0..10).map(line).collect::<String>();
    let reading = |name: &str, low: usize| {
        let params = each(&|at| format!("  param p{at} = {}%\n", low + at));
        format!("reading {name} \"{name}\" {{\n  because \"so\"\n{params}}}\n")
    };
    let begin = "scenario \"Ten\" { horizon 12 turns }\nactor a\naction act0\ninject turn 0 { a does act0 }\n";
    [
        begin.to_owned(),
        each(&|at| format!("action act{}\nparam p{at} = 50%\n", at + 1)),
        each(&|at| {
            let next = at + 1;
            format!("rule r{at} {{ on a does act{at} then p{at} {{ a does act{next} }} }}\n")
        }),
        "outcome whole when a has done act10\noutcome rest otherwise\n".to_owned(),
        reading("low", 60),
        reading("high", 80),
    ]
    .concat()
}

/// Two readings with more differences than are shared out exactly: the parts still add up, the
/// same every time, whether from a file or from standard input.
#[test]
fn two_readings_with_many_differences() {
    let files = Files::new(&[("ten.esc", &ten())]);
    let compared = ["compare", "ten.esc", "--readings", "low,high"];
    let json = files.json(&compared);
    let (before, after, difference, shares) = outcome(&json, "whole");
    let product = |low: usize| (0..10).map(|at| (low + at) as f64 / 100.0).product::<f64>();
    near(before, product(60));
    near(after, product(80));
    near(difference, after - before);
    assert_eq!(shares.len(), 10);
    near(shares.iter().sum::<f64>(), difference);
    assert!(shares.iter().all(|share| *share > 0.01), "{shares:?}");
    assert_eq!(json["attribution"]["method"], "orders");
    assert_eq!(json["differences"].as_array().unwrap().len(), 10);
    assert_eq!(json["sides"][0]["view"], "reading low");
    let text = files.text(&compared);
    assert_eq!(text, files.text(&[&compared[..], &["--threads", "1"]].concat()));
    assert!(text.contains("16 orders of 10 differences"), "{text}");
    let piped = files.piped(&ten(), &["compare", "-", "--readings", "low,high"]);
    assert_eq!(piped, text);
    let backwards = files.json(&["compare", "ten.esc", "--readings", "high,baseline"]);
    let (before, after, ..) = outcome(&backwards, "whole");
    near(before, product(80));
    near(after, 0.5_f64.powi(10));
}

#[test]
fn standard_input_is_one_of_two_scenarios() {
    let files = Files::new(&[("a.esc", FIRST)]);
    let other = FIRST.replace("50%", "80%");
    for (arguments, first, second) in [
        (["compare", "a.esc", "-"], "a.esc", "<stdin>"),
        (["compare", "-", "a.esc"], "<stdin>", "a.esc"),
    ] {
        let text = files.piped(&other, &arguments);
        let head: Vec<&str> = text.lines().skip(1).take(2).collect();
        assert!(head[0].ends_with(first) && head[1].ends_with(second), "{text}");
        assert!(text.contains("~ rule first"), "{text}");
    }
    let (status, _, said) = files.run(&["compare", "-", "-"]);
    assert!(status == 2 && said.contains("only one of the two"), "{said}");
}

#[test]
fn readings_that_cannot_be_compared() {
    let files = Files::new(&[("ten.esc", &ten())]);
    let cases = [
        ("low,hihg", "`--readings`: there is no reading `hihg`; did you mean `high`?"),
        ("low,low", "compared with itself"),
        ("low", "expected two readings"),
        ("low,", "expected two readings"),
    ];
    for (readings, words) in cases {
        let (status, _, said) = files.run(&["compare", "ten.esc", "--readings", readings]);
        assert!(status == 2 && said.contains(words), "{readings}: {said}");
    }
}
