//! `escalade lsp`.

use crate::cli::status::{Status, Stop};
use crate::lsp;
use crate::session::usual_memory;
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

/// Serves an editor until it says that this is all, or is gone.
///
/// # Errors
/// What is to be evaluated cannot be read, or the answer not written.
pub fn run(arguments: &Arguments) -> Result<Status, Stop> {
    if arguments.answer {
        return match lsp::answer(usual_memory() / 2) {
            Ok(()) => Ok(Status::Done),
            Err(error) => {
                Err(Stop::because(Status::CannotBeDone, format!("language server: {error}")))
            }
        };
    }
    // The protocol has 1 for an end that was not announced.
    Ok(if lsp::serve() { Status::Done } else { Status::ScenarioErrors })
}
