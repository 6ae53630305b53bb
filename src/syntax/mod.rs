//! From text to the tree: the grammar, lowering and recovery.
//!
//! Guaranteed after this stage: every piece of the text that could be read is in the tree, with
//! its place; names are not resolved, kinds are not checked.
//!
//! A file is first read strictly. Where that ends before the file does, the rest is cut into
//! pieces, each from the beginning of one declaration to that of the next, and each piece is
//! read alone: every mistake is told in its place, and the good declarations are kept.

mod decode;
mod flat;
mod format;
mod grammar;
mod hints;
mod keywords;
mod limits;
mod lower;
mod mistake;
mod notes;
mod outline;
mod pieces;
mod reader;
mod shares;
mod single;
mod spaces;
mod tokens;
pub mod tree;
mod words;

pub use decode::{BadUtf8, text_of};
pub use format::{Ends, Unformatted, format, lay_out};
pub(crate) use hints::{quantifier_hint, quantifier_meant};
pub use keywords::DECLARATIONS;
pub use limits::{MAX_DEPTH, MAX_FILE, MAX_MISTAKES};
pub use single::{likelihood_in, parse_constant, parse_likelihood};
pub use tree::composed;

use crate::diagnostic::pages::syntax::{TOO_LARGE, TOO_MANY};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::{FileId, Span};
use outline::Outline;
use reader::Reader;

/// Reads a file. Every mistake is told, up to [`MAX_MISTAKES`] of them; what could be read is in
/// the tree. Takes time in proportion to the length of the text, whatever it holds.
pub fn parse(file: FileId, text: &str, diagnostics: &mut Diagnostics) -> tree::File {
    if text.len() > MAX_FILE {
        diagnostics.push(too_large(file, text));
        return tree::File::default();
    }
    let outline = Outline::of(file, text);
    let plain = outline.without_comments(text);
    let mut reader = Reader::new(file, &plain, &outline.flat, &outline.troubles);
    let items = reader.items(&outline.cuts);
    let mut told = reader.into_mistakes();
    told.extend(outline.mistakes);
    // What cannot be read has its mistake; where nothing is told, the mistake is ours.
    let broken = items.iter().find(|item| matches!(item.kind, tree::ItemKind::Broken(_)));
    told.extend(broken.filter(|_| told.is_empty()).map(|item| Diagnostic::fault(item.span)));
    push_first(told, diagnostics);
    notes::attach(file, text, items, &outline.comments)
}

/// Adds the first mistakes of a file, and one that says that there are more.
fn push_first(mut told: Vec<Diagnostic>, diagnostics: &mut Diagnostics) {
    told.sort_by_key(|diagnostic| (diagnostic.primary.span, diagnostic.code));
    told.dedup_by_key(|diagnostic| (diagnostic.primary.span, diagnostic.code));
    let more = told.get(MAX_MISTAKES).map(|next| next.primary.span);
    told.truncate(MAX_MISTAKES);
    for diagnostic in told {
        diagnostics.push(diagnostic);
    }
    if let Some(span) = more {
        let message = format!("more than {MAX_MISTAKES} syntax errors: the others are left out");
        let help = "mend the first ones and check again";
        diagnostics.push(
            Diagnostic::new(TOO_MANY, span, message).label("not told from here on").help(help),
        );
    }
}

fn too_large(file: FileId, text: &str) -> Diagnostic {
    let message = format!(
        "a file of {} bytes is too large: the limit is {} MiB",
        text.len(),
        MAX_FILE / (1024 * 1024)
    );
    let help = "split it into several files and `import` them";
    Diagnostic::new(TOO_LARGE, Span::new(file, 0, 0), message).help(help)
}

/// The words, strings and signs of a text, in their order, without its layout and comments.
#[must_use]
pub fn signs(text: &str) -> Vec<&str> {
    let tokens = tokens::Tokens::from(text, 0).filter(|token| match token.kind {
        tokens::TokenKind::Comment | tokens::TokenKind::Note | tokens::TokenKind::OpenComment => {
            false
        }
        tokens::TokenKind::Word
        | tokens::TokenKind::Text
        | tokens::TokenKind::OpenText
        | tokens::TokenKind::OpenParen
        | tokens::TokenKind::CloseParen
        | tokens::TokenKind::OpenBrace
        | tokens::TokenKind::CloseBrace
        | tokens::TokenKind::Sign => true,
    });
    tokens.map(|token| token.written(text)).collect()
}

/// A word, a string or a sign, for those who look at a text that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece<'t> {
    /// As written.
    pub text: &'t str,
    /// Whether only spaces stand before it on its line.
    pub begins_line: bool,
    /// Whether it is a string or a comment that the text ends in.
    pub open: bool,
}

/// The pieces of a text before an offset, from the beginning of the declaration that it is in. A
/// comment that reaches up to there is the last of them, and open.
#[must_use]
pub fn pieces_before(text: &str, offset: usize) -> Vec<Piece<'_>> {
    let text = text.get(..offset).unwrap_or(text);
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    let mut depth = 0_usize;
    for token in tokens::Tokens::from(text, 0) {
        let written = token.written(text);
        let begins_line = token.indentation.is_some();
        let behind = &text[token.end..];
        let several_lines = written.starts_with("/*") || written.starts_with("\"\"\"");
        let at_end = behind.trim().is_empty() && (several_lines || !behind.contains('\n'));
        let open = match token.kind {
            tokens::TokenKind::OpenText | tokens::TokenKind::OpenComment => at_end,
            tokens::TokenKind::Comment | tokens::TokenKind::Note => {
                if at_end && written.starts_with("//") {
                    pieces.push(Piece { text: written, begins_line, open: true });
                }
                continue;
            }
            _ => false,
        };
        // As recovery has it: a declaration begins at the beginning of a line, also where the
        // one before it has not been closed.
        let word = token.kind == tokens::TokenKind::Word && keywords::is_declaration(written);
        let begins = token.indentation == Some(0) || begins_line && depth == 0;
        let of_issue = written == "scale" && pieces.last().is_some_and(|last| last.text == "on");
        if word && begins && !of_issue {
            pieces.clear();
            depth = 0;
        } else if word && depth == 0 && pieces.last().is_some_and(|last| last.text == "}") {
            pieces.clear();
        }
        match token.kind {
            tokens::TokenKind::OpenBrace => depth += 1,
            tokens::TokenKind::CloseBrace => depth = depth.saturating_sub(1),
            _ => {}
        }
        pieces.push(Piece { text: written, begins_line, open });
    }
    pieces
}

/// Why a text cannot be a name; none where it can.
#[must_use]
pub fn wrong_name(text: &str) -> Option<String> {
    use pest::Parser;
    let whole = |pairs: &pest::iterators::Pairs<'_, grammar::Rule>| pairs.as_str() == text;
    let parsed = grammar::Grammar::parse(grammar::Rule::name, text);
    if keywords::is_reserved(text) {
        return Some(format!("`{text}` is a word of the language, and cannot be a name"));
    }
    let fits = parsed.is_ok_and(|pairs| whole(&pairs));
    (!fits).then(|| format!("`{text}` is no name: a letter or `_`, then letters, digits and `_`"))
}

/// The offsets of the braces of each block of a text, those without an end left out.
#[must_use]
pub fn blocks(text: &str) -> Vec<(usize, usize)> {
    let (mut open, mut blocks) = (Vec::new(), Vec::new());
    for token in tokens::Tokens::from(text, 0) {
        match token.kind {
            tokens::TokenKind::OpenBrace => open.push(token.start),
            tokens::TokenKind::CloseBrace => {
                blocks.extend(open.pop().map(|start| (start, token.start)));
            }
            _ => {}
        }
    }
    blocks.sort_unstable();
    blocks
}
