//! Where a text may be cut, so that its parts are read side by side.

use super::keywords::is_declaration;
use super::tokens::{Token, TokenKind};
use std::ops::Range;

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

    /// Whether a text that ends here means the same whatever begins behind it.
    pub fn is_closed(&self) -> bool {
        self.depth == 0 && !self.goes_on()
    }

    fn cuts_at(&self, token: Token) -> bool {
        let far = token.start - self.cuts.last().copied().unwrap_or(0) >= SHARE;
        far && self.depth == 0
            && token.indentation.is_some()
            && is_declaration(token.written(self.text))
            && !self.goes_on()
    }

    /// Whether what stands next may belong to the declaration before it: `issue i on` may go on with
    /// `scale s` in the next line.
    fn goes_on(&self) -> bool {
        self.last.is_some_and(|last| last.written(self.text) == "on")
    }
}

/// The text in shares of which each seems to begin with a declaration: at the start of a line.
/// Whether it does, or that line belongs to a comment or a reading, is not known yet.
pub(super) fn likely(text: &str) -> Vec<Range<usize>> {
    let mut shares = Vec::new();
    let mut start = 0;
    let mut at = SHARE;
    while let Some(line) = next_line(text, at) {
        if begins_declaration(&text[line..]) {
            shares.push(start..line);
            (start, at) = (line, line + SHARE);
        } else {
            at = line;
        }
    }
    shares.push(start..text.len());
    shares
}

/// Where the next line begins behind an offset.
fn next_line(text: &str, at: usize) -> Option<usize> {
    let rest = text.as_bytes().get(at..)?;
    rest.iter().position(|byte| *byte == b'\n').map(|end| at + end + 1)
}

fn begins_declaration(line: &str) -> bool {
    let word = line.bytes().take_while(u8::is_ascii_lowercase).count();
    line[word..].starts_with([' ', '\t']) && is_declaration(&line[..word])
}
