//! What a rule or decision draws: its distribution, and the corners of what its ranges allow.

use crate::model::{Alternative, Likelihood};

/// How many corners a draw may have; a rule with a dozen ranged alternatives stays below.
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
/// decision. Each adds up to 1.
#[derive(Clone, Debug)]
pub struct Distribution {
    /// The estimate.
    pub estimate: Vec<f64>,
    /// The corners of the polytope that the ranges allow; one where nothing is ranged.
    pub likelihoods: Vec<Vec<f64>>,
    /// For a decision: the pure choices. For a rule: the estimate alone.
    pub decisions: Vec<Vec<f64>>,
}

impl Distribution {
    /// Of a rule: alternatives, and `else` for the rest.
    #[must_use]
    pub fn of_rule(alternatives: &[Alternative]) -> Self {
        let ranges: Vec<_> = alternatives.iter().map(|a| range(a.likelihood.as_ref())).collect();
        let with_rest = |mut given: Vec<f64>| {
            given.push(rest(&given));
            given
        };
        let estimate = with_rest(estimate(&ranges));
        let likelihoods = corners(&ranges, false).into_iter().map(with_rest).collect();
        Self { decisions: vec![estimate.clone()], estimate, likelihoods }
    }

    /// Of a decision: options that give no likelihood share equally what the others leave.
    #[must_use]
    pub fn of_decision(options: &[Alternative]) -> Self {
        let given: Vec<_> = options
            .iter()
            .filter(|option| option.likelihood.is_some())
            .map(|option| range(option.likelihood.as_ref()))
            .collect();
        let open = options.len() - given.len();
        let spread = |chosen: &[f64]| {
            let share = rest(chosen) / open.max(1) as f64;
            let mut chosen = chosen.iter();
            let pick = |option: &Alternative| match option.likelihood {
                Some(_) => chosen.next().copied().unwrap_or(share),
                None => share,
            };
            options.iter().map(pick).collect::<Vec<f64>>()
        };
        let baseline = if open == 0 { at(&given, filling(&given)) } else { estimate(&given) };
        let likelihoods =
            corners(&given, open == 0).iter().map(|chosen| spread(chosen)).collect::<Vec<_>>();
        let pure = |index: usize| (0..options.len()).map(move |i| f64::from(u8::from(i == index)));
        Self {
            estimate: spread(&baseline),
            likelihoods,
            decisions: (0..options.len()).map(|index| pure(index).collect()).collect(),
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

fn range(likelihood: Option<&Likelihood>) -> (f64, f64) {
    likelihood.map_or((1.0, 1.0), |likelihood| (likelihood.low, likelihood.high))
}

/// What is left of 1, without the noise of adding up decimal fractions.
fn rest(given: &[f64]) -> f64 {
    let left = 1.0 - given.iter().sum::<f64>();
    if left < 1e-12 { 0.0 } else { left }
}

/// Every range at the same share of its width.
fn at(ranges: &[(f64, f64)], share: f64) -> Vec<f64> {
    ranges.iter().map(|(low, high)| low + share * (high - low)).collect()
}

/// The share of their widths at which the ranges add up to exactly 1.
fn filling(ranges: &[(f64, f64)]) -> f64 {
    let low: f64 = ranges.iter().map(|(low, _)| low).sum();
    let width: f64 = ranges.iter().map(|(low, high)| high - low).sum();
    if width > 0.0 { ((1.0 - low) / width).clamp(0.0, 1.0) } else { 0.0 }
}

/// Midpoints; where they add up to more than 1, the largest common share that does not.
fn estimate(ranges: &[(f64, f64)]) -> Vec<f64> {
    let middle = at(ranges, 0.5);
    if middle.iter().sum::<f64>() > 1.0 + 1e-12 { at(ranges, filling(ranges)) } else { middle }
}

/// The corners of `low <= p <= high`, `sum p <= 1` (`= 1` where `full`): every entry at an end of
/// its range, but at most one that takes what the others leave of 1.
fn corners(ranges: &[(f64, f64)], full: bool) -> Vec<Vec<f64>> {
    let mut found: Vec<Vec<f64>> = Vec::new();
    let mut add = |corner: Vec<f64>| {
        let same = |other: &Vec<f64>| other.iter().zip(&corner).all(|(a, b)| (a - b).abs() < 1e-13);
        if found.len() < CORNERS_MAX && !found.iter().any(same) {
            found.push(corner);
        }
    };
    let free: Vec<usize> = (0..ranges.len()).filter(|&i| ranges[i].0 < ranges[i].1).collect();
    let ends = |filler: Option<usize>, bits: usize| {
        let mut corner: Vec<f64> = ranges.iter().map(|range| range.0).collect();
        for (bit, &i) in free.iter().filter(|&&i| Some(i) != filler).enumerate() {
            corner[i] = if bits >> bit & 1 == 1 { ranges[i].1 } else { ranges[i].0 };
        }
        corner
    };
    for bits in 0..1_usize << free.len().min(20) {
        let corner = ends(None, bits);
        let sum: f64 = corner.iter().sum();
        let whole = (sum - 1.0).abs() < 1e-12;
        if whole || (!full && sum < 1.0) {
            add(corner);
        }
    }
    for &filler in &free {
        for bits in 0..1_usize << (free.len() - 1).min(20) {
            let mut corner = ends(Some(filler), bits);
            corner[filler] = 0.0;
            corner[filler] = 1.0 - corner.iter().sum::<f64>();
            let (low, high) = ranges[filler];
            if corner[filler] > low + 1e-13 && corner[filler] < high - 1e-13 {
                add(corner);
            }
        }
    }
    if found.is_empty() {
        found.push(estimate(ranges));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn midpoints_that_add_up_to_more_than_one_are_taken_less_far_up() {
        let given = estimate(&[(0.2, 0.45), (0.5, 0.9)]);
        assert!((given[1] - 0.684_615_384_615).abs() < 1e-9);
        assert!((given.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_corner_can_lie_inside_one_range() {
        let mut all = corners(&[(0.2, 0.7), (0.4, 0.6)], false);
        all.sort_by(|a, b| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
        // Both low; only the second high; the first filling up to 1 beside either end of the second.
        assert_eq!(all.len(), 4, "{all:?}");
        assert!(all.iter().all(|corner| corner.iter().sum::<f64>() <= 1.0 + 1e-12));
    }
}
