//! Elimination of situations from a Markov chain, without subtraction (Grassmann, Taksar and Heyman
//! 1985): accurate also where the chain stays for very long.

/// What follows one situation of a part: the others are numbered by their places in it.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// Probabilities of going to members, by their places; sorted, each once.
    pub inside: Vec<(usize, f64)>,
    /// The expected value of going elsewhere.
    pub gain: f64,
    /// The probability of going elsewhere.
    pub leaving: f64,
}

/// Solves `x = inside * x + gain` for its least solution: where nothing is ever gained, it is 0.
#[must_use]
pub fn values(rows: &[Row]) -> Vec<f64> {
    let gains = gaining(rows);
    let mut chain = Chain::new(rows, &gains);
    let count = rows.len();
    let mut gain: Vec<f64> = rows.iter().map(|row| row.gain).collect();
    for k in (0..count).rev().filter(|k| gains[*k]) {
        let share = gain[k] / chain.eliminate(k);
        for (i, gain) in gain[..k].iter_mut().enumerate() {
            *gain += chain.at(i, k) * share;
        }
    }
    let mut solution = vec![0.0; count];
    for k in (0..count).filter(|k| gains[*k]) {
        let inner: f64 = (0..k).map(|j| chain.at(k, j) * solution[j]).sum();
        solution[k] = (gain[k] + inner) / chain.out[k];
    }
    solution
}

/// Solves `x = begin + x * inside`: the expected number of visits of each member of a part that
/// every storyline leaves in the end, with `begin` those that come from outside.
#[must_use]
pub fn visits(rows: &[Row], begin: &[f64]) -> Vec<f64> {
    let mut chain = Chain::new(rows, &vec![true; rows.len()]);
    let mut begin = begin.to_vec();
    for k in (0..rows.len()).rev() {
        let share = begin[k] / chain.eliminate(k);
        for (j, begin) in begin[..k].iter_mut().enumerate() {
            *begin += share * chain.at(k, j);
        }
    }
    let mut solution = vec![0.0; rows.len()];
    for k in 0..rows.len() {
        let inner: f64 = (0..k).map(|i| solution[i] * chain.at(i, k)).sum();
        solution[k] = (begin[k] + inner) / chain.out[k];
    }
    solution
}

/// The chain among the members that are left, from the first.
struct Chain {
    count: usize,
    inside: Vec<f64>,
    leaving: Vec<f64>,
    /// For each eliminated member: the probability of going to one that was left, or elsewhere.
    out: Vec<f64>,
}

impl Chain {
    /// Of the rows that are `kept`; going to others counts as leaving.
    fn new(rows: &[Row], kept: &[bool]) -> Self {
        let count = rows.len();
        let mut chain = Self {
            count,
            inside: vec![0.0; count * count],
            leaving: rows.iter().map(|row| row.leaving).collect(),
            out: vec![1.0; count],
        };
        for (at, row) in rows.iter().enumerate().filter(|(at, _)| kept[*at]) {
            for &(to, weight) in &row.inside {
                if kept[to] {
                    chain.inside[at * count + to] = weight;
                } else {
                    chain.leaving[at] += weight;
                }
            }
        }
        chain
    }

    fn at(&self, from: usize, to: usize) -> f64 {
        self.inside[from * self.count + to]
    }

    /// Takes out member `k`, all after it being out already; says the probability of going on from it.
    fn eliminate(&mut self, k: usize) -> f64 {
        let (above, rest) = self.inside.split_at_mut(k * self.count);
        let row = &rest[..k];
        let out = row.iter().sum::<f64>() + self.leaving[k];
        let steps: Vec<(usize, f64)> =
            (0..k).filter(|&j| row[j] > 0.0).map(|j| (j, row[j] / out)).collect();
        let leaving = self.leaving[k] / out;
        for i in 0..k {
            let through = above[i * self.count + k];
            if through > 0.0 {
                for &(j, share) in &steps {
                    above[i * self.count + j] += through * share;
                }
                self.leaving[i] += through * leaving;
            }
        }
        self.out[k] = out;
        out
    }
}

/// Which rows can come to a gain.
fn gaining(rows: &[Row]) -> Vec<bool> {
    let mut gains: Vec<bool> = rows.iter().map(|row| row.gain > 0.0).collect();
    let mut before: Vec<Vec<usize>> = vec![Vec::new(); rows.len()];
    for (at, row) in rows.iter().enumerate() {
        row.inside.iter().for_each(|&(to, _)| before[to].push(at));
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

    /// Up with 1/2 or back to the first: 2^(n + 1) - 2 steps to climb n, each rung k visited 2^(n - k) times.
    #[test]
    fn a_long_climb_is_exact() {
        let n = 50;
        let row = |at: usize| Row {
            inside: if at + 1 < n { vec![(0, 0.5), (at + 1, 0.5)] } else { vec![(0, 0.5)] },
            gain: if at + 1 < n { 0.0 } else { 0.5 },
            leaving: if at + 1 < n { 0.0 } else { 0.5 },
        };
        let mut rows: Vec<Row> = (0..n).map(row).collect();
        rows[0].inside = vec![(0, 0.5), (1, 0.5)];
        assert!(values(&rows).iter().all(|value| (value - 1.0).abs() < 1e-12));
        let mut begin = vec![0.0; n];
        begin[0] = 1.0;
        let visits = visits(&rows, &begin);
        for (rung, visits) in visits.iter().enumerate() {
            let expected = 2_f64.powi(i32::try_from(n - rung).unwrap_or(0));
            assert!((visits / expected - 1.0).abs() < 1e-12, "{rung}: {visits}");
        }
    }
}
