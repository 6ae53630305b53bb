//! Diagnostics as text for people: the only file that knows miette.

use super::{Diagnostic, Label, Severity, escaped, escaped_path, same_length};
use crate::source::{FileId, SourceFile, Sources, Span};
use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    SourceCode, SourceSpan, SpanContents,
};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

/// Of a place that is longer, only the first line is shown.
const MOST_LINES: u32 = 6;
/// Lines of more bytes are not shown.
const LONGEST_LINE: usize = 2000;
const TAB_WIDTH: usize = 4;
const CONTEXT_LINES: usize = 1;

/// How the text is to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// The width of the terminal, in columns.
    pub width: usize,
    /// Whether colours may be used.
    pub colour: bool,
    /// Whether lines may be drawn with other characters than ASCII.
    pub unicode: bool,
}

/// The diagnostics, in the order given, each with the places in the text.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], sources: &Sources, style: &Style) -> String {
    let theme = match (style.unicode, style.colour) {
        (true, true) => GraphicalTheme::unicode(),
        (true, false) => GraphicalTheme::unicode_nocolor(),
        (false, true) => GraphicalTheme::ascii(),
        (false, false) => GraphicalTheme::none(),
    };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_width(style.width)
        .with_links(false)
        .with_context_lines(CONTEXT_LINES)
        .with_show_related_as_nested(true)
        .without_syntax_highlighting()
        .tab_width(TAB_WIDTH);
    let mut shown = Shown { sources, texts: BTreeMap::new() };
    shown.prepare(diagnostics);
    let mut text = String::new();
    for diagnostic in diagnostics {
        if !text.is_empty() {
            text.push('\n');
        }
        // Writing to a string does not fail.
        let _ = handler.render_report(&mut text, &shown.problem(diagnostic));
    }
    without_trailing_space(&text)
}

/// The diagnostics, a line each: `file:line:column: error[E1001]: message`.
#[must_use]
pub fn short(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    diagnostics.iter().map(|diagnostic| format!("{}\n", short_line(diagnostic, sources))).collect()
}

fn short_line(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let message = &diagnostic.message;
    match place(sources, diagnostic.primary.span) {
        Some(place) => format!("{place}: {}: {message}", heading(diagnostic)),
        None => format!("{}: {message}", heading(diagnostic)),
    }
}

/// How many there are: `2 errors, 1 warning`; `None` if there are none.
#[must_use]
pub fn count(diagnostics: &[Diagnostic]) -> Option<String> {
    let parts: Vec<String> = [Severity::Error, Severity::Warning]
        .into_iter()
        .filter_map(|severity| {
            let count = diagnostics.iter().filter(|one| one.severity == severity).count();
            let plural = if count == 1 { "" } else { "s" };
            (count > 0).then(|| format!("{count} {}{plural}", severity.word()))
        })
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// `error[E1001]`.
fn heading(diagnostic: &Diagnostic) -> String {
    format!("{}[{}]", diagnostic.severity.word(), diagnostic.code)
}

/// `file:line:column`, if the place lies in a file.
fn place(sources: &Sources, span: Span) -> Option<String> {
    let file = sources.files().get(span.file.0 as usize)?;
    let place = file.place(span.start);
    Some(format!("{}:{}:{}", escaped_path(&file.path), place.line, place.column))
}

/// The texts of the files that are shown.
struct Shown<'s> {
    sources: &'s Sources,
    texts: BTreeMap<FileId, Cow<'s, str>>,
}

impl<'s> Shown<'s> {
    fn prepare(&mut self, diagnostics: &[Diagnostic]) {
        for diagnostic in diagnostics {
            let labels = std::iter::once(&diagnostic.primary).chain(&diagnostic.secondary);
            for file in labels.map(|label| label.span.file) {
                if let Some(source) = self.sources.files().get(file.0 as usize) {
                    self.texts.entry(file).or_insert_with(|| same_length(&source.text));
                }
            }
        }
    }

    /// A diagnostic as miette wants it. Labels in other files than that of the first become
    /// notes of their own.
    fn problem(&self, diagnostic: &Diagnostic) -> Problem<'_> {
        let home = diagnostic.primary.span.file;
        let (here, elsewhere): (Vec<&Label>, Vec<&Label>) =
            diagnostic.secondary.iter().partition(|label| label.span.file == home);
        let mut problem = Problem {
            heading: Some(heading(diagnostic)),
            severity: match diagnostic.severity {
                Severity::Error => miette::Severity::Error,
                Severity::Warning => miette::Severity::Warning,
            },
            message: diagnostic.message.clone(),
            help: diagnostic.help.clone(),
            excerpt: self.excerpt(home),
            labels: Vec::new(),
            related: elsewhere.into_iter().map(|label| self.note(label)).collect(),
        };
        self.label(&mut problem, &diagnostic.primary, here);
        problem
    }

    fn note(&self, label: &Label) -> Problem<'_> {
        let said = if label.text.is_empty() { "see here" } else { &label.text };
        let mut note = Problem {
            heading: None,
            severity: miette::Severity::Advice,
            message: said.to_owned(),
            help: None,
            excerpt: self.excerpt(label.span.file),
            labels: Vec::new(),
            related: Vec::new(),
        };
        self.label(&mut note, &Label { span: label.span, text: String::new() }, Vec::new());
        note
    }

    fn excerpt(&self, file: FileId) -> Option<Excerpt<'_>> {
        let source = self.sources.files().get(file.0 as usize)?;
        Some(Excerpt { file: source, text: self.texts.get(&file)? })
    }

    /// Puts the labels on; where they cannot be drawn, the message says the place.
    fn label(&self, problem: &mut Problem<'_>, primary: &Label, others: Vec<&Label>) {
        let Some(excerpt) = &problem.excerpt else { return };
        let drawn = std::iter::once(primary).chain(others).map(|label| {
            let range = excerpt.visible(label.span)?;
            let text = (!label.text.is_empty()).then(|| label.text.clone());
            Some((text, range))
        });
        let Some(drawn) = drawn.collect::<Option<Vec<_>>>() else {
            if let Some(place) = place(self.sources, primary.span) {
                problem.message = format!("{} ({place})", problem.message);
            }
            problem.excerpt = None;
            return;
        };
        let labels = drawn.into_iter().enumerate().map(|(number, (text, range))| {
            let span = SourceSpan::from(range);
            if number == 0 {
                LabeledSpan::new_primary_with_span(text, span)
            } else {
                LabeledSpan::new_with_span(text, span)
            }
        });
        problem.labels = labels.collect();
    }
}

/// A diagnostic in miette's terms.
#[derive(Debug)]
struct Problem<'s> {
    heading: Option<String>,
    severity: miette::Severity,
    message: String,
    help: Option<String>,
    excerpt: Option<Excerpt<'s>>,
    labels: Vec<LabeledSpan>,
    related: Vec<Problem<'s>>,
}

impl fmt::Display for Problem<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Problem<'_> {}

impl miette::Diagnostic for Problem<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.heading.as_ref().map(|heading| Box::new(heading) as Box<dyn fmt::Display + 'a>)
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(self.severity)
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display + 'a>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.excerpt.as_ref().map(|excerpt| excerpt as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        (!self.labels.is_empty()).then(|| {
            Box::new(self.labels.iter().cloned()) as Box<dyn Iterator<Item = LabeledSpan> + '_>
        })
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn miette::Diagnostic> + 'a>> {
        (!self.related.is_empty()).then(|| {
            let related = self.related.iter().map(|one| one as &dyn miette::Diagnostic);
            Box::new(related) as Box<dyn Iterator<Item = &'a dyn miette::Diagnostic> + 'a>
        })
    }
}

/// A file as miette reads it. Its own reader would walk through the whole file for every label,
/// and count columns in bytes.
#[derive(Debug)]
struct Excerpt<'s> {
    file: &'s SourceFile,
    text: &'s str,
}

impl Excerpt<'_> {
    /// The part of a place that can be drawn: never empty, and not too long.
    fn visible(&self, span: Span) -> Option<std::ops::Range<usize>> {
        let boundary = |offset: u32| {
            let offset = (offset as usize).min(self.text.len());
            (0..=offset).rev().find(|&at| self.text.is_char_boundary(at)).unwrap_or(0)
        };
        let (mut start, mut end) = (boundary(span.start), boundary(span.end));
        let first = self.file.place(span.start).line;
        if self.file.place(span.end).line.saturating_sub(first) >= MOST_LINES {
            end = self.file.line(first).end;
        }
        let trimmed = self.text[start..end.max(start)].trim_end().len();
        end = start + trimmed;
        if start == end {
            // Nothing to underline: take the character that stands there, or the last before.
            match self.text[start..].chars().next().filter(|next| !next.is_whitespace()) {
                Some(next) => end += next.len_utf8(),
                None => {
                    end = self.text[..start].trim_end().len();
                    start = self.text[..end].char_indices().next_back()?.0;
                }
            }
        }
        let lines = self.lines(start, end, CONTEXT_LINES);
        lines
            .into_iter()
            .all(|line| self.file.line(line).len() <= LONGEST_LINE)
            .then_some(start..end)
    }

    /// The numbers of the lines of a place, with those around it.
    fn lines(&self, start: usize, end: usize, around: usize) -> std::ops::RangeInclusive<u32> {
        let around = u32::try_from(around).unwrap_or(u32::MAX);
        let line = |offset: usize| self.file.place(u32::try_from(offset).unwrap_or(u32::MAX)).line;
        let last = line(end.saturating_sub(1).max(start)).saturating_add(around);
        line(start).saturating_sub(around).max(1)..=last
    }
}

impl SourceCode for Excerpt<'_> {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        context_lines_before: usize,
        context_lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (start, end) = (span.offset(), span.offset() + span.len());
        let lines = self.lines(start, end, context_lines_before.max(context_lines_after));
        let place = self.file.place(u32::try_from(start).unwrap_or(u32::MAX));
        let exact = context_lines_before == 0 && context_lines_after == 0;
        let (range, line, column) = if exact {
            (start..end, place.line, place.column)
        } else {
            let range = self.file.line(*lines.start()).start..self.file.line(*lines.end()).end;
            (range, *lines.start(), 1)
        };
        let data = self.text.get(range.clone()).ok_or(MietteError::OutOfBounds)?;
        Ok(Box::new(MietteSpanContents::new_named(
            escaped(&self.file.path).into_owned(),
            data.as_bytes(),
            range.into(),
            line as usize - 1,
            column as usize - 1,
            data.lines().count(),
        )))
    }
}

fn without_trailing_space(text: &str) -> String {
    text.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}
