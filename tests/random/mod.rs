//! Random small scenarios, printed as text.

pub mod phrases;
pub mod print;
pub mod scenario;
pub mod strategy;
