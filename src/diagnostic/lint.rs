//! Lints: doubts that have a name and a level, so that a scenario or a folder of them can say how
//! much each matters.

use super::pages::{lints, warnings as codes};
use super::{Code, Page};
use rustc_hash::FxHashMap;

/// What each warning is called where a name is easier to remember than its code.
const NAMES: &[(Code, &str)] = &[
    (codes::NEVER_A_CHANCE, "dead-rule"),
    (codes::NEVER_DONE, "dead-action"),
    (codes::UNUSED, "unused"),
    (codes::NO_SOURCE, "unsourced"),
    (codes::NO_RATIONALE, "no-rationale"),
    (codes::BEYOND_HORIZON, "beyond-horizon"),
    (codes::SHADOWED, "hidden-name"),
    (codes::OVERLAP, "overlapping-outcomes"),
    (lints::ONE_SIDED, "one-sided-actor"),
    (lints::MIXED, "mixed-likelihoods"),
    (lints::FALSE_PRECISION, "false-precision"),
    (lints::ALIKE_READINGS, "overlapping-readings"),
    (lints::AGAINST_POSITION, "against-position"),
    (lints::NEAR_CERTAIN, "near-certain"),
    (lints::NO_SUCH_LINT, "unknown-allow"),
    (lints::NEEDLESS_ALLOW, "needless-allow"),
    (lints::DEAD_OUTCOME, "dead-outcome"),
    (lints::EMPTY_TEXT, "empty-text"),
    (lints::HOLLOW, "hollow-expectation"),
    (lints::TOO_FEW, "too-few-members"),
    (lints::LOOK_ALIKE, "look-alike"),
];

/// How much a lint matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// It is not told.
    Allow,
    /// It is a warning, as all are unless something else is said.
    Warn,
    /// It is an error.
    Deny,
}

impl Level {
    /// All levels, mildest first, with the words for them.
    pub const ALL: [(&'static str, Self); 3] =
        [("allow", Self::Allow), ("warn", Self::Warn), ("deny", Self::Deny)];
}

/// The levels of lints, where they are not the usual one.
#[derive(Clone, Debug, Default)]
pub struct Levels(FxHashMap<Code, Level>);

impl Levels {
    /// Sets the level of a lint.
    pub fn set(&mut self, code: Code, level: Level) {
        self.0.insert(code, level);
    }

    /// The level of a lint.
    #[must_use]
    pub fn of(&self, code: Code) -> Level {
        self.0.get(&code).copied().unwrap_or(Level::Warn)
    }
}

/// The name of a lint; `None` for what is an error.
#[must_use]
pub fn name(code: Code) -> Option<&'static str> {
    NAMES.iter().find(|(named, _)| *named == code).map(|(_, name)| *name)
}

/// The lint of this code or name, in letters of either case.
#[must_use]
pub fn find(written: &str) -> Option<Code> {
    let meant = |(code, name): &&(Code, &str)| {
        code.0.eq_ignore_ascii_case(written) || name.eq_ignore_ascii_case(written)
    };
    NAMES.iter().find(meant).map(|(code, _)| *code)
}

/// All codes and names of lints.
pub fn words() -> impl Iterator<Item = &'static str> {
    NAMES.iter().flat_map(|(code, name)| [code.0, *name])
}

/// The page of a code, or of a lint's name, in letters of either case.
#[must_use]
pub fn page(written: &str) -> Option<&'static Page> {
    let code = |page: &&Page| page.code.0.eq_ignore_ascii_case(written);
    super::pages::all().find(code).or_else(|| find(written)?.page())
}
