//! Actors that do what, elsewhere in the scenario, only those do who stand otherwise than they.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::pages::lints::AGAINST_POSITION;
use crate::model::resolve::Builder;
use crate::model::resolve::possible::Possible;
use crate::model::{
    ActionId, ActorId, Cond, DeclId, Effect, Event, Expr, IssueId, Rule, Trigger, VarId,
};
use crate::source::Span;
use crate::syntax::tree::CompareOp;
use rustc_hash::FxHashMap;

/// The positions from which an action is taken, where rules say so.
#[derive(Clone, Copy)]
struct Stand {
    issue: IssueId,
    low: i64,
    high: i64,
    /// One of the rules that say so.
    by: DeclId,
}

/// What is looked up again and again.
struct Known<'p> {
    possible: &'p Possible<'p>,
    stands: FxHashMap<ActionId, Vec<Stand>>,
    /// The variable of each stated position, and where it is stated.
    stated: FxHashMap<(ActorId, IssueId), (VarId, Span)>,
}

impl Builder<'_> {
    /// Who does something although its position is never one from which others do it.
    pub(in crate::model::resolve) fn against_position(
        &self,
        possible: &Possible<'_>,
    ) -> Vec<Diagnostic> {
        let stands = self.stands();
        if stands.is_empty() {
            return Vec::new();
        }
        let known = Known { possible, stands, stated: self.stated() };
        let mut found = Vec::new();
        for inject in &self.model.injects {
            for event in inject.effects.iter().filter_map(event) {
                let at_start = inject.turn == 0;
                found.extend(self.doubt_position(event, at_start, inject.span, &known, |_| false));
            }
        }
        for rule in self.model.rules.iter().filter(|rule| rule.decider.is_none()) {
            let place = self.model.declarations[rule.declaration.index()].span;
            for event in rule.effects().filter_map(event) {
                let asked = |variable| tests(rule).any(|(tested, _, _)| tested == variable);
                found.extend(self.doubt_position(event, false, place, &known, asked));
            }
        }
        found
    }

    /// The doubt about an event, if there is one. `asked`: whether the position is looked at first.
    fn doubt_position(
        &self,
        event: &Event,
        at_start: bool,
        place: Span,
        known: &Known<'_>,
        asked: impl Fn(VarId) -> bool,
    ) -> Option<Diagnostic> {
        let stands = known.stands.get(&event.action)?;
        stands.iter().find_map(|stand| {
            let (variable, stated) = *known.stated.get(&(event.actor, stand.issue))?;
            let initial = i64::from(self.model.variables[variable.index()].initial);
            let (low, high) =
                if at_start { (initial, initial) } else { known.possible.values(variable) };
            let outside = high < stand.low || low > stand.high;
            if !outside || asked(variable) {
                return None;
            }
            let issue = &self.model.issues[stand.issue.index()];
            let levels = &self.model.scales[issue.scale.index()].levels;
            let level = |index: i64| usize::try_from(index).ok().and_then(|at| levels.get(at)).map_or("", String::as_str);
            let needed = if high < stand.low {
                format!(">= {}", level(stand.low))
            } else {
                format!("<= {}", level(stand.high))
            };
            let (actor, action) =
                (&self.model.actors[event.actor.index()].name, &self.model.actions[event.action.index()].name);
            let (issue, at) = (&issue.name, level(initial));
            let rule = &self.model.declarations[stand.by.index()];
            let stands = if at_start {
                "where it stands at the start"
            } else {
                "where it stands, and nothing moves it far enough"
            };
            let message = format!("`{actor}` does `{action}`, but is `{at}` on `{issue}`: others do it only from `{needed}`");
            Some(
                Diagnostic::new(AGAINST_POSITION, place, message)
                    .also(stated, stands)
                    .also(rule.span, format!("here the position decides: `{issue} {needed}`"))
                    .help(format!("let the position change first, or ask for it: `if {actor} on {issue} {needed}`")),
            )
        })
    }

    /// From which positions each action is taken: by rules that have one alternative, which do it
    /// after looking at exactly one position of the doer. Where rules differ, from all that some
    /// rule allows.
    fn stands(&self) -> FxHashMap<ActionId, Vec<Stand>> {
        let mut stands: FxHashMap<ActionId, Vec<Stand>> = FxHashMap::default();
        for rule in &self.model.rules {
            let [alternative] = rule.alternatives.as_slice() else { continue };
            if rule.decider.is_some() {
                continue;
            }
            for event in alternative.branch.effects.iter().filter_map(event) {
                let Some((issue, low, high)) = self.stand(rule, event.actor) else { continue };
                let known = stands.entry(event.action).or_default();
                match known.iter_mut().find(|stand| stand.issue == issue) {
                    Some(stand) => {
                        (stand.low, stand.high) = (stand.low.min(low), stand.high.max(high));
                    }
                    None => known.push(Stand { issue, low, high, by: rule.declaration }),
                }
            }
        }
        stands
    }

    /// The one position of an actor that a rule looks at, and from where to where it may be.
    fn stand(&self, rule: &Rule, actor: ActorId) -> Option<(IssueId, i64, i64)> {
        let mut stand: Option<(IssueId, i64, i64)> = None;
        for (variable, op, level) in tests(rule) {
            let variable = &self.model.variables[variable.index()];
            let Some(issue) = variable.issue.filter(|_| variable.actors.first() == Some(&actor))
            else {
                continue;
            };
            let (low, high) = match op {
                CompareOp::Equal => (level, level),
                CompareOp::Less => (i64::MIN, level - 1),
                CompareOp::LessEqual => (i64::MIN, level),
                CompareOp::Greater => (level + 1, i64::MAX),
                CompareOp::GreaterEqual => (level, i64::MAX),
                CompareOp::NotEqual => continue,
            };
            stand = match stand {
                None => Some((issue, low, high)),
                Some((same, from, to)) if same == issue => {
                    Some((issue, low.max(from), high.min(to)))
                }
                Some(_) => return None,
            };
        }
        stand
    }

    fn stated(&self) -> FxHashMap<(ActorId, IssueId), (VarId, Span)> {
        let mut places: FxHashMap<(ActorId, IssueId), Span> = FxHashMap::default();
        for statement in &self.statements {
            for actor in &statement.actors {
                places.entry((*actor, statement.issue)).or_insert(statement.tree.level.span);
            }
        }
        let variables = self.model.variables.iter().enumerate();
        variables
            .filter_map(|(index, variable)| {
                let whose = (*variable.actors.first()?, variable.issue?);
                Some((whose, (VarId::new(index), *places.get(&whose)?)))
            })
            .collect()
    }
}

fn event(effect: &Effect) -> Option<&Event> {
    match effect {
        Effect::Event(event) => Some(event),
        Effect::Assign(..) | Effect::Step(..) => None,
    }
}

/// The comparisons of a variable with a number that must hold for a rule to have its chance.
fn tests(rule: &Rule) -> impl Iterator<Item = (VarId, CompareOp, i64)> {
    let trigger = (rule.trigger != Trigger::On).then_some(&rule.condition);
    let conditions = trigger.into_iter().chain(&rule.guard);
    conditions.flat_map(Cond::parts).filter_map(|part| match part {
        Cond::Compare(Expr::Var(variable), op, Expr::Const(value)) => {
            Some((*variable, *op, *value))
        }
        _ => None,
    })
}
