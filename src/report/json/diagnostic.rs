//! Diagnostics as records.

use crate::diagnostic::{Diagnostic, Label, Turn};
use crate::source::{Place, Sources, Span};
use schemars::JsonSchema;
use serde::Serialize;

/// An error or a warning. Lines and columns count from 1, columns in Unicode characters.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, JsonSchema, Serialize)]
pub struct DiagnosticRecord<'a> {
    /// The registered code, such as `E1001`; `escalade explain CODE` explains it.
    pub code: &'static str,
    /// `error` or `warning`.
    #[schemars(extend("enum" = ["error", "warning"]))]
    pub severity: &'static str,
    /// The headline.
    pub message: &'a str,
    /// The path of the file, which may be one that is imported.
    pub file: &'a str,
    /// The line that it begins on.
    #[schemars(range(min = 1))]
    pub line: u32,
    /// The column that it begins at.
    #[schemars(range(min = 1))]
    pub column: u32,
    /// The line that it ends on.
    #[schemars(range(min = 1))]
    pub end_line: u32,
    /// The column behind its end.
    #[schemars(range(min = 1))]
    pub end_column: u32,
    /// What to do about it; `null` where there is no hint.
    pub help: Option<&'a str>,
    /// Further places that say why.
    pub related: Vec<PlaceRecord<'a>>,
    /// What happens before it, where it shows only while the scenario runs; `null` otherwise.
    pub storyline: Option<Vec<TurnRecord<'a>>>,
}

/// A place with a word on why it matters.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, JsonSchema, Serialize)]
pub struct PlaceRecord<'a> {
    /// What is said beside it; may be empty.
    pub message: &'a str,
    /// The path of the file.
    pub file: &'a str,
    /// The line that it begins on.
    #[schemars(range(min = 1))]
    pub line: u32,
    /// The column that it begins at.
    #[schemars(range(min = 1))]
    pub column: u32,
    /// The line that it ends on.
    #[schemars(range(min = 1))]
    pub end_line: u32,
    /// The column behind its end.
    #[schemars(range(min = 1))]
    pub end_column: u32,
}

/// What happens in one turn.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, JsonSchema, Serialize)]
pub struct TurnRecord<'a> {
    /// The turn.
    pub turn: u32,
    /// The ids of the nodes that happen.
    pub nodes: &'a [String],
}

impl<'a> DiagnosticRecord<'a> {
    /// The record of one diagnostic.
    #[must_use]
    pub fn new(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Self {
        let (file, start, end) = places(diagnostic.primary.span, sources);
        let turn = |Turn { turn, nodes }: &'a Turn| TurnRecord { turn: *turn, nodes };
        let related = diagnostic.secondary.iter();
        Self {
            code: diagnostic.code.0,
            severity: diagnostic.severity.word(),
            message: &diagnostic.message,
            file,
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            help: diagnostic.help.as_deref(),
            related: related.map(|label| PlaceRecord::new(label, sources)).collect(),
            storyline: (diagnostic.storyline.as_ref())
                .map(|turns| turns.iter().map(turn).collect()),
        }
    }

    /// The records of all, in their order.
    #[must_use]
    pub fn all(diagnostics: &'a [Diagnostic], sources: &'a Sources) -> Vec<Self> {
        diagnostics.iter().map(|diagnostic| Self::new(diagnostic, sources)).collect()
    }
}

impl<'a> PlaceRecord<'a> {
    fn new(label: &'a Label, sources: &'a Sources) -> Self {
        let (file, start, end) = places(label.span, sources);
        Self {
            message: &label.text,
            file,
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }
}

/// The path of the file, the beginning and the end.
fn places(span: Span, sources: &Sources) -> (&str, Place, Place) {
    let file = sources.files().get(span.file.0 as usize);
    let place = |offset| file.map_or(Place { line: 1, column: 1 }, |file| file.place(offset));
    (file.map_or("", |file| &file.path), place(span.start), place(span.end))
}
