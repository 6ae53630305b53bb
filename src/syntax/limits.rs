//! The limits of this stage; passing one is a diagnostic.

/// The largest file, in bytes.
pub const MAX_FILE: usize = 16 * 1024 * 1024;

/// How deep parentheses, `not` and arithmetic may nest.
pub const MAX_DEPTH: usize = 200;

/// How many syntax errors of one file are told.
pub const MAX_MISTAKES: usize = 50;
