//! Wxxxx, doubts.

use crate::diagnostic::{Code, Page};

/// A rule that never has its chance.
pub const NEVER_A_CHANCE: Code = Code("W0001");
/// An action that nobody takes.
pub const NEVER_DONE: Code = Code("W0002");
/// A declaration that nothing uses.
pub const UNUSED: Code = Code("W0003");
/// A position without a source.
pub const NO_SOURCE: Code = Code("W0004");
/// A rule without a rationale.
pub const NO_RATIONALE: Code = Code("W0005");
/// An inject after the end of the run.
pub const BEYOND_HORIZON: Code = Code("W0006");
/// A member that hides a declaration of the same name.
pub const SHADOWED: Code = Code("W0007");
/// Outcomes that overlap without an order in time.
pub const OVERLAP: Code = Code("W0008");

/// The pages of this range.
pub const PAGES: &[Page] = &[];
