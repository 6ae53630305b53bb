//! What equations are solved in: doubles, or numbers with as many digits as it takes.

use crate::engine::Scaled;
use num_bigint::{BigInt, Sign};
use num_traits::ToPrimitive;

/// A number, not negative while equations are solved.
pub trait Number: Clone + Default {
    /// Adds another.
    fn add(&mut self, other: &Self);
    /// The product.
    fn times(&self, other: &Self) -> Self;
    /// The quotient.
    fn over(&self, other: &Self) -> Self;
    /// Whether it is above 0.
    fn is_positive(&self) -> bool;
    /// Whether it is too near to the least that can be held to divide by it.
    fn is_tiny(&self) -> bool;
}

/// Probabilities below this are too near to what a double can hold.
const TINY: f64 = 1e-280;

impl Number for f64 {
    fn add(&mut self, other: &Self) {
        *self += other;
    }

    fn times(&self, other: &Self) -> Self {
        self * other
    }

    fn over(&self, other: &Self) -> Self {
        self / other
    }

    fn is_positive(&self) -> bool {
        *self > 0.0
    }

    fn is_tiny(&self) -> bool {
        *self < TINY
    }
}

/// A fixed-point number with so many bits behind the point; 0 has none.
#[derive(Clone, Debug, Default)]
pub struct Fixed {
    value: BigInt,
    bits: u64,
}

/// Fixed-point numbers with fewer significant bits than this are too small to divide by.
const SIGNIFICANT: u64 = 80;

impl Fixed {
    /// A double, with so many bits behind the point.
    #[must_use]
    pub fn new(value: f64, bits: u64) -> Self {
        let raw = value.abs().to_bits();
        let (exponent, fraction) = (raw >> 52, raw & ((1 << 52) - 1));
        let mantissa = BigInt::from(if exponent == 0 { fraction } else { fraction | 1 << 52 });
        // The mantissa counts units of 2^(exponent - 1075).
        let shift = bits as i64 + exponent.max(1) as i64 - 1075;
        let value = if shift >= 0 { mantissa << shift } else { mantissa >> -shift };
        Self { value, bits }
    }

    /// How far it lies above another, with the digits of a double, whatever its size.
    #[must_use]
    pub fn above(&self, other: &Self) -> Scaled {
        let difference = &self.value - &other.value;
        let excess = difference.bits().saturating_sub(64);
        let mantissa = (&difference >> excess).to_f64();
        debug_assert!(mantissa.is_some(), "64 bits fit a double");
        let mantissa = mantissa.unwrap_or_default();
        let power = excess as i64 - self.bits.max(other.bits) as i64;
        Scaled::from(mantissa).shifted(power)
    }

    /// The nearest double.
    #[must_use]
    pub fn double(&self) -> f64 {
        self.above(&Self::default()).double()
    }
}

impl Number for Fixed {
    fn add(&mut self, other: &Self) {
        self.value += &other.value;
        self.bits = self.bits.max(other.bits);
    }

    fn times(&self, other: &Self) -> Self {
        let bits = self.bits.max(other.bits);
        Self { value: (&self.value * &other.value) >> bits, bits }
    }

    fn over(&self, other: &Self) -> Self {
        let bits = self.bits.max(other.bits);
        Self { value: (&self.value << bits) / &other.value, bits }
    }

    fn is_positive(&self) -> bool {
        self.value.sign() == Sign::Plus
    }

    fn is_tiny(&self) -> bool {
        self.value.bits() < SIGNIFICANT
    }
}

#[cfg(test)]
mod tests {
    use super::{Fixed, Number};

    #[test]
    fn fixed_numbers_are_as_the_doubles_are() {
        for value in [0.0, 1.0, 0.1, 1e-30, 0.999_999_999_999_999_9] {
            assert_eq!(Fixed::new(value, 300).double(), value);
        }
        let (third, tenth) =
            (Fixed::new(1.0, 300).over(&Fixed::new(3.0, 300)), Fixed::new(0.1, 300));
        assert_eq!(third.times(&tenth).double(), 0.1 / 3.0);
    }

    #[test]
    fn differences_keep_their_digits() {
        let mut near = Fixed::new(0.5, 400);
        near.add(&Fixed::new(2_f64.powi(-300), 400));
        assert_eq!(near.above(&Fixed::new(0.5, 400)).double(), 2_f64.powi(-300));
    }
}
