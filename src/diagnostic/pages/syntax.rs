//! E0xxx, the text cannot be read.

use crate::diagnostic::Page;

/// The pages of this range.
pub const PAGES: &[Page] = &[];
