//! What a path names that is written to: a file, or a stream that takes no other file in its place.

use super::{ends_in_slash, folder, while_read};
use std::ffi::OsStr;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, stderr, stdout};
use std::path::{Path, PathBuf};

/// How many links are followed, one behind another.
const MOST_LINKS: usize = 40;

/// What a path names.
pub enum Place {
    /// A device, a pipe, or something that is open already (`/dev/stdout`, `/dev/fd/3`).
    Stream(Stream),
    /// A file.
    File {
        /// Its path, behind all links: it is the file that is replaced, not the link.
        path: PathBuf,
        /// What it is now; none where it is not there yet.
        old: Option<Metadata>,
    },
}

/// What is written as it comes.
pub enum Stream {
    /// Standard output.
    Standard,
    /// Standard error.
    Error,
    /// Something else.
    Open(File),
}

impl Stream {
    /// Writes; `false` where the reader has seen enough, and nothing more need be written.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<bool> {
        match self {
            Self::Standard => while_read(&mut stdout().lock(), bytes),
            Self::Error => while_read(&mut stderr().lock(), bytes),
            Self::Open(file) => while_read(file, bytes),
        }
    }
}

impl Place {
    /// What a path names. Streams are opened.
    ///
    /// # Errors
    /// It is a folder, its links go in a circle, or it may not be written.
    pub fn of(path: &Path) -> io::Result<Self> {
        let mut path = path.to_owned();
        for _ in 0..MOST_LINKS {
            if let Some(stream) = open_already(&path) {
                return stream.map(Self::Stream);
            }
            let metadata = match fs::symlink_metadata(&path) {
                Err(error) if error.kind() == ErrorKind::NotFound => return not_there(path),
                found => found?,
            };
            if metadata.is_symlink() {
                path = folder(&path).join(fs::read_link(&path)?);
            } else if metadata.is_dir() {
                return Err(ErrorKind::IsADirectory.into());
            } else {
                // Who may not write it may not replace it either.
                let open = OpenOptions::new().write(true).open(&path)?;
                return Ok(match metadata.is_file() {
                    true => Self::File { path, old: Some(metadata) },
                    false => Self::Stream(Stream::Open(open)),
                });
            }
        }
        Err(io::Error::other("its links go in a circle"))
    }
}

fn not_there(path: PathBuf) -> io::Result<Place> {
    // `new/` is a folder that is not there.
    if ends_in_slash(&path) {
        return Err(io::Error::other("there is no such folder"));
    }
    // Without its folder it is told now, not when everything has been worked out.
    fs::metadata(folder(&path))?;
    Ok(Place::File { path, old: None })
}

/// What a path names that stands for something open: a file behind it, if there is one, has been opened
/// by somebody who goes on writing to it, so that no other may take its place.
fn open_already(path: &Path) -> Option<io::Result<Stream>> {
    let number: u32 = path.file_name().and_then(OsStr::to_str)?.parse().ok()?;
    let listing = fs::canonicalize(folder(path)).ok()?;
    let process = listing.strip_prefix("/proc").ok().filter(|_| listing.ends_with("fd"));
    if process.is_none() && listing != Path::new("/dev/fd") {
        return None;
    }
    let own = Path::new(&std::process::id().to_string()).join("fd");
    if process.is_none_or(|process| process == own) {
        match number {
            1 => return Some(Ok(Stream::Standard)),
            2 => return Some(Ok(Stream::Error)),
            _ => {}
        }
        if let Some(file) = duplicate(number) {
            return Some(Ok(Stream::Open(file)));
        }
    }
    Some(match OpenOptions::new().append(true).open(path) {
        Ok(file) => Ok(Stream::Open(file)),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            Err(io::Error::other("nothing is open under this number"))
        }
        Err(error) => Err(error),
    })
}

/// What this process has open under a number, so that it goes on where others have stopped, and they
/// where it stops.
#[cfg(target_os = "linux")]
fn duplicate(number: u32) -> Option<File> {
    use rustix::process::{PidfdFlags, PidfdGetfdFlags, getpid, pidfd_getfd, pidfd_open};
    let process = pidfd_open(getpid(), PidfdFlags::empty()).ok()?;
    let number = i32::try_from(number).ok()?;
    pidfd_getfd(process, number, PidfdGetfdFlags::empty()).ok().map(File::from)
}

#[cfg(not(target_os = "linux"))]
fn duplicate(_: u32) -> Option<File> {
    None
}
