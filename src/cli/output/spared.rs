//! What this process reads is never written over, and no two of its outputs go into one file: one check
//! for all commands.
//!
//! Outputs are promised before anything is done. The check is made whenever a scenario has been read
//! with all that it rests on, and once more when a file is written.

use super::{Fresh, Place, folder, unwritable};
use crate::cli::identity::Identity;
use crate::cli::status::{Status, Stop};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The files of this process.
static FILES: Mutex<Files> = Mutex::new(Files { read: Vec::new(), outputs: Vec::new() });

struct Files {
    /// What was read, and how it was called.
    read: Vec<(Identity, String)>,
    /// Where the command will write, and the options that say so.
    outputs: Vec<(&'static str, PathBuf)>,
}

fn files() -> MutexGuard<'static, Files> {
    FILES.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A file has been read that is called this.
pub fn reads(path: &str, identity: Option<Identity>) {
    let Some(identity) = identity else { return };
    let mut files = files();
    if !files.read.iter().any(|(known, _)| *known == identity) {
        files.read.push((identity, path.to_owned()));
    }
}

/// The command will write these, each with the option that names it; `-` is standard output.
///
/// # Errors
/// Two are the same, or one cannot be written.
pub fn promise(outputs: Vec<(&'static str, PathBuf)>) -> Result<(), Stop> {
    let mut taken: Vec<(&str, Target)> = Vec::new();
    for (option, path) in &outputs {
        let target = Target::of(path)?;
        if let Some((other, _)) = taken.iter().find(|(_, other)| *other == target) {
            let message = match target {
                Target::Standard => {
                    format!("`{other}` and `{option}` both go to standard output: name a file")
                }
                Target::Stream | Target::File(..) => {
                    format!("`{other}` and `{option}` both name `{}`", path.display())
                }
            };
            return Err(Stop::because(Status::WrongCommandLine, message));
        }
        if target != Target::Stream {
            taken.push((option, target));
        }
    }
    files().outputs = outputs;
    Ok(())
}

/// Whether what the command will write would take the place of something that has been read.
///
/// # Errors
/// It would.
pub fn check() -> Result<(), Stop> {
    let outputs = files().outputs.clone();
    outputs.iter().try_for_each(|(option, path)| refuse(&format!("{option} "), path))
}

/// As [`check`], of a path that is written now.
///
/// # Errors
/// As there.
pub fn spare(path: &Path) -> Result<(), Stop> {
    refuse("", path)
}

fn refuse(option: &str, path: &Path) -> Result<(), Stop> {
    let known = Identity::of(path);
    let files = files();
    let read = files.read.iter().find(|(read, _)| known.as_ref() == Some(read));
    let Some((_, read)) = read else { return Ok(()) };
    let shown = path.display();
    let message = format!(
        "`{option}{shown}` would take the place of `{read}`, which is read here: name another file"
    );
    Err(Stop::because(Status::WrongCommandLine, message))
}

/// What an output comes to.
#[derive(PartialEq)]
enum Target {
    Standard,
    /// Takes as much as comes.
    Stream,
    /// A file: its folder, and its name there.
    File(PathBuf, PathBuf),
}

impl Target {
    fn of(path: &Path) -> Result<Self, Stop> {
        if path == Path::new("-") {
            return Ok(Self::Standard);
        }
        if fs::metadata(path).is_ok_and(|it| !it.is_file() && !it.is_dir()) {
            // A pipe is opened when there is something to write.
            return Ok(Self::Stream);
        }
        match Place::of(path).map_err(|error| unwritable(path, &error))? {
            Place::Stream(_) => Ok(Self::Stream),
            Place::File { path: file, old } => {
                // Whether its folder takes a file shows when one is begun.
                Fresh::beside(&file, old.as_ref()).map_err(|error| unwritable(path, &error))?;
                let path = file;
                let parent = folder(&path);
                let parent = parent.canonicalize().unwrap_or_else(|_| parent.to_owned());
                Ok(Self::File(parent, path.file_name().map(PathBuf::from).unwrap_or_default()))
            }
        }
    }
}
