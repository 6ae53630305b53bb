//! E2xxx, values, levels, likelihoods and ranges.

super::registry! {
    /// A comparison by order of what has none.
    NO_ORDER = "E2001";
    /// A comparison of things of different kinds.
    DIFFERENT_KINDS = "E2002";
    /// Something that is neither true nor false in the place of a condition.
    NOT_A_CONDITION = "E2003";
    /// A likelihood below 0% or above 100%.
    LIKELIHOOD_OUTSIDE = "E2004";
    /// A range whose low end is above its high end.
    UPSIDE_DOWN = "E2005";
    /// Alternatives whose low ends add up to more than 100%.
    SUM_ABOVE_ONE = "E2006";
    /// Options that cannot add up to 100%.
    OPTIONS_DO_NOT_ADD_UP = "E2007";
    /// A value that the variable cannot take.
    NOT_A_VALUE = "E2008";
    /// A raise or lower of what has no order.
    NO_STEPS = "E2009";
    /// A variable with too few or too many actors.
    WRONG_ACTORS = "E2010";
    /// An attribute or variable that other actors have, and this one has not.
    NOT_FOR_THIS_ACTOR = "E2011";
    /// A rung without a ladder.
    NO_LADDER = "E2012";
    /// `turn` within a calculation.
    TURN_ALONE = "E2013";
    /// A number that is too small or too large for its place.
    NUMBER_OUT_OF_RANGE = "E2014";
    /// A length of time that does not fit its place.
    DURATION = "E2015";
    /// A day that the calendar does not have.
    NOT_A_DATE = "E2016";
    /// A grade that the Admiralty code does not have.
    NOT_A_GRADE = "E2017";
    /// A state that mixes `|` and `<`.
    MIXED_SEPARATORS = "E2018";
    /// A calculation with something that is no number.
    NOT_A_NUMBER = "E2019";
    /// A filter that depends on what happens.
    NOT_KNOWN_BEFORE = "E2020";
}
