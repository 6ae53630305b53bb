//! Where a text may be cut, so that its parts are read side by side.

use super::keywords::is_declaration;
use super::tokens::{Token, TokenKind};

/// The least that is worth a thread, in bytes.
const SHARE: usize = 32 * 1024;

/// Looks for lines that begin a declaration outside all braces: nothing goes on from before such a
/// line to behind it, so that both sides mean the same alone.
#[derive(Debug)]
pub(super) struct Shares<'t> {
    text: &'t str,
    /// The cuts so far.
    pub cuts: Vec<usize>,
    depth: usize,
    last: Option<Token>,
}

impl<'t> Shares<'t> {
    /// Of this text.
    pub fn of(text: &'t str) -> Self {
        Self { text, cuts: Vec::new(), depth: 0, last: None }
    }

    /// Takes the next token.
    pub fn take(&mut self, token: Token) {
        match token.kind {
            TokenKind::OpenBrace => self.depth += 1,
            TokenKind::CloseBrace => self.depth = self.depth.saturating_sub(1),
            TokenKind::Word if self.cuts_at(token) => self.cuts.push(token.start),
            TokenKind::Word
            | TokenKind::Text
            | TokenKind::OpenText
            | TokenKind::Comment
            | TokenKind::Note
            | TokenKind::OpenComment
            | TokenKind::OpenParen
            | TokenKind::CloseParen
            | TokenKind::Sign => {}
        }
        if !matches!(token.kind, TokenKind::Comment | TokenKind::Note) {
            self.last = Some(token);
        }
    }

    fn cuts_at(&self, token: Token) -> bool {
        let far = token.start - self.cuts.last().copied().unwrap_or(0) >= SHARE;
        // `issue i on` may go on with `scale s` in the next line.
        let goes_on = || self.last.is_some_and(|last| last.written(self.text) == "on");
        far && self.depth == 0
            && token.indentation.is_some()
            && is_declaration(token.written(self.text))
            && !goes_on()
    }
}
