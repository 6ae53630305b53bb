//! The last numbering: positions first, by actor and issue, then the others as declared.

use super::Builder;
use crate::model::{
    Change, Cond, Domain, Effect, Expectation, ExpectationKind, Expr, Path, VarId, Variable,
};
use crate::source::{FileId, Span};

/// The final number of each variable, by its provisional one.
struct Renumbering(Vec<VarId>);

impl Builder<'_> {
    /// Adds the variables of the positions and numbers all of them for good. Up to here the
    /// positions come last, in the order in which they were met.
    pub(super) fn number_variables(&mut self) {
        let declared = self.model.variables.len();
        let place = Span::new(FileId(0), 0, 0);
        let place = self
            .model
            .issues
            .first()
            .map_or(place, |issue_span| self.issue_place(&issue_span.name));
        let count = declared + self.positions.len();
        self.within_limit(count, super::budget::MOST_VARIABLES, "variables", place);
        let mut order: Vec<usize> = (0..self.positions.len()).collect();
        order.sort_by_key(|index| self.positions.get_index(*index).map(|(pair, _)| *pair));
        let mut ids = vec![VarId(0); count];
        for (number, id) in ids.iter_mut().take(declared).enumerate() {
            *id = VarId::new(self.positions.len() + number);
        }
        let mut variables = Vec::with_capacity(count);
        for (number, index) in order.into_iter().enumerate() {
            ids[declared + index] = VarId::new(number);
            variables.extend(self.position_variable(index));
        }
        variables.append(&mut self.model.variables);
        self.model.variables = variables;
        self.renumber(&Renumbering(ids));
    }

    fn position_variable(&self, index: usize) -> Option<Variable> {
        let (&(actor, issue), position) = self.positions.get_index(index)?;
        let about = &self.model.issues[issue.index()];
        Some(Variable {
            name: self.position_name(actor, issue),
            title: format!("{} on {}", self.model.actors[actor.index()].title, about.title),
            domain: Domain::Position(about.scale),
            initial: position.initial,
            actors: vec![actor],
            issue: Some(issue),
            span: position.stated.unwrap_or_else(|| self.issue_place(&about.name)),
        })
    }

    fn issue_place(&self, name: &str) -> Span {
        self.names.get(name).and_then(|named| named.span).unwrap_or(Span::new(FileId(0), 0, 0))
    }

    fn renumber(&mut self, ids: &Renumbering) {
        let model = &mut self.model;
        for rule in &mut model.rules {
            ids.cond(&mut rule.condition);
            rule.guard.iter_mut().for_each(|guard| ids.cond(guard));
            for alternative in &mut rule.alternatives {
                ids.effects(&mut alternative.branch.effects);
            }
            ids.effects(&mut rule.otherwise.effects);
        }
        model.events.iter_mut().for_each(|body| ids.effects(&mut body.effects));
        model.injects.iter_mut().for_each(|inject| ids.effects(&mut inject.effects));
        for outcome in &mut model.outcomes {
            outcome.condition.iter_mut().for_each(|cond| ids.cond(cond));
        }
        model.expectations.iter_mut().for_each(|expectation| ids.expectation(expectation));
        model.observations.iter_mut().for_each(|seen| ids.cond(&mut seen.condition));
        for change in model.readings.iter_mut().flat_map(|reading| &mut reading.changes) {
            if let Change::Initial(variable, _) = change {
                *variable = ids.id(*variable);
            }
        }
    }
}

impl Renumbering {
    fn id(&self, provisional: VarId) -> VarId {
        debug_assert!(provisional.index() < self.0.len(), "every variable gets its number");
        self.0.get(provisional.index()).copied().unwrap_or(provisional)
    }

    fn effects(&self, effects: &mut [Effect]) {
        for effect in effects {
            match effect {
                Effect::Event(_) => {}
                Effect::Assign(variable, _) | Effect::Step(variable, _) => {
                    *variable = self.id(*variable)
                }
            }
        }
    }

    fn cond(&self, cond: &mut Cond) {
        match cond {
            Cond::Const(_) | Cond::Does(_) | Cond::HasDone(_) => {}
            Cond::Not(inner) => self.cond(inner),
            Cond::And(all) | Cond::Or(all) | Cond::AtLeast(_, all) => {
                all.iter_mut().for_each(|each| self.cond(each));
            }
            Cond::Compare(left, _, right) => {
                self.expr(left);
                self.expr(right);
            }
        }
    }

    fn expr(&self, expr: &mut Expr) {
        match expr {
            Expr::Var(variable) => *variable = self.id(*variable),
            Expr::Const(_) | Expr::Level | Expr::Peak | Expr::Turn => {}
            Expr::Binary(left, _, right) => {
                self.expr(left);
                self.expr(right);
            }
        }
    }

    fn expectation(&self, expectation: &mut Expectation) {
        expectation.subjects.iter_mut().for_each(|subject| self.cond(&mut subject.condition));
        match &mut expectation.kind {
            ExpectationKind::Probability { path, .. } => match path {
                Path::Outcome(_) => {}
                Path::Ever(cond, _) | Path::Always(cond) => self.cond(cond),
                Path::Until(first, second) => {
                    self.cond(first);
                    self.cond(second);
                }
            },
            ExpectationKind::Never(cond)
            | ExpectationKind::Always(cond)
            | ExpectationKind::Possible(cond)
            | ExpectationKind::Certain(cond) => self.cond(cond),
            ExpectationKind::Before(first, second) | ExpectationKind::LeadsTo(first, second, _) => {
                self.cond(first);
                self.cond(second);
            }
        }
    }
}
