//! What of a change is due to which of several differences.
//!
//! The shares are Shapley values (Shapley 1953): of each difference the mean of what it changes when it
//! comes after a set of the others, over all orders. They add up to the whole change, treat differences
//! that do the same alike, and give nothing to one that never changes anything.

use rustc_hash::FxHashMap;

/// Up to so many bundles all subsets are evaluated.
const MOST_EXACT: usize = 8;
/// Beyond, so many evaluations are spent on orders, but on no fewer than two orders.
const EVALUATIONS: usize = 256;
/// The most orders.
const MOST_ORDERS: usize = 16;

/// The shares of differences in a change.
#[derive(Clone, Debug)]
pub struct Attribution {
    /// How they were found.
    pub method: SharesMethod,
    /// The bundles, by their first difference: indices of differences that only go together.
    pub bundles: Vec<Bundle>,
}

/// Differences that only go together, with their share.
#[derive(Clone, Debug)]
pub struct Bundle {
    /// Their indices.
    pub differences: Vec<usize>,
    /// Their share of the change of each value.
    pub shares: Vec<f64>,
}

/// How shares are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SharesMethod {
    /// Over all orders.
    Exact,
    /// Over this many orders: as listed, drawn with a fixed seed, and the reverse of each.
    Orders(usize),
}

/// The shares of `count` differences, beginning with these bundles. `values` gives the values with
/// those differences of which it is told so, for several sets at once; `None` where there is no such
/// scenario: then what is missing is bundled with what needs it.
///
/// The values with none and with all of the bundles' differences must exist; `None` otherwise.
pub fn attribute(
    count: usize,
    mut bundles: Vec<Vec<usize>>,
    mut values: impl FnMut(&[Vec<bool>]) -> Vec<Option<Vec<f64>>>,
) -> Option<Attribution> {
    let mut known: Known = FxHashMap::default();
    loop {
        let orders = (bundles.len() > MOST_EXACT).then(|| orders(bundles.len()));
        let sets = match &orders {
            None => subsets(bundles.len()),
            Some(orders) => prefixes(orders),
        };
        let masks: Vec<Vec<bool>> = sets.iter().map(|set| mask(count, &bundles, set)).collect();
        let mut wanted: Vec<Vec<bool>> =
            masks.iter().filter(|mask| !known.contains_key(*mask)).cloned().collect();
        wanted.sort_unstable();
        wanted.dedup();
        for (mask, found) in wanted.iter().zip(values(&wanted)) {
            known.insert(mask.clone(), found);
        }
        let fails = |at: &usize| known.get(&masks[*at]).is_none_or(Option::is_none);
        let failing = (0..sets.len()).filter(fails).min_by_key(|&at| sets[at].len());
        let Some(failing) = failing else {
            let value = |set: &[usize]| known[&mask(count, &bundles, set)].clone();
            let (method, shares) = match &orders {
                None => (SharesMethod::Exact, exact(bundles.len(), value)),
                Some(orders) => {
                    (SharesMethod::Orders(orders.len()), over(bundles.len(), orders, value))
                }
            };
            let bundle = |(differences, shares)| Bundle { differences, shares };
            return Some(Attribution {
                method,
                bundles: bundles.into_iter().zip(shares).map(bundle).collect(),
            });
        };
        let set = &sets[failing];
        if set.is_empty() || set.len() == bundles.len() {
            return None;
        }
        let partners = partners(count, &bundles, set, &known, &mut values);
        merge(&mut bundles, &partners);
    }
}

type Known = FxHashMap<Vec<bool>, Option<Vec<f64>>>;

/// What to put together where a set gives no scenario: one of it with the first bundle outside with
/// which it gives one; otherwise everything.
fn partners(
    count: usize,
    bundles: &[Vec<usize>],
    set: &[usize],
    known: &Known,
    values: &mut impl FnMut(&[Vec<bool>]) -> Vec<Option<Vec<f64>>>,
) -> Vec<usize> {
    let outside: Vec<usize> = (0..bundles.len()).filter(|at| !set.contains(at)).collect();
    let grown: Vec<Vec<bool>> =
        outside.iter().map(|&more| mask(count, bundles, &[set, &[more]].concat())).collect();
    let found = grown
        .iter()
        .zip(values(&grown))
        .map(|(mask, found)| found.is_some() || known.get(mask).is_some_and(Option::is_some));
    let helps = outside.iter().zip(found).find(|(_, found)| *found).map(|(&more, _)| more);
    let Some(helps) = helps else { return (0..bundles.len()).collect() };
    // The one that is at fault is that without which the set gives a scenario.
    let shrunk =
        |one: usize| -> Vec<usize> { set.iter().copied().filter(|at| *at != one).collect() };
    let at_fault = set
        .iter()
        .copied()
        .find(|&one| known.get(&mask(count, bundles, &shrunk(one))).is_some_and(Option::is_some));
    match at_fault {
        Some(one) => vec![one, helps],
        None => [set, &[helps]].concat(),
    }
}

fn merge(bundles: &mut Vec<Vec<usize>>, which: &[usize]) {
    let mut which = which.to_vec();
    which.sort_unstable();
    let Some((&first, others)) = which.split_first() else { return };
    for &other in others.iter().rev() {
        let more = bundles.remove(other);
        bundles[first].extend(more);
    }
    bundles[first].sort_unstable();
}

fn mask(count: usize, bundles: &[Vec<usize>], set: &[usize]) -> Vec<bool> {
    let mut mask = vec![false; count];
    set.iter().flat_map(|&bundle| &bundles[bundle]).for_each(|&at| mask[at] = true);
    mask
}

/// All subsets of so many.
fn subsets(count: usize) -> Vec<Vec<usize>> {
    let members = |set: usize| (0..count).filter(|at| set >> at & 1 == 1).collect();
    (0..1_usize << count).map(members).collect()
}

/// As listed and reversed, then permutations drawn with a fixed seed, each with its reverse.
fn orders(count: usize) -> Vec<Vec<usize>> {
    let pairs = (EVALUATIONS / count.max(1)).clamp(2, MOST_ORDERS) / 2;
    let mut random = SplitMix(0);
    let mut orders = Vec::new();
    for pair in 0..pairs {
        let mut order: Vec<usize> = (0..count).collect();
        if pair > 0 {
            for last in (1..count).rev() {
                order.swap(last, random.below(last + 1));
            }
        }
        let reverse = order.iter().rev().copied().collect();
        orders.extend([order, reverse]);
    }
    orders
}

fn prefixes(orders: &[Vec<usize>]) -> Vec<Vec<usize>> {
    orders.iter().flat_map(|order| (0..=order.len()).map(|end| order[..end].to_vec())).collect()
}

fn exact(count: usize, value: impl Fn(&[usize]) -> Option<Vec<f64>>) -> Vec<Vec<f64>> {
    // With `n` in all, a set of `s` others comes first in s! (n - s - 1)! of the n! orders.
    let mut weights = vec![1.0 / count.max(1) as f64; count];
    for size in 1..count {
        weights[size] = weights[size - 1] * size as f64 / (count - size) as f64;
    }
    let values: Vec<Vec<f64>> =
        subsets(count).iter().map(|set| value(set).unwrap_or_default()).collect();
    let share = |one: usize| {
        let mut share = vec![0.0; values.first().map_or(0, Vec::len)];
        for set in (0..values.len()).filter(|set| set >> one & 1 == 0) {
            let weight = weights[set.count_ones() as usize];
            add(&mut share, weight, &values[set | 1 << one], &values[set]);
        }
        share
    };
    (0..count).map(share).collect()
}

fn over(
    count: usize,
    orders: &[Vec<usize>],
    value: impl Fn(&[usize]) -> Option<Vec<f64>>,
) -> Vec<Vec<f64>> {
    let mut shares: Vec<Vec<f64>> = vec![Vec::new(); count];
    for order in orders {
        let mut before = value(&[]).unwrap_or_default();
        for (at, &one) in order.iter().enumerate() {
            let after = value(&order[..=at]).unwrap_or_default();
            shares[one].resize(after.len(), 0.0);
            add(&mut shares[one], 1.0 / orders.len() as f64, &after, &before);
            before = after;
        }
    }
    shares
}

fn add(share: &mut [f64], weight: f64, after: &[f64], before: &[f64]) {
    for ((share, after), before) in share.iter_mut().zip(after).zip(before) {
        *share += weight * (after - before);
    }
}

/// A small generator (Steele, Lea and Flood 2014), enough for orders.
struct SplitMix(u64);

impl SplitMix {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ mixed >> 31) % end.max(1) as u64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::{SharesMethod, attribute};

    /// v = 3a + 2b + 4ab: by hand a: 3 + 2, b: 2 + 2.
    #[test]
    fn shares_of_an_interplay_are_halved() {
        let found = attribute(2, vec![vec![0], vec![1]], |sets| {
            let value = |set: &Vec<bool>| {
                let (a, b) = (f64::from(u8::from(set[0])), f64::from(u8::from(set[1])));
                Some(vec![3.0 * a + 2.0 * b + 4.0 * a * b])
            };
            sets.iter().map(value).collect()
        });
        let shares: Vec<f64> =
            found.into_iter().flat_map(|it| it.bundles).map(|it| it.shares[0]).collect();
        assert_eq!(shares, [5.0, 4.0]);
    }

    /// The second needs the first.
    #[test]
    fn what_only_goes_together_is_bundled() {
        let found = attribute(3, vec![vec![0], vec![1], vec![2]], |sets| {
            let value = |set: &Vec<bool>| {
                let sum = set.iter().filter(|one| **one).count() as f64;
                (set[0] || !set[1]).then(|| vec![sum])
            };
            sets.iter().map(value).collect()
        });
        let bundles: Vec<Vec<usize>> =
            found.into_iter().flat_map(|it| it.bundles).map(|it| it.differences).collect();
        assert_eq!(bundles, [vec![0, 1], vec![2]]);
    }

    /// Many differences: the parts add up all the same, and equal ones get the same in both orders.
    #[test]
    fn many_shares_add_up() {
        let count = 20;
        let found = attribute(count, (0..count).map(|at| vec![at]).collect(), |sets| {
            let value = |set: &Vec<bool>| {
                let sum = set.iter().filter(|one| **one).count() as f64;
                Some(vec![sum * sum])
            };
            sets.iter().map(value).collect()
        });
        let found = found.unwrap_or_else(|| unreachable!());
        assert_eq!(found.method, SharesMethod::Orders(12));
        let sum: f64 = found.bundles.iter().map(|bundle| bundle.shares[0]).sum();
        assert!((sum - 400.0).abs() < 1e-9, "{sum}");
        assert!(found.bundles.iter().all(|bundle| (bundle.shares[0] - 20.0).abs() < 1e-9));
    }
}
