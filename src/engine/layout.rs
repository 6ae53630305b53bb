//! How a situation is packed: every value in a bit field of a few machine words.

use rustc_hash::FxHasher;
use std::hash::Hasher;

/// The place of one value in the packed words.
#[derive(Clone, Copy, Debug)]
struct Field {
    word: u32,
    shift: u32,
    mask: u64,
    low: i32,
}

/// The fields of all slots. A situation unpacked is a slice of `i32`, one a slot.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    fields: Vec<Field>,
    words: usize,
    used: u32,
}

impl Layout {
    /// Adds a slot for values from `low` to `high`, and says its number. Fields do not cross words.
    pub fn add(&mut self, low: i32, high: i32) -> usize {
        let width = u64::from(high.abs_diff(low));
        let bits = u64::BITS - width.leading_zeros();
        if self.words == 0 || self.used + bits > u64::BITS {
            self.words += 1;
            self.used = 0;
        }
        let word = u32::try_from(self.words - 1).unwrap_or(u32::MAX);
        let mask = (1_u64 << bits) - 1;
        self.fields.push(Field { word, shift: self.used.min(63), mask, low });
        self.used += bits;
        self.fields.len() - 1
    }

    /// How many slots there are.
    #[must_use]
    pub fn slots(&self) -> usize {
        self.fields.len()
    }

    /// How many words a situation takes, at least 1.
    #[must_use]
    pub fn words(&self) -> usize {
        self.words.max(1)
    }

    /// Packs values into `words`; every value must lie in the range of its slot.
    pub fn pack(&self, values: &[i32], words: &mut [u64]) {
        words.fill(0);
        for (field, &value) in self.fields.iter().zip(values) {
            let offset = u64::from(value.abs_diff(field.low)) & field.mask;
            words[field.word as usize] |= offset << field.shift;
        }
    }

    /// The value of one slot of packed words.
    #[must_use]
    pub fn get(&self, words: &[u64], slot: u32) -> i32 {
        let field = &self.fields[slot as usize];
        let offset = words[field.word as usize] >> field.shift & field.mask;
        field.low.wrapping_add_unsigned(offset as u32)
    }

    /// Changes one slot of packed words from `before` to `after`, whatever else they hold: applied
    /// to words of zeros, it makes the difference that changes any situation with that value.
    pub fn change(&self, words: &mut [u64], slot: u32, before: i32, after: i32) {
        let field = &self.fields[slot as usize];
        let offset = |value: i32| u64::from(value.abs_diff(field.low)) & field.mask;
        words[field.word as usize] ^= (offset(before) ^ offset(after)) << field.shift;
    }

    /// Unpacks `words` into `values`, one a slot.
    pub fn unpack(&self, words: &[u64], values: &mut [i32]) {
        for (field, value) in self.fields.iter().zip(values) {
            let offset = words[field.word as usize] >> field.shift & field.mask;
            *value = field.low.wrapping_add_unsigned(offset as u32);
        }
    }
}

/// The hash of a situation by its words and ending.
#[must_use]
#[inline]
pub fn hash(words: &[u64], ending: u32) -> u64 {
    let mut hasher = FxHasher::default();
    for &word in words {
        hasher.write_u64(word);
    }
    if ending != 0 {
        hasher.write_u32(ending);
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_out_again() {
        let mut layout = Layout::default();
        let ranges = [(0, 1), (-3, 3), (0, 0), (i32::MIN, i32::MAX), (5, 70), (0, 1_000_000)];
        for (low, high) in ranges {
            layout.add(low, high);
        }
        for pick in 0..2 {
            let values: Vec<i32> =
                ranges.iter().map(|range| if pick == 0 { range.0 } else { range.1 }).collect();
            let mut words = vec![0; layout.words()];
            layout.pack(&values, &mut words);
            let mut back = vec![0; layout.slots()];
            layout.unpack(&words, &mut back);
            assert_eq!(back, values);
        }
    }
}
