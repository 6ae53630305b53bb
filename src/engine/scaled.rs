//! Numbers far below what a double can hold.

use std::cmp::Ordering;
use std::ops::{Add, Mul, Sub};

/// A number with an exponent of its own: `mantissa * 2^(STEP * steps)`. With as many digits as a
/// double and no underflow, it holds the probability of a long history of rare things.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scaled {
    /// 0, or a number whose size lies in `2^-(STEP / 2) .. 2^(STEP / 2)`.
    mantissa: f64,
    steps: i32,
}

/// The exponent of one step.
const STEP: i32 = 256;
/// 2 to the power of one step.
const UP: f64 = f64::from_bits(((1023 + STEP) as u64) << 52);
/// 2 to the power of minus one step.
const DOWN: f64 = 1.0 / UP;
/// The least size of a mantissa: 2 to the power of minus half a step.
const LEAST: f64 = f64::from_bits(((1023 - STEP / 2) as u64) << 52);
/// What the size of a mantissa stays below.
const MOST: f64 = 1.0 / LEAST;

impl Scaled {
    /// 0.
    pub const ZERO: Self = Self { mantissa: 0.0, steps: 0 };
    /// 1.
    pub const ONE: Self = Self { mantissa: 1.0, steps: 0 };

    /// Above 0, and less than what any number of probabilities in a row come to.
    pub const TINY: Self = Self { mantissa: 1.0, steps: -(1 << 16) };
    /// More than what any probability is short of 1, however small that is.
    pub const HUGE: Self = Self { mantissa: 1.0, steps: 1 << 24 };

    fn new(mut mantissa: f64, mut steps: i32) -> Self {
        if mantissa == 0.0 {
            return Self::ZERO;
        }
        if !mantissa.is_finite() {
            return Self { mantissa, steps };
        }
        while mantissa.abs() < LEAST {
            (mantissa, steps) = (mantissa * UP, steps.saturating_sub(1));
        }
        while mantissa.abs() >= MOST {
            (mantissa, steps) = (mantissa * DOWN, steps.saturating_add(1));
        }
        Self { mantissa, steps }
    }

    /// Whether it is above 0.
    #[must_use]
    pub fn is_positive(self) -> bool {
        self.mantissa > 0.0
    }

    /// The same times 2 to some power.
    #[must_use]
    pub fn shifted(self, power: i64) -> Self {
        let (steps, rest) = (power.div_euclid(i64::from(STEP)), power.rem_euclid(i64::from(STEP)));
        let factor = f64::from_bits(((1023 + rest) as u64) << 52);
        let steps = i64::from(self.steps) + steps;
        Self::new(self.mantissa * factor, i32::try_from(steps).unwrap_or(i32::MIN))
    }

    /// Its size.
    #[must_use]
    pub fn abs(self) -> Self {
        Self { mantissa: self.mantissa.abs(), ..self }
    }

    /// The quotient as a double; 0 where `other` is. Above 0 where both are.
    #[must_use]
    pub fn over(self, other: Self) -> f64 {
        if other.mantissa == 0.0 {
            return 0.0;
        }
        Self::new(self.mantissa / other.mantissa, self.steps - other.steps).double()
    }

    /// The nearest double; not 0 where this is not.
    #[must_use]
    pub fn double(self) -> f64 {
        let steps = self.steps.clamp(-5, 5);
        let factor = if steps < 0 { DOWN } else { UP };
        let value = (0..steps.abs()).fold(self.mantissa, |value, _| value * factor);
        if value == 0.0 && self.mantissa != 0.0 {
            return f64::MIN_POSITIVE.copysign(self.mantissa);
        }
        value
    }

    /// The natural logarithm of a number above 0; minus infinity for 0.
    #[must_use]
    pub fn ln(self) -> f64 {
        self.mantissa.ln() + f64::from(self.steps) * f64::from(STEP) * std::f64::consts::LN_2
    }
}

impl From<f64> for Scaled {
    fn from(value: f64) -> Self {
        Self::new(value, 0)
    }
}

impl Add for Scaled {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        let (small, large) = match (self.mantissa == 0.0, other.mantissa == 0.0) {
            (true, _) => return other,
            (_, true) => return self,
            _ if self.steps < other.steps => (self, other),
            _ => (other, self),
        };
        match large.steps - small.steps {
            0 => Self::new(large.mantissa + small.mantissa, large.steps),
            1 => Self::new(large.mantissa + small.mantissa * DOWN, large.steps),
            // A whole step between them is more than a double has digits.
            _ => large,
        }
    }
}

impl Sub for Scaled {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self + Self { mantissa: -other.mantissa, ..other }
    }
}

impl Mul for Scaled {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        Self::new(self.mantissa * other.mantissa, self.steps.saturating_add(other.steps))
    }
}

impl Mul<f64> for Scaled {
    type Output = Self;

    fn mul(self, other: f64) -> Self {
        self * Self::from(other)
    }
}

impl PartialOrd for Scaled {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        if self.steps == other.steps {
            return self.mantissa.partial_cmp(&other.mantissa);
        }
        (*self - *other).mantissa.partial_cmp(&0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Scaled;

    #[test]
    fn nothing_underflows() {
        let half = Scaled::from(0.5);
        let product = (0..100_000).fold(Scaled::ONE, |product, _| product * half);
        assert!((product.ln() / std::f64::consts::LN_2 + 100_000.0).abs() < 1e-6);
        assert_eq!((product * 3.0).over(product), 3.0);
        assert_eq!((product + product).over(product), 2.0);
        assert_eq!(product.double(), f64::MIN_POSITIVE);
        assert!(product.is_positive() && product > Scaled::ZERO && product < Scaled::from(1e-300));
    }

    #[test]
    fn what_is_no_number_stays_that() {
        assert!(Scaled::from(f64::INFINITY).double().is_infinite());
        assert!(Scaled::from(f64::NAN).double().is_nan());
    }

    #[test]
    fn doubles_come_back_as_they_were() {
        for value in [0.0, 1.0, 0.1, 1e-300, 5e-324, -2.5e-200, f64::MIN_POSITIVE] {
            assert_eq!(Scaled::from(value).double(), value);
        }
    }

    #[test]
    fn order_and_difference_hold_across_sizes() {
        let (large, small) = (Scaled::from(1e-30), Scaled::from(1e-300) * 1e-300);
        assert!(large > small);
        assert!(small - large < Scaled::ZERO);
        assert_eq!((large + small).double(), 1e-30);
        assert!(Scaled::from(-1e-300) < Scaled::ZERO);
        assert!(Scaled::from(-1e-10) < Scaled::from(-1e-200));
    }
}
