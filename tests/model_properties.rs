//! Building a model never panics and never ends without an answer, whatever tokens a file has.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use escalade::diagnostic::Diagnostics;
use escalade::model;
use escalade::source::{Reader, Sources};
use proptest::prelude::*;

struct One(String);

impl Reader for One {
    fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
        match path {
            "main.esc" | "x" => Ok(self.0.clone().into_bytes()),
            _ => Err(std::io::Error::from(std::io::ErrorKind::NotFound)),
        }
    }
}

fn load(text: String) {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let model = model::load("main.esc", &One(text), &mut sources, &mut diagnostics);
    assert_eq!(model.is_none(), diagnostics.has_errors());
    if let Some(model) = model {
        for reading in &model.readings {
            assert!(model.changed(&reading.changes, &mut diagnostics).is_some());
        }
        for turn in [0, 1, 1_000_000] {
            assert!(model.date(turn).is_none() || model.start.is_some());
        }
    }
}

/// Names of every kind, so that they often fit and often do not.
const NAME: &str = "a|b|g|everyone|i|stance|s|m|f|x|r|d|o|p|likely|self|target|level|peak|turn|yes|no|lo|hi|nobody";
const COND: [&str; 16] = [
    "NAME",
    "NAME.NAME",
    "NAME.NAME(NAME)",
    "NAME on NAME >= NAME",
    "NAME does NAME",
    "any NAME does NAME against NAME",
    "every NAME has done NAME",
    "no NAME.NAME > 1",
    "at least 2 NAME on NAME = NAME",
    "NAME > 3",
    "NAME = NAME",
    "turn >= 2",
    "level >= NAME",
    "NAME NAME NAME",
    "any NAME in NAME (NAME does NAME)",
    "every NAME in NAME where NAME != NAME (NAME.NAME)",
];
const EFFECT: [&str; 6] = [
    "NAME does NAME",
    "NAME does NAME against NAME",
    "NAME becomes NAME",
    "NAME on NAME becomes NAME",
    "raise NAME by 2",
    "lower NAME.NAME",
];
const LIKELIHOOD: [&str; 6] = ["20%", "NAME", "10%..40%", "70%..30%", "likely", "150%"];
const DECLARATION: [&str; 32] = [
    "actor NAME \"A\" { NAME = yes }",
    "actor a \"A\" { m = 3 }",
    "actor b \"B\"",
    "group g \"G\" { a, NAME }",
    "relation r \"R\" { NAME - NAME, NAME -> NAME }",
    "scale s { lo < hi }",
    "issue i \"I\"",
    "issue NAME \"I\" on scale NAME",
    "position NAME on NAME: NAME { says \"q\" from NAME  becomes NAME when COND: LIKELIHOOD }",
    "position NAME on i: open since 2024-05-01",
    "ladder \"L\" { rung lo  rung hi  start at NAME }",
    "state x: lo < hi = NAME",
    "state NAME: lo | hi",
    "flag f",
    "meter m \"M\" for each a in NAME: 0..5 = 2",
    "meter NAME for each a in g, b in NAME where COND: 0..3",
    "param p = LIKELIHOOD",
    "lexicon { NAME = LIKELIHOOD }",
    "action x \"X\" at NAME by NAME { EFFECT }",
    "action NAME \"X\" to lo { EFFECT  EFFECT }",
    "inject turn 2 { EFFECT }",
    "inject 2024-03-01 { EFFECT  EFFECT }",
    "rule r { on NAME does NAME  if COND  then LIKELIHOOD { EFFECT } }",
    "rule r for each a in NAME, b in g where COND { when COND  then LIKELIHOOD after 2 turns { EFFECT }  or LIKELIHOOD { EFFECT  EFFECT }  else { EFFECT } }",
    "decision d by NAME { while COND  option lo LIKELIHOOD { EFFECT }  option hi }",
    "decision NAME by a for each a in g { when COND  option lo { EFFECT }  option NAME 20% }",
    "outcome o \"O\" when COND",
    "ending NAME \"E\" when COND and not COND or COND",
    "expect P(NAME) <= 20%",
    "expect COND leads to COND within 2 weeks",
    "reading NAME \"R\" { position NAME on NAME: NAME  rule NAME: LIKELIHOOD  param p = LIKELIHOOD  disable NAME  flag f = yes }",
    "scenario \"S\" { start 2024-01-01  turn 1 week  horizon 4 turns }",
];

/// The declaration with its placeholders filled in from a stream of numbers.
fn fill(template: &str, numbers: &mut impl Iterator<Item = usize>) -> String {
    let names: Vec<&str> = NAME.split('|').collect();
    let mut filled = String::new();
    for word in template.split_inclusive(|letter: char| !letter.is_ascii_uppercase()) {
        let bare = word.trim_end_matches(|letter: char| !letter.is_ascii_uppercase());
        let tail = &word[bare.len()..];
        let number = numbers.next().unwrap_or(0);
        match bare {
            "NAME" => filled.push_str(names[number % names.len()]),
            "COND" => filled.push_str(&fill(COND[number % COND.len()], numbers)),
            "EFFECT" => filled.push_str(&fill(EFFECT[number % EFFECT.len()], numbers)),
            "LIKELIHOOD" => filled.push_str(&fill(LIKELIHOOD[number % LIKELIHOOD.len()], numbers)),
            other => filled.push_str(other),
        }
        filled.push_str(tail);
    }
    filled
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn declarations_with_any_names_never_panic(
        picks in prop::collection::vec(0..DECLARATION.len(), 1..30),
        numbers in prop::collection::vec(0..1000_usize, 600),
    ) {
        let mut numbers = numbers.into_iter();
        let lines: Vec<String> =
            picks.into_iter().map(|pick| fill(DECLARATION[pick], &mut numbers)).collect();
        load(lines.join("\n"));
    }

    #[test]
    fn tokens_in_any_order_never_panic(
        tokens in prop::collection::vec(
            prop::sample::select(vec![
                "actor", "group", "rule", "state", "meter", "flag", "position", "on", "when", "then", "{", "}", "(", ")",
                "a", "b", "\"T\"", ":", "=", "<", "|", "..", "3", "20%", "any", "every", "in", "for", "each", "where",
                "does", "becomes", "raise", "by", "and", "not", "import", "\"x\"", "2024-01-01", "turn", "within", "turns",
                "inject", "expect", "P", "outcome", "reading", "since", ",", ".",
            ]),
            0..80,
        )
    ) {
        load(tokens.join(" "));
    }
}
