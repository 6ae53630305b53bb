//! The outcomes with one likelihood at both ends of its range, all others at their estimates.

use super::answer::Swing;
use super::lever::Movable;
use super::scene::Scene;
use rayon::prelude::*;

/// For each likelihood of a scene: its swing, where it has a range.
#[must_use]
pub fn swings(scene: &Scene<'_>) -> Vec<Option<Swing>> {
    if scene.is_large() {
        scene.movables.iter().map(|movable| swing(scene, movable)).collect()
    } else {
        scene.movables.par_iter().map(|movable| swing(scene, movable)).collect()
    }
}

fn swing(scene: &Scene<'_>, movable: &Movable) -> Option<Swing> {
    let range = &movable.likelihood;
    if !range.is_range() {
        return None;
    }
    // As far as the other alternatives leave room for it: the bounds go no farther.
    let (mut low, mut high) = (range.low, range.high);
    for (least, most) in scene.rooms(movable).map(|room| room.within_ranges()) {
        low = low.max(least);
        high = high.min(most);
    }
    let high = high.max(low);
    let at = |value| Some(scene.weigh(&scene.moved(movable, value))?.estimates());
    Some(Swing { low, high, at_low: at(low)?, at_high: at(high)? })
}
