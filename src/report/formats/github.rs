//! Diagnostics as workflow commands of GitHub, which shows them beside the lines of a change.
//!
//! The form and its escapes: <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>.

use crate::diagnostic::Diagnostic;
use crate::report::json::DiagnosticRecord;
use crate::source::Sources;
use std::collections::BTreeSet;

/// A line for each diagnostic, for files that were each read on their own: what is wrong in a file
/// that several import is told once.
///
/// ```text
/// ::error file=a.esc,line=3,col=7,endLine=3,endColumn=12,title=E1001 unknown name::unknown actor
/// ```
///
/// Columns stand only where the place lies on one line: others are refused. A hint is a further line of
/// the message.
#[must_use]
pub fn check(files: &[(String, Sources, Vec<Diagnostic>)]) -> String {
    let mut told = BTreeSet::new();
    let lines = files.iter().flat_map(|(_, sources, found)| {
        found.iter().map(move |diagnostic| command(diagnostic, sources))
    });
    lines.filter(|line| told.insert(line.clone())).collect()
}

fn command(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let record = DiagnosticRecord::new(diagnostic, sources);
    let file = record.file.strip_prefix("./").unwrap_or(record.file);
    let mut properties =
        format!("file={},line={},endLine={}", property(file), record.line, record.end_line);
    if record.line == record.end_line {
        properties += &format!(",col={},endColumn={}", record.column, record.end_column);
    }
    let title = diagnostic.code.page().map_or("", |page| page.title);
    let title = property(format!("{} {title}", record.code).trim_end());
    let help = record.help.map(|help| format!("\nhelp: {help}")).unwrap_or_default();
    let message = data(&format!("{}{help}", record.message));
    format!("::{} {properties},title={title}::{message}\n", record.severity)
}

/// A text as the message of a command, in which nothing can end it or begin another.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A text as the value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::diagnostic::{Code, Diagnostic};
    use crate::source::{SourceFile, Sources, Span};

    #[test]
    fn nothing_ends_a_command_or_begins_another() {
        let mut sources = Sources::default();
        let file = sources.add(SourceFile::new("./a,b:c%.esc", "één two\nthree\n"));
        let hostile = "100%\r\n::error::mine";
        let here = Diagnostic::new(Code("E1001"), Span::new(file, 6, 9), hostile).help("a, b: c");
        let long = Diagnostic::new(Code("W9999"), Span::new(file, 6, 12), "long");
        let found = vec![here.clone(), long, here];
        let files =
            [("a".to_owned(), sources.clone(), found.clone()), ("b".to_owned(), sources, found)];
        let expected = "\
            ::error file=a%2Cb%3Ac%25.esc,line=1,endLine=1,col=5,endColumn=8,title=E1001 unknown name\
            ::100%25\\r\\n::error::mine%0Ahelp: a, b: c\n\
            ::warning file=a%2Cb%3Ac%25.esc,line=1,endLine=2,title=W9999::long\n";
        assert_eq!(check(&files), expected);
    }
}
