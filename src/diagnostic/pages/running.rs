//! E4xxx, found while a scenario is evaluated.

use crate::diagnostic::Page;

/// The pages of this range.
pub const PAGES: &[Page] = &[];
