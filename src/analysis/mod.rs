//! The questions, one file each, and their answers as plain data for reports.

mod answer;
mod back;
mod backup;
mod bounded;
mod chain;
mod chain_of;
mod component;
mod drivers;
mod elimination;
mod evaluate;
mod exit;
mod expectations;
mod extreme;
mod failure;
mod firing;
mod flow;
mod frames;
mod goal;
mod influence;
mod iterate;
mod leads;
mod ledger;
mod mean;
mod names;
mod optimistic;
mod options;
mod paths;
mod policy;
mod progress;
mod reactions;
mod simulate;
mod situation_graph;
mod situations;
mod solver;
mod storylines;
mod sweep;
mod symmetrize;
mod unbounded;
mod watch;

pub use answer::{
    Answers, By, Edge, ExpectationAnswer, Failure, Interval, Method, Node, NodeKind, OutcomeAnswer,
    ReactionGraph, RungAnswer, Step, Storyline, VariableChange,
};
pub use drivers::{
    Alternate, DrivenOutcome, Drivers, DriversOptions, Flip, FlipOf, Lever, LikelihoodDriver,
    Replaced, Replacement, Slope, Swing, drivers,
};
pub use evaluate::evaluate;
pub use influence::{Factor, Influence, InfluenceGraph};
pub use options::{Options, Questions, Simulation};
pub use progress::{Drawn, Progress};
pub use reactions::by_name;
pub use situation_graph::{SituationGraph, SituationNode, SituationTransition};
pub use situations::situations;
pub use sweep::Sweep;
