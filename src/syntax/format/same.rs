//! Whether two texts say the same.

use super::layout::block_text;
use crate::syntax::tokens::{TokenKind, Tokens};

/// Whether two texts consist of the same words, signs, strings and comments in the same order:
/// then they differ in their layout only.
pub(super) fn says_the_same(one: &str, other: &str) -> bool {
    pieces(one).eq(pieces(other))
}

fn pieces(text: &str) -> impl Iterator<Item = (TokenKind, String)> {
    Tokens::from(text, 0).map(move |token| {
        let written = token.written(text);
        let said = match token.kind {
            TokenKind::Text if written.starts_with("\"\"\"") => block_text(written, 0).join("\n"),
            TokenKind::Comment | TokenKind::Note | TokenKind::OpenComment => {
                written.lines().map(str::trim).collect::<Vec<_>>().join("\n")
            }
            _ => written.to_owned(),
        };
        (token.kind, said)
    })
}
