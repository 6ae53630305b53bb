//! Formats that other tools read.

pub mod github;
pub mod junit;
pub mod sarif;
pub mod snapshot;
