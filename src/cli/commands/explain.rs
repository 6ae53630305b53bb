//! `escalade explain`.

use crate::cli::console::Console;
use crate::cli::output::Output;
use crate::cli::status::{Status, Stop};
use crate::diagnostic::{lint, pages, suggest};
use crate::report::text;
use clap::Args;

/// The arguments of `explain`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The code, as diagnostics show it, or the name of a warning [default: list all]
    code: Option<String>,
    #[command(flatten)]
    pub output: Output,
}

/// Explains a code, or lists all.
///
/// # Errors
/// There is no such code, or the result cannot be written.
pub fn run(arguments: &Arguments, console: &Console) -> Result<Status, Stop> {
    let style = console.page_style(arguments.output.is_file());
    let page = match &arguments.code {
        None => text::codes(pages::all(), style),
        Some(code) => match lint::page(code) {
            Some(page) => text::explain(page, style),
            None => return Err(unknown(code)),
        },
    };
    arguments.output.write(&page)?;
    Ok(Status::Done)
}

fn unknown(code: &str) -> Stop {
    let errors = pages::all().map(|page| page.code.0);
    let lists_all = || "`escalade explain` lists all".to_owned();
    let message = suggest::no_such("code", code, errors.chain(lint::words()), lists_all);
    Stop::because(Status::WrongCommandLine, message)
}
