//! W0009 and up, doubts about how judgement is written down.

super::registry! {
    /// An actor that never reacts.
    ONE_SIDED = "W0009";
    /// A word beside a bare number in one draw.
    MIXED = "W0010";
    /// A likelihood with more digits than a judgement has.
    FALSE_PRECISION = "W0011";
    /// A reading that another one holds, or that changes nothing.
    ALIKE_READINGS = "W0012";
    /// An actor that acts against its own position.
    AGAINST_POSITION = "W0013";
    /// A chance that comes again every turn until it is all but certain.
    NEAR_CERTAIN = "W0014";
    /// An `allow` that names no lint.
    NO_SUCH_LINT = "W0015";
    /// An `allow` that allows nothing.
    NEEDLESS_ALLOW = "W0016";
    /// An outcome that can never be reached.
    DEAD_OUTCOME = "W0017";
    /// A text that says nothing.
    EMPTY_TEXT = "W0018";
    /// An expectation that holds because what it speaks of can never happen.
    HOLLOW = "W0019";
    /// A quantifier over too few members.
    TOO_FEW = "W0020";
    /// A name that a reader takes for another one.
    LOOK_ALIKE = "W0021";
}
