//! The questions, one file each, and their answers as plain data for reports.

mod answer;
mod influence;
mod situation_graph;

pub use answer::{
    Answers, By, Edge, ExpectationAnswer, Failure, Interval, Method, Node, NodeKind, OutcomeAnswer,
    ReactionGraph, RungAnswer, Step, Storyline, VariableChange,
};
pub use influence::{Factor, Influence, InfluenceGraph};
pub use situation_graph::{SituationGraph, SituationNode, SituationTransition};
