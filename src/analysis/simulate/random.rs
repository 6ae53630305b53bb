//! The random numbers of runs, and what draws make of them.

use crate::engine::program::{Consequence, Program};
use crate::model::{Model, Rule};

/// A number for every draw: that of the seed, the run, the turn and the rule that draws. So a rule has
/// the same luck whatever others there are, and any run can be drawn again alone.
///
/// The numbers are hashed one after the other (Steele, Lea and Flood 2014), with a stronger mix than
/// theirs.
pub struct Random {
    seed: u64,
    run: u64,
    turn: u64,
}

impl Random {
    /// Of a seed, before the first turn of run 0.
    pub fn new(seed: u64) -> Self {
        let mut random = Self { seed: follow(0, seed), run: 0, turn: 0 };
        random.begin(0);
        random
    }

    /// Goes to a run.
    pub fn begin(&mut self, run: u64) {
        self.run = follow(self.seed, run);
        self.turn(0);
    }

    /// Goes to the turn of this number.
    pub fn turn(&mut self, turn: u32) {
        self.turn = follow(self.run, u64::from(turn));
    }

    /// The number of a rule with this key, 0..2^31.
    #[inline]
    pub fn number(&self, key: u64) -> u32 {
        (mix(self.turn ^ key) >> 33) as u32
    }
}

/// What follows a number with another one.
fn follow(before: u64, number: u64) -> u64 {
    mix(before.wrapping_add(number.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15)))
}

/// A number that hangs on every bit of another one (Evensen 2019, "moremur").
#[inline]
fn mix(mut number: u64) -> u64 {
    number = (number ^ number >> 27).wrapping_mul(0x3C79_AC49_2BA7_B653);
    number = (number ^ number >> 33).wrapping_mul(0x1C69_B3F7_4AC4_AE35);
    number ^ number >> 27
}

/// The key of a rule: a hash of its name and of the members that it is for.
fn key(model: &Model, rule: &Rule) -> u64 {
    let declared = model.declarations[rule.declaration.index()].name.as_str();
    let members = rule.members.iter().map(|id| model.actors[id.index()].name.as_str());
    std::iter::once(declared).chain(members).fold(0, |key, name| {
        name.bytes().fold(follow(key, 256), |key, byte| follow(key, u64::from(byte)))
    })
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
    /// The key of its rule.
    pub key: u64,
    /// Its first result among those of all draws.
    pub first: u32,
    /// How many results it has, at least 1.
    pub count: u32,
    /// The ends of its first two results: most draws have no more than these and one for the rest.
    ends: [u32; 2],
}

impl Odds {
    /// Of a program.
    pub fn new(model: &Model, program: &Program) -> Self {
        let mut odds = Self { draws: Vec::new(), ends: Vec::new(), consequences: Vec::new() };
        for draw in &program.draws {
            let key = key(model, &model.rules[draw.rule as usize]);
            let first = odds.ends.len();
            let estimate = draw.estimate();
            let last = estimate.iter().rposition(|share| *share > 0.0);
            debug_assert!(last.is_some(), "some result of a draw is likely");
            let last = last.unwrap_or(0);
            let mut sum = 0.0;
            for (at, (share, result)) in estimate.iter().zip(&draw.results).enumerate() {
                sum += share;
                let end = if at < last { (sum * f64::from(WHOLE)).round() as u32 } else { WHOLE };
                odds.ends.push(end);
                odds.consequences.push(result.consequence);
            }
            let end = |at: usize| odds.ends.get(first + at).copied().unwrap_or(WHOLE);
            odds.draws.push(DrawOdds {
                key,
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
