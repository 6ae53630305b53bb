//! `escalade schema`.

use super::sweep::SWEEP;
use crate::cli::console::Console;
use crate::cli::output::Output;
use crate::cli::status::{Status, Stop};
use crate::diagnostic::suggest;
use crate::report::{Form, SHORT, WHOLE, comparison, json, text};
use clap::Args;

/// All that is written for machines, but what others have a schema for.
const FORMS: [Form; 13] = [
    json::RUN,
    json::CHECK,
    json::TEST,
    json::REACTIONS,
    json::SITUATIONS,
    json::INFLUENCE,
    json::WHY,
    json::DRIVERS,
    json::STRUCTURE,
    comparison::COMPARE,
    SWEEP,
    WHOLE,
    SHORT,
];

/// The arguments of `schema`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The name of the output, or its `format`, such as `escalade-run/1` [default: list all]
    name: Option<String>,
    #[command(flatten)]
    pub output: Output,
}

/// Writes the JSON Schema of an output, or lists all.
///
/// # Errors
/// There is no such output, or the result cannot be written.
pub fn run(arguments: &Arguments, console: &Console) -> Result<Status, Stop> {
    let page = match &arguments.name {
        None => text::forms(&FORMS, console.page_style(arguments.output.is_file())),
        Some(name) => {
            let asked = |form: &&Form| [form.name(), form.format].contains(&name.as_str());
            FORMS.iter().find(asked).ok_or_else(|| unknown(name))?.schema()
        }
    };
    arguments.output.write(&page)?;
    Ok(Status::Done)
}

fn unknown(name: &str) -> Stop {
    let of_command = FORMS.iter().filter(|form| form.written_by.split(' ').next() == Some(name));
    let views: Vec<String> = of_command.map(|form| format!("`{}`", form.name())).collect();
    let known = FORMS.iter().map(Form::name).filter(|_| views.is_empty());
    let message = suggest::no_such("schema", name, known, || match views.is_empty() {
        true => "`escalade schema` lists all".to_owned(),
        false => format!("what `{name}` writes is {}", views.join(", ")),
    });
    Stop::because(Status::WrongCommandLine, message)
}
