//! What a scenario means: names resolved, kinds checked, `for each` and quantifiers written out.
//!
//! Guaranteed after this stage: every id is valid in its table, every value lies in its variable's
//! domain, every likelihood in 0..=1 with `low <= high`, the low ends of a draw add up to at most 1,
//! an event's action may be done by its actor, and no block of effects assigns two values to one
//! variable.

mod allow;
mod built_in;
mod change;
mod cond;
mod dates;
mod defaults;
mod difference;
mod grade;
mod ids;
mod likelihood;
mod load;
mod moved;
mod names;
mod phrase;
mod points;
mod questions;
mod quotation;
mod resolve;
mod rules;
mod sampled;
mod setting;
mod show;
mod strike;
mod written;

pub use built_in::{BASELINE, STANCE, STANCE_NAME, WORDS, is_built_in};
pub use cond::{Cond, EventPattern, Expr};
pub use defaults::{Defaults, Given};
pub use difference::{Comparison, Difference, Part, PartChange, Side, Status, View};
pub use grade::Grade;
pub use ids::{
    ActionId, ActorId, DeclId, GroupId, IssueId, OutcomeId, ParamId, ScaleId, SourceId, VarId,
};
pub use likelihood::{Likelihood, decimal, exact};
pub use load::{OBSERVED, beside, load, read};
pub use moved::moved;
pub use points::{Axis, Cell, Dimension, axis, dimensions};
pub use questions::{
    Change, Expectation, ExpectationKind, Measure, Observation, Outcome, Path, Reading, Subject,
};
pub use rules::{
    Alternative, Branch, Declaration, DeclarationKind, Delay, Effect, Event, EventBody, Inject,
    Rule, Trigger,
};
pub use sampled::at as sampled_at;
pub use setting::{setting, value_of};
pub use strike::Strike;
pub use written::Written;

use crate::source::Span;
use std::sync::Arc;

/// The longest run, in turns, whoever sets the horizon.
pub const MOST_TURNS: u32 = 1_000_000;

/// A whole scenario.
#[derive(Clone, Debug)]
pub struct Model {
    /// The title.
    pub title: String,
    /// The summary.
    pub summary: Option<String>,
    /// The date of turn 0.
    pub start: Option<jiff::civil::Date>,
    /// The length of a turn.
    pub turn: Option<TurnLength>,
    /// The number of the last situation; `None` runs until things settle.
    pub horizon: Option<u32>,
    /// The sources.
    pub sources: Vec<Source>,
    /// Sources that are struck out: what rests on them alone does not count.
    pub struck: Vec<SourceId>,
    /// The actors, in order of declaration.
    pub actors: Vec<Actor>,
    /// The groups; the first is `everyone`.
    pub groups: Vec<Group>,
    /// The scales; the first is `stance`.
    pub scales: Vec<Scale>,
    /// The issues.
    pub issues: Vec<Issue>,
    /// The positions as stated, for reports; the values live in `variables`.
    pub positions: Vec<Position>,
    /// The ladder.
    pub ladder: Option<Ladder>,
    /// Every variable: positions first, by actor and issue, then the others as declared.
    pub variables: Vec<Variable>,
    /// The params.
    pub params: Vec<Param>,
    /// The likelihood words, built-in ones first.
    pub lexicon: Vec<Param>,
    /// The actions.
    pub actions: Vec<Action>,
    /// What each event that some effect can cause brings along, sorted by event. Every event that
    /// any effect names, bodies included, is in this table.
    pub events: Vec<EventBody>,
    /// Injects and dated positions, by turn.
    pub injects: Vec<Inject>,
    /// What rules and decisions were declared (also `becomes` lines), in order.
    pub declarations: Vec<Declaration>,
    /// Rules and decisions with `for each` written out: one for each choice of members.
    pub rules: Vec<Rule>,
    /// Outcomes and endings.
    pub outcomes: Vec<Outcome>,
    /// Expectations.
    pub expectations: Vec<Expectation>,
    /// What has been seen, by turn; everything is judged given that.
    pub observations: Vec<Observation>,
    /// Readings.
    pub readings: Vec<Reading>,
}

/// The length of a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TurnLength {
    /// How many units.
    pub count: u32,
    /// The unit.
    pub unit: TimeUnit,
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeUnit {
    /// Days.
    Day,
    /// Weeks.
    Week,
    /// Calendar months.
    Month,
    /// Calendar years.
    Year,
}

/// A source.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its name.
    pub name: String,
    /// Its title; the name where none is given.
    pub title: String,
    /// Who said it.
    pub by: Option<String>,
    /// When.
    pub date: Option<jiff::civil::Date>,
    /// Where it is found.
    pub url: Option<String>,
    /// The file that quotations are looked up in, as written.
    pub file: Option<String>,
    /// Reliability `A`-`F` and credibility `1`-`6`, e.g. `B2`.
    pub grade: Option<String>,
    /// The declaration's name.
    pub span: Span,
}

/// An actor.
#[derive(Clone, Debug)]
pub struct Actor {
    /// Its name.
    pub name: String,
    /// Its title; the name where none is given.
    pub title: String,
    /// Who speaks for it.
    pub voices: Vec<String>,
    /// Its attributes.
    pub attributes: Vec<(String, AttributeValue)>,
    /// The note before the declaration.
    pub note: Option<String>,
    /// The declaration's name.
    pub span: Span,
}

/// The value of an attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttributeValue {
    /// `yes` or `no`.
    Flag(bool),
    /// A whole number.
    Integer(i64),
    /// A name that stands for itself.
    Name(String),
    /// A string.
    Text(String),
}

/// A group.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its members, each once, in order.
    pub members: Vec<ActorId>,
}

/// A scale of levels.
#[derive(Clone, Debug)]
pub struct Scale {
    /// Its name.
    pub name: String,
    /// Its levels, lowest first.
    pub levels: Arc<[String]>,
}

/// An issue.
#[derive(Clone, Debug)]
pub struct Issue {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its scale.
    pub scale: ScaleId,
}

/// A text with its source.
#[derive(Clone, Debug)]
pub struct Quote {
    /// The text.
    pub text: String,
    /// The source.
    pub source: Option<SourceId>,
    /// Where the text stands.
    pub span: Span,
}

/// A position as stated: by one actor, or the default of a group.
#[derive(Clone, Debug)]
pub struct Position {
    /// The actor or group that states it.
    pub by: String,
    /// Whose: each member that this statement counts for.
    pub actors: Vec<ActorId>,
    /// On what.
    pub issue: IssueId,
    /// The index of the level on the issue's scale.
    pub level: i32,
    /// Since when.
    pub since: Option<jiff::civil::Date>,
    /// `says` lines.
    pub says: Vec<Quote>,
    /// `because` lines.
    pub because: Vec<Quote>,
    /// The declaration.
    pub span: Span,
}

/// The ladder.
#[derive(Clone, Debug)]
pub struct Ladder {
    /// Its title.
    pub title: String,
    /// Its rungs, lowest first: name and title.
    pub rungs: Vec<Rung>,
    /// The index of the rung where the level begins.
    pub start: i32,
}

/// A rung.
#[derive(Clone, Debug)]
pub struct Rung {
    /// Its name.
    pub name: String,
    /// Its title; the name where none is given.
    pub title: String,
}

/// Anything with a value that effects can change.
#[derive(Clone, Debug)]
pub struct Variable {
    /// As written in conditions: `front`, `a.m`, `a.trust(b)`, `a on i`.
    pub name: String,
    /// Its title.
    pub title: String,
    /// What values it takes.
    pub domain: Domain,
    /// Its initial value: an index into the domain's names, a flag as 0 or 1, a meter as it is.
    pub initial: i32,
    /// Whose it is: the actors of `for each`, or the actor of the position.
    pub actors: Vec<ActorId>,
    /// The issue, for a position.
    pub issue: Option<IssueId>,
    /// The declaration's name (for a position that nobody stated: the issue's).
    pub span: Span,
}

/// What values a variable takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Domain {
    /// Named values, by index; `ordered` allows `<`, `raise` and `lower`.
    State {
        /// The names.
        values: Arc<[String]>,
        /// Whether they have an order.
        ordered: bool,
    },
    /// 0 (`no`) or 1 (`yes`).
    Flag,
    /// A whole number from `low` to `high`, both included.
    Meter {
        /// The low end.
        low: i32,
        /// The high end.
        high: i32,
    },
    /// A level of a scale, by index.
    Position(ScaleId),
}

/// A named likelihood.
#[derive(Clone, Debug)]
pub struct Param {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its value.
    pub value: Likelihood,
}

/// An action.
#[derive(Clone, Debug)]
pub struct Action {
    /// Its name.
    pub name: String,
    /// Its title; the name where none is given.
    pub title: String,
    /// What it does to the level.
    pub rung: Option<RungEffect>,
    /// Who may do it; `None` is everyone.
    pub by: Option<Vec<ActorId>>,
    /// The note before the declaration.
    pub note: Option<String>,
    /// The declaration's name.
    pub span: Span,
}

/// What an action does to the level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RungEffect {
    /// Raises it to at least this rung.
    At(i32),
    /// Sets it to this rung.
    To(i32),
}
