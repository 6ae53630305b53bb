//! Scenario files under paths of the command line.

use super::load::Disk;
use super::status::{Status, Stop};
use crate::diagnostic::Diagnostics;
use crate::source::FileId;
use crate::syntax::{self, tree::ItemKind};
use std::fs;
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

/// What is said of a path that cannot be read.
#[must_use]
pub fn unreadable(path: &Path, error: &std::io::Error) -> Stop {
    Stop::because(Status::CannotBeDone, format!("cannot read `{}`: {error}", path.display()))
}
