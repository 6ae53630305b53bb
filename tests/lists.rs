//! Lists of the same things in several places: words of the grammar in the editor's help, in grammars for
//! colours and in the guide, choices of the command line in the guide. What is new in one has to come into the others.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "lists/grammar.rs"]
mod grammar;
#[path = "lists/options.rs"]
mod options;

use grammar::Grammar;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

type Set = BTreeSet<String>;

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}

/// All files below a folder, sorted, with what stands in them.
fn files(folder: &str, extension: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    assert!(!found.is_empty(), "{folder} is empty");
    found.sort();
    found
}

/// All of them, one behind the other.
fn texts(folder: &str, extension: &str) -> String {
    files(folder, extension).into_iter().map(|(_, text)| text).collect()
}

/// A file, from what stands there to what stands behind that.
fn part(path: &str, begin: &str, end: &str) -> String {
    let text = read(path);
    let behind = text.split_once(begin).unwrap_or_else(|| panic!("{path} has no `{begin}`")).1;
    let inside = behind.split_once(end).unwrap_or_else(|| panic!("{path} has no `{end}`")).0;
    inside.to_owned()
}

/// The words that strings of a text begin with.
fn strings(text: &str) -> Set {
    let mut found = Set::new();
    let mut rest = text;
    while let Some(at) = rest.find(['"', '\'']) {
        let Some(length) = string(&rest[at..]) else { break };
        let first = rest[at + 1..at + length].split(|c| !is_letter(c)).next().unwrap();
        found.extend(words(first));
        rest = &rest[at + length..];
    }
    found
}

/// How long the string is that a text begins with.
fn string(text: &str) -> Option<usize> {
    let mark = text.chars().next()?;
    let mut escaped = false;
    let ends = |c: char| {
        let ends = c == mark && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    };
    text[1..].find(ends).map(|end| end + 2)
}

fn is_letter(c: char) -> bool {
    c == '_' || c.is_ascii_alphanumeric()
}

/// All words of a text.
fn words(text: &str) -> Set {
    let all = text.split(|c| !is_letter(c)).filter(|word| !word.is_empty());
    all.map(str::to_owned).collect()
}

fn set(words: &[&str]) -> Set {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// What is missing where: told all at once when a test has looked everywhere.
#[derive(Default)]
struct Gaps(Vec<String>);

impl Gaps {
    fn same(&mut self, place: &str, found: &Set, wanted: &Set) {
        self.has(place, found, wanted);
        for word in found.difference(wanted) {
            self.0.push(format!("{place}: `{word}` is not in what it is held against"));
        }
    }

    fn has(&mut self, place: &str, found: &Set, wanted: &Set) {
        for word in wanted.difference(found) {
            self.0.push(format!("{place}: `{word}` is missing"));
        }
    }
}

impl Drop for Gaps {
    fn drop(&mut self) {
        assert!(self.0.is_empty() || std::thread::panicking(), "\n{}", self.0.join("\n"));
    }
}

#[test]
fn keywords_are_those_of_the_grammar() {
    let mut gaps = Gaps::default();
    let grammar = Grammar::new();
    let (path, reserved) = ("src/syntax/keywords.rs", grammar.reserved());
    let declarations = grammar.begin(&["item"]);
    let list = |name: &str| strings(&part(path, &format!("const {name}: "), "];"));
    gaps.same("keywords.rs, DECLARATIONS", &list("DECLARATIONS"), &declarations);
    gaps.same("keywords.rs, OPERATORS", &list("OPERATORS"), &(&reserved - &declarations));
    gaps.same("keywords.rs, CONTEXTUAL", &list("CONTEXTUAL"), &(&grammar.words() - &reserved));
    let named = words(&read("src/syntax/words.rs").replace("kw_", ""));
    gaps.has("src/syntax/words.rs", &named, &(&grammar.words() - &set(&["Pmax", "Pmin"])));
}

/// Each part of the grammar is read into the tree; declarations, clauses and fields begin a line of the
/// canonical layout.
#[test]
fn parts_are_read_and_laid_out() {
    let mut gaps = Gaps::default();
    let grammar = Grammar::new();
    let alternatives = grammar.alternatives(&[
        "item",
        "scenario_part",
        "source_field",
        "actor_field",
        "position_part",
        "ladder_part",
        "rule_clause",
        "decision_clause",
        "reading_part",
    ]);
    let path = "src/syntax/format/mark.rs";
    gaps.has(path, &words(&part(path, "fn begins_line", "\n}")), &alternatives);
    let lowering = texts("src/syntax/lower", "rs");
    let code = lowering.lines().filter(|line| !line.trim_start().starts_with("//"));
    let code = code.collect::<Vec<_>>().join("\n");
    // The list of all rules that are no marks says nothing of them.
    let (before, is_mark) = code.split_once("fn is_mark").unwrap();
    let (marks, behind) = is_mark.split_once("=> true,").unwrap();
    let read = format!("{before}{marks}{}", behind.split_once("=> false,").unwrap().1);
    // Read as what is left when nothing else is there, or for what they hold.
    let unnamed = set(&[
        "action_at",
        "attribute",
        "block_text",
        "decision_clause",
        "ladder_start",
        "line_text",
        "quantified",
        "rule_clause",
    ]);
    gaps.has("src/syntax/lower", &words(&read), &(&grammar.parts() - &unnamed));
}

/// Every word is in the texts that parser, formatter and engine are tried on, and the grammars for editors.
#[test]
fn tests_use_all_words() {
    let mut gaps = Gaps::default();
    let all = Grammar::new().words();
    let read_and_laid_out = "tests/cases/syntax/ok";
    let plain = |line: &str| {
        let outside: String = line.split('"').step_by(2).collect();
        words(outside.split("//").next().unwrap())
    };
    let used = texts(read_and_laid_out, "esc").lines().flat_map(plain).collect();
    gaps.has(read_and_laid_out, &used, &all);
    let corpus = "editors/tree-sitter-escalade/test/corpus";
    gaps.has(corpus, &words(&texts(corpus, "txt")), &all);
    // These have no part in what comes out.
    let silent = set(&[
        "because", "file", "grade", "import", "lexicon", "says", "source", "summary", "url",
        "voice",
    ]);
    gaps.has("tests/random", &words(&texts("tests/random", "rs")), &(&all - &silent));
}

#[test]
fn hints_know_what_may_begin() {
    let mut gaps = Gaps::default();
    let grammar = Grammar::new();
    let path = "src/syntax/hints/mod.rs";
    let list = |name: &str| strings(&part(path, &format!("const {name}: "), "];"));
    let clauses = grammar.begin(&["rule_clause", "decision_clause"]);
    gaps.same("hints, CLAUSES", &list("CLAUSES"), &clauses);
    gaps.same("hints, READING_LINES", &list("READING_LINES"), &grammar.begin(&["reading_part"]));
    gaps.has("the grammar, for MISSPELT of hints", &grammar.words(), &list("MISSPELT"));
    // What is shorter is like too many names; quantifiers have hints of their own.
    let mut long = &grammar.reserved() - &grammar.begin(&["item", "quantifier"]);
    long.retain(|word| word.len() > 3);
    gaps.has("hints, MISSPELT", &list("MISSPELT"), &long);
}

#[test]
fn completion_offers_what_may_stand_there() {
    let mut gaps = Gaps::default();
    let grammar = Grammar::new();
    let path = "src/lsp/completion.rs";
    let declarations = part(path, "const DECLARATIONS: ", "\n];");
    gaps.has("completion, DECLARATIONS", &strings(&declarations), &grammar.begin(&["item"]));
    for (keyword, rule) in [
        ("scenario", "scenario_part"),
        ("source", "source_field"),
        ("actor", "actor_field"),
        ("position", "position_part"),
        ("ladder", "ladder_part"),
        ("rule", "rule_clause"),
        ("decision", "decision_clause"),
        ("reading", "reading_part"),
    ] {
        let arm = part(path, &format!("\n            \"{keyword}\" =>"), "_ => {}");
        let arm = arm.split("\n            \"").next().unwrap();
        let found = &strings(arm) - &set(&["attribute"]);
        gaps.same(&format!("completion, in a {keyword}"), &found, &grammar.begin(&[rule]));
    }
    let conditions = grammar.begin(&["condition"]);
    let arm = |name: &str| part(path, &format!("Expected::{name} =>"), "Expected::");
    gaps.same("completion, effects", &strings(&arm("Effect")), &grammar.begin(&["effect"]));
    let expectations = &grammar.begin(&["expectation"]) - &conditions;
    gaps.same("completion, expectations", &strings(&arm("Expectation")), &expectations);
    let after = grammar.behind("subject", "name");
    gaps.same("completion, after an actor", &strings(&arm("AfterActor")), &after);
    gaps.has(
        "completion, conditions",
        &strings(&part(path, "fn conditions", "\n    }")),
        &conditions,
    );
    let path = "src/lsp/context.rs";
    let parts = strings(&part(path, "(\"action\", 0) =>", "]"));
    gaps.same("context, in an action", &parts, &grammar.begin(&["action_part"]));
    let clauses = grammar.begin(&["rule_clause", "decision_clause"]);
    let plain = set(&["because", "once", "priority"]);
    gaps.same("context, CLAUSES", &strings(&part(path, "CLAUSES: ", "];")), &(&clauses - &plain));
}

/// Colours: every word that is a keyword somewhere is coloured by every grammar for an editor.
#[test]
fn grammars_for_colours_have_all_words() {
    let mut gaps = Gaps::default();
    let grammar = Grammar::new();
    let all = grammar.words();
    let (reserved, declarations) = (grammar.reserved(), grammar.begin(&["item"]));
    let operators = &reserved - &declarations;

    let tree = "editors/tree-sitter-escalade";
    let path = format!("{tree}/grammar.js");
    gaps.same(&path, &strings(&part(&path, "const RESERVED = [", "];")), &reserved);
    gaps.has(&path, &strings(&read(&path)), &all);
    let path = format!("{tree}/src/grammar.json");
    gaps.has(&path, &strings(&read(&path)), &all);
    let path = format!("{tree}/queries/highlights.scm");
    let elsewhere = set(&["P", "Pmax", "Pmin", "once"]);
    gaps.has(&path, &strings(&read(&path)), &(&all - &elsewhere));

    let path = "editors/vscode/syntaxes/grammar.mjs";
    gaps.same(path, &strings(&part(path, "const DECLARATIONS = [", "];")), &declarations);
    gaps.same(path, &strings(&part(path, "...DECLARATIONS,", "];")), &operators);
    let behind = read(path).replace("\\b", " ").replace("\\s", " ");
    gaps.has(
        path,
        &words(behind.split_once("const repository").unwrap().1),
        &(&all - &declarations),
    );
    let path = "editors/vscode/syntaxes/escalade.tmLanguage.json";
    gaps.has(path, &words(&spaced(&read(path))), &all);

    let path = "editors/emacs/escalade-mode.el";
    gaps.same(path, &strings(&part(path, "escalade--declarations\n  '(", ")")), &declarations);
    gaps.same(path, &strings(&part(path, "escalade--words\n  '(", ")")), &operators);
    let colours = part(path, "(defconst escalade--declarations", "(defun ");
    gaps.has(path, &words(&spaced(&colours)), &all);

    let path = "docs/guide/escalade.js";
    let quoted = |name: &str| words(&part(path, &format!("const {name} ="), ";"));
    gaps.same(path, &quoted("DECLARATIONS"), &declarations);
    gaps.same(path, &quoted("OPERATORS"), &operators);
    gaps.has(path, &words(&spaced(&read(path))), &all);

    let path = "editors/vscode/snippets/escalade.json";
    let snippets = read(path);
    let prefixes = snippets.lines().filter_map(|line| line.split_once("\"prefix\":"));
    gaps.has(path, &prefixes.flat_map(|(_, prefix)| words(prefix)).collect(), &declarations);
}

/// Without what regular expressions have before words.
fn spaced(text: &str) -> String {
    text.replace("\\\\", " ").replace("\\b", " ").replace("_<", " ")
}

#[test]
fn what_is_built_in_is_known_everywhere() {
    let mut gaps = Gaps::default();
    let built_in = |begin| strings(&part("src/model/built_in.rs", begin, "];"));
    let (likelihoods, others) = (built_in("WORDS: "), built_in("OTHERS: "));
    let queries = "editors/tree-sitter-escalade/queries/highlights.scm";
    let found = strings(&part(queries, "#any-of? @constant.builtin", ")"));
    gaps.same(queries, &found, &likelihoods);
    gaps.has(queries, &strings(&read(queries)), &others);
    let path = "editors/vscode/syntaxes/grammar.mjs";
    gaps.same(path, &strings(&part(path, "const LIKELIHOODS = [", "];")), &likelihoods);
    // Coloured by its place, as every group is.
    let group = set(&["everyone"]);
    gaps.has(path, &words(&spaced(&read(path))), &(&others - &group));
    let path = "editors/emacs/escalade-mode.el";
    gaps.same(path, &strings(&part(path, "escalade--likelihoods\n  '(", ")")), &likelihoods);
    gaps.has(path, &words(&spaced(&read(path))), &others);
    let path = "docs/guide/escalade.js";
    let found = &words(&part(path, "const LIKELIHOODS =", ";")) - &set(&["yes"]);
    gaps.same(path, &found, &likelihoods);
    let path = "src/lsp/completion.rs";
    gaps.has(path, &strings(&read(path)), &others);
    for page in ["src/diagnostic/pages/E1005.md", "docs/guide/src/reference.md"] {
        gaps.has(page, &code(&read(page)), &others);
    }
    let reference = words(&read("docs/guide/src/reference.md"));
    gaps.has("reference.md, the scale of stances", &reference, &built_in("STANCE: "));
}

#[test]
fn the_guide_has_all_words() {
    let mut gaps = Gaps::default();
    let all = Grammar::new().words();
    let reference = "docs/guide/src/reference.md";
    gaps.has(reference, &code(&read(reference)), &all);
    let chapters = ["frame", "actors", "variables", "conditions", "rules", "questions"];
    let text: String =
        chapters.iter().map(|name| read(&format!("docs/guide/src/language/{name}.md"))).collect();
    gaps.has("docs/guide/src/language", &code(&text), &all);
    let likelihoods = strings(&part("src/model/built_in.rs", "WORDS: ", "];"));
    gaps.has("docs/guide/src/language, likelihoods", &code(&text), &likelihoods);
}

#[test]
fn the_reference_has_all_lints() {
    let mut gaps = Gaps::default();
    let names = part("src/diagnostic/lint.rs", "const NAMES: ", "];");
    let names: Set = names.split('"').skip(1).step_by(2).map(str::to_owned).collect();
    let rows = part("docs/guide/src/reference.md", "| code | name | doubts |\n", "\n\n");
    let second = |row: &str| row.split('`').nth(1).map(str::to_owned);
    gaps.same("reference.md, lints", &rows.lines().filter_map(second).collect(), &names);
}

/// The words of what is marked as code.
fn code(page: &str) -> Set {
    let odd = |(at, piece): (usize, &str)| (at % 2 == 1).then(|| words(piece));
    page.replace("```", "`").split('`').enumerate().filter_map(odd).flatten().collect()
}
