//! Exact numbers.

use num_bigint::BigInt;
use num_rational::Ratio;
use num_traits::ToPrimitive;

/// An exact probability or number of times.
pub type Fraction = Ratio<BigInt>;

/// A whole number.
pub fn whole(value: i64) -> Fraction {
    Fraction::from_integer(BigInt::from(value))
}

/// The decimal fraction that a likelihood was written as: 0.55 is 55/100, not the nearest double.
pub fn decimal(value: f64) -> Fraction {
    let text = format!("{value}");
    let (before, after) = text.split_once('.').unwrap_or((&text, ""));
    let digits: BigInt = format!("{before}{after}").parse().unwrap();
    Fraction::new(digits, BigInt::from(10).pow(u32::try_from(after.len()).unwrap()))
}

/// The nearest double.
pub fn double(value: &Fraction) -> f64 {
    value.to_f64().unwrap()
}
