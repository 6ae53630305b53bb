//! A file that is being written and takes its name when it is whole.

use super::folder;
use std::fs::{File, Metadata, Permissions};
use std::io::{self, Write};
use std::path::Path;
use tempfile::NamedTempFile;

/// A new file that nobody sees yet.
#[derive(Debug)]
pub struct Fresh {
    file: Unseen,
    /// Of what it replaces.
    permissions: Option<Permissions>,
}

#[derive(Debug)]
enum Unseen {
    /// Without any name: whatever ends the process, nothing is left of it.
    #[cfg(target_os = "linux")]
    Nameless(File),
    /// Where there is no such thing, with a name of its own.
    Named(NamedTempFile),
}

impl Fresh {
    /// A new file in the folder of `path`, for whom the old one is for.
    ///
    /// # Errors
    /// The folder takes none.
    pub fn beside(path: &Path, old: Option<&Metadata>) -> io::Result<Self> {
        let file = Unseen::in_folder(folder(path), old.is_some())?;
        if let Some(old) = old {
            // Where the owner may not be given, the file stays with who has written it.
            let _ = own_as(file.as_file(), old);
        }
        Ok(Self { file, permissions: old.map(Metadata::permissions) })
    }

    /// Takes the name, also from the file that has it.
    ///
    /// # Errors
    /// It cannot have it.
    pub fn replace(self, path: &Path) -> io::Result<()> {
        self.named(path, true)
    }

    /// Takes the name if nothing has it.
    ///
    /// # Errors
    /// It cannot have it; something has it.
    pub fn keep(self, path: &Path) -> io::Result<()> {
        self.named(path, false)
    }

    fn named(self, path: &Path, replaces: bool) -> io::Result<()> {
        if let Some(permissions) = self.permissions {
            self.file.as_file().set_permissions(permissions)?;
        }
        match self.file {
            Unseen::Named(file) if replaces => file.persist(path).map(drop)?,
            Unseen::Named(file) => file.persist_noclobber(path).map(drop)?,
            #[cfg(target_os = "linux")]
            Unseen::Nameless(file) => match linux::link(&file, path) {
                // Only a file with a name can take that of another.
                Err(error) if replaces && error.kind() == io::ErrorKind::AlreadyExists => {
                    let named = prefixed();
                    let named =
                        named.make_in(folder(path), |passing| linux::link(&file, passing))?;
                    named.persist(path).map(drop)?;
                }
                linked => linked?,
            },
        }
        Ok(())
    }
}

impl Write for Fresh {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.as_file().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_file().flush()
    }
}

impl Unseen {
    /// One in this folder; for its owner alone where it is to be given to others as an old one was.
    fn in_folder(folder: &Path, closed: bool) -> io::Result<Self> {
        #[cfg(target_os = "linux")]
        if let Ok(file) = linux::nameless(folder, closed) {
            return Ok(Self::Nameless(file));
        }
        let mut named = prefixed();
        #[cfg(unix)]
        if !closed {
            // As any other new file has them: the mask of the process is taken off.
            use std::os::unix::fs::PermissionsExt;
            named.permissions(Permissions::from_mode(0o666));
        }
        named.tempfile_in(folder).map(Self::Named)
    }

    fn as_file(&self) -> &File {
        match self {
            #[cfg(target_os = "linux")]
            Self::Nameless(file) => file,
            Self::Named(file) => file.as_file(),
        }
    }
}

fn prefixed() -> tempfile::Builder<'static, 'static> {
    let mut named = tempfile::Builder::new();
    named.prefix(".escalade-");
    named
}

/// Gives a file the owner and the group of another.
#[cfg(unix)]
fn own_as(file: &File, old: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let new = file.metadata()?;
    let owner = (new.uid() != old.uid()).then(|| old.uid());
    let group = (new.gid() != old.gid()).then(|| old.gid());
    if owner.is_none() && group.is_none() {
        return Ok(());
    }
    // The group may be given by more than the owner.
    fchown(file, owner, group).or_else(|_| fchown(file, None, group))
}

#[cfg(not(unix))]
fn own_as(_: &File, _: &Metadata) -> io::Result<()> {
    Ok(())
}

#[cfg(target_os = "linux")]
mod linux {
    use rustix::fs::{AtFlags, CWD, Mode, OFlags, linkat, open};
    use std::fs::File;
    use std::io;
    use std::os::fd::AsRawFd;
    use std::path::Path;

    /// A file that lies in a folder and has no name there.
    pub fn nameless(folder: &Path, closed: bool) -> io::Result<File> {
        let mode = if closed { 0o600 } else { 0o666 };
        let flags = OFlags::TMPFILE | OFlags::RDWR | OFlags::CLOEXEC;
        let file = File::from(open(folder, flags, Mode::from_raw_mode(mode))?);
        // Without what is listed there it can have no name.
        std::fs::metadata(listed(&file)).map(|_| file)
    }

    fn listed(file: &File) -> String {
        format!("/proc/self/fd/{}", file.as_raw_fd())
    }

    /// Gives it one.
    pub fn link(file: &File, path: &Path) -> io::Result<()> {
        Ok(linkat(CWD, listed(file), CWD, path, AtFlags::SYMLINK_FOLLOW)?)
    }
}
