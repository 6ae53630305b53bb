//! One reading that cannot be evaluated takes nothing along, and says which it is.

use super::escalade;

/// A contradiction in `other` alone; `third` is sound.
const OTHER: &str = "scenario \"One reading only\" { horizon 3 turns }
param p = 0%
state s: a | b | c
rule one { when turn = 0 then p   { s becomes b } }
rule two { when turn = 0 then 30% { s becomes c } }
outcome o \"O\" when s = c
expect P(o) <= 35%
reading other \"Another view\" { param p = 10% }
reading third \"A third view\" { rule two: 34% }
";

/// The contradiction is the scenario's own, and `sound` mends it.
fn own() -> String {
    OTHER.replace("param p = 0%", "param p = 5%").replace(
        "reading other \"Another view\" { param p = 10% }",
        "reading sound { disable one }",
    )
}

fn json(out: &str) -> serde_json::Value {
    serde_json::from_str(out).unwrap()
}

#[test]
fn the_rest_is_told() {
    let (status, out, said) = escalade(&["run", "-", "--format", "json"], OTHER);
    assert_eq!(status, 0, "{said}");
    let found = json(&out);
    let readings: Vec<_> =
        found["results"].as_array().unwrap().iter().map(|one| one["reading"].clone()).collect();
    assert_eq!(readings, [serde_json::Value::Null, "third".into()]);
    assert_eq!(found["results"][0]["outcomes"][0]["estimate"], 0.3);
    assert_eq!(found["results"][1]["outcomes"][0]["estimate"], 0.34);
    let missing = &found["not_evaluated"];
    assert_eq!(missing.as_array().unwrap().len(), 1);
    assert_eq!(missing[0]["reading"], "other");
    let told = &missing[0]["diagnostics"][0];
    assert_eq!((told["code"].as_str(), told["line"].as_u64()), (Some("E4001"), Some(4)));
    let message = told["message"].as_str().unwrap();
    assert!(message.starts_with("in the reading `other`, `one` and `two` set `s`"), "{message}");
    assert!(said.contains("in the reading `other`"), "{said}");
    for format in ["text", "markdown", "html"] {
        let (status, out, _) = escalade(&["run", "-", "--format", format], OTHER);
        assert_eq!(status, 0);
        for part in ["Not evaluated", "NOT EVALUATED"] {
            if out.contains(part) {
                assert!(out.contains("E4001") && out.contains("other"), "{out}");
            }
        }
        assert!(out.contains("E4001"), "{format}: {out}");
        assert!(out.contains("third") || out.contains("third view"), "{format}: {out}");
        assert!(out.contains("30%"), "{format}: {out}");
    }
}

#[test]
fn a_test_does_not_call_it_good() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("other.esc");
    std::fs::write(&path, OTHER).unwrap();
    let path = path.to_str().unwrap();
    let (status, out, said) = escalade(&["test", path], "");
    assert_eq!(status, 1, "{out} {said}");
    assert!(out.contains("ERRORS") && out.contains("1 expectation"), "{out}");
    assert!(out.contains("the reading other cannot be evaluated"), "{out}");
    let (status, out, _) = escalade(&["test", path, "--format", "json"], "");
    assert_eq!(status, 1);
    let found = json(&out);
    assert_eq!(found["scenarios"][0]["result"], "errors");
    assert_eq!(found["scenarios"][0]["expectations"][0]["holds"], true);
    assert_eq!(found["scenarios"][0]["not_evaluated"][0]["reading"], "other");
    let (status, out, _) = escalade(&["test", path, "--format", "junit"], "");
    assert_eq!(status, 1);
    assert!(out.contains("tests=\"2\" failures=\"0\" errors=\"1\""), "{out}");
    assert!(out.contains("name=\"reading other\"") && out.contains("type=\"reading\""), "{out}");
    // Of the one reading, or the scenario as written, alone nothing is wrong.
    for reading in ["baseline", "third"] {
        assert_eq!(escalade(&["test", path, "--reading", reading], "").0, 0, "{reading}");
    }
    assert_eq!(escalade(&["test", path, "--reading", "other"], "").0, 1);
}

#[test]
fn where_the_scenario_itself_cannot_be_evaluated_its_readings_are_told() {
    let (status, out, said) = escalade(&["run", "-", "--format", "json"], &own());
    assert_eq!(status, 1, "{said}");
    let found = json(&out);
    assert_eq!(found["results"].as_array().unwrap().len(), 1);
    assert_eq!(found["results"][0]["reading"], "sound");
    let missing: Vec<_> = found["not_evaluated"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["reading"].clone())
        .collect();
    assert_eq!(missing, [serde_json::Value::Null, "third".into()]);
    let (status, out, _) = escalade(&["run", "-"], &own());
    assert_eq!(status, 1);
    assert!(out.contains("As read by: sound"), "{out}");
    assert!(out.contains("baseline") && out.contains("third"), "{out}");
    // The errors are those of the scenario where nothing else is asked for.
    let (status, out, said) = escalade(&["run", "-", "--reading", "baseline"], &own());
    assert!(status == 1 && out.is_empty(), "{status} {out}");
    assert!(said.contains("E4001") && !said.contains("in the reading"), "{said}");
}

#[test]
fn limits_and_settings_are_parts_too() {
    // Only with the reading there are many situations.
    let large = "scenario \"Large\" { horizon 30 turns }
flag open
meter m: 0..1000
rule up { while open then 50% { raise m by 3 } or 30% { raise m by 7 } }
outcome o when m >= 200
reading wide { flag open = yes }
";
    let limits = ["run", "-", "--format", "json", "--method", "exact", "--max-situations", "20"];
    let (status, out, said) = escalade(&limits, large);
    assert_eq!(status, 0, "{said}");
    let found = json(&out);
    assert_eq!(found["results"].as_array().unwrap().len(), 1);
    assert_eq!(found["not_evaluated"][0]["diagnostics"][0]["code"], "E4002");
    // A setting that leaves no room beside what one reading sets.
    let set = "scenario \"Set\" { horizon 2 turns }
param p = 10%
state s: a | b | c
rule r { while s = a then p { s becomes b } or 20% { s becomes c } }
outcome o when s = b
reading high { rule r: 30% }
reading sure { disable r }
";
    let (status, out, said) = escalade(&["run", "-", "--format", "json"], set);
    assert_eq!(status, 0, "{said}");
    assert_eq!(json(&out)["results"].as_array().unwrap().len(), 3);
    let set = set.replace("or 20%", "or q").replace("param p", "param q = 20%\nparam p");
    let (status, out, said) = escalade(&["run", "-", "--format", "json", "--set", "q=75%"], &set);
    assert_eq!(status, 0, "{said}");
    let found = json(&out);
    assert_eq!(found["not_evaluated"][0]["reading"], "high");
    assert!(said.contains("in the reading `high`, the alternatives of `r`"), "{said}");
    assert_eq!(found["results"].as_array().unwrap().len(), 2);
}

#[test]
fn a_comparison_tells_the_side_that_can_be_evaluated() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("other.esc");
    std::fs::write(&path, OTHER).unwrap();
    let path = path.to_str().unwrap();
    let (status, out, said) = escalade(&["compare", path, "--reading", "other"], "");
    assert_eq!(status, 1, "{said}");
    assert!(out.contains("param p") && out.contains("30% → not evaluated"), "{out}");
    let words: Vec<&str> = out.split_whitespace().collect();
    assert!(words.join(" ").contains("(reading other), `one` and `two` set `s`"), "{out}");
    let (status, out, _) =
        escalade(&["compare", path, "--reading", "other", "--format", "json"], "");
    assert_eq!(status, 1);
    let found = json(&out);
    assert!(found["sides"][0].get("not_evaluated").is_none());
    assert_eq!(found["sides"][1]["not_evaluated"][0]["code"], "E4001");
    assert_eq!(found["outcomes"][0]["after"], serde_json::Value::Null);
    let (status, out, _) = escalade(&["compare", path, "--readings", "baseline,third"], "");
    assert!(status == 0 && out.contains("30% → 34%"), "{out}");
    let (status, out, _) = escalade(&["compare", path, "--reading", "baseline"], "");
    assert!(status == 0 && out.contains("no difference in meaning"), "{out}");
}

#[test]
fn baseline_is_the_scenario_as_written() {
    for command in ["run", "why", "drivers", "structure", "graph"] {
        let mut all = vec![command, "-", "--reading", "baseline"];
        if command == "why" {
            all.insert(2, "o");
        }
        let (status, out, said) = escalade(&all, OTHER);
        assert!(status == 0 && !out.is_empty(), "{command}: {said}");
        assert!(!out.contains("In one reading only"), "{command}: {out}");
        assert!(!said.contains("E4001"), "{command}: {said}");
    }
    let named = OTHER.replace("reading other", "reading baseline");
    let (status, _, said) = escalade(&["check", "-"], &named);
    assert!(status == 1 && said.contains("E1005"), "{said}");
}

/// Without a source rules may contradict each other: the table says in how many storylines.
#[test]
fn evidence_that_keeps_rules_apart() {
    let text = "scenario \"Kept apart\" { horizon 4 turns }
source one \"One\" { grade A1 }
source other \"Other\" { grade B2 }
state s: a | b | c
flag g
flag h
rule keeper { when turn = 0 then { g becomes yes } because \"x\" from one }
rule two { when turn = 1 then 30% { s becomes b } because \"x\" from other }
rule three { when turn = 1 if not g then 30% { s becomes c } because \"x\" from other }
rule four { when turn = 2 if g then 50% { h becomes yes } because \"x\" from other }
outcome o when h
";
    for format in ["text", "markdown", "html"] {
        let (status, out, _) = escalade(&["run", "-", "--format", format, "--width", "300"], text);
        assert_eq!(status, 0);
        assert!(out.contains("Without one: in 9% of storylines, "), "{format}: {out}");
    }
    let (_, out, _) = escalade(&["run", "-", "--format", "json"], text);
    let sources = &json(&out)["evidence"]["sources"];
    assert_eq!(sources[0]["contradiction"]["probability"], 0.09);
    assert!(sources[1].get("contradiction").is_none(), "{sources}");
    // Where it always comes to that, nothing can be said.
    let certain = text.replace("30%", "certain");
    let (_, out, _) = escalade(&["run", "-", "--width", "300"], &certain);
    assert!(
        out.contains("Without one: in 100% of storylines, ")
            || out.contains("Without one it cannot"),
        "{out}"
    );
}
