//! Scenario files under paths of the command line.

use super::load::Disk;
use super::status::{Status, Stop};
use crate::diagnostic::{Diagnostics, suggest};
use crate::source::{FileId, unreadable_because};
use crate::syntax::{self, tree::ItemKind};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// The scenarios under the paths: of folders the files with a `scenario` in them, sorted by name; each
/// once.
///
/// # Errors
/// A path or what lies in a folder cannot be read.
pub fn scenarios(paths: &[String]) -> Result<Vec<String>, Stop> {
    files(paths, has_scenario)
}

/// As [`scenarios`], with libraries; `-` is standard input.
///
/// # Errors
/// As there.
pub fn scenario_files(paths: &[String]) -> Result<Vec<String>, Stop> {
    files(paths, |_| Ok(true))
}

fn files(
    paths: &[String],
    wanted: impl Fn(&str) -> Result<bool, Stop>,
) -> Result<Vec<String>, Stop> {
    let mut files: Vec<String> = Vec::new();
    for path in paths {
        if path == "-" {
            files.push(path.clone());
            continue;
        }
        let metadata = fs::metadata(path).map_err(|error| unreadable(Path::new(path), &error))?;
        if metadata.is_dir() {
            let mut found = Vec::new();
            search(Path::new(path), &mut found)?;
            for file in found {
                if wanted(&file)? {
                    files.push(file);
                }
            }
        } else {
            files.push(path.clone());
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    files.retain(|file| seen.insert(file.clone()));
    Ok(files)
}

/// Finds the `.esc` files in a folder and all folders in it, but hidden ones and links to folders.
fn search(folder: &Path, found: &mut Vec<String>) -> Result<(), Stop> {
    let wrong = |error| unreadable(folder, &error);
    let mut waiting = vec![folder.to_path_buf()];
    let mut paths = Vec::new();
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(&folder).map_err(wrong)? {
            let entry = entry.map_err(wrong)?;
            let kind = entry.file_type().map_err(wrong)?;
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            if kind.is_dir() && !hidden {
                waiting.push(entry.path());
            } else if entry.path().extension().is_some_and(|extension| extension == "esc") {
                paths.push(entry.path());
            }
        }
    }
    paths.sort();
    for path in paths {
        let path = path.strip_prefix("./").unwrap_or(&path);
        match path.to_str() {
            Some(path) => found.push(path.to_owned()),
            None => {
                let message = format!("the name of `{}` is not Unicode", path.display());
                return Err(Stop::because(Status::CannotBeDone, message));
            }
        }
    }
    Ok(())
}

/// Whether a file has a `scenario`: one without is a library, and tested by what imports it.
fn has_scenario(path: &str) -> Result<bool, Stop> {
    let disk = Disk::open(path)?;
    let text = String::from_utf8_lossy(&disk.bytes);
    let file = syntax::parse(FileId(0), &text, &mut Diagnostics::default());
    Ok(file.items.iter().any(|item| match &item.kind {
        ItemKind::Scenario(_) => true,
        ItemKind::Broken(broken) => broken.keyword == "scenario",
        _ => false,
    }))
}

/// What is said of a path that cannot be read, with the path that was probably meant.
#[must_use]
pub fn unreadable(path: &Path, error: &std::io::Error) -> Stop {
    let (why, hint) = match error.kind() {
        ErrorKind::NotFound => (unreadable_because(error), meant(path)),
        _ if path.is_dir() => ("it is a folder".to_owned(), inside(path)),
        _ => (unreadable_because(error), None),
    };
    let hint = hint.map(|hint| format!("; {hint}")).unwrap_or_default();
    let message = format!("cannot read `{}`: {why}{hint}", path.display());
    Stop::because(Status::CannotBeDone, message)
}

/// The scenario beside a path that is not there whose name is the same, or nearly so.
fn meant(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    let stem = |name: &str| name.strip_suffix(".esc").unwrap_or(name).to_owned();
    let folder = path.parent()?;
    let names: Vec<String> = names(folder).iter().map(|name| stem(name)).collect();
    let closest = suggest::closest(&stem(name), names.iter().map(String::as_str))?;
    Some(format!("did you mean `{}`?", folder.join(format!("{closest}.esc")).display()))
}

/// That a folder is not what is asked for, with a scenario in it.
fn inside(folder: &Path) -> Option<String> {
    let first = names(folder).into_iter().next()?;
    Some(format!("name a file in it, such as `{}`", folder.join(first).display()))
}

/// The names of the `.esc` files in a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| Path::new(name).extension().is_some_and(|it| it == "esc"))
        .collect();
    names.sort();
    names
}
