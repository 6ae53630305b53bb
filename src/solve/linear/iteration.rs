//! Linear equations between the rows of situations, solved by iteration on all cores.
//!
//! Plain rounds converge as fast as storylines leave the part of the graph that is solved. Where
//! that is slow, a few modes dominate what is still missing: reduced rank extrapolation (Eddy 1979,
//! Mesina 1977; for linear equations the same as restarted GMRES) removes them. Whatever it
//! proposes, only the remainder that is measured afterwards counts.

use rayon::prelude::*;

/// Rows as a function of rows: `x = f(x)` is to be solved.
pub trait Operator: Sync {
    /// Working memory.
    type Scratch: Default + Send;

    /// How many entries a row has.
    fn stride(&self) -> usize;

    /// The new row of a situation; `out` holds anything on entry.
    fn apply(&self, s: usize, rows: &[f64], scratch: &mut Self::Scratch, out: &mut [f64]);

    /// A round begins; says whether it is to go on.
    fn round(&self) -> bool {
        true
    }
}

/// How many rounds are looked at together.
const WINDOW: usize = 8;
/// Rounds before the first extrapolation.
const PLAIN: usize = 12;
/// Parts below this size are not worth several threads.
const PARALLEL: usize = 512;
/// How many rows one thread takes at a time.
const CHUNK: usize = 128;

/// One part of the situations, being solved.
pub struct Iteration<'a, O: Operator> {
    operator: &'a O,
    members: &'a [u32],
    /// Entries of a row that depend on each other.
    classes: &'a [Vec<usize>],
    next: Vec<f64>,
    /// The members' rows of the last rounds.
    window: Vec<Vec<f64>>,
    rounds: usize,
}

impl<'a, O: Operator> Iteration<'a, O> {
    /// Of these members.
    #[must_use]
    pub fn new(operator: &'a O, members: &'a [u32], classes: &'a [Vec<usize>]) -> Self {
        let next = vec![0.0; members.len() * operator.stride()];
        Self { operator, members, classes, next, window: Vec::new(), rounds: 0 }
    }

    /// Goes on until the largest step of every class is at most its `enough`, or for so many rounds;
    /// says the largest step of each class in the last round. Rows start from what they hold.
    pub fn run(&mut self, rows: &mut [f64], enough: &[f64], rounds: usize) -> Vec<f64> {
        let mut steps = Vec::new();
        for round in 1..=rounds {
            if !self.operator.round() {
                break;
            }
            steps = self.round(rows);
            let done = steps.iter().zip(enough).all(|(step, enough)| step <= enough);
            if done || round == rounds {
                break;
            }
            self.rounds += 1;
            if self.rounds < PLAIN {
                continue;
            }
            self.keep(rows);
            if self.window.len() == WINDOW {
                self.extrapolate(rows, enough, &steps);
                self.window.clear();
                self.keep(rows);
            }
        }
        steps
    }

    /// Goes on until the largest step is at most `enough` of the largest entry, or for so many
    /// rounds; says that share at the end.
    pub fn run_relative(&mut self, rows: &mut [f64], enough: f64, rounds: usize) -> f64 {
        let mut share = f64::INFINITY;
        let mut left = rounds;
        let mut scale = 1.0_f64;
        while left > 0 && share > enough {
            let now = left.min(4 * WINDOW);
            left -= now;
            let steps = self.run(rows, &vec![enough * scale; self.classes.len()], now);
            let stride = self.operator.stride();
            let entries = self.members.iter().flat_map(|&s| &rows[s as usize * stride..][..stride]);
            scale = entries.fold(1.0, |largest: f64, entry| largest.max(entry.abs()));
            share = steps.into_iter().fold(0.0, f64::max) / scale;
        }
        share
    }

    /// One round: every row from the rows of the round before; says the largest step of each class.
    pub fn round(&mut self, rows: &mut [f64]) -> Vec<f64> {
        let Self { operator, members, classes, next, .. } = self;
        let stride = operator.stride();
        let make = |(members, next): (&[u32], &mut [f64])| {
            let mut scratch = O::Scratch::default();
            let mut steps = vec![0.0_f64; classes.len()];
            for (&s, next) in members.iter().zip(next.chunks_exact_mut(stride)) {
                operator.apply(s as usize, rows, &mut scratch, next);
                let old = &rows[s as usize * stride..][..stride];
                for (step, class) in steps.iter_mut().zip(*classes) {
                    for &at in class {
                        *step = step.max((next[at] - old[at]).abs());
                    }
                }
            }
            steps
        };
        let largest = |one: Vec<f64>, other: Vec<f64>| {
            one.iter().zip(&other).map(|(one, other)| one.max(*other)).collect()
        };
        let steps = if members.len() < PARALLEL {
            make((members, next))
        } else {
            let chunks = members.par_chunks(CHUNK).zip(next.par_chunks_mut(CHUNK * stride));
            chunks.map(make).reduce(|| vec![0.0; classes.len()], largest)
        };
        for (&s, next) in members.iter().zip(next.chunks_exact(stride)) {
            rows[s as usize * stride..][..stride].copy_from_slice(next);
        }
        steps
    }

    fn keep(&mut self, rows: &[f64]) {
        let stride = self.operator.stride();
        let mut kept = Vec::with_capacity(self.members.len() * stride);
        for &s in self.members {
            kept.extend_from_slice(&rows[s as usize * stride..][..stride]);
        }
        self.window.push(kept);
    }

    /// Replaces the rows of classes that are not done by the combination of the window whose steps
    /// nearly cancel, where that leaves smaller steps.
    fn extrapolate(&mut self, rows: &mut [f64], enough: &[f64], steps: &[f64]) {
        let stride = self.operator.stride();
        let mut tried = Vec::new();
        for (at, class) in self.classes.iter().enumerate() {
            if steps[at] <= enough[at] {
                continue;
            }
            let Some(shares) = shares(&self.gram(class)) else { continue };
            tried.push(at);
            for (place, &s) in self.members.iter().enumerate() {
                for &lane in class {
                    let entry = place * stride + lane;
                    let windows = shares.iter().zip(&self.window[1..]);
                    rows[s as usize * stride + lane] =
                        windows.map(|(share, kept)| share * kept[entry]).sum();
                }
            }
        }
        let after = self.round(rows);
        let last = self.window.last().map_or(&[][..], Vec::as_slice);
        for at in tried.into_iter().filter(|&at| after[at].is_nan() || after[at] > steps[at]) {
            for (place, &s) in self.members.iter().enumerate() {
                for &lane in &self.classes[at] {
                    rows[s as usize * stride + lane] = last[place * stride + lane];
                }
            }
        }
    }

    /// The products of the steps of the window with each other, over the entries of a class.
    fn gram(&self, class: &[usize]) -> Vec<Vec<f64>> {
        let stride = self.operator.stride();
        let count = self.window.len() - 1;
        let mut gram = vec![vec![0.0; count]; count];
        let mut step = [0.0; WINDOW];
        for place in 0..self.members.len() {
            for &lane in class {
                let entry = place * stride + lane;
                for (at, pair) in self.window.windows(2).enumerate() {
                    step[at] = pair[1][entry] - pair[0][entry];
                }
                for (i, row) in gram.iter_mut().enumerate() {
                    for (sum, other) in row.iter_mut().zip(&step) {
                        *sum += step[i] * other;
                    }
                }
            }
        }
        gram
    }
}

/// The shares, adding up to 1, with which steps of these products have the smallest sum: Gaussian
/// elimination on the products, slightly regularised.
fn shares(gram: &[Vec<f64>]) -> Option<Vec<f64>> {
    let count = gram.len();
    let size = (0..count).map(|i| gram[i][i]).fold(0.0, f64::max);
    if size <= 0.0 || !size.is_finite() {
        return None;
    }
    let mut rows: Vec<Vec<f64>> = gram
        .iter()
        .enumerate()
        .map(|(i, row)| {
            let mut row: Vec<f64> = row.iter().map(|entry| entry / size).collect();
            row[i] += 1e-15;
            row.push(1.0);
            row
        })
        .collect();
    for k in 0..count {
        let best = (k..count).max_by(|&a, &b| rows[a][k].abs().total_cmp(&rows[b][k].abs()))?;
        rows.swap(k, best);
        let (done, left) = rows.split_at_mut(k + 1);
        let pivot = &done[k];
        if pivot[k] == 0.0 {
            return None;
        }
        for row in left {
            let factor = row[k] / pivot[k];
            row.iter_mut().zip(pivot).skip(k).for_each(|(entry, by)| *entry -= factor * by);
        }
    }
    let mut solution = vec![0.0; count];
    for k in (0..count).rev() {
        let known: f64 = (k + 1..count).map(|j| rows[k][j] * solution[j]).sum();
        solution[k] = (rows[k][count] - known) / rows[k][k];
    }
    let sum: f64 = solution.iter().sum();
    let shares: Vec<f64> = solution.iter().map(|share| share / sum).collect();
    shares.iter().all(|share| share.is_finite()).then_some(shares)
}
