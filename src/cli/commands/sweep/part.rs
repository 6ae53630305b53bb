//! The part of a table that is there while it is worked on.
//!
//! It lies beside the table, as `FILE.part`: the head, then a row a line, each with a mark that is a
//! hash of everything up to there. So what is changed, missing, doubled or in another place shows,
//! and `--resume` goes on behind the last row that is as it was written. When the table is complete it is
//! written without the marks, whole, and the part taken away. Only one process at a time works on one.

use super::table::Table;
use crate::cli::output::{Fresh, folder, unwritable};
use crate::cli::status::{Status, Stop};
use crate::report::counted;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::fs::{self, File, Metadata, OpenOptions, TryLockError};
use std::io::{self, BufRead, BufReader, BufWriter, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// What stands between a row and its mark.
const BEFORE_MARK: &str = "\t#";
/// Of the first line of another part no more than this is read, in bytes.
const LONGEST_HEAD: u64 = 1 << 20;
/// How every part of a table begins.
const BEGINNING: &str = "# {\"format\":\"escalade-sweep/";

/// A part of a table.
pub struct Part {
    path: PathBuf,
    whole: PathBuf,
    old: Option<Metadata>,
    file: BufWriter<File>,
    head: String,
    marks: Sha256,
    /// How many rows are there.
    pub rows: usize,
    /// How many lines were there that are not as they were written.
    dropped: usize,
    /// Whether it is this sweep's own, and not yet complete.
    begun: bool,
}

impl Part {
    /// Begins a part, or goes on with one that is there. `whole` is the table's file, and `old` what is
    /// there now.
    ///
    /// # Errors
    /// It cannot be written, another process is at it, it was not left by a sweep, or, to be resumed, by
    /// another one.
    pub fn open(
        whole: PathBuf,
        old: Option<Metadata>,
        table: &Table,
        resume: bool,
    ) -> Result<Self, Stop> {
        let mut path = whole.clone().into_os_string();
        path.push(".part");
        let path = PathBuf::from(path);
        let file = locked(&path, old.as_ref())?;
        let head = table.head();
        let marks = Sha256::new().chain_update(&head);
        let file = BufWriter::new(file);
        let (rows, dropped, begun) = (0, 0, false);
        let mut part = Self { path, whole, old, file, head, marks, rows, dropped, begun };
        part.begin(table, resume)?;
        part.begun = true;
        Ok(part)
    }

    fn begin(&mut self, table: &Table, resume: bool) -> Result<(), Stop> {
        let mut known = Vec::new();
        let head = self.file.get_ref().take(self.head.len() as u64).read_to_end(&mut known);
        head.map_err(|error| self.failed(&error))?;
        // A sweep may have been ended before it had written its head.
        let unbegun = self.head.as_bytes().starts_with(&known) && known.len() < self.head.len();
        let begins = known.len().min(BEGINNING.len());
        if known[..begins] != BEGINNING.as_bytes()[..begins] {
            let why = if resume {
                "was left by another sweep, or by none"
            } else {
                "was not left by a sweep"
            };
            return Err(foreign(&self.path, why));
        }
        let kept = if resume && !unbegun {
            if known != self.head.as_bytes() {
                let first = self.first_line().map_err(|error| self.failed(&error))?;
                let why = difference(&first, table);
                let path = self.path.display();
                let message = format!(
                    "`{path}` was left by another sweep ({why}): name another file, or leave out `--resume` to begin anew"
                );
                return Err(Stop::because(Status::CannotBeDone, message));
            }
            self.sound_rows()
        } else {
            self.file.get_mut().set_len(0).and_then(|()| {
                self.file.seek(SeekFrom::Start(0))?;
                self.file.write_all(self.head.as_bytes())?;
                self.file.flush()?;
                Ok(self.head.len() as u64)
            })
        };
        kept.and_then(|kept| {
            self.file.get_mut().set_len(kept)?;
            self.file.seek(SeekFrom::Start(kept)).map(drop)
        })
        .map_err(|error| self.failed(&error))
    }

    /// The first line that is there, as far as it is read.
    fn first_line(&mut self) -> io::Result<String> {
        self.file.get_mut().seek(SeekFrom::Start(0))?;
        let mut lines = BufReader::new(self.file.get_mut().take(LONGEST_HEAD));
        let mut line = Vec::new();
        lines.read_until(b'\n', &mut line)?;
        Ok(String::from_utf8_lossy(&line).into_owned())
    }

    /// Counts the rows behind the head that are as they were written; the offset behind the last of them.
    fn sound_rows(&mut self) -> io::Result<u64> {
        let mut end = self.head.len() as u64;
        let mut lines = BufReader::new(self.file.get_mut());
        lines.seek(SeekFrom::Start(end))?;
        let mut line = Vec::new();
        while lines.read_until(b'\n', &mut line)? > 0 {
            let sound = std::str::from_utf8(&line).ok().and_then(|line| {
                let (row, mark) = line.strip_suffix('\n')?.rsplit_once(BEFORE_MARK)?;
                let marks = self.marks.clone().chain_update(row);
                (told(&marks) == mark).then_some(marks)
            });
            match sound {
                Some(marks) if self.dropped == 0 => {
                    self.marks = marks;
                    self.rows += 1;
                    end += line.len() as u64;
                }
                // The last line may be torn.
                _ if line.ends_with(b"\n") => self.dropped += 1,
                _ => {}
            }
            line.clear();
        }
        Ok(end)
    }

    /// What is to be said of rows that are not as they were written.
    #[must_use]
    pub fn damage(&self) -> Option<String> {
        let (path, kept) = (self.path.display(), counted(self.rows, "row"));
        let lines = counted(self.dropped, "line");
        (self.dropped > 0).then(|| {
            format!("`{path}`: {kept} kept; what follows, {lines}, is not as it was written, and is evaluated again")
        })
    }

    /// Adds a row.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn add(&mut self, row: &str) -> Result<(), Stop> {
        self.marks.update(row);
        let line = format!("{row}{BEFORE_MARK}{}\n", told(&self.marks));
        let written = self.file.write_all(line.as_bytes()).and_then(|()| self.file.flush());
        written.map_err(|error| self.failed(&error))?;
        self.rows += 1;
        Ok(())
    }

    /// Writes the table, whole, and takes the part away.
    ///
    /// # Errors
    /// The table cannot be written; the part stays.
    pub fn finish(mut self) -> Result<(), Stop> {
        self.begun = false;
        self.write_whole().map_err(|error| unwritable(&self.whole, &error))?;
        // Where it cannot be taken away, the next sweep into this file does not mind it.
        let _ = fs::remove_file(&self.path);
        Ok(())
    }

    fn write_whole(&mut self) -> io::Result<()> {
        let mut whole = BufWriter::new(Fresh::beside(&self.whole, self.old.as_ref())?);
        let mut lines = BufReader::new(self.file.get_mut());
        lines.seek(SeekFrom::Start(self.head.len() as u64))?;
        whole.write_all(self.head.as_bytes())?;
        for line in lines.lines() {
            let line = line?;
            let row = line.rsplit_once(BEFORE_MARK).map_or(line.as_str(), |(row, _)| row);
            writeln!(whole, "{row}")?;
        }
        whole.into_inner().map_err(io::IntoInnerError::into_error)?.replace(&self.whole)
    }

    fn failed(&self, error: &io::Error) -> Stop {
        unwritable(&self.path, error)
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        // A sweep that fails at its first point leaves nothing to go on from.
        if self.rows == 0 && self.begun {
            let _ = fs::remove_file(&self.path);
        }
    }
}

fn foreign(path: &Path, why: &str) -> Stop {
    let message = format!(
        "`{}` {why}, and is where a sweep into this file keeps its rows until they are complete: move it away, or name another file",
        path.display()
    );
    Stop::because(Status::CannotBeDone, message)
}

/// The file of this path, made where there is none, for this process alone.
fn locked(path: &Path, old: Option<&Metadata>) -> Result<File, Stop> {
    let failed = |error| unwritable(path, &error);
    loop {
        let file = match fs::symlink_metadata(path) {
            Ok(metadata) if metadata.is_symlink() => return Err(foreign(path, "is a link")),
            Ok(metadata) if !metadata.is_file() => return Err(foreign(path, "is no file")),
            Ok(_) => OpenOptions::new().read(true).write(true).open(path),
            Err(_) => Fresh::beside(path, old)
                .and_then(|fresh| fresh.keep(path))
                .and_then(|()| OpenOptions::new().read(true).write(true).open(path)),
        };
        let file = match file {
            // Another sweep was quicker, to begin or to end.
            Err(error)
                if [ErrorKind::AlreadyExists, ErrorKind::NotFound].contains(&error.kind())
                    && folder(path).is_dir() =>
            {
                continue;
            }
            file => file.map_err(failed)?,
        };
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let message = format!(
                    "another sweep is writing `{}`: wait for it, or name another file",
                    path.display()
                );
                return Err(Stop::because(Status::CannotBeDone, message));
            }
            // Where files cannot be locked nobody is kept out.
            Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {}
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        if is_at(&file, path) {
            return Ok(file);
        }
    }
}

/// Whether the file still has this path: who had it before may have completed it.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let (Ok(open), Ok(there)) = (file.metadata(), fs::symlink_metadata(path)) else { return false };
    (open.dev(), open.ino()) == (there.dev(), there.ino())
}

#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    path.is_file()
}

fn told(marks: &Sha256) -> String {
    marks.clone().finalize()[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What tells the first line of a part from that of this table.
fn difference(first: &str, table: &Table) -> String {
    let read = |text: &str| serde_json::from_str::<Map<String, Value>>(text).ok();
    let known = first.strip_prefix("# ").and_then(read);
    let (Some(known), Some(own)) = (known, read(&table.provenance)) else {
        return "its first line is another".to_owned();
    };
    let differs = |key: &&str| known.get(*key) != own.get(*key);
    let keys = own.keys().chain(known.keys()).map(String::as_str);
    let Some(key) = ["text_hash", "version"].into_iter().chain(keys).find(differs) else {
        return "its columns are others".to_owned();
    };
    let value = |map: &Map<String, Value>| match map.get(key) {
        None | Some(Value::Null) => "not given".to_owned(),
        Some(value) => value.to_string(),
    };
    match key {
        "text_hash" | "files" => "the scenario has changed since".to_owned(),
        "options" | "defaults" => "with other options".to_owned(),
        _ => format!("`{key}` was {}, and is {}", value(&known), value(&own)),
    }
}
