//! Elimination of situations from a Markov chain, without subtraction (Grassmann, Taksar and Heyman
//! 1985): accurate also where the chain stays for very long. Those with few neighbours go first
//! (Markowitz 1957), which keeps long chains thin.

use super::number::Number;
use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

/// What follows one situation of a part: the others are numbered by their places in it.
#[derive(Clone, Debug, Default)]
pub struct Row<N = f64> {
    /// Probabilities of going to members, by their places; sorted, each once.
    pub inside: Vec<(usize, N)>,
    /// The expected value of going elsewhere.
    pub gain: N,
    /// The probability of going elsewhere.
    pub leaving: N,
}

/// How many steps an elimination may take: a second or two.
const STEPS_MAX: usize = 200_000_000;

/// Solves `x = inside * x + gain` for its least solution: where nothing is ever gained, it is 0.
/// `None` where it would take too long or leave the range of a double.
#[must_use]
pub fn values<N: Number>(rows: &[Row<N>]) -> Option<Vec<N>> {
    let gains = gaining(rows);
    let mut chain = Chain::new(rows, &gains);
    let mut gain: Vec<N> = rows.iter().map(|row| row.gain.clone()).collect();
    let order = chain.eliminate(|chain, k, out| {
        let share = gain[k].over(out);
        for &i in &chain.from[k] {
            gain[i].add(&chain.at(i, k).times(&share));
        }
    })?;
    let mut solution: Vec<N> = rows.iter().map(|_| N::default()).collect();
    for (k, out) in order.iter().rev() {
        let mut sum = gain[*k].clone();
        chain.to[*k].iter().for_each(|(j, weight)| sum.add(&weight.times(&solution[*j])));
        solution[*k] = sum.over(out);
    }
    Some(solution)
}

/// Solves `x = begin + x * inside`: the expected number of visits of each member of a part that
/// every storyline leaves in the end, with `begin` those that come from outside. `None` where it
/// would take too long.
#[must_use]
pub fn visits(rows: &[Row], begin: &[f64]) -> Option<Vec<f64>> {
    let mut chain = Chain::<f64>::new(rows, &vec![true; rows.len()]);
    let mut begin = begin.to_vec();
    // For each eliminated member: what came in from those that were left.
    let mut incoming: Vec<Vec<(usize, f64)>> = vec![Vec::new(); rows.len()];
    let order = chain.eliminate(|chain, k, out| {
        let share = begin[k] / out;
        for &(j, weight) in &chain.to[k] {
            begin[j] += share * weight;
        }
        incoming[k] = chain.from[k].iter().map(|&i| (i, chain.at(i, k))).collect();
    })?;
    let mut solution = vec![0.0; rows.len()];
    for &(k, out) in order.iter().rev() {
        let inner: f64 = incoming[k].iter().map(|&(i, weight)| weight * solution[i]).sum();
        solution[k] = (begin[k] + inner) / out;
    }
    Some(solution)
}

/// The chain among the members that are left; the rows of eliminated ones stay as they were then.
struct Chain<N> {
    kept: Vec<bool>,
    /// For each member: where it goes, loops apart; sorted.
    to: Vec<Vec<(usize, N)>>,
    /// For each member: which others go there.
    from: Vec<BTreeSet<usize>>,
    leaving: Vec<N>,
}

impl<N: Number> Chain<N> {
    /// Of the rows that are `kept`; going to others counts as leaving.
    fn new(rows: &[Row<N>], kept: &[bool]) -> Self {
        let mut chain = Self {
            kept: kept.to_vec(),
            to: vec![Vec::new(); rows.len()],
            from: vec![BTreeSet::new(); rows.len()],
            leaving: rows.iter().map(|row| row.leaving.clone()).collect(),
        };
        for (at, row) in rows.iter().enumerate().filter(|(at, _)| kept[*at]) {
            for (to, weight) in &row.inside {
                if !kept[*to] {
                    chain.leaving[at].add(weight);
                } else if *to != at {
                    chain.to[at].push((*to, weight.clone()));
                    chain.from[*to].insert(at);
                }
            }
        }
        chain
    }

    fn at(&self, from: usize, to: usize) -> N {
        let row = &self.to[from];
        let found = row.binary_search_by_key(&to, |entry| entry.0);
        found.map_or_else(|_| N::default(), |at| row[at].1.clone())
    }

    fn cost(&self, k: usize) -> usize {
        self.to[k].len() * self.from[k].len()
    }

    /// Takes the members out one by one; calls `taken` with each and the probability of going on
    /// from it, before it goes. Says the order, with those probabilities.
    fn eliminate(&mut self, mut taken: impl FnMut(&Self, usize, &N)) -> Option<Vec<(usize, N)>> {
        let count = self.kept.len();
        let members = (0..count).filter(|&k| self.kept[k]);
        let mut queue: BinaryHeap<_> = members.map(|k| Reverse((self.cost(k), k))).collect();
        let (mut order, mut steps) = (Vec::new(), 0);
        let mut gone = vec![false; count];
        while let Some(Reverse((cost, k))) = queue.pop() {
            if gone[k] {
                continue;
            }
            if cost < self.cost(k) {
                queue.push(Reverse((self.cost(k), k)));
                continue;
            }
            steps += cost;
            if steps > STEPS_MAX {
                return None;
            }
            let mut out = self.leaving[k].clone();
            self.to[k].iter().for_each(|entry| out.add(&entry.1));
            if out.is_tiny() {
                return None;
            }
            taken(self, k, &out);
            gone[k] = true;
            self.bypass(k, &out);
            order.push((k, out));
            for at in 0..self.to[k].len() {
                let to = self.to[k][at].0;
                queue.push(Reverse((self.cost(to), to)));
            }
        }
        Some(order)
    }

    /// Those who went to `k` go on to where it goes.
    fn bypass(&mut self, k: usize, out: &N) {
        let from = std::mem::take(&mut self.from[k]);
        for (to, _) in &self.to[k] {
            self.from[*to].remove(&k);
        }
        for &i in &from {
            let row = &mut self.to[i];
            let Ok(at) = row.binary_search_by_key(&k, |entry| entry.0) else { continue };
            let through = row.remove(at).1.over(out);
            let mut merged = Vec::with_capacity(self.to[i].len() + self.to[k].len());
            let (mut old, mut new) = (self.to[i].iter().peekable(), self.to[k].iter().peekable());
            loop {
                match (old.peek(), new.peek()) {
                    (Some((a, weight)), Some((b, _))) if a < b => {
                        merged.push((*a, weight.clone()));
                        old.next();
                    }
                    (Some((a, weight)), Some((b, share))) if a == b => {
                        let mut sum = through.times(share);
                        sum.add(weight);
                        merged.push((*a, sum));
                        old.next();
                        new.next();
                    }
                    (_, Some((b, share))) => {
                        // Coming back to itself is a loop: its probability only scales the rest.
                        if *b != i {
                            merged.push((*b, through.times(share)));
                            self.from[*b].insert(i);
                        }
                        new.next();
                    }
                    (Some(entry), None) => {
                        merged.push((*entry).clone());
                        old.next();
                    }
                    (None, None) => break,
                }
            }
            let left = through.times(&self.leaving[k]);
            self.leaving[i].add(&left);
            self.to[i] = merged;
        }
    }
}

/// Which rows can come to a gain.
fn gaining<N: Number>(rows: &[Row<N>]) -> Vec<bool> {
    let mut gains: Vec<bool> = rows.iter().map(|row| row.gain.is_positive()).collect();
    let mut before: Vec<Vec<usize>> = vec![Vec::new(); rows.len()];
    for (at, row) in rows.iter().enumerate() {
        row.inside.iter().for_each(|(to, _)| before[*to].push(at));
    }
    let mut queue: Vec<usize> = (0..rows.len()).filter(|&at| gains[at]).collect();
    while let Some(at) = queue.pop() {
        for &from in &before[at] {
            if !gains[from] {
                gains[from] = true;
                queue.push(from);
            }
        }
    }
    gains
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Up with 1/2 or back to the first: rung k of n is visited 2^(n - k) times.
    #[test]
    fn a_long_climb_is_exact() {
        let n = 50;
        let row = |at: usize| Row {
            inside: if at + 1 < n { vec![(0, 0.5), (at + 1, 0.5)] } else { vec![(0, 0.5)] },
            gain: if at + 1 < n { 0.0 } else { 0.5 },
            leaving: if at + 1 < n { 0.0 } else { 0.5 },
        };
        let rows: Vec<Row> = (0..n).map(row).collect();
        assert!(values(&rows).unwrap_or_default().iter().all(|value| (value - 1.0).abs() < 1e-12));
        let mut begin = vec![0.0; n];
        begin[0] = 1.0;
        let visits = visits(&rows, &begin).unwrap_or_default();
        for (rung, visits) in visits.iter().enumerate() {
            let expected = 2_f64.powi(i32::try_from(n - rung).unwrap_or(0));
            assert!((visits / expected - 1.0).abs() < 1e-12, "{rung}: {visits}");
        }
    }

    #[test]
    fn a_thousand_in_a_row_take_no_time() {
        let n = 100_000;
        let row = |at: usize| Row {
            inside: if at + 1 < n { vec![(at + 1, 1.0)] } else { vec![(0, 0.5)] },
            gain: if at + 1 < n { 0.0 } else { 0.5 },
            leaving: if at + 1 < n { 0.0 } else { 0.5 },
        };
        let rows: Vec<Row> = (0..n).map(row).collect();
        assert!(values(&rows).is_some_and(|all| all.iter().all(|v| (v - 1.0).abs() < 1e-12)));
    }
}
