//! The graph of situations as a drawing.

use super::{Drawing, DrawnEdge, DrawnNode, Fact, Shape};
use crate::analysis::{SituationGraph, SituationNode, SituationTransition};
use crate::model::Model;
use crate::report::isolate::isolated;
use crate::report::percent;

/// So many events are named beside a transition.
const NAMED: usize = 3;

/// The graph of situations: in each what is not as in the first one, and the ending where it is one.
#[must_use]
pub fn situations(model: &Model, graph: &SituationGraph) -> Drawing {
    let model = &isolated(model);
    let first = graph.situations.first();
    let nodes = graph.situations.iter().enumerate();
    Drawing {
        title: model.title.clone(),
        nodes: nodes.map(|(index, one)| node(model, index, one, first)).collect(),
        edges: graph.transitions.iter().map(transition).collect(),
        ..Drawing::default()
    }
}

fn node(
    model: &Model,
    index: usize,
    situation: &SituationNode,
    first: Option<&SituationNode>,
) -> DrawnNode {
    let mut label = vec![if index == 0 {
        "start".to_owned()
    } else {
        format!("situation {index}, from turn {}", situation.first_turn)
    }];
    let mut facts = vec![("first_turn", Fact::Number(f64::from(situation.first_turn)))];
    let changed = (situation.values.iter().enumerate())
        .filter(|(at, value)| first.and_then(|first| first.values.get(*at)) != Some(value));
    label.extend(changed.map(|(_, (name, value))| format!("{name} = {value}")));
    let mut shape = if index == 0 { Shape::Start } else { Shape::Change };
    if let Some(ending) = situation.ending {
        let ending = &model.outcomes[ending.index()];
        label.push(format!("◆ {}", ending.title));
        facts.push(("ending", Fact::Text(ending.name.clone())));
        shape = Shape::Outcome;
    } else if situation.settled {
        label.push("settled".to_owned());
        facts.push(("settled", Fact::Text("yes".to_owned())));
    }
    DrawnNode { id: index.to_string(), label, shape, band: None, facts }
}

fn transition(transition: &SituationTransition) -> DrawnEdge {
    let mut label = vec![percent(transition.probability)];
    label.extend(transition.nodes.iter().take(NAMED).cloned());
    if transition.nodes.len() > NAMED {
        label.push(format!("and {} more", transition.nodes.len() - NAMED));
    }
    DrawnEdge {
        from: transition.from as usize,
        to: transition.to as usize,
        label,
        weight: transition.probability,
        dashed: false,
        facts: vec![
            ("probability", Fact::Number(transition.probability)),
            ("what", Fact::Text(transition.nodes.join("; "))),
        ],
    }
}
