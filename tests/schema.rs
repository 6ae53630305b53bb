//! The schemas of what is written for machines: sound in themselves, true of what is written, and of
//! nothing else.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "cli/case.rs"]
mod case;
#[path = "schema/checker.rs"]
mod checker;

use case::{BROKEN, CONFLICT, Case, DOUBTFUL, FAILING, LIBRARY, READINGS, SOUND};
use checker::{mistakes, sound};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;

/// The names that `escalade schema` lists.
fn names() -> Vec<String> {
    let (status, list, stderr) = Case::new().parts(["schema"]);
    assert_eq!((status, stderr.as_str()), (0, ""));
    list.lines().map(|line| line.split(' ').next().unwrap().to_owned()).collect()
}

/// All schemas, by the format that they are of.
struct Schemas(BTreeMap<String, Value>);

impl Schemas {
    fn new() -> Self {
        let one = |name: String| {
            let (status, text, stderr) = Case::new().parts(["schema", &name]);
            assert_eq!((status, stderr.as_str()), (0, ""), "{name}");
            let schema: Value = serde_json::from_str(&text).unwrap();
            let format = schema["properties"]["format"]["const"].as_str().unwrap();
            (format.to_owned(), schema)
        };
        Self(names().into_iter().map(one).collect())
    }

    fn of(&self, document: &Value) -> &Value {
        &self.0[document["format"].as_str().unwrap()]
    }

    /// That what was written is what its schema says; gives it back.
    #[track_caller]
    fn hold(&self, text: &str) -> Value {
        let document: Value = serde_json::from_str(text).unwrap();
        let found = mistakes(self.of(&document), &document);
        assert!(found.is_empty(), "{}: {found:#?}", document["format"]);
        document
    }

    /// As [`Self::hold`] for everything that a command writes; a refusal writes nothing.
    #[track_caller]
    fn told<const N: usize>(&self, case: &Case, arguments: [&str; N]) -> Option<Value> {
        let (status, stdout, stderr) = case.parts(arguments);
        if stdout.is_empty() {
            assert!([1, 2, 4].contains(&status), "{arguments:?}: {status} {stderr}");
            return None;
        }
        Some(self.hold(carried(&stdout)))
    }

    /// All that can be asked of a scenario.
    fn ask(&self, case: &Case, file: &str) -> Vec<Value> {
        let json = ["--format", "json"];
        let mut all = vec![
            self.told(case, ["run", file, json[0], json[1]]),
            self.told(
                case,
                ["run", file, "--method", "simulate", "--runs", "99", json[0], json[1]],
            ),
            self.told(case, ["run", file, "--format", "html"]),
            self.told(case, ["run", file, "--format", "markdown"]),
            self.told(case, ["check", file, json[0], json[1]]),
            self.told(case, ["test", file, "--times", json[0], json[1]]),
            self.told(case, ["graph", file, "--view", "situations", json[0], json[1]]),
            self.told(case, ["graph", file, "--view", "influence", json[0], json[1]]),
            self.told(case, ["drivers", file, json[0], json[1]]),
            self.told(case, ["structure", file, json[0], json[1]]),
            self.told(case, ["sweep", file, "--sample", "2"]),
        ];
        let graph = self.told(case, ["graph", file, json[0], json[1]]);
        // Where there is no graph, there is what is wrong.
        for node in graph.iter().filter_map(|graph| graph["nodes"].as_array()).flatten() {
            all.push(
                self.told(case, ["why", file, node["id"].as_str().unwrap(), json[0], json[1]]),
            );
        }
        all.push(graph);
        all.into_iter().flatten().collect()
    }
}

/// The JSON in what was written: all of it, or what a page or a table carries.
fn carried(text: &str) -> &str {
    for (begin, end) in [
        (r#"<script type="application/json" id="record">"#, "</script>"),
        ("<!-- escalade: ", " -->"),
    ] {
        if let Some((_, rest)) = text.rsplit_once(begin) {
            return rest.split_once(end).unwrap().0;
        }
    }
    text.strip_prefix("# ").map_or(text, |table| table.lines().next().unwrap())
}

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn scenarios(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(format!("{ROOT}/{folder}")).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path().to_str().unwrap().to_owned());
    let mut found: Vec<String> = paths.filter(|path| path.ends_with(".esc")).collect();
    found.sort();
    found
}

#[test]
fn every_schema_is_sound() {
    let schemas = Schemas::new();
    assert_eq!(schemas.0.len(), 13);
    for (format, schema) in &schemas.0 {
        sound(schema);
        assert_eq!(schema["title"], *format);
        let id = schema["$id"].as_str().unwrap().replacen("urn:escalade:", "escalade-", 1);
        assert_eq!(id, *format);
        let (status, by_format, _) = Case::new().parts(["schema", format]);
        assert_eq!((status, serde_json::from_str(&by_format).unwrap()), (0, schema.clone()));
    }
}

#[test]
fn a_schema_is_as_reviewed() {
    let (_, text, _) = Case::new().parts(["schema", "check"]);
    insta::assert_snapshot!("schema_of_check", text);
}

#[test]
fn schemas_are_listed_and_written_to_files() {
    let case = Case::new();
    let (_, list, _) = case.parts(["schema"]);
    assert!(list.lines().all(|line| line.len() <= 80), "{list}");
    assert!(list.contains("\nsituations  graph --view situations --format json\n"), "{list}");
    let (_, text, _) = case.parts(["schema", "run"]);
    let (status, stdout, _) = case.parts(["schema", "run", "-o", "run.schema.json"]);
    assert_eq!((status, stdout.as_str(), case.read("run.schema.json")), (0, "", text));
    for (name, hint) in [
        ("rum", "did you mean `run`?"),
        ("graph", "what `graph` writes is `reactions`, `situations`, `influence`"),
        ("entirely_else", "`escalade schema` lists all"),
        ("escalade-run/2", "`escalade schema` lists all"),
    ] {
        let (status, stdout, stderr) = case.parts(["schema", name]);
        assert_eq!((status, stdout.as_str()), (2, ""), "{name}");
        assert_eq!(stderr, format!("error: there is no schema `{name}`; {hint}\n"));
    }
}

#[test]
fn keys_stand_in_the_order_of_what_is_written() {
    let (_, written, _) =
        Case::new().file("a.esc", SOUND).parts(["run", "a.esc", "--format", "json"]);
    let (_, schema, _) = Case::new().parts(["schema", "run"]);
    let keys = |text: &str, indent: &str| -> Vec<String> {
        let lines = text.lines().filter_map(|line| line.strip_prefix(indent)?.strip_prefix('"'));
        lines.map(|line| line.split('"').next().unwrap().to_owned()).collect()
    };
    let (properties, _) = schema.split_once("\n  },\n").unwrap();
    let (head, properties) = properties.split_once("\n  \"properties\": {").unwrap();
    assert_eq!(keys(head, "  "), ["$schema", "$id", "title", "description", "type"]);
    let properties = keys(properties, "    ");
    let (known, more) = properties.split_at(properties.len() - 2);
    assert_eq!(keys(&written, "  "), known);
    assert_eq!(more, ["defaults", "not_evaluated"]);
}

#[test]
fn what_is_written_holds() {
    let schemas = Schemas::new();
    let observed = SOUND.to_owned() + "\nobserve turn 1: north does protest\n";
    let case = Case::new()
        .file("sound.esc", &SOUND.replace("stuck \"", "stuck \"\u{e9}<&\\\""))
        .file("observed.esc", &observed)
        .file("readings.esc", READINGS)
        .file("failing.esc", FAILING)
        .file("doubtful.esc", DOUBTFUL)
        .file("broken.esc", BROKEN)
        .file("conflict.esc", CONFLICT)
        .file("library.esc", LIBRARY);
    let mut formats: BTreeMap<String, usize> = BTreeMap::new();
    for file in case.files() {
        for document in schemas.ask(&case, &file) {
            *formats.entry(document["format"].as_str().unwrap().to_owned()).or_default() += 1;
        }
    }
    assert_eq!(formats.len() + 1, schemas.0.len(), "{formats:?}");
    assert!(formats.values().all(|&count| count >= 3), "{formats:?}");
}

#[test]
fn what_is_written_of_options_and_defaults_holds() {
    let schemas = Schemas::new();
    let case = Case::new()
        .file(".escalade.toml", "horizon = 4\n\n[lexicon]\nplausible = \"10%..30%\"\n")
        .file("a.esc", &READINGS.replace("horizon 3 turns ", "").replace("20%..40%", "plausible"))
        .file("b.esc", &SOUND.replace("5%..15%", "10%..20%"))
        .file("c.esc", SOUND);
    let all = [
        schemas.told(&case, ["run", "a.esc", "--reading", "better", "--format", "json"]),
        schemas.told(&case, ["graph", "a.esc", "--reading", "worse", "--format", "json"]),
        schemas.told(&case, ["run", "c.esc", "--min-grade", "A1", "--format", "json"]),
        schemas.told(&case, ["run", "c.esc", "--without-source", "report", "--format", "json"]),
        schemas.told(&case, ["run", "c.esc", "--set", "tension=4", "--format", "json"]),
        schemas.told(&case, ["compare", "b.esc", "c.esc", "--format", "json"]),
        schemas.told(&case, ["compare", "a.esc", "c.esc", "--format", "json"]),
        schemas.told(&case, ["compare", "a.esc", "--reading", "worse", "--format", "json"]),
        schemas.told(&case, ["sweep", "a.esc", "--vary", "nerve=0%..100%:50%", "--shard", "1/2"]),
        schemas.told(&case, ["test", ".", "--accept", "--format", "json"]),
        schemas.told(&case, ["test", ".", "--format", "json"]),
    ];
    let all: Vec<Value> = all.into_iter().map(Option::unwrap).collect();
    assert_eq!(all[0]["defaults"][0]["horizon"], 4);
    let case = case.file("c.esc", &SOUND.replace("70%", "90%"));
    let test = schemas.told(&case, ["test", "c.esc", "--format", "json"]).unwrap();
    assert_eq!(test["scenarios"][0]["snapshot"]["result"], "different");
}

#[test]
fn what_is_written_of_the_conformance_cases_holds() {
    let (schemas, case) = (Schemas::new(), Case::new());
    // Without a horizon things may happen for ever, which is no number.
    let endless = ["for_ever", "going_round", "until_a_turn"];
    let endless = endless.map(|name| format!("{ROOT}/tests/cases/unbounded/{name}.esc"));
    let mut all = Vec::new();
    for file in scenarios("tests/conformance/named").into_iter().chain(endless) {
        all.extend(schemas.ask(&case, &file));
    }
    let for_ever = |node: &Value| node["expected"].is_null();
    let nodes = |document: &Value| document["nodes"].as_array().cloned().unwrap_or_default();
    let expected = all.iter().filter(|document| document["format"] == "escalade-reactions/1");
    assert!(expected.flat_map(nodes).any(|node| for_ever(&node)));
    let count = all.len();
    assert!(count > 300, "{count}");
}

#[test]
fn what_is_written_of_the_shipped_scenarios_holds() {
    let (schemas, case) = (Schemas::new(), Case::new());
    let shipped = scenarios("scenarios");
    assert!(shipped.len() >= 4);
    // A short horizon leaves less to explore, and every kind of thing in it.
    let short = ["--horizon", "2"];
    for file in shipped.iter().map(String::as_str) {
        let ask = |command: &str, format: &str| {
            let asked = [command, file, short[0], short[1], "--format", format];
            schemas.told(&case, asked).unwrap()
        };
        let report = ask("run", "html");
        assert!(report["run"]["results"][0]["outcomes"].as_array().unwrap().len() > 2);
        for command in ["structure", "graph", "drivers"] {
            ask(command, "json");
        }
        let influence = ["graph", file, "--view", "influence", "--format", "json"];
        assert!(schemas.told(&case, influence).is_some());
        assert!(schemas.told(&case, ["check", file, "--format", "json"]).is_some());
    }
}

/// Whatever is changed, the schema sees it: keys that are missing, values of another type, another
/// format. Further keys it lets pass.
#[test]
fn nothing_else_holds() {
    let schemas = Schemas::new();
    let case = Case::new().file("a.esc", SOUND).file("b.esc", &SOUND.replace("70%", "90%"));
    let mut documents: BTreeMap<String, Value> = BTreeMap::new();
    let compared = schemas.told(&case, ["compare", "a.esc", "b.esc", "--format", "json"]);
    for document in schemas.ask(&case, "a.esc").into_iter().chain(compared) {
        documents.entry(document["format"].as_str().unwrap().to_owned()).or_insert(document);
    }
    assert_eq!(documents.len(), schemas.0.len());
    let mut changes = 0;
    // What only `--times` asks for, and the values of variables, whose names are the scenario's.
    let free = [("escalade-test/1", "/seconds"), ("escalade-situations/1", "/values/")];
    for (format, document) in &documents {
        let schema = schemas.of(document);
        for place in places(document) {
            let (parent, key) = place.rsplit_once('/').unwrap();
            let changed = |change: &dyn Fn(&mut serde_json::Map<String, Value>)| {
                let mut other = document.clone();
                change(other.pointer_mut(parent).unwrap().as_object_mut().unwrap());
                !mistakes(schema, &other).is_empty()
            };
            let key = key.replace("~1", "/").replace("~0", "~");
            let missing = changed(&|object| drop(object.remove(&key)));
            let free = free.iter().any(|(of, part)| format == of && place.contains(part));
            assert_eq!(missing, !free, "{format}: without {place}");
            let wrong = |value: &Value| match value {
                Value::Array(_) | Value::Object(_) => Value::from("wrong"),
                _ => json!([{}]),
            };
            let retyped = changed(&|object| object[&key] = wrong(&object[&key]));
            assert!(retyped, "{format}: another type at {place}");
            let beside = changed(&|object| drop(object.insert("later".to_owned(), "new".into())));
            assert!(!beside, "{format}: another key beside {place}");
            changes += 1;
        }
        let mut other = document.clone();
        other["format"] = format.replace("/1", "/2").into();
        assert!(!mistakes(schema, &other).is_empty(), "{format}");
    }
    assert!(changes > 300, "{changes}");
}

/// A pointer to every kind of key in a document: of each list the first item that has it.
fn places(document: &Value) -> Vec<String> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    let mut waiting = vec![(String::new(), String::new(), document)];
    while let Some((kind, place, value)) = waiting.pop() {
        match value {
            Value::Object(object) => {
                for (key, value) in object {
                    let step = key.replace('~', "~0").replace('/', "~1");
                    let (kind, place) = (format!("{kind}/{step}"), format!("{place}/{step}"));
                    found.entry(kind.clone()).or_insert_with(|| place.clone());
                    waiting.push((kind, place, value));
                }
            }
            Value::Array(items) => {
                for (index, value) in items.iter().enumerate() {
                    waiting.push((format!("{kind}/*"), format!("{place}/{index}"), value));
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    found.into_values().collect()
}
