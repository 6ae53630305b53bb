//! The outcomes over the whole range of one likelihood, all others at their estimates.
//!
//! With a horizon an outcome is a polynomial in a likelihood, without one a quotient of two, wherever
//! the other alternatives give way in one manner. So it is looked at piece by piece, in Chebyshev
//! points, twice as many until what lies between them is as their interpolation says (Trefethen 2013,
//! *Approximation Theory and Approximation Practice*), which is then searched for its extremes. Where
//! it does not settle, as beside a jump, only what was evaluated counts.

use super::answer::{Swing, Turning};
use super::lever::Movable;
use super::open_likelihoods::Scene;
use rayon::prelude::*;
use std::f64::consts::PI;

/// So many stretches lie between the first points of a piece.
const FIRST: usize = 2;
/// So many at most; fewer where it takes long to evaluate one.
const MOST: usize = 64;
const MOST_LARGE: usize = 16;
/// What interpolation may miss by, as a share of the greatest value of the outcome.
const NEAR: f64 = 1e-9;
/// What values may miss by without a horizon.
const OPEN: f64 = 1e-8;
/// Where a piece is looked at once more, as a share of it: where no symmetry puts a point.
const ASIDE: f64 = 0.381_966;
/// So many places are looked at between two points of a piece that is known.
const BETWEEN: usize = 8;
/// How often a stretch in which an extreme lies is narrowed.
const ROUNDS: usize = 60;

/// For each likelihood of a scene: its swing, where it has a range.
#[must_use]
pub fn swings(scene: &Scene<'_>) -> Vec<Option<Swing>> {
    if scene.is_large() {
        scene.movables.iter().map(|movable| swing(scene, movable)).collect()
    } else {
        scene.movables.par_iter().map(|movable| swing(scene, movable)).collect()
    }
}

fn swing(scene: &Scene<'_>, movable: &Movable) -> Option<Swing> {
    let range = &movable.likelihood;
    if !range.is_range() {
        return None;
    }
    // As far as the other alternatives leave room for it: the bounds go no farther.
    let (mut low, mut high) = (range.low, range.high);
    let mut kinks = Vec::new();
    for room in scene.rooms(movable) {
        let (least, most) = room.within_ranges();
        low = low.max(least);
        high = high.min(most);
        kinks.extend(room.kink());
    }
    let high = high.max(low);
    let evaluate = |value| Some(scene.weigh(&scene.moved(movable, value))?.estimates());
    let mut ends = vec![low, high];
    ends.extend(kinks.into_iter().filter(|kink| low < *kink && *kink < high));
    ends.sort_by(f64::total_cmp);
    ends.dedup();
    let at: Vec<Vec<f64>> = ends.iter().map(|&end| evaluate(end)).collect::<Option<_>>()?;
    let (at_low, at_high) = (at.first()?.clone(), at.last()?.clone());
    let mut search = Search {
        noise: if scene.model.horizon.is_some() { 0.0 } else { OPEN },
        most: if scene.is_large() { MOST_LARGE } else { MOST },
        least: at_low.iter().map(|&value| (low, value)).collect(),
        greatest: at_low.iter().map(|&value| (low, value)).collect(),
    };
    for (ends, at) in ends.windows(2).zip(at.windows(2)) {
        search.piece([ends[0], ends[1]], [&at[0], &at[1]], &evaluate)?;
    }
    search.add(high, &at_high);
    let turnings = |at: usize| {
        let (one, other) = (at_low[at], at_high[at]);
        let within = search.within(at);
        let (least, greatest) = (search.least[at], search.greatest[at]);
        let mut found = Vec::new();
        found.extend((least.1 < one.min(other) - within).then_some(least));
        found.extend((greatest.1 > one.max(other) + within).then_some(greatest));
        found.sort_by(|one, other| one.0.total_cmp(&other.0));
        found.into_iter().map(|(value, estimate)| Turning { value, estimate }).collect()
    };
    let turnings = (0..at_low.len()).map(turnings).collect();
    Some(Swing { low, high, at_low, at_high, turnings })
}

/// The extremes so far: for each outcome, where and which.
struct Search {
    noise: f64,
    most: usize,
    least: Vec<(f64, f64)>,
    greatest: Vec<(f64, f64)>,
}

impl Search {
    /// Takes in the outcomes at one value of the likelihood.
    fn add(&mut self, value: f64, estimates: &[f64]) {
        for (at, &estimate) in estimates.iter().enumerate() {
            self.add_one(at, value, estimate);
        }
    }

    fn add_one(&mut self, at: usize, value: f64, estimate: f64) {
        if estimate < self.least[at].1 {
            self.least[at] = (value, estimate);
        }
        if estimate > self.greatest[at].1 {
            self.greatest[at] = (value, estimate);
        }
    }

    /// How far two values of an outcome have to be apart to differ.
    fn within(&self, at: usize) -> f64 {
        NEAR * self.greatest[at].1.abs() + self.noise
    }

    /// Looks a piece over.
    fn piece(
        &mut self,
        ends: [f64; 2],
        at_ends: [&Vec<f64>; 2],
        evaluate: &impl Fn(f64) -> Option<Vec<f64>>,
    ) -> Option<()> {
        let mut piece = Piece { ends, at: vec![at_ends[1].clone(), at_ends[0].clone()] };
        let mut stretches = 1;
        while stretches < self.most {
            let finer = stretches * 2;
            let mut at = Vec::with_capacity(finer + 1);
            let mut near = stretches >= FIRST;
            for number in 0..=finer {
                if number % 2 == 0 {
                    at.push(piece.at[number / 2].clone());
                    continue;
                }
                let value = piece.point(number, finer);
                let estimates = evaluate(value)?;
                self.add(value, &estimates);
                near &= self.is_near(&piece, value, &estimates);
                at.push(estimates);
            }
            piece.at = at;
            stretches = finer;
            if near {
                let value = ends[0] + (ends[1] - ends[0]) * ASIDE;
                let estimates = evaluate(value)?;
                self.add(value, &estimates);
                if self.is_near(&piece, value, &estimates) {
                    self.extremes(&piece);
                    return Some(());
                }
            }
        }
        Some(())
    }

    /// Whether the outcomes at a value are what a piece has there.
    fn is_near(&self, piece: &Piece, value: f64, estimates: &[f64]) -> bool {
        let mut all = estimates.iter().enumerate();
        all.all(|(at, estimate)| (piece.value(at, value) - estimate).abs() <= self.within(at))
    }

    /// Looks for the extremes of a piece that is known.
    fn extremes(&mut self, piece: &Piece) {
        let places = (piece.at.len() - 1) * BETWEEN;
        let place = |number: usize| piece.point(number.min(places), places);
        for at in 0..self.least.len() {
            for sign in [-1.0, 1.0] {
                let height = |value: f64| sign * piece.value(at, value);
                let best = (0..=places)
                    .max_by(|&one, &other| height(place(one)).total_cmp(&height(place(other))));
                let Some(best) = best else { continue };
                // Points are numbered from the high end.
                let (mut high, mut low) = (place(best.saturating_sub(1)), place(best + 1));
                for _ in 0..ROUNDS {
                    let (one, other) = (low + (high - low) * ASIDE, high - (high - low) * ASIDE);
                    if height(one) < height(other) { low = one } else { high = other }
                }
                let value = f64::midpoint(low, high);
                self.add_one(at, value, piece.value(at, value));
            }
        }
    }
}

/// The outcomes over a piece of a range, in Chebyshev points from its high to its low end.
struct Piece {
    ends: [f64; 2],
    at: Vec<Vec<f64>>,
}

impl Piece {
    /// The point of this number, of so many stretches.
    fn point(&self, number: usize, stretches: usize) -> f64 {
        let [low, high] = self.ends;
        let share = (1.0 + (PI * number as f64 / stretches as f64).cos()) / 2.0;
        low + (high - low) * share
    }

    /// An outcome at a value, by barycentric interpolation (Salzer 1972).
    fn value(&self, outcome: usize, value: f64) -> f64 {
        let stretches = self.at.len() - 1;
        let (mut above, mut below) = (0.0, 0.0);
        for (number, estimates) in self.at.iter().enumerate() {
            let away = value - self.point(number, stretches);
            if away == 0.0 {
                return estimates[outcome];
            }
            let sign = if number % 2 == 0 { 1.0 } else { -1.0 };
            let half = if number == 0 || number == stretches { 0.5 } else { 1.0 };
            let weight = sign * half / away;
            above += weight * estimates[outcome];
            below += weight;
        }
        above / below
    }
}
