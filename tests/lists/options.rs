//! Options with a choice of values: as the command line declares them, in the README and in the reference.

use crate::{Gaps, Set, files, part, read, set, strings};
use std::path::Path;

/// An option with a choice.
struct Choice {
    /// The command, or several in a word.
    command: String,
    option: String,
    values: Vec<String>,
}

/// What a file of the command line is about.
fn command(path: &Path) -> String {
    let names: Vec<_> = path.iter().map(|name| name.to_str().unwrap()).collect();
    let commands = names.iter().rposition(|name| *name == "commands");
    match commands.map(|at| names[at + 1].trim_end_matches(".rs")) {
        Some(command) => format!("`{command}`"),
        None if path.ends_with("options.rs") => "those that evaluate".to_owned(),
        None => "all".to_owned(),
    }
}

/// The values of a choice that is declared in a text.
fn values(text: &str, name: &str) -> Option<Vec<String>> {
    let body = text.split(&format!("enum {name} {{\n")).nth(1)?.split("\n}").next()?;
    let variants = body.lines().map(str::trim).filter_map(|line| line.strip_suffix(','));
    Some(variants.map(str::to_lowercase).collect())
}

fn choices() -> Vec<Choice> {
    let files = [files("src/cli", "rs"), files("src/session", "rs")].concat();
    let mut found = Vec::new();
    for (path, text) in &files {
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        // The shell of `completions`, which has no name, is none of them.
        let declares = |line: &str| {
            let long = ["#[arg(long, ", "#[cfg_attr(feature = \"cli\", arg(long, "];
            long.iter().any(|begin| line.starts_with(begin)) && line.contains("value_enum")
        };
        for pair in lines.windows(2).filter(|pair| declares(pair[0])) {
            let field = pair[1].trim_start_matches("pub ").trim_end_matches(',');
            let (option, kind) = field.split_once(": ").unwrap();
            let kind = kind.trim_start_matches("Option<").trim_end_matches('>');
            let everywhere = || files.iter().find_map(|(_, text)| values(text, kind));
            let values = values(text, kind).or_else(everywhere);
            let values = values.unwrap_or_else(|| panic!("no choice is called {kind}"));
            let option = option.replace('_', "-");
            found.push(Choice { command: command(path), option, values });
        }
    }
    let declared: usize = files.iter().map(|(_, text)| text.matches("value_enum").count()).sum();
    assert_eq!(found.len(), declared - 1, "all choices are found");
    found
}

#[test]
fn the_reference_has_all_values_of_options() {
    let mut gaps = Gaps::default();
    let rows = part("docs/guide/src/reference.md", "| command | option | values |\n", "\n\n");
    let rows: Set = rows.lines().skip(1).map(str::to_owned).collect();
    let row = |choice: Choice| {
        let Choice { command, option, values } = choice;
        format!("| {command} | `--{option}` | `{}` |", values.join("`, `"))
    };
    gaps.same("reference.md, values of options", &rows, &choices().into_iter().map(row).collect());
}

#[test]
fn the_readme_has_all_formats() {
    let mut gaps = Gaps::default();
    let readme = read("README.md");
    for Choice { command, option, values } in choices() {
        let begin = format!("| `escalade {}", command.trim_matches('`'));
        let Some(row) = readme.lines().find(|line| line.starts_with(&begin)) else { continue };
        let listed = row.split(&format!("`--{option} ")).nth(1);
        if option == "format" || listed.is_some() {
            let listed = listed.unwrap_or_default().split('`').next().unwrap().split("\\|");
            let place = format!("README.md, {command} --{option}");
            gaps.same(&place, &listed.map(str::to_owned).collect(), &values.into_iter().collect());
        }
    }
}

#[test]
fn every_command_is_in_the_readme() {
    let variants = part("src/cli/mod.rs", "enum Command {\n", "\n}");
    let variants = variants.lines().map(str::trim).filter(|line| !line.starts_with("///"));
    let readme = read("README.md");
    for name in variants.map(|variant| variant.split('(').next().unwrap().to_lowercase()) {
        assert!(readme.contains(&format!("`escalade {name}")), "README.md: `{name}` is missing");
    }
}

/// What is written as JSON has a schema, and `escalade schema` knows each.
#[test]
fn every_form_has_a_schema() {
    let mut gaps = Gaps::default();
    let (mut names, mut written) = (Set::new(), Set::new());
    for (_, text) in files("src", "rs") {
        let text = text.replace("'static", "");
        for form in text.split("pub const ").skip(1).filter(|form| form.contains(": Form =")) {
            names.insert(form.split(':').next().unwrap().to_owned());
            written.extend(strings(form.split(");").next().unwrap()));
        }
    }
    let known = part("src/cli/commands/schema.rs", "= [\n", "];");
    let known = known.lines().map(|line| line.trim().trim_end_matches(','));
    let known: Set = known.map(|form| form.rsplit("::").next().unwrap().to_owned()).collect();
    gaps.same("schema.rs, FORMS", &known, &names);
    let json = choices().into_iter().filter(|choice| choice.values.contains(&"json".to_owned()));
    let json = json.map(|choice| choice.command.trim_matches('`').to_owned()).collect();
    gaps.has("schemas", &written, &json);
    gaps.has("schemas", &written, &set(&["sweep"]));
}
