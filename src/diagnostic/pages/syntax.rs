//! E0xxx, the text cannot be read.

use crate::diagnostic::{Code, Page};

/// Something else was expected here.
pub const UNEXPECTED: Code = Code("E0001");
/// A string without its end.
pub const UNTERMINATED_STRING: Code = Code("E0002");
/// A comment without its end.
pub const UNTERMINATED_COMMENT: Code = Code("E0003");
/// A reserved word stands where a name is needed.
pub const RESERVED_WORD: Code = Code("E0004");
/// A backslash with something else behind it than an escape.
pub const BAD_ESCAPE: Code = Code("E0005");
/// Nested deeper than the limit.
pub const TOO_DEEP: Code = Code("E0006");
/// A file larger than the limit.
pub const TOO_LARGE: Code = Code("E0007");
/// A file that is not UTF-8.
pub const BAD_UTF8: Code = Code("E0008");
/// More syntax errors than are told.
pub const TOO_MANY: Code = Code("E0009");
/// A date that is not written as one.
pub const BAD_DATE: Code = Code("E0010");
/// A number that is not written as one, or of the wrong kind.
pub const BAD_NUMBER: Code = Code("E0011");
/// A character that the language does not use.
pub const UNKNOWN_CHARACTER: Code = Code("E0012");
/// A word that begins no declaration.
pub const UNKNOWN_DECLARATION: Code = Code("E0013");
/// A brace or parenthesis without its end.
pub const UNCLOSED: Code = Code("E0014");
/// A value where a condition is needed.
pub const CONDITION_NEEDED: Code = Code("E0015");
/// A condition where a value is needed.
pub const NUMBER_NEEDED: Code = Code("E0016");
/// A unit of time that does not exist.
pub const UNKNOWN_UNIT: Code = Code("E0017");

/// The pages of this range.
pub const PAGES: &[Page] = &[];
