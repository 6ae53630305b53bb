//! The graph of situations, told in the words of the scenario.

pub mod answer;

use super::answer::Failure;
use super::names;
use super::observations::observed;
use super::options::Options;
use super::outcomes::explored;
use super::storylines::likeliest_paths::ends;
use crate::engine::{Detail, Graph, Kept, Program};
use crate::model::{Model, OutcomeId, VarId};
use answer::{SituationGraph, SituationNode, SituationTransition};

/// Explores a model, already changed for its reading.
///
/// # Errors
/// Conflicting assignments, or a limit that was reached, as diagnostics.
pub fn situations(model: &Model, options: &Options) -> Result<SituationGraph, Failure> {
    let program = Program::new(model, Kept::Written);
    let before = explored(model, &program, None, Detail::WHOLE, options)?;
    let seen = observed(model, &program, &before, options)?;
    let graph = seen.as_ref().map_or(&before, |seen| &seen.graph);
    Ok(SituationGraph {
        situations: nodes(model, &program, graph),
        transitions: transitions(model, &program, graph),
    })
}

fn nodes(model: &Model, program: &Program, graph: &Graph) -> Vec<SituationNode> {
    let mut values = vec![0; program.layout.slots()];
    let mut nodes = Vec::with_capacity(graph.len());
    for (depth, range) in graph.depths.windows(2).enumerate() {
        for s in range[0] as usize..range[1] as usize {
            program.layout.unpack(graph.situation(s), &mut values);
            let ending = graph.endings[s].checked_sub(1).map(OutcomeId);
            nodes.push(SituationNode {
                values: told(model, program, &values),
                ending,
                settled: ending.is_none() && ends(graph, s as u32),
                first_turn: depth as u32,
            });
        }
    }
    nodes
}

/// The variables that can change, and the level.
fn told(model: &Model, program: &Program, values: &[i32]) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = program
        .variables
        .iter()
        .map(|written| {
            let variable = VarId::new(written.variable);
            let value = model.value_name(variable, values[written.slot as usize]);
            (model.variables[variable.index()].name.clone(), value)
        })
        .collect();
    if let (Some(slot), Some(ladder)) = (program.level, &model.ladder) {
        let rung = usize::try_from(values[slot as usize]).ok().and_then(|at| ladder.rungs.get(at));
        all.extend(rung.map(|rung| ("level".to_owned(), rung.name.clone())));
    }
    all
}

fn transitions(model: &Model, program: &Program, graph: &Graph) -> Vec<SituationTransition> {
    let mut all = Vec::new();
    for s in 0..graph.len() {
        for leaf in graph.leaves(s) {
            let name = |&node: &u32| names::id(model, names::kind(model, program, node));
            let mut nodes: Vec<String> =
                graph.happened(graph.label(leaf)).iter().map(name).collect();
            nodes.sort();
            all.push(SituationTransition {
                from: s as u32,
                to: graph.targets[leaf],
                probability: graph.estimate(leaf),
                nodes,
            });
        }
    }
    all
}
