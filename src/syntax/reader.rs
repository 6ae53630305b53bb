//! Reading a whole file: strictly as far as that goes, then piece by piece.

use super::grammar::{Grammar, Rule};
use super::keywords;
use super::limits::MAX_MISTAKES;
use super::lower::Lowering;
use super::mistake::{Failure, explain};
use super::outline::Outline;
use super::pieces::Pieces;
use super::tokens::{Token, TokenKind, Tokens};
use super::tree::{Broken, Item, ItemKind, Name};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};
use pest::Parser;
use std::ops::Range;

const BYTE_ORDER_MARK: &str = "\u{FEFF}";

/// Reads the declarations of one file.
pub(super) struct Reader<'t> {
    file: FileId,
    text: &'t str,
    /// Where the outline has found what the grammar must not meet.
    troubles: &'t [usize],
    mistakes: Vec<Diagnostic>,
}

/// What stands next in the text.
enum Next {
    /// Nothing.
    End,
    /// A declaration, perhaps broken, with its place.
    Item(Item, Range<usize>),
    /// Something that is none, and where it begins.
    Failed(usize),
}

impl<'t> Reader<'t> {
    /// For this file, with its outline.
    pub fn new(file: FileId, text: &'t str, outline: &'t Outline) -> Self {
        Self { file, text, troubles: &outline.troubles, mistakes: Vec::new() }
    }

    /// What has been found wrong.
    pub fn into_mistakes(self) -> Vec<Diagnostic> {
        self.mistakes
    }

    /// All declarations, in their order.
    pub fn items(&mut self) -> Vec<Item> {
        let mut items = Vec::new();
        let mut at = if self.text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
        if self.troubles.is_empty() {
            // What ends the strict reading may belong to the last declaration that was read.
            let mut last = at;
            loop {
                match self.next(at, self.text.len()) {
                    Next::End => return items,
                    Next::Item(item, place) => {
                        items.push(item);
                        (last, at) = (place.start, place.end);
                    }
                    Next::Failed(_) => break,
                }
            }
            items.pop();
            at = last;
        }
        for piece in Pieces::of(self.text, at) {
            if self.mistakes.len() > MAX_MISTAKES {
                break;
            }
            self.piece(piece, &mut items);
        }
        items
    }

    /// Reads one piece of a text that cannot be read as a whole.
    fn piece(&mut self, piece: Range<usize>, items: &mut Vec<Item>) {
        let trouble = self.troubles.partition_point(|&at| at < piece.start);
        if self.troubles.get(trouble).is_some_and(|&at| at < piece.end) {
            items.extend(self.broken(piece));
            return;
        }
        let mut last = None;
        let mut at = piece.start;
        loop {
            match self.next(at, piece.end) {
                Next::End => return,
                Next::Item(item, place) => {
                    items.push(item);
                    (last, at) = (Some(place.start), place.end);
                }
                Next::Failed(start) => return self.failed(last, start..piece.end, items),
            }
        }
    }

    /// Tells why the text of this range begins no declaration; `last` is where the declaration
    /// begins that ends there.
    fn failed(&mut self, last: Option<usize>, rest: Range<usize>, items: &mut Vec<Item>) {
        let from = last.unwrap_or(rest.start);
        let Err(error) = Grammar::parse(Rule::file, &self.text[from..rest.end]) else {
            return;
        };
        let failure = Failure::new(self.file, self.text, from..rest.end, &error);
        let broken = if failure.at > rest.start && last.is_some() {
            // The last declaration could have gone on: it is the one that is broken.
            items.pop();
            self.broken(from..rest.end)
        } else {
            self.broken(rest)
        };
        items.extend(broken);
        self.mistakes.push(explain(&failure));
    }

    /// Reads what stands next.
    fn next(&mut self, at: usize, end: usize) -> Next {
        let text = &self.text[..end];
        let Some(first) = Tokens::from(text, at).find(|token| !token.is_comment()) else {
            return Next::End;
        };
        let Ok(mut pairs) = Grammar::parse(Rule::next_item, &text[first.start..]) else {
            return Next::Failed(first.start);
        };
        let Some(pair) = pairs.next() else {
            return Next::Failed(first.start);
        };
        let lowering = Lowering::new(self.file, first.start);
        let span = lowering.span(&pair);
        let place = first.start..span.end as usize;
        let item = lowering.item(pair).or_else(|| self.broken(place.clone()));
        self.mistakes.extend(lowering.into_mistakes());
        match item {
            Some(item) => Next::Item(item, place),
            None => Next::Failed(first.start),
        }
    }

    /// What is left of a declaration that cannot be read: `None` if it does not begin with a word.
    fn broken(&self, place: Range<usize>) -> Option<Item> {
        let text = &self.text[..place.end];
        let mut tokens = Tokens::from(text, place.start).filter(|token| !token.is_comment());
        let first = tokens.next().filter(|token| token.kind == TokenKind::Word)?;
        let keyword = first.written(text).to_owned();
        let second = tokens.next();
        let end = tokens.last().or(second).unwrap_or(first).end;
        let name = second.filter(|_| keywords::declares_name(&keyword));
        let name = name.and_then(|token| self.name(token));
        let span = Span::new(self.file, first.start, end);
        Some(Item { kind: ItemKind::Broken(Broken { keyword, name }), note: None, span })
    }

    /// The name that a token is, if it is one.
    fn name(&self, token: Token) -> Option<Name> {
        let written = token.written(self.text);
        let named = token.kind == TokenKind::Word && !written.starts_with(|c: char| c.is_numeric());
        let span = Span::new(self.file, token.start, token.end);
        named.then(|| Name { text: written.to_owned(), span })
    }
}
