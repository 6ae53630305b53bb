//! The questions, one file each, and their answers as plain data for reports.

mod answer;
mod comparison;
mod drivers;
mod evidence;
mod expectations;
mod failure;
mod influence;
mod names;
mod observations;
mod options;
mod outcomes;
mod overview;
pub mod play;
mod reactions;
mod simulate;
mod situations;
mod storylines;
mod structure;
mod sweep;
mod torn;
mod unfolded;
mod why;

pub use crate::solve::progress::{Drawn, Progress};
pub use answer::{
    Answers, By, Edge, ExpectationAnswer, Failure, Interval, Method, Node, NodeKind,
    ObservationAnswer, OutcomeAnswer, ReactionGraph, RungAnswer, Step, Storyline, Unanswered,
    VariableChange,
};
pub use comparison::attribution::{Attribution, Bundle, SharesMethod, attribute};
pub use comparison::estimates::{Estimates, estimates};
pub use drivers::{
    Alternate, DrivenOutcome, Drivers, DriversOptions, Flip, FlipOf, Lever, LikelihoodDriver,
    Replaced, Replacement, Slope, Swing, Turning, drivers,
};
pub use evidence::{Claim, ClaimKind, Evidence, Reason, Without, WithoutThem};
pub use influence::{Factor, Influence, InfluenceGraph};
pub use options::{Options, Questions, Simulation};
pub use outcomes::evaluate;
pub use overview::{Behind, behind};
pub use reactions::by_name;
pub use situations::answer::{SituationGraph, SituationNode, SituationTransition};
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
