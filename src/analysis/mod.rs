//! The questions, one file each, and their answers as plain data for reports.

mod answer;
mod situation_graph;

pub use answer::{
    Answers, By, Edge, ExpectationAnswer, Failure, Interval, Method, Node, NodeKind, OutcomeAnswer,
    ReactionGraph, RungAnswer, Step, Storyline, VariableChange,
};
pub use situation_graph::{SituationGraph, SituationNode, SituationTransition};
