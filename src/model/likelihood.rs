//! Likelihoods.

use super::ParamId;
use num_bigint::BigInt;
use num_rational::BigRational;

/// A likelihood: a range of probabilities, a single number where both ends are the same.
///
/// An end is the decimal fraction that is shortest among those that the double stands for: 0.1 is
/// a tenth. That is what was written, up to 15 digits.
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

    /// The two ends, exactly.
    #[must_use]
    pub fn exact(&self) -> (BigRational, BigRational) {
        let low = exact(self.low);
        (low.clone(), if self.is_range() { exact(self.high) } else { low })
    }
}

/// The shortest decimal fraction that this double, not negative, stands for.
#[must_use]
pub fn exact(value: f64) -> BigRational {
    let (digits, power) = decimal(value);
    let (digits, scale) = (BigInt::from(digits), BigInt::from(10).pow(power.unsigned_abs()));
    if power < 0 {
        BigRational::new(digits, scale)
    } else {
        BigRational::from_integer(digits * scale)
    }
}

/// The same as digits and the power of ten that they are multiplied with.
#[must_use]
pub fn decimal(value: f64) -> (u64, i32) {
    let text = format!("{value:e}");
    let (digits, power) = text.split_once('e').unwrap_or((&text, "0"));
    let (before, after) = digits.split_once('.').unwrap_or((digits, ""));
    debug_assert!(value.is_finite() && value >= 0.0, "a likelihood is a number");
    // A double has 17 digits at most.
    let digits = format!("{before}{after}").parse().unwrap_or_default();
    (digits, power.parse().unwrap_or(0) - after.len() as i32)
}

#[cfg(test)]
mod tests {
    use super::exact;
    use num_bigint::BigInt;
    use num_rational::BigRational;

    #[test]
    fn a_double_is_the_decimal_that_was_written() {
        let tenth = BigRational::new(1.into(), 10.into());
        assert_eq!(exact(0.1), tenth);
        assert_eq!(exact(0.3) - exact(0.2), tenth);
        assert_eq!(exact(1.0), BigRational::from_integer(1.into()));
        assert_eq!(exact(1e-300), BigRational::new(1.into(), BigInt::from(10).pow(300)));
    }
}
