//! Likelihoods.

use super::ParamId;

/// A likelihood: a range of probabilities, a single number where both ends are the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Likelihood {
    /// The low end, 0..=1.
    pub low: f64,
    /// The high end, `low`..=1.
    pub high: f64,
    /// The param that it came from; a reading or `--set` that changes the param changes it here.
    pub param: Option<ParamId>,
    /// As written: `likely`, `55%..80%`.
    pub text: String,
}

impl Likelihood {
    /// A single probability, 0..=1.
    #[must_use]
    pub fn exactly(value: f64) -> Self {
        Self { low: value, high: value, param: None, text: value.to_string() }
    }

    /// Whether the two ends differ.
    #[must_use]
    pub fn is_range(&self) -> bool {
        self.low < self.high
    }
}
