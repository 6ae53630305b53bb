//! Scenario files under paths of the command line.

use super::load::Disk;
use super::status::{Status, Stop};
use crate::diagnostic::{Diagnostics, suggest};
use crate::source::{FileId, unreadable_because};
use crate::syntax::{self, tree::ItemKind};
use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The scenarios under the paths: of folders the files with a `scenario` in them, sorted by name; each
/// once, by whatever paths. What cannot be read is handed to `failed`, and hides nothing else.
pub fn scenarios(paths: &[String], failed: &mut dyn FnMut(Stop)) -> Vec<String> {
    let mut all = Vec::new();
    for path in paths {
        let (found, mut wrong) = (files(path, failed), false);
        let mut noted = |stop| {
            wrong = true;
            failed(stop);
        };
        match found {
            Found::Named => all.push(path.clone()),
            Found::In(found) => {
                let count = all.len();
                all.extend(found.into_iter().filter(|file| match has_scenario(file) {
                    Ok(has) => has,
                    Err(stop) => {
                        noted(stop);
                        false
                    }
                }));
                if all.len() == count && !wrong {
                    let message = format!("there is no scenario under `{path}`");
                    failed(Stop::because(Status::CannotBeDone, message));
                }
            }
        }
    }
    each_once(all)
}

/// As [`scenarios`], with libraries; `-` is standard input.
pub fn scenario_files(paths: &[String], failed: &mut dyn FnMut(Stop)) -> Vec<String> {
    let found = |path: &String| match files(path, failed) {
        Found::Named => vec![path.clone()],
        Found::In(found) => found,
    };
    each_once(paths.iter().flat_map(found).collect())
}

/// What a path of the command line stands for.
enum Found {
    /// Itself; it is looked at when it is its turn.
    Named,
    /// The files in it.
    In(Vec<String>),
}

fn files(path: &str, failed: &mut dyn FnMut(Stop)) -> Found {
    if path == "-" || !Path::new(path).is_dir() {
        return Found::Named;
    }
    let mut found = Vec::new();
    for file in search(Path::new(path), failed) {
        let file = file.strip_prefix("./").unwrap_or(&file);
        match file.to_str() {
            Some(file) => found.push(file.to_owned()),
            None => {
                let message = format!("the name of `{}` is not Unicode", file.display());
                failed(Stop::because(Status::CannotBeDone, message));
            }
        }
    }
    Found::In(found)
}

/// The first path of each file.
fn each_once(mut files: Vec<String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    files.retain(|file| seen.insert(real(Path::new(file))));
    files
}

/// The path of a file behind all links; what is none stays as it is.
fn real(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// Finds the `.esc` files in a folder and all folders in it, sorted. Passed over are hidden files
/// and folders, which belong to editors and other programs, links to folders, and links to files that
/// are found themselves.
fn search(folder: &Path, failed: &mut dyn FnMut(Stop)) -> Vec<PathBuf> {
    let mut waiting = vec![folder.to_path_buf()];
    let (mut files, mut links) = (BTreeSet::new(), Vec::new());
    while let Some(folder) = waiting.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) => {
                failed(cannot_read(&folder, &unreadable_because(&error)));
                continue;
            }
        };
        for entry in entries {
            let entry = entry.and_then(|entry| Ok((entry.path(), entry.file_type()?)));
            let (path, kind) = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    failed(cannot_read(&folder, &unreadable_because(&error)));
                    continue;
                }
            };
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if name.starts_with('.') {
                continue;
            }
            if kind.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|extension| extension == "esc") {
                match fs::metadata(&path) {
                    Ok(metadata) if metadata.is_dir() => {}
                    Ok(metadata) if !metadata.is_file() => {
                        failed(cannot_read(&path, "it is a pipe or a device"));
                    }
                    Ok(_) if kind.is_symlink() => links.push(path),
                    Ok(_) => _ = files.insert(path),
                    Err(error) => failed(cannot_read(&path, &link_because(&path, &error))),
                }
            }
        }
    }
    let real_files: BTreeSet<PathBuf> = files.iter().map(|path| real(path)).collect();
    files.extend(links.into_iter().filter(|link| !real_files.contains(&real(link))));
    files.into_iter().collect()
}

/// Why a link leads to no file that can be read.
fn link_because(path: &Path, error: &std::io::Error) -> String {
    match (error.kind(), fs::read_link(path)) {
        (ErrorKind::NotFound, Ok(target)) => {
            format!("it is a link to `{}`, which is not there", target.display())
        }
        (kind, Ok(_)) if kind != ErrorKind::PermissionDenied && fs::canonicalize(path).is_err() => {
            "its links go in a circle".to_owned()
        }
        _ => unreadable_because(error),
    }
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
        _ if path.is_symlink() && !path.is_dir() => (link_because(path, error), None),
        ErrorKind::NotFound => (unreadable_because(error), meant(path)),
        _ if path.is_dir() => ("it is a folder".to_owned(), inside(path)),
        _ => (unreadable_because(error), None),
    };
    let hint = hint.map(|hint| format!("; {hint}")).unwrap_or_default();
    cannot_read(path, &format!("{why}{hint}"))
}

fn cannot_read(path: &Path, why: &str) -> Stop {
    let path = path.strip_prefix("./").unwrap_or(path);
    Stop::because(Status::CannotBeDone, format!("cannot read `{}`: {why}", path.display()))
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

/// The names of the `.esc` files in a folder that are not hidden, sorted.
fn names(folder: &Path) -> Vec<String> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| Path::new(name).extension().is_some_and(|it| it == "esc"))
        .filter(|name| !name.starts_with('.'))
        .collect();
    names.sort();
    names
}
