//! What a scenario means: names resolved, kinds checked, `for each` and quantifiers written out.
//!
//! Guaranteed after this stage: every id is valid in its table, every value lies in its variable's
//! domain, every likelihood in 0..=1 with `low <= high`, the low ends of a draw add up to at most 1,
//! an event's action may be done by its actor, and no block of effects assigns two values to one
//! variable.

mod build;
mod change;
mod cond;
mod dates;
mod ids;
mod likelihood;
mod load;
mod names;
mod quotation;
mod setting;
mod show;

pub use cond::{Cond, EventPattern, Expr};
pub use ids::{
    ActionId, ActorId, DeclId, GroupId, IssueId, OutcomeId, ParamId, ScaleId, SourceId, VarId,
};
pub use likelihood::Likelihood;
pub use load::load;
pub use setting::setting;

use crate::source::Span;
use crate::syntax::tree::CompareOp;

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
    pub levels: Vec<String>,
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
        values: Vec<String>,
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

/// An actor doing an action, perhaps against a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Event {
    /// Who.
    pub actor: ActorId,
    /// What.
    pub action: ActionId,
    /// Against whom.
    pub target: Option<ActorId>,
}

/// One effect.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// An event happens.
    Event(Event),
    /// A variable gets a value.
    Assign(VarId, i32),
    /// A meter, ordered state or position moves by this much (below zero: down), saturating.
    Step(VarId, i32),
}

/// What an event brings along: the body of its action with `self` and `target` filled in.
#[derive(Clone, Debug)]
pub struct EventBody {
    /// The event.
    pub event: Event,
    /// The effects of the body.
    pub effects: Vec<Effect>,
}

/// Effects that the author scripts: an inject, or a dated position after the start.
#[derive(Clone, Debug)]
pub struct Inject {
    /// The turn that it happens in.
    pub turn: u32,
    /// The effects.
    pub effects: Vec<Effect>,
    /// What it is called in the reaction graph: `inject turn 3`, `inject 2024-05-01`.
    pub name: String,
    /// Where it stands.
    pub span: Span,
}

/// A rule or decision as declared.
#[derive(Clone, Debug)]
pub struct Declaration {
    /// Its name (`ACTOR_ISSUE_N` for a `becomes` line).
    pub name: String,
    /// Its title.
    pub title: String,
    /// What kind it is.
    pub kind: DeclarationKind,
    /// The rationale.
    pub because: Option<Quote>,
    /// The note before the declaration.
    pub note: Option<String>,
    /// For each alternative, or option, in order: what it is called in the reaction graph.
    /// `None` where there is only one; `else` is `"else"`.
    pub alternatives: Vec<Option<String>>,
    /// Its trigger as written, on one line, with its keyword: `on russia does strike`.
    pub trigger_text: String,
    /// The condition of its guard as written, on one line, without `if`.
    pub guard_text: Option<String>,
    /// The declaration's name.
    pub span: Span,
}

/// The kinds of declarations that draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeclarationKind {
    /// `rule`.
    Rule,
    /// A `becomes` line of a position.
    Becomes,
    /// `decision`.
    Decision,
}

/// A rule or decision for one choice of members.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its declaration.
    pub declaration: DeclId,
    /// The members of `for each`, in order.
    pub members: Vec<ActorId>,
    /// When it has its chance.
    pub trigger: Trigger,
    /// The condition of the trigger; for `on`, a disjunction of [`Cond::Does`] and quantified ones.
    pub condition: Cond,
    /// The guard, checked at the moment of the trigger.
    pub guard: Option<Cond>,
    /// Who chooses, for a decision.
    pub decider: Option<ActorId>,
    /// The alternatives or options. The rest of the probability goes to `otherwise`; a decision's
    /// options add up to 1.
    pub alternatives: Vec<Alternative>,
    /// `else`; empty and undelayed where none is given.
    pub otherwise: Branch,
    /// Whether it has its chance at most once in a storyline.
    pub once: bool,
    /// Its priority.
    pub priority: i32,
}

/// The kinds of triggers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trigger {
    /// One of the events happened in the turn that led to the situation.
    On,
    /// The condition holds, and did not in the situation before.
    When,
    /// The condition holds.
    While,
}

/// An alternative of a rule or an option of a decision.
#[derive(Clone, Debug)]
pub struct Alternative {
    /// Its likelihood; `None` for an option that gives none: those share equally what the others leave.
    pub likelihood: Option<Likelihood>,
    /// What it does.
    pub branch: Branch,
}

/// Effects and when they come.
#[derive(Clone, Debug, Default)]
pub struct Branch {
    /// The delay.
    pub delay: Delay,
    /// The effects.
    pub effects: Vec<Effect>,
}

/// When effects come, counted in situations from the draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delay {
    /// This many situations later, at least 1; 1 is no delay at all.
    After(u32),
    /// Evenly spread over 1 to this many situations later.
    Within(u32),
}

impl Default for Delay {
    fn default() -> Self {
        Self::After(1)
    }
}

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
    /// Where it stands.
    pub span: Span,
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
    /// The likelihood of the first alternative of a rule.
    Rule(DeclId, Likelihood),
    /// The rule never has its chance.
    Disable(DeclId),
}
