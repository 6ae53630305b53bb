//! A model made of rules, between the program and the languages of other checkers: modules that
//! take every turn together, each with commands that say what it may do.

use super::expression::Expression;

/// Modules that take every turn together until an ending holds.
#[derive(Clone, Debug)]
pub struct Network {
    /// Whether some module can have several commands at once: a choice, not a chance.
    pub chooses: bool,
    /// The variables.
    pub variables: Vec<Variable>,
    /// The modules.
    pub modules: Vec<Module>,
    /// Whether an ending holds: then nothing changes any more.
    pub ended: Expression,
}

/// A variable.
#[derive(Clone, Debug)]
pub struct Variable {
    /// Its identifier.
    pub name: String,
    /// What it says.
    pub meaning: String,
    /// What it holds.
    pub kind: VariableKind,
}

/// What a variable holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VariableKind {
    /// A number from `low` to `high` that is part of the situation.
    Lasting {
        /// The least value.
        low: i32,
        /// The greatest value.
        high: i32,
        /// Its value in situation 0.
        initial: i32,
    },
    /// The number of a result, up to `high`, within one turn; 0 before it.
    Drawn {
        /// The greatest value.
        high: u32,
    },
    /// A truth within one turn; false before it.
    Passing,
}

/// A part of a model that takes its turn together with all others.
#[derive(Clone, Debug)]
pub struct Module {
    /// Its identifier.
    pub name: String,
    /// The variables that it writes.
    pub variables: Vec<usize>,
    /// What it may do in a turn; in each situation at least one is possible.
    pub commands: Vec<Command>,
}

/// Something that a module may do in a turn.
#[derive(Clone, Debug)]
pub struct Command {
    /// In which situations.
    pub guard: Expression,
    /// What it stands for, where that can be said.
    pub meaning: Option<String>,
    /// What can come out, with its probability.
    pub branches: Vec<(f64, Vec<Assignment>)>,
}

/// A variable gets a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Assignment {
    /// The variable.
    pub variable: usize,
    /// The value, over what the variables are before the first assignment of this step.
    pub value: Expression,
    /// The step within the turn: assignments of lower steps come first.
    pub step: u32,
}
