//! Positions as a matrix: what each actor holds on each issue, and what says so.

use crate::model::{Actor, ActorId, Issue, IssueId, Model, Position};

/// Actors in rows, issues in columns; without actors and issues that nobody states anything of.
#[derive(Debug)]
pub struct Matrix<'a> {
    /// The issues.
    pub issues: Vec<&'a Issue>,
    /// For each actor its cells, in the order of the issues.
    pub rows: Vec<(&'a Actor, Vec<Cell<'a>>)>,
}

/// What an actor holds on an issue.
#[derive(Debug)]
pub struct Cell<'a> {
    /// The level at the start, and its index on its scale of so many levels; none where nothing in
    /// the scenario touches it.
    pub level: Option<(String, usize, usize)>,
    /// What states it, in the order of declaration; also what holds only from a later date on.
    pub statements: Vec<&'a Position>,
}

impl<'a> Matrix<'a> {
    /// The positions of a scenario.
    #[must_use]
    pub fn new(model: &'a Model) -> Self {
        let issues: Vec<(IssueId, &Issue)> = (model.issues.iter().enumerate())
            .map(|(at, issue)| (IssueId::new(at), issue))
            .filter(|(id, _)| model.positions.iter().any(|one| one.issue == *id))
            .collect();
        let rows = model.actors.iter().enumerate().map(|(at, actor)| {
            let id = ActorId::new(at);
            let cells: Vec<Cell<'a>> =
                issues.iter().map(|(issue, _)| Cell::new(model, id, *issue)).collect();
            (actor, cells)
        });
        let states = |row: &(&Actor, Vec<Cell<'_>>)| row.1.iter().any(|cell| !cell.is_empty());
        Self {
            rows: rows.filter(states).collect(),
            issues: issues.into_iter().map(|(_, issue)| issue).collect(),
        }
    }
}

impl<'a> Cell<'a> {
    fn new(model: &'a Model, actor: ActorId, issue: IssueId) -> Self {
        let about = |one: &&Position| one.issue == issue && one.actors.contains(&actor);
        let variable = model.variables.iter().position(|variable| {
            variable.issue == Some(issue) && variable.actors.first() == Some(&actor)
        });
        let level = variable.map(|at| {
            let initial = model.variables[at].initial;
            let levels = &model.scales[model.issues[issue.index()].scale.index()].levels;
            let name = model.value_name(crate::model::VarId::new(at), initial);
            (name, usize::try_from(initial).unwrap_or(0), levels.len())
        });
        Self { level, statements: model.positions.iter().filter(about).collect() }
    }

    fn is_empty(&self) -> bool {
        self.statements.is_empty()
    }
}
