//! The text as the grammar reads it.

use super::keywords::is_keyword;
use super::tokens::{Token, TokenKind};

/// What is put in the place of layout and comments, and what in that of names.
const SPACES: &str = "                                                                ";
const MASK: &str = "________________________________________________________________";

/// Lays a text out for the grammar: spaces for all layout and all comments, and underscores for
/// all letters of a word that is no word of the language. No text means more or less by it, but
/// the grammar gets through it in half the time: there is one kind of layout, and a name that
/// begins with an underscore need not be held against the reserved words. Every offset stays what
/// it is; what was written there is taken from the text itself.
#[derive(Debug)]
pub(super) struct Flat<'t> {
    text: &'t str,
    /// The offset where it begins.
    base: usize,
    flat: String,
    /// Whether the last token is a string without its end.
    open: bool,
}

impl<'t> Flat<'t> {
    /// Of this text from the offset `base` on.
    pub fn of(text: &'t str, base: usize) -> Self {
        let flat = String::with_capacity(text.len() - base);
        Self { text, base, flat, open: false }
    }

    /// Takes the next token, and the layout before it.
    pub fn take(&mut self, token: Token) {
        self.layout(token.start);
        self.open = token.kind == TokenKind::OpenText;
        let written = token.written(self.text);
        match token.kind {
            TokenKind::Comment | TokenKind::Note | TokenKind::OpenComment => {
                fill(&mut self.flat, SPACES, written.len());
            }
            TokenKind::Word if is_plain_name(written) => {
                fill(&mut self.flat, MASK, written.len());
            }
            TokenKind::Word
            | TokenKind::Text
            | TokenKind::OpenText
            | TokenKind::OpenParen
            | TokenKind::CloseParen
            | TokenKind::OpenBrace
            | TokenKind::CloseBrace
            | TokenKind::Sign => self.flat.push_str(written),
        }
    }

    /// The whole.
    pub fn finish(mut self) -> String {
        self.layout(self.text.len());
        self.flat
    }

    /// The layout up to an offset. The line break that keeps a string without its end from going on stays.
    fn layout(&mut self, end: usize) {
        let layout = &self.text[self.base + self.flat.len()..end];
        if self.open {
            self.flat.push_str(layout);
        } else {
            fill(&mut self.flat, SPACES, layout.len());
        }
    }
}

/// Whether a word is a name of plain letters, and nothing else whatever stands around it.
fn is_plain_name(word: &str) -> bool {
    !word.starts_with(|first: char| first.is_ascii_digit()) && word.is_ascii() && !is_keyword(word)
}

fn fill(flat: &mut String, with: &str, mut count: usize) {
    while let Some(rest) = count.checked_sub(with.len()) {
        flat.push_str(with);
        count = rest;
    }
    flat.push_str(&with[..count]);
}

#[cfg(test)]
mod tests {
    use crate::source::FileId;
    use crate::syntax::outline::Outline;

    #[test]
    fn names_are_masked_and_layout_is_even() {
        let text = "rule a1 {\r\n\twhen x_y on é > 3 // so\n} /* */ \"a\n";
        let flat = Outline::of(FileId(0), text).flat;
        assert_eq!(flat, "rule __ {   when ___ on é > 3       }       \"a\n");
        assert_eq!(flat.len(), text.len());
    }
}
