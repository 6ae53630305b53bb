//! The command line day by day: formats for services, `watch`, completions, manual pages, templates, hints.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "cli/case.rs"]
mod case;
#[path = "comforts/watch.rs"]
mod watch;

use case::{BROKEN, Case, DOUBTFUL, FAILING, LIBRARY, SOUND};
use escalade::diagnostic::pages;
use serde_json::Value;

/// The log of `check --format sarif`, with everything looked at that SARIF 2.1.0 requires.
fn sarif(case: &Case, file: &str) -> Value {
    let (_, stdout, _) = case.parts(["check", file, "--format", "sarif"]);
    let log: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["tool"]["driver"]["name"], "escalade");
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for rule in rules {
        for text in ["shortDescription", "fullDescription", "help"] {
            assert!(rule[text]["text"].as_str().is_some_and(|text| !text.is_empty()), "{rule}");
        }
    }
    for result in run["results"].as_array().unwrap() {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
        assert_eq!(rule["defaultConfiguration"]["level"], result["level"]);
        assert!(["error", "warning"].contains(&result["level"].as_str().unwrap()));
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        let related = result["relatedLocations"].as_array().cloned().unwrap_or_default();
        for location in result["locations"].as_array().unwrap().iter().chain(&related) {
            let place = &location["physicalLocation"];
            let uri = place["artifactLocation"]["uri"].as_str().unwrap();
            assert!(uri.is_ascii() && !uri.contains([' ', '<', '\\']), "{uri}");
            let at = |key: &str| place["region"][key].as_u64().unwrap();
            let (start, end) =
                ([at("startLine"), at("startColumn")], [at("endLine"), at("endColumn")]);
            assert!(start <= end && start[0] >= 1 && start[1] >= 1, "{place}");
        }
    }
    log
}

#[test]
fn sarif_has_what_is_required_for_every_code() {
    let mut results = 0;
    for page in pages::all() {
        let case = Case::new().file("an example.esc", page.example);
        let log = sarif(&case, "an example.esc");
        results += log["runs"][0]["results"].as_array().unwrap().len();
    }
    assert!(results > 80, "{results}");
}

#[test]
fn sarif_counts_characters_and_shows_further_places() {
    let text = "actor a \"ŽŽ\" { k = 1 }  actor a\n";
    let log = sarif(&Case::new().file("žu.esc", text), "žu.esc");
    let results = log["runs"][0]["results"].as_array().unwrap();
    let taken = results.iter().find(|result| result["ruleId"] == "E1002").unwrap();
    let place = &taken["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "%C5%BEu.esc");
    assert_eq!(place["region"]["startColumn"], 31);
    let related = &taken["relatedLocations"][0];
    assert_eq!(related["id"], 1);
    assert_eq!(related["physicalLocation"]["region"]["startColumn"], 7);
    let sound = sarif(&Case::new().file("a.esc", SOUND), "a.esc");
    assert_eq!(sound["runs"][0]["results"], serde_json::json!([]));
}

#[test]
fn annotations_alone_stand_on_standard_output() {
    let case = Case::new().file("a.esc", BROKEN).file("b.esc", DOUBTFUL);
    let (status, stdout, stderr) = case.parts(["check", "a.esc", "b.esc", "--format", "github"]);
    assert_eq!((status, stderr.as_str()), (1, ""));
    assert!(stdout.contains("::error file=a.esc,line="), "{stdout}");
    assert!(stdout.contains("::warning file=b.esc,line="), "{stdout}");
    assert!(stdout.lines().all(|line| line.starts_with("::")), "{stdout}");
}

#[test]
fn a_library_with_a_mistake_is_told_of_once() {
    let importing = format!("import \"lib.esc\"\n{SOUND}");
    let case = Case::new().file("a.esc", &importing).file("b.esc", &importing);
    let case = case.file("lib.esc", "actor x { k = }\n");
    let (status, stdout, _) = case.parts(["check", ".", "--format", "github"]);
    assert_eq!(status, 1);
    assert_eq!(stdout.matches("file=lib.esc").count(), 1, "{stdout}");
}

#[test]
fn folders_are_checked_without_their_libraries() {
    let case = Case::new().file("all/a.esc", SOUND).file("all/lib/d.esc", LIBRARY);
    let (status, stdout, _) = case.parts(["check", "all"]);
    assert_eq!((status, stdout.as_str()), (0, "all/a.esc: no errors, no warnings\n"));
    let (status, _, stderr) = case.parts(["check", "all/lib"]);
    assert_eq!(status, 4);
    assert!(stderr.contains("there is no scenario under `all/lib`"), "{stderr}");
}

/// A suite, with the names of its cases and what became of each.
type Suite = (String, Vec<(String, Option<String>)>);

fn junit(xml: &str) -> Vec<Suite> {
    let document = roxmltree::Document::parse(xml).unwrap();
    let count = |node: roxmltree::Node<'_, '_>, name: &str| -> usize {
        node.descendants().filter(|node| node.has_tag_name(name)).count()
    };
    let root = document.root_element();
    let mut suites = Vec::new();
    for node in std::iter::once(root).chain(root.children().filter(|it| it.is_element())) {
        for (attribute, tag) in
            [("tests", "testcase"), ("failures", "failure"), ("errors", "error")]
        {
            let told: usize = node.attribute(attribute).unwrap().parse().unwrap();
            assert_eq!(told, count(node, tag), "{attribute} of {xml}");
        }
        if node == root {
            continue;
        }
        let cases = node.children().filter(|node| node.has_tag_name("testcase"));
        let cases = cases.map(|case| {
            let found = case.children().find(roxmltree::Node::is_element);
            let found = found.map(|found| {
                format!(
                    "{} {}\n{}",
                    found.tag_name().name(),
                    found.attribute("message").unwrap_or_default(),
                    found.text().unwrap_or_default()
                )
            });
            assert_eq!(case.attribute("classname"), node.attribute("name"));
            (case.attribute("name").unwrap().to_owned(), found)
        });
        suites.push((node.attribute("name").unwrap().to_owned(), cases.collect()));
    }
    suites
}

#[test]
fn junit_tells_each_expectation() {
    let hostile = SOUND.replace("possible ", "\"]]> <&\\u{1b}\": possible ");
    let case = Case::new()
        .file("all/a.esc", &hostile)
        .file("all/b.esc", FAILING)
        .file("all/c.esc", BROKEN)
        .file("all/d.esc", SOUND);
    case.status(0, ["test", "all/d.esc", "--accept"]);
    let case = case.file("all/d.esc", &SOUND.replace("5%..15%", "10%..20%"));
    let (status, xml, _) = case.parts(["test", "all", "--format", "junit"]);
    assert_eq!(status, 1);
    let again = case.parts(["test", "all", "--format", "junit", "--threads", "1"]);
    assert_eq!(xml, again.1);
    assert!(!xml.contains(" time="), "{xml}");
    let suites = junit(&xml);
    let names: Vec<&str> = suites.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["all/a.esc", "all/b.esc", "all/c.esc", "all/d.esc"]);
    assert!(suites[0].1.iter().all(|(_, found)| found.is_none()));
    assert!(suites[0].1.iter().any(|(name, _)| name.starts_with("]]> <&\u{fffd}: possible")));
    let failed = suites[1].1.iter().find_map(|(_, found)| found.as_deref()).unwrap();
    assert!(failed.starts_with("failure ") && failed.contains("does not hold"), "{failed}");
    let broken = suites[2].1[0].1.as_deref().unwrap();
    assert!(broken.starts_with("error ") && broken.contains("all/c.esc:"), "{broken}");
    let (name, found) = suites[3].1.last().unwrap();
    assert_eq!(name, "snapshot");
    assert!(found.as_deref().is_some_and(|found| found.contains("@@")), "{found:?}");
}

#[test]
fn junit_shows_the_storyline_and_times_on_request() {
    let text = SOUND.to_owned() + "\nexpect never south has done close\n";
    let case = Case::new().file("a.esc", &text);
    let (status, xml, _) = case.parts(["test", "a.esc", "--format", "junit", "--times"]);
    assert_eq!(status, 3);
    let suites = junit(&xml);
    let failed = suites[0].1.iter().find_map(|(_, found)| found.as_deref()).unwrap();
    assert!(failed.contains("broken by this storyline") && failed.contains("turn 0"), "{failed}");
    assert_eq!(xml.matches(" time=\"").count(), 2, "{xml}");
    let (_, json, _) = case.parts(["test", "a.esc", "--format", "json", "--times"]);
    assert!(json.contains("\"seconds\": "), "{json}");
}

#[test]
fn every_template_runs_without_doubts_and_is_laid_out() {
    for template in ["crisis", "wargame", "negotiation"] {
        let case = Case::new();
        case.status(0, ["new", "mine", "--template", template]);
        let (status, stdout, stderr) = case.parts(["check", "mine.esc", "--deny", "warnings"]);
        assert_eq!(status, 0, "{template}: {stdout}{stderr}");
        case.status(0, ["fmt", "mine.esc", "--check"]);
        let (status, stdout, stderr) = case.parts(["test", "mine.esc", "--format", "json"]);
        assert_eq!((status, stderr.as_str()), (0, ""), "{template}");
        let tested: Value = serde_json::from_str(&stdout).unwrap();
        assert!(tested["counts"]["expectations"].as_u64().unwrap() >= 3, "{template}");
        assert_eq!(tested["scenarios"][0]["unused_rules"], serde_json::json!([]), "{template}");
        let (status, stdout, stderr) = case.parts(["run", "mine.esc"]);
        assert_eq!((status, stderr.as_str()), (0, ""), "{template}");
        assert!(stdout.starts_with("Mine\n") && stdout.contains("READINGS"), "{stdout}");
    }
}

#[test]
fn templates_go_where_they_are_sent() {
    let case = Case::new();
    let (status, stdout, _) = case.parts(["new", "mine", "-o", "-"]);
    assert_eq!(status, 0);
    assert!(stdout.contains("scenario \"Mine\" {"), "{stdout}");
    assert!(case.files().is_empty());
    let (status, _, stderr) = case.parts(["new", "mine", "--template", "list"]);
    assert_eq!(status, 2);
    assert!(stderr.contains("crisis, wargame, negotiation"), "{stderr}");
    // What is to be copied is one word to a shell.
    let (_, stdout, _) = case.parts(["new", "north sea"]);
    assert_eq!(stdout, "wrote north sea.esc; now: escalade run 'north sea.esc'\n");
}

#[test]
fn completions_know_every_command() {
    let case = Case::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (status, script, stderr) = case.parts(["completions", shell]);
        assert_eq!((status, stderr.as_str()), (0, ""), "{shell}");
        // Two of them do not complete values.
        let values: &[&str] =
            if ["powershell", "elvish"].contains(&shell) { &[] } else { &["sarif", "negotiation"] };
        for word in ["watch", "completions", "min-grade"].iter().chain(values) {
            assert!(script.contains(word), "{shell} does not know {word}");
        }
    }
    case.status(2, ["completions", "tcsh"]);
}

#[test]
fn every_command_has_a_manual_page() {
    let case = Case::new();
    let (status, main, _) = case.parts(["man"]);
    assert_eq!(status, 0);
    case.status(0, ["man", "pages/man1"]);
    assert_eq!(case.read("pages/man1/escalade.1"), main);
    let commands =
        main.lines().filter_map(|line| line.strip_prefix("escalade\\-")?.strip_suffix("(1)"));
    let commands: Vec<&str> = commands.collect();
    assert!(commands.len() >= 18 && commands.contains(&"watch"), "{main}");
    for command in commands {
        let page = case.read(&format!("pages/man1/escalade-{command}.1"));
        for part in [".SH NAME", ".SH SYNOPSIS", ".SH DESCRIPTION", ".SH \"EXIT STATUS\""] {
            assert!(page.contains(part), "{command}: {part}");
        }
    }
    let case = case.file("taken", "");
    case.status(4, ["man", "taken"]);
}

#[test]
fn mistakes_in_paths_have_hints() {
    let case = Case::new().file("border.esc", SOUND).file("folder/other.esc", SOUND);
    let said = |arguments: [&str; 2]| {
        let (status, stdout, stderr) = case.parts(arguments);
        assert_eq!((status, stdout.as_str()), (4, ""), "{stderr}");
        stderr
    };
    for path in ["border", "bordr.esc", "bordre"] {
        for command in ["run", "test", "fmt", "watch", "check"] {
            let stderr = said([command, path]);
            assert!(stderr.contains("did you mean `border.esc`?"), "{command} {path}: {stderr}");
        }
    }
    for command in ["run", "watch", "drivers"] {
        let stderr = said([command, "folder"]);
        assert!(
            stderr.contains("it is a folder; name a file in it, such as `folder/other.esc`"),
            "{stderr}"
        );
    }
    assert!(!said(["run", "entirely_else.esc"]).contains("did you mean"));
    let (_, _, stderr) = case.parts(["run", "border.esc", "-o", "folder"]);
    assert!(stderr.contains("it is a folder"), "{stderr}");
    let (_, _, stderr) = case.parts(["run", "border.esc", "-o", "none/out.txt"]);
    assert_eq!(stderr, "error: cannot write `none/out.txt`: there is no folder `none`\n");
}

#[test]
fn machine_formats_have_no_colour_even_where_it_is_forced() {
    let case = Case::new().file("a.esc", SOUND);
    for arguments in [
        ["--color", "always", "check", "a.esc", "--format", "sarif"],
        ["--color", "always", "check", "a.esc", "--format", "github"],
        ["--color", "always", "test", "a.esc", "--format", "junit"],
    ] {
        let (status, stdout, _) = case.parts(arguments);
        assert!(status == 0 && !stdout.contains('\u{1b}'), "{stdout}");
    }
}
