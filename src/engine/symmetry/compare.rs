//! Comparisons by what they come to: `a > b + 1`, `b + 1 < a` and `a - b >= 2` are one.

use super::encode::Code;
use crate::syntax::tree::CompareOp;
use std::collections::BTreeMap;

/// Something that is counted: a variable, the level or the turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Leaf {
    /// What kind of thing it is.
    pub kind: u64,
    /// Its name.
    pub name: u64,
    /// Its least value.
    pub low: i64,
    /// Its greatest value.
    pub high: i64,
}

/// A sum of products of leaves, each with a factor; the product of none is 1.
#[derive(Clone, Debug)]
pub struct Sum {
    terms: BTreeMap<Vec<Leaf>, i128>,
    /// It never comes to more than this, above or below 0, however it is added up.
    most: i128,
}

/// Longer sums are left as they are written.
const TERMS_MAX: usize = 64;
/// Larger numbers saturate when they are worked out: then the order counts.
const MOST: i128 = i64::MAX as i128;

impl Sum {
    /// A number.
    pub fn constant(value: i64) -> Option<Self> {
        let value = i128::from(value);
        Self { terms: BTreeMap::from([(Vec::new(), value)]), most: value.abs() }.checked()
    }

    /// A leaf alone.
    pub fn leaf(leaf: Leaf) -> Self {
        let most = i128::from(leaf.low).abs().max(i128::from(leaf.high).abs());
        Self { terms: BTreeMap::from([(vec![leaf], 1)]), most }
    }

    /// With another one, so many times, added.
    pub fn plus(mut self, other: Self, times: i128) -> Option<Self> {
        for (leaves, factor) in other.terms {
            *self.terms.entry(leaves).or_default() += times * factor;
        }
        self.most += other.most;
        self.checked()
    }

    /// Multiplied by another one.
    pub fn times(&self, other: &Self) -> Option<Self> {
        let mut terms: BTreeMap<Vec<Leaf>, i128> = BTreeMap::new();
        for (ours, factor) in &self.terms {
            for (theirs, by) in &other.terms {
                let mut leaves = [&ours[..], theirs].concat();
                leaves.sort_unstable();
                *terms.entry(leaves).or_default() += factor.checked_mul(*by)?;
            }
        }
        Self { terms, most: self.most.checked_mul(other.most)? }.checked()
    }

    fn checked(self) -> Option<Self> {
        (self.most < MOST && self.terms.len() <= TERMS_MAX).then_some(self)
    }
}

/// The code of a comparison; `None` where the numbers are too large for it.
pub fn comparison(left: Sum, op: CompareOp, right: Sum) -> Option<Code> {
    let (smaller, greater) = match op {
        CompareOp::Greater | CompareOp::GreaterEqual => (right, left),
        CompareOp::Less | CompareOp::LessEqual | CompareOp::Equal | CompareOp::NotEqual => {
            (left, right)
        }
    };
    let mut terms = smaller.plus(greater, -1)?.terms;
    let mut rest = terms.remove(&Vec::new()).unwrap_or_default();
    let holds = match op {
        CompareOp::Less | CompareOp::Greater => Holds::Below,
        CompareOp::LessEqual | CompareOp::GreaterEqual => {
            rest -= 1;
            Holds::Below
        }
        CompareOp::Equal => Holds::At,
        CompareOp::NotEqual => Holds::Beside,
    };
    if holds != Holds::Below && terms.values().next().is_some_and(|first| *first < 0) {
        terms.values_mut().for_each(|factor| *factor = -*factor);
        rest = -rest;
    }
    let alone = terms.iter().next().filter(|_| terms.len() == 1);
    if let Some((&[leaf], &factor)) = alone.map(|(leaves, factor)| (&leaves[..], factor))
        && factor != 0
    {
        return Some(of_one(leaf, factor, rest, holds));
    }
    let mut code = vec![17, 4 + holds as u64, terms.len() as u64];
    for (leaves, factor) in terms {
        code.push(leaves.len() as u64);
        leaves.iter().for_each(|leaf| code.extend(leaf.code()));
        code.extend(words(factor));
    }
    code.extend(words(rest));
    Some(code)
}

/// Where a sum makes a comparison hold: below 0, at 0, or anywhere else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holds {
    Below,
    At,
    Beside,
}

/// Where `factor` times a leaf and the rest are below 0, at 0, or beside it: the leaf's values, which
/// are one stretch, or all but one in the middle.
fn of_one(leaf: Leaf, factor: i128, rest: i128, holds: Holds) -> Code {
    let (low, high) = (i128::from(leaf.low), i128::from(leaf.high));
    let stretch = |from: i128, to: i128| {
        let (from, to) = if from > to { (1, 0) } else { (from, to) };
        [vec![18], leaf.code().to_vec(), words(from).to_vec(), words(to).to_vec()].concat()
    };
    let zero = (rest % factor == 0).then(|| -rest / factor);
    let inside = zero.filter(|zero| (low..=high).contains(zero));
    match (holds, inside) {
        (Holds::Below, _) if factor > 0 => stretch(low, high.min((-rest - 1).div_euclid(factor))),
        (Holds::Below, _) => stretch(low.max(rest.div_euclid(-factor) + 1), high),
        (Holds::At, Some(zero)) => stretch(zero, zero),
        (Holds::At, None) => stretch(1, 0),
        (Holds::Beside, None) => stretch(low, high),
        (Holds::Beside, Some(zero)) if zero == low => stretch(low + 1, high),
        (Holds::Beside, Some(zero)) if zero == high => stretch(low, high - 1),
        (Holds::Beside, Some(zero)) => {
            [vec![19], leaf.code().to_vec(), words(zero).to_vec()].concat()
        }
    }
}

impl Leaf {
    fn code(self) -> [u64; 4] {
        [self.kind, self.name, self.low as u64, self.high as u64]
    }
}

fn words(value: i128) -> [u64; 2] {
    [(value >> 64) as u64, value as u64]
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "in tests")]
mod tests {
    use super::*;

    fn leaf(name: u64) -> Sum {
        Sum::leaf(Leaf { kind: 21, name, low: 0, high: 5 })
    }

    fn number(value: i64) -> Sum {
        Sum::constant(value).unwrap()
    }

    #[test]
    fn comparisons_that_say_the_same_are_the_same() {
        use CompareOp::{Equal, Greater, GreaterEqual, Less, LessEqual, NotEqual};
        let plus = |one: Sum, other: Sum| one.plus(other, 1).unwrap();
        let minus = |one: Sum, other: Sum| one.plus(other, -1).unwrap();
        let one = comparison(leaf(1), Greater, plus(leaf(2), number(1)));
        assert_eq!(one, comparison(plus(number(1), leaf(2)), Less, leaf(1)));
        assert_eq!(one, comparison(minus(leaf(1), leaf(2)), GreaterEqual, number(2)));
        assert_ne!(one, comparison(leaf(2), Greater, plus(leaf(1), number(1))));
        assert_ne!(one, comparison(leaf(1), Greater, leaf(2)));
        let double = || leaf(1).times(&number(2)).unwrap();
        assert_eq!(
            comparison(double(), GreaterEqual, number(5)),
            comparison(leaf(1), Greater, number(2))
        );
        assert_eq!(
            comparison(leaf(1), NotEqual, number(0)),
            comparison(number(1), LessEqual, leaf(1))
        );
        assert_eq!(comparison(leaf(1), Less, number(1)), comparison(number(0), Equal, leaf(1)));
        assert_eq!(
            comparison(minus(number(0), leaf(1)), Less, number(-2)),
            comparison(leaf(1), GreaterEqual, number(3))
        );
        assert_ne!(comparison(leaf(1), Equal, number(2)), comparison(leaf(1), NotEqual, number(2)));
    }

    #[test]
    fn what_may_saturate_is_left_as_it_is() {
        let large = Sum::leaf(Leaf { kind: 21, name: 1, low: 0, high: 1 << 40 });
        assert!(large.times(&large).is_none());
        assert!(Sum::constant(i64::MIN).is_none());
    }
}
