//! Fixed points that only grow, or only shrink: what has changed is asked again for, nothing else.

use std::collections::VecDeque;

/// Calls `change` with each of these numbers in their order, and again with those in `before` of one
/// for which it has said that something has changed, until nothing does.
pub fn settle(
    before: &[Vec<u32>],
    first: impl Iterator<Item = usize>,
    mut change: impl FnMut(usize) -> bool,
) {
    let mut queue: VecDeque<usize> = first.collect();
    let mut waits = vec![false; before.len()];
    queue.iter().for_each(|&at| waits[at] = true);
    while let Some(at) = queue.pop_front() {
        waits[at] = false;
        if !change(at) {
            continue;
        }
        for &from in &before[at] {
            let from = from as usize;
            if !std::mem::replace(&mut waits[from], true) {
                queue.push_back(from);
            }
        }
    }
}
