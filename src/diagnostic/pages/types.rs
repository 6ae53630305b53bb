//! E2xxx, values, levels, likelihoods and ranges.

use crate::diagnostic::Page;

/// The pages of this range.
pub const PAGES: &[Page] = &[];
