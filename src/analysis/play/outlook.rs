//! How likely each outcome is from the situations of a game on, and for each option of a decision:
//! exact, where the situations are not too many.

use super::{Decision, Game, Stage};
use crate::analysis::answer::Failure;
use crate::analysis::options::Options;
use crate::analysis::outcomes;
use crate::analysis::unfolded::Ground;
use crate::engine::Graph;
use crate::engine::expansion::{Expansion, Group};
use crate::engine::finish::finish;
use crate::engine::program::Draw;
use crate::engine::turn::Turn;
use crate::model::OutcomeId;
use crate::solve::aim::Aim;
use crate::solve::goals::{Goal, Goals};
use crate::solve::values::one_turn::Backup;
use crate::solve::values::with_horizon;
use crate::solve::values::without_horizon;
use rustc_hash::FxHashMap;

/// Everything that can come of a scenario, with the values of its outcomes.
pub struct Outlook {
    ground: Ground,
    goals: Goals,
    /// The rows of values that were asked for last, by turn.
    known: Option<(u32, Vec<f64>)>,
}

/// The situations that can come next, with the draws' results at hand.
struct Next<'a> {
    outlook: &'a Outlook,
    out: Expansion,
    /// The number of each situation that can come next, by its words and ending.
    index: FxHashMap<(&'a [u64], u32), u32>,
}

impl Outlook {
    /// Explores all situations of a scenario.
    ///
    /// # Errors
    /// Conflicting assignments, or a limit that was reached, as diagnostics.
    pub fn explore(stage: &Stage, options: &Options) -> Result<Self, Failure> {
        let ground = Ground::of(&stage.model, stage.program.clone(), options)?;
        let goals = outcomes::goals(&stage.model, ground.solver());
        let goals = Goals::new(ground.solver(), &goals.iter().collect::<Vec<&Goal>>());
        Ok(Self { ground, goals, known: None })
    }

    /// The probability of each outcome, seen from the situation of this index; 1 where it has been
    /// reached.
    #[must_use]
    pub fn from(&mut self, game: &Game<'_>, moment: usize) -> Option<Vec<f64>> {
        let s = self.situation(game, moment)?;
        let turn = game.moments()[moment].turn;
        self.look(turn);
        let (stride, rows) = (self.goals.stride(), &self.known.as_ref()?.1);
        Some(told(game, moment, &rows[s * stride..][..stride]))
    }

    /// The probability of each outcome now, given what has been decided in this turn.
    #[must_use]
    pub fn now(&mut self, game: &Game<'_>) -> Option<Vec<f64>> {
        let last = game.moments().len() - 1;
        if game.now().choices.is_empty() {
            return self.from(game, last);
        }
        Some(self.given(game, &[Vec::new()])?.swap_remove(0))
    }

    /// For each option of the decision to be taken now: the probability of each outcome, given that
    /// it is chosen and all further decisions follow the baseline policy; what has been decided in
    /// this turn stays.
    #[must_use]
    pub fn options(&mut self, game: &Game<'_>, decision: Decision) -> Option<Vec<Vec<f64>>> {
        let options = 0..game.stage().model.rules[decision.rule].alternatives.len();
        let each: Vec<Vec<(u32, usize)>> =
            options.map(|option| vec![(decision.draw, option)]).collect();
        self.given(game, &each)
    }

    /// The probability of each outcome now, given each of these choices beside those of this turn.
    fn given(&mut self, game: &Game<'_>, each: &[Vec<(u32, usize)>]) -> Option<Vec<Vec<f64>>> {
        let last = game.moments().len() - 1;
        let s = self.situation(game, last)?;
        self.look(game.now().turn + 1);
        let rows = &self.known.as_ref()?.1;
        let next = Next::new(self, s, game)?;
        let made = game.now().choices.iter().map(|one| (one.draw, one.option));
        let made: Vec<(u32, usize)> = made.collect();
        let value = |choices: &Vec<(u32, usize)>| {
            let fixed = [&made[..], choices].concat();
            Some(told(game, last, &next.values(&fixed, rows)?))
        };
        each.iter().map(value).collect()
    }

    /// All situations.
    pub(super) fn graph(&self) -> &Graph {
        self.ground.graph()
    }

    /// The number of a situation of a game in the graph.
    fn situation(&self, game: &Game<'_>, moment: usize) -> Option<usize> {
        let graph = self.ground.graph();
        let mut s = 0;
        for moment in &game.moments()[1..=moment] {
            let ending = moment.ending.map_or(0, |id| id.index() as u32 + 1);
            let targets = graph.targets[graph.leaves(s)].iter().map(|&to| to as usize);
            let mut same = targets
                .filter(|&to| graph.endings[to] == ending && graph.situation(to) == moment.words);
            s = same.next()?;
        }
        Some(s)
    }

    /// Finds the values in situations of this turn.
    fn look(&mut self, turn: u32) {
        let horizon = self.ground.solver().horizon;
        // Without a horizon all turns are alike.
        let turn = if horizon.is_some() { turn } else { 0 };
        if self.known.as_ref().is_some_and(|known| known.0 == turn) {
            return;
        }
        let solver = self.ground.solver();
        let backup = Backup { solver, goals: &self.goals, aim: Aim::ESTIMATE };
        let rows = match horizon {
            Some(horizon) => with_horizon::rows_at(&backup, horizon, turn),
            None => without_horizon::ever(&backup).rows,
        };
        self.known = Some((turn, rows));
    }
}

impl<'a> Next<'a> {
    fn new(outlook: &'a Outlook, s: usize, game: &Game<'_>) -> Option<Self> {
        let graph = outlook.ground.graph();
        let mut out = Expansion::default();
        Turn::new(&outlook.ground.program).expand(&game.now().words, &mut out);
        let targets = graph.targets[graph.leaves(s)].iter();
        let index = targets
            .map(|&to| ((graph.situation(to as usize), graph.endings[to as usize]), to))
            .collect();
        (!out.too_wide).then_some(Self { outlook, out, index })
    }

    /// The mean of the values of what can come next, with these draws' alternatives fixed.
    fn values(&self, fixed: &[(u32, usize)], rows: &[f64]) -> Option<Vec<f64>> {
        let (program, stride) = (&self.outlook.ground.program, self.outlook.goals.stride());
        let reach: Vec<Vec<f64>> =
            self.out.groups.iter().map(|group| self.reach(group, fixed)).collect();
        let mut sums = vec![0.0; stride];
        let mut values = vec![0; program.layout.slots()];
        let mut ways = vec![(0, 1.0, self.out.base.clone())];
        // Depth first: the product of the groups' ends may be large.
        while let Some((at, share, mut words)) = ways.pop() {
            let Some(group) = self.out.groups.get(at) else {
                program.layout.unpack(&words, &mut values);
                let ending = finish(program, &mut values);
                program.layout.pack(&values, &mut words);
                let to = *self.index.get(&(&words[..], ending))? as usize;
                let row = &rows[to * stride..][..stride];
                sums.iter_mut().zip(row).for_each(|(sum, value)| *sum += share * value);
                continue;
            };
            for (end, reach) in group.ends.clone().zip(&reach[at]).filter(|end| *end.1 > 0.0) {
                let delta = self.out.delta(end);
                let words = words.iter().zip(delta).map(|(word, delta)| word ^ delta).collect();
                ways.push((at + 1, share * reach, words));
            }
        }
        Some(sums)
    }

    /// How likely each end of a group is.
    fn reach(&self, group: &Group, fixed: &[(u32, usize)]) -> Vec<f64> {
        let mut reach = vec![1.0];
        for (layer, at) in group.draws.clone().enumerate() {
            let number = self.out.draws[at];
            let draw = &self.outlook.ground.program.draws[number as usize];
            let option = fixed.iter().find(|one| one.0 == number).map(|one| one.1);
            let shares = shares(draw, option);
            let mut next = vec![0.0; self.out.width(group, layer + 1)];
            for (node, reach) in reach.iter().enumerate() {
                let children = self.out.children(at, node, shares.len());
                for (&child, share) in children.iter().zip(&shares) {
                    next[child as usize] += reach * share;
                }
            }
            reach = next;
        }
        reach
    }
}

/// The probability of each result of a draw: by the estimates, or with its option chosen.
fn shares(draw: &Draw, option: Option<usize>) -> Vec<f64> {
    let Some(option) = option else { return draw.estimate().to_vec() };
    let is_chosen = |alternative: u32| alternative as usize == option;
    let share = |result: &crate::engine::program::DrawResult| {
        if is_chosen(result.alternative) { result.share } else { 0.0 }
    };
    draw.results.iter().map(share).collect()
}

/// The probability of each outcome from a situation of a game on, from the values of its goals there.
fn told(game: &Game<'_>, moment: usize, row: &[f64]) -> Vec<f64> {
    let outcomes = &game.stage().model.outcomes;
    let reached: Vec<bool> =
        (0..outcomes.len()).map(|at| game.has_reached(OutcomeId::new(at), moment)).collect();
    let any = reached.contains(&true);
    let value = |at: usize| {
        let value = row[at].clamp(0.0, 1.0);
        match outcomes[at].condition {
            None if any => 0.0,
            None => 1.0 - value,
            Some(_) if reached[at] => 1.0,
            Some(_) => value,
        }
    };
    (0..outcomes.len()).map(value).collect()
}
