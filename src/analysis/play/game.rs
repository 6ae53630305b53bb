//! A game: what has happened, what is to be decided, and the way to the next situation.

use super::Stage;
use super::course::{Choice, Decision, End, Moment, UnderWay, ValueChange};
use crate::analysis::answer::{Failure, NodeKind};
use crate::analysis::failure;
use crate::analysis::names;
use crate::analysis::reactions::firing::nodes;
use crate::analysis::simulate::Random;
use crate::analysis::why::{Cause, Happening, brought_about, cause};
use crate::engine::conflict::conflicts;
use crate::engine::expansion::Expansion;
use crate::engine::finish::finish;
use crate::engine::program::{Consequence, Draw, Origin};
use crate::engine::turn::Turn;
use crate::model::{ActorId, OutcomeId, VarId};

/// Without a horizon a game is over after so many turns in which nothing was to be decided.
const PATIENCE: u32 = 1000;
/// How many numbers there are to draw.
const WHOLE: f64 = (1_u64 << 31) as f64;

/// A game.
pub struct Game<'a> {
    stage: &'a Stage,
    players: Vec<ActorId>,
    random: Random,
    turn: Turn<'a>,
    out: Expansion,
    moments: Vec<Moment>,
    settled: bool,
}

impl<'a> Game<'a> {
    /// Begins a game in which these actors' decisions are taken by players.
    ///
    /// # Errors
    /// Assignments contradict each other in turn 0.
    pub fn begin(stage: &'a Stage, players: &[ActorId], seed: u64) -> Result<Self, Failure> {
        let mut game = Self {
            stage,
            players: players.to_vec(),
            random: Random::new(seed),
            turn: Turn::new(&stage.program),
            out: Expansion::default(),
            moments: Vec::new(),
            settled: false,
        };
        game.turn.begin(&mut game.out);
        let moment = game.arrive(&[])?;
        game.moments.push(moment);
        Ok(game)
    }

    /// What it is played on.
    #[must_use]
    pub fn stage(&self) -> &'a Stage {
        self.stage
    }

    /// All situations so far, the last one being that of now.
    #[must_use]
    pub fn moments(&self) -> &[Moment] {
        &self.moments
    }

    /// The situation of now.
    #[must_use]
    pub fn now(&self) -> &Moment {
        // There is one from the beginning on.
        &self.moments[self.moments.len() - 1]
    }

    /// The value of a variable now.
    #[must_use]
    pub fn value(&self, variable: VarId) -> i32 {
        let written = &self.stage.program.variables;
        let slot = written.iter().find(|one| one.variable == variable.index());
        match slot {
            Some(written) => self.now().values[written.slot as usize],
            None => self.stage.model.variables[variable.index()].initial,
        }
    }

    /// Whether an outcome's condition has ever held, up to the situation of this index.
    #[must_use]
    pub fn has_reached(&self, outcome: OutcomeId, moment: usize) -> bool {
        self.moments[..=moment].iter().any(|one| one.reached.contains(&outcome))
    }

    /// The decision to be taken now, if one is.
    #[must_use]
    pub fn decision(&self) -> Option<Decision> {
        let now = self.now();
        let &draw = now.asked.get(now.choices.len())?;
        let rule = self.stage.program.draws[draw as usize].rule as usize;
        Some(Decision { rule, draw })
    }

    /// Why the game is over, if it is.
    #[must_use]
    pub fn end(&self) -> Option<End> {
        let now = self.now();
        if let Some(ending) = now.ending {
            return Some(End::Ending(ending));
        }
        if self.settled {
            return Some(End::Settled);
        }
        match self.stage.model.horizon {
            Some(horizon) => (now.turn >= horizon).then_some(End::Horizon),
            None => {
                let last = self.moments.iter().rfind(|one| !one.choices.is_empty());
                let idle = now.turn - last.map_or(0, |one| one.turn);
                (self.decision().is_none() && idle >= PATIENCE).then_some(End::Idle(PATIENCE))
            }
        }
    }

    /// Takes the decision of now; without one to be taken nothing happens.
    pub fn choose(&mut self, option: usize) {
        if let Some(Decision { rule, draw }) = self.decision()
            && let Some(now) = self.moments.last_mut()
        {
            now.choices.push(Choice { rule, option, draw });
        }
    }

    /// Takes back the decision that was taken last, with all that came of it; says whether there
    /// was one.
    pub fn undo(&mut self) -> bool {
        let Some(at) = self.moments.iter().rposition(|one| !one.choices.is_empty()) else {
            return false;
        };
        self.moments.truncate(at + 1);
        self.moments[at].choices.pop();
        self.settled = false;
        true
    }

    /// Goes on to the next situation, once everything is decided; says whether it came to one. It
    /// does not where nothing can ever happen again.
    ///
    /// # Errors
    /// Assignments contradict each other on the way.
    pub fn go_on(&mut self) -> Result<bool, Failure> {
        let Self { stage, random, moments, turn, out, .. } = self;
        let now = &moments[moments.len() - 1];
        let program = &stage.program;
        let mut picks = Vec::new();
        random.turn(now.turn + 1);
        let pick = |at: u32| {
            let draw = &program.draws[at as usize];
            let number = random.number(stage.odds.of(at).key);
            let result = match now.choices.iter().find(|choice| choice.draw == at) {
                Some(choice) => chosen(draw, choice.option as u32, number),
                None => stage.odds.pick(&stage.odds.of(at), number) as usize,
            };
            picks.push((at, result));
            result
        };
        turn.sample(&now.words, pick, out);
        let moment = self.arrive(&picks)?;
        self.settled = self.out.chances.is_empty() && moment.words == self.now().words;
        if !self.settled {
            self.moments.push(moment);
        }
        Ok(!self.settled)
    }

    /// What the turn that was drawn last, with these results of draws, comes to.
    fn arrive(&mut self, picks: &[(u32, usize)]) -> Result<Moment, Failure> {
        let Stage { model, program, .. } = self.stage;
        let before = self.moments.last();
        let turn = before.map_or(0, |before| before.turn + 1);
        let found = conflicts(program, &self.out, 0);
        if !found.is_empty() {
            let story: Vec<(u32, Vec<u32>)> =
                self.moments.iter().map(|one| (one.turn, one.happened.clone())).collect();
            return Err(failure::conflicts_in(model, program, &story, turn, &found));
        }
        let mut words = Vec::new();
        let happened = self.out.only(&mut words);
        let mut values = vec![0; program.layout.slots()];
        program.layout.unpack(&words, &mut values);
        let ending = finish(program, &mut values);
        program.layout.pack(&values, &mut words);
        let ending = ending.checked_sub(1).map(|at| OutcomeId::new(at as usize));
        let ends = ending.is_some() || model.horizon.is_some_and(|horizon| turn >= horizon);
        let asked = if ends { Vec::new() } else { self.asked(&words) };
        let before = self.moments.last();
        let old = before.map_or(&program.initial, |before| &before.values);
        let level = program.level.map(|slot| (old[slot as usize], values[slot as usize]));
        let changes = program.variables.iter().filter_map(|one| {
            let (before, after) = (old[one.slot as usize], values[one.slot as usize]);
            let variable = VarId::new(one.variable);
            (before != after).then_some(ValueChange { variable, before, after })
        });
        let changes = changes.collect();
        let (fired, under_way) = self.come_about(turn, ending.is_some());
        Ok(Moment {
            turn,
            happenings: self.happenings(&happened, &fired),
            changes,
            level,
            reached: self.reached(&values),
            idle: self.idle(&happened, picks),
            under_way,
            ending,
            choices: Vec::new(),
            words,
            values,
            happened,
            asked,
        })
    }

    /// The players' decisions that have their turn in a situation.
    fn asked(&mut self, words: &[u64]) -> Vec<u32> {
        let Stage { model, program, .. } = self.stage;
        let mut drawn = Vec::new();
        let mut out = Expansion::default();
        let note = |draw| {
            drawn.push(draw);
            0
        };
        self.turn.sample(words, note, &mut out);
        drawn.retain(|&draw| {
            self.is_player(model.rules[program.draws[draw as usize].rule as usize].decider)
        });
        drawn
    }

    fn is_player(&self, decider: Option<ActorId>) -> bool {
        decider.is_some_and(|decider| self.players.contains(&decider))
    }

    /// The blocks that came about in the turn drawn last, with the turn of the draw of what had been
    /// under way; and all that is under way now.
    fn come_about(&self, turn: u32, ended: bool) -> (Vec<(u32, Option<u32>)>, Vec<UnderWay>) {
        let Stage { model, program, .. } = self.stage;
        let before = self.moments.last();
        let mut waiting = before.map_or_else(Vec::new, |before| before.under_way.clone());
        let mut fired = Vec::new();
        for &(chain, consequence) in &self.out.sure {
            match consequence {
                Consequence::Nothing => {}
                Consequence::Now(block) => {
                    let due = |one: &UnderWay| Some(one.chain) == chain && one.due == turn;
                    let at = waiting.iter().position(due);
                    fired.push((block, at.and_then(|at| waiting.remove(at).cause.drawn)));
                }
                Consequence::Later { chain, turns } => {
                    let described = &program.chains[chain as usize];
                    let due = turn + turns;
                    let same = |one: &UnderWay| one.chain == chain && one.due == due;
                    if !described.adds && waiting.iter().any(same) {
                        continue;
                    }
                    let block = &program.blocks[described.block as usize];
                    let drawn = Some(turn.saturating_sub(1));
                    let cause = cause(model, block.origin, drawn);
                    let nodes = nodes(program, &block.effects).into_iter();
                    let nodes = nodes.map(|node| names::kind(model, program, node)).collect();
                    let own = match block.origin {
                        Origin::Rule(rule, _) => self.is_player(model.rules[rule as usize].decider),
                        Origin::Inject(_) => false,
                    };
                    waiting.push(UnderWay { nodes, cause, due, own, chain });
                }
            }
        }
        if ended {
            waiting.clear();
        }
        waiting.sort_by_key(|one| one.due);
        (fired, waiting)
    }

    fn happenings(&self, happened: &[u32], fired: &[(u32, Option<u32>)]) -> Vec<Happening> {
        let Stage { model, program, .. } = self.stage;
        let happening = |&node: &u32| {
            let kind = names::kind(model, program, node);
            let fired = fired.iter().copied();
            let causes = brought_about(model, program, happened, fired, node);
            Happening { kind, id: names::id(model, kind), leads_there: true, causes }
        };
        let mut all: Vec<Happening> = happened.iter().map(happening).collect();
        // Events first: changes mostly come of them.
        let rank = |one: &Happening| !matches!(one.kind, NodeKind::Event(_));
        all.sort_by(|one, other| rank(one).cmp(&rank(other)).then_with(|| one.id.cmp(&other.id)));
        all
    }

    /// Outcomes that hold here and never did before.
    fn reached(&self, values: &[i32]) -> Vec<OutcomeId> {
        let tests = self.stage.program.outcomes.iter().enumerate();
        let holds = tests.filter(|(_, test)| test.as_ref().is_some_and(|test| test.holds(values)));
        let before = |id: &OutcomeId| self.moments.iter().any(|one| one.reached.contains(id));
        holds.map(|(at, _)| OutcomeId::new(at)).filter(|id| !before(id)).collect()
    }

    /// What these draws came to where nothing of it has happened and nothing is under way.
    fn idle(&self, happened: &[u32], picks: &[(u32, usize)]) -> Vec<Cause> {
        let Stage { model, program, .. } = self.stage;
        let comes = |consequence: Consequence| match consequence {
            Consequence::Nothing => false,
            Consequence::Now(block) => {
                let effects = &program.blocks[block as usize].effects;
                nodes(program, effects).iter().any(|node| happened.contains(node))
            }
            Consequence::Later { .. } => true,
        };
        let result = |&(draw, result): &(u32, usize)| {
            let Draw { rule, results, .. } = &program.draws[draw as usize];
            let result = &results[result];
            let origin = Origin::Rule(*rule, result.alternative);
            (!comes(result.consequence)).then(|| cause(model, origin, None))
        };
        picks.iter().filter_map(result).collect()
    }
}

/// The result of a draw where its option is chosen: of the moments at which it may come, the one that
/// a number falls on.
fn chosen(draw: &Draw, option: u32, number: u32) -> usize {
    let mut sum = 0.0;
    let mut last = 0;
    for (at, result) in draw.results.iter().enumerate() {
        if result.alternative == option {
            last = at;
            sum += result.share;
            if f64::from(number) < sum * WHOLE {
                break;
            }
        }
    }
    last
}
