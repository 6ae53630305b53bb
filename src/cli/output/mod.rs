//! Where results go. All output of all commands goes this one way: onto standard output, into a stream
//! ([`place`]), or into a file that is written whole or not at all ([`fresh`]), and never over
//! anything that was read ([`spared`]).

mod fresh;
mod place;
pub mod spared;

pub use fresh::Fresh;
pub use place::{Place, Stream};

use super::status::{Status, Stop};
use clap::{Args, ValueEnum};
use std::fs;
use std::io::{self, ErrorKind, Write, stdout};
use std::path::{Path, PathBuf};

/// How the pages of an analysis are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PageFormat {
    /// For a terminal
    Text,
    /// For pages and review comments
    Markdown,
    /// For machines
    Json,
}

/// Where results go.
#[derive(Clone, Debug, Args)]
pub struct Output {
    /// Write to this file instead of standard output
    #[arg(short = 'o', long = "output", value_name = "FILE")]
    path: Option<PathBuf>,
}

impl Output {
    /// Whether results go to a file.
    #[must_use]
    pub fn is_file(&self) -> bool {
        self.path().is_some()
    }

    /// What the command promises to write: the option, and the path; `-` for standard output.
    #[must_use]
    pub fn promised(&self) -> (&'static str, PathBuf) {
        ("-o", self.path.clone().unwrap_or_else(|| PathBuf::from("-")))
    }

    /// Whether standard output is asked for by name.
    #[must_use]
    pub fn is_standard(&self) -> bool {
        self.path.as_deref() == Some(Path::new("-"))
    }

    /// The file; none for standard output.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref().filter(|path| *path != Path::new("-"))
    }

    /// Writes a result.
    ///
    /// # Errors
    /// The file, or standard output, cannot be written.
    pub fn write(&self, text: &str) -> Result<(), Stop> {
        self.write_bytes(text.as_bytes())
    }

    /// As [`Self::write`], for what is not text.
    ///
    /// # Errors
    /// As there.
    pub fn write_bytes(&self, bytes: &[u8]) -> Result<(), Stop> {
        match self.path() {
            Some(path) => write_bytes(path, bytes, Existing::Replace),
            None => write_standard_bytes(bytes),
        }
    }
}

/// What becomes of a file that is already there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// It is replaced, unless anything was read from it.
    Replace,
    /// It is replaced by what was made of it.
    Renew,
    /// It stays, and that is an error.
    Keep,
}

/// Writes to standard output. A reader that has seen enough (`| head`) is no error.
///
/// # Errors
/// Standard output cannot be written.
pub fn write_standard(text: &str) -> Result<(), Stop> {
    write_standard_bytes(text.as_bytes())
}

/// As [`write_standard`], for what is not text.
///
/// # Errors
/// As there.
pub fn write_standard_bytes(bytes: &[u8]) -> Result<(), Stop> {
    write_to_reader(bytes).map(drop)
}

/// As [`write_standard`]; `false` where the reader has seen enough, and nothing more need be written.
///
/// # Errors
/// As there.
pub fn write_while_read(text: &str) -> Result<bool, Stop> {
    write_to_reader(text.as_bytes())
}

fn write_to_reader(bytes: &[u8]) -> Result<bool, Stop> {
    while_read(&mut stdout().lock(), bytes).map_err(|error| {
        Stop::because(Status::CannotBeDone, format!("cannot write to standard output: {error}"))
    })
}

/// Writes to a stream; `false` where its reader has seen enough.
fn while_read(stream: &mut impl Write, bytes: &[u8]) -> io::Result<bool> {
    match stream.write_all(bytes).and_then(|()| stream.flush()) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(error),
    }
}

/// Writes a file, whole or not at all.
///
/// # Errors
/// It cannot be written, something was read from it, or it is there and to be kept.
pub fn write_file(path: &Path, text: &str, existing: Existing) -> Result<(), Stop> {
    write_bytes(path, text.as_bytes(), existing)
}

/// As [`write_file`], for what is not text.
///
/// # Errors
/// As there.
pub fn write_bytes(path: &Path, bytes: &[u8], existing: Existing) -> Result<(), Stop> {
    if existing == Existing::Replace {
        spared::spare(path)?;
    }
    put(path, bytes, existing).map_err(|error| unwritable(path, &error))
}

fn put(path: &Path, bytes: &[u8], existing: Existing) -> io::Result<()> {
    if existing == Existing::Keep && path.symlink_metadata().is_ok() {
        return Err(ErrorKind::AlreadyExists.into());
    }
    match Place::of(path)? {
        Place::Stream(mut stream) => stream.write(bytes).map(drop),
        Place::File { path, old } => {
            let mut fresh = Fresh::beside(&path, old.as_ref())?;
            fresh.write_all(bytes)?;
            match existing {
                Existing::Replace | Existing::Renew => fresh.replace(&path),
                Existing::Keep => fresh.keep(&path),
            }
        }
    }
}

/// What is said of a path that cannot be written; of the file that is written first, beside it, nobody
/// wants to know.
#[must_use]
pub fn unwritable(path: &Path, error: &io::Error) -> Stop {
    let shown = path.display();
    let why = match error.kind() {
        ErrorKind::AlreadyExists => {
            let message = format!("`{shown}` is already there: it is left as it is");
            return Stop::because(Status::CannotBeDone, message);
        }
        ErrorKind::IsADirectory => "it is a folder".to_owned(),
        ErrorKind::NotFound => format!("there is no folder `{}`", folder(path).display()),
        ErrorKind::NotADirectory if ends_in_slash(path) => {
            format!("`{}` is no folder", path.components().as_path().display())
        }
        ErrorKind::NotADirectory => format!("`{}` is no folder", folder(path).display()),
        // A file that may be written lies in a folder that takes no new one in its place.
        ErrorKind::PermissionDenied if fs::OpenOptions::new().write(true).open(path).is_ok() => {
            format!("permission denied in its folder `{}`", folder(path).display())
        }
        ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    };
    Stop::because(Status::CannotBeDone, format!("cannot write `{shown}`: {why}"))
}

/// Whether a path names a folder, be it there or not.
fn ends_in_slash(path: &Path) -> bool {
    path.as_os_str().to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR])
}

/// The folder that a path lies in.
#[must_use]
pub fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
