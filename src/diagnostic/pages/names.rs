//! E1xxx, a name that is unknown, taken twice or of the wrong kind; files that are missing.

super::registry! {
    /// A name that nothing declares.
    UNKNOWN_NAME = "E1001";
    /// A name that two declarations take.
    NAME_TAKEN = "E1002";
    /// A name of another kind than the place needs.
    WRONG_KIND = "E1003";
    /// A group where one actor is needed.
    GROUP_FOR_ACTOR = "E1004";
    /// A declaration of a name that is built in.
    BUILT_IN = "E1005";
    /// A value, level or rung that does not exist where it is looked up.
    UNKNOWN_VALUE = "E1006";
    /// A name that stands twice in one list.
    LISTED_TWICE = "E1007";
    /// An attribute or variable that no actor has.
    UNKNOWN_OF_ACTOR = "E1008";
    /// An outcome in the place of a condition.
    OUTCOME_AS_CONDITION = "E1009";
    /// `self` or `target` outside the body of an action.
    DOER_OUTSIDE_ACTION = "E1010";
    /// A file that cannot be read: the one that is run, or an import.
    UNREADABLE = "E1011";
    /// Imports that go in a circle.
    IMPORT_CIRCLE = "E1012";
    /// A declaration that belongs to the file that is run.
    NOT_IN_IMPORT = "E1013";
}
