//! E4xxx, found while a scenario is evaluated.

super::registry! {
    /// Two different values for one variable in one turn, at equal priority.
    CONFLICT = "E4001";
    /// More situations than allowed.
    TOO_MANY_SITUATIONS = "E4002";
    /// A simulation without an end.
    ENDLESS_SIMULATION = "E4003";
    /// An observation of a turn that the run never gets to.
    OBSERVED_TOO_LATE = "E4004";
    /// An observation that cannot have been made.
    IMPOSSIBLE = "E4005";
    /// None of the storylines that were drawn fits what was observed.
    NONE_FITS = "E4006";
}
