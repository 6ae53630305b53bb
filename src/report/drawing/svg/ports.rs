//! Where edges leave and meet their nodes.

use super::line::Bundle;
use crate::report::drawing::layout::Layout;

/// For each bundle the heights at which it meets the node at its left and the one at its right.
///
/// At each side of a node edges are as near to where they go on as the node's height allows, in
/// the same order, and side by side.
#[must_use]
pub fn ports(bundles: &[&Bundle<'_>], layout: &Layout) -> Vec<(f64, f64)> {
    let mut ports = vec![(0.0, 0.0); bundles.len()];
    let mut sides: Vec<[Vec<(f64, usize)>; 2]> =
        layout.nodes.iter().map(|_| [Vec::new(), Vec::new()]).collect();
    for (at, (bundle, way)) in bundles.iter().zip(&layout.edges).enumerate() {
        let (left, right) =
            if way.back { (bundle.to, bundle.from) } else { (bundle.from, bundle.to) };
        let (Some(first), Some(last)) = (way.stops.first(), way.stops.last()) else { continue };
        sides[left][1].push((first.y, at));
        sides[right][0].push((last.y, at));
    }
    for (node, sides) in sides.iter_mut().enumerate() {
        for (side, ends) in sides.iter_mut().enumerate() {
            ends.sort_by(|one, other| one.0.total_cmp(&other.0));
            let area = &layout.nodes[node];
            let inset = (area.size.height * 0.18).clamp(4.0, 10.0);
            let (top, bottom) = (area.y + inset, area.y + area.size.height - inset);
            let thick: Vec<f64> =
                ends.iter().map(|&(_, at)| bundles[at].thickness() + 3.0).collect();
            let wished: Vec<f64> = ends.iter().map(|&(wished, _)| wished).collect();
            for (&(_, at), height) in ends.iter().zip(spread(&wished, &thick, top, bottom)) {
                if side == 1 { ports[at].0 = height } else { ports[at].1 = height }
            }
        }
    }
    ports
}

/// Heights near the wished ones, in their order, apart by the sizes, between the two limits where
/// there is room for that.
fn spread(wished: &[f64], sizes: &[f64], top: f64, bottom: f64) -> Vec<f64> {
    let all: f64 = sizes.iter().sum();
    let room = bottom - top;
    let shrink = if all > room { room / all } else { 1.0 };
    let mut heights = Vec::with_capacity(wished.len());
    let mut least = top;
    for (&wished, size) in wished.iter().zip(sizes) {
        let half = size * shrink / 2.0;
        let height = wished.max(least + half);
        least = height + half;
        heights.push(height);
    }
    let mut most = bottom;
    for (height, size) in heights.iter_mut().zip(sizes).rev() {
        let half = size * shrink / 2.0;
        *height = height.min(most - half);
        most = *height - half;
    }
    heights
}
