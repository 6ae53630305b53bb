//! What the protocol asks for, and what clients send that it does not allow.

use crate::client::{Client, place};
use serde_json::{Value, json};
use std::fs;
use std::process::{Command, Stdio};

const SMALL: &str = "scenario \"T\" { horizon 2 turns }\nactor a \"A\"\naction x \"X\"\n\
    inject turn 0 { a does x }\nrule r \"R\" {\n  on a does x\n  then 50% { a does x }\n}\n\
    outcome o \"O\" when a has done x\n";

fn at(folder: &std::path::Path, name: &str) -> String {
    format!("file://{}/{name}", folder.display())
}

/// Whatever a client sends, the next message is answered.
#[test]
fn malformed_messages_end_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut client = Client::start(folder.path());
    let uri = at(folder.path(), "a.esc");
    client.open(&uri, SMALL);
    for (bytes, code) in [
        (&b"Content-Length: 1\r\n\r\n{"[..], -32700),
        (b"Content-Length: 2\r\n\r\n[]", -32600),
        (b"Content-Length: 99999999999999\r\n\r\n{}\n", -32600),
        (b"Content-Length: many\r\n\r\n", -32600),
        (b"Content-Length: 4\r\n\r\n\xff\xff\xff\xff", -32700),
    ] {
        client.write(bytes);
        assert_eq!(client.unasked()["error"]["code"], code, "{bytes:?}");
        let symbols = json!({ "textDocument": { "uri": uri } });
        let symbols = client.request("textDocument/documentSymbol", symbols);
        assert_eq!(symbols.as_array().unwrap().len(), 6);
    }
    // Half a character of UTF-16 is one bad character, and all places stay.
    let text = SMALL.replace("\"A\"", "\"HALF\"").replace('\n', "\\n").replace('"', "\\\"");
    let text = text.replace("HALF", "\\ud800");
    let body = format!(
        r#"{{"jsonrpc":"2.0","method":"textDocument/didChange","params":{{"textDocument":{{"uri":"{uri}","version":2}},"contentChanges":[{{"text":"{text}"}}]}}}}"#
    );
    client.write(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    let found = client.at("textDocument/documentHighlight", &uri, 3, 16);
    assert_eq!(found.as_array().unwrap().len(), 5);
    let symbols = json!({ "textDocument": { "uri": uri } });
    let symbols = client.request("textDocument/documentSymbol", symbols);
    assert_eq!(symbols[1]["detail"], "\u{FFFD}");
    // A request that says too little is refused, and so is one of another kind.
    let refused = client.ask("textDocument/hover", json!({ "textDocument": 3 }));
    assert_eq!(refused["error"]["code"], -32602);
    client.end();
}

#[test]
fn a_conversation_has_a_beginning_and_an_end() {
    let folder = tempfile::tempdir().unwrap();
    let mut client = Client::spawn();
    let early = client.ask("textDocument/hover", place("file:///a.esc", 0, 0));
    assert_eq!(early["error"]["code"], -32002);
    let wrong = client.ask("initialize", json!({ "capabilities": 3 }));
    assert_eq!(wrong["error"]["code"], -32602);
    let params = json!({ "processId": null, "rootUri": null, "capabilities": {} });
    client.request("initialize", params.clone());
    let twice = client.ask("initialize", params);
    assert_eq!(twice["error"]["code"], -32600);
    assert_eq!(client.request("shutdown", Value::Null), Value::Null);
    let late = client.ask("textDocument/hover", place("file:///a.esc", 0, 0));
    assert_eq!(late["error"]["code"], -32600);
    client.notify("exit", Value::Null);
    assert_eq!(client.status(), Some(0));

    let mut client = Client::start(folder.path());
    client.notify("exit", Value::Null);
    assert_eq!(client.status(), Some(1));
}

/// A server whose editor has been killed ends, also where something else keeps its input open.
#[cfg(target_os = "linux")]
#[test]
fn nobody_is_served_when_the_parent_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let mut parent = Command::new("cat").stdin(Stdio::piped()).spawn().unwrap();
    let id = parent.id();
    let client = Client::start_with(folder.path(), |params| params["processId"] = json!(id));
    parent.kill().unwrap();
    parent.wait().unwrap();
    assert_eq!(client.status(), Some(1));
}

#[test]
fn clients_get_what_they_can_take() {
    let folder = tempfile::tempdir().unwrap();
    let uri = at(folder.path(), "a.esc");
    let plain = |params: &mut Value| {
        params["capabilities"] = json!({
            "textDocument": { "hover": { "contentFormat": ["plaintext"] } },
            "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } },
        });
    };
    let mut client = Client::start_with(folder.path(), plain);
    client.open(&uri, SMALL);
    let items = client.at("textDocument/completion", &uri, 9, 0);
    let items = items.as_array().unwrap();
    assert!(items.len() > 20);
    for item in items {
        let text = item["textEdit"]["newText"].as_str().unwrap();
        assert!(item.get("insertTextFormat").is_none() && !text.contains('$'), "{item}");
    }
    let hover = client.at("textDocument/hover", &uri, 1, 6);
    assert_eq!(hover["contents"], json!({ "kind": "plaintext", "value": "actor a \"A\"" }));
    // The client is asked to tell of files that change.
    client.until("it is asked to watch", |it| !it.asked.is_empty());
    let asked = &client.asked[0];
    assert_eq!(asked["method"], "client/registerCapability");
    let registered = &asked["params"]["registrations"][0];
    assert_eq!(registered["method"], "workspace/didChangeWatchedFiles");
    assert_eq!(registered["registerOptions"]["watchers"][0]["globPattern"], "**/*.esc");
    client.end();
}

#[test]
fn actions_are_given_to_those_who_ask_for_their_kind() {
    let folder = tempfile::tempdir().unwrap();
    let uri = at(folder.path(), "a.esc");
    let mut client = Client::start(folder.path());
    client.open(&uri, SMALL);
    client.until("a doubt", |it| it.codes(&uri).contains(&"W0005"));
    let mut kinds = |only: Value| {
        let whole = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 20, "character": 0 } });
        let context = json!({ "diagnostics": [], "only": only });
        let params = json!({ "textDocument": { "uri": uri }, "range": whole, "context": context });
        let found = client.request("textDocument/codeAction", params);
        let found = found.as_array().unwrap();
        assert!(found.iter().all(|one| one["kind"] == "quickfix"), "{found:?}");
        found.len()
    };
    let all = kinds(Value::Null);
    assert!(all > 0);
    assert_eq!(kinds(json!(["quickfix"])), all);
    assert_eq!(kinds(json!([""])), all);
    assert_eq!(kinds(json!(["refactor", "quickfix"])), all);
    for other in ["refactor", "source.fixAll", "source.organizeImports", "quickfix.other"] {
        assert_eq!(kinds(json!([other])), 0, "{other}");
    }
    client.end();
}

/// Files are called as the client calls them, whatever else their address could be; and files that no
/// folder holds are files, too.
#[test]
fn addresses_come_back_as_they_were_spelt() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().display().to_string();
    for uri in [
        format!("file://{root}/a%20b.esc"),
        format!("file://{root}/a(b).esc"),
        format!("file://{root}/%C3%A9+b@c.esc"),
        format!("file://localhost{root}/l.esc"),
        "file:///c:/docs/x.esc".to_owned(),
        "file:///c%3A/docs/x.esc".to_owned(),
        "file://server/share/x.esc".to_owned(),
        "untitled:Untitled-1".to_owned(),
        "git:/x.esc?ref".to_owned(),
        "vscode-notebook-cell:/x.esc#c0".to_owned(),
        "inmemory://model/1".to_owned(),
    ] {
        let mut client = Client::start(folder.path());
        client.open(&uri, "actor a\nactor a\n");
        client.until(&uri, |it| it.codes(&uri) == ["E1002"]);
        let told = &client.told[&uri][0];
        let first = &told["relatedInformation"][0]["location"]["uri"];
        assert_eq!((client.told.len(), first), (1, &json!(uri)));
        let found = client.at("textDocument/definition", &uri, 1, 6);
        assert_eq!(found[0]["uri"], uri);
        let mut params = place(&uri, 0, 6);
        params["newName"] = json!("b");
        let _ = client.ask("textDocument/rename", params);
        client.end();
    }
}

#[test]
fn defaults_are_found_beside_every_name() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(".escalade.toml"), "[lints]\nno-rationale = \"deny\"\n").unwrap();
    for name in ["plain.esc", "2024-02-26T10:30.esc", "a:b.esc", "c:/x.esc"] {
        let uri = at(folder.path(), name);
        let mut client = Client::start(folder.path());
        client.open(&uri, SMALL);
        let denied = |it: &Client| {
            let told = it.told.get(&uri).map(Vec::as_slice).unwrap_or_default();
            told.iter().any(|one| one["code"] == "W0005" && one["severity"] == 1)
        };
        client.until(name, denied);
        client.end();
    }
}

/// The files of the client's folders are known, however it says which these are, and also of folders
/// that come later.
#[test]
fn folders_are_known_however_they_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let main = "import \"lib.esc\"\nscenario \"T\" { horizon 1 turn }\naction x \"X\"\n\
        inject turn 0 { south does x }\noutcome o \"O\" when south has done x\n";
    fs::write(folder.path().join("lib.esc"), "actor south \"South\"\n").unwrap();
    fs::write(folder.path().join("main.esc"), main).unwrap();
    fs::write(folder.path().join("other.esc"), main).unwrap();
    let uri = |name: &str| at(folder.path(), name);
    let renamed = |client: &mut Client| {
        let mut params = place(&uri("lib.esc"), 0, 7);
        params["newName"] = json!("zuid");
        let edits = client.request("textDocument/rename", params);
        edits["changes"].as_object().unwrap().keys().cloned().collect::<Vec<_>>()
    };
    let all = [uri("lib.esc"), uri("main.esc"), uri("other.esc")];
    let root = format!("file://{}", folder.path().display());
    for given in [
        json!({ "rootUri": root, "workspaceFolders": [{ "uri": root, "name": "x" }] }),
        json!({ "rootUri": root }),
        json!({ "rootUri": root, "workspaceFolders": null }),
        json!({ "rootUri": null, "rootPath": folder.path() }),
    ] {
        let mut client = Client::start_with(folder.path(), |params| {
            let about = params.as_object_mut().unwrap();
            about.remove("workspaceFolders");
            about.extend(given.as_object().unwrap().clone());
        });
        client.open(&uri("lib.esc"), "actor south \"South\"\n");
        // At once: nothing is left out because it has not been listed yet.
        assert_eq!(renamed(&mut client), all, "{given}");
        client.end();
    }
    let elsewhere = tempfile::tempdir().unwrap();
    let mut client = Client::start(elsewhere.path());
    client.open(&uri("lib.esc"), "actor south \"South\"\n");
    assert_eq!(renamed(&mut client), [uri("lib.esc")]);
    let event = json!({ "added": [{ "uri": root, "name": "x" }], "removed": [] });
    client.notify("workspace/didChangeWorkspaceFolders", json!({ "event": event }));
    assert_eq!(renamed(&mut client), all);
    let event = json!({ "added": [], "removed": [{ "uri": root, "name": "x" }] });
    client.notify("workspace/didChangeWorkspaceFolders", json!({ "event": event }));
    assert_eq!(renamed(&mut client), [uri("lib.esc")]);
    client.end();
}

/// White space that is no space has a place of its own, and a mend.
#[test]
fn odd_white_space_is_mended() {
    let folder = tempfile::tempdir().unwrap();
    let uri = at(folder.path(), "a.esc");
    let mut client = Client::start(folder.path());
    for (odd, number, title, mended) in [
        ('\u{A0}', "U+00A0", "write a space", " "),
        ('\u{2003}', "U+2003", "write a space", " "),
        ('\u{202F}', "U+202F", "write a space", " "),
        ('\u{3000}', "U+3000", "write a space", " "),
        ('\u{2028}', "U+2028", "begin a new line", "\n"),
        ('\u{FEFF}', "U+FEFF", "leave it out", ""),
        ('\u{200B}', "U+200B", "leave it out", ""),
    ] {
        let text = SMALL.replacen("then 50%", &format!("then {odd}50%"), 1);
        client.told.clear();
        client.open(&uri, &text);
        client.until(number, |it| it.codes(&uri).contains(&"E0012"));
        let told = client.told[&uri].iter().find(|one| one["code"] == "E0012").unwrap().clone();
        assert!(told["message"].as_str().unwrap().contains(number), "{told}");
        let range =
            json!({ "start": { "line": 6, "character": 7 }, "end": { "line": 6, "character": 8 } });
        assert_eq!(told["range"], range);
        let context = json!({ "diagnostics": [] });
        let params = json!({ "textDocument": { "uri": uri }, "range": range, "context": context });
        let fixes = client.request("textDocument/codeAction", params);
        let fix = fixes.as_array().unwrap().iter().find(|one| one["title"] == title);
        let fix = fix.unwrap_or_else(|| panic!("{number}: {fixes}"));
        assert_eq!(fix["edit"]["changes"][&uri][0]["newText"], mended);
        client.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
        client.until("closed", |it| it.codes(&uri).is_empty());
    }
    client.end();
}
