//! The JSON of `check`.

use super::diagnostic::DiagnosticRecord;
use super::document;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Sources;
use serde::Serialize;

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
        format: "escalade-check/1",
        files: files.iter().map(|(path, _, _)| path.as_str()).collect(),
        errors: of(Severity::Error),
        warnings: of(Severity::Warning),
        diagnostics: files
            .iter()
            .flat_map(|(_, sources, diagnostics)| DiagnosticRecord::all(diagnostics, sources))
            .collect(),
    })
}

#[derive(Serialize)]
struct CheckRecord<'a> {
    format: &'static str,
    files: Vec<&'a str>,
    errors: usize,
    warnings: usize,
    diagnostics: Vec<DiagnosticRecord<'a>>,
}
