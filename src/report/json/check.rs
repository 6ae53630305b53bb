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
    Form::new::<CheckRecord<'static>>("escalade-check/1", "check --format json, and of what fails");

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
///       "line": 3, "column": 7, "end_line": 3, "end_column": 12, "help": null,
///       "related": [], "storyline": null }
///   ],
///   "failures": []
/// }
/// ```
///
/// `files` are those named on the command line, in that order, and so are the diagnostics; a
/// diagnostic's `file` may also be one that they import. Every command that can write JSON writes this
/// where it fails.
#[must_use]
pub fn check<'a>(
    files: &[&str],
    found: impl IntoIterator<Item = (&'a Sources, &'a [Diagnostic])>,
    failures: &[String],
) -> String {
    let of = |(sources, diagnostics)| DiagnosticRecord::all(diagnostics, sources);
    let diagnostics: Vec<DiagnosticRecord<'a>> = found.into_iter().flat_map(of).collect();
    let count = |severity: Severity| {
        diagnostics.iter().filter(|one| one.severity == severity.word()).count()
    };
    document(&CheckRecord {
        format: CHECK.format,
        files,
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        diagnostics,
        failures,
    })
}

/// What is wrong and what is doubtful in the files that were checked, or why a command failed.
#[derive(JsonSchema, Serialize)]
struct CheckRecord<'a> {
    /// The name and the version of this form.
    #[schemars(extend("const" = CHECK.format))]
    format: &'static str,
    /// The files named on the command line, in that order.
    files: &'a [&'a str],
    /// How many errors there are.
    errors: usize,
    /// How many warnings there are.
    warnings: usize,
    /// Errors and warnings, in the order of the files and by their places.
    diagnostics: Vec<DiagnosticRecord<'a>>,
    /// What could not be done that is no fault of a text: a file that cannot be read, an option that does
    /// not fit, each in a sentence.
    failures: &'a [String],
}
