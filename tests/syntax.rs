//! The syntax stage: what is read, what is told, and that no text takes long or brings it down.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod random;

use escalade::diagnostic::pages::syntax as codes;
use escalade::diagnostic::render::{Style, render, short};
use escalade::diagnostic::{Code, Diagnostic, Diagnostics};
use escalade::source::{FileId, SourceFile, Sources};
use escalade::syntax::{self, tree};
use proptest::prelude::*;
use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

/// What came of one text.
struct Read {
    tree: tree::File,
    diagnostics: Vec<Diagnostic>,
    sources: Sources,
}

fn read(name: &str, bytes: impl Into<Vec<u8>>) -> Read {
    let (source, bad) = syntax::text_of(name, bytes.into());
    let text = source.text.clone();
    let mut sources = Sources::default();
    let file = sources.add(source);
    let mut diagnostics = Diagnostics::default();
    if let Some(bad) = bad {
        diagnostics.push(bad.diagnostic(file));
    }
    let tree = syntax::parse(file, &text, &mut diagnostics);
    Read { tree, diagnostics: diagnostics.sorted(), sources }
}

fn codes_of(read: &Read) -> Vec<Code> {
    read.diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

fn case(path: &Path) -> Read {
    read(path.file_name().unwrap().to_str().unwrap(), std::fs::read(path).unwrap())
}

// One test, not two: insta counts the failures of all that run at once together.
#[test]
fn cases() {
    good_cases();
    bad_cases();
}

fn good_cases() {
    insta::glob!("cases/syntax/ok/*.esc", |path| {
        let read = case(path);
        assert_eq!(short(&read.diagnostics, &read.sources), "");
        insta::assert_snapshot!(shape(&read.tree));
    });
}

fn bad_cases() {
    let style = Style { width: 80, colour: false, unicode: true };
    insta::glob!("cases/syntax/err/*.esc", |path| {
        let read = case(path);
        assert!(!read.diagnostics.is_empty());
        let mut page = read.sources.file(FileId(0)).text.replace("\r\n", "\n");
        write!(page, "\n{:-<80}\n\n", "").unwrap();
        page += &render(&read.diagnostics, &read.sources, &style);
        writeln!(page, "\n{:-<80}\n", "").unwrap();
        for item in &read.tree.items {
            writeln!(page, "{}", kept(&item.kind)).unwrap();
        }
        insta::assert_snapshot!(page);
    });
}

/// What is left of a declaration in a file with mistakes.
fn kept(kind: &tree::ItemKind) -> String {
    match kind {
        tree::ItemKind::Broken(broken) => {
            let name = broken.name.as_ref().map_or("without a name", |name| &name.text);
            format!("broken: {} {name}", broken.keyword)
        }
        kind => {
            let shown = format!("{kind:?}");
            let kind = shown.split('(').next().unwrap().to_lowercase();
            let name = shown.split_once("Name { text: \"").map_or("", |(_, rest)| rest);
            format!("good:   {kind} {}", name.split('"').next().unwrap())
        }
    }
}

/// The tree, a declaration a line, without its places and with names as they are written.
fn shape(tree: &tree::File) -> String {
    let mut shape: String = tree.items.iter().map(|item| format!("{item:?}\n")).collect();
    for comment in &tree.comments {
        writeln!(shape, "{comment:?}").unwrap();
    }
    let shape = without(shape, ", span: Span {", " }", |_| String::new());
    let shape = without(shape, "Name { text: \"", "\" }", str::to_owned);
    let plain = "Reference { quantifier: None, owner: None, name: ";
    without(shape, plain, ", argument: None }", str::to_owned)
}

/// Replaces what stands between two marks, with the marks.
fn without(text: String, from: &str, to: &str, by: impl Fn(&str) -> String) -> String {
    let mut parts = text.split(from);
    let mut result = parts.next().unwrap().to_owned();
    for part in parts {
        let (inside, rest) = part.split_once(to).unwrap();
        result += &by(inside);
        result += rest;
    }
    result
}

#[test]
fn every_page_draws_its_code() {
    for page in codes::PAGES.iter().filter(|page| !codes::ONLY_SHAPE.contains(&page.code)) {
        let bad = read("example.esc", page.example);
        assert_eq!(codes_of(&bad), [page.code], "{}", page.example);
        let mended = read("mend.esc", page.mend);
        assert_eq!(codes_of(&mended), [], "{}", page.mend);
    }
}

#[test]
fn every_page_has_its_case() {
    let mut seen: Vec<Code> = codes::ONLY_SHAPE.to_vec();
    for entry in std::fs::read_dir("tests/cases/syntax/err").unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "esc") {
            seen.extend(codes_of(&case(&path)));
        }
    }
    for page in codes::PAGES {
        assert!(seen.contains(&page.code), "no case draws {}", page.code);
    }
}

#[test]
fn a_bad_byte_is_told_and_the_rest_is_read() {
    let read = read("a.esc", *b"// caf\xE9\nactor france \"France\"\n");
    assert_eq!(codes_of(&read), [codes::BAD_UTF8]);
    assert_eq!(
        short(&read.diagnostics, &read.sources),
        "a.esc:1:7: error[E0008]: the file is not UTF-8\n"
    );
    assert_eq!(read.tree.items.len(), 1);
}

#[test]
fn a_file_has_a_largest_size() {
    let largest = syntax::MAX_FILE;
    assert_eq!(codes_of(&read("a.esc", vec![b' '; largest])), []);
    assert_eq!(codes_of(&read("a.esc", vec![b' '; largest + 1])), [codes::TOO_LARGE]);
}

#[test]
fn deep_nesting_is_told() {
    let nested = |depth: usize| {
        format!("flag f\noutcome o when {}f{}\n", "(".repeat(depth), ")".repeat(depth))
    };
    assert_eq!(codes_of(&read("a.esc", nested(syntax::MAX_DEPTH))), []);
    assert_eq!(codes_of(&read("a.esc", nested(syntax::MAX_DEPTH + 1))), [codes::TOO_DEEP]);
    let negated = |depth: usize| format!("outcome o when {} f\n", "not ".repeat(depth));
    assert_eq!(codes_of(&read("a.esc", negated(syntax::MAX_DEPTH))), []);
    assert_eq!(codes_of(&read("a.esc", negated(syntax::MAX_DEPTH + 1))), [codes::TOO_DEEP]);
    let sum = |terms: usize| format!("outcome o when 0{} > m\n", " + m".repeat(terms));
    assert_eq!(codes_of(&read("a.esc", sum(syntax::MAX_DEPTH))), []);
    assert_eq!(codes_of(&read("a.esc", sum(syntax::MAX_DEPTH + 1))), [codes::TOO_DEEP]);
}

#[test]
fn nothing_takes_long() {
    let texts = [
        format!("outcome o when {}", "(".repeat(100_000)),
        format!("outcome o when {}f{}", "(".repeat(100_000), ")".repeat(100_000)),
        format!("outcome o when {}f", "not ".repeat(100_000)),
        format!("outcome o when {}f", "- ".repeat(100_000)),
        format!("outcome o when {}f", "not (".repeat(100_000)),
        format!("outcome o when {}f", "any m in g (".repeat(100_000)),
        format!("outcome o when {}f", "any m in g where (".repeat(100)),
        format!("outcome o when f{}", " + 1".repeat(100_000)),
        format!("outcome o when f{}", " and f or f".repeat(100_000)),
        format!("outcome o when f{}", " or 5".repeat(100_000)),
        format!("rule r {{ on {} }}", "a does x or ".repeat(100_000)),
        "{".repeat(1_000_000),
        "\"".repeat(1_000_001),
        "/*".repeat(500_000),
        "\"\"\"\n".repeat(250_000),
        "rule\n".repeat(200_000),
        "rool x\n".repeat(150_000),
        "} x\n".repeat(250_000),
        "actor france \"F\" {\n".repeat(50_000),
        "@".repeat(1_000_000),
        "é\u{FEFF}".repeat(200_000),
        "a ".repeat(500_000),
        "\\".repeat(1_000_000),
        format!("actor a \"{}\"", "\\q".repeat(500_000)),
        "///\n".repeat(250_000),
        format!("reading r {{\n{}", "rule x: likely\n".repeat(60_000)),
    ];
    for text in texts {
        let start = Instant::now();
        let read = read("noise.esc", text.as_str());
        let took = start.elapsed();
        let beginning: String = text.chars().take(40).collect();
        assert!(took < Duration::from_secs(5), "{took:?} for {beginning}");
        assert!(read.diagnostics.len() <= syntax::MAX_MISTAKES + 1, "{beginning}");
        check_places(&read);
        let _ = render(
            &read.diagnostics,
            &read.sources,
            &Style { width: 80, colour: false, unicode: true },
        );
    }
}

#[test]
fn many_mistakes_are_cut_off() {
    let read = read("a.esc", "actor\n".repeat(syntax::MAX_MISTAKES + 1));
    assert_eq!(read.diagnostics.len(), syntax::MAX_MISTAKES + 1);
    assert_eq!(codes_of(&read).last(), Some(&codes::TOO_MANY));
}

/// Every place that is told lies in the file and on the boundaries of characters.
fn check_places(read: &Read) {
    let text = &read.sources.file(FileId(0)).text;
    let inside = |start: u32, end: u32| {
        assert!(start <= end && text.get(start as usize..end as usize).is_some());
    };
    for diagnostic in &read.diagnostics {
        for label in std::iter::once(&diagnostic.primary).chain(&diagnostic.secondary) {
            inside(label.span.start, label.span.end);
        }
    }
    let mut last = 0;
    for item in &read.tree.items {
        inside(item.span.start, item.span.end);
        assert!(item.span.start >= last, "declarations stand in their order");
        last = item.span.end;
    }
    for comment in &read.tree.comments {
        inside(comment.span.start, comment.span.end);
        assert!(read.sources.text(comment.span) == comment.text);
    }
}

fn check_any(bytes: Vec<u8>) {
    let read = read("any.esc", bytes);
    check_places(&read);
    check_lost(&read);
    let style = Style { width: 60, colour: true, unicode: false };
    let _ = render(&read.diagnostics, &read.sources, &style);
    let _: SourceFile = SourceFile::new("any.esc", "");
}

/// What is broken has been told, and nothing has been lost without a word.
fn check_lost(read: &Read) {
    let broken = read.tree.items.iter().any(|i| matches!(i.kind, tree::ItemKind::Broken(_)));
    assert!(!broken || !read.diagnostics.is_empty(), "what is broken has been told");
    let lost = read.diagnostics.iter().find(|diagnostic| diagnostic.is_fault());
    assert!(lost.is_none(), "lost: {}", read.sources.text(lost.unwrap().primary.span));
}

/// Random scenarios as they are written.
fn scenarios() -> impl Strategy<Value = String> {
    random::strategy::scenarios().prop_map(|scenario| scenario.to_string())
}

/// Words and signs of the language, and things that are nearly so.
fn words() -> impl Strategy<Value = &'static str> {
    const WORDS: &str = "import scenario source actor group relation scale issue position ladder \
        state flag meter param lexicon action inject rule decision outcome ending expect observe reading \
        summary start turn horizon by date url file grade voice says from since rung at to for each \
        in where on when while if then else option because once priority after within raise lower \
        becomes otherwise disable and or not any every no least does has done against never always \
        possible certain before leads until { } ( ) , : . .. | -> - = != < <= > >= + * % \" \"\"\" \
        // /// /* */ \\ 1 2024-02-26 60% 0.5 3 turns france \"France\" rung P Pmin é @ ; acter thn";
    let words: Vec<&'static str> = WORDS.split(' ').filter(|word| !word.is_empty()).collect();
    prop::sample::select(words)
}

/// Such words in any order.
fn soup() -> impl Strategy<Value = String> {
    let gap = prop::sample::select(vec![" ", "\n", "", "\r\n", "\t", "  \n"]);
    prop::collection::vec((words(), gap), 0..120)
        .prop_map(|parts| parts.into_iter().flat_map(|(word, gap)| [word, gap]).collect())
}

proptest! {
    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        check_any(bytes);
    }

    #[test]
    fn any_characters_are_read(text in "\\PC{0,200}") {
        check_any(text.into_bytes());
    }

    #[test]
    fn any_soup_of_words_is_read(text in soup()) {
        check_any(text.into_bytes());
    }

    #[test]
    fn a_random_scenario_is_read_whole(text in scenarios()) {
        let read = read("random.esc", text);
        assert_eq!(codes_of(&read), []);
        check_lost(&read);
    }

    #[test]
    fn a_changed_scenario_is_read_or_told(
        text in scenarios(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), words(), any::<bool>()), 1..4),
    ) {
        let mut signs: Vec<String> = syntax::signs(&text).into_iter().map(str::to_owned).collect();
        for (at, word, instead) in changes {
            let at = at.index(signs.len());
            signs.splice(at..at + usize::from(instead), [word.to_owned()]);
        }
        check_any(signs.join(" ").into_bytes());
    }

    #[test]
    fn a_scenario_with_a_hole_is_read(from in 0usize..2500, length in 0usize..80) {
        let mut text = include_bytes!("cases/syntax/ok/whole_scenario.esc").to_vec();
        let from = from.min(text.len());
        text.drain(from..(from + length).min(text.len()));
        check_any(text);
    }
}

/// A keyword ends where its word does, also one that a name follows.
#[test]
fn words_do_not_run_together() {
    let good = read("a.esc", "rule r for each a in everyone { if(x)then{} }\nflag x");
    assert_eq!(codes_of(&good), []);
    let bad = read("a.esc", "rule r for each a ineveryone { if x then { } }");
    assert_eq!(codes_of(&bad), [codes::UNEXPECTED]);
}
