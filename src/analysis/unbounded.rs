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
pub const MIDDLING: usize = 1000;
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
        if let ([only], true) = (&members[..], backup.is_fixed(members[0] as usize)) {
            low[*only as usize] = backup.alone(*only as usize, &low);
            high[*only as usize] = backup.alone(*only as usize, &high);
        } else if cycles(graph, &members, Edges::Possible) {
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
    let mut open = u8::MAX;
    if members.len() > SMALL {
        open = rise(backup, &members, low, high);
    }
    if open == 0 {
        return;
    }
    for _ in 0..=members.len() {
        sweep(backup, &members, low);
        sweep(backup, &members, high);
    }
    for lane in (0..LANES).filter(|lane| open >> lane & 1 == 1) {
        policy::solve(backup, &members, low, lane);
        policy::solve(backup, &members, high, lane);
    }
}

/// Iterates from below until a guess above is confirmed; says the lanes to be solved directly.
fn rise(backup: &mut Backup<'_>, members: &[u32], low: &mut [Lanes], high: &mut [Lanes]) -> u8 {
    let mut next_guess = 16;
    let mut open = u8::MAX;
    for round in 1..=ENDURANCE {
        let step = sweep(backup, members, low);
        let crawls = round >= PATIENCE && members.len() <= MIDDLING;
        if step < GUESS / 8.0 && round >= next_guess || crawls {
            open = unconfirmed(backup, members, low, high, round.min(PATIENCE));
            next_guess = round * 2;
        }
        if open == 0 || crawls {
            break;
        }
    }
    let patient = members.len() > MIDDLING;
    for &s in members {
        for lane in (0..LANES).filter(|lane| open >> lane & 1 == 1) {
            let value = low[s as usize][lane];
            high[s as usize][lane] = if patient && value > 0.0 { 1.0 } else { value };
        }
    }
    if patient { 0 } else { open }
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

/// Guesses upper values and looks whether the operator lowers them; says the lanes in which it
/// does not.
fn unconfirmed(
    backup: &mut Backup<'_>,
    members: &[u32],
    low: &[Lanes],
    high: &mut [Lanes],
    rounds: usize,
) -> u8 {
    let guess = |value: f64| if value > 0.0 { (value + GUESS).min(1.0) } else { 0.0 };
    for &s in members {
        high[s as usize] = low[s as usize].map(guess);
    }
    let mut open = u8::MAX;
    for _ in 0..rounds {
        sweep(backup, members, high);
        open = 0;
        for &s in members {
            for lane in 0..LANES {
                let above = high[s as usize][lane] > guess(low[s as usize][lane]) + 1e-15;
                open |= u8::from(above) << lane;
            }
        }
        if open == 0 {
            break;
        }
    }
    open
}
