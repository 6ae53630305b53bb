//! What happens: actions, effects, rules and decisions.

use super::{Cond, Constant, Date, Duration, Each, Integer, Name, Number, Quote, Reference, Text};
use crate::source::Span;

/// `action x "T" at RUNG by GROUP { ... }`.
#[derive(Clone, Debug)]
pub struct Action {
    /// The name.
    pub name: Name,
    /// The title.
    pub title: Option<Text>,
    /// `at RUNG` or `to RUNG`, as often as written (more than one is a mistake).
    pub rungs: Vec<ActionRung>,
    /// `by GROUP`, several names where written with commas or `or`.
    pub by: Vec<Name>,
    /// The body, where there is one.
    pub body: Option<Block>,
}

/// `at RUNG` or `to RUNG`.
#[derive(Clone, Debug)]
pub struct ActionRung {
    /// `to` (true) or `at` (false).
    pub to: bool,
    /// The rung.
    pub rung: Name,
}

/// Effects in braces.
#[derive(Clone, Debug)]
pub struct Block {
    /// The effects in the order written.
    pub effects: Vec<Effect>,
    /// With the braces.
    pub span: Span,
}

/// One effect.
#[derive(Clone, Debug)]
pub struct Effect {
    /// What it is.
    pub kind: EffectKind,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of effects.
#[derive(Clone, Debug)]
pub enum EffectKind {
    /// `a does x` or `a does x against b`.
    Event {
        /// The doer.
        actor: Name,
        /// The action.
        action: Name,
        /// The target.
        target: Option<Name>,
    },
    /// `v becomes VALUE`, `a on i becomes LEVEL`.
    Becomes {
        /// What is assigned.
        place: Place,
        /// The value.
        value: Constant,
    },
    /// `raise v by n`, `lower v by n`.
    Step {
        /// `lower` (true) or `raise` (false).
        lower: bool,
        /// What is changed.
        place: Place,
        /// `by n`; 1 where it is left out.
        by: Option<Integer>,
    },
}

/// What an effect writes.
#[derive(Clone, Debug)]
pub enum Place {
    /// A variable.
    Variable(Reference),
    /// `a on i`.
    Position {
        /// The actor.
        actor: Name,
        /// The issue.
        issue: Name,
    },
}

/// `inject turn 3 { ... }`, `inject 2024-05-01 { ... }`.
#[derive(Clone, Debug)]
pub struct Inject {
    /// When.
    pub at: InjectTime,
    /// What.
    pub body: Block,
}

/// `observe turn 3: COND`, `observe 2024-05-01: COND`.
#[derive(Clone, Debug)]
pub struct Observe {
    /// When.
    pub at: InjectTime,
    /// What was seen.
    pub seen: Cond,
}

/// When an inject happens, or something is observed.
#[derive(Clone, Debug)]
pub enum InjectTime {
    /// `turn 3`.
    Turn(Integer),
    /// `2024-05-01`.
    Date(Date),
}

/// `rule r "T" for each ... { ... }`.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The name.
    pub name: Name,
    /// The title.
    pub title: Option<Text>,
    /// `for each ...`.
    pub each: Option<Each>,
    /// The clauses in the order written; missing, double and misplaced ones are found in the model.
    pub clauses: Vec<Clause>,
}

/// A clause of a rule or decision.
#[derive(Clone, Debug)]
pub struct Clause {
    /// What it is.
    pub kind: ClauseKind,
    /// Where it stands.
    pub span: Span,
}

/// The clauses of rules and decisions.
#[derive(Clone, Debug)]
pub enum ClauseKind {
    /// `on EVENT or EVENT ...`: each a condition of kind [`Atom::Event`](super::Atom::Event).
    On(Vec<Cond>),
    /// `when COND`.
    When(Cond),
    /// `while COND`.
    While(Cond),
    /// `if COND`.
    If(Cond),
    /// `then LIKELIHOOD DELAY { ... }`.
    Then(Branch),
    /// `or LIKELIHOOD DELAY { ... }`.
    Or(Branch),
    /// `else DELAY { ... }`.
    Else(Branch),
    /// `option NAME "T" LIKELIHOOD DELAY { ... }`.
    Option {
        /// The name.
        name: Name,
        /// The title.
        title: Option<Text>,
        /// The rest; its block is empty where there are no braces.
        branch: Branch,
    },
    /// `because "..." from s`.
    Because(Quote),
    /// `once`.
    Once,
    /// `priority n`.
    Priority(Integer),
}

/// `LIKELIHOOD DELAY { EFFECTS }`.
#[derive(Clone, Debug)]
pub struct Branch {
    /// The likelihood.
    pub likelihood: Option<Likelihood>,
    /// The delay.
    pub delay: Option<Delay>,
    /// The effects; `None` where there are no braces.
    pub body: Option<Block>,
}

/// `after n turns` or `within n turns`.
#[derive(Clone, Debug)]
pub struct Delay {
    /// `within` (true) or `after` (false).
    pub within: bool,
    /// How long; the unit is checked in the model (`turns`, or a unit of time).
    pub time: Duration,
    /// The whole.
    pub span: Span,
}

/// `decision d "T" by ACTOR for each ... { ... }`.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The name.
    pub name: Name,
    /// The title.
    pub title: Option<Text>,
    /// `by ACTOR`.
    pub by: Option<Name>,
    /// `for each ...`.
    pub each: Option<Each>,
    /// The clauses in the order written.
    pub clauses: Vec<Clause>,
}

/// A likelihood as written.
#[derive(Clone, Debug)]
pub enum Likelihood {
    /// `60%`, `0.6`.
    Number(Number),
    /// `55%..80%`.
    Range(Number, Number),
    /// A word of the lexicon or a param.
    Word(Name),
}
