//! E3xxx, what is written cannot mean anything.

super::registry! {
    /// A group without members.
    EMPTY_GROUP = "E3001";
    /// Groups that contain each other.
    GROUP_CIRCLE = "E3002";
    /// Likelihoods that are defined by each other.
    LIKELIHOOD_CIRCLE = "E3003";
    /// A position that is asked for and nowhere stated.
    NO_POSITION = "E3004";
    /// Two positions of one actor on one issue with the same date.
    SAME_DATE = "E3005";
    /// A date in a scenario without a calendar.
    NO_CALENDAR = "E3006";
    /// A date before the start.
    BEFORE_START = "E3007";
    /// An actor doing what `by` does not allow.
    NOT_ALLOWED = "E3008";
    /// Two values for one variable in one block.
    CONFLICT = "E3009";
    /// An event without the target that its action needs.
    NO_TARGET = "E3010";
    /// A rule without a trigger, or with several.
    ONE_TRIGGER = "E3011";
    /// A rule without `then`.
    NO_THEN = "E3012";
    /// A clause that does not belong where it stands.
    CLAUSE = "E3013";
    /// A decision with fewer than two options.
    FEW_OPTIONS = "E3014";
    /// Something that a scenario has only once.
    DECLARED_TWICE = "E3015";
    /// A quotation that is not in the file of its source.
    QUOTATION = "E3016";
    /// A file of a source that cannot be read.
    SOURCE_FILE = "E3017";
    /// Two outcomes that are `otherwise`.
    OTHERWISE_TWICE = "E3018";
    /// A reading that changes what it cannot.
    CHANGE = "E3019";
    /// More than the stated limits allow.
    LIMIT = "E3020";
    /// A decision without the actor that decides.
    NO_DECIDER = "E3021";
}
