//! Escalade: a declarative language for escalation scenarios.
//!
//! ```text
//! text -> syntax -> model -> engine -> analysis -> report
//!         (tree)   (meaning) (situations) (answers)  (pages)
//! ```
//!
//! One way only: a module uses modules to its left, [`source`] and [`diagnostic`] beside.

// Named by what pest makes of the grammar where its feature `std` is off.
extern crate alloc;

pub mod analysis;
pub mod cli;
pub mod diagnostic;
mod disk;
pub mod engine;
pub mod lsp;
pub mod model;
pub mod report;
mod solve;
pub mod source;
pub mod syntax;
