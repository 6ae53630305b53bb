//! Renaming never changes what a scenario means.

use crate::client::{Client, marked, place};
use crate::random::strategy;
use escalade::analysis::{self, Options};
use escalade::diagnostic::Diagnostics;
use escalade::model;
use escalade::source::{Reader, Sources};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;

/// The same names in every place where they mean different things.
const TANGLED: &str = r#"scenario "T" { horizon 3 turns }
actor north "N" { role = power  big = yes  size = 2 }
actor south "S" { role = minor  size = 1 }
actor power "P" { role = power  size = 0 }
group g "G" { north, south }
group host "Hosts" { north, power }
relation faces { north -> south, g - power }
scale mood { low < high }
issue talks "Talks"
issue heat on scale mood
position north on talks: open { becomes wary when front = south: 50% }
position south on talks: wary
position north on heat: low
ladder { rung low rung north rung high }
state front: south < level < turn
state rear: front | south | north
flag calm = yes
meter m: 0..3 = 1
meter stock for each a in g: 0..3 = 1
flag trusts for each a in g, b in g where a != b
param risk = 30%
lexicon { maybe = 20%..40% }
action shell at high by host, g { raise m }
action answer at north
inject turn 0 { north does shell }
rule r for each who in g where who.size = 2 or who.role = minor {
  on who does shell
  if who.stock > 0 and who.role = power and not any host.big
  then maybe { south does answer  who.stock becomes 2 }
  or risk { front becomes level }
  else { front becomes turn }
}
rule q {
  while (front) = (level) and rear = front and any w in g (w.stock > 0 and not south has done answer)
  then 50% { rear becomes south  raise north.stock by 1  north.trusts(south) becomes yes }
}
rule t { when front = turn or turn = 2  then risk within 2 turns { front becomes south  south does answer } }
decision d by south {
  on any g does answer
  option shell 60% { power does answer against north }
  option wait
  option answer { south on talks becomes open }
}
outcome o when south has done answer and calm
ending e when level >= north and front = turn
outcome p when any host on talks <= wary or every g.stock > 1 or north faces south
outcome u when north.trusts(south) and north on heat < high
expect P(o) <= 99%
expect never rear = north
reading one { rule north_talks_1: likely  state rear = south  disable q }
reading two { param risk = 10%  position south on talks: open  flag calm = no }
"#;

struct Memory<'a>(&'a str);

impl Reader for Memory<'_> {
    fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
        match path {
            "a.esc" => Ok(self.0.as_bytes().to_vec()),
            _ => Err(std::io::ErrorKind::NotFound.into()),
        }
    }
}

/// All answers for a scenario and its readings, without names: `None` where it has errors.
fn answers(text: &str) -> Option<Vec<String>> {
    let (mut sources, mut told) = (Sources::default(), Diagnostics::default());
    let model = model::load("a.esc", &Memory(text), &mut sources, &mut told)?;
    let options = Options { storylines: 0, ..Options::default() };
    let mut all = Vec::new();
    let changed = |changes: &[model::Change]| model.changed(changes, &mut Diagnostics::default());
    let readings = model.readings.iter().filter_map(|reading| changed(&reading.changes));
    for one in std::iter::once(model.clone()).chain(readings) {
        match analysis::evaluate(&one, None, &options) {
            Ok(found) => {
                for it in &found.outcomes {
                    let both = it.both.map(|both| format!("{:.9}..{:.9}", both.low, both.high));
                    all.push(format!("{:.9} {both:?}", it.estimate));
                }
                all.extend(found.ladder.iter().map(|it| format!("{:.9}", it.estimate)));
                all.extend(found.expectations.iter().map(|it| it.holds.to_string()));
                let nodes = found.reactions.graph.node_weights();
                // Their order is that of their names.
                let mut nodes: Vec<String> = nodes
                    .map(|it| {
                        format!("{:.9} {:.9} {}", it.probability, it.expected, it.earliest_turn)
                    })
                    .collect();
                nodes.sort();
                all.extend(nodes);
            }
            Err(_) => all.push("it contradicts itself".to_owned()),
        }
    }
    Some(all)
}

/// The words of a text outside its strings, with where they begin.
fn words(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    for (part, piece) in text
        .split('"')
        .scan(0, |at, piece| {
            let start = *at;
            *at += piece.len() + 1;
            Some((start, piece))
        })
        .enumerate()
        .filter(|(number, _)| number % 2 == 0)
        .map(|(_, it)| it)
    {
        let mut rest = 0;
        for word in piece.split(|c: char| !(c.is_alphanumeric() || c == '_')) {
            if !word.is_empty() && !word.starts_with(|c: char| c.is_ascii_digit()) {
                found.push((part + rest, word));
            }
            rest += word.len() + 1;
        }
    }
    found
}

/// The text after the edits of a rename.
fn applied(text: &str, edits: &Value) -> String {
    let offset = |place: &Value| {
        let line = place["line"].as_u64().unwrap() as usize;
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        let wanted = place["character"].as_u64().unwrap() as usize;
        let mut units = 0;
        for (at, c) in text[start..].char_indices() {
            if units >= wanted {
                return start + at;
            }
            units += c.len_utf16();
        }
        text.len()
    };
    let mut edits: Vec<(usize, usize, &str)> = edits
        .as_array()
        .unwrap()
        .iter()
        .map(|it| {
            let (start, end) = (offset(&it["range"]["start"]), offset(&it["range"]["end"]));
            (start, end, it["newText"].as_str().unwrap())
        })
        .collect();
    edits.sort_unstable();
    let mut new = text.to_owned();
    for (start, end, text) in edits.into_iter().rev() {
        new.replace_range(start..end, text);
    }
    new
}

/// Asks for a new name of what stands at an offset: the text that comes of it, or why it is refused.
fn renamed(
    client: &mut Client,
    uri: &str,
    text: &str,
    offset: usize,
    name: &str,
) -> Result<String, String> {
    let (_, line, character) = marked(&format!("{}¦", &text[..offset]));
    let mut params = place(uri, line, character);
    params["newName"] = json!(name);
    let answer = client.ask("textDocument/rename", params);
    match answer.get("error") {
        Some(error) => Err(error["message"].as_str().unwrap().to_owned()),
        None => match answer["result"]["changes"].get(uri) {
            Some(edits) => Ok(applied(text, edits)),
            None => Ok(text.to_owned()),
        },
    }
}

/// Every name of a scenario in which names mean many things gets every other one, and some that are built
/// in: it is refused, or all answers stay what they are.
#[test]
fn no_name_changes_the_answers() {
    let folder = tempfile::tempdir().unwrap();
    let uri = format!("file://{}/a.esc", folder.path().display());
    let mut client = Client::start(folder.path());
    client.open(&uri, TANGLED);
    let before = answers(TANGLED).expect("it is sound");
    let words = words(TANGLED);
    let mut names: BTreeSet<&str> = words.iter().map(|(_, word)| *word).collect();
    names
        .extend(["everyone", "self", "target", "peak", "stance", "likely", "yes", "wary", "novel"]);
    let (mut refused, mut changed) = (0, 0);
    let mut met = BTreeSet::new();
    for (offset, _) in &words {
        let novel = renamed(&mut client, &uri, TANGLED, *offset, "novel_name");
        let Ok(novel) = novel else { continue };
        // Each thing once, wherever it is asked for.
        if !met.insert(novel.clone()) {
            continue;
        }
        assert_eq!(answers(&novel).as_ref(), Some(&before), "{novel}");
        for name in &names {
            match renamed(&mut client, &uri, TANGLED, *offset, name) {
                Err(why) => {
                    assert!(!why.is_empty());
                    refused += 1;
                }
                Ok(new) => {
                    assert_eq!(answers(&new).as_ref(), Some(&before), "{name}: {new}");
                    changed += usize::from(new != TANGLED);
                }
            }
        }
    }
    // Everything that has a name of its own, and was met.
    assert!(met.len() > 45, "{}", met.len());
    assert!(refused > 1000 && changed > 200, "{refused} refused, {changed} changed");
    client.end();
}

/// The same of random scenarios and names.
#[test]
fn no_random_name_changes_the_answers() {
    let folder = tempfile::tempdir().unwrap();
    let uri = format!("file://{}/a.esc", folder.path().display());
    let mut client = Client::start(folder.path());
    client.open(&uri, "");
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let (mut refused, mut changed) = (0, 0);
    for _ in 0..60 {
        let text = strategy::scenarios().new_tree(&mut runner).unwrap().current().to_string();
        let Some(before) = answers(&text) else { continue };
        client.change(&uri, None, &text);
        let words = words(&text);
        let draws = (0..words.len(), 0..words.len() + 9);
        for _ in 0..12 {
            let (at, name) = draws.new_tree(&mut runner).unwrap().current();
            let others = ["likely", "turn", "self", "everyone", "yes", "new", "a", "m", "x"];
            let name = words.get(name).map_or_else(|| others[name - words.len()], |it| it.1);
            match renamed(&mut client, &uri, &text, words[at].0, name) {
                Err(_) => refused += 1,
                Ok(new) => {
                    assert_eq!(answers(&new).as_ref(), Some(&before), "{name} in {text}: {new}");
                    changed += usize::from(new != text);
                }
            }
        }
    }
    assert!(refused > 200 && changed > 20, "{refused} refused, {changed} changed");
    client.end();
}

/// Why names are refused, in words.
#[test]
fn refusals_have_their_reasons() {
    let folder = tempfile::tempdir().unwrap();
    let uri = format!("file://{}/a.esc", folder.path().display());
    let mut client = Client::start(folder.path());
    client.open(&uri, TANGLED);
    for (what, name, why) in [
        ("south \"S\"", "everyone", "`everyone` is built in"),
        ("south \"S\"", "turn", "`turn` is built in"),
        ("south \"S\"", "likely", "`likely` is built in"),
        ("south \"S\"", "stance", "`stance` is built in"),
        ("south \"S\"", "yes", "`yes` is built in"),
        ("south \"S\"", "rule", "word of the language"),
        ("south \"S\"", "two words", "no name"),
        ("south \"S\"", "front", "already something called `front`"),
        ("south \"S\"", "who", "a member is called `who` in line 26 of `a.esc`"),
        ("who in g", "south", "already something called `south`"),
        ("who in g", "self", "`self` is built in"),
        ("shell 60%", "wait", "`d` already has an option `wait`, in line 41"),
        ("role = power", "big", "already have an attribute `big`"),
        ("role = power", "stock", "already a variable `stock`"),
        ("south < level", "level", "already a value `level`"),
        ("north_talks_1", "other", "named after its position"),
        ("likely  state", "other", "built in, or declared nowhere"),
        ("south \"S\"", "n\u{43E}rth", "looks like `north`"),
    ] {
        let at = TANGLED.find(what).unwrap_or_else(|| panic!("{what}"));
        let refused = renamed(&mut client, &uri, TANGLED, at, name).unwrap_err();
        assert!(refused.contains(why), "{what} -> {name}: {refused}");
    }
    // What keeps its name whatever is asked for says so before a new one is typed.
    for (what, why) in [
        ("north_talks_1", "named after its position"),
        ("likely  state", "built in, or declared nowhere"),
    ] {
        let (_, line, character) = marked(&format!("{}¦", &TANGLED[..TANGLED.find(what).unwrap()]));
        let answer = client.ask("textDocument/prepareRename", place(&uri, line, character));
        let message = answer["error"]["message"].as_str().unwrap_or_default();
        assert!(message.contains(why), "{what}: {answer}");
    }
    // What is named after something goes with it.
    let at = TANGLED.find("north \"N\"").unwrap();
    let new = renamed(&mut client, &uri, TANGLED, at, "nord").unwrap();
    assert!(new.contains("reading one { rule nord_talks_1: likely"), "{new}");
    assert!(new.contains("rung north") && new.contains("rear: front | south | north"), "{new}");
    // A name is one whichever way its letters are spelt.
    let new = renamed(&mut client, &uri, TANGLED, at, "cafe\u{301}").unwrap();
    assert!(new.contains("actor caf\u{e9} \"N\""), "{new}");
    client.end();
}

/// A name of a library is changed in all that reads it, from wherever it is asked for; or nowhere.
#[test]
fn libraries_have_several_readers() {
    let folder = tempfile::tempdir().unwrap();
    let uri = |name: &str| format!("file://{}/{name}", folder.path().display());
    let main = "import \"lib.esc\"\nscenario \"T\" { horizon 1 turn }\naction x \"X\"\n\
        inject turn 0 { south does x }\noutcome o \"O\" when south has done x\n";
    let other = main.replace("\"T\"", "\"U\"").replace("outcome o", "outcome zuid");
    fs::write(folder.path().join("lib.esc"), "actor south \"South\"\n").unwrap();
    fs::write(folder.path().join("main.esc"), main).unwrap();
    fs::write(folder.path().join("other.esc"), other).unwrap();
    let mut client = Client::start(folder.path());
    client.open(&uri("main.esc"), main);
    let at = main.find("south does").unwrap();
    let (_, line, character) = marked(&format!("{}¦", &main[..at]));
    let mut params = place(&uri("main.esc"), line, character);
    params["newName"] = json!("sur");
    let edits = client.request("textDocument/rename", params.clone());
    let changed: Vec<_> = edits["changes"].as_object().unwrap().keys().cloned().collect();
    assert_eq!(changed, [uri("lib.esc"), uri("main.esc"), uri("other.esc")]);
    params["newName"] = json!("zuid");
    let refused = client.ask("textDocument/rename", params);
    let why = refused["error"]["message"].as_str().unwrap();
    assert!(why.contains("other.esc"), "{why}");
    client.end();
}
