//! Random small scenarios, printed as text.

#![allow(dead_code, reason = "each test binary uses its part")]

pub mod phrases;
pub mod print;
pub mod scenario;
pub mod strategy;
