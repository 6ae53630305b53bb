//! Forward: how often situations and transitions are visited.

pub mod before_goal;
pub mod carry;
pub mod incoming;
pub mod steady;
pub mod turn_by_turn;
