//! `escalade lsp`.

use super::status::{Status, Stop};
use crate::lsp;
use clap::Args;

/// The arguments of `lsp`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Speak over standard input and output, which is what it does anyhow
    #[arg(long)]
    stdio: bool,
    /// Evaluate what the server asks on standard input
    #[arg(long, hide = true)]
    answer: bool,
}

/// Serves an editor until it says that this is all.
///
/// # Errors
/// The editor goes away, or does not keep to the protocol.
pub fn run(arguments: &Arguments) -> Result<Status, Stop> {
    let done = if arguments.answer {
        lsp::answer().map_err(|error| error.to_string())
    } else {
        lsp::serve().map_err(|error| error.to_string())
    };
    match done {
        Ok(()) => Ok(Status::Done),
        Err(error) => Err(Stop::because(Status::CannotBeDone, format!("language server: {error}"))),
    }
}
