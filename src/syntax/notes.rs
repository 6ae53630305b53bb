//! Comments and notes: which `///` belongs to which declaration.

use super::tokens::{Token, TokenKind};
use super::tree::{Comment, File, Item};
use crate::source::{FileId, Span};

/// The file of these items. A `///` between two declarations is the note of the second; anywhere
/// else it is a comment.
pub(super) fn attach(file: FileId, text: &str, mut items: Vec<Item>, found: &[Token]) -> File {
    let mut comments = Vec::new();
    let mut found = found.iter().peekable();
    for item in &mut items {
        let mut lines = Vec::new();
        while let Some(token) = found.next_if(|token| token.start < item.span.start as usize) {
            match token.kind {
                TokenKind::Note => lines.push(note_line(token.written(text))),
                _ => comments.push(comment(file, text, *token)),
            }
        }
        item.note = (!lines.is_empty()).then(|| lines.join("\n"));
        while let Some(token) = found.next_if(|token| token.start < item.span.end as usize) {
            comments.push(comment(file, text, *token));
        }
    }
    comments.extend(found.map(|token| comment(file, text, *token)));
    File { items, comments }
}

fn note_line(written: &str) -> &str {
    let line = written.strip_prefix("///").unwrap_or(written);
    line.strip_prefix(' ').unwrap_or(line)
}

fn comment(file: FileId, text: &str, token: Token) -> Comment {
    let text = token.written(text).to_owned();
    Comment { text, span: Span::new(file, token.start, token.end) }
}
