//! Probabilities within a number of turns: backward induction over the situations.

use super::backup::Backup;
use super::goal::Lanes;

/// Changes smaller than this are left out: over a thousand turns they add up to less than 1e-10.
const STILL: f64 = 1e-14;

/// For each turn from 0 to `turns`: the value of each goal at the start when that many turns are
/// left. Situations first reached in turn `d` are looked at only while `d` turns may have passed,
/// and only when something behind them has changed.
pub fn by_turn(backup: &mut Backup<'_>, turns: u32) -> Vec<Lanes> {
    let graph = backup.graph;
    let mut values: Vec<Lanes> = (0..graph.len()).map(|s| backup.at_end(s)).collect();
    let mut found = vec![backup.block.at_start(graph, &values[0])];
    let mut changed = vec![true; graph.len()];
    let mut updates: Vec<(usize, Lanes)> = Vec::new();
    for step in 1..=turns {
        let depth = (turns - step) as usize + 1;
        let within = graph.depths.get(depth).map_or(graph.len(), |&count| count as usize);
        updates.clear();
        for s in 0..within {
            let targets = &graph.targets[graph.leaves(s)];
            if targets.iter().any(|&target| changed[target as usize]) {
                let value = backup.value(s, &values);
                let moves = |(new, old): (&f64, &f64)| (new - old).abs() > STILL;
                if value.iter().zip(&values[s]).any(moves) {
                    updates.push((s, value));
                }
            }
        }
        changed.fill(false);
        for &(s, value) in &updates {
            values[s] = value;
            changed[s] = true;
        }
        found.push(backup.block.at_start(graph, &values[0]));
        if updates.is_empty() {
            break;
        }
    }
    let last = found.last().copied().unwrap_or_default();
    found.resize(turns as usize + 1, last);
    found
}
