//! The random numbers of runs, and what draws make of them.

use crate::engine::program::{Consequence, Program};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// Run `i` draws from stream `i` of one counter-based generator, ChaCha with 8 rounds (Bernstein
/// 2008): a number for every draw of a turn, in the order of the rules.
pub struct Random {
    /// At the beginning of a stream.
    fresh: ChaCha8Rng,
    now: ChaCha8Rng,
    /// Numbers that are ready.
    ready: Vec<u32>,
    /// How many of them are taken.
    taken: usize,
}

impl Random {
    /// Of a seed.
    pub fn new(seed: u64) -> Self {
        let fresh = ChaCha8Rng::seed_from_u64(seed);
        Self { now: fresh.clone(), fresh, ready: Vec::new(), taken: 0 }
    }

    /// Goes to the beginning of a run's stream.
    pub fn begin(&mut self, run: u64) {
        self.now.clone_from(&self.fresh);
        self.now.set_stream(run);
        self.ready.clear();
        self.taken = 0;
    }

    /// The next numbers, 0..2^31, so many.
    #[inline]
    pub fn take(&mut self, count: usize) -> &[u32] {
        if self.ready.len() - self.taken < count {
            self.refill(count);
        }
        let begin = self.taken;
        self.taken += count;
        &self.ready[begin..self.taken]
    }

    /// The number at a place of a stream, 0..2^31, whatever was taken before.
    pub fn at(&self, stream: u64, place: u32) -> u32 {
        let mut random = self.fresh.clone();
        random.set_stream(stream);
        random.set_word_pos(place.into());
        random.next_u32() >> 1
    }

    /// Makes so many numbers ready, in blocks of as many as the generator makes at once.
    fn refill(&mut self, count: usize) {
        self.ready.drain(..self.taken);
        self.taken = 0;
        while self.ready.len() < count {
            let mut block = [0; 256];
            self.now.fill_bytes(&mut block);
            let (numbers, _) = block.as_chunks();
            self.ready.extend(numbers.iter().map(|&number| u32::from_le_bytes(number) >> 1));
        }
    }
}

/// What numbers come to, for every draw of a program: its estimates added up.
pub struct Odds {
    draws: Vec<DrawOdds>,
    /// For each result of all draws: the number, of 2^31, from which on it is a later one.
    ends: Vec<u32>,
    /// For each result: what follows.
    pub consequences: Vec<Consequence>,
}

/// What numbers come to for one draw.
#[derive(Clone, Copy, Debug)]
pub struct DrawOdds {
    /// Its first result among those of all draws.
    pub first: u32,
    /// How many results it has, at least 1.
    pub count: u32,
    /// The ends of its first two results: most draws have no more than these and one for the rest.
    ends: [u32; 2],
}

impl Odds {
    /// Of a program.
    pub fn new(program: &Program) -> Self {
        let mut odds = Self { draws: Vec::new(), ends: Vec::new(), consequences: Vec::new() };
        for draw in &program.draws {
            let first = odds.ends.len();
            let estimate = draw.estimate();
            let last = estimate.iter().rposition(|share| *share > 0.0).unwrap_or(0);
            let mut sum = 0.0;
            for (at, (share, result)) in estimate.iter().zip(&draw.results).enumerate() {
                sum += share;
                let end = if at < last { (sum * f64::from(WHOLE)).round() as u32 } else { WHOLE };
                odds.ends.push(end);
                odds.consequences.push(result.consequence);
            }
            let end = |at: usize| odds.ends.get(first + at).copied().unwrap_or(WHOLE);
            odds.draws.push(DrawOdds {
                first: first as u32,
                count: estimate.len() as u32,
                ends: [end(0), if estimate.len() > 1 { end(1) } else { WHOLE }],
            });
        }
        odds
    }

    /// Of a draw of the program.
    #[inline]
    pub fn of(&self, draw: u32) -> DrawOdds {
        self.draws[draw as usize]
    }

    /// Whether anything follows from a result, by its number among those of all draws.
    #[inline]
    pub fn is_something(&self, result: u32) -> bool {
        self.consequences[result as usize] != Consequence::Nothing
    }

    /// Which of its results a number comes to.
    #[inline]
    pub fn pick(&self, draw: &DrawOdds, number: u32) -> u32 {
        let passed = |end: u32| u32::from(number >= end);
        let two = passed(draw.ends[0]) + passed(draw.ends[1]);
        if draw.count <= 3 {
            return two;
        }
        let (next, last) = (draw.first as usize + 2, (draw.first + draw.count) as usize);
        two + self.ends[next..last].iter().map(|&end| passed(end)).sum::<u32>()
    }
}

/// How many numbers there are.
const WHOLE: u32 = 1 << 31;
