//! How far to the right each node stands.

use super::Plan;

/// So often are nodes drawn towards their neighbours.
const ROUNDS: usize = 8;

/// The rank of each node from 0: every edge leads at least one rank on, after those that lead back
/// are turned round.
pub fn ranks(plan: &Plan, back: &[bool]) -> Vec<usize> {
    let links = Links::new(plan, back);
    let order = links.topological();
    let mut ranks = vec![0; plan.nodes.len()];
    for &node in &order {
        ranks[node] =
            links.causes[node].iter().map(|&(cause, _)| ranks[cause] + 1).max().unwrap_or(0);
    }
    for _ in 0..ROUNDS {
        let before = ranks.clone();
        for &node in order.iter().rev() {
            links.pull(&mut ranks, node);
        }
        if ranks == before {
            break;
        }
    }
    let least = ranks.iter().copied().min().unwrap_or(0);
    let last = ranks.iter().copied().max().unwrap_or(0);
    // What follows from nothing and leads to nothing stands at the end.
    let alone = |node: usize| links.causes[node].is_empty() && links.effects[node].is_empty();
    (0..ranks.len())
        .map(|node| if alone(node) { last - least } else { ranks[node] - least })
        .collect()
}

/// The edges at each node after those that lead back are turned round, with their weights.
struct Links {
    causes: Vec<Vec<(usize, f64)>>,
    effects: Vec<Vec<(usize, f64)>>,
}

impl Links {
    fn new(plan: &Plan, back: &[bool]) -> Self {
        let none = vec![Vec::new(); plan.nodes.len()];
        let mut links = Self { causes: none.clone(), effects: none };
        for (edge, &back) in plan.edges.iter().zip(back) {
            let (from, to) = if back { (edge.to, edge.from) } else { (edge.from, edge.to) };
            links.causes[to].push((from, edge.weight));
            links.effects[from].push((to, edge.weight));
        }
        links
    }

    fn topological(&self) -> Vec<usize> {
        let mut missing: Vec<usize> = self.causes.iter().map(Vec::len).collect();
        let mut order: Vec<usize> = (0..missing.len()).filter(|&at| missing[at] == 0).collect();
        let mut at = 0;
        while at < order.len() {
            for &(effect, _) in &self.effects[order[at]] {
                missing[effect] -= 1;
                if missing[effect] == 0 {
                    order.push(effect);
                }
            }
            at += 1;
        }
        order
    }

    /// Moves a node to the end of its free ranks where its edges become shorter by it: to the right
    /// where what follows weighs more, otherwise to the left.
    fn pull(&self, ranks: &mut [usize], node: usize) {
        let sum = |links: &[(usize, f64)]| links.iter().map(|(_, weight)| weight).sum::<f64>();
        let (causes, effects) = (&self.causes[node], &self.effects[node]);
        let first = causes.iter().map(|&(cause, _)| ranks[cause] + 1).max();
        let last = effects.iter().map(|&(effect, _)| ranks[effect].saturating_sub(1)).min();
        match (first, last) {
            (first, Some(last)) if sum(effects) > sum(causes) => {
                ranks[node] = last.max(first.unwrap_or(0));
            }
            (Some(first), _) => ranks[node] = first,
            (None, _) => {}
        }
    }
}
