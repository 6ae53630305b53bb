//! The questions, one file each, and their answers as plain data for reports.

mod aftermath;
mod answer;
mod attribution;
mod back;
mod backup;
mod behind;
mod bounded;
mod chain;
mod chain_of;
mod component;
mod conditional;
mod drivers;
mod elimination;
mod estimates;
mod evaluate;
mod evidence;
mod exit;
mod expectations;
mod extreme;
mod failure;
mod firing;
mod flow;
mod frames;
mod goal;
mod ground;
mod influence;
mod iterate;
mod leads;
mod ledger;
mod mean;
mod names;
mod number;
mod observed;
mod optimistic;
mod options;
mod paths;
pub mod play;
mod policy;
mod precise;
mod progress;
mod qualitative;
mod reactions;
mod search;
mod settling;
mod simulate;
mod situation_graph;
mod situations;
mod solver;
mod steady;
mod storylines;
mod structure;
mod sweep;
mod symmetrize;
mod torn;
mod turns;
mod unbounded;
mod watch;
mod watched;
mod why;
mod work;

pub use answer::{
    Answers, By, Edge, ExpectationAnswer, Failure, Interval, Method, Node, NodeKind,
    ObservationAnswer, OutcomeAnswer, ReactionGraph, RungAnswer, Step, Storyline, Unanswered,
    VariableChange,
};
pub use attribution::{Attribution, Bundle, SharesMethod, attribute};
pub use behind::{Behind, behind};
pub use drivers::{
    Alternate, DrivenOutcome, Drivers, DriversOptions, Flip, FlipOf, Lever, LikelihoodDriver,
    Replaced, Replacement, Slope, Swing, Turning, drivers,
};
pub use estimates::{Estimates, estimates};
pub use evaluate::evaluate;
pub use evidence::{Claim, ClaimKind, Evidence, Reason, Without, WithoutThem};
pub use influence::{Factor, Influence, InfluenceGraph};
pub use options::{Options, Questions, Simulation};
pub use progress::{Drawn, Progress};
pub use reactions::by_name;
pub use situation_graph::{SituationGraph, SituationNode, SituationTransition};
pub use situations::situations;
pub use structure::{
    Chokepoint, Chokepoints, Down, Firebreak, Firebreaks, OffRamp, Reaction, RoundStep, Spiral,
    Structure, structure,
};
pub use sweep::Sweep;
pub use torn::Torn;
pub use why::{
    Account, AccountStep, Barrier, Cause, Happening, Margin, Measured, Needs, Obstacle, Part,
    Search, Subject, Way, Why, why,
};
