//! A scenario as its readings have it, with what the command line changes.

use super::options::{Options, Which};
use super::refusal::Why;
use crate::analysis::{Failure, Unanswered};
use crate::diagnostic::{Diagnostics, suggest};
use crate::model::{self, BASELINE, Change, Model, Reading};

/// A scenario as it is evaluated.
pub struct Variants {
    /// As written, with the changes of the command line.
    pub baseline: Model,
    /// What is to be evaluated: the index of the reading (none for the baseline) and the scenario so read.
    pub readings: Vec<(Option<usize>, Model)>,
    /// Readings that the changes of the command line make impossible.
    pub impossible: Vec<Unanswered>,
}

/// What is to be evaluated of a scenario.
///
/// # Errors
/// The options do not fit it, or likelihoods can no longer be.
pub fn variants(written: &Model, options: &Options, which: Which) -> Result<Variants, Why> {
    let only = options.reading.as_deref();
    let only = only.map(|name| find_reading(written, name, "--reading")).transpose()?;
    let baseline = variant(written, None, options)?;
    let all = || std::iter::once(None).chain((0..written.readings.len()).map(Some));
    let wanted: Vec<Option<usize>> = match (only, which) {
        (Some(reading), _) => vec![reading],
        (None, Which::One) => vec![None],
        (None, Which::All | Which::Sound) => all().collect(),
    };
    let mut readings = Vec::with_capacity(wanted.len());
    let mut impossible = Vec::new();
    let among = wanted.len() > 1;
    for at in wanted {
        let Some(reading) = at.and_then(|at| written.readings.get(at)) else {
            readings.push((None, baseline.clone()));
            continue;
        };
        match variant(written, Some(reading), options) {
            Ok(mut model) => {
                if among && which == Which::Sound {
                    model.expectations.clear();
                }
                readings.push((at, model));
            }
            Err(Why::Errors(diagnostics)) if among => {
                let failure = Failure::Scenario(diagnostics).in_reading(&reading.name);
                impossible.push(Unanswered { reading: at, failure });
            }
            Err(why) => return Err(why),
        }
    }
    Ok(Variants { baseline, readings, impossible })
}

/// The scenario as one reading has it, none for the baseline, with what the options change.
///
/// # Errors
/// The options do not fit it, or likelihoods can no longer be.
pub fn variant(
    written: &Model,
    reading: Option<&Reading>,
    options: &Options,
) -> Result<Model, Why> {
    // What the command line sets counts in every reading: it comes last.
    let mut changes = reading.map(|reading| reading.changes.clone()).unwrap_or_default();
    changes.extend(settings(written, options)?);
    with_changes(written, &changes, options)
}

/// The reading of a name, which this option asks for; none for the scenario as written.
///
/// # Errors
/// There is none.
pub fn find_reading(model: &Model, name: &str, option: &str) -> Result<Option<usize>, Why> {
    if name == BASELINE {
        return Ok(None);
    }
    if let Some(index) = model.readings.iter().position(|reading| reading.name == name) {
        return Ok(Some(index));
    }
    let names = model.readings.iter().map(|reading| reading.name.as_str());
    let message = format!("`{option}`: {}", suggest::none_declared("reading", name, names));
    Err(Why::Options(message))
}

fn settings(model: &Model, options: &Options) -> Result<Vec<Change>, Why> {
    let mut settings: Vec<(&String, Vec<Change>)> = Vec::new();
    for set in &options.set {
        let wrong = |why: String| Why::Options(format!("`--set {set}`: {why}"));
        let changes = model::setting(model, set).map_err(wrong)?;
        let again = |change: &Change| changes.iter().any(|later| later.changes_same(change));
        if let Some((first, _)) = settings.iter().find(|(_, first)| first.iter().all(again)) {
            let why = format!("`--set {first}` sets the same; keep one of the two");
            return Err(wrong(why));
        }
        settings.push((set, changes));
    }
    Ok(settings.into_iter().flat_map(|(_, changes)| changes).collect())
}

fn with_changes(written: &Model, changes: &[Change], options: &Options) -> Result<Model, Why> {
    let mut diagnostics = Diagnostics::default();
    match written.changed(changes, &mut diagnostics) {
        Some(mut model) => {
            model.horizon = options.horizon.or(model.horizon);
            Ok(model)
        }
        None => Err(Why::Errors(diagnostics.sorted())),
    }
}
