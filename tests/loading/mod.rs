//! Scenarios from text.

#![allow(dead_code, reason = "each test binary uses its part")]

use escalade::diagnostic::{Diagnostic, Diagnostics};
use escalade::model::{self, Model};
use escalade::source::{Reader, Sources};

/// What the scenario of this text means; where it has errors, what they say.
pub fn model(text: &str) -> Result<Model, String> {
    let (model, told) = read(text);
    model.ok_or_else(|| told.iter().map(|it| format!("{}: {}\n", it.code, it.message)).collect())
}

/// What it means, if anything, and all that is said of it.
pub fn read(text: &str) -> (Option<Model>, Vec<Diagnostic>) {
    let mut diagnostics = Diagnostics::default();
    let model = model::load("scenario.esc", &Text(text), &mut Sources::default(), &mut diagnostics);
    (model, diagnostics.sorted())
}

/// One file in memory.
struct Text<'t>(&'t str);

impl Reader for Text<'_> {
    fn read(&self, _: &str) -> std::io::Result<Vec<u8>> {
        Ok(self.0.as_bytes().to_vec())
    }
}
