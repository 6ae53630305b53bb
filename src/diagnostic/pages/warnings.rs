//! W0001 to W0008, doubts; the others stand in [`super::lints`].

super::registry! {
    /// A rule that never has its chance.
    NEVER_A_CHANCE = "W0001";
    /// An action that nobody takes.
    NEVER_DONE = "W0002";
    /// A declaration that nothing uses.
    UNUSED = "W0003";
    /// A claim without a source.
    NO_SOURCE = "W0004";
    /// A rule without a rationale.
    NO_RATIONALE = "W0005";
    /// An inject, an observation, a delay or a limit after the end of the run.
    BEYOND_HORIZON = "W0006";
    /// A member that hides a declaration of the same name.
    SHADOWED = "W0007";
    /// Outcomes that overlap without an order in time.
    OVERLAP = "W0008";
}
