//! Where results go: standard output, or a file that is written whole or not at all.

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
    /// It is replaced.
    Replace,
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
    let mut out = stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(Stop::because(
            Status::CannotBeDone,
            format!("cannot write to standard output: {error}"),
        )),
    }
}

/// Writes a file, whole or not at all: into a new file in the same folder, which then takes its name.
///
/// # Errors
/// It cannot be written, or is there and to be kept.
pub fn write_file(path: &Path, text: &str, existing: Existing) -> Result<(), Stop> {
    write_bytes(path, text.as_bytes(), existing)
}

/// As [`write_file`], for what is not text.
///
/// # Errors
/// As there.
pub fn write_bytes(path: &Path, bytes: &[u8], existing: Existing) -> Result<(), Stop> {
    let result = match existing {
        Existing::Replace => replace(path, bytes),
        Existing::Keep => create(path, bytes),
    };
    result.map_err(|error| {
        let message = match error.kind() {
            ErrorKind::AlreadyExists => {
                format!("`{}` is already there: it is left as it is", path.display())
            }
            _ => format!("cannot write `{}`: {}", path.display(), unwritable(path, &error)),
        };
        Stop::because(Status::CannotBeDone, message)
    })
}

/// Why a file cannot be written; of the file that is written first, beside it, nobody wants to know.
fn unwritable(path: &Path, error: &io::Error) -> String {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    match error.kind() {
        ErrorKind::IsADirectory => "it is a folder".to_owned(),
        ErrorKind::NotFound => {
            let folder = folder.unwrap_or(Path::new("."));
            format!("there is no folder `{}`", folder.display())
        }
        _ if path.is_dir() => "it is a folder".to_owned(),
        ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    match fs::metadata(path) {
        // Devices and pipes take no other file in their place.
        Ok(metadata) if !metadata.is_file() => fs::write(path, bytes),
        Ok(metadata) => {
            // Behind a link it is the file that is replaced, not the link.
            let path = fs::canonicalize(path)?;
            let mut file = beside(&path)?;
            file.write_all(bytes)?;
            file.as_file().set_permissions(metadata.permissions())?;
            file.persist(&path).map_err(|error| error.error)?;
            Ok(())
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let mut file = beside(path)?;
            file.write_all(bytes)?;
            file.persist(path).map_err(|error| error.error)?;
            Ok(())
        }
        Err(error) => Err(error),
    }
}

fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if fs::symlink_metadata(path).is_ok() {
        return Err(ErrorKind::AlreadyExists.into());
    }
    let mut file = beside(path)?;
    file.write_all(bytes)?;
    file.persist_noclobber(path).map_err(|error| error.error)?;
    Ok(())
}

/// A new file without a lasting name in the folder of `path`.
fn beside(path: &Path) -> io::Result<tempfile::NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut builder = tempfile::Builder::new();
    builder.prefix(".escalade-");
    #[cfg(unix)]
    {
        // As any other new file has them: the mask of the process is taken off.
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder.unwrap_or(Path::new(".")))
}
