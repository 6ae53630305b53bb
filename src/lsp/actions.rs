//! Fixes for what diagnostics tell.

use super::declared::{Kind, World};
use super::diagnostics::Mended;
use super::documents::Document;
use super::uri;
use crate::diagnostic::lint;
use crate::diagnostic::pages;
use crate::diagnostic::pages::names::UNKNOWN_NAME;
use crate::diagnostic::pages::running::CONFLICT;
use crate::diagnostic::pages::warnings::{NO_RATIONALE, NO_SOURCE};
use crate::diagnostic::suggest::meant;
use crate::source::Span;
use crate::syntax::tree::{Clause, ClauseKind, Item, ItemKind};
use lsp_types::{
    CodeAction, CodeActionKind, Diagnostic, NumberOrString, Position, Range, TextEdit, Uri,
    WorkspaceEdit,
};
use std::collections::HashMap;

/// Whether a client that asks for actions of these kinds, and no others, wants fixes.
#[must_use]
pub fn wanted(only: Option<&[CodeActionKind]>) -> bool {
    let fix = CodeActionKind::QUICKFIX;
    // A kind stands for all kinds below it.
    only.is_none_or(|only| only.iter().any(|kind| *kind == CodeActionKind::EMPTY || *kind == fix))
}

/// The fixes for these diagnostics of a file.
#[must_use]
pub fn fixes(
    document: &Document,
    uri: &Uri,
    world: &World,
    told: &[Diagnostic],
) -> Vec<CodeAction> {
    let mut fixes = Vec::new();
    for diagnostic in told {
        let mut made = Fixes { document, uri, diagnostic, fixes: &mut fixes };
        made.of_diagnostic(world);
    }
    fixes
}

struct Fixes<'a> {
    document: &'a Document,
    /// Its address, as the client spells it.
    uri: &'a Uri,
    diagnostic: &'a Diagnostic,
    fixes: &'a mut Vec<CodeAction>,
}

impl Fixes<'_> {
    fn of_diagnostic(&mut self, world: &World) {
        let Some(NumberOrString::String(code)) = self.diagnostic.code.clone() else { return };
        let data = self.diagnostic.data.clone().unwrap_or_default();
        let Mended { help, fix } = serde_json::from_value(data).unwrap_or_default();
        let range = self.diagnostic.range;
        if let Some(TextEdit { range, new_text }) = fix {
            let title = match (new_text.as_str(), new_text.trim()) {
                (" ", _) => "write a space".to_owned(),
                ("\n", _) => "begin a new line".to_owned(),
                (_, "") => "leave it out".to_owned(),
                (_, text) => format!("write `{text}`"),
            };
            self.push(title, range, new_text, true);
        } else if let Some(meant) = meant(&help) {
            self.push(format!("change it to `{meant}`"), range, meant.to_owned(), true);
        }
        if code == UNKNOWN_NAME.0 {
            self.declare(&help);
        } else if code == NO_SOURCE.0 {
            self.quote(world);
        } else if code == NO_RATIONALE.0 {
            self.line_at_end(range.start, "give a rationale", "because \"...\"");
        } else if code == CONFLICT.0 {
            self.prioritise();
        }
        let page = pages::all().find(|page| page.code.0 == code);
        if let Some(lint) = page.and_then(|page| lint::name(page.code)) {
            self.allow(lint);
        }
    }

    /// Lets a doubt stand, for the declaration that it is about.
    fn allow(&mut self, lint: &str) {
        let Some(item) = self.item(self.diagnostic.range.start) else { return };
        let text = &self.document.text;
        let start = item.span.start as usize;
        let at = text[..start].rfind('\n').map_or(0, |end| end + 1);
        let title = format!("allow `{lint}` here");
        self.insert(title, at, format!("// escalade: allow({lint})\n"));
    }

    #[expect(clippy::mutable_key_type, reason = "the protocol's own type; nothing changes it")]
    fn push(&mut self, title: String, range: Range, new_text: String, is_preferred: bool) {
        let changes = HashMap::from([(self.uri.clone(), vec![TextEdit { range, new_text }])]);
        self.fixes.push(CodeAction {
            title,
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![self.diagnostic.clone()]),
            edit: Some(WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() }),
            is_preferred: Some(is_preferred),
            ..CodeAction::default()
        });
    }

    fn insert(&mut self, title: String, at: usize, text: String) {
        let at = self.position(at);
        self.push(title, Range { start: at, end: at }, text, false);
    }

    fn position(&self, offset: usize) -> Position {
        self.document.lines.position(&self.document.text, offset)
    }

    /// The declaration that a place lies in.
    fn item(&self, at: Position) -> Option<&Item> {
        let offset = self.document.lines.offset(&self.document.text, at);
        let inside =
            |item: &&Item| item.span.start as usize <= offset && offset <= item.span.end as usize;
        self.document.tree.items.iter().find(inside)
    }

    /// Inserts a declaration of a name that is missing: what the hint shows, for each way that it does.
    fn declare(&mut self, help: &str) {
        let Some(shown) = help.strip_prefix("declare it: ") else { return };
        for example in shown.split('`').skip(1).step_by(2) {
            let mut words = example.split(' ');
            let (Some(keyword), Some(name)) = (words.next(), words.next()) else { continue };
            let name = name.trim_end_matches(':');
            let text = example.replace("Title", &title(name)).replace("{ ... }", "{}");
            // Below the last of its kind, or else above the declaration that needs it.
            let items = &self.document.tree.items;
            let same = items.iter().rev().find(|item| {
                let start = item.span.start as usize;
                self.document.text[start..].starts_with(&format!("{keyword} "))
            });
            let title = format!("declare the {keyword} `{name}`");
            match same {
                Some(item) => {
                    let at = line_end(&self.document.text, item.span.end as usize);
                    self.insert(title, at, format!("\n{text}"));
                }
                None => {
                    let item = self.item(self.diagnostic.range.start);
                    let at = item.map_or(0, |item| self.above(item));
                    self.insert(title, at, format!("{text}\n"));
                }
            }
        }
    }

    /// Where a line above a declaration, its notes and the comments that touch it begins.
    fn above(&self, item: &Item) -> usize {
        let text = &self.document.text;
        let line_start = |at: usize| text[..at].rfind('\n').map_or(0, |end| end + 1);
        let mut at = line_start(item.span.start as usize);
        while at > 0 && text[line_start(at - 1)..at].trim_start().starts_with("//") {
            at = line_start(at - 1);
        }
        at
    }

    /// Gives a position a line for its source.
    fn quote(&mut self, world: &World) {
        let sources = world.iter().filter(|(_, declared)| declared.kind == Kind::Source);
        let source = sources.map(|(name, _)| name).next().unwrap_or("SOURCE").to_owned();
        let line = format!("says \"...\" from {source}");
        let at = self.diagnostic.range.start;
        let Some(item) = self.item(at) else { return };
        let end = item.span.end as usize;
        if self.document.text[..end].ends_with('}') {
            self.line_at_end(at, "quote its source", &line);
        } else {
            self.insert("quote its source".to_owned(), end, format!(" {{\n  {line}\n}}"));
        }
    }

    /// Inserts a line at the end of the block of the declaration that a place lies in.
    fn line_at_end(&mut self, at: Position, title: &str, line: &str) {
        let Some(item) = self.item(at) else { return };
        let text = &self.document.text;
        let end = item.span.end as usize;
        if !text[..end].ends_with('}') {
            return;
        }
        let brace = end - 1;
        let line_start = text[..brace].rfind('\n').map_or(0, |end| end + 1);
        if text[line_start..brace].trim().is_empty() {
            self.insert(title.to_owned(), line_start, format!("  {line}\n"));
        } else {
            self.insert(title.to_owned(), brace, format!(" {line} "));
        }
    }

    /// Gives one of two rules that contradict each other a higher priority.
    fn prioritise(&mut self) {
        let mut places = vec![self.diagnostic.range.start];
        for related in self.diagnostic.related_information.iter().flatten() {
            if uri::path(&related.location.uri) == self.document.path {
                places.push(related.location.range.start);
            }
        }
        let highest = places.iter().filter_map(|at| self.item(*at)).map(|item| priority(item).0);
        let highest = highest.max().unwrap_or(0).saturating_add(1);
        for at in places {
            let Some(item) = self.item(at) else { continue };
            let name = match &item.kind {
                ItemKind::Rule(rule) => rule.name.text.clone(),
                ItemKind::Decision(decision) => decision.name.text.clone(),
                _ => continue,
            };
            let title = format!("let `{name}` win: priority {highest}");
            match priority(item).1 {
                Some(span) => {
                    let range = self.document.lines.range(
                        &self.document.text,
                        span.start as usize,
                        span.end as usize,
                    );
                    self.push(title, range, highest.to_string(), false);
                }
                None => self.line_at_end(at, &title, &format!("priority {highest}")),
            }
        }
    }
}

/// The priority of a rule or decision, and where it is written.
fn priority(item: &Item) -> (i64, Option<Span>) {
    let clauses: &[Clause] = match &item.kind {
        ItemKind::Rule(rule) => &rule.clauses,
        ItemKind::Decision(decision) => &decision.clauses,
        _ => &[],
    };
    let written = clauses.iter().find_map(|clause| match &clause.kind {
        ClauseKind::Priority(number) => Some((number.value, Some(number.span))),
        _ => None,
    });
    written.unwrap_or((0, None))
}

/// `north_star` is `North star`.
fn title(name: &str) -> String {
    let words = name.replace('_', " ");
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end)
}
