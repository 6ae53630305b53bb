//! From the model to the situations: rules compiled, situations packed, turns expanded.
//!
//! Guaranteed after this stage: every situation that is possible under some allowed likelihood and
//! policy, up to the horizon, is in the [`Graph`] once, with everything that can come next.

pub mod compile;
pub mod conflict;
pub mod draw;
pub mod explore;
pub mod layout;
pub mod program;
mod reads;
pub mod row;
pub mod settle;
pub mod test;
pub mod turn;

pub use conflict::Conflict;
pub use draw::Freedom;
pub use explore::{Explored, Graph, Limits, explore};
pub use program::Program;
