//! E3xxx, what is written cannot mean anything.

use crate::diagnostic::{Code, Page};

/// A group without members.
pub const EMPTY_GROUP: Code = Code("E3001");
/// Groups that contain each other.
pub const GROUP_CIRCLE: Code = Code("E3002");
/// Likelihoods that are defined by each other.
pub const LIKELIHOOD_CIRCLE: Code = Code("E3003");
/// A position that is asked for and nowhere stated.
pub const NO_POSITION: Code = Code("E3004");
/// Two positions of one actor on one issue with the same date.
pub const SAME_DATE: Code = Code("E3005");
/// A date in a scenario without a calendar.
pub const NO_CALENDAR: Code = Code("E3006");
/// A date before the start.
pub const BEFORE_START: Code = Code("E3007");
/// An actor doing what `by` does not allow.
pub const NOT_ALLOWED: Code = Code("E3008");
/// Two values for one variable in one block.
pub const CONFLICT: Code = Code("E3009");
/// An event without the target that its action needs.
pub const NO_TARGET: Code = Code("E3010");
/// A rule without a trigger, or with several.
pub const ONE_TRIGGER: Code = Code("E3011");
/// A rule without `then`.
pub const NO_THEN: Code = Code("E3012");
/// A clause that does not belong where it stands.
pub const CLAUSE: Code = Code("E3013");
/// A decision with fewer than two options.
pub const FEW_OPTIONS: Code = Code("E3014");
/// Something that a scenario has only once.
pub const DECLARED_TWICE: Code = Code("E3015");
/// A quotation that is not in the file of its source.
pub const QUOTATION: Code = Code("E3016");
/// A file of a source that cannot be read.
pub const SOURCE_FILE: Code = Code("E3017");
/// Two outcomes that are `otherwise`.
pub const OTHERWISE_TWICE: Code = Code("E3018");
/// A reading that changes what it cannot.
pub const CHANGE: Code = Code("E3019");
/// More than the stated limits allow.
pub const LIMIT: Code = Code("E3020");
/// A decision without the actor that decides.
pub const NO_DECIDER: Code = Code("E3021");

/// The pages of this range.
pub const PAGES: &[Page] = &[];
