//! The command line: one file for each command. Here, and only here, files are read and written, and
//! the terminal and the environment looked at.

mod answering;
mod behind;
mod check;
mod compare;
mod completions;
mod console;
mod drivers;
mod evaluate;
mod evidence;
mod exact;
mod explain;
mod export;
mod files;
mod fmt;
mod graph;
mod interrupt;
mod load;
mod lsp;
mod man;
mod memory;
mod new;
mod output;
mod play;
mod refusal;
mod repeat;
mod replay;
mod run;
mod schema;
mod seen;
mod status;
mod strike;
mod structure;
mod sweep;
mod test;
mod watch;
mod why;
mod working;

use clap::{CommandFactory, Parser, Subcommand};
use console::{Console, ConsoleOptions};
use status::{Status, Stop};
use std::process::ExitCode;

#[derive(Debug, Parser)]
#[command(name = "escalade", version, about = "Escalation scenarios: who reacts to whom, how likely, and where it may end", long_about = None)]
#[command(propagate_version = true, max_term_width = 100, after_help = STATUSES)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    console: ConsoleOptions,
}

const STATUSES: &str = "\
Exit status: 0 done; 1 the scenario has errors; 2 the command line is wrong; 3 an expectation or a
snapshot does not hold; 4 it could not be done here (a file that cannot be read or written, a limit
reached); 130 interrupted.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Evaluate a scenario and report what may follow, how likely, and on what that rests
    Run(run::Arguments),
    /// Find mistakes and doubts in scenarios without evaluating them
    Check(check::Arguments),
    /// Check the expectations and snapshots of scenarios
    Test(test::Arguments),
    /// Evaluate a scenario again whenever it is saved, and show what changed
    Watch(watch::Arguments),
    /// Compare two scenarios, or two ways to look at one: what differs, and what that changes
    Compare(compare::Arguments),
    /// Write a graph for other programs to draw
    Graph(graph::Arguments),
    /// Read the reactions as a graph: spirals, chokepoints, firebreaks, off-ramps
    Structure(structure::Arguments),
    /// Evaluate a scenario at many points, a row of a table for each
    Sweep(sweep::Arguments),
    /// Tell which likelihoods, positions and decisions the outcomes hang on
    Drivers(drivers::Arguments),
    /// Write a scenario as a model for other model checkers
    Export(export::Arguments),
    /// Tell why something happens and why not: storylines, the rules it needs, what stood in the way
    Why(why::Arguments),
    /// Take one actor's decisions, while everything else is drawn
    Play(play::Arguments),
    /// Evaluate again what a report was made from, and say whether the numbers are the same
    Replay(replay::Arguments),
    /// Explain a diagnostic, with an example and its mend
    Explain(explain::Arguments),
    /// Write the JSON Schema of an output
    Schema(schema::Arguments),
    /// Lay scenario files out in the canonical way
    Fmt(fmt::Arguments),
    /// Serve an editor: the language server, over standard input and output
    Lsp(lsp::Arguments),
    /// Write a commented scenario to start from
    New(new::Arguments),
    /// Write what a shell needs to complete commands and options
    Completions(completions::Arguments),
    /// Write manual pages
    Man(man::Arguments),
}

/// Runs the command line of this process; the result is its exit status.
#[must_use]
pub fn main() -> ExitCode {
    let line = match CommandLine::try_parse() {
        Ok(line) => line,
        Err(error) => {
            // Where even the message cannot be written there is nobody left to tell.
            let _ = error.print();
            let wrong = error.use_stderr();
            return if wrong { Status::WrongCommandLine } else { Status::Done }.into();
        }
    };
    let console = Console::new(line.console);
    let result = match &line.command {
        Command::Run(arguments) => run::run(arguments, &console),
        Command::Check(arguments) => check::run(arguments, &console),
        Command::Test(arguments) => test::run(arguments, &console),
        Command::Watch(arguments) => watch::run(arguments, &console),
        Command::Compare(arguments) => compare::run(arguments, &console),
        Command::Graph(arguments) => graph::run(arguments, &console),
        Command::Structure(arguments) => structure::run(arguments, &console),
        Command::Sweep(arguments) => sweep::run(arguments, &console),
        Command::Drivers(arguments) => drivers::run(arguments, &console),
        Command::Export(arguments) => export::run(arguments, &console),
        Command::Why(arguments) => why::run(arguments, &console),
        Command::Play(arguments) => play::run(arguments, &console),
        Command::Replay(arguments) => replay::run(arguments, &console),
        Command::Explain(arguments) => explain::run(arguments, &console),
        Command::Schema(arguments) => schema::run(arguments, &console),
        Command::Fmt(arguments) => fmt::run(arguments, &console),
        Command::Lsp(arguments) => lsp::run(arguments),
        Command::New(arguments) => new::run(arguments),
        Command::Completions(arguments) => completions::run(arguments, CommandLine::command()),
        Command::Man(arguments) => man::run(arguments, CommandLine::command(), STATUSES),
    };
    match result {
        Ok(status) => status.into(),
        Err(Stop { status, message }) => {
            if let Some(message) = message {
                console.error(&message);
            }
            status.into()
        }
    }
}
