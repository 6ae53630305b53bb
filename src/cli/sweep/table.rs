//! The table that a sweep writes, row by row.
//!
//! Into a file, rows go to `FILE.part` first; it takes the file's name when it is complete. What an
//! interrupted sweep has left there, `--resume` goes on from.

use super::Format;
use crate::cli::output::{Output, write_standard};
use crate::cli::status::{Status, Stop};
use crate::model::Cell;
use std::fs::{self, File, OpenOptions};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// What a table is like.
#[derive(Debug)]
pub struct Table {
    /// The names of its columns.
    pub columns: Vec<String>,
    /// What is needed to repeat it, on one line.
    pub provenance: String,
}

/// Writes a table.
pub struct Writer {
    target: Target,
    rows: usize,
}

enum Target {
    Standard(String),
    Part {
        part: PathBuf,
        whole: PathBuf,
        file: BufWriter<File>,
    },
    #[cfg(feature = "parquet")]
    Parquet(super::parquet::Rows),
}

impl Writer {
    /// Begins a table, or goes on with one. Only the first part of a sweep has a head, so that the
    /// parts put together are the whole.
    ///
    /// # Errors
    /// The file cannot be written, or is not the beginning of this table.
    pub fn open(
        format: Format,
        output: &Output,
        table: Table,
        first: bool,
        resume: bool,
    ) -> Result<Self, Stop> {
        let head = if first { head(&table) } else { String::new() };
        match (format, output.path()) {
            #[cfg(feature = "parquet")]
            (Format::Parquet, path) => {
                if resume {
                    let message = "only a CSV table can be resumed: leave out `--resume`";
                    return Err(Stop::because(Status::WrongCommandLine, message));
                }
                let rows = super::parquet::Rows::new(path, table)?;
                Ok(Self { target: Target::Parquet(rows), rows: 0 })
            }
            (Format::Csv, None) => Ok(Self { target: Target::Standard(head), rows: 0 }),
            (Format::Csv, Some(whole)) => {
                let mut part = whole.as_os_str().to_owned();
                part.push(".part");
                Self::into_file(whole.to_owned(), PathBuf::from(part), &head, resume)
            }
        }
    }

    fn into_file(whole: PathBuf, part: PathBuf, head: &str, resume: bool) -> Result<Self, Stop> {
        let (mut kept, mut rows) = (head.len() as u64, 0);
        let known = if resume { fs::read(&part).ok() } else { None };
        if let Some(text) = &known {
            if !text.starts_with(head.as_bytes()) {
                let message = format!(
                    "`{}` was left by another sweep, or by another scenario: remove it, or leave out `--resume`",
                    part.display()
                );
                return Err(Stop::because(Status::CannotBeDone, message));
            }
            // A row that was not written whole is written again.
            let end = text.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
            let end = end.max(head.len());
            rows = text[head.len()..end].iter().filter(|byte| **byte == b'\n').count();
            kept = end as u64;
        }
        let open = || {
            let fresh = known.is_none();
            let file = OpenOptions::new().create(true).write(true).truncate(fresh).open(&part)?;
            file.set_len(if fresh { 0 } else { kept })?;
            let mut file = BufWriter::new(file);
            std::io::Seek::seek(&mut file, std::io::SeekFrom::End(0))?;
            if fresh {
                file.write_all(head.as_bytes())?;
            }
            Ok(file)
        };
        let file = open().map_err(|error| unwritable(&part, &error))?;
        Ok(Self { target: Target::Part { part, whole, file }, rows })
    }

    /// How many rows are there already.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Adds a row.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn add(&mut self, row: Vec<Option<Cell>>) -> Result<(), Stop> {
        match &mut self.target {
            Target::Standard(text) => {
                text.push_str(&line(&row));
                // What comes first can be read while the rest is worked on.
                write_standard(&std::mem::take(text))
            }
            Target::Part { part, file, .. } => {
                let written = file.write_all(line(&row).as_bytes()).and_then(|()| file.flush());
                written.map_err(|error| unwritable(part, &error))
            }
            #[cfg(feature = "parquet")]
            Target::Parquet(rows) => {
                rows.add(row);
                Ok(())
            }
        }
    }

    /// Ends the table.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn finish(self) -> Result<(), Stop> {
        match self.target {
            Target::Standard(text) => write_standard(&text),
            Target::Part { part, whole, file } => {
                drop(file);
                fs::rename(&part, &whole).map_err(|error| unwritable(&whole, &error))
            }
            #[cfg(feature = "parquet")]
            Target::Parquet(rows) => rows.finish(),
        }
    }
}

fn head(table: &Table) -> String {
    let names: Vec<String> = table.columns.iter().map(|name| quoted(name)).collect();
    format!("# {}\n{}\n", table.provenance, names.join(","))
}

fn line(row: &[Option<Cell>]) -> String {
    let cell = |cell: &Option<Cell>| match cell {
        Some(Cell::Number(number)) => number.to_string(),
        Some(Cell::Word(word)) => quoted(word),
        None => String::new(),
    };
    row.iter().map(cell).collect::<Vec<_>>().join(",") + "\n"
}

/// A field as in RFC 4180.
fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r', '#']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

fn unwritable(path: &Path, error: &std::io::Error) -> Stop {
    Stop::because(Status::CannotBeDone, format!("cannot write `{}`: {error}", path.display()))
}
