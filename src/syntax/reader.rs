//! Reading a whole file: strictly as far as that goes, then piece by piece.

use super::grammar::{Grammar, Rule};
use super::keywords;
use super::limits::MAX_MISTAKES;
use super::lower::Lowering;
use super::mistake::{Failure, explain};
use super::outline::Trouble;
use super::pieces::Pieces;
use super::tokens::{Token, TokenKind, Tokens};
use super::tree::{Broken, Item, ItemKind, Name};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};
use pest::Parser;
use std::ops::Range;

/// Reads the declarations of one file.
pub(super) struct Reader<'t> {
    file: FileId,
    /// The text, without its comments.
    text: &'t str,
    /// The same as the grammar reads it.
    flat: &'t str,
    troubles: &'t [Trouble],
    mistakes: Vec<Diagnostic>,
}

/// What stands next in the text.
#[expect(clippy::large_enum_variant, reason = "it is taken apart at once, and mostly an item")]
enum Next {
    /// Nothing.
    End,
    /// A declaration, perhaps broken, with its place.
    Item(Item, Range<usize>),
    /// Something that is none, and where it begins.
    Failed(usize),
}

impl<'t> Reader<'t> {
    /// For the text of this file, without comments and in its flat form, and with what its outline has found.
    pub fn new(file: FileId, text: &'t str, flat: &'t str, troubles: &'t [Trouble]) -> Self {
        Self { file, text, flat, troubles, mistakes: Vec::new() }
    }

    /// What has been found wrong.
    pub fn into_mistakes(self) -> Vec<Diagnostic> {
        self.mistakes
    }

    /// All declarations, in their order.
    pub fn items(&mut self) -> Vec<Item> {
        let mut items = Vec::new();
        let mut at = 0;
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
        let next = self.troubles.partition_point(|trouble| trouble.at < piece.start);
        let trouble = self.troubles.get(next).filter(|trouble| trouble.at < piece.end).copied();
        if trouble.is_some_and(|trouble| trouble.too_deep) {
            items.extend(self.broken(piece));
            return;
        }
        let mut last: Option<Range<usize>> = None;
        loop {
            let at = last.as_ref().map_or(piece.start, |last| last.end);
            match self.next(at, piece.end) {
                Next::End => return,
                Next::Item(item, place) => {
                    items.push(item);
                    last = Some(place);
                }
                Next::Failed(start) => {
                    let mistake = self.failed(last, start..piece.end, items);
                    // What has been found by the outline is not told twice.
                    self.mistakes.extend(mistake.filter(|_| trouble.is_none()));
                    return;
                }
            }
        }
    }

    /// Tells why the text of this range begins no declaration; `last` is the place of the
    /// declaration before it in the same piece.
    fn failed(
        &self,
        last: Option<Range<usize>>,
        rest: Range<usize>,
        items: &mut Vec<Item>,
    ) -> Option<Diagnostic> {
        let from = last.as_ref().map_or(rest.start, |last| last.start);
        let error = Grammar::parse(Rule::file, &self.flat[from..rest.end]).err()?;
        let failure = Failure::new(self.file, self.text, from..rest.end, &error);
        // The last declaration is the one that is broken if it could have gone on, or if
        // something stands right behind it that closes nothing.
        let goes_on = last.is_some_and(|last| {
            let behind = &self.text[last.end..rest.end];
            let same_line = !self.text[last.end..rest.start].contains('\n');
            failure.at > rest.start || same_line && !behind.trim_start().starts_with(['}', ';'])
        });
        let broken = if goes_on {
            items.pop();
            self.broken(from..rest.end)
        } else {
            self.broken(rest)
        };
        items.extend(broken);
        Some(explain(&failure))
    }

    /// Reads what stands next.
    fn next(&mut self, at: usize, end: usize) -> Next {
        let text = &self.text[..end];
        let Some(first) = Tokens::from(text, at).next() else {
            return Next::End;
        };
        let Ok(mut pairs) = Grammar::parse(Rule::next_item, &self.flat[first.start..end]) else {
            return Next::Failed(first.start);
        };
        let Some(pair) = pairs.next() else {
            return Next::Failed(first.start);
        };
        let lowering = Lowering::new(self.file, self.text, first.start);
        let span = lowering.span(&pair);
        let place = first.start..span.end as usize;
        let item = lowering.item(pair).or_else(|| self.broken(place.clone()));
        let room = (MAX_MISTAKES + 1).saturating_sub(self.mistakes.len());
        self.mistakes.extend(lowering.into_mistakes().into_iter().take(room));
        match item {
            Some(item) => Next::Item(item, place),
            None => Next::Failed(first.start),
        }
    }

    /// What is left of a declaration that cannot be read: `None` if it does not begin with a word.
    fn broken(&self, place: Range<usize>) -> Option<Item> {
        let text = &self.text[..place.end];
        let mut tokens = Tokens::from(text, place.start);
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
