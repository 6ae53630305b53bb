//! Linear equations between the situations of a graph.

pub mod elimination;
pub mod iteration;
pub mod number;
pub mod parts;
