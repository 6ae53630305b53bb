//! Why something happens, and why not: the answer, as plain data.

use super::subject::Subject;
use crate::analysis::answer::{By, Interval, NodeKind, ObservationAnswer};
use crate::analysis::torn::Torn;
use crate::model::{ActorId, Cond, DeclId, OutcomeId};

/// Why something happens, and why not.
#[derive(Clone, Debug)]
pub struct Why {
    /// What it is about.
    pub subject: Subject,
    /// Its estimated probability, 0..=1.
    pub probability: f64,
    /// The bounds over likelihoods and decisions.
    pub bounds: Interval,
    /// Whether any storyline leads to it at all, also one that only other likelihoods allow.
    pub possible: bool,
    /// The mean turn in which it first happens, given that it does; `None` where it never does, and
    /// for an outcome that is reached where no other is.
    pub mean_turn: Option<f64>,
    /// The storylines that carry most of its probability, the most probable first.
    pub accounts: Vec<Account>,
    /// The smallest sets of rules without which it cannot happen.
    pub needs: Needs,
    /// Why not: the ways in which it could be brought about directly, and what stood in each.
    pub barriers: Vec<Barrier>,
    /// For an outcome that is reached where no other is: the others, and how likely each is.
    pub others: Vec<(OutcomeId, f64)>,
    /// What is known of what was observed, where something was: all else is given that.
    pub observation: Option<ObservationAnswer>,
    /// How many situations were looked at.
    pub situations: usize,
    /// How many transitions there are between them.
    pub transitions: usize,
}

impl Why {
    /// The share of its probability that the storylines carry, 0..=1.
    #[must_use]
    pub fn share(&self) -> f64 {
        self.accounts.iter().fold(0.0, |sum, account| sum + account.share).min(1.0)
    }
}

/// A storyline, told with what brought each thing about. Courses in which the same things lead there
/// are one storyline, whatever their turns and whatever happens beside; for an outcome that is reached
/// where no other is, nothing leads there, and each course is a storyline of its own.
#[derive(Clone, Debug)]
pub struct Account {
    /// Its estimated probability: that of all its courses.
    pub probability: f64,
    /// Its share of the probability of the whole, 0..=1.
    pub share: f64,
    /// What happens on its most probable course, turn by turn; turns in which nothing happens are
    /// left out.
    pub steps: Vec<AccountStep>,
}

/// A turn of a storyline.
#[derive(Clone, Debug)]
pub struct AccountStep {
    /// The turn.
    pub turn: u32,
    /// What happens.
    pub happenings: Vec<Happening>,
}

/// Something that happens in a storyline.
#[derive(Clone, Debug)]
pub struct Happening {
    /// What it is.
    pub kind: NodeKind,
    /// Its id, as in the reaction graph.
    pub id: String,
    /// Whether it is part of what leads there: what the storyline comes to, or something that a rule
    /// on the way there looked at.
    pub leads_there: bool,
    /// What brought it about.
    pub causes: Vec<Cause>,
}

/// What brought something about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cause {
    /// A rule, decision or inject, or the body of an action of the same turn.
    pub by: By,
    /// The alternative, as the reaction graph names it.
    pub alternative: Option<String>,
    /// The members of `for each`.
    pub members: Vec<ActorId>,
    /// For what was under way: the turn of the situation in which it was drawn.
    pub drawn: Option<u32>,
}

/// The smallest sets of rules and decisions without which something cannot happen.
#[derive(Clone, Debug, Default)]
pub struct Needs {
    /// The sets, in order; each set is sorted. With any one of them left out it cannot happen, and no
    /// smaller set does that.
    pub sets: Vec<Vec<DeclId>>,
    /// For each set: the storylines on which, with it left out, assignments contradict each other. They
    /// lead nowhere.
    pub torn: Vec<Option<Torn>>,
    /// How it was searched.
    pub search: Search,
}

/// How far a search for the smallest sets went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Search {
    /// All sets of the smallest size are there.
    #[default]
    Complete,
    /// There are more sets of the same size.
    More,
    /// No set of up to so many rules does; larger ones were not looked at, or not all.
    NoneUpTo(usize),
    /// It happens by what is scripted, whatever rules are left out.
    Scripted,
    /// It was given up after so many explorations.
    GivenUp(usize),
}

/// A way in which something could be brought about directly, and what stood in it.
#[derive(Clone, Debug)]
pub struct Barrier {
    /// What would bring it about.
    pub way: Way,
    /// What it would bring about, where that is not the subject itself: a condition that seldom or
    /// never held, and that a barrier before this one needs.
    pub behind: Option<Cond>,
    /// The probability that everything that it needs ever held at once: that a rule had its chance.
    pub chance: f64,
    /// What it needs, in order.
    pub obstacles: Vec<Obstacle>,
}

/// What would bring something about directly.
#[derive(Clone, Debug, PartialEq)]
pub enum Way {
    /// The condition of an outcome or rung.
    Condition,
    /// A rule or decision, for these choices of members.
    Rule {
        /// Its declaration.
        declaration: DeclId,
        /// The choices of members for which it would.
        members: Vec<Vec<ActorId>>,
        /// The alternatives that would, as the reaction graph names them.
        alternatives: Vec<Option<String>>,
        /// The estimated probability, each time, that one of them is drawn, 0..=1.
        drawn: f64,
    },
    /// No rule or decision.
    Nothing,
}

/// One of the conditions that something needs, and how often it stood in the way.
#[derive(Clone, Debug)]
pub struct Obstacle {
    /// The condition; of several choices of members that of the first.
    pub condition: Cond,
    /// Where it stands.
    pub part: Part,
    /// The probability that it ever held.
    pub held: f64,
    /// The probability that everything else ever held.
    pub rest: f64,
    /// The probability that everything else ever held, and it never did at such a moment.
    pub stood: f64,
    /// For comparisons, where it stood in the way: how near it came.
    pub margins: Vec<Margin>,
    /// What the margins count.
    pub measure: Measured,
}

/// Where a condition stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// In the condition of an outcome.
    Outcome,
    /// In the trigger of a rule.
    Trigger,
    /// In its guard.
    Guard,
}

/// What margins count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measured {
    /// The nearest that the value ever came while everything else held.
    Nearest,
    /// The value when everything else held for the first time.
    First,
}

/// How near a comparison came.
#[derive(Clone, Debug, PartialEq)]
pub struct Margin {
    /// The value, as the scenario names it; for arithmetic, by how much it falls short.
    pub value: String,
    /// The probability, of all storylines, that it came to this and no nearer.
    pub probability: f64,
}
