//! Scenarios from text.

use escalade::diagnostic::Diagnostics;
use escalade::model::{self, Model};
use escalade::source::{Reader, Sources};

/// What the scenario of this text means; where it has errors, what they say.
pub fn model(text: &str) -> Result<Model, String> {
    let mut diagnostics = Diagnostics::default();
    let model = model::load("scenario.esc", &Text(text), &mut Sources::default(), &mut diagnostics);
    model.ok_or_else(|| {
        let all = diagnostics.sorted();
        all.iter().map(|it| format!("{}: {}\n", it.code, it.message)).collect()
    })
}

/// One file in memory.
struct Text<'t>(&'t str);

impl Reader for Text<'_> {
    fn read(&self, _: &str) -> std::io::Result<Vec<u8>> {
        Ok(self.0.as_bytes().to_vec())
    }
}
