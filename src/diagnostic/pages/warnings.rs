//! Wxxxx, doubts.

use crate::diagnostic::Page;

/// The pages of this range.
pub const PAGES: &[Page] = &[];
