//! All ways in which the independent parts of a turn come out together.

use super::draw::both;
use super::expansion::Expansion;

/// All combinations of the ends of an expansion's groups, the last group's ends fastest.
#[derive(Debug, Default)]
pub struct Product {
    /// Their packed words.
    pub words: Vec<u64>,
    /// How likely each is by the estimates.
    pub estimates: Vec<f64>,
    /// What happened in each.
    pub labels: Vec<u32>,
    next_words: Vec<u64>,
    next_estimates: Vec<f64>,
    /// Working memory.
    pub next_labels: Vec<u32>,
}

impl Product {
    /// Takes in one more group: its ends, with their estimates.
    pub fn multiply(
        &mut self,
        out: &Expansion,
        ends: std::ops::Range<usize>,
        reach: &[f64],
        width: usize,
    ) {
        self.next_words.clear();
        self.next_estimates.clear();
        let deltas = &out.deltas[ends.start * width..ends.end * width];
        if let ([delta], [_]) = (deltas, reach) {
            // One word and one end: nothing branches.
            self.words.iter_mut().for_each(|word| *word ^= delta);
            return;
        }
        for (words, &estimate) in self.words.chunks_exact(width).zip(&self.estimates) {
            for (delta, &share) in deltas.chunks_exact(width).zip(reach) {
                self.next_words.extend(words.iter().zip(delta).map(|(word, delta)| word ^ delta));
                self.next_estimates.push(both(estimate, share));
            }
        }
        std::mem::swap(&mut self.words, &mut self.next_words);
        std::mem::swap(&mut self.estimates, &mut self.next_estimates);
    }
}
