//! E1xxx, a name that is unknown, taken twice or of the wrong kind.

use crate::diagnostic::Page;

/// The pages of this range.
pub const PAGES: &[Page] = &[];
