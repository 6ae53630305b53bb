//! Numbers as people read them: one way for every report.

use super::content::labels::grouped;

/// Below this much, a difference is noise of the computation.
const NOISE: f64 = 1e-8;

/// Lifts values that lie on the edge between two roundings, so that noise does not decide.
const NUDGE: f64 = 1e-6;

/// Smaller numbers, in percent, have more zeros than anybody counts.
const LEAST: f64 = 1e-4;

/// A probability (0..=1) in percent: `0%`, `<0.1%`, `0.4%`, `12.3%`, `99.9%`, `>99.9%`, `100%`.
///
/// `0%` and `100%` mean exactly that; everything between is told apart from them.
#[must_use]
pub fn percent(probability: f64) -> String {
    if probability.is_nan() {
        return "?".to_owned();
    }
    if probability <= 0.0 {
        return "0%".to_owned();
    }
    if probability >= 1.0 {
        return "100%".to_owned();
    }
    let tenths = (probability * 1000.0 + NUDGE).round();
    if tenths < 1.0 {
        "<0.1%".to_owned()
    } else if tenths > 999.0 {
        ">99.9%".to_owned()
    } else {
        format!("{}%", without_zero(tenths / 10.0))
    }
}

/// How rare something is, where percent no longer say it: `1 in 12,000`, `1 in 10^72`; from the natural logarithm of its
/// probability.
#[must_use]
pub fn one_in(log_probability: f64) -> Option<String> {
    let power = -log_probability / std::f64::consts::LN_10;
    if !(3.0..f64::INFINITY).contains(&power) {
        return None;
    }
    if power >= 6.0 {
        return Some(format!("1 in 10^{:.0}", power.round()));
    }
    let unit = 10_f64.powf(power.floor() - 1.0);
    Some(format!("1 in {}", grouped((10_f64.powf(power) / unit).round() as usize * unit as usize)))
}

/// The probability of one storyline among many, in percent: where it is small, with two digits that
/// count: `0.032%`.
#[must_use]
pub fn small(probability: f64) -> String {
    let value = probability * 100.0;
    if !(LEAST..0.1).contains(&value) {
        return percent(probability);
    }
    let decimals = (2..).find(|&decimals| value * 10_f64.powi(decimals) >= 9.95).unwrap_or(2);
    let unit = 10_f64.powi(decimals);
    format!("{}%", (value * unit + NUDGE).round() / unit)
}

/// A difference of two probabilities in points: `+12.2`, `-9.1`, `±0`.
#[must_use]
pub fn points(difference: f64) -> String {
    if difference.abs() <= NOISE {
        return "±0".to_owned();
    }
    let sign = if difference < 0.0 { '-' } else { '+' };
    let tenths = (difference.abs() * 1000.0 + NUDGE).round();
    if tenths < 1.0 {
        format!("{sign}<0.1")
    } else {
        format!("{sign}{}", without_zero(tenths / 10.0))
    }
}

/// An expected number or a mean turn with one decimal: `3`, `7.5`, `∞`.
#[must_use]
pub fn number(value: f64) -> String {
    if value.is_infinite() {
        return "∞".to_owned();
    }
    without_zero((value * 10.0 + NUDGE).round() / 10.0)
}

fn without_zero(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::{number, one_in, percent, points, small};

    #[test]
    fn what_is_rare_is_told_by_its_size() {
        assert_eq!(one_in(0.01_f64.ln()), None);
        assert_eq!(one_in((1.0_f64 / 12_345.0).ln()).as_deref(), Some("1 in 12,000"));
        assert_eq!(one_in(-720.0 * std::f64::consts::LN_10).as_deref(), Some("1 in 10^720"));
    }

    #[test]
    fn percent_tells_the_ends_apart() {
        let cases = [
            (0.0, "0%"),
            (1e-12, "<0.1%"),
            (f64::MIN_POSITIVE, "<0.1%"),
            (1.0 - 1e-12, ">99.9%"),
            (0.000_1, "<0.1%"),
            (0.004, "0.4%"),
            (0.123, "12.3%"),
            (0.34, "34%"),
            (0.999, "99.9%"),
            (0.999_9, ">99.9%"),
            (1.0, "100%"),
            (0.000_5, "0.1%"),
        ];
        for (value, text) in cases {
            assert_eq!(percent(value), text, "{value}");
        }
    }

    #[test]
    fn storylines_are_told_apart() {
        let cases = [
            (0.000_32, "0.032%"),
            (0.000_999, "0.1%"),
            (0.000_05, "0.005%"),
            (0.000_012_34, "0.0012%"),
            (1e-7, "<0.1%"),
            (0.011, "1.1%"),
            (0.0, "0%"),
        ];
        for (value, text) in cases {
            assert_eq!(small(value), text, "{value}");
        }
    }

    #[test]
    fn noise_does_not_decide_on_an_edge() {
        assert_eq!(percent(0.1235 - 1e-12), percent(0.1235 + 1e-12));
    }

    #[test]
    fn points_and_numbers_are_short() {
        assert_eq!(points(0.122), "+12.2");
        assert_eq!(points(-0.09), "-9");
        assert_eq!(points(0.0), "±0");
        assert_eq!(points(-0.000_1), "-<0.1");
        assert_eq!(number(7.5), "7.5");
        assert_eq!(number(3.0), "3");
        assert_eq!(number(f64::INFINITY), "∞");
    }
}
