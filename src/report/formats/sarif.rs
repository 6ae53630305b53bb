//! Diagnostics in the Static Analysis Results Interchange Format, SARIF 2.1.0
//! (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>), which services for code review read.

use crate::diagnostic::{Code, Diagnostic, Label, Page, Severity};
use crate::report::json::{DiagnosticRecord, document};
use crate::source::{Place, Sources, Span};
use serde::Serialize;
use std::collections::BTreeSet;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The log of one run over files that were each read on their own. `rules` are the codes that were
/// drawn, with their pages; columns count Unicode characters; what is wrong in a file that several
/// import is told once.
#[must_use]
pub fn check(files: &[(String, Sources, Vec<Diagnostic>)]) -> String {
    let all = || files.iter().flat_map(|(_, of, found)| found.iter().map(move |one| (one, of)));
    let codes: BTreeSet<Code> = all().map(|(diagnostic, _)| diagnostic.code).collect();
    let codes: Vec<Code> = codes.into_iter().collect();
    let mut told = BTreeSet::new();
    let results = all()
        .filter(|(diagnostic, sources)| told.insert(DiagnosticRecord::new(diagnostic, sources)))
        .map(|(diagnostic, sources)| Finding::new(diagnostic, sources, &codes))
        .collect();
    let driver = Driver {
        name: "escalade",
        semantic_version: env!("CARGO_PKG_VERSION"),
        rules: codes.iter().map(|code| Rule::new(*code)).collect(),
    };
    let run = Run { tool: Tool { driver }, column_kind: "unicodeCodePoints", results };
    document(&Log { schema: SCHEMA, version: "2.1.0", runs: [run] })
}

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool,
    column_kind: &'static str,
    results: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    short_description: Option<Message<'static>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    full_description: Option<Message<'static>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<Help>,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Help {
    text: String,
    markdown: String,
}

#[derive(Serialize)]
struct Message<'a> {
    text: std::borrow::Cow<'a, str>,
}

impl<'a> Message<'a> {
    fn new(text: impl Into<std::borrow::Cow<'a, str>>) -> Self {
        Self { text: text.into() }
    }
}

impl Rule {
    fn new(code: Code) -> Self {
        let page = code.page();
        Self {
            id: code.0,
            short_description: page.map(|page| Message::new(page.title)),
            full_description: page.map(|page| Message::new(page.text)),
            help: page.map(help),
            default_configuration: Configuration { level: code.severity().word() },
        }
    }
}

fn help(page: &Page) -> Help {
    let Page { code: _, title: _, text, example, mend } = page;
    Help {
        text: format!("{text}\n\nThis draws it:\n\n{example}\nThis does not:\n\n{mend}"),
        markdown: format!(
            "{text}\n\nThis draws it:\n\n```\n{example}```\n\nThis does not:\n\n```\n{mend}```\n"
        ),
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding<'a> {
    rule_id: &'static str,
    rule_index: Option<usize>,
    level: &'static str,
    message: Message<'a>,
    locations: [Location<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'a>>,
}

impl<'a> Finding<'a> {
    fn new(diagnostic: &'a Diagnostic, sources: &'a Sources, codes: &[Code]) -> Self {
        let related = diagnostic.secondary.iter().enumerate();
        Self {
            rule_id: diagnostic.code.0,
            rule_index: codes.binary_search(&diagnostic.code).ok(),
            level: match diagnostic.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            message: message(diagnostic),
            locations: [Location::new(None, &diagnostic.primary, sources)],
            related_locations: related
                .map(|(at, label)| Location::new(Some(at + 1), label, sources))
                .collect(),
        }
    }
}

fn message(diagnostic: &Diagnostic) -> Message<'_> {
    match &diagnostic.help {
        Some(help) => Message::new(format!("{}; {help}", diagnostic.message)),
        None => Message::new(diagnostic.message.as_str()),
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
}

impl<'a> Location<'a> {
    fn new(id: Option<usize>, label: &'a Label, sources: &Sources) -> Self {
        let path = sources.files().get(label.span.file.0 as usize).map(|file| file.path.as_str());
        Self {
            id,
            physical_location: PhysicalLocation {
                artifact_location: ArtifactLocation { uri: uri(path.unwrap_or_default()) },
                region: Region::new(label.span, sources),
            },
            message: (!label.text.is_empty()).then(|| Message::new(label.text.as_str())),
        }
    }
}

impl Region {
    fn new(span: Span, sources: &Sources) -> Self {
        let file = sources.files().get(span.file.0 as usize);
        let place = |offset| file.map_or(Place { line: 1, column: 1 }, |file| file.place(offset));
        let (start, end) = (place(span.start), place(span.end));
        Self {
            start_line: start.line,
            start_column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }
}

/// A path as a reference to a file (RFC 3986): relative where the path is.
fn uri(path: &str) -> String {
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    let path = path.strip_prefix("./").unwrap_or(&path);
    let mut uri = String::new();
    if path.starts_with('/') {
        uri.push_str("file://");
    } else if cfg!(windows) && path.get(1..3) == Some(":/") {
        uri.push_str("file:///");
    }
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_are_references() {
        assert_eq!(uri("a/b.esc"), "a/b.esc");
        assert_eq!(uri("./a b#?.esc"), "a%20b%23%3F.esc");
        assert_eq!(uri("../č:1.esc"), "../%C4%8D%3A1.esc");
        assert_eq!(uri("/x/50%.esc"), "file:///x/50%25.esc");
        assert_eq!(uri("<stdin>"), "%3Cstdin%3E");
    }
}
