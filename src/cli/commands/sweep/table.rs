//! The table that a sweep writes, row by row: to standard output, into another stream, or into a file,
//! which it takes when it is complete.

use super::Format;
use super::part::Part;
use crate::cli::output::{Output, Place, Stream, unwritable, write_while_read};
use crate::cli::status::{Status, Stop};
use crate::model::Cell;
use std::path::{Path, PathBuf};

/// What a table is like.
#[derive(Debug)]
pub struct Table {
    /// The names of its columns; the last is that of the reasons why rows are empty.
    pub columns: Vec<String>,
    /// Whether the names stand in it: only in the first part of a sweep, so that the parts put together
    /// are the whole.
    pub named: bool,
    /// What is needed to repeat it, on one line.
    pub provenance: String,
}

impl Table {
    /// What stands above the rows.
    #[must_use]
    pub fn head(&self) -> String {
        let mut head = format!("# {}\n", self.provenance);
        if self.named {
            let names: Vec<String> = self.columns.iter().map(|name| quoted(name)).collect();
            head.push_str(&(names.join(",") + "\n"));
        }
        head
    }
}

/// Writes a table.
pub enum Writer {
    /// To standard output.
    Standard,
    /// Into a device or a pipe.
    Stream(PathBuf, Stream),
    /// Into a file.
    Part(Box<Part>),
    /// Into a file of another form.
    #[cfg(feature = "parquet")]
    Parquet(super::parquet::Rows),
}

impl Writer {
    /// Begins a table, or goes on with one.
    ///
    /// # Errors
    /// It cannot be written, or what is there is not the beginning of this table.
    pub fn open(format: Format, output: &Output, table: Table, resume: bool) -> Result<Self, Stop> {
        let wrong = |message: String| Err(Stop::because(Status::WrongCommandLine, message));
        match (format, output.path()) {
            #[cfg(feature = "parquet")]
            (Format::Parquet, path) => {
                if resume {
                    return wrong(
                        "only a CSV table can be resumed: leave out `--resume`".to_owned(),
                    );
                }
                Ok(Self::Parquet(super::parquet::Rows::new(path, table)?))
            }
            (Format::Csv, None) if resume => {
                wrong("`--resume` goes on with a file: name it with `-o`".to_owned())
            }
            (Format::Csv, None) => {
                write_while_read(&table.head())?;
                Ok(Self::Standard)
            }
            (Format::Csv, Some(path)) => {
                match Place::of(path).map_err(|error| unwritable(path, &error))? {
                    Place::File { path, old } => {
                        Ok(Self::Part(Box::new(Part::open(path, old, &table, resume)?)))
                    }
                    Place::Stream(_) if resume => wrong(format!(
                        "`--resume` goes on with a file, and `{}` is none",
                        path.display()
                    )),
                    Place::Stream(mut stream) => {
                        write_to(&mut stream, path, &table.head())?;
                        Ok(Self::Stream(path.to_owned(), stream))
                    }
                }
            }
        }
    }

    /// How many rows are there already.
    #[must_use]
    pub fn rows(&self) -> usize {
        match self {
            Self::Part(part) => part.rows,
            Self::Standard | Self::Stream(..) => 0,
            #[cfg(feature = "parquet")]
            Self::Parquet(_) => 0,
        }
    }

    /// What is to be said of rows that were there.
    #[must_use]
    pub fn damage(&self) -> Option<String> {
        match self {
            Self::Part(part) => part.damage(),
            Self::Standard | Self::Stream(..) => None,
            #[cfg(feature = "parquet")]
            Self::Parquet(_) => None,
        }
    }

    /// Adds a row; `false` where nobody reads any more.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn add(&mut self, row: Vec<Option<Cell>>) -> Result<bool, Stop> {
        match self {
            // What comes first can be read while the rest is worked on.
            Self::Standard => write_while_read(&(line(&row) + "\n")),
            Self::Stream(path, stream) => write_to(stream, path, &(line(&row) + "\n")),
            Self::Part(part) => part.add(&line(&row)).map(|()| true),
            #[cfg(feature = "parquet")]
            Self::Parquet(rows) => {
                rows.add(row);
                Ok(true)
            }
        }
    }

    /// Ends the table.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn finish(self) -> Result<(), Stop> {
        match self {
            Self::Standard | Self::Stream(..) => Ok(()),
            Self::Part(part) => part.finish(),
            #[cfg(feature = "parquet")]
            Self::Parquet(rows) => rows.finish(),
        }
    }
}

fn write_to(stream: &mut Stream, path: &Path, text: &str) -> Result<bool, Stop> {
    stream.write(text.as_bytes()).map_err(|error| unwritable(path, &error))
}

/// A row without its line break.
fn line(row: &[Option<Cell>]) -> String {
    let cell = |cell: &Option<Cell>| match cell {
        Some(Cell::Number(number)) => number.to_string(),
        Some(Cell::Word(word)) => quoted(word),
        None => String::new(),
    };
    row.iter().map(cell).collect::<Vec<_>>().join(",")
}

/// A field as in RFC 4180, on one line.
fn quoted(text: &str) -> String {
    let text = text.replace(['\n', '\r', '\t'], " ");
    if text.contains([',', '"', '#']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}
