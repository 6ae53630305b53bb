//! From the model to the situations: rules compiled, situations packed, turns expanded.
//!
//! Guaranteed after this stage: every situation that is possible under some allowed likelihood and
//! policy, up to the horizon, is in the [`Graph`] once, with everything that can come next.

mod batch;
pub mod choice;
pub mod compile;
mod conditioned;
pub mod conflict;
pub mod draw;
pub mod expansion;
pub mod explore;
pub mod finish;
pub mod graph;
mod groups;
pub mod layout;
mod product;
pub mod program;
mod reads;
mod resources;
mod reweigh;
pub mod row;
mod scaled;
pub mod settle;
pub mod symmetry;
pub mod test;
pub mod turn;

pub use conditioned::{Conditioned, NOWHERE, Seen, Unseen, stand_still};
pub use conflict::Conflict;
pub use draw::Freedom;
pub use explore::{Detail, Explored, Limit, Limits, explore};
pub use graph::{Graph, Kind};
pub use program::{Kept, Program};
pub use reads::Reads;
pub use scaled::Scaled;
pub use symmetry::Symmetry;
