//! The language server, driven by a client over standard input and output.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "lsp/client.rs"]
mod client;
#[path = "lsp/protocol.rs"]
mod protocol;
#[path = "random/mod.rs"]
mod random;
#[path = "lsp/rename.rs"]
mod rename;
#[path = "lsp/strain.rs"]
mod strain;

use client::{Client, marked, place};
use serde_json::{Value, json};
use std::fs;
use std::time::{Duration, Instant};

const BORDER: &str = r#"scenario "A border incident" {
  start   2024-02-26
  turn    1 week
  horizon 6 turns
}
source wire "A wire report" { by "an agency" }
actor north "North"
actor south "South" { nuclear = yes }
group both "Both" { north, south }
issue talks "Talks"
position north on talks: open { says "we are ready" from wire }
position south on talks: wary { says "we will see" from wire }
ladder "Rungs" {
  rung words "Words"
  rung fire  "Fire"
}
state front "The front": quiet < tense < open
meter alarm "Alarm" for each a in both: 0..5 = 1
param spark = 20%..40%
action shell   "Shell the post" at fire by both { raise self.alarm by 1 }
action protest "Protest at the United Nations"
inject turn 0 { north does shell }
inject turn 3 { front becomes tense }
rule answers "South answers" {
  on      north does shell
  if      south on talks >= opposes
  then    likely { south does protest }
  or      spark  { south does shell }
  because "It has to." from wire
}
decision calm "Does North calm down?" by north {
  on     south does shell
  option talk "Talk" 60% { front becomes quiet }
  option wait "Wait"
}
outcome exchange  "Fire goes both ways" when south has done shell
outcome quiet_end "It stays at that"    otherwise
expect "war is unlikely": P(exchange) <= 50%
expect never level > fire or front = open
expect P(exchange) <= 1%
"#;

/// A folder with a file, and a client that has it open.
fn opened(text: &str) -> (tempfile::TempDir, Client, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("border é.esc");
    fs::write(&path, text).unwrap();
    let uri = format!("file://{}/border%20%C3%A9.esc", folder.path().display());
    let mut client = Client::start(folder.path());
    client.open(&uri, text);
    (folder, client, uri)
}

fn labels(items: &Value) -> Vec<String> {
    items.as_array().unwrap().iter().map(|it| it["label"].as_str().unwrap().to_owned()).collect()
}

/// The place of something in a text.
fn find(text: &str, what: &str) -> (u32, u32) {
    let at = text.find(what).unwrap_or_else(|| panic!("{what}"));
    let (_, line, character) = marked(&format!("{}¦", &text[..at]));
    (line, character)
}

#[test]
fn diagnostics_come_as_one_types_and_go() {
    let (_folder, mut client, uri) = opened(BORDER);
    client.until("no errors at first", |it| it.told.contains_key(&uri) || it.refreshed > 0);
    let (line, character) = find(BORDER, "south on talks >= opposes");
    let range = json!({ "start": { "line": line, "character": character },
        "end": { "line": line, "character": character + 5 } });
    client.change(&uri, Some(range), "suoth");
    client.until("an unknown name", |it| it.codes(&uri).contains(&"E1001"));
    let told = client.told[&uri].iter().find(|one| one["code"] == "E1001").unwrap().clone();
    assert_eq!(told["range"]["start"], json!({ "line": line, "character": character }));
    assert!(told["message"].as_str().unwrap().contains("did you mean `south`?"), "{told}");

    let range = told["range"].clone();
    let params = json!({ "textDocument": { "uri": uri }, "range": range,
        "context": { "diagnostics": [] } });
    let fixes = client.request("textDocument/codeAction", params);
    let edit = &fixes[0]["edit"]["changes"][uri.as_str()][0];
    assert_eq!(
        (&fixes[0]["title"], &edit["newText"]),
        (&json!("change it to `south`"), &json!("south"))
    );
    client.change(&uri, Some(edit["range"].clone()), "south");
    client.until("it is mended", |it| !it.codes(&uri).contains(&"E1001"));

    // A second declaration points to the first.
    let end = BORDER.lines().count();
    let range =
        json!({ "start": { "line": end, "character": 0 }, "end": { "line": end, "character": 0 } });
    client.change(&uri, Some(range), "actor north \"Again\"\n");
    client.until("a name taken twice", |it| it.codes(&uri).contains(&"E1002"));
    let told = client.told[&uri].iter().find(|one| one["code"] == "E1002").unwrap();
    let related = &told["relatedInformation"][0]["location"];
    assert_eq!(related["range"]["start"]["line"], find(BORDER, "actor north").0);
    client.end();
}

#[test]
fn fixes_declare_quote_explain_and_prioritise() {
    let text = "scenario \"T\" { horizon 2 turns }\nactor aland \"Aland\"\nissue talks \"Talks\"\n\
        position aland on talks: open\nstate front \"Front\": quiet | tense | open\n\
        rule digs \"Digs\" {\n  while front = quiet\n  then { front becomes tense }\n}\n\
        rule attacks \"Attacks\" {\n  while front = quiet and aland on talks > wary\n  then 50% { front becomes open }\n}\n\
        outcome fight \"Fight\" when front = open\n";
    let (_folder, mut client, uri) = opened(text);
    client.until("the conflict shows", |it| it.codes(&uri).contains(&"E4001"));
    let codes: Vec<String> = client.codes(&uri).iter().map(|code| (*code).to_owned()).collect();
    for code in ["W0004", "W0005"] {
        assert!(codes.iter().any(|one| one == code), "{codes:?}");
    }
    let whole =
        json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
    let params =
        json!({ "textDocument": { "uri": uri }, "range": whole, "context": { "diagnostics": [] } });
    let fixes = client.request("textDocument/codeAction", params.clone());
    let titles: Vec<&str> =
        fixes.as_array().unwrap().iter().map(|it| it["title"].as_str().unwrap()).collect();
    assert!(titles.contains(&"let `digs` win: priority 1"), "{titles:?}");
    assert!(titles.contains(&"let `attacks` win: priority 1"), "{titles:?}");
    assert!(
        titles.contains(&"quote its source") && titles.contains(&"give a rationale"),
        "{titles:?}"
    );
    let wins =
        fixes.as_array().unwrap().iter().find(|it| it["title"] == "let `attacks` win: priority 1");
    let edit = &wins.unwrap()["edit"]["changes"][uri.as_str()][0];
    client.change(&uri, Some(edit["range"].clone()), edit["newText"].as_str().unwrap());
    client.until("the conflict is mended", |it| !it.codes(&uri).contains(&"E4001"));

    // A doubt can be let stand.
    let allow = fixes.as_array().unwrap().iter().find(|it| it["title"] == "allow `unsourced` here");
    let edit = &allow.unwrap()["edit"]["changes"][uri.as_str()][0];
    assert_eq!(edit["newText"], "// escalade: allow(unsourced)\n");
    client.change(&uri, Some(edit["range"].clone()), edit["newText"].as_str().unwrap());
    client.until("it stands", |it| !it.codes(&uri).contains(&"W0004"));

    // What is not declared can be, and then has no error.
    let declared = text.replace("aland on talks >", "norland does strike and aland on talks >");
    client.change(&uri, None, &declared);
    client.until("names are missing", |it| {
        it.codes(&uri).iter().filter(|it| **it == "E1001").count() == 2
    });
    let fixes = client.request("textDocument/codeAction", params);
    for title in ["declare the actor `norland`", "declare the action `strike`"] {
        let fix = fixes.as_array().unwrap().iter().find(|it| it["title"] == title);
        let fix = fix.unwrap_or_else(|| panic!("{title}: {fixes}"));
        let edit = &fix["edit"]["changes"][uri.as_str()][0];
        client.change(&uri, Some(edit["range"].clone()), edit["newText"].as_str().unwrap());
    }
    client.until("both are declared", |it| !it.codes(&uri).contains(&"E1001"));
    client.end();
}

/// As other languages have it: the change that a hint speaks of is offered, and mends it.
#[test]
fn slips_are_mended() {
    let slips = "scenario \"T\" {}\nflag f \"F\" = true\nflag g \"G\"\n\
        rule r \"R\" {\n  while   f && g\n  then    60 { g = no }\n  because \"so\"\n}\n\
        outcome o \"O\" when f is false\n";
    let mended = slips
        .replace("true", "yes")
        .replace("&&", "and")
        .replace("60", "60%")
        .replace("g = no", "g becomes no")
        .replace("is false", "= no");
    let (_folder, mut client, uri) = opened(slips);
    let range =
        json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
    let params =
        json!({ "textDocument": { "uri": uri }, "range": range, "context": { "diagnostics": [] } });
    let mut text = slips.to_owned();
    for round in 0.. {
        let errors = |it: &Client| it.codes(&uri).iter().any(|code| code.starts_with('E'));
        client.until("it is checked", |it| it.told.contains_key(&uri));
        if !errors(&client) {
            break;
        }
        assert!(round < 8, "{text}");
        let fixes = client.request("textDocument/codeAction", params.clone());
        let fixes = fixes.as_array().unwrap();
        let fix = fixes.iter().find(|it| it["title"].as_str().unwrap().starts_with("write `"));
        let edit = &fix.unwrap_or_else(|| panic!("{text}: {fixes:?}"))["edit"]["changes"][&*uri][0];
        let place = |at: &Value| {
            let line = at["line"].as_u64().unwrap() as usize;
            let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
            start + at["character"].as_u64().unwrap() as usize
        };
        let (start, end) = (place(&edit["range"]["start"]), place(&edit["range"]["end"]));
        text.replace_range(start..end, edit["newText"].as_str().unwrap());
        client.told.remove(&uri);
        client.change(&uri, None, &text);
    }
    assert_eq!(text, mended);
    client.end();
}

#[test]
fn completion_knows_where_it_is() {
    let (_folder, mut client, uri) = opened(BORDER);
    let mut at = |line: &str| {
        let text = format!("{BORDER}{line}");
        let (text, line, character) = marked(&text);
        client.change(&uri, None, &text);
        labels(&client.at("textDocument/completion", &uri, line, character))
    };
    let levels = ["rejects", "opposes", "wary", "neutral", "open", "supports", "commits"];
    assert_eq!(at("rule x { on ¦")[..2], ["north", "south"]);
    assert_eq!(at("rule x { on north does ¦"), ["shell", "protest"]);
    assert_eq!(at("rule x { on north does she¦ }\n"), ["shell", "protest"]);
    assert_eq!(at("rule x {\n  on north does shell\n  if south on ¦"), ["talks"]);
    assert_eq!(at("rule x {\n  on north does shell\n  if south on talks >= ¦"), levels);
    assert_eq!(at("rule x {\n  while front = ¦"), ["quiet", "tense", "open"]);
    assert_eq!(at("rule x {\n  while level >= ¦"), ["words", "fire"]);
    assert_eq!(at("rule x {\n  when any ¦"), ["both", "everyone"]);
    assert_eq!(at("rule x for each q in ¦"), ["both", "everyone"]);
    assert_eq!(at("rule x for each q in both {\n  on ¦")[0], "q");
    assert_eq!(at("rule x {\n  while north.¦"), ["alarm", "nuclear"]);
    let likelihoods = at("rule x {\n  on north does shell\n  then ¦");
    assert_eq!(likelihoods[..3], ["almost_no_chance", "very_unlikely", "unlikely"]);
    assert_eq!(likelihoods.last().unwrap(), "spark");
    assert_eq!(
        at("rule x {\n  on north does shell\n  then likely { front becomes ¦"),
        ["quiet", "tense", "open"]
    );
    assert_eq!(
        at("rule x {\n  on north does shell\n  then likely { north does shell }\n  or ¦")[0],
        "almost_no_chance"
    );
    assert_eq!(at("rule x {\n  on north does shell\n  because \"so\" from ¦"), ["wire"]);
    assert_eq!(at("rule x {\n  because \"so\" ¦"), ["from"]);
    assert_eq!(at("rule x {\n  ¦")[..2], ["on", "when"]);
    assert_eq!(at("position ¦"), ["north", "south", "both", "everyone"]);
    assert_eq!(at("position north on ¦"), ["talks"]);
    assert_eq!(at("position north on talks: ¦"), levels);
    assert_eq!(at("action z \"Z\" at ¦"), ["words", "fire"]);
    assert_eq!(at("param p = ¦").len(), 10);
    assert_eq!(at("expect P(¦")[..2], ["exchange", "quiet_end"]);
    assert_eq!(at("reading r {\n  disable ¦"), ["answers", "calm"]);
    assert_eq!(at("reading r {\n  position north on talks: ¦"), levels);
    assert!(at("¦").contains(&"decision".to_owned()));
    assert!(at("actor x \"in a text ¦\"").is_empty());
    assert!(at("// in a comment ¦").is_empty());
    assert!(at("/* in a comment\n of two lines ¦").is_empty());
    assert!(at("param p = 2¦").is_empty());
    // What a word means stands beside it.
    let text = format!("{BORDER}param p = ");
    client.change(&uri, None, &text);
    let (_, line, character) = marked(&format!("{text}¦"));
    let items = client.at("textDocument/completion", &uri, line, character);
    assert_eq!(items[4]["detail"], "55%..80%");
    assert_eq!(items[9]["detail"], "20%..40%");
    client.end();
}

#[test]
fn hover_tells_what_is_known() {
    let (_folder, mut client, uri) = opened(BORDER);
    client.until("it has been evaluated", |it| it.refreshed > 0);
    let mut hover = |what: &str, inside: u32| {
        let (line, character) = find(BORDER, what);
        let found = client.at("textDocument/hover", &uri, line, character + inside);
        found["contents"]["value"].as_str().unwrap_or_default().to_owned()
    };
    assert!(hover("likely {", 1).contains("55%..80%"));
    let spark = hover("spark  {", 1);
    assert!(spark.contains("param spark = 20%..40%") && spark.contains("20%..40% as a likelihood"));
    let outcome = hover("exchange) <= 50%", 2);
    assert!(outcome.contains("**30%** [20%..40%]"), "{outcome}");
    let action = hover("shell\n  if", 1);
    assert!(action.contains("south does shell: **30%**"), "{action}");
    assert!(hover("tense }", 1).contains("quiet < **tense** < open"));
    assert!(hover("fire by both", 1).contains("rung 2 of 2: Fire"));
    assert!(hover("opposes", 1).contains("the scale `stance`"));
    assert_eq!(hover("horizon", 1), "");
    client.end();
}

/// What the folder's file of defaults says counts here as everywhere.
#[test]
fn defaults_of_the_folder_count() {
    let folder = tempfile::tempdir().unwrap();
    let defaults =
        "horizon = 2\n[lexicon]\nplausible = \"30%..60%\"\n[lints]\nno-rationale = \"deny\"\n";
    fs::write(folder.path().join(".escalade.toml"), defaults).unwrap();
    let uri = format!("file://{}/x.esc", folder.path().display());
    let mut client = Client::start(folder.path());
    let text = "scenario \"T\" {}\nflag war\nrule r \"R\" {\n  while not war\n  then plausible { war becomes yes }\n}\noutcome o \"O\" when war\n";
    client.open(&uri, text);
    client.until("a lint is an error", |it| it.codes(&uri) == ["W0005"]);
    assert_eq!(client.told[&uri][0]["severity"], 1);
    let (line, character) = find(text, "plausible");
    let hover = client.at("textDocument/hover", &uri, line, character + 1);
    assert!(hover["contents"]["value"].as_str().unwrap().contains("30%..60%"), "{hover}");
    let found = client.at("textDocument/definition", &uri, line, character + 1);
    assert_eq!(found[0]["uri"], format!("file://{}/.escalade.toml", folder.path().display()));
    let text = text.replace("}\noutcome", "  because \"so\"\n}\noutcome");
    client.change(&uri, None, &text);
    client.until("it is evaluated", |it| it.refreshed > 0 && it.codes(&uri).is_empty());
    let (line, character) = find(&text, "o \"O\"");
    let hover = client.at("textDocument/hover", &uri, line, character);
    // Within two turns: 1 - 0.55 * 0.55.
    assert!(hover["contents"]["value"].as_str().unwrap().contains("**69.8%**"), "{hover}");
    client.end();
}

#[test]
fn lenses_and_hints_show_the_answers() {
    let (_folder, mut client, uri) = opened(BORDER);
    client.until("it has been evaluated", |it| it.refreshed > 0);
    let document = json!({ "textDocument": { "uri": uri } });
    let lenses = client.request("textDocument/codeLens", document.clone());
    let told: Vec<(u64, &str)> = lenses
        .as_array()
        .unwrap()
        .iter()
        .map(|it| {
            (
                it["range"]["start"]["line"].as_u64().unwrap(),
                it["command"]["title"].as_str().unwrap(),
            )
        })
        .collect();
    let line = |what| u64::from(find(BORDER, what).0);
    assert!(told.contains(&(0, "Run")) && told.contains(&(0, "Reaction graph")), "{told:?}");
    assert!(told.contains(&(line("outcome exchange"), "30% [20%..40%]")), "{told:?}");
    assert!(told.contains(&(line("expect \"war"), "✓ holds: 30%")), "{told:?}");
    assert!(told.contains(&(line("expect never"), "✓ holds")), "{told:?}");
    assert!(told.contains(&(line("expect P(exchange) <= 1%"), "✗ fails: 30%")), "{told:?}");

    let range =
        json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
    let params = json!({ "textDocument": { "uri": uri }, "range": range });
    let hints = client.request("textDocument/inlayHint", params);
    let labels = labels(&hints);
    assert_eq!(labels, ["2024-04-08", "2024-02-26", "2024-03-18", "55%..80%", "20%..40%"]);
    client.end();
}

#[test]
fn names_are_found_and_changed_in_all_files() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("lib")).unwrap();
    let library = "actor north \"North\"\naction shell \"Shell\"\n";
    let main = "import \"lib/people.esc\"\nscenario \"T\" { horizon 2 turns }\n\
        rule r \"R\" for each a in everyone {\n  on a does shell\n  then likely { north does shell }\n  because \"x\"\n}\n\
        inject turn 0 { north does shell }\noutcome o \"O\" when north has done shell\n";
    fs::write(folder.path().join("lib/people.esc"), library).unwrap();
    fs::write(folder.path().join("main.esc"), main).unwrap();
    // Not part of it, although it has the same names.
    fs::write(folder.path().join("other.esc"), "actor north \"Another\"\n").unwrap();
    let uri = |name: &str| format!("file://{}/{name}", folder.path().display());
    let mut client = Client::start(folder.path());
    client.open(&uri("main.esc"), main);

    let (line, character) = find(main, "north does shell }");
    let found = client.at("textDocument/definition", &uri("main.esc"), line, character);
    assert_eq!(found[0]["uri"], uri("lib/people.esc"));
    assert_eq!(found[0]["range"]["start"], json!({ "line": 0, "character": 6 }));
    let import = client.at("textDocument/definition", &uri("main.esc"), 0, 10);
    assert_eq!(import["uri"], uri("lib/people.esc"));

    let mut params = place(&uri("main.esc"), line, character);
    params["context"] = json!({ "includeDeclaration": true });
    let all = client.request("textDocument/references", params.clone());
    assert_eq!(all.as_array().unwrap().len(), 4);

    // From the library it is found in what imports it, once the folder has been looked through.
    client.open(&uri("lib/people.esc"), library);
    let mut params = place(&uri("lib/people.esc"), 0, 7);
    params["newName"] = json!("nord");
    let begun = Instant::now();
    let edits = loop {
        let edits = client.request("textDocument/rename", params.clone());
        let changes = edits["changes"].as_object().unwrap().clone();
        if changes.len() == 2 || begun.elapsed() > Duration::from_secs(30) {
            break changes;
        }
    };
    assert_eq!(edits[&uri("lib/people.esc")].as_array().unwrap().len(), 1);
    assert_eq!(edits[&uri("main.esc")].as_array().unwrap().len(), 3);
    assert!(!edits.contains_key(&uri("other.esc")));

    // Names that cannot be are refused with a reason.
    for (name, why) in [("rule", "word of the language"), ("1st", "no name"), ("shell", "already")]
    {
        params["newName"] = json!(name);
        let refused = client.ask("textDocument/rename", params.clone());
        assert!(refused["error"]["message"].as_str().unwrap().contains(why), "{refused}");
    }
    // A member is renamed where it has its name, and nowhere else.
    let (line, character) = find(main, "a does shell\n");
    let mut params = place(&uri("main.esc"), line, character);
    params["newName"] = json!("who");
    let edits = client.request("textDocument/rename", params);
    assert_eq!(edits["changes"][uri("main.esc")].as_array().unwrap().len(), 2);

    let symbols = client.request("workspace/symbol", json!({ "query": "NORTH" }));
    assert_eq!(symbols.as_array().unwrap().len(), 2);
    client.end();
}

/// What others write on the disk counts, once the client says that something has changed there; a
/// closed file counts as it lies there; what is wrong in an imported file is told of that file.
#[test]
fn files_on_the_disk_count() {
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path().join("people.esc");
    let main = "import \"people.esc\"\nscenario \"T\" { horizon 2 turns }\naction x\ninject turn 0 { north does x }\n\
        outcome o \"O\" when north has done x\n";
    fs::write(&library, "actor north \"North\"\n").unwrap();
    let uri = |name: &str| format!("file://{}/{name}", folder.path().display());
    let mut client = Client::start(folder.path());
    client.open(&uri("main.esc"), main);
    client.until("all is well", |it| it.refreshed > 0);
    assert!(!client.codes(&uri("main.esc")).contains(&"E1001"));

    fs::write(&library, "actor nord \"North\"\nactor nord \"Again\"\n").unwrap();
    let event = json!({ "changes": [{ "uri": uri("people.esc"), "type": 2 }] });
    client.notify("workspace/didChangeWatchedFiles", event);
    client.until("a name is gone", |it| it.codes(&uri("main.esc")).contains(&"E1001"));
    client.until("two of one name", |it| it.codes(&uri("people.esc")).contains(&"E1002"));

    // Opened and changed it counts as it is there, saved or not.
    client.open(&uri("people.esc"), "actor north \"North\"\n");
    client.until("it is back", |it| {
        !it.codes(&uri("main.esc")).contains(&"E1001") && it.codes(&uri("people.esc")).is_empty()
    });
    let document = json!({ "textDocument": { "uri": uri("people.esc") } });
    client.notify("textDocument/didClose", document);
    client.until("it is gone again", |it| it.codes(&uri("main.esc")).contains(&"E1001"));
    client.end();
}

#[test]
fn the_rest_of_what_editors_ask() {
    let untidy = BORDER.replace("actor north \"North\"", "actor   north \"Nörth\"");
    let (_folder, mut client, uri) = opened(&untidy);
    let document = json!({ "textDocument": { "uri": uri } });
    let symbols = client.request("textDocument/documentSymbol", document.clone());
    let names: Vec<&str> =
        symbols.as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap()).collect();
    assert_eq!(names[..3], ["scenario", "wire", "north"]);
    assert!(names.contains(&"north on talks") && names.contains(&"inject turn 3"), "{names:?}");

    let folding = client.request("textDocument/foldingRange", document.clone());
    assert!(
        folding.as_array().unwrap().contains(&json!({ "startLine": 0, "endLine": 3 })),
        "{folding}"
    );

    let options = json!({ "tabSize": 2, "insertSpaces": true });
    let params = json!({ "textDocument": { "uri": uri }, "options": options });
    let edits = client.request("textDocument/formatting", params.clone());
    let edit = &edits[0];
    let line = find(&untidy, "actor   north").0;
    assert_eq!(edit["range"]["start"], json!({ "line": line, "character": 0 }));
    assert!(edit["newText"].as_str().unwrap().starts_with("actor north \"Nörth\"\n"), "{edit}");
    client.change(&uri, Some(edit["range"].clone()), edit["newText"].as_str().unwrap());
    assert_eq!(client.request("textDocument/formatting", params.clone()), json!([]));

    let tokens = client.request("textDocument/semanticTokens/full", document);
    let data = tokens["data"].as_array().unwrap();
    assert!(data.len() > 100 && data.len() % 5 == 0);

    let (line, character) = find(BORDER, "alarm by 1");
    let same = client.at("textDocument/documentHighlight", &uri, line, character);
    assert_eq!(same.as_array().unwrap().len(), 2);

    // What cannot be read is left as it is, and told; the rest is still known.
    let broken = format!("{BORDER}rule x {{\n  on north dos shell\n");
    client.change(&uri, None, &broken);
    assert_eq!(client.request("textDocument/formatting", params), Value::Null);
    client.until("a syntax error", |it| it.codes(&uri).iter().any(|code| code.starts_with("E00")));
    let (line, character) = find(&broken, "north dos");
    let found = client.at("textDocument/definition", &uri, line, character);
    assert_eq!(found[0]["range"]["start"]["line"], find(BORDER, "actor north").0);
    let unknown = client.ask("textDocument/moniker", place(&uri, 0, 0));
    assert_eq!(unknown["error"]["code"], -32601);
    client.end();
}
