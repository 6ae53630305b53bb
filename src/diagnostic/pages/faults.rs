//! E9xxx, faults of Escalade itself.

use crate::diagnostic::Code;

super::registry! {
    /// Something that was read has been lost, and nothing has been said of it.
    LOST = "E9001";
}

/// Codes that no text draws as long as Escalade is sound: tests cannot run their examples.
pub const UNDRAWN: &[Code] = &[LOST];
