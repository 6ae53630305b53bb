//! A table of a sweep as Apache Parquet.

use super::table::Table;
use crate::cli::output::{Existing, write_bytes};
use crate::cli::status::{Status, Stop};
use crate::model::Cell;
use parquet::basic::{LogicalType, Repetition, Type as Physical};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The rows of a table, kept until it is written.
pub struct Rows {
    path: PathBuf,
    table: Table,
    rows: Vec<Vec<Option<Cell>>>,
}

impl Rows {
    /// A table to be written to this file.
    ///
    /// # Errors
    /// There is no file: a terminal is no place for it.
    pub fn new(path: Option<&Path>, table: Table) -> Result<Self, Stop> {
        let Some(path) = path else {
            let message = "`--format parquet` needs a file: give `-o FILE`";
            return Err(Stop::because(Status::WrongCommandLine, message));
        };
        Ok(Self { path: path.to_owned(), table, rows: Vec::new() })
    }

    /// Adds a row.
    pub fn add(&mut self, row: Vec<Option<Cell>>) {
        self.rows.push(row);
    }

    /// Writes the file, whole or not at all.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn finish(self) -> Result<(), Stop> {
        let bytes = self.bytes().map_err(|error| {
            Stop::because(Status::CannotBeDone, format!("cannot write the table: {error}"))
        })?;
        write_bytes(&self.path, &bytes, Existing::Replace)
    }

    fn bytes(&self) -> Result<Vec<u8>, ParquetError> {
        let count = self.table.columns.len();
        // The reasons are text, also where there are none.
        let wordy: Vec<bool> = (0..count)
            .map(|at| {
                let word = |row: &Vec<Option<Cell>>| matches!(row[at], Some(Cell::Word(_)));
                at + 1 == count || self.rows.iter().any(word)
            })
            .collect();
        let field = |(name, &wordy): (&String, &bool)| {
            let kind = if wordy { Physical::BYTE_ARRAY } else { Physical::DOUBLE };
            Type::primitive_type_builder(name, kind)
                .with_repetition(Repetition::OPTIONAL)
                .with_logical_type(wordy.then_some(LogicalType::String))
                .build()
                .map(Arc::new)
        };
        let fields = self.table.columns.iter().zip(&wordy).map(field).collect::<Result<_, _>>()?;
        let schema = Type::group_type_builder("sweep").with_fields(fields).build()?;
        let provenance = KeyValue::new("escalade".to_owned(), self.table.provenance.clone());
        let properties =
            WriterProperties::builder().set_key_value_metadata(Some(vec![provenance])).build();
        let mut bytes = Vec::new();
        let mut file =
            SerializedFileWriter::new(&mut bytes, Arc::new(schema), Arc::new(properties))?;
        let mut group = file.next_row_group()?;
        for at in 0..self.table.columns.len() {
            let Some(mut column) = group.next_column()? else { break };
            let cells = self.rows.iter().map(|row| row[at].as_ref());
            let levels: Vec<i16> = cells.clone().map(|cell| i16::from(cell.is_some())).collect();
            match column.untyped() {
                ColumnWriter::DoubleColumnWriter(writer) => {
                    let number = |cell: &Cell| match cell {
                        Cell::Number(number) => *number,
                        Cell::Word(_) => f64::NAN,
                    };
                    let values: Vec<f64> = cells.flatten().map(number).collect();
                    writer.write_batch(&values, Some(&levels), None)?;
                }
                ColumnWriter::ByteArrayColumnWriter(writer) => {
                    let word = |cell: &Cell| match cell {
                        Cell::Number(number) => ByteArray::from(number.to_string().as_str()),
                        Cell::Word(word) => ByteArray::from(word.as_str()),
                    };
                    let values: Vec<ByteArray> = cells.flatten().map(word).collect();
                    writer.write_batch(&values, Some(&levels), None)?;
                }
                _ => {}
            }
            column.close()?;
        }
        group.close()?;
        file.close()?;
        Ok(bytes)
    }
}
