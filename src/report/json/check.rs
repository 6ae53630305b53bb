//! The JSON of `check`.

use super::diagnostic::DiagnosticRecord;
use super::document;
use crate::diagnostic::{Diagnostic, Severity};
use crate::report::Form;
use crate::source::Sources;
use schemars::JsonSchema;
use serde::Serialize;

/// The JSON of `check`.
pub const CHECK: Form =
    Form::new::<CheckRecord<'static>>("escalade-check/1", "check --format json");

/// The JSON of `check`, for files that were each read on their own:
///
/// ```json
/// {
///   "format": "escalade-check/1",
///   "files": ["a.esc"],
///   "errors": 1,
///   "warnings": 0,
///   "diagnostics": [
///     { "code": "E1001", "severity": "error", "message": "...", "file": "a.esc",
///       "line": 3, "column": 7, "end_line": 3, "end_column": 12, "help": null }
///   ]
/// }
/// ```
///
/// `files` are those named on the command line, in that order, and so are the diagnostics; a
/// diagnostic's `file` may also be one that they import.
#[must_use]
pub fn check(files: &[(String, Sources, Vec<Diagnostic>)]) -> String {
    let of = |severity| {
        let all = files.iter().flat_map(|(_, _, diagnostics)| diagnostics);
        all.filter(|diagnostic| diagnostic.severity == severity).count()
    };
    document(&CheckRecord {
        format: CHECK.format,
        files: files.iter().map(|(path, _, _)| path.as_str()).collect(),
        errors: of(Severity::Error),
        warnings: of(Severity::Warning),
        diagnostics: files
            .iter()
            .flat_map(|(_, sources, diagnostics)| DiagnosticRecord::all(diagnostics, sources))
            .collect(),
    })
}

/// What is wrong and what is doubtful in the files that were checked.
#[derive(JsonSchema, Serialize)]
struct CheckRecord<'a> {
    /// The name and the version of this form.
    #[schemars(extend("const" = CHECK.format))]
    format: &'static str,
    /// The files named on the command line, in that order.
    files: Vec<&'a str>,
    /// How many errors there are.
    errors: usize,
    /// How many warnings there are.
    warnings: usize,
    /// Errors and warnings, in the order of the files and by their places.
    diagnostics: Vec<DiagnosticRecord<'a>>,
}
