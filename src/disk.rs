//! Files on the disk as scenarios may name them: plain files, and no others.

use std::fs::{self, File};
use std::io::{self, Read};

/// Larger files are not read at all; what the language allows is less.
const LARGEST_FILE: u64 = 64 * 1024 * 1024;

/// Folders of the system's own: what looks like a file there is none, but a device, or tells of processes.
const SYSTEM: [&str; 3] = ["/dev", "/proc", "/sys"];
/// Where plain files may lie in them.
const MEMORY: &str = "/dev/shm";

/// The bytes of a plain file, which a scenario, a report or a list of files names. What a user names
/// on the command line may be anything that can be read: [`read_any`].
///
/// # Errors
/// It cannot be read, or is no plain file: a pipe or a device might never end, or never begin, and what
/// the system tells of itself and of processes belongs into no scenario.
pub fn read(path: &str) -> io::Result<Vec<u8>> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is not a file"));
    }
    if is_of_system(path) || is_of_system(&real(path)) {
        return Err(io::Error::other("it is not a file, but something of the system's own"));
    }
    read_any(path)
}

/// The bytes of whatever has this path.
///
/// # Errors
/// It cannot be read, or is too large.
pub fn read_any(path: &str) -> io::Result<Vec<u8>> {
    read_some(File::open(path)?)
}

/// All that can be read.
///
/// # Errors
/// It cannot be read, or is too large.
pub fn read_some(from: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(LARGEST_FILE + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST_FILE {
        let largest = LARGEST_FILE / 1024 / 1024;
        return Err(io::Error::other(format!("it is larger than {largest} MiB")));
    }
    Ok(bytes)
}

/// The path of a file from the root, all links followed, with `/` between its parts; of what is not
/// there, that of its folder with its name.
#[must_use]
pub fn real(path: &str) -> String {
    let whole = fs::canonicalize(path).or_else(|error| {
        let (folder, name) = path.rsplit_once('/').unwrap_or((".", path));
        let folder = if folder.is_empty() { "/" } else { folder };
        fs::canonicalize(folder).map(|folder| folder.join(name)).map_err(|_| error)
    });
    let whole = whole.ok().and_then(|whole| whole.into_os_string().into_string().ok());
    whole.map_or_else(|| path.to_owned(), |whole| whole.replace(std::path::MAIN_SEPARATOR, "/"))
}

fn is_of_system(path: &str) -> bool {
    let below = |folder: &str| {
        let rest = path.strip_prefix(folder);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    SYSTEM.into_iter().any(below) && !below(MEMORY)
}

#[cfg(test)]
mod tests {
    use super::{is_of_system, read};

    #[test]
    fn only_plain_files_are_read() {
        for path in ["/dev/null", "/dev/stdin", "/dev/fd/0", "/proc/self/environ", "/proc", "/sys"]
        {
            assert!(is_of_system(path) && read(path).is_err(), "{path}");
        }
        for path in ["/dev/shm/a.esc", "/devices/a.esc", "/process", "dev/a.esc", "/home/proc/a"] {
            assert!(!is_of_system(path), "{path}");
        }
        assert!(read(env!("CARGO_MANIFEST_DIR")).is_err());
        assert!(read(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")).is_ok());
    }
}
