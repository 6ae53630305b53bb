//! The model stage: what scenarios mean, and what is said about mistakes in them. A case is a
//! file under `tests/cases/model`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod model_text;

use escalade::diagnostic::render::{Style, render};
use escalade::diagnostic::{Diagnostic, Diagnostics, Severity};
use escalade::model::{self, Model};
use escalade::source::{Reader, Sources};

/// The scenario of a case, and the files that cases may name.
struct Case<'t>(&'t [u8]);

impl Reader for Case<'_> {
    fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
        let text: &[u8] = match path {
            "main.esc" => self.0,
            "lib.esc" => b"actor library \"Library\"\nflag unused\n",
            "sub/deep.esc" => b"import \"../lib.esc\"\nactor deep \"Deep\"\n",
            "circle.esc" => b"import \"main.esc\"\n",
            "whole-scenario.esc" => {
                b"scenario \"Whole\" { horizon 3 turns }\ninject turn 0 { }\nflag war\nexpect never war\nobserve turn 1: war\n"
            }
            "mistakes.esc" => b"actor library \"Library\"\n\nissue budget \"B\" on scale sice\n",
            "latin-1.esc" => b"actor france \"France\"\nactor fran\xe7ois \"F\"\n",
            "facts.md" => "> The minister said that nothing\n> is excluded. “We'll see”, he added.\n".as_bytes(),
            endless if endless.starts_with("endless/") => b"import \"next/a.esc\"\n",
            _ => return Err(std::io::Error::from(std::io::ErrorKind::NotFound)),
        };
        Ok(text.to_vec())
    }
}

fn load(text: &[u8]) -> (Option<Model>, Sources, Diagnostics) {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let model = model::load("main.esc", &Case(text), &mut sources, &mut diagnostics);
    (model, sources, diagnostics)
}

/// Diagnostics as they are shown where there is no colour.
fn told(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let style = Style { width: 80, colour: false, unicode: true };
    render(diagnostics, sources, &style)
}

#[test]
fn mistakes_are_explained() {
    insta::glob!("cases/model/err/*.esc", |path| {
        let text = std::fs::read(path).unwrap();
        let (model, sources, diagnostics) = load(&text);
        assert!(model.is_none(), "{} has no error", path.display());
        let errors: Vec<Diagnostic> = diagnostics
            .sorted()
            .into_iter()
            .filter(|one| one.severity == Severity::Error)
            .collect();
        insta::assert_snapshot!(told(&errors, &sources));
    });
}

#[test]
fn doubts_are_explained() {
    insta::glob!("cases/model/warn/*.esc", |path| {
        let text = std::fs::read(path).unwrap();
        let (model, sources, diagnostics) = load(&text);
        assert!(model.is_some(), "{}: {}", path.display(), told(&diagnostics.sorted(), &sources));
        insta::assert_snapshot!(told(&diagnostics.sorted(), &sources));
    });
}

#[test]
fn scenarios_mean_what_they_say() {
    insta::glob!("cases/model/ok/*.esc", |path| {
        let text = std::fs::read(path).unwrap();
        let (model, sources, diagnostics) = load(&text);
        let model = model.unwrap_or_else(|| panic!("{}", told(&diagnostics.sorted(), &sources)));
        insta::assert_snapshot!(model_text::model_text(&model));
    });
}
