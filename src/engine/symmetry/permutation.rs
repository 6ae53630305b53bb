//! What a permutation of actors does to variables, events, rules and slots, and whether it changes
//! anything.

use super::encode::{Code, Encoder};
use super::loose::Loose;
use crate::engine::compile::every_effect;
use crate::engine::program::{Origin, Program, WrittenVariable};
use crate::engine::reads::{conditions, ends, questions};
use crate::model::{
    ActorId, Cond, DeclId, Effect, Event, EventPattern, Expr, IssueId, Model, Rule, VarId,
};
use crate::source::Span;
use rustc_hash::FxHashMap;
use std::cell::RefCell;

/// A permutation of actors that changes nothing, with what follows from it.
#[derive(Clone, Debug)]
pub struct Permutation {
    /// For each actor: whose place it takes.
    pub actors: Vec<u32>,
    /// For each slot of a turned situation: the slot of the situation that its value comes from.
    pub slots: Vec<u32>,
    /// For each node of events and changes: the one that it becomes.
    pub nodes: Vec<u32>,
    /// For each rule: the one that it becomes.
    pub rules: Vec<u32>,
    /// For each rule whose alternatives do not become those of the same numbers: for each of them, the
    /// number of the one that it becomes.
    alternatives: FxHashMap<u32, Box<[u32]>>,
    /// For each inject: the one that it becomes.
    injects: Vec<u32>,
}

impl Permutation {
    /// Where effects come from, in turned situations.
    #[must_use]
    pub fn origin(&self, origin: Origin) -> Origin {
        match origin {
            Origin::Inject(inject) => Origin::Inject(self.injects[inject as usize]),
            Origin::Rule(rule, alternative) => {
                let becomes = self.alternatives.get(&rule);
                debug_assert!(becomes.is_none_or(|all| alternative as usize <= all.len()));
                // `else` comes after all alternatives, and stays there.
                let becomes = becomes.and_then(|all| all.get(alternative as usize));
                Origin::Rule(self.rules[rule as usize], becomes.copied().unwrap_or(alternative))
            }
        }
    }
}

/// What each rule becomes, and its alternatives where their numbers change.
type TurnedRules = (Vec<u32>, FxHashMap<u32, Box<[u32]>>);

/// A variable by what it was declared as, and for which actors.
type Place = (Option<Span>, Option<IssueId>, Vec<u32>);

/// Everything that is needed to find what permutations do.
#[derive(Clone, Debug)]
pub struct Images {
    actors: usize,
    /// For each variable: its least and its greatest value.
    pub(super) ends: Vec<(i32, i32)>,
    /// For each rule: a mark for each of its alternatives.
    marks: FxHashMap<DeclId, Vec<u64>>,
    variables: Vec<Place>,
    variable_of: FxHashMap<Place, u32>,
    /// For each variable: its initial value, where anything reads or writes it.
    pub(super) initial: Vec<Option<i32>>,
    pub(super) events: Vec<Event>,
    event_of: FxHashMap<Event, u32>,
    pub(super) bodies: Vec<Vec<Effect>>,
    rules: Vec<Rule>,
    /// The rules of each code, with the order of their alternatives in it.
    rule_codes: FxHashMap<Code, Vec<(u32, Vec<u32>)>>,
    /// For each inject: its turn and its effects.
    pub(super) injects: Vec<(u32, Vec<Effect>)>,
    inject_codes: FxHashMap<(u32, Code), Vec<u32>>,
    /// Conditions that have to stay what they are.
    pub(super) fixed_conditions: Vec<(Cond, Code)>,
    /// For each rule: the actors that it names.
    pub mentions: Vec<Vec<u32>>,
    /// Variables of no actor that may become each other.
    pub loose: Loose,
    slots: Slots,
}

/// Which slot holds what.
#[derive(Clone, Debug)]
struct Slots {
    count: usize,
    /// For each variable of the model: its slot and its column among the written ones.
    variables: Vec<Option<(u32, u32)>>,
    /// The written variables, whose nodes correspond where they are given the same values.
    written: Vec<WrittenVariable>,
    fresh: Vec<Option<u32>>,
    ever: Vec<(EventPattern, u32)>,
    armed: Vec<Option<u32>>,
    spent: Vec<Option<u32>>,
    /// For each alternative of a rule that is delayed: the first slot and how many.
    chains: FxHashMap<Origin, (u32, u32)>,
}

impl Images {
    /// Of a program.
    pub fn new(model: &Model, program: &Program, mark: &dyn Fn(&Rule, usize) -> u64) -> Self {
        let place = |variable: &crate::model::Variable| {
            let actors = variable.actors.iter().map(|actor| actor.index() as u32).collect();
            let span = variable.issue.is_none().then_some(variable.span);
            (span, variable.issue, actors)
        };
        let variables: Vec<Place> = model.variables.iter().map(place).collect();
        let ends = model.variables.iter().map(|variable| ends(model, &variable.domain)).collect();
        let mut images = Self {
            actors: model.actors.len(),
            ends,
            marks: marks(model, mark),
            variable_of: variables.iter().cloned().zip(0..).collect(),
            variables,
            initial: initial(model),
            events: model.events.iter().map(|body| body.event).collect(),
            event_of: model.events.iter().map(|body| body.event).zip(0..).collect(),
            bodies: model.events.iter().map(|body| body.effects.clone()).collect(),
            rules: model.rules.clone(),
            rule_codes: FxHashMap::default(),
            injects: model.injects.iter().map(|it| (it.turn, it.effects.clone())).collect(),
            inject_codes: FxHashMap::default(),
            fixed_conditions: Vec::new(),
            mentions: Vec::new(),
            loose: Loose::default(),
            slots: Slots::new(model, program),
        };
        images.encode(model);
        images.loose = images.find_loose();
        images
    }

    /// What rules, injects and questions say with everybody in their places.
    fn encode(&mut self, model: &Model) {
        let identity = self.identity();
        let mut rule_codes: FxHashMap<Code, Vec<(u32, Vec<u32>)>> = FxHashMap::default();
        for (rule, at) in self.rules.iter().zip(0..) {
            let (code, order) = identity.rule(rule);
            rule_codes.entry(code).or_default().push((at, order));
        }
        let mut inject_codes: FxHashMap<(u32, Code), Vec<u32>> = FxHashMap::default();
        for ((turn, effects), at) in self.injects.iter().zip(0..) {
            inject_codes.entry((*turn, identity.effects(effects))).or_default().push(at);
        }
        let mut fixed_conditions = Vec::new();
        questions(model, &mut |cond| fixed_conditions.push((cond.clone(), identity.cond(cond))));
        let mentions = self.rules.iter().map(|rule| self.mentioned(rule)).collect();
        (self.rule_codes, self.inject_codes) = (rule_codes, inject_codes);
        (self.fixed_conditions, self.mentions) = (fixed_conditions, mentions);
    }

    /// Writes with everybody in their places.
    fn identity(&self) -> Encoder<'_> {
        self.named(&|id| id.index() as u64, &|id| id.index() as u64)
    }

    /// Writes with other names.
    pub fn named<'a>(
        &'a self,
        actor: &'a dyn Fn(ActorId) -> u64,
        variable: &'a dyn Fn(VarId) -> u64,
    ) -> Encoder<'a> {
        Encoder { actor, variable, ends: &self.ends, marks: &self.marks }
    }

    /// The actors that a rule names anywhere.
    fn mentioned(&self, rule: &Rule) -> Vec<u32> {
        let seen = RefCell::new(Vec::new());
        let actor = |id: ActorId| {
            seen.borrow_mut().push(id.index() as u32);
            0
        };
        let variable = |id: VarId| {
            seen.borrow_mut().extend(&self.variables[id.index()].2);
            0
        };
        let _ = self.named(&actor, &variable).rule(rule);
        let mut seen = seen.into_inner();
        seen.sort_unstable();
        seen.dedup();
        seen
    }

    /// How many actors there are.
    pub fn actors(&self) -> usize {
        self.actors
    }

    /// The rules as written out.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// For each variable: its actors, and a number for what it was declared as.
    pub fn variables(&self) -> &[Place] {
        &self.variables
    }

    /// The permutation that changes nothing.
    pub fn nobody_moves(&self) -> Vec<u32> {
        (0..self.actors as u32).collect()
    }

    /// Two actors change places.
    pub fn swapped(&self, one: u32, other: u32) -> Vec<u32> {
        let mut actors = self.nobody_moves();
        actors.swap(one as usize, other as usize);
        actors
    }

    /// A permutation that is known to change nothing; the one without moves if that was wrong.
    pub fn checked(&self, actors: Vec<u32>) -> Permutation {
        self.image(actors).unwrap_or_else(|| Permutation {
            actors: self.nobody_moves(),
            slots: (0..self.slots.count as u32).collect(),
            nodes: (0..self.slots.node_count(self.events.len())).collect(),
            rules: (0..self.rules.len() as u32).collect(),
            alternatives: FxHashMap::default(),
            injects: (0..self.injects.len() as u32).collect(),
        })
    }

    /// What follows from a permutation of actors; `None` where it would change something.
    pub fn image(&self, actors: Vec<u32>) -> Option<Permutation> {
        let actor = |id: ActorId| u64::from(actors[id.index()]);
        let turned = |id: ActorId| ActorId::new(actors[id.index()] as usize);
        let mut variables = Vec::with_capacity(self.variables.len());
        for (at, (span, issue, whose)) in self.variables.iter().enumerate() {
            let whose: Vec<u32> = whose.iter().map(|&actor| actors[actor as usize]).collect();
            let to = if whose.is_empty() || self.initial[at].is_none() {
                at as u32
            } else {
                *self.variable_of.get(&(*span, *issue, whose))?
            };
            if self.initial[at] != self.initial[to as usize] {
                return None;
            }
            variables.push(to);
        }
        let owned = |id: VarId| u64::from(variables[id.index()]);
        let loose = self.turned_loose(&actor, &owned)?;
        let becomes = variables.iter().zip(&loose).map(|(own, loose)| loose.unwrap_or(*own));
        let variables: Vec<u32> = becomes.collect();
        let variable = |id: VarId| u64::from(variables[id.index()]);
        let (encoder, identity) = (self.named(&actor, &variable), self.identity());
        let mut events = Vec::with_capacity(self.events.len());
        for (event, body) in self.events.iter().zip(&self.bodies) {
            let to = Event {
                actor: turned(event.actor),
                action: event.action,
                target: event.target.map(turned),
            };
            let to = *self.event_of.get(&to)?;
            if encoder.effects(body) != identity.effects(&self.bodies[to as usize]) {
                return None;
            }
            events.push(to);
        }
        let holds = |(cond, code): &(Cond, Code)| encoder.cond(cond) == *code;
        if !self.fixed_conditions.iter().all(holds) {
            return None;
        }
        let mut injects = Vec::with_capacity(self.injects.len());
        let mut used: FxHashMap<&[u32], usize> = FxHashMap::default();
        for (turn, effects) in &self.injects {
            let alike = self.inject_codes.get(&(*turn, encoder.effects(effects)))?;
            let next = used.entry(alike).or_default();
            injects.push(*alike.get(*next)?);
            *next += 1;
        }
        let (rules, alternatives) = self.turned_rules(&encoder, &actors, &variables)?;
        let pattern = |pattern: &EventPattern| EventPattern {
            actor: turned(pattern.actor),
            action: pattern.action,
            target: pattern.target.map(turned),
        };
        let nodes = self.slots.turned_nodes(&variables, &events)?;
        let (actors, slots) = (actors.clone(), Vec::new());
        let mut found = Permutation { actors, slots, nodes, rules, alternatives, injects };
        found.slots = self.slots.turned(&variables, &events, &found, pattern)?;
        Some(found)
    }

    /// What each rule becomes, and its alternatives where their numbers change.
    fn turned_rules(
        &self,
        encoder: &Encoder<'_>,
        actors: &[u32],
        variables: &[u32],
    ) -> Option<TurnedRules> {
        let moves = |(to, from): (&u32, u32)| *to != from;
        let moved: Vec<bool> = actors.iter().zip(0..).map(moves).collect();
        let all_stay = !variables.iter().zip(0..).any(moves);
        let mut rules = Vec::with_capacity(self.rules.len());
        let mut alternatives = FxHashMap::default();
        let mut used: FxHashMap<u32, usize> = FxHashMap::default();
        for (at, rule) in (0..).zip(&self.rules) {
            // A rule that names nobody who moves is its own image.
            let names = self.mentions[at as usize].iter().any(|&actor| moved[actor as usize]);
            if !names && all_stay {
                rules.push(at);
                continue;
            }
            let (code, order) = encoder.rule(rule);
            let alike = self.rule_codes.get(&code)?;
            let next = used.entry(alike.first()?.0).or_default();
            let (to, places) = alike.get(*next)?;
            *next += 1;
            rules.push(*to);
            if order != *places {
                let mut becomes: Box<[u32]> = (0..order.len() as u32).collect();
                for (from, to) in order.iter().zip(places) {
                    becomes[*from as usize] = *to;
                }
                alternatives.insert(at, becomes);
            }
        }
        Some((rules, alternatives))
    }
}

/// For each variable its initial value; `None` where nothing reads or writes it.
fn initial(model: &Model) -> Vec<Option<i32>> {
    let mut matters = vec![false; model.variables.len()];
    conditions(model, &mut |cond| {
        cond.leaves(&mut |leaf| {
            if let Expr::Var(id) = leaf {
                matters[id.index()] = true;
            }
        });
    });
    for effect in every_effect(model) {
        if let Effect::Assign(id, _) | Effect::Step(id, _) = effect {
            matters[id.index()] = true;
        }
    }
    let initial =
        |(variable, matters): (&crate::model::Variable, bool)| matters.then_some(variable.initial);
    model.variables.iter().zip(matters).map(initial).collect()
}

/// The marks of the alternatives of each declaration that has any but 0.
fn marks(model: &Model, mark: &dyn Fn(&Rule, usize) -> u64) -> FxHashMap<DeclId, Vec<u64>> {
    let mut all = FxHashMap::default();
    for rule in &model.rules {
        all.entry(rule.declaration).or_insert_with(|| {
            (0..rule.alternatives.len()).map(|at| mark(rule, at)).collect::<Vec<u64>>()
        });
    }
    all.retain(|_, marks| marks.iter().any(|mark| *mark != 0));
    all
}

impl Slots {
    fn new(model: &Model, program: &Program) -> Self {
        let mut variables = vec![None; model.variables.len()];
        for (column, written) in program.variables.iter().enumerate() {
            variables[written.variable] = Some((written.slot, column as u32));
        }
        let chains = program.chains.iter().filter_map(|chain| {
            let origin = program.blocks[chain.block as usize].origin;
            matches!(origin, Origin::Rule(..)).then_some((origin, (chain.first_slot, chain.length)))
        });
        Self {
            count: program.layout.slots(),
            variables,
            written: program.variables.clone(),
            fresh: (0..program.events.len() as u32).map(|e| program.places.fresh(e)).collect(),
            ever: program.places.ever(),
            armed: program.rules.iter().map(|rule| rule.armed).collect(),
            spent: program.rules.iter().map(|rule| rule.spent).collect(),
            chains: chains.collect(),
        }
    }

    fn node_count(&self, events: usize) -> u32 {
        self.written.last().map_or(events as u32, |last| last.nodes().end)
    }

    /// For each slot: where its value comes from; `None` where slots do not correspond.
    fn turned(
        &self,
        variables: &[u32],
        events: &[u32],
        by: &Permutation,
        pattern: impl Fn(&EventPattern) -> EventPattern,
    ) -> Option<Vec<u32>> {
        let mut from: Vec<u32> = (0..self.count as u32).collect();
        let mut pair = |old: Option<u32>, new: Option<u32>| match (old, new) {
            (Some(old), Some(new)) => {
                from[new as usize] = old;
                Some(())
            }
            (None, None) => Some(()),
            _ => None,
        };
        for (at, &to) in variables.iter().enumerate() {
            let slot = |at: usize| self.variables[at].map(|it| it.0);
            pair(slot(at), slot(to as usize))?;
        }
        for (at, &to) in events.iter().enumerate() {
            pair(self.fresh[at], self.fresh[to as usize])?;
        }
        for (asked, slot) in &self.ever {
            let to = pattern(asked);
            let (_, to) = self.ever.iter().find(|other| other.0 == to)?;
            pair(Some(*slot), Some(*to))?;
        }
        for (at, &to) in by.rules.iter().enumerate() {
            pair(self.armed[at], self.armed[to as usize])?;
            pair(self.spent[at], self.spent[to as usize])?;
        }
        for (&origin, &(slot, length)) in &self.chains {
            let &(to, other) = self.chains.get(&by.origin(origin))?;
            if length != other {
                return None;
            }
            (0..length).try_for_each(|away| pair(Some(slot + away), Some(to + away)))?;
        }
        Some(from)
    }

    /// For each node: the one that it becomes; `None` where variables are given other values.
    fn turned_nodes(&self, variables: &[u32], events: &[u32]) -> Option<Vec<u32>> {
        let mut nodes: Vec<u32> = (0..self.node_count(events.len())).collect();
        nodes[..events.len()].copy_from_slice(events);
        for (at, &to) in variables.iter().enumerate() {
            if let (Some((_, old)), Some((_, new))) =
                (self.variables[at], self.variables[to as usize])
            {
                let (old, new) = (&self.written[old as usize], &self.written[new as usize]);
                if old.given != new.given {
                    return None;
                }
                old.nodes().zip(new.nodes()).for_each(|(old, new)| nodes[old as usize] = new);
            }
        }
        Some(nodes)
    }
}
