//! Where declarations seem to begin in a text that cannot be read as a whole.

use super::hints::declaration_meant;
use super::keywords::{DECLARATIONS, is_declaration, is_reserved};
use super::tokens::{Token, TokenKind, Tokens};
use crate::diagnostic::suggest;
use std::iter::Peekable;
use std::ops::Range;

/// The declarations whose keyword may also begin a line of a reading.
const IN_READINGS: [&str; 6] = ["flag", "meter", "param", "position", "rule", "state"];

/// How many words are held against the keywords: a text with more that are none is noise.
const MAX_GUESSES: usize = 1000;

/// The pieces of a text: each begins at a line that begins a declaration, also where the one
/// before it has not been closed. The first may begin with something else.
pub(super) struct Pieces<'t> {
    text: &'t str,
    tokens: Peekable<Tokens<'t>>,
    /// The first token of the next piece.
    head: Option<Token>,
    guesses: usize,
}

impl<'t> Pieces<'t> {
    /// The pieces of this text from this offset on.
    pub fn of(text: &'t str, at: usize) -> Self {
        let mut tokens = Tokens::from(text, at).peekable();
        let head = tokens.next();
        Self { text, tokens, head, guesses: 0 }
    }

    /// Whether a declaration seems to begin with a token.
    fn begins(&mut self, token: Token, piece: &Piece<'t>) -> bool {
        let (Some(indentation), TokenKind::Word) = (token.indentation, token.kind) else {
            return false;
        };
        let word = token.written(self.text);
        if is_declaration(word) {
            let of_reading = piece.keyword == "reading"
                && piece.depth > 0
                && indentation > piece.indentation
                && IN_READINGS.contains(&word);
            let of_issue = piece.last == "on" && word == "scale";
            return !of_reading && !of_issue;
        }
        let closed = piece.depth == 0 && piece.last == "}" && !is_reserved(word);
        closed || piece.depth == 0 && indentation == 0 && self.misspells(word)
    }

    /// Whether a word seems to be a misspelt keyword of a declaration, or another word for one.
    fn misspells(&mut self, word: &str) -> bool {
        let follows = self.tokens.peek().is_some_and(|next| {
            matches!(next.kind, TokenKind::Word | TokenKind::Text | TokenKind::OpenBrace)
        });
        if !follows || is_reserved(word) || self.guesses == MAX_GUESSES {
            return false;
        }
        self.guesses += 1;
        declaration_meant(word).is_some()
            || suggest::closest(word, DECLARATIONS.into_iter()).is_some()
    }
}

impl Iterator for Pieces<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let first = self.head.take()?;
        let mut piece = Piece {
            keyword: first.written(self.text),
            indentation: first.indentation.unwrap_or(0),
            depth: 0,
            last: "",
        };
        piece.take(first, self.text);
        while let Some(token) = self.tokens.next() {
            if self.begins(token, &piece) {
                self.head = Some(token);
                return Some(first.start..token.start);
            }
            piece.take(token, self.text);
        }
        Some(first.start..self.text.len())
    }
}

/// What has been seen of a piece.
struct Piece<'t> {
    keyword: &'t str,
    indentation: usize,
    depth: usize,
    /// The last token.
    last: &'t str,
}

impl<'t> Piece<'t> {
    fn take(&mut self, token: Token, text: &'t str) {
        match token.kind {
            TokenKind::OpenBrace => self.depth += 1,
            TokenKind::CloseBrace => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        self.last = token.written(text);
    }
}
