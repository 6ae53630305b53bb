//! The questions, one file each, and their answers as plain data for reports.

mod answer;

pub use answer::{
    Answers, By, Edge, ExpectationAnswer, Failure, Interval, Method, Node, NodeKind, OutcomeAnswer,
    ReactionGraph, RungAnswer, Step, Storyline, VariableChange,
};
