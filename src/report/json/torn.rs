//! Storylines that come to a contradiction, as a record.

use crate::analysis::Torn;
use schemars::JsonSchema;
use serde::Serialize;

/// Storylines that lead nowhere because assignments contradict each other on them.
#[derive(Debug, JsonSchema, Serialize)]
pub struct TornRecord<'a> {
    /// Their estimated probability; 0 where only other likelihoods allow them.
    #[schemars(range(min = 0, max = 1))]
    probability: f64,
    /// What contradicts what, the first of it.
    what: &'a str,
}

impl<'a> TornRecord<'a> {
    /// The record of them.
    #[must_use]
    pub fn new(torn: &'a Torn) -> Self {
        Self { probability: torn.probability, what: &torn.what }
    }
}
