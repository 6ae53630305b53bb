//! `escalade completions`.

use crate::cli::output::Output;
use crate::cli::status::{Status, Stop};
use clap::{Args, Command};
use clap_complete::Shell;

/// The arguments of `completions`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
    #[command(flatten)]
    pub output: Output,
}

/// Writes what a shell needs to complete commands, options and their values.
///
/// # Errors
/// The result cannot be written.
pub fn run(arguments: &Arguments, mut command: Command) -> Result<Status, Stop> {
    let mut script = Vec::new();
    let name = command.get_name().to_owned();
    clap_complete::generate(arguments.shell, &mut command, name, &mut script);
    arguments.output.write_bytes(&script)?;
    Ok(Status::Done)
}
