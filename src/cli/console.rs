//! The terminal: its width, its colours, and what is said to the user beside the results.

use super::output::write_standard;
use super::status::{Status, Stop};
use crate::diagnostic::render::{self, render};
use crate::diagnostic::{Diagnostic, Severity};
use crate::report::{clean, json, text};
use crate::source::Sources;
use anstream::AutoStream;
use clap::{Args, ColorChoice, ValueEnum};
use std::cell::RefCell;
use std::ffi::OsString;
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

/// When help and what is said of mistakes in the command line are in colour: as the command line says, which may
/// be wrong elsewhere.
#[must_use]
pub fn colour_of_help(words: &[OsString]) -> ColorChoice {
    let words = words.iter().map(|word| word.to_str().unwrap_or_default());
    let mut words = words.take_while(|word| *word != "--");
    let mut choice = ColorChoice::Auto;
    while let Some(word) = words.next() {
        let value = match word.strip_prefix("--color") {
            Some("") => words.next(),
            Some(rest) => rest.strip_prefix('='),
            None => None,
        };
        match value.and_then(|value| Colour::from_str(value, false).ok()) {
            Some(Colour::Auto) => choice = ColorChoice::Auto,
            Some(Colour::Always) => choice = ColorChoice::Always,
            Some(Colour::Never) => choice = ColorChoice::Never,
            None => {}
        }
    }
    choice
}

/// The terminal, or what stands in its place.
#[derive(Debug)]
pub struct Console {
    options: ConsoleOptions,
    /// The files that were named, where the command writes for machines: so does it then where it fails.
    machines: Option<Vec<String>>,
    /// The diagnostics that are kept for them.
    kept: RefCell<Vec<(Vec<Diagnostic>, Sources)>>,
}

/// Where nobody says how wide it is.
const USUAL_WIDTH: NonZeroU16 = match NonZeroU16::new(80) {
    Some(width) => width,
    None => NonZeroU16::MIN,
};

impl Console {
    /// The console of this process.
    #[must_use]
    pub fn new(options: ConsoleOptions, machines: Option<Vec<String>>) -> Self {
        Self { options, machines, kept: RefCell::default() }
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

    /// Ends what is told: what a command that failed has to say is written as JSON where it writes for
    /// machines.
    ///
    /// # Errors
    /// Standard output cannot be written.
    pub fn end(&self, result: Result<Status, Stop>) -> Result<Status, Stop> {
        let kept = self.kept.take();
        match (result, &self.machines) {
            (Err(stop), Some(files)) => {
                let files: Vec<&str> = files.iter().map(String::as_str).collect();
                let found = kept.iter().map(|(found, sources)| (sources, found.as_slice()));
                let failures: Vec<String> = stop.message.iter().cloned().collect();
                write_standard(&json::check(&files, found, &failures))?;
                Err(stop)
            }
            (result, _) => {
                kept.iter().for_each(|(found, sources)| self.show(found, sources));
                result
            }
        }
    }

    /// Shows the errors among diagnostics on standard error, in full, or keeps all for machines.
    pub fn errors(&self, diagnostics: &[Diagnostic], sources: &Sources) {
        if self.machines.is_some() {
            self.kept.borrow_mut().push((diagnostics.to_vec(), sources.clone()));
        } else {
            self.show(diagnostics, sources);
        }
    }

    fn show(&self, diagnostics: &[Diagnostic], sources: &Sources) {
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
