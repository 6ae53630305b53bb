//! E3xxx, what is written cannot mean anything.

use crate::diagnostic::Page;

/// The pages of this range.
pub const PAGES: &[Page] = &[];
