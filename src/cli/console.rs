//! The terminal: its width, its colours, and what is said to the user beside the results.

use crate::diagnostic::render::{self, render};
use crate::diagnostic::{Diagnostic, Severity};
use crate::report::clean;
use crate::report::text;
use crate::source::Sources;
use anstream::AutoStream;
use clap::{Args, ValueEnum};
use std::io::{IsTerminal, Write, stderr, stdout};
use std::num::NonZeroU16;

/// How pages look; the same for every command.
#[derive(Clone, Copy, Debug, Args)]
#[command(next_help_heading = "How it looks")]
pub struct ConsoleOptions {
    /// When to use colour
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = Colour::Auto)]
    color: Colour,
    /// Lay out pages for this many columns [default: those of the terminal, or 80]
    #[arg(long, global = true, value_name = "N")]
    width: Option<NonZeroU16>,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Colour {
    /// On a terminal, unless the environment says otherwise (`NO_COLOR`, `CLICOLOR`)
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The terminal, or what stands in its place.
#[derive(Clone, Copy, Debug)]
pub struct Console {
    options: ConsoleOptions,
}

/// Where nobody says how wide it is.
const USUAL_WIDTH: NonZeroU16 = match NonZeroU16::new(80) {
    Some(width) => width,
    None => NonZeroU16::MIN,
};

impl Console {
    /// The console of this process.
    #[must_use]
    pub fn new(options: ConsoleOptions) -> Self {
        Self { options }
    }

    /// Whether results go to a terminal.
    #[must_use]
    pub fn is_terminal(&self) -> bool {
        stdout().is_terminal()
    }

    /// How pages are laid out: for standard output, or for a file.
    #[must_use]
    pub fn page_style(&self, to_file: bool) -> text::Style {
        let terminal = terminal_size::terminal_size_of(stdout()).filter(|_| !to_file);
        let terminal = terminal.and_then(|(width, _)| NonZeroU16::new(width.0));
        let colour = match self.options.color {
            Colour::Auto => !to_file && wants_colour(AutoStream::choice(&stdout())),
            Colour::Always => true,
            Colour::Never => false,
        };
        text::Style { width: self.options.width.or(terminal).unwrap_or(USUAL_WIDTH), colour }
    }

    /// How diagnostics are laid out on standard error, or, with `to_file`, in a file.
    #[must_use]
    pub fn diagnostic_style(&self, to_file: bool) -> render::Style {
        let terminal = terminal_size::terminal_size_of(stderr()).filter(|_| !to_file);
        let terminal = terminal.and_then(|(width, _)| NonZeroU16::new(width.0));
        let width = self.options.width.or(terminal).unwrap_or(USUAL_WIDTH);
        let colour = match self.options.color {
            Colour::Auto => !to_file && wants_colour(AutoStream::choice(&stderr())),
            Colour::Always => true,
            Colour::Never => false,
        };
        render::Style { width: usize::from(width.get()), colour, unicode: true }
    }

    /// Shows the errors among diagnostics on standard error, in full.
    pub fn errors(&self, diagnostics: &[Diagnostic], sources: &Sources) {
        let is_error = |one: &&Diagnostic| one.severity == Severity::Error;
        let errors: Vec<Diagnostic> = diagnostics.iter().filter(is_error).cloned().collect();
        if !errors.is_empty() {
            self.say(&render(&errors, sources, &self.diagnostic_style(false)));
        }
    }

    /// Says on standard error what went wrong.
    pub fn error(&self, message: &str) {
        self.say(&format!("error: {}\n", clean(message)));
    }

    /// Says something on standard error.
    pub fn note(&self, message: &str) {
        self.say(&format!("{}\n", clean(message)));
    }

    /// Writes to standard error as it is.
    pub fn say(&self, text: &str) {
        // Where standard error is closed there is nobody left to tell.
        let _ = stderr().lock().write_all(text.as_bytes());
    }
}

fn wants_colour(choice: anstream::ColorChoice) -> bool {
    match choice {
        anstream::ColorChoice::Auto | anstream::ColorChoice::Never => false,
        anstream::ColorChoice::Always | anstream::ColorChoice::AlwaysAnsi => true,
    }
}
