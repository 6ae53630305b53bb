//! Situations that are not finished, by their words: a table that a run looks into after every turn.

use crate::engine::layout::hash;

/// Situations that are not finished, and what they become: open addressing with linear probing and
/// half of the slots free, so that most searches look at one place in memory and no other.
pub struct Raws {
    width: usize,
    /// A power of two of them.
    slots: Vec<Slot>,
    /// The words of all, `width` each.
    words: Vec<u64>,
}

#[derive(Clone, Copy)]
struct Slot {
    /// The first word, here to be near.
    word: u64,
    /// Its place among all.
    at: u32,
    /// The number of what it becomes, or [`FREE`].
    becomes: u32,
}

const FREE: Slot = Slot { word: 0, at: 0, becomes: u32::MAX };

impl Raws {
    /// How many bytes one takes, about.
    pub const fn bytes(width: usize) -> usize {
        width * 8 + 2 * size_of::<Slot>()
    }

    /// None, for situations of so many words.
    pub fn new(width: usize) -> Self {
        Self { width, slots: vec![FREE; 64], words: Vec::new() }
    }

    /// What a situation becomes, if that is known.
    #[inline]
    pub fn find(&self, words: &[u64]) -> Option<u32> {
        let found = self.slots[self.search(words)].becomes;
        (found != FREE.becomes).then_some(found)
    }

    /// Adds a situation that is not there yet.
    pub fn add(&mut self, words: &[u64], becomes: u32) {
        let at = (self.words.len() / self.width) as u32;
        if 2 * (at as usize + 1) > self.slots.len() {
            let double = vec![FREE; 2 * self.slots.len()];
            for slot in std::mem::replace(&mut self.slots, double) {
                if slot.becomes != FREE.becomes {
                    let begin = slot.at as usize * self.width;
                    let free = self.search(&self.words[begin..begin + self.width]);
                    self.slots[free] = slot;
                }
            }
        }
        let free = self.search(words);
        self.slots[free] = Slot { word: words[0], at, becomes };
        self.words.extend_from_slice(words);
    }

    /// The slot of a situation, or the one that is free for it.
    #[inline]
    fn search(&self, words: &[u64]) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = hash(words, 0) as usize & mask;
        loop {
            let slot = &self.slots[at];
            if slot.becomes == FREE.becomes || slot.word == words[0] && self.same(slot, words) {
                return at;
            }
            at = (at + 1) & mask;
        }
    }

    /// Whether the words after the first are the same; a call for each comparison would take longer.
    #[inline]
    fn same(&self, slot: &Slot, words: &[u64]) -> bool {
        let begin = slot.at as usize * self.width + 1;
        self.width == 1 || self.words[begin..].iter().zip(&words[1..]).all(|(one, two)| one == two)
    }
}
