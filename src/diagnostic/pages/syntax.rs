//! E0xxx, the text cannot be read.

use crate::diagnostic::Code;

super::registry! {
    /// Something else was expected here.
    UNEXPECTED = "E0001";
    /// A string without its end.
    UNTERMINATED_STRING = "E0002";
    /// A comment without its end.
    UNTERMINATED_COMMENT = "E0003";
    /// A reserved word stands where a name is needed.
    RESERVED_WORD = "E0004";
    /// A backslash with something else behind it than an escape.
    BAD_ESCAPE = "E0005";
    /// Nested deeper than the limit.
    TOO_DEEP = "E0006";
    /// A file larger than the limit.
    TOO_LARGE = "E0007";
    /// A file that is not UTF-8.
    BAD_UTF8 = "E0008";
    /// More syntax errors than are told.
    TOO_MANY = "E0009";
    /// A date that is not written as one.
    BAD_DATE = "E0010";
    /// A number that is not written as one, or of the wrong kind.
    BAD_NUMBER = "E0011";
    /// A character that the language does not use.
    UNKNOWN_CHARACTER = "E0012";
    /// A word that begins no declaration.
    UNKNOWN_DECLARATION = "E0013";
    /// A brace or parenthesis without its end.
    UNCLOSED = "E0014";
    /// A value where a condition is needed.
    CONDITION_NEEDED = "E0015";
    /// A condition where a value is needed.
    NUMBER_NEEDED = "E0016";
    /// A unit of time that does not exist.
    UNKNOWN_UNIT = "E0017";
}

/// Codes whose example only shows the shape, because the real one is too large or no text: the
/// tests of the syntax stage make those.
pub const ONLY_SHAPE: &[Code] = &[TOO_DEEP, TOO_LARGE, BAD_UTF8, TOO_MANY];
