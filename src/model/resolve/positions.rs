//! Positions: who stands where, since when, and what a dated history comes to.

use super::{Builder, OrderedMap, each_item};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::pages::meaning::{NO_CALENDAR, NO_POSITION, SAME_DATE};
use crate::model::names::{Entry, Wanted};
use crate::model::{ActorId, Effect, Inject, IssueId, Position, ScaleId, VarId};
use crate::source::Span;
use crate::syntax::tree::{self, PositionPart};
use jiff::civil::Date;
use rustc_hash::FxHashSet;

/// The index of `neutral` on the scale `stance`.
const NEUTRAL: i32 = 3;

/// The variable of an actor's position on an issue.
#[derive(Clone, Copy)]
pub(super) struct PositionVariable {
    pub(super) initial: i32,
    /// The statement that it comes from, where one was made.
    pub(super) stated: Option<Span>,
}

/// A position as stated, with the members that it counts for.
pub(super) struct Statement<'a> {
    pub(super) item: &'a tree::Item,
    pub(super) tree: &'a tree::Position,
    pub(super) actors: Vec<ActorId>,
    pub(super) issue: IssueId,
    level: Option<i32>,
    since: Option<Date>,
    /// Whether a group stated it.
    group: bool,
    /// Whether it does not count.
    pub(super) struck: bool,
}

/// The statements for one actor and issue, by date; undated ones come first.
type History = Vec<(Option<Date>, usize)>;

impl<'a> Builder<'a> {
    pub(super) fn build_positions(&mut self) {
        self.collect_statements();
        let histories = self.histories();
        let mut later: Vec<Vec<ActorId>> = vec![Vec::new(); self.statements.len()];
        for ((actor, issue), mut history) in histories {
            history.sort_by_key(|(since, _)| *since);
            self.check_dates(actor, issue, &history);
            self.settle_history(actor, issue, &history, &mut later);
        }
        self.inject_later(&later);
        self.keep_statements();
    }

    fn collect_statements(&mut self) {
        for (item, tree) in each_item!(self.items, Position) {
            let whose = self.find(&tree.actor, Wanted::ActorOrGroup);
            let issue = self.issue(&tree.issue);
            let since = match &tree.since {
                None => None,
                Some(date) => {
                    let Some(since) = self.date(date) else {
                        self.broken.insert("position");
                        self.leave_out(item.span);
                        continue;
                    };
                    Some(since)
                }
            };
            let (Some(whose), Some(issue)) = (whose, issue) else {
                self.broken.insert("position");
                self.leave_out(item.span);
                continue;
            };
            let level = self.level_on(&tree.level, issue);
            let (actors, group) = match whose {
                Entry::Actor(actor) => (vec![actor], false),
                Entry::Group(group) => (self.members(group).to_vec(), true),
                _ => continue,
            };
            if self.spend(actors.len() as u64, tree.actor.span).is_none() {
                return;
            }
            let struck = self.struck.contains(&item.span);
            self.statements.push(Statement {
                item,
                tree,
                actors,
                issue,
                level,
                since,
                group,
                struck,
            });
        }
        let own: FxHashSet<(ActorId, IssueId)> = self
            .statements
            .iter()
            .filter(|statement| !statement.group && !statement.struck)
            .flat_map(|statement| statement.actors.iter().map(|actor| (*actor, statement.issue)))
            .collect();
        for statement in self.statements.iter_mut().filter(|statement| statement.group) {
            let issue = statement.issue;
            statement.actors.retain(|actor| !own.contains(&(*actor, issue)));
        }
    }

    fn histories(&self) -> OrderedMap<(ActorId, IssueId), History> {
        let mut histories: OrderedMap<(ActorId, IssueId), History> = OrderedMap::default();
        let counting = |(_, statement): &(usize, &Statement)| !statement.struck;
        for (number, statement) in self.statements.iter().enumerate().filter(counting) {
            for actor in &statement.actors {
                let history = histories.entry((*actor, statement.issue)).or_default();
                history.push((statement.since, number));
            }
        }
        histories
    }

    fn check_dates(&mut self, actor: ActorId, issue: IssueId, history: &History) {
        for pair in history.windows(2) {
            let [(first_date, first), (date, second)] = pair else { continue };
            if first_date != date {
                continue;
            }
            let (first, second) = (&self.statements[*first], &self.statements[*second]);
            let name = self.position_name(actor, issue);
            let since = date.map_or_else(String::new, |date| format!(" since {date}"));
            let message = format!("the position `{name}` is stated twice{since}");
            let help = if first.group && second.group {
                let actor = &self.model.actors[actor.index()].name;
                format!("`{actor}` is in both groups: state a position of its own")
            } else {
                "keep one, or give them different dates with `since`".to_owned()
            };
            let diagnostic = Diagnostic::new(SAME_DATE, second.tree.actor.span, message)
                .label("again here")
                .also(first.tree.actor.span, "first here")
                .help(help);
            self.report(diagnostic);
        }
    }

    /// The initial level of a history, and which of its statements come only later.
    fn settle_history(
        &mut self,
        actor: ActorId,
        issue: IssueId,
        history: &History,
        later: &mut [Vec<ActorId>],
    ) {
        let mut initial = None;
        let mut first_later = None;
        for (since, number) in history {
            match (since, self.model.start) {
                (None, _) => initial = Some(*number),
                (Some(since), Some(start)) if *since <= start => initial = Some(*number),
                (Some(_), Some(_)) => {
                    first_later.get_or_insert(*number);
                    later[*number].push(actor);
                }
                (Some(_), None) => {
                    self.report_no_start(*number);
                    initial = Some(*number);
                }
            }
        }
        let from = initial.map(|number| &self.statements[number]);
        let level = from.map(|statement| statement.level.unwrap_or(0));
        let stated = from.map(|statement| statement.tree.actor.span);
        let stance = self.model.issues[issue.index()].scale == ScaleId(0);
        let initial = match (level, first_later) {
            (Some(level), _) => level,
            (None, _) if stance => NEUTRAL,
            (None, Some(number)) => {
                let place = self.statements[number].tree.actor.span;
                self.report_no_position(actor, issue, place);
                0
            }
            (None, None) => 0,
        };
        let stated = stated.or(first_later.map(|number| self.statements[number].tree.actor.span));
        self.positions.insert((actor, issue), PositionVariable { initial, stated });
    }

    fn report_no_start(&mut self, number: usize) {
        let Some(date) = &self.statements[number].tree.since else { return };
        if self.broken.contains("scenario") {
            return;
        }
        self.report(
            Diagnostic::new(
                NO_CALENDAR,
                date.span,
                "a position since a date needs the start of the scenario",
            )
            .help("say `start 2024-02-26` in `scenario`, or leave `since` out"),
        );
    }

    /// Positions that come after the start happen at their date, like an inject.
    fn inject_later(&mut self, later: &[Vec<ActorId>]) {
        for (number, actors) in later.iter().enumerate() {
            let statement = &self.statements[number];
            let (Some(since), Some(level)) = (statement.since, statement.level) else { continue };
            if actors.is_empty() {
                continue;
            }
            let (tree, issue) = (statement.tree, statement.issue);
            let place = tree.since.as_ref().map_or(tree.actor.span, |date| date.span);
            let Some(turn) = self.turn_of(since, place) else {
                self.leave_out(place);
                continue;
            };
            let effects = actors.iter().filter_map(|actor| {
                let variable = self.positions.get_index_of(&(*actor, issue));
                debug_assert!(variable.is_some(), "a position that changes has a variable");
                let variable = variable?;
                Some(Effect::Assign(VarId::new(self.model.variables.len() + variable), level))
            });
            let effects = effects.collect();
            let name = format!("position {} on {} since {since}", tree.actor.text, tree.issue.text);
            self.model.injects.push(Inject {
                turn,
                effects,
                name,
                span: self.statements[number].item.span,
            });
        }
    }

    fn keep_statements(&mut self) {
        for number in 0..self.statements.len() {
            let Statement { item, tree, issue, level, since, .. } = self.statements[number];
            let actors = self.statements[number].actors.clone();
            let (mut says, mut because) = (Vec::new(), Vec::new());
            for part in &tree.parts {
                match part {
                    PositionPart::Says(quote) => says.extend(self.quote(quote)),
                    PositionPart::Because(quote) => because.extend(self.quote(quote)),
                    PositionPart::Becomes { .. } => {}
                }
            }
            let level = self.or_stand_in(level, tree.level.span, 0);
            let span = item.span;
            self.model.positions.push(Position {
                by: tree.actor.text.clone(),
                actors,
                issue,
                level,
                since,
                says,
                because,
                span,
            });
        }
    }

    /// The variable of a position that is read or written at this place; reported where nothing
    /// says what it is at the start.
    pub(super) fn position(
        &mut self,
        actor: ActorId,
        issue: IssueId,
        place: Span,
    ) -> Option<VarId> {
        let declared = self.model.variables.len();
        if let Some(index) = self.positions.get_index_of(&(actor, issue)) {
            return Some(VarId::new(declared + index));
        }
        let about = self.model.issues.get(issue.index())?;
        if about.scale != ScaleId(0) || self.broken.contains(about.name.as_str()) {
            self.report_no_position(actor, issue, place);
            return None;
        }
        let variable = PositionVariable { initial: NEUTRAL, stated: None };
        let (index, _) = self.positions.insert_full((actor, issue), variable);
        Some(VarId::new(declared + index))
    }

    fn report_no_position(&mut self, actor: ActorId, issue: IssueId, place: Span) {
        let about = &self.model.issues[issue.index()];
        if self.broken.contains("position") || self.broken.contains(about.name.as_str()) {
            return;
        }
        let actor = &self.model.actors[actor.index()].name;
        let message = format!("`{actor}` has no position on `{}` to begin with", about.name);
        let scale = &self.model.scales[about.scale.index()].name;
        let help = format!(
            "state one: `position {actor} on {}: LEVEL`; only on the scale `stance` it is neutral unless told, not on `{scale}`",
            about.name
        );
        self.report(Diagnostic::new(NO_POSITION, place, message).help(help));
    }

    /// `a on i`.
    pub(super) fn position_name(&self, actor: ActorId, issue: IssueId) -> String {
        let actor = &self.model.actors[actor.index()].name;
        format!("{actor} on {}", self.model.issues[issue.index()].name)
    }
}
