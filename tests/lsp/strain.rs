//! What is asked too much: large scenarios, long files, random edits.

use super::client::{marked, place};
use super::{BORDER, find, opened};
use serde_json::json;
use std::time::{Duration, Instant};

/// Ten million situations are too many: what is under way ends with the next change, and answers
/// come at once meanwhile.
#[test]
fn an_evaluation_never_blocks() {
    let mut large = "scenario \"Large\" {}\nactor a \"A\"\naction x \"X\"\n".to_owned();
    for at in 0..9 {
        large += &format!(
            "meter m{at} \"M\": 0..9\nrule r{at} \"R\" {{ while m{at} < 9  then 10%..20% {{ raise m{at} by 1 }}  because \"x\" }}\n"
        );
    }
    large += "outcome o \"O\" when m0 = 9 and m8 = 9\n";
    let (_folder, mut client, uri) = opened(&large);
    std::thread::sleep(Duration::from_millis(800));
    let (line, character) = find(&large, "m0 = 9");
    let begun = Instant::now();
    client.at("textDocument/hover", &uri, line, character);
    assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
    let small = BORDER.replace("\n", "\n ");
    client.change(&uri, None, &small);
    client.until("the small one is evaluated", |it| it.refreshed > 0);
    client.end();
}

/// 5,000 lines: whatever is asked is answered at once, here also by an unoptimised build on a busy
/// machine. Something that grew with the square of the text would take minutes.
#[test]
fn long_files_are_no_trouble() {
    let mut text = BORDER.to_owned();
    for at in 0..800 {
        text += &format!(
            "rule r{at} \"Rule {at}\" {{\n  on      north does shell\n  if      south on talks >= wary and north.alarm < {}\n  then    likely {{ south does protest }}\n  because \"so it is said\" from wire\n}}\n",
            at % 5
        );
    }
    text += "rule broken {\n  on north does \n";
    assert!(text.lines().count() > 4800);
    let (_folder, mut client, uri) = opened(&text);
    let line = u32::try_from(text.lines().count()).unwrap() - 1;
    let document = json!({ "textDocument": { "uri": uri } });
    let whole =
        json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 9999, "character": 0 } });
    let ranged =
        json!({ "textDocument": { "uri": uri }, "range": whole, "context": { "diagnostics": [] } });
    let mut named = place(&uri, 7, 7);
    named["context"] = json!({ "includeDeclaration": true });
    let asked = [
        ("completion", place(&uri, line, 16)),
        ("hover", place(&uri, line, 7)),
        ("definition", place(&uri, line, 7)),
        ("references", named),
        ("documentSymbol", document.clone()),
        ("foldingRange", document.clone()),
        ("semanticTokens/full", document.clone()),
        ("codeLens", document),
        ("inlayHint", ranged.clone()),
        ("codeAction", ranged),
    ];
    for (method, params) in asked {
        let at = json!({ "line": line, "character": 0 });
        client.change(&uri, Some(json!({ "start": at, "end": at })), " ");
        let begun = Instant::now();
        client.request(&format!("textDocument/{method}"), params);
        assert!(begun.elapsed() < Duration::from_secs(4), "{method}: {:?}", begun.elapsed());
    }
    // Without its last lines it is sound, and can be laid out.
    let at = |line: u32| json!({ "line": line, "character": 0 });
    client.change(&uri, Some(json!({ "start": at(line - 1), "end": at(line + 9) })), "");
    let options = json!({ "tabSize": 2, "insertSpaces": true });
    let params = json!({ "textDocument": { "uri": uri }, "options": options });
    let begun = Instant::now();
    let edits = client.request("textDocument/formatting", params);
    assert!(begun.elapsed() < Duration::from_secs(4), "formatting: {:?}", begun.elapsed());
    assert_eq!(edits, json!([]));
    client.end();
}

/// A generator of the tests' own: the same edits every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        ((self.0 >> 33) as usize) % sides.max(1)
    }
}

/// Random edits: whatever the text becomes, every request is answered, and in the end the server has
/// the text that the client has.
#[test]
fn random_edits_are_survived() {
    let (_folder, mut client, uri) = opened(BORDER);
    let mut text: Vec<char> = BORDER.chars().collect();
    let pieces = [
        "{", "}", "\"", "\n", "rule x {", "on ", "é𝄞", "// ", "/*", "\"\"\"", "north", " >= ", "(",
    ];
    let mut dice = Dice(7);
    for round in 0..300 {
        let start = dice.roll(text.len() + 1);
        let end = (start + if dice.roll(3) == 0 { dice.roll(40) } else { 0 }).min(text.len());
        let new = pieces[dice.roll(pieces.len())];
        let at = |offset: usize| {
            let before: String = text[..offset].iter().collect();
            let (_, line, character) = marked(&format!("{before}¦"));
            json!({ "line": line, "character": character })
        };
        let range = json!({ "start": at(start), "end": at(end) });
        client.change(&uri, Some(range), new);
        text.splice(start..end, new.chars());
        if round % 10 == 9 {
            // From time to time it is made whole again.
            text = BORDER.chars().collect();
            client.change(&uri, None, BORDER);
        }
        let offset = dice.roll(text.len() + 1);
        let before: String = text[..offset].iter().collect();
        let (_, line, character) = marked(&format!("{before}¦"));
        for method in ["completion", "hover", "definition", "documentHighlight"] {
            client.at(&format!("textDocument/{method}"), &uri, line, character);
        }
        // Refused where something stands that keeps its name.
        client.ask("textDocument/prepareRename", place(&uri, line, character));
        let document = json!({ "textDocument": { "uri": uri } });
        for method in ["documentSymbol", "foldingRange", "semanticTokens/full", "codeLens"] {
            client.request(&format!("textDocument/{method}"), document.clone());
        }
        let whole = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 999, "character": 0 } });
        let params = json!({ "textDocument": { "uri": uri }, "range": whole, "context": { "diagnostics": [] } });
        client.request("textDocument/inlayHint", params.clone());
        client.request("textDocument/codeAction", params);
    }
    client.change(&uri, None, "");
    let (first, rest) = BORDER.split_at(BORDER.find("ladder").unwrap());
    let nowhere =
        json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } });
    client.change(&uri, Some(nowhere.clone()), rest);
    client.change(&uri, Some(nowhere), first);
    let options = json!({ "tabSize": 2, "insertSpaces": true });
    let params = json!({ "textDocument": { "uri": uri }, "options": options });
    assert_eq!(client.request("textDocument/formatting", params), json!([]));
    client.end();
}
