//! A scenario as it was read, with its mistakes.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{self, Model, Written};
use crate::source::{Reader, Sources};

/// A scenario file and everything it brought in, with errors or without.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// Its path as it was given.
    pub file: String,
    /// All files that were read.
    pub sources: Sources,
    /// What is wrong or doubtful, by place.
    pub diagnostics: Vec<Diagnostic>,
    /// What it means; none where it has errors.
    pub model: Option<Model>,
    /// What is written in it; none where it has errors.
    pub written: Option<Written>,
}

/// Reads a scenario, wherever its files come from, beside files that were read before; with
/// observations, each as `turn 3: CONDITION`. Mistakes in it are diagnostics.
#[must_use]
pub fn load_from(
    path: &str,
    observed: &[String],
    reader: &dyn Reader,
    mut sources: Sources,
) -> Loaded {
    let mut diagnostics = Diagnostics::default();
    let read = model::read(path, observed, reader, &mut sources, &mut diagnostics);
    let (model, written) = read.unzip();
    let (file, diagnostics) = (path.to_owned(), diagnostics.sorted());
    Loaded { file, sources, diagnostics, model, written }
}
