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
use rayon::prelude::*;
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
    ///
    /// `cuts`: where declarations begin that may be read side by side.
    pub fn items(&mut self, cuts: &[usize]) -> Vec<Item> {
        let mut items = Vec::new();
        let mut at = 0;
        if self.troubles.is_empty() {
            at = self.shares(cuts, &mut items);
            if self.strictly(at..self.text.len(), &mut items) {
                return items;
            }
            // What ends the strict reading may belong to the last declaration that was read.
            at = items.pop().map_or(at, |last| last.span.start as usize);
        }
        for piece in Pieces::of(self.text, at) {
            if self.mistakes.len() > MAX_MISTAKES {
                break;
            }
            self.piece(piece, &mut items);
        }
        items
    }

    /// Reads what lies between the cuts on all cores, and keeps what comes before the first share
    /// that cannot be read strictly: the offset behind that.
    fn shares(&mut self, cuts: &[usize], items: &mut Vec<Item>) -> usize {
        let read = |share: usize| {
            let start = if share == 0 { 0 } else { cuts[share - 1] };
            let mut reader = Reader::new(self.file, self.text, self.flat, self.troubles);
            let mut items = Vec::new();
            let whole = reader.strictly(start..cuts[share], &mut items);
            whole.then(|| (items, reader.into_mistakes()))
        };
        let shares: Vec<_> = (0..cuts.len()).into_par_iter().map(read).collect();
        items.reserve(shares.iter().flatten().map(|(items, _)| items.len()).sum());
        let mut end = 0;
        for (share, cut) in shares.into_iter().map_while(|share| share).zip(cuts) {
            items.extend(share.0);
            self.mistakes.extend(share.1);
            end = *cut;
        }
        self.mistakes.truncate(MAX_MISTAKES + 1);
        end
    }

    /// Reads declarations as long as there is no mistake in their syntax; whether that was to the
    /// end.
    fn strictly(&mut self, range: Range<usize>, items: &mut Vec<Item>) -> bool {
        let mut at = range.start;
        loop {
            match self.next(at, range.end) {
                Next::End => return true,
                Next::Item(item, place) => {
                    items.push(item);
                    at = place.end;
                }
                Next::Failed(_) => return false,
            }
        }
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
        let Err(error) = Grammar::parse(Rule::file, &self.flat[from..rest.end]) else {
            // The whole can be read, and yet no declaration came of it.
            return Some(Diagnostic::fault(Span::new(self.file, rest.start, rest.end)));
        };
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
        let Ok(pairs) = Grammar::parse(Rule::next_item, &self.flat[first.start..end]) else {
            return Next::Failed(first.start);
        };
        let lowering = Lowering::new(self.file, self.text, first.start, pairs);
        let Some((item, end)) = lowering.item() else {
            return Next::Failed(first.start);
        };
        let place = first.start..end as usize;
        let item = item.or_else(|| self.broken(place.clone()));
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
        named.then(|| Name::written(written, span))
    }
}
