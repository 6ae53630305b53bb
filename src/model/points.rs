//! Points of a sweep: values along axes, or samples of all that is uncertain.

use super::{Change, DeclId, Likelihood, Model, ParamId, setting};
use crate::syntax::{parse_likelihood, tree};

/// Steps of an axis at most.
const STEPS_MAX: f64 = 1e7;

/// Something that a sweep varies: its name and its values, in order.
#[derive(Clone, Debug)]
pub struct Axis {
    /// Its name, as on the command line.
    pub name: String,
    /// Its values.
    pub values: Vec<Value>,
    /// The ends, where it is a param that is varied over a range.
    pub range: Option<(ParamId, f64, f64)>,
}

/// One value along an axis.
#[derive(Clone, Debug)]
pub struct Value {
    /// As a table shows it.
    pub cell: Cell,
    /// What it changes.
    pub changes: Vec<Change>,
}

/// What stands in a cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// A number.
    Number(f64),
    /// A word.
    Word(String),
}

/// Something uncertain that is sampled: a range between 0 and 1.
#[derive(Clone, Debug)]
pub struct Dimension {
    /// A param's name; or that of a rule, with the number of its alternative, or of a decision, with
    /// the option's name, where there are several.
    pub name: String,
    /// The low end.
    pub low: f64,
    /// The high end.
    pub high: f64,
    pub(super) what: What,
}

/// Where a dimension stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum What {
    /// A param.
    Param(ParamId),
    /// An alternative of a rule, or an option of a decision.
    Rule(DeclId, usize),
}

/// The axis that `NAME=LOW..HIGH:STEP` or `NAME=VALUE,VALUE,...` asks for, with names and values as
/// in a setting. Meters need no step.
///
/// # Errors
/// A sentence that says what is wrong with the text.
pub fn axis(model: &Model, text: &str) -> Result<Axis, String> {
    let Some((name, values)) = text.split_once('=') else {
        return Err("write NAME=LOW..HIGH:STEP or NAME=VALUE,VALUE".to_owned());
    };
    let (name, values) = (name.trim(), values.trim());
    let param = model.params.iter().position(|param| param.name == name).map(ParamId::new);
    let at = |value: String, cell: Option<f64>| {
        let changes = setting(model, &format!("{name}={value}"))?;
        let number = cell.or_else(|| value.parse().ok());
        Ok(Value { cell: number.map_or(Cell::Word(value), Cell::Number), changes })
    };
    let span = if values.contains(',') { None } else { values.split_once("..") };
    let (values, range) = match (span, param) {
        (None, _) => {
            let one = |value: &str| {
                let value = value.trim();
                at(value.to_owned(), param.and_then(|_| likelihood(value)))
            };
            (values.split(',').map(one).collect::<Result<Vec<_>, String>>()?, None)
        }
        (Some((low, rest)), Some(param)) => {
            let (high, step) = rest.split_once(':').map_or((rest, None), |it| (it.0, Some(it.1)));
            let number = |text: &str| {
                likelihood(text.trim()).ok_or_else(|| format!("`{text}` is no likelihood"))
            };
            let (low, high) = (number(low)?, number(high)?);
            let numbers = match step {
                Some(step) if step.trim().starts_with('-') => steps(low, high, -1.0)?,
                Some(step) => steps(low, high, number(step)?)?,
                None => vec![low, high],
            };
            let one = |value: f64| at(value.to_string(), Some(value));
            let all = numbers.into_iter().map(one).collect::<Result<Vec<_>, String>>()?;
            (all, Some((param, low, high)))
        }
        (Some((low, rest)), None) => {
            let (high, step) = rest.split_once(':').unwrap_or((rest, "1"));
            let number = |text: &str| {
                text.trim().parse::<i32>().map_err(|_| format!("`{text}` is no whole number"))
            };
            // Whether there is such a thing comes before whether these are its values.
            setting(model, &format!("{name}={low}"))?;
            let (low, high, step) = (number(low)?, number(high)?, number(step)?);
            let numbers = steps(f64::from(low), f64::from(high), f64::from(step))?;
            let one = |value: f64| at(value.to_string(), Some(value));
            (numbers.into_iter().map(one).collect::<Result<Vec<_>, String>>()?, None)
        }
    };
    Ok(Axis { name: name.to_owned(), values, range })
}

/// `low`, `low + step` ... up to `high`.
fn steps(low: f64, high: f64, step: f64) -> Result<Vec<f64>, String> {
    if low > high {
        return Err(format!("{low}..{high} is upside down"));
    }
    if step <= 0.0 {
        return Err("the step has to be above 0".to_owned());
    }
    let count = ((high - low) / step + 1e-9).floor();
    if count > STEPS_MAX {
        return Err("that are more than ten million steps".to_owned());
    }
    // Decimal steps without the dust of adding up binary fractions.
    let clean = |value: f64| (value * 1e12).round() / 1e12;
    Ok((0..=count as u64).map(|at| clean(low + at as f64 * step).min(high)).collect())
}

/// A single likelihood.
fn likelihood(text: &str) -> Option<f64> {
    match parse_likelihood(text) {
        Some(tree::Likelihood::Number(number)) => Some(number.value),
        Some(tree::Likelihood::Range(..) | tree::Likelihood::Word(_)) | None => None,
    }
}

/// Everything uncertain in a scenario: params with a range (or that of their axis), and ranges that
/// stand in rules and decisions themselves, in order.
#[must_use]
pub fn dimensions(model: &Model, axes: &[Axis]) -> Vec<Dimension> {
    let mut all = Vec::new();
    for (at, param) in model.params.iter().enumerate() {
        let id = ParamId::new(at);
        let given = axes.iter().filter_map(|axis| axis.range).find(|range| range.0 == id);
        let own = param.value.param.is_none() && param.value.is_range();
        let ends = given.map(|range| (range.1, range.2));
        let ends = ends.or(own.then_some((param.value.low, param.value.high)));
        if let Some((low, high)) = ends {
            all.push(Dimension { name: param.name.clone(), low, high, what: What::Param(id) });
        }
    }
    for (at, declaration) in model.declarations.iter().enumerate() {
        let id = DeclId::new(at);
        let Some(rule) = model.rules.iter().find(|rule| rule.declaration == id) else { continue };
        for (number, alternative) in rule.alternatives.iter().enumerate() {
            let ranged = |given: &&Likelihood| given.param.is_none() && given.is_range();
            let Some(given) = alternative.likelihood.as_ref().filter(ranged) else { continue };
            let name = declaration.alternative_name(number);
            let what = What::Rule(id, number);
            all.push(Dimension { name, low: given.low, high: given.high, what });
        }
    }
    all
}
