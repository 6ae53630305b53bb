//! What is looked for: the least or the greatest value, over which freedom.

use crate::engine::Freedom;

/// Values that differ by no more than this share of their size count as equal: choosing either
/// costs no more than rounding does.
pub const EQUAL: f64 = 1e-15;

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Aim {
    /// What may vary.
    pub freedom: Freedom,
    /// The greatest value (true) or the least.
    pub greatest: bool,
}

impl Aim {
    /// The estimate, which varies nothing.
    pub const ESTIMATE: Self = Self { freedom: Freedom::Estimate, greatest: false };

    /// Whether the first value is better.
    pub fn better<V: PartialOrd>(self, one: V, other: V) -> bool {
        if self.greatest { one > other } else { one < other }
    }

    /// The better of two values.
    pub fn best<V: PartialOrd + Copy>(self, one: V, other: V) -> V {
        if self.better(other, one) { other } else { one }
    }
}
