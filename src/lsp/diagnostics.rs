//! Diagnostics as the protocol has them.

use super::answers::Failed;
use super::lines::{Encoding, Lines};
use super::uri::Addresses;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Sources;
use lsp_types::{
    DiagnosticRelatedInformation, DiagnosticSeverity, Location, NumberOrString, Range, TextEdit,
};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What the server calls itself beside its diagnostics.
const SOURCE: &str = "escalade";

/// What goes with a diagnostic for those who mend it.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Mended {
    /// The hint, or nothing.
    pub help: String,
    /// The change that does it.
    pub fix: Option<TextEdit>,
}

/// Diagnostics by the path of the file that they are about.
pub type ByFile = FxHashMap<String, Vec<lsp_types::Diagnostic>>;

/// The files of one run, for telling places in them.
#[derive(Debug)]
pub struct Places {
    texts: FxHashMap<String, (Arc<str>, Lines)>,
    addresses: Addresses,
}

impl Places {
    /// Of these files.
    #[must_use]
    pub fn of(sources: &Sources, addresses: &Addresses, encoding: Encoding) -> Self {
        let one = |file: &crate::source::SourceFile| {
            let lines = Lines::of(&file.text, encoding);
            (file.path.clone(), (file.text.clone(), lines))
        };
        let texts = sources.files().iter().map(one).collect();
        Self { texts, addresses: addresses.clone() }
    }

    fn range(&self, path: &str, start: u32, end: u32) -> Range {
        let Some((text, lines)) = self.texts.get(path) else { return Range::default() };
        // What is seen has a width.
        let end = if end > start { end } else { start.saturating_add(1) };
        lines.range(text, start as usize, end as usize)
    }

    fn location(&self, path: &str, start: u32, end: u32) -> Option<Location> {
        Some(Location { uri: self.addresses.of(path)?, range: self.range(path, start, end) })
    }
}

/// The diagnostics of a run.
#[must_use]
pub fn by_file(diagnostics: &[Diagnostic], sources: &Sources, places: &Places) -> ByFile {
    let mut found = ByFile::default();
    for diagnostic in diagnostics {
        let severity = match diagnostic.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
        };
        add(&mut found, &Failed::of(diagnostic, sources), severity, places);
    }
    found
}

/// What an evaluation found wrong.
#[must_use]
pub fn of_evaluation(failures: &[Failed], places: &Places) -> ByFile {
    let mut found = ByFile::default();
    for failed in failures {
        add(&mut found, failed, DiagnosticSeverity::ERROR, places);
    }
    found
}

fn add(found: &mut ByFile, failed: &Failed, severity: DiagnosticSeverity, places: &Places) {
    let Some((path, start, end, label)) = failed.places.first() else { return };
    let mut message = failed.message.clone();
    if !label.is_empty() {
        message = format!("{message}\n{label}");
    }
    if let Some(help) = &failed.help {
        message = format!("{message}\nhelp: {help}");
    }
    let related = failed.places[1..].iter().filter_map(|(path, start, end, text)| {
        let location = places.location(path, *start, *end)?;
        let message = if text.is_empty() { "see here".to_owned() } else { text.clone() };
        Some(DiagnosticRelatedInformation { location, message })
    });
    let related: Vec<_> = related.collect();
    let fix = failed.fix.as_ref().map(|(start, end, text)| TextEdit {
        range: places.range(path, *start, *end),
        new_text: text.clone(),
    });
    let mended = Mended { help: failed.help.clone().unwrap_or_default(), fix };
    found.entry(path.clone()).or_default().push(lsp_types::Diagnostic {
        range: places.range(path, *start, *end),
        severity: Some(severity),
        code: Some(NumberOrString::String(failed.code.clone())),
        source: Some(SOURCE.to_owned()),
        message,
        related_information: Some(related).filter(|related| !related.is_empty()),
        data: serde_json::to_value(mended).ok(),
        ..lsp_types::Diagnostic::default()
    });
}
