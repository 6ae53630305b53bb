//! The order within layers: few crossings, by barycentres and by exchanging neighbours.

use super::layers::Layers;

/// So often are all layers gone through, forth and back.
const SWEEPS: usize = 24;

/// With more items, neighbours are not exchanged one by one.
const MANY: usize = 20_000;

/// Puts the items of all layers into an order.
pub fn order(layers: &mut Layers) {
    begin(layers);
    let mut places = vec![0; layers.items.len()];
    number(layers, &mut places);
    let mut best = (crossings(layers, &places), layers.layers.clone());
    for sweep in 0..SWEEPS {
        let forth = sweep % 2 == 0;
        let count = layers.layers.len();
        for step in 0..count {
            let at = if forth { step } else { count - 1 - step };
            sort(layers, &mut places, at, forth, sweep % 4 >= 2);
        }
        if layers.items.len() <= MANY {
            exchange(layers, &mut places);
        }
        let found = crossings(layers, &places);
        if found < best.0 {
            best = (found, layers.layers.clone());
        }
        if best.0 == 0.0 {
            break;
        }
    }
    layers.layers = best.1;
}

/// The first order: depth first from the left.
fn begin(layers: &mut Layers) {
    let mut layer_of = vec![0; layers.items.len()];
    for (at, items) in layers.layers.iter().enumerate() {
        items.iter().for_each(|&item| layer_of[item] = at);
    }
    let mut waiting: Vec<usize> = layers.layers.iter().flatten().copied().collect();
    waiting.reverse();
    let mut seen = vec![false; layers.items.len()];
    let mut ordered = vec![Vec::new(); layers.layers.len()];
    while let Some(item) = waiting.pop() {
        if !std::mem::replace(&mut seen[item], true) {
            ordered[layer_of[item]].push(item);
            waiting.extend(layers.items[item].behind.iter().rev().map(|&(next, _)| next));
        }
    }
    layers.layers = ordered;
}

fn number(layers: &Layers, places: &mut [usize]) {
    for items in &layers.layers {
        items.iter().enumerate().for_each(|(place, &item)| places[item] = place);
    }
}

/// Sorts a layer by the mean place of what its items are linked with on one side. Items without
/// links stay where they are.
fn sort(layers: &mut Layers, places: &mut [usize], at: usize, forth: bool, last_first: bool) {
    let mut items = std::mem::take(&mut layers.layers[at]);
    let mut keyed: Vec<(f64, usize)> = (items.iter())
        .filter_map(|&item| {
            let one = &layers.items[item];
            let links = if forth { &one.before } else { &one.behind };
            #[expect(clippy::cast_precision_loss, reason = "layers are short")]
            let sum: f64 = links.iter().map(|&(other, _)| places[other] as f64).sum();
            #[expect(clippy::cast_precision_loss, reason = "links are few")]
            (!links.is_empty()).then(|| (sum / links.len() as f64, item))
        })
        .collect();
    if last_first {
        keyed.reverse();
    }
    keyed.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut sorted = keyed.into_iter().map(|(_, item)| item);
    for place in &mut items {
        let one = &layers.items[*place];
        let linked = if forth { !one.before.is_empty() } else { !one.behind.is_empty() };
        if linked && let Some(next) = sorted.next() {
            *place = next;
        }
    }
    items.iter().enumerate().for_each(|(place, &item)| places[item] = place);
    layers.layers[at] = items;
}

/// Exchanges neighbours as long as that takes crossings away.
fn exchange(layers: &mut Layers, places: &mut [usize]) {
    const ROUNDS: usize = 6;
    for _ in 0..ROUNDS {
        let mut better = false;
        for at in 0..layers.layers.len() {
            for place in 1..layers.layers[at].len() {
                let (one, other) = (layers.layers[at][place - 1], layers.layers[at][place]);
                let now = between(layers, places, one, other);
                let then = between(layers, places, other, one);
                if then < now {
                    layers.layers[at].swap(place - 1, place);
                    places[one] = place;
                    places[other] = place - 1;
                    better = true;
                }
            }
        }
        if !better {
            return;
        }
    }
}

/// The crossings of the links of two neighbours, `one` above `other`.
fn between(layers: &Layers, places: &[usize], one: usize, other: usize) -> usize {
    let count = |above: &[(usize, f64)], below: &[(usize, f64)]| -> usize {
        let crossed = |&(up, _): &(usize, f64)| {
            below.iter().filter(|&&(down, _)| places[down] < places[up]).count()
        };
        above.iter().map(crossed).sum()
    };
    let (one, other) = (&layers.items[one], &layers.items[other]);
    count(&one.before, &other.before) + count(&one.behind, &other.behind)
}

/// All crossings, counted as Barth, Jünger and Mutzel do, "Simple and Efficient Bilayer Cross
/// Counting" (2002).
fn crossings(layers: &Layers, places: &[usize]) -> f64 {
    let mut all = 0.0;
    for (at, items) in layers.layers.iter().enumerate() {
        let behind = layers.layers.get(at + 1).map_or(0, Vec::len);
        let mut tree = vec![0_u32; behind + 1];
        let mut seen = 0_u32;
        for &item in items {
            let mut ends: Vec<usize> =
                layers.items[item].behind.iter().map(|&(end, _)| places[end]).collect();
            ends.sort_unstable();
            for &end in &ends {
                let mut below = 0;
                let mut node = end + 1;
                while node > 0 {
                    below += tree[node];
                    node &= node - 1;
                }
                all += f64::from(seen - below);
            }
            for &end in &ends {
                seen += 1;
                let mut node = end + 1;
                while node <= behind {
                    tree[node] += 1;
                    node += node & node.wrapping_neg();
                }
            }
        }
    }
    all
}
