//! `escalade fmt`.

use crate::cli::console::Console;
use crate::cli::files::scenario_files;
use crate::cli::load::Disk;
use crate::cli::output::{Existing, write_file, write_standard};
use crate::cli::status::{Status, Stop};
use crate::diagnostic::{Diagnostics, escaped_path, render, same_length};
use crate::report::counted;
use crate::source::Sources;
use crate::syntax::{self, Unformatted};
use clap::Args;
use similar::TextDiff;
use std::path::Path;

/// The arguments of `fmt`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Files, and folders that are searched for `.esc` files; `-` reads standard input and writes
    /// standard output
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<String>,
    /// Write nothing: tell which files are laid out otherwise, and exit with 3 if there are any
    #[arg(long)]
    check: bool,
    /// Write nothing: show what would change
    #[arg(long)]
    diff: bool,
}

/// Lays files out in the canonical way; what cannot be read or written hides nothing else.
///
/// # Errors
/// None: all are told as they come.
pub fn run(arguments: &Arguments, console: &Console) -> Result<Status, Stop> {
    let mut status = Status::Done;
    let mut failed = |stop: Stop| {
        status = status.and(stop.status);
        if let Some(message) = stop.message {
            console.error(&message);
        }
    };
    let files = scenario_files(&arguments.paths, &mut failed);
    let (mut changed, mut left) = (0, 0);
    for file in &files {
        match lay_out(file, arguments, console) {
            Ok(Laid::AsBefore) => left += 1,
            Ok(Laid::Otherwise) => changed += 1,
            Err(stop) => failed(stop),
        }
    }
    if arguments.check && changed > 0 {
        status = status.and(Status::ExpectationFails);
    }
    let to_standard = files.iter().any(|file| file == "-") && !arguments.check;
    if !to_standard && !arguments.diff {
        let (verb, stays) = match arguments.check {
            true => ("would be laid out otherwise", "would stay as before"),
            false => ("laid out", "left as before"),
        };
        console.note(&format!("{} {verb}, {left} {stays}", counted(changed, "file")));
    }
    Ok(status)
}

/// What became of a file.
enum Laid {
    AsBefore,
    Otherwise,
}

fn lay_out(path: &str, arguments: &Arguments, console: &Console) -> Result<Laid, Stop> {
    let disk = Disk::open(path)?;
    let (source, bad) = syntax::text_of(&disk.file, disk.bytes);
    let text = source.text.clone();
    let mut sources = Sources::default();
    let id = sources.add(source);
    let mut diagnostics = Diagnostics::default();
    if let Some(bad) = bad {
        diagnostics.push(bad.diagnostic(id));
    }
    let formatted = match syntax::format(&text) {
        Ok(formatted) if !diagnostics.has_errors() => formatted,
        Err(Unformatted::WouldChange) => {
            let message = format!(
                "`{}` is left as it is: laid out, it would say something else, which is a mistake of \
                 the formatter; please report it with the file",
                disk.file
            );
            return Err(Stop::because(Status::CannotBeDone, message));
        }
        Ok(_) | Err(Unformatted::HasErrors) => {
            syntax::parse(id, &text, &mut diagnostics);
            let found = diagnostics.sorted();
            console.say(&render::render(&found, &sources, &console.diagnostic_style(false)));
            let status = Status::of_errors(&found);
            let why = match status {
                Status::Fault => "not all of it is understood",
                _ => "it has syntax errors",
            };
            let message = format!("`{}` is left as it is: {why}", disk.file);
            return Err(Stop::because(status, message));
        }
    };
    let same = *text == formatted;
    if arguments.diff {
        if !same {
            let patch = difference(&disk.file, &text, &formatted);
            // A patch has to be exact; a terminal must not obey it.
            let shown = if console.is_terminal() { same_length(&patch) } else { patch.into() };
            write_standard(&shown)?;
        }
    } else if arguments.check {
        if !same {
            write_standard(&format!("{}\n", escaped_path(&disk.file)))?;
        }
    } else if path == "-" {
        write_standard(&formatted)?;
    } else if !same {
        write_file(Path::new(path), &formatted, Existing::Renew)?;
        write_standard(&format!("{}\n", escaped_path(path)))?;
    }
    Ok(if same { Laid::AsBefore } else { Laid::Otherwise })
}

/// What would change, as a patch.
fn difference(file: &str, old: &str, new: &str) -> String {
    let diff = TextDiff::from_lines(old, new);
    diff.unified_diff().context_radius(2).header(file, file).to_string()
}
