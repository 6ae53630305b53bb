//! Scenarios that pages hold, checked.

use escalade::diagnostic::{Diagnostic, Diagnostics};
use escalade::model;
use escalade::source::{Reader, Sources};
use std::path::Path;

/// The text of a block as `main.esc`, beside the examples.
struct Block<'a>(&'a str, &'a Path);

impl Reader for Block<'_> {
    fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
        match path {
            "main.esc" => Ok(self.0.as_bytes().to_vec()),
            _ => std::fs::read(self.1.join(path)),
        }
    }
}

fn diagnostics(text: &str, folder: &Path) -> Vec<Diagnostic> {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let _ = model::load("main.esc", &Block(text, folder), &mut sources, &mut diagnostics);
    diagnostics.sorted()
}

fn told(diagnostic: &Diagnostic) -> String {
    format!("{} {}", diagnostic.code, diagnostic.message)
}

/// The errors of a text.
pub fn errors(text: &str, folder: &Path) -> Vec<String> {
    diagnostics(text, folder).iter().filter(|one| one.is_error()).map(told).collect()
}

/// What is wrong with a text that should draw this diagnostic, and no other error.
pub fn other_than(code: &str, text: &str, folder: &Path) -> Vec<String> {
    let drawn = diagnostics(text, folder);
    let others = drawn.iter().filter(|one| one.is_error() && one.code.0 != code).map(told);
    let missing = !drawn.iter().any(|one| one.code.0 == code);
    others.chain(missing.then(|| format!("does not draw {code}"))).collect()
}

/// Whether a text draws this diagnostic without being run.
pub fn draws(code: &str, text: &str, folder: &Path) -> bool {
    other_than(code, text, folder).is_empty()
}
