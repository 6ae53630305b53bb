//! `escalade man`.

use crate::cli::output::{Existing, write_bytes, write_standard, write_standard_bytes};
use crate::cli::status::{Status, Stop};
use crate::report::{counted, shell_word};
use clap::{Args, Command};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};
use std::fs;
use std::io;
use std::path::PathBuf;

/// The arguments of `man`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The folder to write the pages of all commands into; it is made where it is not there
    /// [default: write the page of `escalade` itself to standard output]
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

/// Writes manual pages; `exits` says what commands end with.
///
/// # Errors
/// They cannot be written.
pub fn run(arguments: &Arguments, command: Command, exits: &str) -> Result<Status, Stop> {
    let mut command = command.disable_help_subcommand(true);
    command.build();
    let Some(folder) = &arguments.folder else {
        let (_, page) = page(&command, &command, exits);
        write_standard_bytes(&page)?;
        return Ok(Status::Done);
    };
    fs::create_dir_all(folder).map_err(|error| {
        let why = if folder.exists() { "it is no folder".to_owned() } else { error.to_string() };
        let message = format!("cannot write into `{}`: {why}", folder.display());
        Stop::because(Status::CannotBeDone, message)
    })?;
    let shown = |command: &&Command| !command.is_hide_set();
    let all: Vec<&Command> =
        std::iter::once(&command).chain(command.get_subcommands().filter(shown)).collect();
    for one in &all {
        let (name, page) = page(one, &command, exits);
        write_bytes(&folder.join(name), &page, Existing::Replace)?;
    }
    let pages = counted(all.len(), "page");
    let first = shell_word(&folder.join("escalade.1").display().to_string());
    write_standard(&format!("wrote {pages} into {}; now: man {first}\n", folder.display()))?;
    Ok(Status::Done)
}

/// The page of a command, and the name of its file.
fn page(command: &Command, whole: &Command, exits: &str) -> (String, Vec<u8>) {
    let version = whole.get_version().unwrap_or_default();
    let command = command.clone().after_help(None::<&str>);
    let man = Man::new(command).manual("Escalade").source(format!("escalade {version}"));
    let name = man.get_filename();
    let mut page = Vec::new();
    // Writing to memory does not fail.
    let _ = write(&man, &mut page, &name, whole, exits);
    (name, page)
}

fn write(
    man: &Man,
    page: &mut Vec<u8>,
    name: &str,
    whole: &Command,
    exits: &str,
) -> io::Result<()> {
    man.render(page)?;
    let mut more = Roff::new();
    more.control("SH", ["EXIT STATUS"]);
    more.text([roman(exits.trim_start_matches("Exit status: ").replace('\n', " "))]);
    more.control("SH", ["SEE ALSO"]);
    let mut others: Vec<String> = vec![whole.get_name().to_owned()];
    if name.starts_with("escalade.") {
        let shown = whole.get_subcommands().filter(|command| !command.is_hide_set());
        others = shown.map(|command| format!("escalade-{}", command.get_name())).collect();
    }
    let mut line = Vec::new();
    for (at, other) in others.into_iter().enumerate() {
        if at > 0 {
            line.push(roman(", "));
        }
        line.extend([bold(other), roman("(1)")]);
    }
    more.text(line);
    more.to_writer(page)
}
