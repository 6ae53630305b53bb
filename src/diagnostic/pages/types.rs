//! E2xxx, values, levels, likelihoods and ranges.

use crate::diagnostic::{Code, Page};

/// A comparison by order of what has none.
pub const NO_ORDER: Code = Code("E2001");
/// A comparison of things of different kinds.
pub const DIFFERENT_KINDS: Code = Code("E2002");
/// Something that is neither true nor false in the place of a condition.
pub const NOT_A_CONDITION: Code = Code("E2003");
/// A likelihood below 0% or above 100%.
pub const LIKELIHOOD_OUTSIDE: Code = Code("E2004");
/// A range whose low end is above its high end.
pub const UPSIDE_DOWN: Code = Code("E2005");
/// Alternatives whose low ends add up to more than 100%.
pub const SUM_ABOVE_ONE: Code = Code("E2006");
/// Options that cannot add up to 100%.
pub const OPTIONS_DO_NOT_ADD_UP: Code = Code("E2007");
/// A value that the variable cannot take.
pub const NOT_A_VALUE: Code = Code("E2008");
/// A raise or lower of what has no order.
pub const NO_STEPS: Code = Code("E2009");
/// A variable with too few or too many actors.
pub const WRONG_ACTORS: Code = Code("E2010");
/// An attribute or variable that other actors have, and this one has not.
pub const NOT_FOR_THIS_ACTOR: Code = Code("E2011");
/// A rung without a ladder.
pub const NO_LADDER: Code = Code("E2012");
/// `turn` within a calculation.
pub const TURN_ALONE: Code = Code("E2013");
/// A number that is too small or too large for its place.
pub const NUMBER_OUT_OF_RANGE: Code = Code("E2014");
/// A length of time that does not fit its place.
pub const DURATION: Code = Code("E2015");
/// A day that the calendar does not have.
pub const NOT_A_DATE: Code = Code("E2016");
/// A grade that the Admiralty code does not have.
pub const NOT_A_GRADE: Code = Code("E2017");
/// A state that mixes `|` and `<`.
pub const MIXED_SEPARATORS: Code = Code("E2018");
/// A calculation with something that is no number.
pub const NOT_A_NUMBER: Code = Code("E2019");
/// A filter that depends on what happens.
pub const NOT_KNOWN_BEFORE: Code = Code("E2020");
/// A measure that is none of `P`, `Pmin` and `Pmax`.
pub const UNKNOWN_MEASURE: Code = Code("E2021");

/// The pages of this range.
pub const PAGES: &[Page] = &[];
