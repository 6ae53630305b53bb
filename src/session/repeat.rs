//! What outputs that can be kept carry, so that they can be made again.

use super::options::Options;
use crate::model::{Given, Grade};
use crate::report::{Repeat, RepeatDefaults, RepeatOptions, files_read, text_hash};
use crate::source::Sources;

/// What is needed to repeat an evaluation.
#[must_use]
pub fn repeat<'g>(
    options: &Options,
    sources: &Sources,
    given: impl IntoIterator<Item = &'g Given>,
) -> Repeat {
    Repeat {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        text_hash: text_hash(sources),
        files: files_read(sources),
        options: RepeatOptions {
            horizon: options.horizon,
            set: options.set.clone(),
            observe: options.observe.clone(),
            reading: options.reading.clone(),
            without_source: options.without_source.clone(),
            min_grade: options.min_grade.map(Grade::signs),
            method: options.method.word().to_owned(),
            max_situations: options.max_situations,
            runs: options.runs,
            seed: options.seed,
            run: options.run,
            storylines: options.storylines,
        },
        defaults: given.into_iter().map(RepeatDefaults::from).collect(),
    }
}
