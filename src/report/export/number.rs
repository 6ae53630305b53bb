//! Probabilities as decimal fractions.

/// A probability with fifteen digits: what is lost beyond them is noise of the arithmetic, and 0.7
/// stays 0.7.
#[must_use]
pub fn rounded(probability: f64) -> f64 {
    format!("{probability:.14e}").parse().unwrap_or(probability)
}

/// The same as text, never with an exponent, which not every reader understands.
#[must_use]
pub fn number(probability: f64) -> String {
    format!("{}", rounded(probability))
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn noise_is_left_out() {
        assert_eq!(number(1.0 - 0.1 - 0.2), "0.7");
        assert_eq!(number(1.0 / 3.0), "0.333333333333333");
        assert_eq!(number(1e-7), "0.0000001");
        assert_eq!(number(1.0), "1");
    }
}
