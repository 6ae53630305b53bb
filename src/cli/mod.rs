//! The command line: one file for each command. Here, and only here, files are read and written, and
//! the terminal and the environment looked at.

mod commands;
mod console;
mod evaluate;
mod exact;
mod files;
mod identity;
mod interrupt;
mod load;
mod output;
mod seen;
mod status;
mod working;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use commands::{
    check, compare, completions, drivers, explain, export, fmt, graph, lsp, man, new, play, replay,
    run, schema, structure, sweep, test, watch, why,
};
use console::{Console, ConsoleOptions};
use output::spared;
use status::{Status, Stop};
use std::ffi::OsString;
use std::path::PathBuf;
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

impl Command {
    /// The files that it is about, as reports call them, where it is to write JSON.
    fn for_machines(&self) -> Option<Vec<String>> {
        let files = match self {
            Self::Run(arguments) => arguments.for_machines(),
            Self::Test(arguments) => arguments.for_machines(),
            Self::Compare(arguments) => arguments.for_machines(),
            Self::Graph(arguments) => arguments.for_machines(),
            Self::Structure(arguments) => arguments.for_machines(),
            Self::Drivers(arguments) => arguments.for_machines(),
            Self::Why(arguments) => arguments.for_machines(),
            // `check` writes diagnostics in any case, and the others write no JSON.
            Self::Check(_)
            | Self::Watch(_)
            | Self::Sweep(_)
            | Self::Export(_)
            | Self::Play(_)
            | Self::Replay(_)
            | Self::Explain(_)
            | Self::Schema(_)
            | Self::Fmt(_)
            | Self::Lsp(_)
            | Self::New(_)
            | Self::Completions(_)
            | Self::Man(_) => None,
        };
        files.map(|files| files.into_iter().map(load::called).collect())
    }
}

/// The command line of this process. Help and what is said of mistakes in it come before it is read, and
/// have the colours that it asks for all the same.
fn parse(words: Vec<OsString>) -> Result<CommandLine, clap::Error> {
    let command = CommandLine::command().color(console::colour_of_help(&words));
    CommandLine::from_arg_matches(&command.try_get_matches_from(words)?)
}

/// Runs the command line of this process; the result is its exit status.
#[must_use]
pub fn main() -> ExitCode {
    main_from(std::env::args_os())
}

/// Runs a command line, the name of the program first; the result is its exit status.
#[must_use]
pub fn main_from(words: impl IntoIterator<Item = OsString>) -> ExitCode {
    let line = match parse(words.into_iter().collect()) {
        Ok(line) => line,
        Err(error) => {
            // Where even the message cannot be written there is nobody left to tell.
            let _ = error.print();
            let wrong = error.use_stderr();
            return if wrong { Status::WrongCommandLine } else { Status::Done }.into();
        }
    };
    let console = Console::new(line.console, line.command.for_machines());
    let result = spared::promise(line.command.outputs()).and_then(|()| line.command.run(&console));
    match console.end(result) {
        Ok(status) => status.into(),
        Err(Stop { status, message }) => {
            if let Some(message) = message {
                console.error(&message);
            }
            status.into()
        }
    }
}

impl Command {
    fn run(&self, console: &Console) -> Result<Status, Stop> {
        match self {
            Self::Run(arguments) => run::run(arguments, console),
            Self::Check(arguments) => check::run(arguments, console),
            Self::Test(arguments) => test::run(arguments, console),
            Self::Watch(arguments) => watch::run(arguments, console),
            Self::Compare(arguments) => compare::run(arguments, console),
            Self::Graph(arguments) => graph::run(arguments, console),
            Self::Structure(arguments) => structure::run(arguments, console),
            Self::Sweep(arguments) => sweep::run(arguments, console),
            Self::Drivers(arguments) => drivers::run(arguments, console),
            Self::Export(arguments) => export::run(arguments, console),
            Self::Why(arguments) => why::run(arguments, console),
            Self::Play(arguments) => play::run(arguments, console),
            Self::Replay(arguments) => replay::run(arguments, console),
            Self::Explain(arguments) => explain::run(arguments, console),
            Self::Schema(arguments) => schema::run(arguments, console),
            Self::Fmt(arguments) => fmt::run(arguments, console),
            Self::Lsp(arguments) => lsp::run(arguments),
            Self::New(arguments) => new::run(arguments),
            Self::Completions(arguments) => completions::run(arguments, CommandLine::command()),
            Self::Man(arguments) => man::run(arguments, CommandLine::command(), STATUSES),
        }
    }

    /// Where it will write, each place with the option that names it.
    fn outputs(&self) -> Vec<(&'static str, PathBuf)> {
        let output = match self {
            Self::Run(it) => &it.output,
            Self::Check(it) => &it.output,
            Self::Test(it) => &it.output,
            Self::Compare(it) => &it.output,
            Self::Graph(it) => &it.output,
            Self::Structure(it) => &it.output,
            Self::Sweep(it) => &it.output,
            Self::Drivers(it) => &it.output,
            Self::Why(it) => &it.output,
            Self::Explain(it) => &it.output,
            Self::Schema(it) => &it.output,
            Self::Completions(it) => &it.output,
            Self::Export(it) => return it.outputs(),
            Self::Play(it) => return it.files.outputs(),
            // A file that is there is left as it is.
            Self::New(_) => return Vec::new(),
            // Files are laid out where they lie.
            Self::Fmt(_) => return Vec::new(),
            Self::Watch(_) | Self::Replay(_) | Self::Lsp(_) | Self::Man(_) => return Vec::new(),
        };
        vec![output.promised()]
    }
}
