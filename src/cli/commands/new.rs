//! `escalade new`.

use crate::cli::output::{Existing, Output, write_file, write_standard};
use crate::cli::status::{Status, Stop};
use crate::report::shell_word;
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

/// The arguments of `new`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The name of the scenario; writes NAME.esc, with `-` to standard output
    name: String,
    /// The kind of scenario
    #[arg(long, value_enum, value_name = "KIND", default_value_t = Template::Crisis)]
    template: Template,
    #[command(flatten)]
    output: Output,
}

/// The kinds of scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Template {
    /// States on a ladder: who reacts to what, how likely, how far up
    Crisis,
    /// Teams that decide at a table: moves, counters, scripted events
    Wargame,
    /// Parties and their positions: what moves them to a treaty
    Negotiation,
}

impl Template {
    /// The scenario; its title stands as `TITLE`.
    fn text(self) -> &'static str {
        match self {
            Self::Crisis => include_str!("../templates/crisis.esc"),
            Self::Wargame => include_str!("../templates/wargame.esc"),
            Self::Negotiation => include_str!("../templates/negotiation.esc"),
        }
    }
}

/// Writes a scenario to start from; a file that is already there is left as it is.
///
/// # Errors
/// The file is there, or cannot be written.
pub fn run(arguments: &Arguments) -> Result<Status, Stop> {
    let name = arguments.name.strip_suffix(".esc").unwrap_or(&arguments.name);
    if name.is_empty() {
        let message = "a scenario needs a name: `escalade new NAME`";
        return Err(Stop::because(Status::WrongCommandLine, message));
    }
    let title = if name == "-" { "A new scenario".to_owned() } else { title(name) };
    let text = arguments.template.text().replace("TITLE", &title);
    let path = match arguments.output.path() {
        Some(path) => path.to_owned(),
        None if name == "-" || arguments.output.is_standard() => {
            write_standard(&text)?;
            return Ok(Status::Done);
        }
        None => PathBuf::from(format!("{name}.esc")),
    };
    write_file(&path, &text, Existing::Keep)?;
    let path = path.display().to_string();
    let word = shell_word(&path);
    write_standard(&format!("wrote {path}; now: escalade run {word}\n"))?;
    Ok(Status::Done)
}

/// A title from a file's name: `border-crisis` is `Border crisis`.
fn title(name: &str) -> String {
    let stem = Path::new(name).file_name().map(|name| name.to_string_lossy().into_owned());
    let words = stem.unwrap_or_default().replace(['-', '_'], " ");
    // What a string of the language would take for its own marks is left out.
    let words: String =
        words.chars().filter(|c| !c.is_control() && !matches!(c, '"' | '\\')).collect();
    let mut letters = words.trim().chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "A new scenario".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::title;

    #[test]
    fn titles_are_readable_and_harmless() {
        assert_eq!(title("border-crisis"), "Border crisis");
        assert_eq!(title("cases/x_\"y\\"), "X y");
        assert_eq!(title("--"), "A new scenario");
    }
}
