//! What is asked: outcomes, expectations, observations, readings.

use super::{Cond, DeclId, Likelihood, OutcomeId, ParamId, Quote, VarId};
use crate::source::Span;
use crate::syntax::tree::CompareOp;

/// An outcome or ending.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Whether it stops the storyline.
    pub ending: bool,
    /// When it is reached; `None` is `otherwise`: none of the others was ever reached.
    pub condition: Option<Cond>,
    /// The note before the declaration.
    pub note: Option<String>,
    /// The declaration's name.
    pub span: Span,
}

/// An expectation.
#[derive(Clone, Debug)]
pub struct Expectation {
    /// The text that stands first.
    pub title: Option<String>,
    /// What is expected, as written.
    pub text: String,
    /// What is expected.
    pub kind: ExpectationKind,
    /// What it takes for granted that it can happen: where it holds although one of these never does, it
    /// holds of nothing.
    pub subjects: Vec<Subject>,
    /// Where it stands.
    pub span: Span,
}

/// Something that an expectation speaks of.
#[derive(Clone, Debug)]
pub struct Subject {
    /// As written.
    pub text: String,
    /// The condition.
    pub condition: Cond,
}

/// The forms of expectations.
#[derive(Clone, Debug)]
pub enum ExpectationKind {
    /// `P(PATH) <= 20%` and its relatives.
    Probability {
        /// Which value.
        measure: Measure,
        /// Of what.
        path: Path,
        /// How it compares.
        op: CompareOp,
        /// With what, 0..=1.
        value: f64,
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
    LeadsTo(Cond, Cond, Option<u32>),
}

/// Which value an expectation looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// The estimate.
    Estimate,
    /// The lower bound over likelihoods and decisions.
    Min,
    /// The upper bound over likelihoods and decisions.
    Max,
}

/// What an expectation's probability is of.
#[derive(Clone, Debug)]
pub enum Path {
    /// An outcome, also one that is `otherwise`.
    Outcome(OutcomeId),
    /// The condition holds in some situation, up to this turn where a limit is given.
    Ever(Cond, Option<u32>),
    /// The second holds in some situation, and the first in all before it.
    Until(Cond, Cond),
    /// The condition holds in every situation.
    Always(Cond),
}

/// Something that has been seen: everything is judged given that it came to this.
#[derive(Clone, Debug)]
pub struct Observation {
    /// The turn: the situation of this number is what was seen.
    pub turn: u32,
    /// What holds there. Events that it says happen did so in the turn that led there.
    pub condition: Cond,
    /// As written, without `observe`.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// An observer's reading of the facts.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Whose reading it is.
    pub voices: Vec<String>,
    /// Why it is read so.
    pub because: Vec<Quote>,
    /// What it changes.
    pub changes: Vec<Change>,
    /// The declaration's name.
    pub span: Span,
}

/// A change of a scenario by a reading or `--set`.
#[derive(Clone, Debug)]
pub enum Change {
    /// The initial value of a variable (also of a position).
    Initial(VarId, i32),
    /// The value of a param.
    Param(ParamId, Likelihood),
    /// The likelihood of an alternative of a rule or an option of a decision, numbered from 0; what a
    /// reading changes is the first.
    Rule(DeclId, usize, Likelihood),
    /// The rule never has its chance.
    Disable(DeclId),
}

impl Change {
    /// Whether another changes the same thing.
    #[must_use]
    pub fn changes_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Initial(one, _), Self::Initial(other, _)) => one == other,
            (Self::Param(one, _), Self::Param(other, _)) => one == other,
            (Self::Rule(one, at, _), Self::Rule(other, again, _)) => (one, at) == (other, again),
            (Self::Disable(one), Self::Disable(other)) => one == other,
            (Self::Initial(..) | Self::Param(..) | Self::Rule(..) | Self::Disable(_), _) => false,
        }
    }
}
