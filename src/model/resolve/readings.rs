//! Readings: what an observer sees otherwise.

use super::{Builder, Scope, each_item, said, title_or};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::pages::meaning::CHANGE;
use crate::diagnostic::pages::names::BUILT_IN;
use crate::model::change::Effective;
use crate::model::names::{Entry, Wanted};
use crate::model::{ActorId, BASELINE, Change, IssueId, Reading, VarId};
use crate::source::Span;
use crate::syntax::tree::{Constant, Name, ReadingPart, ReadingPartKind, Reference};

/// Where each change of a reading stands.
pub(super) struct ReadingPlaces {
    places: Vec<Span>,
}

impl<'a> Builder<'a> {
    pub(super) fn build_readings(&mut self) {
        for (_, tree) in each_item!(self.items, Reading) {
            if tree.name.text == BASELINE {
                let message = format!("`{BASELINE}` is what the scenario as written is called");
                let told = Diagnostic::new(BUILT_IN, tree.name.span, message);
                self.diagnostics.push(told.help("give the reading another name"));
            }
            let mut reading = Reading {
                name: tree.name.text.clone(),
                title: title_or(tree.title.as_ref(), &tree.name.text),
                voices: Vec::new(),
                because: Vec::new(),
                changes: Vec::new(),
                span: tree.name.span,
            };
            let mut places = Vec::new();
            for part in &tree.parts {
                let before = reading.changes.len();
                self.reading_part(part, &mut reading);
                let says =
                    matches!(part.kind, ReadingPartKind::Voice(_) | ReadingPartKind::Because(_));
                if !says && reading.changes.len() == before {
                    self.leave_out(part.span);
                }
                places.resize(reading.changes.len(), part.span);
            }
            self.check_changed_twice(&reading, &places);
            self.model.readings.push(reading);
            self.readings.push(ReadingPlaces { places });
        }
    }

    fn reading_part(&mut self, part: &'a ReadingPart, reading: &mut Reading) {
        match &part.kind {
            ReadingPartKind::Voice(text) => reading.voices.extend(said(text)),
            ReadingPartKind::Because(quote) => {
                let quote = self.quote(quote);
                reading.because.extend(quote);
            }
            ReadingPartKind::Position { actor, issue, level } => {
                reading.changes.extend(self.changed_position(part.span, actor, issue, level));
            }
            ReadingPartKind::Initial { keyword, place, value } => {
                reading.changes.extend(self.changed_initial(keyword, place, value));
            }
            ReadingPartKind::Param { name, value } => {
                let number = match self.find(name, Wanted::Param) {
                    Some(Entry::Param(number)) => self.likelihoods[number].param(),
                    _ => None,
                };
                let value = self.likelihood(value);
                if let (Some(param), Some(value)) = (number, value) {
                    reading.changes.push(Change::Param(param, value));
                }
            }
            ReadingPartKind::Rule { name, value } => {
                let rule = self.find(name, Wanted::Rule);
                let value = self.likelihood(value);
                if let (Some(Entry::Rule(rule)), Some(value)) = (rule, value) {
                    reading.changes.push(Change::Rule(rule, 0, value));
                }
            }
            ReadingPartKind::Disable(name) => {
                if let Some(Entry::Rule(draw) | Entry::Decision(draw)) =
                    self.find(name, Wanted::Draw)
                {
                    reading.changes.push(Change::Disable(draw));
                }
            }
        }
    }

    /// A position: of an actor, or, as in the scenario, of those members of a group that state
    /// none of their own.
    fn changed_position(
        &mut self,
        place: Span,
        actor: &Name,
        issue: &Name,
        level: &Name,
    ) -> Vec<Change> {
        let whose = self.find(actor, Wanted::ActorOrGroup);
        let Some(issue) = self.issue(issue) else { return Vec::new() };
        let (Some(whose), Some(level)) = (whose, self.level_on(level, issue)) else {
            return Vec::new();
        };
        let actors: Vec<ActorId> = match whose {
            Entry::Actor(actor) => vec![actor],
            Entry::Group(group) => {
                let members = self.members(group);
                let own = |actor: &ActorId| self.states_own(*actor, issue);
                members.iter().copied().filter(|actor| !own(actor)).collect()
            }
            _ => Vec::new(),
        };
        if actors.is_empty() {
            let message = format!(
                "this changes nothing: every member of `{}` states a position of its own",
                actor.text
            );
            self.report(
                Diagnostic::new(CHANGE, place, message)
                    .help("change the positions of its members one by one"),
            );
        }
        let variables = actors.into_iter().filter_map(|actor| self.position(actor, issue, place));
        variables.map(|variable| Change::Initial(variable, level)).collect()
    }

    fn states_own(&self, actor: ActorId, issue: IssueId) -> bool {
        let Some(stated) = self.positions.get(&(actor, issue)).and_then(|position| position.stated)
        else {
            return false;
        };
        let name = &self.model.actors[actor.index()].name;
        self.sources.text(stated) == name
    }

    fn changed_initial(
        &mut self,
        keyword: &Name,
        place: &'a Reference,
        value: &Constant,
    ) -> Option<Change> {
        let variable = self.written_variable(place, &Scope::EMPTY)?;
        let domain = self.domain_of(variable);
        let is = match &domain {
            crate::model::Domain::State { .. } => "state",
            crate::model::Domain::Flag => "flag",
            crate::model::Domain::Meter { .. } => "meter",
            crate::model::Domain::Position(_) => "position",
        };
        if keyword.text != is {
            let name = self.written(place.span);
            let message = format!("`{name}` is a {is}, not a {}", keyword.text);
            self.report(
                Diagnostic::new(CHANGE, keyword.span, message)
                    .help(format!("write `{is} {name} = ...`")),
            );
            return None;
        }
        let value = self.value_of(value, &domain, &place.name.text)?;
        Some(Change::Initial(variable, value))
    }

    fn check_changed_twice(&mut self, reading: &Reading, places: &[Span]) {
        let mut seen: rustc_hash::FxHashMap<Target, Span> = rustc_hash::FxHashMap::default();
        for (change, place) in reading.changes.iter().zip(places) {
            let target = Target::of(change);
            let first = *seen.entry(target).or_insert(*place);
            if first != *place {
                let message =
                    format!("the reading `{}` changes the same thing twice", reading.name);
                self.report(
                    Diagnostic::new(CHANGE, *place, message)
                        .also(first, "first here")
                        .help("keep one of the two"),
                );
            }
        }
    }

    /// Checks that the likelihoods still add up under each reading.
    pub(super) fn check_readings(&mut self) {
        let mut found = Vec::new();
        for (reading, ReadingPlaces { places }) in self.model.readings.iter().zip(&self.readings) {
            let effective = Effective::new(&self.model, &reading.changes);
            let of_param = |change: &Change| matches!(change, Change::Param(..));
            let any_param = reading.changes.iter().position(of_param);
            let place_of = |at: Option<usize>| {
                at.and_then(|at| places.get(at)).copied().unwrap_or(reading.span)
            };
            if let Some(param) = effective.circle {
                let message = format!(
                    "under the reading `{}` the param `{}` is defined by itself",
                    reading.name,
                    self.model.params[param.index()].name
                );
                found.push(
                    Diagnostic::new(CHANGE, place_of(any_param), message)
                        .help("give one of the circle a number, a range or a word"),
                );
                continue;
            }
            for (declaration, mistake) in effective.mistakes(&self.model) {
                let of_rule = |change: &Change| matches!(change, Change::Rule(rule, ..) if *rule == declaration);
                let at = reading.changes.iter().position(of_rule).or(any_param);
                let declared = &self.model.declarations[declaration.index()];
                let decision = declared.kind == crate::model::DeclarationKind::Decision;
                let mut diagnostic = mistake.diagnostic(place_of(at), decision, &declared.name);
                diagnostic.message =
                    format!("under the reading `{}`, {}", reading.name, diagnostic.message);
                found.push(diagnostic.also(declared.span, "declared here"));
            }
        }
        found.into_iter().for_each(|diagnostic| self.report(diagnostic));
    }
}

/// What a change changes.
#[derive(PartialEq, Eq, Hash)]
enum Target {
    Variable(VarId),
    Param(crate::model::ParamId),
    Draw(crate::model::DeclId),
}

impl Target {
    fn of(change: &Change) -> Self {
        match change {
            Change::Initial(variable, _) => Self::Variable(*variable),
            Change::Param(param, _) => Self::Param(*param),
            Change::Rule(draw, ..) | Change::Disable(draw) => Self::Draw(*draw),
        }
    }
}
