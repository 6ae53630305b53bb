//! Every diagnostic that is found without running a scenario has a page, and the page's example
//! draws exactly that diagnostic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use escalade::diagnostic::{Diagnostic, Diagnostics, Page, Severity, lint, pages};
use escalade::model;
use escalade::source::{Reader, Sources};
use std::fs;
use std::path::Path;

/// The example, and the files that examples may name.
struct Example {
    scenario: &'static str,
    defaults: Option<&'static str>,
}

impl Reader for Example {
    fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
        let text: &[u8] = match path {
            "main.esc" => self.scenario.as_bytes(),
            ".escalade.toml" => self.defaults.unwrap_or_default().as_bytes(),
            "lib.esc" => b"actor library \"Library\"\n",
            "circle.esc" => b"import \"main.esc\"\n",
            "whole-scenario.esc" => b"scenario \"Whole\" { horizon 3 turns }\n",
            "facts.md" => b"# Facts\n\nThe minister said that nothing\nis excluded.\n",
            _ => return Err(std::io::Error::from(std::io::ErrorKind::NotFound)),
        };
        Ok(text.to_vec())
    }

    fn folders(&self, _: &str) -> Vec<String> {
        self.defaults.iter().map(|_| String::new()).collect()
    }
}

/// What is said about the text of a page: a scenario, or a file of defaults beside one.
fn diagnostics(page: &Page, text: &'static str) -> Vec<Diagnostic> {
    let example = match page.code.0.starts_with("E5") {
        true => Example { scenario: "actor library \"Library\"\n", defaults: Some(text) },
        false => Example { scenario: text, defaults: None },
    };
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let model = model::load("main.esc", &example, &mut sources, &mut diagnostics);
    assert_eq!(model.is_none(), diagnostics.has_errors());
    diagnostics.sorted()
}

/// Pages of what only shows while a scenario runs are tried where scenarios are run, what is
/// too large for an example where it is made, and faults of Escalade are not drawn by any text.
fn found_without_running(page: &&Page) -> bool {
    let mut undrawn = pages::syntax::ONLY_SHAPE.iter().chain(pages::faults::UNDRAWN);
    !page.code.0.starts_with("E4") && undrawn.all(|code| *code != page.code)
}

#[test]
fn what_no_text_draws_has_sound_examples() {
    for code in pages::faults::UNDRAWN {
        let page = code.page().unwrap();
        assert_eq!(wrong_mend(page), None);
        assert_eq!(wrong_mend(&Page { mend: page.example, ..*page }), None);
    }
}

#[test]
fn every_example_draws_its_code_and_its_mend_does_not() {
    let wrong: Vec<String> = pages::all()
        .filter(found_without_running)
        .flat_map(|page| [wrong_example(page), wrong_mend(page)])
        .flatten()
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn wrong_example(page: &Page) -> Option<String> {
    let drawn = diagnostics(page, page.example);
    let draws = drawn.iter().any(|one| one.code == page.code);
    let other = drawn.iter().any(|one| one.severity == Severity::Error && one.code != page.code);
    (!draws || other).then(|| format!("{}: the example draws {}", page.code, listed(&drawn)))
}

fn wrong_mend(page: &Page) -> Option<String> {
    let drawn = diagnostics(page, page.mend);
    let left = drawn.iter().any(|one| one.severity == Severity::Error || one.code == page.code);
    left.then(|| format!("{}: the mend draws {}", page.code, listed(&drawn)))
}

fn listed(diagnostics: &[Diagnostic]) -> String {
    let each = diagnostics.iter().map(|one| format!("\n  {} {}", one.code, one.message));
    each.collect()
}

#[test]
fn codes_are_in_order_and_registered_once() {
    let codes: Vec<&str> = pages::all().map(|page| page.code.0).collect();
    let mut sorted = codes.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(codes, sorted);
}

#[test]
fn every_warning_has_a_name() {
    for page in pages::all() {
        let warning = page.code.severity() == Severity::Warning;
        let name = lint::name(page.code);
        assert_eq!(name.is_some(), warning, "{}", page.code);
        assert!(name.is_none_or(|name| lint::find(name) == Some(page.code)), "{}", page.code);
        assert!(lint::page(page.code.0).is_some_and(|found| found.code == page.code));
    }
}

#[test]
fn every_code_has_a_page_that_says_something() {
    for page in pages::all() {
        assert!(page.code.page().is_some_and(|found| found.title == page.title));
        assert!(!page.title.ends_with('.') && page.text.ends_with(['.', ')']), "{}", page.code);
        assert_ne!(page.example, page.mend, "{}", page.code);
    }
}

/// So none has lost a part on the way, and no file is without its code.
#[test]
fn every_page_is_what_its_file_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/diagnostic/pages");
    let mut files: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .filter_map(|file| {
            file.unwrap().file_name().to_str()?.strip_suffix(".md").map(str::to_owned)
        })
        .collect();
    files.sort();
    assert_eq!(files, pages::all().map(|page| page.code.0).collect::<Vec<_>>());
    for Page { code, title, text, example, mend } in pages::all() {
        assert!([title, text, example, mend].iter().all(|part| !part.is_empty()), "{code}");
        let kind = if code.0.starts_with("E5") { "toml" } else { "escalade" };
        let whole = format!(
            "# {title}\n\n{text}\n\n```{kind}\n{example}```\n\nMended:\n\n```{kind}\n{mend}```\n"
        );
        assert_eq!(fs::read_to_string(folder.join(format!("{code}.md"))).unwrap(), whole);
    }
}
