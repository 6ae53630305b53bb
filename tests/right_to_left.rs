//! Texts in scripts that are written from right to left stand by themselves on every page, so that numbers and
//! signs beside them stay where they belong. `.ci/browser` looks where they are drawn.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "cli/case.rs"]
mod case;

use case::Case;
use roxmltree::Document;

/// Every title is in Hebrew and ends with a number, and so are most names.
const SCENARIO: &str = include_str!("browser/right_to_left.esc");

fn written(words: &[&str]) -> String {
    let (status, page, said) = Case::new().file("a.esc", SCENARIO).parts_of(words);
    assert!(matches!(status, 0 | 3), "{words:?}\n{said}");
    page
}

fn is_hebrew(c: char) -> bool {
    ('\u{590}'..='\u{5FF}').contains(&c)
}

/// The first text that does not stand between the two marks.
fn bare<'t>(text: &'t str, [open, close]: [&str; 2]) -> Option<&'t str> {
    let mut depth = 0;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if text[at..].starts_with(open) {
            depth += 1;
        } else if text[at..].starts_with(close) {
            depth -= 1;
        } else if is_hebrew(c) && depth == 0 {
            return text[at..].lines().next();
        }
        at += c.len_utf8();
    }
    assert_eq!(depth, 0, "a mark without its other half");
    None
}

const ISOLATES: [&str; 2] = ["\u{2068}", "\u{2069}"];

/// The text without what stands between these, marks included.
fn without(text: &str, parts: &[[&str; 2]]) -> String {
    let mut text = text.to_owned();
    for [begin, end] in parts {
        while let Some(at) = text.find(begin) {
            let length = text[at..].find(end).unwrap() + end.len();
            text.replace_range(at..at + length, "");
        }
    }
    text
}

#[test]
fn on_the_page() {
    let page = written(&["run", "a.esc", "--format", "html"]);
    let plain = ["<title>", "</title>"];
    let parts = [["<script", "</script>"], ["<svg", "</svg>"], ["<option", "</option>"], plain];
    let text = without(&page, &parts);
    assert_eq!(bare(&text, ["<bdi>", "</bdi>"]), None);
    assert!(
        text.contains("“<bdi>עימות בים 2024</bdi>” ")
            || text.contains("“<bdi>עימות בים 2024</bdi>”: ")
    );
    // Where no element may stand, isolates do; and what is evaluated again is the scenario's own.
    assert!(page.contains("<title>\u{2068}תרחיש 7\u{2069}</title>"));
    assert!(page.contains("\u{2068}צפון 1\u{2069}</option>"));
    let record = page.split("id=\"record\">").nth(1).unwrap().split("</script>").next().unwrap();
    assert!(record.contains("תרחיש 7") && !record.contains(ISOLATES[0]));
}

#[test]
fn in_pictures() {
    for view in ["reactions", "situations", "influence"] {
        let picture = written(&["graph", "a.esc", "--format", "svg", "--view", view]);
        let document = Document::parse(&picture).unwrap();
        for node in document.descendants().filter(|it| it.is_text()) {
            let text = node.text().unwrap();
            assert_eq!(bare(text, ISOLATES), None, "{text}");
        }
        // Names by which a program finds its way in the picture are names.
        let ids = document.descendants().filter_map(|it| it.attribute("data-node"));
        assert!(ids.clone().count() > 0 && ids.into_iter().all(|id| !id.contains(ISOLATES[0])));
        for format in ["dot", "mermaid"] {
            let text = written(&["graph", "a.esc", "--format", format, "--view", view]);
            let labels = text.lines().filter(|line| !line.contains("tooltip="));
            labels.for_each(|line| assert_eq!(bare(line, ISOLATES), None, "{line}"));
        }
        let data = written(&["graph", "a.esc", "--format", "graphml", "--view", view]);
        assert!(data.contains("צפון") && !data.contains(ISOLATES[0]), "{data}");
    }
}

#[test]
fn in_markdown() {
    let pages: [&[&str]; 5] = [
        &["run", "a.esc", "--format", "markdown"],
        &["why", "a.esc", "עימות", "--format", "markdown"],
        &["drivers", "a.esc", "--format", "markdown"],
        &["structure", "a.esc", "--format", "markdown"],
        &["compare", "a.esc", "--set", "צפון.שיחות=rejects", "--format", "markdown"],
    ];
    for words in pages {
        let page = written(words);
        // The scenario's lines are to be copied, and the record to be read again.
        let text = without(&page, &[["```text", "```\n"], ["<!--", "-->"]]);
        let text = text.split("\n## Method").next().unwrap();
        assert_eq!(bare(text, ISOLATES), None, "{words:?}");
    }
}

/// Nothing of this reaches what programs read.
#[test]
fn not_for_machines() {
    for words in
        [&["run", "a.esc", "--format", "json"][..], &["graph", "a.esc", "--format", "json"]]
    {
        let page = written(words);
        assert!(page.contains("עימות בים 2024") && !page.contains(ISOLATES[0]), "{page}");
    }
    let page = written(&["run", "a.esc"]);
    assert!(
        page.contains("עימות בים 2024") && !page.contains(['\u{FDD0}', '\u{FDD1}', '\u{2068}'])
    );
}
