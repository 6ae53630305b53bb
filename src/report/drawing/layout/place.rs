//! Where everything stands: how far down by pulling linked items to one height, each layer solved
//! exactly as an isotonic regression; how far to the right by the widths of the layers.

use super::layers::Layers;
use super::{Area, Layout, Plan, Size, Stop, Way};

/// So often are all layers gone through, forth and back.
const SWEEPS: usize = 40;

/// How strongly an item wishes to be somewhere that has no links to pull it.
const ALONE: f64 = 0.05;

/// The least and the most room between two layers, for lines to bend in, and how much of it a line
/// gets for each pixel that it climbs.
const LEAST_BEND: f64 = 26.0;
const MOST_BEND: f64 = 90.0;
const BEND: f64 = 0.22;

/// Gives every item its place.
pub fn place(plan: &Plan, back: &[bool], layers: &Layers) -> Layout {
    let mut heights = vec![0.0; layers.items.len()];
    for items in &layers.layers {
        settle(layers, &mut heights, items, |_| (0.0, 1.0));
    }
    for sweep in 0..SWEEPS {
        let count = layers.layers.len();
        for step in 0..count {
            let at = if sweep % 2 == 0 { step } else { count - 1 - step };
            let both = sweep + 8 >= SWEEPS;
            let before = both || sweep % 2 == 0;
            let behind = both || sweep % 2 == 1;
            let old = heights.clone();
            let middle = middle(layers, &old, &layers.layers[at]);
            let wish = |item: usize| {
                let alone =
                    layers.items[item].before.is_empty() && layers.items[item].behind.is_empty();
                if alone { (middle, ALONE) } else { wish(layers, &old, item, before, behind) }
            };
            settle(layers, &mut heights, &layers.layers[at], wish);
        }
    }
    straighten(layers, &mut heights);
    lay(plan, back, layers, &heights)
}

/// The mean height of what an item is linked with, and how strongly it wishes to be there.
fn wish(layers: &Layers, heights: &[f64], item: usize, before: bool, behind: bool) -> (f64, f64) {
    let one = &layers.items[item];
    let before = one.before.iter().filter(|_| before);
    let behind = one.behind.iter().filter(|_| behind);
    let (mut sum, mut weights) = (0.0, 0.0);
    for &(other, weight) in before.chain(behind) {
        sum += weight * heights[other];
        weights += weight;
    }
    if weights > 0.0 { (sum / weights, weights) } else { (heights[item], ALONE) }
}

/// The mean height of all items of a layer that are linked with others; 0 without one.
fn middle(layers: &Layers, heights: &[f64], items: &[usize]) -> f64 {
    let linked = |item: &&usize| {
        !layers.items[**item].before.is_empty() || !layers.items[**item].behind.is_empty()
    };
    let (sum, count) = (items.iter().filter(linked))
        .fold((0.0, 0.0), |(sum, count), &item| (sum + heights[item], count + 1.0));
    if count > 0.0 { sum / count } else { 0.0 }
}

/// Moves the items of a layer as near to their wishes as their order and sizes allow: the least sum
/// of weighted squares, by pooling neighbours that are in each other's way.
fn settle(
    layers: &Layers,
    heights: &mut [f64],
    items: &[usize],
    wish: impl Fn(usize) -> (f64, f64),
) {
    struct Pool {
        sum: f64,
        weight: f64,
        count: usize,
    }
    let mut offsets = Vec::with_capacity(items.len());
    let mut offset = 0.0;
    let mut pools: Vec<Pool> = Vec::new();
    for &item in items {
        let half = layers.items[item].size.height / 2.0;
        offset += half;
        offsets.push(offset);
        let (wished, weight) = wish(item);
        let mut pool = Pool { sum: (wished - offset) * weight, weight, count: 1 };
        offset += half;
        while let Some(above) = pools.pop() {
            if above.sum / above.weight < pool.sum / pool.weight {
                pools.push(above);
                break;
            }
            pool = Pool {
                sum: above.sum + pool.sum,
                weight: above.weight + pool.weight,
                count: above.count + pool.count,
            };
        }
        pools.push(pool);
    }
    let pooled =
        pools.iter().flat_map(|pool| std::iter::repeat_n(pool.sum / pool.weight, pool.count));
    for ((&item, offset), base) in items.iter().zip(offsets).zip(pooled) {
        heights[item] = base + offset;
    }
}

/// Puts as many bends in a row as possible on one height.
fn straighten(layers: &Layers, heights: &mut [f64]) {
    let mut free: Vec<(Option<usize>, Option<usize>)> = vec![(None, None); layers.items.len()];
    for items in &layers.layers {
        for pair in items.windows(2) {
            free[pair[0]].1 = Some(pair[1]);
            free[pair[1]].0 = Some(pair[0]);
        }
    }
    let room = |heights: &[f64], item: usize| {
        let reach =
            |other: usize| (layers.items[item].size.height + layers.items[other].size.height) / 2.0;
        let (above, below) = free[item];
        (
            above.map_or(f64::NEG_INFINITY, |other| heights[other] + reach(other)),
            below.map_or(f64::INFINITY, |other| heights[other] - reach(other)),
        )
    };
    for bends in &layers.bends {
        let mut rest = bends.as_slice();
        while !rest.is_empty() {
            let (mut low, mut high) = (f64::NEG_INFINITY, f64::INFINITY);
            let mut sum = 0.0;
            let mut length = 0;
            for &bend in rest {
                let (above, below) = room(heights, bend);
                if low.max(above) > high.min(below) {
                    break;
                }
                (low, high) = (low.max(above), high.min(below));
                sum += heights[bend];
                length += 1;
            }
            let length = length.max(1);
            if length > 1 {
                #[expect(clippy::cast_precision_loss, reason = "there are few bends")]
                let height = (sum / length as f64).clamp(low, high);
                rest[..length].iter().for_each(|&bend| heights[bend] = height);
            }
            rest = &rest[length..];
        }
    }
}

/// The layers side by side, and all from one corner.
fn lay(plan: &Plan, back: &[bool], layers: &Layers, heights: &[f64]) -> Layout {
    let (lefts, widths, width) = columns(layers, heights);
    let half = |item: usize| layers.items[item].size.height / 2.0;
    let top =
        (0..heights.len()).map(|item| heights[item] - half(item)).fold(f64::INFINITY, f64::min);
    let bottom = (0..heights.len()).map(|item| heights[item] + half(item)).fold(top, f64::max);
    let mut layer_of = vec![0; layers.items.len()];
    for (at, items) in layers.layers.iter().enumerate() {
        items.iter().for_each(|&item| layer_of[item] = at);
    }
    let nodes = plan.nodes.iter().enumerate().map(|(node, &size)| Area {
        x: lefts[layer_of[node]] + (widths[layer_of[node]] - size.width) / 2.0,
        y: heights[node] - top - size.height / 2.0,
        size,
    });
    let way = |(at, bends): (usize, &Vec<usize>)| {
        let stops: Vec<Stop> = (bends.iter())
            .map(|&bend| {
                let layer = layer_of[bend];
                let (left, right) = (lefts[layer], lefts[layer] + widths[layer]);
                let label = layers.label_layers[at] == Some(layer);
                Stop { left, right, y: heights[bend] - top, label }
            })
            .collect();
        let label = plan.edges[at].label.and_then(|size| {
            let stop = stops.iter().find(|stop| stop.label)?;
            let x = (stop.left + stop.right - size.width) / 2.0;
            Some(Area { x, y: stop.y - size.height / 2.0, size })
        });
        let edge = &plan.edges[at];
        let (one, other) = (layer_of[edge.from], layer_of[edge.to]);
        let begin = lefts[one.min(other)] + widths[one.min(other)];
        Way { back: back[at], begin, stops, end: lefts[one.max(other)], label }
    };
    Layout {
        nodes: nodes.collect(),
        edges: layers.bends.iter().enumerate().map(way).collect(),
        size: Size { width, height: if heights.is_empty() { 0.0 } else { bottom - top } },
    }
}

/// Where each layer begins, how wide it is, and the width of all.
fn columns(layers: &Layers, heights: &[f64]) -> (Vec<f64>, Vec<f64>, f64) {
    let mut x = 0.0;
    let (mut lefts, mut widths) = (Vec::new(), Vec::new());
    for items in &layers.layers {
        let width = items.iter().map(|&item| layers.items[item].size.width).fold(0.0, f64::max);
        let climb = |&item: &usize| {
            let links = layers.items[item].behind.iter();
            links.map(|&(other, _)| (heights[item] - heights[other]).abs()).fold(0.0, f64::max)
        };
        let linked = items.iter().any(|&item| !layers.items[item].behind.is_empty());
        let steepest = items.iter().map(climb).fold(0.0, f64::max);
        lefts.push(x);
        widths.push(width);
        x += width;
        if linked {
            x += (steepest * BEND).clamp(LEAST_BEND, MOST_BEND);
        }
    }
    (lefts, widths, x)
}
