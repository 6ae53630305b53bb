//! What each result of a draw is worth to each goal: the layered graph of a situation's draws, gone
//! through once forward (how likely each node is) and once backward (what lies behind it).

use super::open_likelihoods::Scene;
use crate::engine::choice::Choice;

/// For each declaration and alternative, `else` last, and for each goal of a block: by how much the
/// goal's probability grows with that of the alternative, all others held.
#[derive(Clone, Debug)]
pub struct Gains {
    first: Vec<usize>,
    /// How many goals there are.
    pub goals: usize,
    values: Vec<f64>,
}

impl Gains {
    /// Nothing so far.
    #[must_use]
    pub fn new(scene: &Scene<'_>, goals: usize) -> Self {
        let model = scene.model;
        let mut sizes = vec![0; model.declarations.len()];
        for rule in &model.rules {
            sizes[rule.declaration.index()] = rule.alternatives.len() + 1;
        }
        let mut first = Vec::with_capacity(sizes.len());
        let mut next = 0;
        for size in sizes {
            first.push(next);
            next += size;
        }
        Self { first, goals, values: vec![0.0; next * goals] }
    }

    /// What an alternative of a declaration is worth to a goal.
    #[must_use]
    pub fn get(&self, declaration: usize, alternative: usize, goal: usize) -> f64 {
        self.values[(self.first[declaration] + alternative) * self.goals + goal]
    }

    /// Adds what another has found.
    pub fn add(&mut self, other: &Self) {
        self.values.iter_mut().zip(&other.values).for_each(|(sum, more)| *sum += more);
    }

    /// Adds a situation with what varies there, given for each of its leaves and goals how often a
    /// storyline comes to the situation times what lies behind the leaf.
    pub fn situation(&mut self, scene: &Scene<'_>, choice: Option<Choice<'_>>, behind: &[f64]) {
        if let Some(choice) = choice
            && behind.iter().any(|value| *value != 0.0)
        {
            self.choice(scene, choice, behind);
        }
    }

    fn choice(&mut self, scene: &Scene<'_>, choice: Choice<'_>, behind: &[f64]) {
        let (program, goals) = (&scene.program, self.goals);
        let mut reach = vec![vec![1.0]];
        for at in 0..choice.draws() {
            let layer = choice.layer(program, at);
            let estimate = program.draws[layer.draw as usize].estimate();
            let width = layer.children.iter().max().map_or(0, |&child| child as usize + 1);
            let mut next = vec![0.0; width];
            for (children, reach) in layer.children.chunks_exact(estimate.len()).zip(&reach[at]) {
                for (&child, share) in children.iter().zip(estimate) {
                    next[child as usize] += reach * share;
                }
            }
            reach.push(next);
        }
        let mut below: Vec<f64> = Vec::new();
        for (leaves, shares) in choice.bundles() {
            let begin = below.len();
            below.resize(begin + goals, 0.0);
            for (&leaf, share) in leaves.iter().zip(shares) {
                let values = &behind[leaf as usize * goals..][..goals];
                for (sum, value) in below[begin..].iter_mut().zip(values) {
                    *sum += share * value;
                }
            }
        }
        for at in (0..choice.draws()).rev() {
            let layer = choice.layer(program, at);
            let draw = &program.draws[layer.draw as usize];
            let declaration = scene.model.rules[draw.rule as usize].declaration.index();
            let estimate = draw.estimate();
            let mut here = vec![0.0; layer.width * goals];
            for (node, children) in layer.children.chunks_exact(estimate.len()).enumerate() {
                let reach = reach[at][node];
                for ((&child, result), share) in children.iter().zip(&draw.results).zip(estimate) {
                    let slot = self.first[declaration] + result.alternative as usize;
                    let worth = &mut self.values[slot * goals..][..goals];
                    let below = &below[child as usize * goals..][..goals];
                    let here = &mut here[node * goals..][..goals];
                    for goal in 0..goals {
                        worth[goal] += reach * result.share * below[goal];
                        here[goal] += share * below[goal];
                    }
                }
            }
            below = here;
        }
    }
}
