//! The points of a sweep, from the command line.

use crate::cli::status::{Status, Stop};
use crate::model::{Axis, Cell, Change, Model, axis, dimensions, sampled_at};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// Points at most.
const POINTS_MAX: usize = 10_000_000;

/// The points of a sweep: for each what it changes, and what the table shows of it.
#[derive(Debug)]
pub struct Points {
    /// The names of the columns.
    pub names: Vec<String>,
    /// Whether they are likelihoods.
    likelihoods: Vec<bool>,
    /// For each point its cells.
    pub cells: Vec<Vec<Cell>>,
    /// For each point its changes.
    pub changes: Vec<Vec<Change>>,
}

impl Points {
    /// All combinations of the axes, or a sample.
    ///
    /// # Errors
    /// An axis that does not fit the scenario, nothing to vary, or too many points.
    pub fn new(
        model: &Model,
        vary: &[String],
        sample: Option<u32>,
        seed: u64,
    ) -> Result<Self, Stop> {
        let wrong = |message: String| Stop::because(Status::WrongCommandLine, message);
        let axes = vary
            .iter()
            .map(|text| axis(model, text).map_err(|why| wrong(format!("`--vary {text}`: {why}"))))
            .collect::<Result<Vec<Axis>, Stop>>()?;
        for (at, axis) in axes.iter().enumerate() {
            if axes[..at].iter().any(|other| other.name == axis.name) {
                return Err(wrong(format!("`--vary` is given twice for `{}`", axis.name)));
            }
        }
        match sample {
            Some(count) => Self::sample(model, &axes, count as usize, seed).map_err(wrong),
            None if axes.is_empty() => Err(wrong(
                "nothing is varied: give `--vary NAME=LOW..HIGH:STEP`, or `--sample N`".to_owned(),
            )),
            None => Self::grid(model, &axes).map_err(wrong),
        }
    }

    /// A point as it is told: its number, and what is varied.
    #[must_use]
    pub fn told(&self, at: usize) -> String {
        let value = |(cell, likelihood): (&Cell, &bool)| match cell {
            Cell::Number(number) if *likelihood => format!("{}%", (number * 1e8).round() / 1e6),
            Cell::Number(number) => number.to_string(),
            Cell::Word(word) => word.clone(),
        };
        let values = self.cells[at].iter().zip(&self.likelihoods).map(value);
        let told: Vec<String> =
            self.names.iter().zip(values).map(|(name, value)| format!("{name}={value}")).collect();
        format!("point {at}: {}", told.join(", "))
    }

    fn grid(model: &Model, axes: &[Axis]) -> Result<Self, String> {
        let count = axes.iter().fold(1, |all: usize, it| all.saturating_mul(it.values.len()));
        if count > POINTS_MAX {
            return Err(format!("the grid has more than {POINTS_MAX} points: take larger steps"));
        }
        let mut points = Self {
            names: axes.iter().map(|axis| axis.name.clone()).collect(),
            likelihoods: axes
                .iter()
                .map(|axis| model.params.iter().any(|param| param.name == axis.name))
                .collect(),
            cells: Vec::new(),
            changes: Vec::new(),
        };
        for point in 0..count {
            let (mut cells, mut changes, mut below) = (Vec::new(), Vec::new(), count);
            for axis in axes {
                below /= axis.values.len();
                let value = &axis.values[point / below % axis.values.len()];
                cells.push(value.cell.clone());
                changes.extend(value.changes.iter().cloned());
            }
            points.cells.push(cells);
            points.changes.push(changes);
        }
        Ok(points)
    }

    /// A Latin hypercube (McKay, Beckman and Conover 1979): along each dimension every one of `count`
    /// equal slices holds one point.
    fn sample(model: &Model, axes: &[Axis], count: usize, seed: u64) -> Result<Self, String> {
        if let Some(axis) = axes.iter().find(|axis| axis.range.is_none()) {
            return Err(format!(
                "`--sample` takes params over a range, such as {}=10%..40%",
                axis.name
            ));
        }
        let dimensions = dimensions(model, axes);
        if dimensions.is_empty() {
            return Err("there is no range to sample from: every likelihood is a single number; give `--vary NAME=LOW..HIGH`".to_owned());
        }
        if count > POINTS_MAX {
            return Err(format!("more than {POINTS_MAX} points are asked for"));
        }
        let slices: Vec<(Vec<u32>, Vec<f64>)> =
            (0..dimensions.len()).map(|at| slices(count, seed, at as u64)).collect();
        let mut points = Self {
            names: dimensions.iter().map(|dimension| dimension.name.clone()).collect(),
            likelihoods: vec![true; dimensions.len()],
            cells: Vec::with_capacity(count),
            changes: Vec::with_capacity(count),
        };
        for point in 0..count {
            let value = |(dimension, (order, within)): (
                &crate::model::Dimension,
                &(Vec<u32>, Vec<f64>),
            )| {
                let share = (f64::from(order[point]) + within[point]) / count as f64;
                dimension.low + share * (dimension.high - dimension.low)
            };
            let mut values: Vec<f64> = dimensions.iter().zip(&slices).map(value).collect();
            points.changes.push(sampled_at(model, &dimensions, &mut values));
            points.cells.push(values.into_iter().map(Cell::Number).collect());
        }
        Ok(points)
    }
}

/// A random order of the slices, and a random place within each.
fn slices(count: usize, seed: u64, dimension: u64) -> (Vec<u32>, Vec<f64>) {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    random.set_stream(dimension);
    let mut order: Vec<u32> = (0..count as u32).collect();
    for at in (1..count).rev() {
        // Fisher and Yates; the upper half of a product of 64 bits is as good as unbiased.
        let other = ((u128::from(random.next_u64()) * (at as u128 + 1)) >> 64) as usize;
        order.swap(at, other);
    }
    let within = (0..count).map(|_| (random.next_u64() >> 11) as f64 / (1_u64 << 53) as f64);
    (order, within.collect())
}
