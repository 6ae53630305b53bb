//! E1xxx, a name that is unknown, taken twice or of the wrong kind; files that are missing.

use crate::diagnostic::{Code, Page};

/// A name that nothing declares.
pub const UNKNOWN_NAME: Code = Code("E1001");
/// A name that two declarations take.
pub const NAME_TAKEN: Code = Code("E1002");
/// A name of another kind than the place needs.
pub const WRONG_KIND: Code = Code("E1003");
/// A group where one actor is needed.
pub const GROUP_FOR_ACTOR: Code = Code("E1004");
/// A declaration of a name that is built in.
pub const BUILT_IN: Code = Code("E1005");
/// A value, level or rung that does not exist where it is looked up.
pub const UNKNOWN_VALUE: Code = Code("E1006");
/// A name that stands twice in one list.
pub const LISTED_TWICE: Code = Code("E1007");
/// An attribute or variable that no actor has.
pub const UNKNOWN_OF_ACTOR: Code = Code("E1008");
/// An outcome in the place of a condition.
pub const OUTCOME_AS_CONDITION: Code = Code("E1009");
/// `self` or `target` outside the body of an action.
pub const DOER_OUTSIDE_ACTION: Code = Code("E1010");
/// An import that cannot be read.
pub const IMPORT_MISSING: Code = Code("E1011");
/// Imports that go in a circle.
pub const IMPORT_CIRCLE: Code = Code("E1012");
/// A declaration that belongs to the file that is run.
pub const NOT_IN_IMPORT: Code = Code("E1013");
/// A file that is not UTF-8 text.
pub const NOT_TEXT: Code = Code("E1014");
/// The file that is run cannot be read.
pub const UNREADABLE: Code = Code("E1015");

/// The pages of this range.
pub const PAGES: &[Page] = &[];
