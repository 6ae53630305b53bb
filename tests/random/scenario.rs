//! Random scenarios as data, small enough for the naive evaluator.
//!
//! Every number is an index that is taken modulo the number of things there are when the scenario
//! is printed, so that any value prints and every shrunk one does.

/// A scenario.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// How many actors, 2 or 3.
    pub actors: usize,
    /// The horizon, if any.
    pub horizon: Option<u32>,
    /// Whether there is a start date; without one there are no dates at all.
    pub dated: bool,
    /// The rung where the ladder begins, where there is a ladder.
    pub ladder: Option<u8>,
    /// Whether the second issue has a scale of its own.
    pub own_scale: bool,
    /// Which actors are nuclear.
    pub nuclear: u8,
    /// Which pairs share a border.
    pub borders: u8,
    /// The initial values of the variables.
    pub initial: [u8; 4],
    /// Positions.
    pub positions: Vec<Position>,
    /// Actions, at least one.
    pub actions: Vec<Action>,
    /// What the author scripts.
    pub injects: Vec<Inject>,
    /// Rules.
    pub rules: Vec<Rule>,
    /// Decisions.
    pub decisions: Vec<Decision>,
    /// Outcomes: whether it is an ending, and when.
    pub outcomes: Vec<(bool, Cond)>,
    /// Whether there is an `otherwise`.
    pub otherwise: bool,
    /// Expectations.
    pub expectations: Vec<Expectation>,
    /// What a reading changes.
    pub reading: Vec<Change>,
}

/// A position.
#[derive(Clone, Debug)]
pub struct Position {
    /// Whose; one past the actors is a group's default.
    pub who: u8,
    /// On which issue.
    pub issue: u8,
    /// The level.
    pub level: u8,
    /// In which week it is taken, where there are dates.
    pub since: Option<u8>,
    /// `becomes` lines: level, condition, likelihood.
    pub becomes: Vec<(u8, Cond, Option<u8>)>,
}

/// An action.
#[derive(Clone, Debug)]
pub struct Action {
    /// `at` or `to`, and the rung.
    pub rung: Option<(bool, u8)>,
    /// Whether it always has a target.
    pub targeted: bool,
    /// Its body.
    pub body: Vec<Effect>,
}

/// An inject.
#[derive(Clone, Debug)]
pub struct Inject {
    /// The turn.
    pub turn: u8,
    /// Whether the turn is given by its date.
    pub by_date: bool,
    /// What happens.
    pub effects: Vec<Effect>,
}

/// A rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Which form of `for each`.
    pub each: u8,
    /// The trigger.
    pub trigger: Trigger,
    /// The guard.
    pub guard: Option<Cond>,
    /// The alternatives: likelihood, delay, effects.
    pub alternatives: Vec<(u8, Delay, Vec<Effect>)>,
    /// What happens if none did.
    pub otherwise: Option<(Delay, Vec<Effect>)>,
    /// Whether it has its chance once.
    pub once: bool,
    /// Its priority.
    pub priority: Option<u8>,
}

/// A decision.
#[derive(Clone, Debug)]
pub struct Decision {
    /// Whether it stands for one decision of each member of a group.
    pub each: bool,
    /// Who decides, if not.
    pub by: u8,
    /// The trigger.
    pub trigger: Trigger,
    /// The guard.
    pub guard: Option<Cond>,
    /// The options: delay, effects.
    pub options: Vec<(Delay, Vec<Effect>)>,
    /// Which likelihoods they give.
    pub shares: u8,
    /// Whether it has its turn once.
    pub once: bool,
}

/// A trigger.
#[derive(Clone, Debug)]
pub enum Trigger {
    /// One of these events.
    On(Vec<(Who, Deed)>),
    /// It begins to hold.
    When(Cond),
    /// It holds.
    While(Cond),
}

/// A delay.
#[derive(Clone, Copy, Debug)]
pub enum Delay {
    /// None.
    None,
    /// `after n turns`.
    After(u8),
    /// `within n turns`.
    Within(u8),
}

/// Somebody in a condition.
#[derive(Clone, Debug)]
pub enum Who {
    /// One actor.
    One(u8),
    /// Some of a group: which word, which group.
    Some(u8, u8),
}

/// An action with its target; one past the actors is none.
#[derive(Clone, Copy, Debug)]
pub struct Deed {
    /// Which action.
    pub action: u8,
    /// Against whom.
    pub target: u8,
}

/// A condition.
#[derive(Clone, Debug)]
pub enum Cond {
    /// It happened just now.
    Does(Who, Deed),
    /// It happened at any time.
    HasDone(Who, Deed),
    /// A position compares so: issue, comparison, level.
    Position(Who, u8, u8, u8),
    /// The front compares so.
    Front(u8, u8),
    /// The mood is or is not.
    Mood(bool, u8),
    /// The talks are on.
    Talks,
    /// Somebody is on alert.
    Alert(Who),
    /// Somebody's posture compares so with a number.
    Posture(Who, u8, u8),
    /// Arithmetic: form, comparison, number.
    Arithmetic(u8, u8, u8),
    /// The level, or the peak, compares so.
    Level(bool, u8, u8),
    /// The turn compares so.
    Turn(u8, u8),
    /// Two share a border.
    Borders(Who, u8),
    /// A member of a group is such: word, group, filter, condition with the member named.
    Member(u8, u8, u8, Box<Cond>),
    /// Not.
    Not(Box<Cond>),
    /// Both.
    And(Box<Cond>, Box<Cond>),
    /// One of them.
    Or(Box<Cond>, Box<Cond>),
}

/// An effect.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Somebody does something.
    Does(u8, Deed),
    /// A variable gets a value.
    Assign(Variable, u8),
    /// A variable moves: up, by how much.
    Step(Variable, bool, u8),
}

/// A variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variable {
    /// The ordered state.
    Front,
    /// The unordered state.
    Mood,
    /// The flag.
    Talks,
    /// The meter.
    Tension,
    /// An actor's meter.
    Posture(u8),
    /// An actor's flag.
    Alert(u8),
    /// A pair's meter.
    Trust(u8, u8),
    /// A position.
    Position(u8, u8),
}

/// An expectation.
#[derive(Clone, Debug)]
pub enum Expectation {
    /// `P`, `Pmin`, `Pmax`: measure, path, comparison, twentieths.
    Probability(u8, Path, u8, u8),
    /// `never`.
    Never(Cond),
    /// `always`.
    Always(Cond),
    /// `possible`.
    Possible(Cond),
    /// `certain`.
    Certain(Cond),
    /// `before`.
    Before(Cond, Cond),
    /// `leads to`.
    LeadsTo(Cond, Cond, Option<u8>),
}

/// A path.
#[derive(Clone, Debug)]
pub enum Path {
    /// An outcome.
    Outcome(u8),
    /// It ever holds, perhaps within some turns.
    Ever(Cond, Option<u8>),
    /// One until the other.
    Until(Cond, Cond),
    /// Always.
    Always(Cond),
}

/// What a reading changes.
#[derive(Clone, Debug)]
pub enum Change {
    /// A position: who, issue, level.
    Position(u8, u8, u8),
    /// The front's initial value.
    Front(u8),
    /// The param.
    Param(u8),
    /// The likelihood of a rule.
    Rule(u8, u8),
    /// No such rule.
    Disable(u8),
}
