//! `--without-source` and `--min-grade`.

use super::options::Options;
use super::refusal::Why;
use crate::diagnostic::{Diagnostics, suggest};
use crate::model::{Model, Strike, Written};
use crate::source::Sources;

/// What the options strike out.
#[must_use]
pub fn asked(options: &Options) -> Strike {
    Strike { without: options.without_source.clone(), least: options.min_grade }
}

/// The scenario without the sources that the options strike out.
///
/// # Errors
/// There is no source of that name, or the scenario cannot be evaluated so.
pub fn out(
    written: Option<&Written>,
    model: Model,
    options: &Options,
    sources: &Sources,
) -> Result<Model, Why> {
    let strike = asked(options);
    let Some(written) = written.filter(|_| !strike.is_empty()) else { return Ok(model) };
    check(&model, &strike)?;
    let mut diagnostics = Diagnostics::default();
    written
        .without(&model, &strike, sources, &mut diagnostics)
        .ok_or_else(|| Why::Errors(diagnostics.sorted()))
}

/// Says so where there is no source of a name.
///
/// # Errors
/// There is none.
pub fn check(model: &Model, strike: &Strike) -> Result<(), Why> {
    let names = || model.sources.iter().map(|source| source.name.as_str());
    let Some(unknown) = strike.without.iter().find(|name| !names().any(|known| known == **name))
    else {
        return Ok(());
    };
    let unknown = suggest::none_declared("source", unknown, names());
    let message = format!("`--without-source`: {unknown}");
    Err(Why::Options(message))
}
