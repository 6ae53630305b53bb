//! From the model to the program.

use super::draw::{Distribution, Freedom, both};
use super::layout::Layout;
use super::program::{
    Block, Chain, CompiledRule, Consequence, Draw, DrawResult, Effects, EventEffects, INJECT_RANK,
    InjectBlock, Kept, Origin, Program, RuleAction, WrittenVariable,
};
use super::reads::{Reads, ends, questions, rungs};
use super::test::{Term, Test};
use crate::model::{
    Branch, Cond, Delay, Effect, Event, EventPattern, Expr, Model, Rule, Trigger, VarId,
};
use crate::syntax::tree::CompareOp;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// Where a condition finds what it reads.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// For each variable of the model: its slot, or its constant value.
    variables: Vec<Result<u32, i32>>,
    level: Option<u32>,
    peak: Option<u32>,
    turn: Option<u32>,
    /// For each event: the slot that says that it has just happened.
    fresh: Vec<Option<u32>>,
    /// For each pattern: the slot that says that an event of it ever happened.
    ever: FxHashMap<EventPattern, u32>,
    /// For each action: its events, by number.
    by_action: Vec<Vec<(u32, Event)>>,
}

/// For each freedom, in the order of [`Draw::corners`], the corners of a draw as probabilities of
/// its results.
#[must_use]
pub fn corners(
    distribution: &Distribution,
    decides: bool,
    results: &[DrawResult],
) -> [Vec<Box<[f64]>>; 4] {
    let spread = |corner: Vec<f64>| -> Box<[f64]> {
        results.iter().map(|r| both(corner[r.alternative as usize], r.share)).collect()
    };
    [Freedom::Estimate, Freedom::Likelihoods, Freedom::Decisions, Freedom::Both]
        .map(|freedom| distribution.corners(freedom, decides).into_iter().map(spread).collect())
}

/// That the level has come to this rung, now or before: the one that the ladder starts at counts, and
/// those below it, also where an inject of turn 0 leaves it at once.
#[must_use]
pub fn at_least(model: &Model, level: u32, rung: i32) -> Test {
    if model.ladder.as_ref().is_some_and(|ladder| rung <= ladder.start) {
        return Test::Const(true);
    }
    Test::compare(Term::Slot(level), CompareOp::GreaterEqual, Term::Const(i64::from(rung)))
}

struct Compiler<'a> {
    model: &'a Model,
    layout: Layout,
    initial: Vec<i32>,
    places: Places,
    column: Vec<Option<u32>>,
    event_index: FxHashMap<Event, u32>,
    blocks: Vec<Block>,
    chains: Vec<Chain>,
    draws: Vec<Draw>,
    ranks: Vec<i32>,
}

/// Compiles a model.
pub fn compile(model: &Model, kept: Kept) -> Program {
    let reads = Reads::of(model);
    let mut compiler = Compiler::new(model);
    let variables = compiler.add_variables(kept, &reads);
    compiler.add_level(kept, &reads);
    let turn = compiler.add_turn(&reads);
    let fresh = compiler.add_events(&reads);
    let events = compiler.events(&reads);
    let rules: Vec<CompiledRule> = (0..model.rules.len()).map(|at| compiler.rule(at)).collect();
    let injects = compiler.injects();
    compiler.number_columns(variables.len());
    let test = |cond: &Cond| compiler.places.test(cond);
    let outcomes: Vec<Option<Test>> =
        model.outcomes.iter().map(|outcome| outcome.condition.as_ref().map(test)).collect();
    let endings = outcomes
        .iter()
        .zip(&model.outcomes)
        .enumerate()
        .filter(|(_, (_, outcome))| outcome.ending)
        .filter_map(|(at, (test, _))| test.clone().map(|test| (at, test)))
        .collect();
    let mut asked = Vec::new();
    questions(model, &mut |cond| asked.push(test(cond)));
    if let Some(level) = compiler.places.level {
        asked.extend((0..=rungs(model)).map(|rung| at_least(model, level, rung)));
    }
    let nodes = variables.last().map_or(model.events.len() as u32, |last| last.nodes().end);
    Program {
        layout: compiler.layout,
        initial: compiler.initial,
        variables,
        level: compiler.places.level,
        peak: compiler.places.peak,
        turn,
        events,
        fresh,
        rules,
        draws: compiler.draws,
        blocks: compiler.blocks,
        chains: compiler.chains,
        injects,
        endings,
        outcomes,
        asked,
        nodes,
        places: compiler.places,
    }
}

impl<'a> Compiler<'a> {
    fn new(model: &'a Model) -> Self {
        let mut ranks: Vec<i32> = model.rules.iter().map(|rule| rule.priority).collect();
        ranks.sort_unstable();
        ranks.dedup();
        let mut by_action = vec![Vec::new(); model.actions.len()];
        let mut event_index = FxHashMap::default();
        for (at, body) in model.events.iter().enumerate() {
            by_action[body.event.action.index()].push((at as u32, body.event));
            event_index.insert(body.event, at as u32);
        }
        Self {
            model,
            layout: Layout::default(),
            initial: Vec::new(),
            places: Places { by_action, ..Places::default() },
            column: vec![None; model.variables.len()],
            event_index,
            blocks: Vec::new(),
            chains: Vec::new(),
            draws: Vec::new(),
            ranks,
        }
    }

    fn slot(&mut self, low: i32, high: i32, initial: i32) -> u32 {
        self.initial.push(initial);
        self.layout.add(low, high) as u32
    }

    /// Slots for the variables that effects write; the others are constants.
    fn add_variables(&mut self, kept: Kept, reads: &Reads) -> Vec<WrittenVariable> {
        let model = self.model;
        let mut written = vec![false; model.variables.len()];
        let mut given = vec![BTreeSet::new(); model.variables.len()];
        for effect in every_effect(model) {
            match effect {
                // Nobody reads it, but two values in one turn are a mistake all the same.
                Effect::Assign(id, value) => {
                    written[id.index()] = true;
                    given[id.index()].insert(*value);
                }
                Effect::Step(id, _) => {
                    written[id.index()] |= kept == Kept::Written || reads.variables.contains(id);
                }
                Effect::Event(_) => {}
            }
        }
        let mut variables: Vec<WrittenVariable> = Vec::new();
        let mut first_node = model.events.len() as u32;
        for (at, variable) in model.variables.iter().enumerate() {
            if !written[at] {
                self.places.variables.push(Err(variable.initial));
                continue;
            }
            let (low, high) = ends(model, &variable.domain);
            let slot = self.slot(low, high, variable.initial);
            self.places.variables.push(Ok(slot));
            self.column[at] = Some(variables.len() as u32);
            let given = std::mem::take(&mut given[at]).into_iter().collect();
            variables.push(WrittenVariable { variable: at, slot, low, high, given, first_node });
            first_node = variables.last().map_or(first_node, |last| last.nodes().end);
        }
        variables
    }

    fn add_level(&mut self, kept: Kept, reads: &Reads) {
        if let Some(ladder) = &self.model.ladder
            && (kept == Kept::Written || reads.level || reads.peak)
        {
            let highest = rungs(self.model);
            self.places.level = Some(self.slot(0, highest, ladder.start));
            if reads.peak {
                self.places.peak = Some(self.slot(0, highest, ladder.start));
            }
        }
    }

    /// The turn counts up to the last turn that an inject or a comparison can tell from the next.
    fn add_turn(&mut self, reads: &Reads) -> Option<(u32, i32)> {
        let last_inject = self.model.injects.iter().map(|inject| inject.turn).max().unwrap_or(0);
        let last_inject = i32::try_from(last_inject).unwrap_or(i32::MAX);
        let mut last = reads.turn.unwrap_or(0).max(last_inject);
        if let Some(horizon) = self.model.horizon {
            last = last.min(i32::try_from(horizon).unwrap_or(i32::MAX));
        }
        if last == 0 && reads.turn.is_none() {
            return None;
        }
        let slot = self.slot(0, last, 0);
        self.places.turn = Some(slot);
        Some((slot, last))
    }

    /// Slots for what has just happened and what ever happened, where a condition asks.
    fn add_events(&mut self, reads: &Reads) -> std::ops::Range<u32> {
        let begin = self.initial.len() as u32;
        self.places.fresh = vec![None; self.model.events.len()];
        for pattern in &reads.does {
            for event in self.places.matching(pattern) {
                if self.places.fresh[event as usize].is_none() {
                    self.places.fresh[event as usize] = Some(self.slot(0, 1, 0));
                }
            }
        }
        let end = self.initial.len() as u32;
        for pattern in &reads.has_done {
            if !self.places.matching(pattern).is_empty() {
                let slot = self.slot(0, 1, 0);
                self.places.ever.insert(*pattern, slot);
            }
        }
        begin..end
    }

    fn events(&self, reads: &Reads) -> Vec<EventEffects> {
        let mut events: Vec<EventEffects> = self
            .model
            .events
            .iter()
            .enumerate()
            .map(|(at, body)| EventEffects {
                rung: self.places.level.and(self.model.actions[body.event.action.index()].rung),
                marks: self.places.fresh[at].into_iter().collect(),
                body: self.effects(&body.effects),
                assigns: false,
            })
            .collect();
        for pattern in &reads.has_done {
            for event in self.places.matching(pattern) {
                events[event as usize].marks.push(self.places.ever[pattern]);
            }
        }
        loop {
            let assigns = |event: &EventEffects, events: &[EventEffects]| {
                !event.body.assigns.is_empty()
                    || event.body.events.iter().any(|&next| events[next as usize].assigns)
            };
            let found: Vec<bool> = events.iter().map(|event| assigns(event, &events)).collect();
            let grown = events.iter().zip(&found).any(|(event, &found)| event.assigns != found);
            for (event, found) in events.iter_mut().zip(found) {
                event.assigns = found;
            }
            if !grown {
                return events;
            }
        }
    }

    fn effects(&self, effects: &[Effect]) -> Effects {
        let mut all = Effects::default();
        let column = |id: &VarId| self.column[id.index()];
        for effect in effects {
            match effect {
                Effect::Event(event) => all.events.extend(self.event_index.get(event)),
                Effect::Assign(id, value) => all.assigns.extend(column(id).map(|at| (at, *value))),
                Effect::Step(id, by) => all.steps.extend(column(id).map(|at| (at, *by))),
            }
        }
        all.events.sort_unstable();
        all.events.dedup();
        all.assigns.sort_unstable();
        all.assigns.dedup();
        all
    }

    fn rule(&mut self, at: usize) -> CompiledRule {
        let rule = &self.model.rules[at];
        let condition = self.places.test(&rule.condition);
        let guard = rule.guard.as_ref().map_or(Test::Const(true), |cond| self.places.test(cond));
        let armed = (rule.trigger == Trigger::When).then(|| self.slot(0, 1, 0));
        let spent = rule.once.then(|| self.slot(0, 1, 0));
        CompiledRule {
            declaration: rule.declaration,
            trigger: rule.trigger,
            condition,
            guard,
            armed,
            spent,
            action: self.action(at as u32, rule),
        }
    }

    fn action(&mut self, at: u32, rule: &Rule) -> RuleAction {
        let rank = self.ranks.binary_search(&rule.priority);
        debug_assert!(rank.is_ok(), "every priority has a rank");
        let rank = rank.unwrap_or(0) as u32;
        let decides = rule.decider.is_some();
        let distribution = if decides {
            Distribution::of_decision(&rule.alternatives)
        } else {
            Distribution::of_rule(&rule.alternatives)
        };
        let mut branches: Vec<&Branch> = rule.alternatives.iter().map(|a| &a.branch).collect();
        if !decides {
            branches.push(&rule.otherwise);
        }
        let corners_of = |freedom| distribution.corners(freedom, decides);
        let possible = |alternative: usize| {
            [Freedom::Estimate, Freedom::Likelihoods, Freedom::Both]
                .into_iter()
                .flat_map(corners_of)
                .any(|corner| corner[alternative] > 0.0)
        };
        let mut results = Vec::new();
        for (alternative, branch) in branches.into_iter().enumerate() {
            if possible(alternative) {
                results.extend(self.results(at, alternative as u32, branch, rank));
            }
        }
        if let [only] = results[..] {
            return RuleAction::Sure(only.consequence);
        }
        let corners = corners(&distribution, decides, &results);
        self.draws.push(Draw { rule: at, results, distribution, decides, corners });
        RuleAction::Draw(self.draws.len() as u32 - 1)
    }

    /// The results that one branch adds to a draw: one for each moment that it may come.
    fn results(
        &mut self,
        rule: u32,
        alternative: u32,
        branch: &Branch,
        rank: u32,
    ) -> Vec<DrawResult> {
        let one = |share, consequence| DrawResult { alternative, share, consequence };
        if branch.effects.is_empty() {
            return vec![one(1.0, Consequence::Nothing)];
        }
        let effects = self.effects(&branch.effects);
        self.blocks.push(Block { effects, rank, origin: Origin::Rule(rule, alternative) });
        let block = self.blocks.len() as u32 - 1;
        match branch.delay {
            Delay::After(turns) | Delay::Within(turns) if turns <= 1 => {
                vec![one(1.0, Consequence::Now(block))]
            }
            Delay::After(turns) => {
                let chain = self.chain(block, turns - 1, false);
                vec![one(1.0, Consequence::Later { chain, turns: turns - 1 })]
            }
            Delay::Within(turns) => {
                let chain = self.chain(block, turns - 1, true);
                let share = 1.0 / f64::from(turns);
                let later = (1..turns).map(|turns| Consequence::Later { chain, turns });
                std::iter::once(Consequence::Now(block))
                    .chain(later)
                    .map(|consequence| one(share, consequence))
                    .collect()
            }
        }
    }

    /// Slots for a delayed block. Only where its moment is spread and it adds something can it be
    /// under way several times for one moment: once for each earlier turn that it was drawn in.
    fn chain(&mut self, block: u32, length: u32, spread: bool) -> u32 {
        let adds = spread && self.adds(block);
        let first_slot = self.initial.len() as u32;
        for away in 1..=length {
            let most = if adds { i32::try_from(length + 1 - away).unwrap_or(i32::MAX) } else { 1 };
            self.slot(0, most, 0);
        }
        self.chains.push(Chain { block, first_slot, length, first_column: 0, adds });
        self.chains.len() as u32 - 1
    }

    /// Whether the block itself raises or lowers; the bodies of its events count once all the same.
    fn adds(&self, block: u32) -> bool {
        !self.blocks[block as usize].effects.steps.is_empty()
    }

    fn injects(&mut self) -> Vec<InjectBlock> {
        let mut injects = Vec::new();
        for (at, inject) in self.model.injects.iter().enumerate() {
            let effects = self.effects(&inject.effects);
            let origin = Origin::Inject(at as u32);
            self.blocks.push(Block { effects, rank: INJECT_RANK, origin });
            injects.push(InjectBlock { turn: inject.turn, block: self.blocks.len() as u32 - 1 });
        }
        injects.sort_by_key(|inject| inject.turn);
        injects
    }

    /// Columns of a turn: events, assignments, steps, then what is put under way.
    fn number_columns(&mut self, variables: usize) {
        let mut next = (self.model.events.len() + 2 * variables) as u32;
        for chain in &mut self.chains {
            chain.first_column = next;
            next += chain.length;
        }
    }
}

impl Places {
    /// The slot that says that an event has just happened, where a condition asks.
    #[must_use]
    pub fn fresh(&self, event: u32) -> Option<u32> {
        self.fresh[event as usize]
    }

    /// The slots that say that an event of a pattern ever happened, sorted by slot.
    #[must_use]
    pub fn ever(&self) -> Vec<(EventPattern, u32)> {
        let mut all: Vec<_> = self.ever.iter().map(|(pattern, slot)| (*pattern, *slot)).collect();
        all.sort_unstable_by_key(|asked| asked.1);
        all
    }

    /// The events that a pattern matches, by number.
    #[must_use]
    pub fn matching(&self, pattern: &EventPattern) -> Vec<u32> {
        self.by_action
            .get(pattern.action.index())
            .into_iter()
            .flatten()
            .filter(|(_, event)| pattern.matches(event))
            .map(|(at, _)| *at)
            .collect()
    }

    /// A condition as a test on slots.
    #[must_use]
    pub fn test(&self, cond: &Cond) -> Test {
        match cond {
            Cond::Const(value) => Test::Const(*value),
            Cond::Not(inner) => self.test(inner).negated(),
            Cond::And(all) => Test::all(all.iter().map(|cond| self.test(cond))),
            Cond::Or(all) => Test::some(all.iter().map(|cond| self.test(cond))),
            Cond::AtLeast(least, all) => {
                Test::at_least(*least, all.iter().map(|cond| self.test(cond)))
            }
            Cond::Does(pattern) => {
                let slots = self.matching(pattern).into_iter();
                Test::some(slots.filter_map(|event| self.fresh[event as usize]).map(Test::Set))
            }
            Cond::HasDone(pattern) => match self.ever.get(pattern) {
                Some(slot) => Test::Set(*slot),
                None => Test::Const(false),
            },
            Cond::Compare(left, op, right) => Test::compare(self.term(left), *op, self.term(right)),
        }
    }

    /// An expression as a term over slots.
    #[must_use]
    pub fn term(&self, expr: &Expr) -> Term {
        let slot = |slot: Option<u32>| slot.map_or(Term::Const(0), Term::Slot);
        match expr {
            Expr::Const(value) => Term::Const(*value),
            Expr::Var(id) => match self.variables[id.index()] {
                Ok(slot) => Term::Slot(slot),
                Err(value) => Term::Const(i64::from(value)),
            },
            Expr::Level => slot(self.level),
            Expr::Peak => slot(self.peak),
            Expr::Turn => slot(self.turn),
            Expr::Binary(left, op, right) => Term::binary(self.term(left), *op, self.term(right)),
        }
    }
}

/// Every effect of the scenario: of rules, injects and the bodies of events.
pub fn every_effect(model: &Model) -> impl Iterator<Item = &Effect> {
    let rules = model.rules.iter().flat_map(|rule| {
        let branches = rule.alternatives.iter().map(|alternative| &alternative.branch);
        branches.chain([&rule.otherwise]).flat_map(|branch| &branch.effects)
    });
    let injects = model.injects.iter().flat_map(|inject| &inject.effects);
    let bodies = model.events.iter().flat_map(|body| &body.effects);
    rules.chain(injects).chain(bodies)
}
