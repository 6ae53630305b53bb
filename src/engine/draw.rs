//! What a rule or decision draws: its distribution, and the corners of what its ranges allow.
//!
//! What is possible, and which ends fit together, is decided in exact fractions: a likelihood is the
//! decimal fraction that it is written as, not the double nearest to it. So an `else` that is left
//! 1e-15 can happen, one that is left nothing cannot, and a range is one however narrow it is.

use crate::model::{Alternative, Likelihood};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};
use rustc_hash::FxHashSet;

/// How many corners a draw may have.
const CORNERS_MAX: usize = 1 << 16;

/// Which distributions are looked over for a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Freedom {
    /// None: the estimate.
    Estimate,
    /// Likelihoods within their ranges, decisions by the baseline policy.
    Likelihoods,
    /// Decisions free, likelihoods at their estimates.
    Decisions,
    /// Both.
    Both,
}

/// Distributions over the alternatives of a rule (the last entry is `else`) or the options of a
/// decision. Each adds up to 1, and an entry is above 0 exactly where it is possible.
#[derive(Clone, Debug)]
pub struct Distribution {
    /// The estimate.
    pub estimate: Vec<f64>,
    /// The corners of the polytope that the ranges allow; one where nothing is ranged.
    pub likelihoods: Vec<Vec<f64>>,
    /// For a decision: the pure choices. For a rule: the estimate alone.
    pub decisions: Vec<Vec<f64>>,
    /// Whether there are too many corners to list, so that those of `likelihoods` span more than the ranges
    /// allow.
    pub relaxed: bool,
}

impl Distribution {
    /// Of a rule: alternatives, and `else` for the rest.
    #[must_use]
    pub fn of_rule(alternatives: &[Alternative]) -> Self {
        let ranges: Vec<Range> =
            alternatives.iter().map(|a| Range::of(a.likelihood.as_ref())).collect();
        let with_rest = |given: Vec<BigRational>| {
            let rest = rest(&given);
            given.iter().chain([&rest]).map(double).collect::<Vec<f64>>()
        };
        let estimate = with_rest(estimate(&ranges));
        let likelihoods = corners(&ranges, false).into_iter().map(with_rest).collect();
        let relaxed = are_many(&ranges, false);
        Self { decisions: vec![estimate.clone()], estimate, likelihoods, relaxed }
    }

    /// Of a decision: options that give no likelihood share equally what the others leave.
    #[must_use]
    pub fn of_decision(options: &[Alternative]) -> Self {
        let given = options.iter().filter_map(|option| option.likelihood.as_ref());
        let given: Vec<Range> = given.map(|likelihood| Range::of(Some(likelihood))).collect();
        let open = options.len() - given.len();
        let spread = |chosen: Vec<BigRational>| {
            let share = double(&(rest(&chosen) / BigInt::from(open.max(1))));
            let mut chosen = chosen.iter().map(double);
            let pick = |option: &Alternative| match option.likelihood {
                Some(_) => chosen.next().unwrap_or(share),
                None => share,
            };
            options.iter().map(pick).collect::<Vec<f64>>()
        };
        let baseline = if open == 0 { at(&given, &filling(&given)) } else { estimate(&given) };
        let likelihoods = corners(&given, open == 0).into_iter().map(spread).collect();
        let pure = |index: usize| (0..options.len()).map(move |i| f64::from(u8::from(i == index)));
        Self {
            estimate: spread(baseline),
            likelihoods,
            decisions: (0..options.len()).map(|index| pure(index).collect()).collect(),
            relaxed: are_many(&given, open == 0),
        }
    }

    /// The corners for one freedom of a rule (`decides` false) or a decision.
    #[must_use]
    pub fn corners(&self, freedom: Freedom, decides: bool) -> Vec<Vec<f64>> {
        match (freedom, decides) {
            (Freedom::Estimate, _) | (Freedom::Decisions, false) => vec![self.estimate.clone()],
            (Freedom::Likelihoods, _) | (Freedom::Both, false) => self.likelihoods.clone(),
            (Freedom::Decisions | Freedom::Both, true) => self.decisions.clone(),
        }
    }
}

/// The probability that two things that hang on nothing in common both happen: above 0 where both are
/// possible, however rare they are together.
#[must_use]
pub fn both(one: f64, other: f64) -> f64 {
    let product = one * other;
    if product == 0.0 && one > 0.0 && other > 0.0 { f64::MIN_POSITIVE } else { product }
}

/// The ends of a likelihood.
struct Range {
    low: BigRational,
    high: BigRational,
}

impl Range {
    fn of(likelihood: Option<&Likelihood>) -> Self {
        let one = || (BigRational::one(), BigRational::one());
        let (low, high) = likelihood.map_or_else(one, Likelihood::exact);
        Self { low, high }
    }

    fn width(&self) -> BigRational {
        &self.high - &self.low
    }
}

/// The nearest double; above 0 where the fraction is.
fn double(exact: &BigRational) -> f64 {
    let nearest = exact.to_f64().unwrap_or_default();
    if exact.is_positive() { nearest.max(f64::MIN_POSITIVE) } else { nearest }
}

/// What is left of 1. Values that were computed, not written, may add up to a little more.
fn rest(given: &[BigRational]) -> BigRational {
    (BigRational::one() - given.iter().sum::<BigRational>()).max(BigRational::zero())
}

/// Every range at the same share of its width.
fn at(ranges: &[Range], share: &BigRational) -> Vec<BigRational> {
    ranges.iter().map(|range| &range.low + share * range.width()).collect()
}

/// The share of their widths at which the ranges add up to exactly 1.
fn filling(ranges: &[Range]) -> BigRational {
    let width: BigRational = ranges.iter().map(Range::width).sum();
    if width.is_zero() {
        return width;
    }
    let low: BigRational = ranges.iter().map(|range| &range.low).sum();
    ((BigRational::one() - low) / width).clamp(BigRational::zero(), BigRational::one())
}

/// Midpoints; where they add up to more than 1, the largest common share that does not.
fn estimate(ranges: &[Range]) -> Vec<BigRational> {
    let middle = at(ranges, &BigRational::new(1.into(), 2.into()));
    if middle.iter().sum::<BigRational>() > BigRational::one() {
        return at(ranges, &filling(ranges));
    }
    middle
}

/// The corners of `low <= p <= high`, `sum p <= 1` (`= 1` where `full`): every entry at an end of
/// its range, but at most one that takes what the others leave of 1. Where there are too many of them,
/// those of the simplex around it: all that may be added to the lower ends goes to one.
fn corners(ranges: &[Range], full: bool) -> Vec<Vec<BigRational>> {
    let one = BigRational::one();
    let free = free(ranges);
    if free.is_empty() {
        return vec![estimate(ranges)];
    }
    if are_many(ranges, full) {
        return simplex(ranges, &free, full);
    }
    let mut found: Vec<Vec<BigRational>> = Vec::new();
    let mut known: FxHashSet<Vec<BigRational>> = FxHashSet::default();
    let mut add = |corner: Vec<BigRational>| {
        if known.insert(corner.clone()) {
            found.push(corner);
        }
    };
    let ends = |filler: Option<usize>, bits: usize| {
        let mut corner: Vec<BigRational> = ranges.iter().map(|range| range.low.clone()).collect();
        for (bit, &i) in free.iter().filter(|&&i| Some(i) != filler).enumerate() {
            if bits >> bit & 1 == 1 {
                corner[i].clone_from(&ranges[i].high);
            }
        }
        corner
    };
    for bits in 0..1_usize << free.len() {
        let corner = ends(None, bits);
        let sum: BigRational = corner.iter().sum();
        if sum == one || (!full && sum < one) {
            add(corner);
        }
    }
    for &filler in &free {
        for bits in 0..1_usize << (free.len() - 1) {
            let mut corner = ends(Some(filler), bits);
            let sum: BigRational = corner.iter().sum();
            corner[filler] = &one - (sum - &corner[filler]);
            if corner[filler] > ranges[filler].low && corner[filler] < ranges[filler].high {
                add(corner);
            }
        }
    }
    if found.is_empty() {
        found.push(estimate(ranges));
    }
    found
}

/// The ranges that are one.
fn free(ranges: &[Range]) -> Vec<usize> {
    (0..ranges.len()).filter(|&i| ranges[i].low < ranges[i].high).collect()
}

/// Whether there are too many corners to list: each range at one of its ends, and, where that can be more
/// than 1, each one between.
fn are_many(ranges: &[Range], full: bool) -> bool {
    let free = free(ranges).len() as u32;
    let high: BigRational = ranges.iter().map(|range| &range.high).sum();
    let between = if full || high > BigRational::one() { free as usize } else { 0 };
    let ends = 1_usize.checked_shl(free).filter(|_| free < 32).unwrap_or(usize::MAX);
    ends.saturating_add(ends.saturating_mul(between) / 2) > CORNERS_MAX
}

fn simplex(ranges: &[Range], free: &[usize], full: bool) -> Vec<Vec<BigRational>> {
    let low: Vec<BigRational> = ranges.iter().map(|range| range.low.clone()).collect();
    let width: BigRational = ranges.iter().map(Range::width).sum();
    let more = rest(&low).min(width);
    let with = |&at: &usize| {
        let mut corner = low.clone();
        corner[at] += &more;
        corner
    };
    let least = (!full).then(|| low.clone());
    least.into_iter().chain(free.iter().map(with)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranges(all: &[(f64, f64)]) -> Vec<Range> {
        let range = |&(low, high): &(f64, f64)| {
            let ends = Likelihood { low, high, param: None, text: String::new() };
            Range::of(Some(&ends))
        };
        all.iter().map(range).collect()
    }

    #[test]
    fn midpoints_that_add_up_to_more_than_one_are_taken_less_far_up() {
        let given = estimate(&ranges(&[(0.2, 0.45), (0.5, 0.9)]));
        assert_eq!(double(&given[1]), 0.684_615_384_615_384_6);
        assert!(rest(&given).is_zero());
    }

    #[test]
    fn a_corner_can_lie_inside_one_range() {
        let all = corners(&ranges(&[(0.2, 0.7), (0.4, 0.6)]), false);
        // Both low; only the second high; the first filling up to 1 beside either end of the second.
        assert_eq!(all.len(), 4, "{all:?}");
        assert!(all.iter().all(|corner| corner.iter().sum::<BigRational>() <= BigRational::one()));
    }

    /// Each point that the ranges allow is a mean of the corners, however many ranges there are.
    #[test]
    fn corners_that_are_too_many_are_enclosed() {
        for count in [12, 16, 17, 40] {
            let all = ranges(&vec![(0.01, 0.03); count]);
            for full in [false, true] {
                let corners = corners(&all, full);
                assert!(corners.len() <= CORNERS_MAX, "{}", corners.len());
                for corner in &corners {
                    let sum: BigRational = corner.iter().sum();
                    assert!(sum <= BigRational::one(), "{sum}");
                    assert!(corner.iter().zip(&all).all(|(value, range)| *value >= range.low));
                }
                let greatest = |at: usize| corners.iter().map(|corner| &corner[at]).max();
                let reach = |at| full || greatest(at).is_some_and(|most| *most >= all[at].high);
                assert!((0..count).all(reach));
            }
        }
    }

    #[test]
    fn what_decimals_leave_is_exact() {
        let left = |all: &[(f64, f64)]| double(&rest(&estimate(&ranges(all))));
        assert_eq!(left(&[(0.1, 0.1), (0.2, 0.2), (0.7, 0.7)]), 0.0);
        assert_eq!(left(&[(0.999_999_999_999_999, 0.999_999_999_999_999)]), 1e-15);
        assert_eq!(left(&[(0.5, 0.5), (0.499_999_999_999_999, 0.499_999_999_999_999)]), 1e-15);
    }

    #[test]
    fn a_narrow_range_is_a_range() {
        assert_eq!(corners(&ranges(&[(0.0, 1e-300)]), false).len(), 2);
        let narrow = (0.5, 0.500_000_000_000_000_1);
        let mut lows: Vec<f64> = corners(&ranges(&[narrow]), false)
            .into_iter()
            .map(|corner| double(&corner[0]))
            .collect();
        lows.sort_by(f64::total_cmp);
        assert_eq!(lows, [narrow.0, narrow.1]);
    }
}
