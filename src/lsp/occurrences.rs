//! Every place of a file where something has its name, and what that is.

use super::declared::{Kind, World};
use crate::model::STANCE_NAME;
use crate::source::Span;
use crate::syntax::composed;
use crate::syntax::tree::{
    Atom, Block, Branch, ClauseKind, Cond, CondKind, Constant, Domain, Each, Effect, EffectKind,
    Expect, ExpectKind, Item, ItemKind, Likelihood, Name, Path, Place, PositionPart, Quote,
    ReadingPartKind, Reference, Subject,
};

/// What a name in the text is the name of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Symbol {
    /// Something declared, or nothing that is known.
    Named(String),
    /// A member that `for each`, or a quantifier, gives a name; with where it is given.
    Local(String, u32),
    /// A value of a state, a level, a rung.
    Value(Owner, String),
    /// An attribute of actors.
    Attribute(String),
    /// An option of the decision of this name.
    Choice(String, String),
}

impl Symbol {
    /// The name itself.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Named(name)
            | Self::Local(name, _)
            | Self::Value(_, name)
            | Self::Attribute(name)
            | Self::Choice(_, name) => name,
        }
    }
}

/// What has values of its own.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Owner {
    /// A state.
    Variable(String),
    /// A scale.
    Scale(String),
    /// The ladder.
    Ladder,
}

/// A name at its place.
#[derive(Clone, Debug)]
pub struct Occurrence {
    /// Where it stands.
    pub span: Span,
    /// What it is the name of.
    pub symbol: Symbol,
    /// Whether it is given here.
    pub declares: bool,
}

/// The names in a file, in the order of their places.
///
/// `text`: that of the file, for what could not be read of it.
#[must_use]
pub fn occurrences(items: &[Item], text: &str, world: &World) -> Vec<Occurrence> {
    let mut walk = Walk { world, locals: Vec::new(), found: Vec::new() };
    for item in items {
        walk.item(item, text);
        walk.locals.clear();
    }
    walk.found.sort_by_key(|found| (found.span.start, found.span.end));
    walk.found.dedup_by_key(|found| found.span);
    walk.found
}

/// A walk through declarations.
pub(super) struct Walk<'a> {
    pub(super) world: &'a World,
    /// The members that have a name here, the innermost last; with where they got it.
    locals: Vec<(String, u32)>,
    found: Vec<Occurrence>,
}

impl Walk<'_> {
    fn push(&mut self, span: Span, symbol: Symbol, declares: bool) {
        self.found.push(Occurrence { span, symbol, declares });
    }

    fn declares(&mut self, name: &Name) {
        self.push(name.span, Symbol::Named(name.text.clone()), true);
    }

    /// The use of something declared.
    fn names(&mut self, name: &Name) {
        self.push(name.span, Symbol::Named(name.text.clone()), false);
    }

    /// The use of an actor, or of a name of a member.
    fn member(&mut self, name: &Name) {
        if matches!(name.text.as_str(), "self" | "target") {
            return;
        }
        let symbol = match self.local(&name.text) {
            Some(at) => Symbol::Local(name.text.clone(), at),
            None => Symbol::Named(name.text.clone()),
        };
        self.push(name.span, symbol, false);
    }

    pub(super) fn local(&self, name: &str) -> Option<u32> {
        let found = self.locals.iter().rev().find(|(local, _)| local == name);
        found.map(|(_, at)| *at)
    }

    fn binds(&mut self, name: &Name) {
        let at = name.span.start;
        self.locals.push((name.text.clone(), at));
        self.push(name.span, Symbol::Local(name.text.clone(), at), true);
    }

    pub(super) fn value(&mut self, owner: Owner, name: &Name, declares: bool) {
        self.push(name.span, Symbol::Value(owner, name.text.clone()), declares);
    }

    fn level(&mut self, issue: &Name, level: &Name) {
        let scale = self.world.scale_of(&issue.text);
        self.value(Owner::Scale(scale), level, false);
    }

    fn item(&mut self, item: &Item, text: &str) {
        match &item.kind {
            ItemKind::Import(_) | ItemKind::Scenario(_) => {}
            ItemKind::Source(it) => self.declares(&it.name),
            ItemKind::Actor(it) => {
                self.declares(&it.name);
                for attribute in &it.attributes {
                    let key = Symbol::Attribute(attribute.key.text.clone());
                    self.push(attribute.key.span, key, false);
                }
            }
            ItemKind::Group(it) => {
                self.declares(&it.name);
                it.members.iter().for_each(|member| self.names(member));
            }
            ItemKind::Relation(it) => {
                self.declares(&it.name);
                for pair in &it.pairs {
                    self.names(&pair.left);
                    self.names(&pair.right);
                }
            }
            ItemKind::Scale(it) => {
                self.declares(&it.name);
                let owner = Owner::Scale(it.name.text.clone());
                it.levels.iter().for_each(|level| self.value(owner.clone(), level, true));
            }
            ItemKind::Issue(it) => {
                self.declares(&it.name);
                let scale = it.scale.iter().filter(|scale| scale.text != STANCE_NAME);
                scale.for_each(|scale| self.names(scale));
            }
            ItemKind::Position(it) => {
                self.names(&it.actor);
                self.names(&it.issue);
                self.level(&it.issue, &it.level);
                for part in &it.parts {
                    match part {
                        PositionPart::Says(quote) | PositionPart::Because(quote) => {
                            self.quote(quote);
                        }
                        PositionPart::Becomes { level, when, likelihood, .. } => {
                            self.level(&it.issue, level);
                            self.condition(when);
                            self.likelihood(likelihood.as_ref());
                        }
                    }
                }
            }
            ItemKind::Ladder(it) => {
                it.rungs.iter().for_each(|rung| self.value(Owner::Ladder, &rung.name, true));
                it.start.iter().for_each(|rung| self.value(Owner::Ladder, rung, false));
            }
            ItemKind::Variable(it) => {
                self.declares(&it.name);
                self.each(it.each.as_ref());
                let owner = Owner::Variable(it.name.text.clone());
                if let Domain::State { values, .. } = &it.domain {
                    values.iter().for_each(|value| self.value(owner.clone(), value, true));
                }
                if let Some(Constant::Name(value)) = &it.initial {
                    self.value_of(Some(owner), value);
                }
            }
            ItemKind::Param(it) => {
                self.declares(&it.name);
                self.likelihood(Some(&it.value));
            }
            ItemKind::Lexicon(it) => {
                for word in &it.words {
                    self.declares(&word.name);
                    self.likelihood(Some(&word.value));
                }
            }
            ItemKind::Action(it) => {
                self.declares(&it.name);
                it.rungs.iter().for_each(|to| self.value(Owner::Ladder, &to.rung, false));
                it.by.iter().for_each(|by| self.names(by));
                self.block(it.body.as_ref());
            }
            ItemKind::Inject(it) => self.block(Some(&it.body)),
            ItemKind::Rule(it) => {
                self.declares(&it.name);
                self.each(it.each.as_ref());
                it.clauses.iter().for_each(|clause| self.clause(&clause.kind, &it.name));
            }
            ItemKind::Decision(it) => {
                self.declares(&it.name);
                self.each(it.each.as_ref());
                it.by.iter().for_each(|by| self.member(by));
                it.clauses.iter().for_each(|clause| self.clause(&clause.kind, &it.name));
            }
            ItemKind::Outcome(it) => {
                self.declares(&it.name);
                it.when.iter().for_each(|when| self.condition(when));
            }
            ItemKind::Expect(it) => self.expect(it),
            ItemKind::Observe(it) => self.condition(&it.seen),
            ItemKind::Reading(it) => {
                self.declares(&it.name);
                it.parts.iter().for_each(|part| self.reading_part(&part.kind));
            }
            ItemKind::Broken(it) => {
                it.name.iter().for_each(|name| self.declares(name));
                self.broken(item.span, text);
            }
        }
    }

    /// What could not be read: words that are names of something are taken for them.
    fn broken(&mut self, span: Span, text: &str) {
        let range = span.start as usize..(span.end as usize).min(text.len());
        let Some(part) = text.get(range) else { return };
        for sign in crate::syntax::signs(part) {
            if self.world.get(sign).is_none_or(|declared| declared.kind == Kind::Broken) {
                continue;
            }
            // What `signs` gives are pieces of the text that it was given.
            let at = span.start as usize + (sign.as_ptr() as usize - part.as_ptr() as usize);
            let span = Span::new(span.file, at, at + sign.len());
            self.push(span, Symbol::Named(composed(sign).into_owned()), false);
        }
    }

    fn quote(&mut self, quote: &Quote) {
        quote.from.iter().for_each(|from| self.names(from));
    }

    fn likelihood(&mut self, likelihood: Option<&Likelihood>) {
        if let Some(Likelihood::Word(word)) = likelihood {
            self.names(word);
        }
    }

    fn each(&mut self, each: Option<&Each>) {
        let Some(each) = each else { return };
        for variable in &each.variables {
            self.names(&variable.group);
            self.binds(&variable.name);
        }
        each.filter.iter().for_each(|filter| self.condition(filter));
    }

    fn clause(&mut self, clause: &ClauseKind, of: &Name) {
        match clause {
            ClauseKind::On(events) => events.iter().for_each(|event| self.condition(event)),
            ClauseKind::When(cond) | ClauseKind::While(cond) | ClauseKind::If(cond) => {
                self.condition(cond);
            }
            ClauseKind::Then(branch) | ClauseKind::Or(branch) | ClauseKind::Else(branch) => {
                self.branch(branch);
            }
            ClauseKind::Option { name, branch, .. } => {
                let symbol = Symbol::Choice(of.text.clone(), name.text.clone());
                self.push(name.span, symbol, true);
                self.branch(branch);
            }
            ClauseKind::Because(quote) => self.quote(quote),
            ClauseKind::Once | ClauseKind::Priority(_) => {}
        }
    }

    fn branch(&mut self, branch: &Branch) {
        self.likelihood(branch.likelihood.as_ref());
        self.block(branch.body.as_ref());
    }

    fn block(&mut self, block: Option<&Block>) {
        block.into_iter().flat_map(|block| &block.effects).for_each(|effect| self.effect(effect));
    }

    fn effect(&mut self, effect: &Effect) {
        match &effect.kind {
            EffectKind::Event { actor, action, target } => {
                self.member(actor);
                self.names(action);
                target.iter().for_each(|target| self.member(target));
            }
            EffectKind::Becomes { place, value } => {
                let owner = self.place(place);
                if let Constant::Name(value) = value {
                    self.value_of(owner, value);
                }
            }
            EffectKind::Step { place, .. } => {
                self.place(place);
            }
        }
    }

    /// The place that an effect writes; whose values it takes.
    fn place(&mut self, place: &Place) -> Option<Owner> {
        match place {
            Place::Variable(reference) => {
                self.written(reference);
                self.owner(reference)
            }
            Place::Position { actor, issue } => {
                self.member(actor);
                self.names(issue);
                Some(Owner::Scale(self.world.scale_of(&issue.text)))
            }
        }
    }

    /// Whose values something takes.
    pub(super) fn owner(&self, reference: &Reference) -> Option<Owner> {
        let name = &reference.name.text;
        if reference.owner.is_none() && matches!(name.as_str(), "level" | "peak") {
            return Some(Owner::Ladder);
        }
        let declared = self.world.get(name)?;
        matches!(declared.kind, Kind::State { .. }).then(|| Owner::Variable(name.clone()))
    }

    fn value_of(&mut self, owner: Option<Owner>, value: &Name) {
        if let Some(owner) = owner.filter(|_| !matches!(value.text.as_str(), "yes" | "no")) {
            self.value(owner, value, false);
        }
    }

    pub(super) fn reference(&mut self, reference: &Reference) {
        let name = &reference.name;
        reference.argument.iter().for_each(|argument| self.member(argument));
        // What a quantifier goes through is a group, whatever members are called.
        let quantified = reference.quantifier.is_some();
        match &reference.owner {
            None if quantified => self.names(name),
            None if is_built_in(name) => {}
            None => self.member(name),
            Some(owner) => {
                if quantified {
                    self.names(owner);
                } else {
                    self.member(owner);
                }
                self.of_actor(name);
            }
        }
    }

    /// A variable or an attribute, behind a point.
    fn of_actor(&mut self, name: &Name) {
        let variable = self.world.get(&name.text).is_some_and(|it| it.kind.is_variable());
        let symbol = match variable {
            true => Symbol::Named(name.text.clone()),
            false => Symbol::Attribute(name.text.clone()),
        };
        self.push(name.span, symbol, false);
    }

    /// What is written: a variable, whatever members are called.
    fn written(&mut self, reference: &Reference) {
        reference.argument.iter().for_each(|argument| self.member(argument));
        match &reference.owner {
            None if is_built_in(&reference.name) => {}
            None => self.names(&reference.name),
            Some(owner) => {
                self.member(owner);
                self.of_actor(&reference.name);
            }
        }
    }

    fn subject(&mut self, subject: &Subject) {
        match subject.quantifier {
            Some(_) => self.names(&subject.name),
            None => self.member(&subject.name),
        }
    }

    fn condition(&mut self, cond: &Cond) {
        cond.children().iter().for_each(|one| self.condition(one));
        if let CondKind::Atom(atom) = &cond.kind {
            self.atom(atom);
        }
    }

    fn atom(&mut self, atom: &Atom) {
        match atom {
            Atom::Each { variable, group, filter, body, .. } => {
                self.names(group);
                let outside = self.locals.len();
                self.binds(variable);
                filter.iter().for_each(|filter| self.condition(filter));
                self.condition(body);
                self.locals.truncate(outside);
            }
            Atom::Event { subject, action, target, .. } => {
                self.subject(subject);
                self.names(action);
                target.iter().for_each(|target| self.member(target));
            }
            Atom::Position { subject, issue, level, .. } => {
                self.subject(subject);
                self.names(issue);
                self.level(issue, level);
            }
            Atom::Relation { subject, relation, object } => {
                self.subject(subject);
                self.names(relation);
                self.member(object);
            }
            Atom::Compare { left, right, .. } => {
                self.compare(left, right);
            }
            Atom::Truth(reference) => self.reference(reference),
        }
    }

    fn expect(&mut self, expect: &Expect) {
        match &expect.kind {
            ExpectKind::Probability { path, .. } => match path {
                Path::Ever(cond) | Path::Within(cond, _) | Path::Always(cond) => {
                    self.condition(cond);
                }
                Path::Until(one, other) => {
                    self.condition(one);
                    self.condition(other);
                }
            },
            ExpectKind::Never(cond)
            | ExpectKind::Always(cond)
            | ExpectKind::Possible(cond)
            | ExpectKind::Certain(cond) => self.condition(cond),
            ExpectKind::Before(one, other) => {
                self.condition(one);
                self.condition(other);
            }
            ExpectKind::LeadsTo { cause, effect, .. } => {
                self.condition(cause);
                self.condition(effect);
            }
        }
    }

    fn reading_part(&mut self, part: &ReadingPartKind) {
        match part {
            ReadingPartKind::Voice(_) => {}
            ReadingPartKind::Because(quote) => self.quote(quote),
            ReadingPartKind::Position { actor, issue, level } => {
                self.names(actor);
                self.names(issue);
                self.level(issue, level);
            }
            ReadingPartKind::Initial { place, value, .. } => {
                self.written(place);
                if let Constant::Name(value) = value {
                    let owner = self.owner(place);
                    self.value_of(owner, value);
                }
            }
            ReadingPartKind::Param { name, value } | ReadingPartKind::Rule { name, value } => {
                self.names(name);
                self.likelihood(Some(value));
            }
            ReadingPartKind::Disable(name) => self.names(name),
        }
    }
}

/// Whether a name alone is a word of conditions.
pub(super) fn is_built_in(name: &Name) -> bool {
    matches!(name.text.as_str(), "level" | "peak" | "turn" | "yes" | "no")
}
