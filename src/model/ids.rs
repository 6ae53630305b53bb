//! Ids: indices into the tables of a [`Model`](super::Model).

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub u32);

        impl $name {
            /// The index for this position in its table.
            #[must_use]
            pub fn new(index: usize) -> Self {
                debug_assert!(u32::try_from(index).is_ok(), "tables are limited");
                Self(u32::try_from(index).unwrap_or(u32::MAX))
            }

            /// The position in its table.
            #[must_use]
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// An index into [`Model::actors`](super::Model::actors).
    ActorId,
    /// An index into [`Model::actions`](super::Model::actions).
    ActionId,
    /// An index into [`Model::declarations`](super::Model::declarations).
    DeclId,
    /// An index into [`Model::groups`](super::Model::groups).
    GroupId,
    /// An index into [`Model::issues`](super::Model::issues).
    IssueId,
    /// An index into [`Model::outcomes`](super::Model::outcomes).
    OutcomeId,
    /// An index into [`Model::params`](super::Model::params).
    ParamId,
    /// An index into [`Model::scales`](super::Model::scales).
    ScaleId,
    /// An index into [`Model::sources`](super::Model::sources).
    SourceId,
    /// An index into [`Model::variables`](super::Model::variables).
    VarId,
}
