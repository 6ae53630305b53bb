//! Which file it is.

use std::fs::{self, Metadata};
use std::path::Path;

/// Which file it is, by whatever path and through whatever links it is named: where files have numbers,
/// those; where not, the path behind all links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity(Known);

#[cfg(unix)]
type Known = (u64, u64);

#[cfg(not(unix))]
type Known = std::path::PathBuf;

impl Identity {
    /// Of the file that a path leads to; none where there is none, or only a pipe or a device.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        let metadata = fs::metadata(path).ok().filter(Metadata::is_file)?;
        known(&metadata, path).map(Self)
    }

    /// Of the file that standard input comes from, if it comes from one.
    #[must_use]
    #[cfg(unix)]
    pub fn of_standard_input() -> Option<Self> {
        use std::os::fd::AsFd;
        let input = std::io::stdin().as_fd().try_clone_to_owned().map(fs::File::from).ok()?;
        let metadata = input.metadata().ok().filter(Metadata::is_file)?;
        known(&metadata, Path::new("")).map(Self)
    }

    /// Where files have no numbers, nobody can tell.
    #[must_use]
    #[cfg(not(unix))]
    pub fn of_standard_input() -> Option<Self> {
        None
    }

    /// As a text that no path is like.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{:?}", self.0)
    }
}

#[cfg(unix)]
fn known(metadata: &Metadata, _: &Path) -> Option<Known> {
    use std::os::unix::fs::MetadataExt;
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn known(_: &Metadata, path: &Path) -> Option<Known> {
    fs::canonicalize(path).ok()
}
