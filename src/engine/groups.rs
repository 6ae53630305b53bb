//! Which draws of a turn depend on each other: those that touch something in common.

use super::program::{Consequence, Program};
use super::resources::Resources;

/// Puts what a turn draws, and what is sure, into groups that touch nothing in common; keeps its
/// working memory.
#[derive(Clone, Debug)]
pub struct Groups {
    resources: Resources,
    /// For each thing: the item that touched it first in this turn, or `NOBODY`.
    owner: Vec<u32>,
    touched: Vec<u32>,
    /// A forest over the items (Galler and Fischer 1964).
    parent: Vec<u32>,
}

const NOBODY: u32 = u32::MAX;

impl Groups {
    /// For a program.
    #[must_use]
    pub fn new(program: &Program) -> Self {
        let resources = Resources::new(program);
        let owner = vec![NOBODY; resources.count];
        Self { resources, owner, touched: Vec::new(), parent: Vec::new() }
    }

    /// Finds the groups of these items: first the draws, then what is sure. What is sure and
    /// touches no draw's things is one group.
    pub fn find(&mut self, program: &Program, draws: &[u32], sure: &[(Option<u32>, Consequence)]) {
        for thing in self.touched.drain(..) {
            self.owner[thing as usize] = NOBODY;
        }
        self.parent.clear();
        self.parent.extend(0..(draws.len() + sure.len()) as u32);
        for (item, &draw) in draws.iter().enumerate() {
            for result in &program.draws[draw as usize].results {
                self.touch(item as u32, result.consequence);
            }
        }
        for (item, &(_, consequence)) in sure.iter().enumerate() {
            self.touch((draws.len() + item) as u32, consequence);
        }
        let mut alone = None;
        for item in draws.len() as u32..self.parent.len() as u32 {
            // The smallest item is the root: a root that is sure has no draw in its group.
            let root = self.root(item);
            if root as usize >= draws.len() {
                let first = *alone.get_or_insert(root);
                self.join(first, root);
            }
        }
    }

    fn touch(&mut self, item: u32, consequence: Consequence) {
        let Self { resources, owner, touched, parent } = self;
        resources.each(consequence, |thing| {
            let owner = &mut owner[thing as usize];
            if *owner == NOBODY {
                *owner = item;
                touched.push(thing);
            } else {
                join(parent, *owner, item);
            }
        });
    }

    fn join(&mut self, one: u32, other: u32) {
        join(&mut self.parent, one, other);
    }

    /// The smallest item of an item's group: a draw where it has any.
    #[must_use]
    pub fn root(&self, item: u32) -> u32 {
        root(&self.parent, item)
    }
}

fn root(parent: &[u32], mut item: u32) -> u32 {
    while parent[item as usize] != item {
        item = parent[item as usize];
    }
    item
}

fn join(parent: &mut [u32], one: u32, other: u32) {
    let (one, other) = (root(parent, one), root(parent, other));
    parent[one.max(other) as usize] = one.min(other);
}
