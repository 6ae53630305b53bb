//! What is asked: outcomes, expectations, readings.

use super::{
    CompareOp, Cond, Constant, Duration, Likelihood, Name, Number, Quote, Reference, Text,
};
use crate::source::Span;

/// `outcome o "T" when COND`, `ending o "T" when COND`, `outcome o "T" otherwise`.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// `ending` (true) or `outcome` (false).
    pub ending: bool,
    /// The name.
    pub name: Name,
    /// The title.
    pub title: Option<Text>,
    /// The condition; `None` is `otherwise`.
    pub when: Option<Cond>,
}

/// `expect "TEXT": ...`.
#[derive(Clone, Debug)]
pub struct Expect {
    /// The text that stands first.
    pub text: Option<Text>,
    /// What is expected.
    pub kind: ExpectKind,
    /// What is expected, without `expect` and the text: shown in reports.
    pub span: Span,
}

/// The forms of expectations.
#[derive(Clone, Debug)]
pub enum ExpectKind {
    /// `P(PATH) <= 20%`, `Pmin(...)`, `Pmax(...)`.
    Probability {
        /// `P`, `Pmin` or `Pmax`, as written.
        measure: Name,
        /// Of what.
        path: Path,
        /// How it compares.
        op: CompareOp,
        /// With what.
        value: Number,
    },
    /// `never COND`.
    Never(Cond),
    /// `always COND`.
    Always(Cond),
    /// `possible COND`.
    Possible(Cond),
    /// `certain COND`.
    Certain(Cond),
    /// `A before B`.
    Before(Cond, Cond),
    /// `A leads to B within n turns`.
    LeadsTo {
        /// A.
        cause: Cond,
        /// B.
        effect: Cond,
        /// The limit.
        within: Option<Duration>,
    },
}

/// PATH in an expectation. An outcome's name alone is a [`Path::Ever`] of [`Atom::Truth`](super::Atom::Truth).
#[derive(Clone, Debug)]
pub enum Path {
    /// `COND`, or an outcome's name.
    Ever(Cond),
    /// `COND within n turns`.
    Within(Cond, Duration),
    /// `COND until COND`.
    Until(Cond, Cond),
    /// `always COND`.
    Always(Cond),
}

/// `reading r "T" { ... }`.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The name.
    pub name: Name,
    /// The title.
    pub title: Option<Text>,
    /// The lines in the order written.
    pub parts: Vec<ReadingPart>,
}

/// A line of a reading.
#[derive(Clone, Debug)]
pub struct ReadingPart {
    /// What it is.
    pub kind: ReadingPartKind,
    /// Where it stands.
    pub span: Span,
}

/// The lines of a reading.
#[derive(Clone, Debug)]
pub enum ReadingPartKind {
    /// `voice "..."`.
    Voice(Text),
    /// `because "..." from s`: why the observer reads it so.
    Because(Quote),
    /// `position a on i: LEVEL`.
    Position {
        /// The actor or group.
        actor: Name,
        /// The issue.
        issue: Name,
        /// The level.
        level: Name,
    },
    /// `state v = VALUE`, `flag v = VALUE`, `meter v = VALUE`.
    Initial {
        /// `state`, `flag` or `meter`, as written.
        keyword: Name,
        /// The variable.
        place: Reference,
        /// The value.
        value: Constant,
    },
    /// `param p = LIKELIHOOD`.
    Param {
        /// The param.
        name: Name,
        /// The likelihood.
        value: Likelihood,
    },
    /// `rule r: LIKELIHOOD`.
    Rule {
        /// The rule.
        name: Name,
        /// The likelihood of its first alternative.
        value: Likelihood,
    },
    /// `disable r`.
    Disable(Name),
}
