//! What happens: events, effects, rules and decisions.

use super::{ActionId, ActorId, Cond, DeclId, Likelihood, Quote, VarId};
use crate::source::Span;

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
    /// For each option of a decision, in order: its title; the name where none is given.
    pub option_titles: Vec<String>,
    /// Its trigger as written, on one line, with its keyword: `on russia does strike`.
    pub trigger_text: String,
    /// The condition of its guard as written, on one line, without `if`.
    pub guard_text: Option<String>,
    /// The declaration's name.
    pub span: Span,
}

impl Declaration {
    /// What the likelihood of an alternative, or option, numbered from 0, is called: the name alone
    /// where there is only one, else with the alternative's number from 1, or the option's name.
    #[must_use]
    pub fn alternative_name(&self, number: usize) -> String {
        match self.alternatives.get(number).cloned().flatten() {
            Some(option) if self.kind == DeclarationKind::Decision => {
                format!("{}.{option}", self.name)
            }
            Some(_) => format!("{}.{}", self.name, number + 1),
            None => self.name.clone(),
        }
    }
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

impl Rule {
    /// Everything that it may do, whatever is drawn.
    pub fn effects(&self) -> impl Iterator<Item = &Effect> {
        let branches = self.alternatives.iter().map(|alternative| &alternative.branch);
        branches.chain([&self.otherwise]).flat_map(|branch| &branch.effects)
    }
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
