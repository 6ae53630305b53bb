//! Actors that a scenario treats alike: permutations of actors that change nothing.
//!
//! Situations that differ only in who is who lead to the same futures, with names exchanged. Only
//! one of them is explored. Answers for single actors survive it: a transition remembers how
//! actors change places on its way.

mod compare;
mod encode;
mod loose;
mod permutation;
mod search;

pub use permutation::Permutation;

use super::program::Program;
use crate::model::{Model, Rule};
use permutation::Images;

/// The permutations of actors that change nothing in a scenario, or as many of them as are used.
#[derive(Clone, Debug)]
pub struct Symmetry {
    images: Images,
    turns: Turns,
}

/// How the permutations are held; number 0 changes nothing.
#[derive(Clone, Debug)]
enum Turns {
    /// Each of them.
    Listed(Vec<Permutation>),
    /// All permutations within classes of interchangeable actors.
    Classes(Vec<Class>),
}

/// Interchangeable actors.
#[derive(Clone, Debug)]
struct Class {
    members: Vec<u32>,
    /// For each member its slots, in corresponding order.
    blocks: Vec<Vec<u32>>,
}

/// The largest class: its permutations are numbered in 32 bits.
const CLASS_MAX: usize = 12;

impl Symmetry {
    /// Finds the symmetry of a program; `None` where it treats no actors alike.
    ///
    /// Alternatives (a rule, and the number of one of its alternatives) with different marks are never
    /// taken for each other: where the situations are to be weighed with other likelihoods, the marks
    /// say which of these move together. All choices of members have the same.
    #[must_use]
    pub fn find(
        model: &Model,
        program: &Program,
        mark: &dyn Fn(&Rule, usize) -> u64,
    ) -> Option<Self> {
        let images = Images::new(model, program, mark);
        search::find(&images).map(|turns| Self { images, turns })
    }

    /// Turns a situation into the one that stands for all that differ from it only in who is who;
    /// says by which permutation.
    #[must_use]
    pub fn canonical(&self, values: &mut Vec<i32>, spare: &mut Vec<i32>) -> u32 {
        match &self.turns {
            Turns::Listed(all) => {
                let value = |turn: usize, slot: usize| values[all[turn].slots[slot] as usize];
                let mut best = 0;
                for turn in 1..all.len() {
                    let differs = (0..values.len())
                        .map(|slot| value(turn, slot).cmp(&value(best, slot)))
                        .find(|order| order.is_ne());
                    if differs == Some(std::cmp::Ordering::Less) {
                        best = turn;
                    }
                }
                if best != 0 {
                    spare.clear();
                    spare.extend((0..values.len()).map(|slot| value(best, slot)));
                    std::mem::swap(values, spare);
                }
                best as u32
            }
            Turns::Classes(classes) => {
                classes.iter().fold(0, |number, class| class.sort(values, spare, number))
            }
        }
    }

    /// A permutation by its number.
    #[must_use]
    pub fn permutation(&self, number: u32) -> Permutation {
        match &self.turns {
            Turns::Listed(all) => all[number as usize].clone(),
            Turns::Classes(classes) => {
                let mut actors = self.images.nobody_moves();
                let mut left = number;
                for class in classes.iter().rev() {
                    let count = factorial(class.members.len());
                    for (place, from) in decode(left % count, class.members.len()).enumerate() {
                        actors[class.members[from] as usize] = class.members[place];
                    }
                    left /= count;
                }
                self.images.checked(actors)
            }
        }
    }

    /// Permutations that generate all that are used.
    #[must_use]
    pub fn generators(&self) -> Vec<Permutation> {
        match &self.turns {
            Turns::Listed(all) => all[1..].to_vec(),
            Turns::Classes(classes) => {
                let swap =
                    |pair: &[u32]| self.images.checked(self.images.swapped(pair[0], pair[1]));
                classes.iter().flat_map(|class| class.members.windows(2).map(swap)).collect()
            }
        }
    }

    /// How many permutations there are, at most 2^64 - 1.
    #[must_use]
    pub fn order(&self) -> u64 {
        match &self.turns {
            Turns::Listed(all) => all.len() as u64,
            Turns::Classes(classes) => {
                classes.iter().map(|class| u64::from(factorial(class.members.len()))).product()
            }
        }
    }
}

impl Class {
    /// Sorts the members' values; says the number of the permutation after those of other classes.
    fn sort(&self, values: &mut [i32], spare: &mut Vec<i32>, number: u32) -> u32 {
        let count = self.members.len();
        let mut order = [0_u8; CLASS_MAX];
        let order = &mut order[..count];
        order.iter_mut().zip(0..).for_each(|(place, member)| *place = member);
        let of = |member: u8| self.blocks[usize::from(member)].iter().map(|&s| values[s as usize]);
        order.sort_by(|&one, &other| of(one).cmp(of(other)));
        if order.is_sorted() {
            return number * factorial(count);
        }
        spare.clear();
        order.iter().for_each(|&member| spare.extend(of(member)));
        let slots = self.blocks.iter().flatten();
        slots.zip(&*spare).for_each(|(&slot, &value)| values[slot as usize] = value);
        number * factorial(count) + encode_order(order)
    }
}

fn factorial(count: usize) -> u32 {
    (1..=count as u32).product()
}

/// The number of a permutation among all, in lexicographic order (Lehmer).
fn encode_order(order: &[u8]) -> u32 {
    (0..order.len()).fold(0, |number, at| {
        let smaller = order[at + 1..].iter().filter(|&&later| later < order[at]).count();
        number * (order.len() - at) as u32 + smaller as u32
    })
}

/// The permutation with a number.
fn decode(number: u32, count: usize) -> impl Iterator<Item = usize> {
    let mut digits = vec![0; count];
    let mut left = number;
    for at in (0..count).rev() {
        let base = (count - at) as u32;
        digits[at] = (left % base) as usize;
        left /= base;
    }
    let mut rest: Vec<usize> = (0..count).collect();
    digits.into_iter().map(move |digit| rest.remove(digit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn permutations_have_numbers() {
        for number in 0..factorial(5) {
            let order: Vec<u8> = decode(number, 5).map(|at| at as u8).collect();
            assert_eq!(encode_order(&order), number);
        }
        assert_eq!(decode(0, 4).collect::<Vec<_>>(), [0, 1, 2, 3]);
    }
}
