//! What two scenarios, or two ways to read one, are told apart by.

pub mod attribution;
pub mod estimates;
