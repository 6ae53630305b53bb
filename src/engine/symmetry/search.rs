//! Finding the permutations that change nothing: first pairs that can be exchanged, then, among
//! actors that look alike from each other, all the rest by search.

use super::encode::hash;
use super::permutation::{Images, Permutation};
use super::{CLASS_MAX, Class, Turns, factorial};
use rustc_hash::FxHashMap;

/// How many permutations are listed at most.
const LISTED_MAX: usize = 1024;
/// How many partial permutations are looked at in a search at most.
const TRIES_MAX: usize = 100_000;
/// How many pairs of actors that a rule names together are looked at at most.
const PAIRS_MAX: usize = 100_000;

/// Finds the larger of: all permutations within classes, or the listed ones.
pub fn find(images: &Images) -> Option<Turns> {
    let classes = classes(images);
    let order: u64 =
        classes.iter().map(|class| u64::from(factorial(class.members.len()))).product();
    if order <= LISTED_MAX as u64 {
        let listed = listed(images);
        if listed.len() as u64 > order {
            return Some(Turns::Listed(listed));
        }
    }
    (order > 1).then_some(Turns::Classes(classes))
}

/// Classes of actors any two of whom can be exchanged.
fn classes(images: &Images) -> Vec<Class> {
    let colours = colours(images);
    let mut found: Vec<Vec<u32>> = Vec::new();
    for actor in 0..images.actors() as u32 {
        let alike = |class: &&mut Vec<u32>| {
            colours[class[0] as usize] == colours[actor as usize]
                && images.image(images.swapped(class[0], actor)).is_some()
        };
        match found.iter_mut().find(alike) {
            Some(class) => class.push(actor),
            None => found.push(vec![actor]),
        }
    }
    let mut product = 1_u64;
    found.retain_mut(|class| {
        class.truncate(CLASS_MAX);
        let order = u64::from(factorial(class.len()));
        let kept = class.len() > 1 && product * order < 1 << 32;
        product *= if kept { order } else { 1 };
        kept
    });
    found.into_iter().filter_map(|members| class(images, members)).collect()
}

/// A class with the slots of each member; `None` where slots belong to several members at once.
fn class(images: &Images, members: Vec<u32>) -> Option<Class> {
    let swap = |one: u32, other: u32| images.image(images.swapped(one, other));
    let swaps: Vec<Permutation> =
        members[1..].iter().map(|&member| swap(members[0], member)).collect::<Option<_>>()?;
    let moves = |swap: &Permutation, slot: u32| swap.slots[slot as usize] != slot;
    let first = swaps.first()?;
    let slots = 0..first.slots.len() as u32;
    // The first member's slots move with every exchange; of a pair, either half will do.
    let own: Vec<u32> = slots
        .filter(|&slot| {
            swaps.iter().all(|swap| moves(swap, slot))
                && (swaps.len() > 1 || slot < first.slots[slot as usize])
        })
        .collect();
    let mut blocks = vec![own.clone()];
    for swap in &swaps {
        let block: Vec<u32> = own.iter().map(|&slot| swap.slots[slot as usize]).collect();
        let moved = (0..swap.slots.len() as u32).filter(|&slot| moves(swap, slot)).count();
        if moved != 2 * own.len()
            || block.iter().any(|slot| blocks.iter().flatten().any(|s| s == slot))
        {
            return None;
        }
        blocks.push(block);
    }
    Some(Class { members, blocks })
}

/// A number for each actor that every permutation keeps: how it looks, whoever the others are.
fn colours(images: &Images) -> Vec<u64> {
    let mut colours = vec![0_u64; images.actors()];
    for (rule, mentions) in images.rules().iter().zip(&images.mentions) {
        for &actor in mentions {
            let code = seen_from(images, rule, actor, u32::MAX);
            colours[actor as usize] = colours[actor as usize].wrapping_add(code);
        }
    }
    colours
}

/// A number for what a rule says of one actor and another, whoever the others are.
fn seen_from(images: &Images, rule: &crate::model::Rule, one: u32, other: u32) -> u64 {
    let name = |actor: u32| {
        if actor == one {
            1
        } else if actor == other {
            2
        } else {
            0
        }
    };
    let variable = |id: crate::model::VarId| {
        if let Some(form) = images.loose.form(id.index()) {
            return form;
        }
        let (span, issue, actors) = &images.variables()[id.index()];
        let actors: Vec<u64> = actors.iter().map(|&actor| name(actor)).collect();
        hash(&(span, issue, actors))
    };
    let code = images.named(&|id| name(id.index() as u32), &variable).rule(rule).0;
    hash(&code)
}

/// All permutations that change nothing, the one without moves first; none where there would be
/// too many or they take too long to find.
fn listed(images: &Images) -> Vec<Permutation> {
    let pairs: usize = images.mentions.iter().map(|all| all.len() * all.len()).sum();
    if pairs > PAIRS_MAX {
        return Vec::new();
    }
    let mut between: FxHashMap<(u32, u32), u64> = FxHashMap::default();
    for (rule, mentions) in images.rules().iter().zip(&images.mentions) {
        for &one in mentions {
            for &other in mentions {
                let colour = between.entry((one, other)).or_default();
                *colour = colour.wrapping_add(seen_from(images, rule, one, other));
            }
        }
    }
    let colours = colours(images);
    let mut search = Search { images, between, colours, tries: 0, found: Vec::new() };
    search.go_on(&mut Vec::new());
    if search.tries > TRIES_MAX || search.found.len() > LISTED_MAX {
        return Vec::new();
    }
    search.found
}

struct Search<'a> {
    images: &'a Images,
    between: FxHashMap<(u32, u32), u64>,
    colours: Vec<u64>,
    tries: usize,
    found: Vec<Permutation>,
}

impl Search<'_> {
    /// Goes on with the places of the first actors chosen.
    fn go_on(&mut self, places: &mut Vec<u32>) {
        self.tries += 1;
        if self.tries > TRIES_MAX || self.found.len() > LISTED_MAX {
            return;
        }
        let next = places.len() as u32;
        if places.len() == self.images.actors() {
            self.found.extend(self.images.image(places.clone()));
            return;
        }
        for place in 0..self.images.actors() as u32 {
            if self.fits(places, next, place) {
                places.push(place);
                self.go_on(places);
                places.pop();
            }
        }
    }

    /// Whether an actor at a place looks to those before as it did.
    fn fits(&self, places: &[u32], actor: u32, place: u32) -> bool {
        let colour = |one: u32, other: u32| self.between.get(&(one, other));
        !places.contains(&place)
            && self.colours[actor as usize] == self.colours[place as usize]
            && places.iter().zip(0..).all(|(&other_place, other)| {
                colour(actor, other) == colour(place, other_place)
                    && colour(other, actor) == colour(other_place, place)
            })
    }
}
