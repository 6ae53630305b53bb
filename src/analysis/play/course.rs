//! What a game has come to, turn by turn, as plain data.

use crate::analysis::NodeKind;
use crate::analysis::why::{Cause, Happening};
use crate::model::{OutcomeId, VarId};

/// A situation of a game, and how it came about.
#[derive(Clone, Debug)]
pub struct Moment {
    /// Its number.
    pub turn: u32,
    /// What happened on the way to it, by name, each with what brought it about.
    pub happenings: Vec<Happening>,
    /// Variables that have another value than before.
    pub changes: Vec<ValueChange>,
    /// The rung before, and that of now; none without a ladder.
    pub level: Option<(i32, i32)>,
    /// Outcomes whose condition holds for the first time.
    pub reached: Vec<OutcomeId>,
    /// What was drawn by rules and decided by others without anything coming of it at once.
    pub idle: Vec<Cause>,
    /// Everything that is under way, what comes first first.
    pub under_way: Vec<UnderWay>,
    /// The ending that holds, if one does.
    pub ending: Option<OutcomeId>,
    /// What the players have decided in this situation.
    pub choices: Vec<Choice>,
    /// The packed situation.
    pub(super) words: Vec<u64>,
    /// The same, one value a slot.
    pub(super) values: Vec<i32>,
    /// What happened, as nodes of the program, sorted.
    pub(super) happened: Vec<u32>,
    /// The players' decisions that have their turn, as draws of the program.
    pub(super) asked: Vec<u32>,
}

impl Moment {
    /// Whether players see nothing of it: nothing happened, and they have put nothing under way and
    /// have nothing to decide.
    #[must_use]
    pub fn is_quiet(&self) -> bool {
        self.happenings.is_empty()
            && self.asked.is_empty()
            && self.reached.is_empty()
            && self.level.is_none_or(|(before, now)| before == now)
            && !self.begun().any(|one| one.own)
    }

    /// What was put under way in the turn that led to it.
    pub fn begun(&self) -> impl Iterator<Item = &UnderWay> {
        let drawn = self.turn.checked_sub(1);
        self.under_way.iter().filter(move |one| drawn.is_some() && one.cause.drawn == drawn)
    }
}

/// A variable has another value than before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ValueChange {
    /// The variable.
    pub variable: VarId,
    /// Its value before.
    pub before: i32,
    /// Its value now.
    pub after: i32,
}

/// Something that was drawn and has yet to come.
#[derive(Clone, Debug)]
pub struct UnderWay {
    /// What will come, if nothing stands against it.
    pub nodes: Vec<NodeKind>,
    /// What it comes from, and the turn of the draw.
    pub cause: Cause,
    /// The turn in which it comes.
    pub due: u32,
    /// Whether a player decided it.
    pub own: bool,
    /// The chain of the program.
    pub(super) chain: u32,
}

/// A decision that a player has to take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The rule, as an index of the model's.
    pub rule: usize,
    /// The draw of the program.
    pub(super) draw: u32,
}

/// A decision that a player has taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The rule, as an index of the model's.
    pub rule: usize,
    /// The option, numbered from 0.
    pub option: usize,
    /// The draw of the program.
    pub(super) draw: u32,
}

/// Why a game is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// An ending holds.
    Ending(OutcomeId),
    /// The run ends with this turn.
    Horizon,
    /// Nothing can ever happen again.
    Settled,
    /// For so many turns there was nothing to decide, and no horizon is set.
    Idle(u32),
}
