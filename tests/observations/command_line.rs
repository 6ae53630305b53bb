//! Observations on the command line, and in what it writes.

use super::WARNING;

fn escalade(arguments: &[&str], text: &str) -> (i32, String, String) {
    let output = assert_cmd::Command::new(assert_cmd::cargo::cargo_bin!("escalade"))
        .args(arguments)
        .write_stdin(text)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn on_the_command_line() {
    let seen = "turn 1: not a does strike";
    let (status, page, _) = escalade(&["run", "-", "--observe", seen], WARNING);
    assert_eq!(status, 0);
    assert!(page.contains("OBSERVED") && page.contains("60% [40%..80%]"), "{page}");
    assert!(page.contains(seen), "{page}");
    let (_, in_the_file, _) = escalade(&["run", "-"], &format!("{WARNING}observe {seen}\n"));
    // The file is another one, with another hash.
    let above = |page: &str| page.split("FILES READ").next().unwrap().to_owned();
    assert_eq!(above(&page), above(&in_the_file));
    let (status, json, _) = escalade(&["run", "-", "--format", "json", "--observe", seen], WARNING);
    assert!(status == 0 && json.contains("\"observation\": {"), "{json}");
    assert!(json.contains("\"observe\": [\n      \"turn 1: not a does strike\"\n    ]"), "{json}");
    let (_, plain, _) = escalade(&["run", "-", "--format", "json"], WARNING);
    let hash = |json: &str| json.lines().find(|it| it.contains("text_hash")).unwrap().to_owned();
    assert_eq!(hash(&json), hash(&plain), "the scenario is the same");
    assert!(plain.contains("\"observation\": null"), "{plain}");
    let (_, markdown, _) =
        escalade(&["run", "-", "--format", "markdown", "--observe", seen], WARNING);
    assert!(markdown.contains("## Observed") && markdown.contains("60% \\[40%"), "{markdown}");
    let (status, dot, _) = escalade(&["graph", "-", "--observe", seen], WARNING);
    assert!(status == 0 && dot.contains("given what was observed"), "{dot}");
}

/// What is written in an observation is data in every page.
#[test]
fn texts_of_observations_are_data() {
    let seen = "turn 1: /* ---> <script> {x} `y` */ not a does strike";
    let page = |form: &[&str]| {
        let arguments: Vec<&str> = [form, &["-", "--observe", seen]].concat();
        let (status, page, said) = escalade(&arguments, WARNING);
        assert_eq!(status, 0, "{said}");
        page
    };
    let markdown = page(&["run", "--format", "markdown"]);
    let marks = |line: &&str| line.contains("<script>") && !line.trim_start().starts_with("%%");
    assert_eq!(markdown.lines().find(marks), None);
    // The record for `replay` stands in a comment.
    let shown = markdown.lines().filter(|line| !line.starts_with("<!-- "));
    assert!(!shown.collect::<String>().replace("\\`", "").contains("`y`"), "{markdown}");
    let graphml = page(&["graph", "--format", "graphml"]);
    let comment = graphml.lines().find(|line| line.contains("given what was observed")).unwrap();
    assert_eq!(comment.matches("--").count(), 2, "{comment}");
    let mermaid = page(&["graph", "--format", "mermaid"]);
    let comment = mermaid.lines().find(|line| line.contains("given what was observed")).unwrap();
    assert!(!comment.contains('{'), "{comment}");
}

/// A reading that what was seen rules out is left out, unless it is the only one asked for.
#[test]
fn what_was_seen_may_rule_a_reading_out() {
    let text = format!(
        "{WARNING}observe turn 1: a does warn
reading ruled_out {{ disable r }}
reading eager {{ rule r: 50% }}
"
    );
    let (status, page, said) = escalade(&["run", "-"], &text);
    assert!(status == 0 && said.contains("`ruled_out` is left out"), "{said}");
    assert!(page.contains("eager") && page.contains("how likely what was observed was"), "{page}");
    let (status, _, said) = escalade(&["run", "-", "--reading", "ruled_out"], &text);
    assert!(status == 1 && said.contains("E4005"), "{said}");
}

#[test]
fn mistakes_on_the_command_line() {
    for (seen, says) in [
        ("turn 1: a does strke", "did you mean `strike`?"),
        ("turn 9: a does strike", "E4004"),
        ("turn 0: a does strike", "E4005"),
        ("2024-01-01: a does warn", "E3006"),
        ("a does warn", "expected a date or `turn`"),
        ("", "expected a date or `turn`"),
        ("turn 1: a does warn rule s { while 1 > 0 then { a does warn } }", "more than one"),
        ("turn 1: a does warn }", "E0001"),
    ] {
        let (status, page, said) = escalade(&["run", "-", "--observe", seen], WARNING);
        assert_eq!((status, page.as_str()), (2, ""), "{seen}: {said}");
        assert!(said.contains(says) && said.contains("--observe"), "{seen}: {said}");
    }
    let (status, _, said) =
        escalade(&["run", "-"], &format!("{WARNING}observe turn 0: a does strike\n"));
    assert!(status == 1 && said.contains("E4005"), "{said}");
    let (status, model, said) = escalade(
        &["export", "-", "--to", "prism"],
        &format!("{WARNING}observe turn 0: a does warn\n"),
    );
    assert!(status == 0 && said.contains("1 observation left out"), "{said}");
    let plain = escalade(&["export", "-", "--to", "prism"], WARNING).1;
    let lines = |text: &str| -> Vec<String> {
        text.lines().filter(|line| !line.contains("Made by")).map(str::to_owned).collect()
    };
    assert_eq!(lines(&model), lines(&plain));
}
