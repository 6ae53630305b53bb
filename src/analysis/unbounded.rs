//! Probabilities without a limit of turns, bounded from both sides.
//!
//! Strongly connected parts are solved in order, what comes last first. A part is iterated upon
//! from below; its values are accepted when a slightly higher guess is seen to be too high: if
//! some rounds of the (monotone) operator lower the guess everywhere, its least fixed point, which
//! is the value, lies below it (optimistic value iteration, Hartmanns and Kaminski 2020). Small
//! parts, and those where that takes too long, are solved directly.

use super::backup::Backup;
use super::component::{Edges, components, cycles};
use super::goal::{LANES, Lanes};
use super::policy;

/// Parts up to this size are solved directly at once.
const SMALL: usize = 48;
/// Parts up to this size are solved directly where iteration crawls.
const MIDDLING: usize = 2500;
/// Rounds of iteration after which a part crawls.
const PATIENCE: usize = 4000;
/// Rounds of iteration after which a large part is given up: its upper bounds then stay at 1.
const ENDURANCE: usize = 200_000;
/// How far above the lower values the guess lies.
const GUESS: f64 = 1e-10;

/// Lower and upper bounds of the value of each goal at the start. They differ by far less than
/// 1e-8, unless a large part crawls so slowly that it was given up.
#[derive(Clone, Copy, Debug)]
pub struct Enclosure {
    /// The lower bounds.
    pub low: Lanes,
    /// The upper bounds.
    pub high: Lanes,
}

/// Finds the values of a block of goals at the start.
pub fn ever(backup: &mut Backup<'_>) -> Enclosure {
    let graph = backup.graph;
    let mut low: Vec<Lanes> = vec![[0.0; LANES]; graph.len()];
    let mut high = low.clone();
    for members in components(graph, Edges::Possible) {
        if cycles(graph, &members, Edges::Possible) {
            solve(backup, members, &mut low, &mut high);
        } else if let [only] = members[..] {
            low[only as usize] = backup.value(only as usize, &low);
            high[only as usize] = backup.value(only as usize, &high);
        }
    }
    let at_start = |values: &[Lanes]| backup.block.at_start(graph, &values[0]);
    Enclosure { low: at_start(&low), high: at_start(&high) }
}

fn solve(backup: &mut Backup<'_>, mut members: Vec<u32>, low: &mut [Lanes], high: &mut [Lanes]) {
    members.sort_unstable();
    for &s in &members {
        low[s as usize] = backup.at_end(s as usize);
        high[s as usize] = low[s as usize];
    }
    if members.len() > SMALL && rise(backup, &members, low, high) {
        return;
    }
    for _ in 0..=members.len() {
        sweep(backup, &members, low);
        sweep(backup, &members, high);
    }
    for lane in 0..LANES {
        policy::solve(backup, &members, low, lane);
        policy::solve(backup, &members, high, lane);
    }
}

/// Iterates from below until a guess above is confirmed; says whether it need not be solved
/// directly.
fn rise(backup: &mut Backup<'_>, members: &[u32], low: &mut [Lanes], high: &mut [Lanes]) -> bool {
    let mut next_guess = 16;
    for round in 1..=ENDURANCE {
        let step = sweep(backup, members, low);
        if step < GUESS / 8.0 && round >= next_guess {
            if confirmed(backup, members, low, high, round) {
                return true;
            }
            next_guess = round * 2;
        }
        if round >= PATIENCE && members.len() <= MIDDLING {
            members.iter().for_each(|&s| high[s as usize] = low[s as usize]);
            return false;
        }
    }
    for &s in members {
        high[s as usize] = low[s as usize].map(|value| if value > 0.0 { 1.0 } else { 0.0 });
    }
    true
}

/// One round over the members, each value used at once; says the largest step.
fn sweep(backup: &mut Backup<'_>, members: &[u32], values: &mut [Lanes]) -> f64 {
    let mut largest = 0.0_f64;
    for &s in members.iter().rev() {
        let value = backup.value(s as usize, values);
        for (new, old) in value.iter().zip(&values[s as usize]) {
            largest = largest.max((new - old).abs());
        }
        values[s as usize] = value;
    }
    largest
}

/// Guesses upper values and looks whether the operator lowers them.
fn confirmed(
    backup: &mut Backup<'_>,
    members: &[u32],
    low: &[Lanes],
    high: &mut [Lanes],
    rounds: usize,
) -> bool {
    let guess = |s: u32| {
        low[s as usize].map(|value| if value > 0.0 { (value + GUESS).min(1.0) } else { 0.0 })
    };
    for &s in members {
        high[s as usize] = guess(s);
    }
    for _ in 0..rounds {
        sweep(backup, members, high);
        let below = |s: &u32| {
            high[*s as usize].iter().zip(guess(*s)).all(|(value, guess)| *value <= guess + 1e-15)
        };
        if members.iter().all(below) {
            return true;
        }
    }
    false
}
