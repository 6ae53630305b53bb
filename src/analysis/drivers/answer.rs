//! What the outcomes hang on, as plain data.

use crate::analysis::answer::ObservationAnswer;
use crate::analysis::torn::Torn;
use crate::model::{DeclId, OutcomeId, ParamId, VarId};

/// What is asked of [`super::drivers`].
#[derive(Clone, Debug)]
pub struct DriversOptions {
    /// The outcomes that it is about; all where none is named.
    pub outcomes: Vec<OutcomeId>,
    /// Whether positions, initial values and decisions are replaced, each on its own. Values that
    /// situations keep need exploring anew for each.
    pub replacements: bool,
    /// Whether the smallest changes are looked for at which something flips.
    pub flips: bool,
}

impl Default for DriversOptions {
    fn default() -> Self {
        Self { outcomes: Vec::new(), replacements: true, flips: true }
    }
}

/// What the outcomes of one reading hang on.
///
/// Every list "one for each outcome" is in the order of [`Drivers::outcomes`].
#[derive(Clone, Debug)]
pub struct Drivers {
    /// The index of the reading in the model; `None` is the scenario as written.
    pub reading: Option<usize>,
    /// How many situations were looked at, those included that only other likelihoods allow.
    pub situations: usize,
    /// The outcomes that were asked for, the most probable first.
    pub outcomes: Vec<DrivenOutcome>,
    /// All likelihoods, those with the largest swing first; those without a range after them, the
    /// steepest first.
    pub likelihoods: Vec<LikelihoodDriver>,
    /// Positions, initial values and decisions, those that change most first; what changes nothing
    /// is left out.
    pub replacements: Vec<Replacement>,
    /// The smallest change of each likelihood at which something flips, the smallest first.
    pub flips: Vec<Flip>,
    /// What stands so exactly on its edge that any change flips it: it has no flips.
    pub edges: Vec<FlipOf>,
    /// What is known of what was observed, where something was: all else is given that.
    pub observation: Option<ObservationAnswer>,
    /// Whether likelihoods were only moved within what the scenario as written makes possible,
    /// because all that other likelihoods allow cannot be explored (it is too much, or there
    /// assignments contradict each other).
    pub narrow: bool,
}

/// An outcome with its estimate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DrivenOutcome {
    /// The outcome.
    pub outcome: OutcomeId,
    /// Its estimated probability, 0..=1.
    pub estimate: f64,
}

/// A likelihood, and what hangs on it.
#[derive(Clone, Debug)]
pub struct LikelihoodDriver {
    /// A param's name; or that of a rule, with the number of its alternative, or of a decision, with
    /// the option's name, where there are several: `moscow_strikes.1`.
    pub name: String,
    /// What it is.
    pub what: Lever,
    /// As written: `likely`, `55%..80%`.
    pub text: String,
    /// The low end of its range, 0..=1.
    pub low: f64,
    /// The high end of its range.
    pub high: f64,
    /// Its present estimate.
    pub estimate: f64,
    /// For each outcome, how it moves with this likelihood.
    pub slopes: Vec<Slope>,
    /// For a range, the outcomes over it.
    pub swing: Option<Swing>,
}

/// Something with a likelihood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lever {
    /// A param, wherever it is used.
    Param(ParamId),
    /// An alternative of a rule or an option of a decision, numbered from 0, for all choices of
    /// members of `for each`.
    Alternative(DeclId, usize),
}

/// The derivative of an outcome's estimate by a likelihood, from both sides: where the likelihoods of
/// a rule add up to exactly 1, raising one takes from the others, lowering it gives to `else`.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Slope {
    /// From below, as the likelihood falls; `None` where it cannot, where the outcome jumps, or where
    /// storylines stay in one part of the scenario for so long that rounding hides it.
    pub falling: Option<f64>,
    /// From above, as the likelihood rises.
    pub rising: Option<f64>,
}

impl Slope {
    /// The derivative, where both sides agree or there is only one.
    #[must_use]
    pub fn single(self) -> Option<f64> {
        match (self.falling, self.rising) {
            (Some(one), Some(other)) => ((one - other).abs() <= 1e-9).then_some(other),
            (one, other) => one.or(other),
        }
    }

    /// The steeper side, without its sign.
    #[must_use]
    pub fn size(self) -> f64 {
        [self.falling, self.rising].into_iter().flatten().map(f64::abs).fold(0.0, f64::max)
    }
}

/// The outcomes over the range of a likelihood, all others at their estimates.
#[derive(Clone, Debug)]
pub struct Swing {
    /// The low end, as far as the others leave room for it.
    pub low: f64,
    /// The high end, as far as the others leave room for it.
    pub high: f64,
    /// For each outcome, its estimate at the low end.
    pub at_low: Vec<f64>,
    /// For each outcome, its estimate at the high end.
    pub at_high: Vec<f64>,
    /// For each outcome, where in between it is lowest or highest, if it is so anywhere but at the ends:
    /// none, one or both, the smaller value of the likelihood first.
    pub turnings: Vec<Vec<Turning>>,
}

/// Where an outcome turns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Turning {
    /// The value of the likelihood.
    pub value: f64,
    /// The estimate of the outcome there.
    pub estimate: f64,
}

impl Swing {
    /// An outcome from the low to the high end: there, and where it turns in between.
    pub fn path(&self, outcome: usize) -> impl Iterator<Item = Turning> + Clone + '_ {
        let low = Turning { value: self.low, estimate: self.at_low[outcome] };
        let high = Turning { value: self.high, estimate: self.at_high[outcome] };
        std::iter::once(low).chain(self.turnings[outcome].iter().copied()).chain([high])
    }

    /// Where an outcome is lowest, and where it is highest; of equals the first.
    #[must_use]
    pub fn extremes(&self, outcome: usize) -> [Turning; 2] {
        let mut path = self.path(outcome);
        let first = path.next().unwrap_or(Turning { value: self.low, estimate: 0.0 });
        path.fold([first; 2], |[least, most], one| {
            [
                if one.estimate < least.estimate { one } else { least },
                if one.estimate > most.estimate { one } else { most },
            ]
        })
    }

    /// How far apart the lowest and the highest estimate of an outcome are.
    #[must_use]
    pub fn spread(&self, outcome: usize) -> f64 {
        let [least, most] = self.extremes(outcome);
        most.estimate - least.estimate
    }
}

/// Something that is not a likelihood, replaced by each other value that it could have.
#[derive(Clone, Debug)]
pub struct Replacement {
    /// Its name, as in a condition: `france on troops`, `front`; or that of a decision.
    pub name: String,
    /// What it is.
    pub what: Replaced,
    /// Its value as the scenario is read; `None` for a decision, which has a policy.
    pub present: Option<String>,
    /// Its other values, or the options.
    pub others: Vec<Alternate>,
}

/// What is replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replaced {
    /// The initial level of a position.
    Position(VarId),
    /// The initial value of a state, flag or meter.
    Initial(VarId),
    /// What a decision comes to, every time that it is taken.
    Decision(DeclId),
}

/// Another value, and what the outcomes are with it.
#[derive(Clone, Debug)]
pub struct Alternate {
    /// The value: a level, a value of a state, `yes` or `no`, a number, or the option's name.
    pub value: String,
    /// One for each outcome; `None` where the scenario cannot run with it (on every storyline
    /// assignments contradict each other, or there are too many situations).
    pub estimates: Option<Vec<f64>>,
    /// The storylines that lead nowhere because assignments contradict each other on them.
    pub torn: Option<Torn>,
}

/// The smallest change of one likelihood at which something flips, all others at their estimates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flip {
    /// The likelihood, as an index of [`Drivers::likelihoods`].
    pub likelihood: usize,
    /// Its present estimate.
    pub from: f64,
    /// The nearest value at which it has flipped, found to within 1e-9.
    pub to: f64,
    /// What flips.
    pub what: FlipOf,
    /// Whether the other alternatives have to give way, beyond what their ranges allow: they do
    /// so in proportion.
    pub others_give_way: bool,
}

/// What flips.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlipOf {
    /// Which outcome is the most probable.
    Leading {
        /// Which it is.
        from: OutcomeId,
        /// Which it would be.
        to: OutcomeId,
    },
    /// Whether an expectation holds: those that compare a probability, other than with `=` and `!=`.
    Expectation {
        /// Its index in the model's expectations.
        index: usize,
        /// Whether it would hold.
        holds: bool,
    },
}

impl LikelihoodDriver {
    /// The largest swing of any outcome; 0 without a range.
    #[must_use]
    pub fn size(&self) -> f64 {
        let swing =
            |swing: &Swing| (0..swing.at_low.len()).map(|at| swing.spread(at)).fold(0.0, f64::max);
        self.swing.as_ref().map_or(0.0, swing)
    }

    /// The steepest slope of any outcome.
    #[must_use]
    pub fn steepness(&self) -> f64 {
        self.slopes.iter().map(|slope| slope.size()).fold(0.0, f64::max)
    }
}

impl Replacement {
    /// The largest change of any outcome that some value brings.
    #[must_use]
    pub fn size(&self, outcomes: &[DrivenOutcome]) -> f64 {
        self.others.iter().map(|other| other.size(outcomes)).fold(0.0, f64::max)
    }
}

impl Alternate {
    /// The largest change of any outcome.
    #[must_use]
    pub fn size(&self, outcomes: &[DrivenOutcome]) -> f64 {
        let estimates = self.estimates.iter().flatten();
        let changes = estimates.zip(outcomes).map(|(new, old)| (new - old.estimate).abs());
        changes.fold(0.0, f64::max)
    }
}
