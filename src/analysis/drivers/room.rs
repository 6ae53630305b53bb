//! How the other alternatives of a rule, or options of a decision, give way when one likelihood is
//! moved: as the language has it where their ranges leave room, in proportion where they do not.

use super::lever::estimate;
use crate::model::{Alternative, Likelihood, Rule};

/// How far sums may miss by rounding.
const ROUNDING: f64 = 1e-12;

/// A rule in which a likelihood stands in some places.
#[derive(Clone, Copy, Debug)]
pub struct Room<'a> {
    rule: &'a Rule,
    places: &'a [usize],
}

/// How the probabilities of the alternatives move with a likelihood: the derivatives, `else` last.
pub type Direction = Vec<f64>;

impl<'a> Room<'a> {
    /// Of a likelihood in these places of a rule, at least one.
    #[must_use]
    pub fn new(rule: &'a Rule, places: &'a [usize]) -> Self {
        Self { rule, places }
    }

    /// The greatest value that there is any room for.
    #[must_use]
    pub fn most(self) -> f64 {
        1.0 / self.count()
    }

    /// The least value: 0, but for the options of a decision that has no others.
    #[must_use]
    pub fn least(self) -> f64 {
        if self.is_closed() && self.others().next().is_none() { self.most() } else { 0.0 }
    }

    /// The values that the ranges of the others leave room for.
    #[must_use]
    pub fn within_ranges(self) -> (f64, f64) {
        let (low, high) = (self.sum(|it| it.low), self.sum(|it| it.high));
        let least = if self.is_closed() { (1.0 - high) / self.count() } else { 0.0 };
        let most = (1.0 - low) / self.count();
        (least.clamp(0.0, 1.0), most.clamp(0.0, self.most()))
    }

    /// The value from which on the others are taken less far up than at their midpoints: there the
    /// outcomes bend. In a decision that leaves nothing over they always give way.
    #[must_use]
    pub fn kink(self) -> Option<f64> {
        let middle = self.sum(|it| f64::midpoint(it.low, it.high));
        (!self.is_closed()).then(|| (1.0 - middle) / self.count())
    }

    /// The alternatives with the likelihood at `value`, and whether the others have to give way
    /// beyond their ranges.
    #[must_use]
    pub fn at(self, value: f64) -> (Vec<Alternative>, bool) {
        let mut alternatives = self.rule.alternatives.clone();
        for &place in self.places {
            alternatives[place].likelihood = Some(Likelihood::exactly(value));
        }
        let left = (1.0 - self.count() * value).max(0.0);
        let (low, high) = (self.sum(|it| it.low), self.sum(|it| it.high));
        let scale = |of: f64, end: fn(&Likelihood) -> f64| {
            let mut alternatives = alternatives.clone();
            let count = self.others().count() as f64;
            for (place, likelihood) in self.others() {
                let share = if of > 0.0 { end(likelihood) / of } else { 1.0 / count };
                alternatives[place].likelihood = Some(Likelihood::exactly(share * left));
            }
            (alternatives, true)
        };
        if low > left + ROUNDING {
            scale(low, |it| it.low)
        } else if self.is_closed() && high < left - ROUNDING {
            scale(high, |it| it.high)
        } else {
            (alternatives, false)
        }
    }

    /// How the probabilities move from the present estimate, as the likelihood rises (or falls).
    /// `None` where it cannot.
    #[must_use]
    pub fn direction(self, rising: bool) -> Option<Direction> {
        let now = estimate(self.rule);
        let own = self.places.iter().map(|&place| now[place]);
        let own_sum: f64 = own.clone().sum();
        let stuck = if rising { own_sum >= 1.0 - ROUNDING } else { own.clone().any(|p| p <= 0.0) };
        if stuck || self.least() >= self.most() {
            return None;
        }
        let takers = self.takers(&now, rising)?;
        let whole: f64 = takers.iter().map(|taker| taker.1).sum();
        let mut direction = vec![0.0; self.rule.alternatives.len() + 1];
        self.places.iter().for_each(|&place| direction[place] = 1.0);
        for (place, part) in takers {
            direction[place] -= self.count() * part / whole;
        }
        Some(direction)
    }

    /// Who gains what this likelihood loses, or loses what it gains, and by which parts of the whole.
    fn takers(self, now: &[f64], rising: bool) -> Option<Vec<(usize, f64)>> {
        let others: f64 = self.others().map(|(place, _)| now[place]).sum();
        let own: f64 = self.places.iter().map(|&place| now[place]).sum();
        let low = self.sum(|it| it.low);
        let width = self.sum(|it| it.high - it.low);
        let share = if width > ROUNDING { (others - low) / width } else { 0.0 };
        let by_width = || Some(self.others().map(|(at, it)| (at, it.high - it.low)).collect());
        let by_size = || Some(self.others().map(|(at, _)| (at, now[at])).collect());
        if self.is_closed() {
            return match if rising { share > ROUNDING } else { share < 1.0 - ROUNDING } {
                true if width > ROUNDING => by_width(),
                _ if others > ROUNDING => by_size(),
                _ if rising => None,
                _ => Some(self.others().map(|(at, _)| (at, 1.0)).collect()),
            };
        }
        let at_midpoints = width <= ROUNDING || share >= 0.5 - ROUNDING;
        if 1.0 - own - others > ROUNDING || !rising && at_midpoints {
            let open: Vec<(usize, f64)> = self.open().map(|at| (at, 1.0)).collect();
            // The last entry is that of `else`.
            let rest = vec![(self.rule.alternatives.len(), 1.0)];
            Some(if open.is_empty() { rest } else { open })
        } else if width > ROUNDING && (share > ROUNDING || !rising) {
            by_width()
        } else if others > ROUNDING {
            by_size()
        } else {
            None
        }
    }

    fn count(self) -> f64 {
        self.places.len() as f64
    }

    /// The other alternatives with a likelihood.
    fn others(self) -> impl Iterator<Item = (usize, &'a Likelihood)> {
        let all = self.rule.alternatives.iter().enumerate();
        let given = all.filter_map(|(place, it)| Some((place, it.likelihood.as_ref()?)));
        given.filter(move |(place, _)| !self.places.contains(place))
    }

    /// The options without one.
    fn open(self) -> impl Iterator<Item = usize> {
        let all = self.rule.alternatives.iter().enumerate();
        all.filter(|(_, it)| it.likelihood.is_none()).map(|(place, _)| place)
    }

    fn sum(self, of: impl Fn(&Likelihood) -> f64) -> f64 {
        self.others().map(|(_, likelihood)| of(likelihood)).sum()
    }

    /// Whether the likelihoods have to add up to 1: a decision whose options all have one.
    fn is_closed(self) -> bool {
        self.rule.decider.is_some() && self.open().next().is_none()
    }
}
