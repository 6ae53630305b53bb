//! Commands, and what they print.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Stands for lines that are left out.
const LEFT_OUT: &str = "[…]";

/// What is printed, shortened where what is shown is.
pub fn printed(command: &str, shown: &[&str], folder: &Path) -> Result<String, String> {
    let Some(printed) = run(command, folder)? else {
        return Ok(shown.iter().map(|line| format!("{line}\n")).collect());
    };
    let lines: Vec<&str> = printed.lines().collect();
    let parts: Vec<&[&str]> = shown.split(|line| *line == LEFT_OUT).collect();
    let (mut found, mut at) = (Vec::new(), 0);
    for (number, part) in parts.iter().enumerate() {
        let last = number + 1 == parts.len();
        if number > 0 {
            found.push(LEFT_OUT);
            if last && part.is_empty() {
                break;
            }
            let begins = part.first().ok_or("nothing stands between two `[…]`")?;
            let further = lines[at..].iter().position(|line| line == begins);
            at += further.ok_or_else(|| format!("`{command}` does not print `{begins}`"))?;
        }
        let end = if last { lines.len() } else { lines.len().min(at + part.len()) };
        found.extend(&lines[at..end]);
        at = end;
    }
    Ok(found.iter().map(|line| format!("{line}\n")).collect())
}

/// What a command prints, the results first; nothing where a program that it is piped into is missing.
fn run(line: &str, folder: &Path) -> Result<Option<String>, String> {
    let line = line.strip_prefix("$ ").ok_or("a command begins with `$ `")?;
    if let Some(name) = line.strip_prefix("cat ") {
        let text =
            fs::read_to_string(folder.join(name)).map_err(|error| format!("{name}: {error}"));
        return Ok(Some(text?));
    }
    let output = if line.contains(" | ") {
        if !line.contains(" | jq ") {
            return Err("only `jq` is piped into".to_owned());
        }
        if Command::new("jq").arg("--version").output().is_err() {
            return Ok(None);
        }
        piped(line, folder)
    } else {
        let arguments = line.strip_prefix("escalade ").ok_or("a command of escalade is needed")?;
        let (arguments, input) = match arguments.split_once(" < ") {
            Some((arguments, file)) => {
                let file = fs::File::open(folder.join(file));
                (arguments, file.map_err(|error| error.to_string())?.into())
            }
            None => (arguments, Stdio::null()),
        };
        // Text between quotation marks is one argument.
        let arguments = arguments.split('"').enumerate().flat_map(|(at, part)| match at % 2 {
            0 => part.split_whitespace().collect(),
            _ => vec![part],
        });
        Command::new(env!("CARGO_BIN_EXE_escalade"))
            .args(arguments)
            .current_dir(folder)
            .stdin(input)
            .output()
    };
    let Output { stdout, stderr, .. } = output.map_err(|error| error.to_string())?;
    let text = String::from_utf8([stdout, stderr].concat()).map_err(|error| error.to_string())?;
    Ok(Some(text.lines().map(|line| format!("{}\n", line.trim_end())).collect()))
}

fn piped(line: &str, folder: &Path) -> std::io::Result<Output> {
    let ours = Path::new(env!("CARGO_BIN_EXE_escalade")).parent().unwrap();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path =
        std::env::join_paths(std::iter::once(ours.to_owned()).chain(std::env::split_paths(&path)));
    Command::new("sh").args(["-c", line]).env("PATH", path.unwrap()).current_dir(folder).output()
}
