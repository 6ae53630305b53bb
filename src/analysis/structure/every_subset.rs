//! All situations that a scenario can come to without any of its rules, explored once and weighed for
//! each set of rules that is left out.

use crate::analysis::drivers::estimate;
use crate::analysis::options::Options;
use crate::analysis::outcomes::explored;
use crate::analysis::torn::torn;
use crate::engine::{Detail, Graph, Kept, Program};
use crate::model::{Alternative, DeclId, Likelihood, Model, OutcomeId, Rule};
use crate::solve::aim::Aim;
use crate::solve::goals::Goal;
use crate::solve::permutations::Frames;
use crate::solve::solver::Solver;

/// The situations of a scenario in which every rule may also come to nothing.
pub struct Whole {
    model: Model,
    program: Program,
    graph: Graph,
    frames: Frames,
    goals: Vec<Goal>,
}

impl Whole {
    /// Explores them, to be asked about these outcomes. Nothing where there are more than `most`.
    #[must_use]
    pub fn explore(
        model: &Model,
        outcomes: &[OutcomeId],
        most: usize,
        options: &Options,
    ) -> Option<Self> {
        let mut model = model.clone();
        model.rules.iter_mut().for_each(make_dispensable);
        let program = Program::new(&opened(&model), Kept::Read).varying(|_| true);
        let detail = Detail { torn: true, ..Detail::BARE };
        let options =
            Options { max_situations: options.max_situations.min(most), ..options.clone() };
        let graph = explored(&model, &program, None, detail, &options).ok()?;
        let program = program.with_likelihoods(&model);
        let mut whole =
            Self { model, program, graph, frames: Frames::default(), goals: Vec::new() };
        let goal = |id: &OutcomeId| {
            let test = whole.program.outcomes[id.index()].as_ref();
            let holding = |test| whole.solver(&whole.program, &whole.graph).holding(test);
            Goal::Reach(test.map_or_else(|| vec![false; whole.graph.len()], holding))
        };
        whole.goals = outcomes.iter().map(goal).collect();
        whole.goals.push(Goal::Reach(torn(whole.solver(&whole.program, &whole.graph))));
        Some(whole)
    }

    /// The probability of each outcome where these rules come to nothing, and, last, that assignments
    /// then contradict each other.
    #[must_use]
    pub fn without(&self, left_out: &[DeclId]) -> Vec<f64> {
        let mut program = self.program.clone();
        for draw in &mut program.draws {
            let rule = &self.model.rules[draw.rule as usize];
            if left_out.contains(&rule.declaration) {
                draw.choose(rule.alternatives.len() as u32);
            }
        }
        let graph = self.graph.reweighed(&program);
        let solver = self.solver(&program, &graph);
        let found = solver.within(&self.goals, Aim::ESTIMATE, solver.horizon);
        found.into_iter().map(|found| found.value).collect()
    }

    fn solver<'a>(&'a self, program: &'a Program, graph: &'a Graph) -> Solver<'a> {
        let horizon = self.model.horizon;
        Solver { program, graph, frames: &self.frames, horizon, given: None, work: None }
    }
}

/// Lets a rule or decision come to what it does by its estimates, with `else` as an alternative like
/// the others and nothing behind it.
fn make_dispensable(rule: &mut Rule) {
    let shares = estimate(rule);
    if rule.decider.take().is_none() {
        let branch = std::mem::take(&mut rule.otherwise);
        rule.alternatives.push(Alternative { likelihood: None, branch });
    }
    for (alternative, share) in rule.alternatives.iter_mut().zip(shares) {
        alternative.likelihood = Some(Likelihood::exactly(share));
    }
    let does = |it: &Alternative| {
        it.likelihood.as_ref().is_some_and(|it| it.low > 0.0) && !it.branch.effects.is_empty()
    };
    rule.alternatives.retain(does);
}

/// The scenario with every likelihood such that all that a rule may come to is possible.
fn opened(model: &Model) -> Model {
    let mut open = model.clone();
    for rule in &mut open.rules {
        let share = 1.0 / (rule.alternatives.len() + 1) as f64;
        for alternative in &mut rule.alternatives {
            alternative.likelihood = Some(Likelihood::exactly(share));
        }
    }
    open
}
