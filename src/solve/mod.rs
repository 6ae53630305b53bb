//! Numbers: how likely a goal is, and how often a situation is visited. No question, and no page.

pub mod aim;
pub mod branch_and_bound;
pub mod chances;
pub mod extremes;
pub mod fixed_points;
pub mod goals;
pub mod linear;
pub mod permutations;
pub mod progress;
pub mod qualitative;
pub mod solver;
pub mod values;

pub mod visits;
pub mod work;
