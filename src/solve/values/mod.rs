//! Backward: how likely goals are from each situation on.

pub mod equations;
pub mod given_observations;
mod longest_stay;
pub mod mean_turn;
pub mod one_turn;
pub mod policy_iteration;
mod precise_policies;
mod value_iteration;
pub mod with_horizon;
pub mod without_horizon;
