//! What a rule or decision draws: its distribution, and the corners of what its ranges allow.
//!
//! What is possible, and which ends fit together, is decided in exact fractions: a likelihood is the
//! decimal fraction that it is written as, not the double nearest to it. So an `else` that is left
//! 1e-15 can happen, one that is left nothing cannot, and a range is one however narrow it is. Where no end
//! has more than 30 digits behind the point, whole numbers do for that.

use crate::model::{Alternative, Likelihood, decimal};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};
use rustc_hash::FxHashSet;
use std::hash::Hash;
use std::iter::Sum;
use std::ops::Sub;

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
        let likelihoods = || alternatives.iter().map(|alternative| alternative.likelihood.as_ref());
        if let Some(ranges) = likelihoods().map(Range::in_units).collect::<Option<Vec<_>>>() {
            let middle: Vec<Units> = ranges.iter().map(Range::middle).collect();
            if middle.iter().cloned().sum::<Units>() <= Units::one() {
                return Self::of_ranges(&ranges, middle);
            }
        }
        let ranges: Vec<_> = likelihoods().map(Range::of).collect();
        Self::of_ranges(&ranges, estimate(&ranges))
    }

    fn of_ranges<S: Share>(ranges: &[Range<S>], estimate: Vec<S>) -> Self {
        let with_rest = |given: Vec<S>| {
            let rest = rest(&given);
            given.iter().chain([&rest]).map(S::double).collect::<Vec<f64>>()
        };
        let likelihoods = corners(ranges, &estimate, false).into_iter().map(with_rest).collect();
        let (estimate, relaxed) = (with_rest(estimate), are_many(ranges, false));
        Self { decisions: vec![estimate.clone()], estimate, likelihoods, relaxed }
    }

    /// Of a decision: options that give no likelihood share equally what the others leave.
    #[must_use]
    pub fn of_decision(options: &[Alternative]) -> Self {
        let given = options.iter().filter_map(|option| option.likelihood.as_ref());
        let given: Vec<_> = given.map(|likelihood| Range::of(Some(likelihood))).collect();
        let open = options.len() - given.len();
        let spread = |chosen: Vec<BigRational>| {
            let share = (rest(&chosen) / BigInt::from(open.max(1))).double();
            let mut chosen = chosen.iter().map(Share::double);
            let pick = |option: &Alternative| match option.likelihood {
                Some(_) => {
                    let next = chosen.next();
                    debug_assert!(next.is_some(), "a value is chosen for each likelihood given");
                    next.unwrap_or(share)
                }
                None => share,
            };
            options.iter().map(pick).collect::<Vec<f64>>()
        };
        let baseline = if open == 0 { at(&given, &filling(&given)) } else { estimate(&given) };
        let likelihoods = corners(&given, &baseline, open == 0).into_iter().map(spread).collect();
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

/// A part of 1, exactly.
trait Share: Clone + Ord + Hash + Sum + Sub<Output = Self> {
    /// Nothing of it.
    fn zero() -> Self;
    /// All of it.
    fn one() -> Self;
    /// The nearest double; above 0 where this is.
    fn double(&self) -> f64;
}

impl Share for BigRational {
    fn zero() -> Self {
        Zero::zero()
    }

    fn one() -> Self {
        One::one()
    }

    fn double(&self) -> f64 {
        let nearest = self.to_f64();
        debug_assert!(nearest.is_some_and(f64::is_finite), "a share is no more than 1");
        let nearest = nearest.unwrap_or_default();
        if self.is_positive() { nearest.max(f64::MIN_POSITIVE) } else { nearest }
    }
}

/// So many halves of 1e-30.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Units(i128);

/// Digits behind the point.
const PLACES: i32 = 30;
/// Units in 1.
const ALL: i128 = 2 * FEW * FEW;
/// What is written with 15 digits behind the point counts as many of these as there are units in it.
const FEW: i128 = 1_000_000_000_000_000;

impl Units {
    /// The decimal fraction that a double stands for, if so many digits are enough.
    fn of(value: f64) -> Option<Self> {
        // Both are whole numbers that a double holds, so that the quotient is the nearest double.
        let few = (value * FEW as f64).round();
        if few / FEW as f64 == value {
            return Some(Self(few as i128 * (ALL / FEW)));
        }
        let (digits, power) = decimal(value);
        let shift = u32::try_from(PLACES + power).ok()?;
        i128::from(digits).checked_mul(2 * 10_i128.checked_pow(shift)?).map(Self)
    }
}

impl Sum for Units {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        Self(all.map(|one| one.0).sum())
    }
}

impl Sub for Units {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Share for Units {
    fn zero() -> Self {
        Self(0)
    }

    fn one() -> Self {
        Self(ALL)
    }

    fn double(&self) -> f64 {
        if self.0 % FEW == 0 {
            return (self.0 / FEW) as f64 / (ALL / FEW) as f64;
        }
        BigRational::new_raw(self.0.into(), ALL.into()).double()
    }
}

/// The ends of a likelihood.
struct Range<S> {
    low: S,
    high: S,
}

impl Range<BigRational> {
    fn of(likelihood: Option<&Likelihood>) -> Self {
        let one = || (Share::one(), Share::one());
        let (low, high) = likelihood.map_or_else(one, Likelihood::exact);
        Self { low, high }
    }
}

impl Range<Units> {
    fn in_units(likelihood: Option<&Likelihood>) -> Option<Self> {
        let (low, high) = likelihood.map_or((1.0, 1.0), |ends| (ends.low, ends.high));
        Some(Self { low: Units::of(low)?, high: Units::of(high)? })
    }

    fn middle(&self) -> Units {
        Units(self.low.0.midpoint(self.high.0))
    }
}

impl<S: Share> Range<S> {
    fn width(&self) -> S {
        self.high.clone() - self.low.clone()
    }
}

/// What is left of 1. Values that were computed, not written, may add up to a little more.
fn rest<S: Share>(given: &[S]) -> S {
    let sum = given.iter().cloned().sum();
    if sum < S::one() { S::one() - sum } else { S::zero() }
}

/// Every range at the same share of its width.
fn at(ranges: &[Range<BigRational>], share: &BigRational) -> Vec<BigRational> {
    ranges.iter().map(|range| &range.low + share * range.width()).collect()
}

/// The share of their widths at which the ranges add up to exactly 1.
fn filling(ranges: &[Range<BigRational>]) -> BigRational {
    let width: BigRational = ranges.iter().map(Range::width).sum();
    if width.is_zero() {
        return width;
    }
    let low: BigRational = ranges.iter().map(|range| &range.low).sum();
    ((<BigRational as Share>::one() - low) / width).clamp(Share::zero(), Share::one())
}

/// Midpoints; where they add up to more than 1, the largest common share that does not.
fn estimate(ranges: &[Range<BigRational>]) -> Vec<BigRational> {
    let middle = at(ranges, &BigRational::new(1.into(), 2.into()));
    if middle.iter().sum::<BigRational>() > Share::one() {
        return at(ranges, &filling(ranges));
    }
    middle
}

/// The corners of `low <= p <= high`, `sum p <= 1` (`= 1` where `full`): every entry at an end of
/// its range, but at most one that takes what the others leave of 1. Where there are too many of them,
/// those of the simplex around it: all that may be added to the lower ends goes to one.
fn corners<S: Share>(ranges: &[Range<S>], estimate: &[S], full: bool) -> Vec<Vec<S>> {
    let free = free(ranges);
    if free.is_empty() {
        return vec![estimate.to_vec()];
    }
    if are_many(ranges, full) {
        return simplex(ranges, &free, full);
    }
    let mut found: Vec<Vec<S>> = Vec::new();
    let mut known: FxHashSet<Vec<S>> = FxHashSet::default();
    let mut add = |corner: Vec<S>| {
        if known.insert(corner.clone()) {
            found.push(corner);
        }
    };
    let ends = |filler: Option<usize>, bits: usize| {
        let mut corner: Vec<S> = ranges.iter().map(|range| range.low.clone()).collect();
        for (bit, &i) in free.iter().filter(|&&i| Some(i) != filler).enumerate() {
            if bits >> bit & 1 == 1 {
                corner[i].clone_from(&ranges[i].high);
            }
        }
        corner
    };
    for bits in 0..1_usize << free.len() {
        let corner = ends(None, bits);
        let sum = corner.iter().cloned().sum::<S>();
        if sum == S::one() || (!full && sum < S::one()) {
            add(corner);
        }
    }
    for &filler in &free {
        for bits in 0..1_usize << (free.len() - 1) {
            let mut corner = ends(Some(filler), bits);
            corner[filler] = S::zero();
            // Where the others leave nothing, the rest is 0, as the low end at least is.
            let rest = rest(&corner);
            if rest > ranges[filler].low && rest < ranges[filler].high {
                corner[filler] = rest;
                add(corner);
            }
        }
    }
    if found.is_empty() {
        found.push(estimate.to_vec());
    }
    found
}

/// The ranges that are one.
fn free<S: Share>(ranges: &[Range<S>]) -> Vec<usize> {
    (0..ranges.len()).filter(|&i| ranges[i].low < ranges[i].high).collect()
}

/// Whether there are too many corners to list: each range at one of its ends, and, where that can be more
/// than 1, each one between.
fn are_many<S: Share>(ranges: &[Range<S>], full: bool) -> bool {
    let free = free(ranges).len() as u32;
    let more = || ranges.iter().map(|range| range.high.clone()).sum::<S>() > S::one();
    let between = if full || more() { free as usize } else { 0 };
    let ends = 1_usize.checked_shl(free).filter(|_| free < 32).unwrap_or(usize::MAX);
    ends.saturating_add(ends.saturating_mul(between) / 2) > CORNERS_MAX
}

fn simplex<S: Share>(ranges: &[Range<S>], free: &[usize], full: bool) -> Vec<Vec<S>> {
    let low: Vec<S> = ranges.iter().map(|range| range.low.clone()).collect();
    let more = rest(&low).min(ranges.iter().map(Range::width).sum());
    let with = |&at: &usize| {
        let mut corner = low.clone();
        corner[at] = [corner[at].clone(), more.clone()].into_iter().sum();
        corner
    };
    let least = (!full).then(|| low.clone());
    least.into_iter().chain(free.iter().map(with)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranges(all: &[(f64, f64)]) -> Vec<Range<BigRational>> {
        let range = |&(low, high): &(f64, f64)| {
            let ends = Likelihood { low, high, param: None, text: String::new() };
            Range::of(Some(&ends))
        };
        all.iter().map(range).collect()
    }

    fn all_corners(ranges: &[Range<BigRational>], full: bool) -> Vec<Vec<BigRational>> {
        corners(ranges, &estimate(ranges), full)
    }

    /// What is written with few digits comes out the same either way.
    #[test]
    fn whole_numbers_are_as_exact_as_fractions() {
        for all in [
            &[(0.1, 0.3), (0.25, 0.45)][..],
            &[(0.3, 0.8), (0.2, 0.9)],
            &[(0.0, 0.000_000_000_000_001), (0.999_999_999_999_999, 1.0)],
            &[(0.333, 0.333), (0.1, 0.7)],
            &[(0.123_456_789_012_345_68, 0.2), (1e-25, 3e-20)],
            &[(0.07, 0.21), (0.123_456_789_012_345, 0.2), (0.5, 0.55)],
        ] {
            let units = all
                .iter()
                .map(|&(low, high)| Some(Range { low: Units::of(low)?, high: Units::of(high)? }));
            let units: Option<Vec<Range<Units>>> = units.collect();
            assert!(units.is_some(), "{all:?}");
            let units = units.unwrap_or_default();
            let middle: Vec<Units> = units.iter().map(Range::middle).collect();
            let exact = ranges(all);
            let doubles = |one: Distribution| (one.estimate, one.likelihoods);
            if middle.iter().copied().sum::<Units>() <= Units::one() {
                let estimate = estimate(&exact);
                assert_eq!(
                    doubles(Distribution::of_ranges(&units, middle)),
                    doubles(Distribution::of_ranges(&exact, estimate))
                );
            }
        }
        assert_eq!(
            Units::of(0.500_000_000_000_000_1).map(|it| it.double()),
            Some(0.500_000_000_000_000_1)
        );
        assert_eq!(Units::of(1e-31), None);
    }

    #[test]
    fn midpoints_that_add_up_to_more_than_one_are_taken_less_far_up() {
        let given = estimate(&ranges(&[(0.2, 0.45), (0.5, 0.9)]));
        assert_eq!(given[1].double(), 0.684_615_384_615_384_6);
        assert!(rest(&given).is_zero());
    }

    #[test]
    fn a_corner_can_lie_inside_one_range() {
        let all = all_corners(&ranges(&[(0.2, 0.7), (0.4, 0.6)]), false);
        // Both low; only the second high; the first filling up to 1 beside either end of the second.
        assert_eq!(all.len(), 4, "{all:?}");
        assert!(all.iter().all(|corner| corner.iter().sum::<BigRational>() <= Share::one()));
    }

    /// Each point that the ranges allow is a mean of the corners, however many ranges there are.
    #[test]
    fn corners_that_are_too_many_are_enclosed() {
        for count in [12, 16, 17, 40] {
            let all = ranges(&vec![(0.01, 0.03); count]);
            for full in [false, true] {
                let corners = all_corners(&all, full);
                assert!(corners.len() <= CORNERS_MAX, "{}", corners.len());
                for corner in &corners {
                    let sum: BigRational = corner.iter().sum();
                    assert!(sum <= Share::one(), "{sum}");
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
        let left = |all: &[(f64, f64)]| rest(&estimate(&ranges(all))).double();
        assert_eq!(left(&[(0.1, 0.1), (0.2, 0.2), (0.7, 0.7)]), 0.0);
        assert_eq!(left(&[(0.999_999_999_999_999, 0.999_999_999_999_999)]), 1e-15);
        assert_eq!(left(&[(0.5, 0.5), (0.499_999_999_999_999, 0.499_999_999_999_999)]), 1e-15);
    }

    #[test]
    fn a_narrow_range_is_a_range() {
        assert_eq!(all_corners(&ranges(&[(0.0, 1e-300)]), false).len(), 2);
        let narrow = (0.5, 0.500_000_000_000_000_1);
        let mut lows: Vec<f64> = all_corners(&ranges(&[narrow]), false)
            .into_iter()
            .map(|corner| corner[0].double())
            .collect();
        lows.sort_by(f64::total_cmp);
        assert_eq!(lows, [narrow.0, narrow.1]);
    }
}
