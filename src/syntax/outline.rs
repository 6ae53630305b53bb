//! What is found before the grammar is used: comments, and what the grammar must not meet.

use super::flat::Flat;
use super::limits::{MAX_DEPTH, MAX_MISTAKES};
use super::shares::{Shares, likely};
use super::spaces;
use super::tokens::{Token, TokenKind, Tokens};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::pages::syntax::{TOO_DEEP, UNTERMINATED_COMMENT, UNTERMINATED_STRING};
use crate::source::{FileId, Span};
use rayon::prelude::*;
use std::borrow::Cow;

/// Something that has been told already and that the grammar cannot read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Trouble {
    /// The offset where it begins.
    pub at: usize,
    /// Whether it nests too deep, so that the grammar must not even try.
    pub too_deep: bool,
}

/// A coarse view of a file.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// The text as the grammar reads it, see [`Flat`]. Offsets in it are offsets in the file.
    pub flat: String,
    /// Where some declarations begin, far enough from each other that what lies between them is
    /// worth a thread; none where that cannot be told for sure.
    pub cuts: Vec<usize>,
    /// Comments and notes in their order.
    pub comments: Vec<Token>,
    /// Strings and comments without an end, and conditions that nest too deep.
    pub troubles: Vec<Trouble>,
    /// What is said about the first of them, and of white space that is no space.
    pub mistakes: Vec<Diagnostic>,
}

impl Outline {
    /// The outline of a text.
    pub fn of(file: FileId, text: &str) -> Self {
        Self::of_shares(file, text).unwrap_or_else(|| Self::of_part(file, text, 0).0)
    }

    /// The same, of shares side by side; `None` where there is but one, or where one of them has
    /// something that may reach into the next: then all has to be looked at in its order.
    fn of_shares(file: FileId, text: &str) -> Option<Self> {
        let shares = likely(text);
        if shares.len() < 2 {
            return None;
        }
        let cuts = shares.iter().skip(1).map(|share| share.start).collect();
        let outlines: Option<Vec<Self>> = shares
            .into_par_iter()
            .map(|share| {
                let (outline, closed) = Self::of_part(file, &text[..share.end], share.start);
                (closed && outline.troubles.is_empty()).then_some(outline)
            })
            .collect();
        let mut whole = Self { flat: String::with_capacity(text.len()), cuts, ..Self::default() };
        for outline in outlines? {
            whole.flat.push_str(&outline.flat);
            whole.comments.extend(outline.comments);
            whole.mistakes.extend(outline.mistakes);
        }
        whole.mistakes.truncate(MAX_MISTAKES + 1);
        Some(whole)
    }

    /// The outline of what begins at an offset of a text, and whether its end is that of a
    /// declaration whatever follows.
    fn of_part(file: FileId, text: &str, start: usize) -> (Self, bool) {
        let mut outline = Self::default();
        let mut nesting = Nesting::default();
        let mut flat = Flat::of(text, start);
        let mut shares = Shares::of(text);
        let mut behind = start;
        for token in Tokens::from(text, start) {
            spaces::check(file, text, behind..token.start, &mut outline.mistakes);
            behind = token.end;
            flat.take(token);
            shares.take(token);
            match token.kind {
                TokenKind::Comment | TokenKind::Note => outline.comments.push(token),
                TokenKind::OpenText => outline.open_text(file, text, token),
                TokenKind::OpenComment => {
                    outline.comments.push(token);
                    outline.open_comment(file, token);
                }
                _ => {
                    if nesting.passes(token.kind, token.written(text)) {
                        outline.too_deep(file, token);
                    }
                }
            }
        }
        spaces::check(file, text, behind..text.len(), &mut outline.mistakes);
        outline.flat = flat.finish();
        let closed = shares.is_closed() && nesting == Nesting::default();
        outline.cuts = shares.cuts;
        (outline, closed)
    }

    /// The text with spaces in the place of its comments. Offsets in it are offsets in the file.
    pub fn without_comments<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.comments.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut plain = String::with_capacity(text.len());
        for comment in &self.comments {
            plain.push_str(&text[plain.len()..comment.start]);
            plain.extend(std::iter::repeat_n(' ', comment.end - comment.start));
        }
        plain.push_str(&text[plain.len()..]);
        Cow::Owned(plain)
    }

    fn open_text(&mut self, file: FileId, text: &str, token: Token) {
        let block = text[token.start..].starts_with("\"\"\"");
        let (end, mark) = if block { (token.start + 3, "\"\"\"") } else { (token.end, "\"") };
        let help = if block {
            format!("close it with `{mark}`")
        } else {
            format!(
                "close it with `{mark}` on its line, or write a text of several lines between \
                     triple marks, `\"\"\"`"
            )
        };
        let span = Span::new(file, token.start, end);
        let diagnostic = Diagnostic::new(UNTERMINATED_STRING, span, "a string has no end")
            .label("it begins here")
            .help(help);
        self.tell(token, diagnostic);
    }

    fn open_comment(&mut self, file: FileId, token: Token) {
        let span = Span::new(file, token.start, token.start + 2);
        let diagnostic = Diagnostic::new(UNTERMINATED_COMMENT, span, "a comment has no end")
            .label("it begins here")
            .help("close it with `*/`");
        self.tell(token, diagnostic);
    }

    fn tell(&mut self, token: Token, diagnostic: Diagnostic) {
        let too_deep = !matches!(token.kind, TokenKind::OpenText | TokenKind::OpenComment);
        self.troubles.push(Trouble { at: token.start, too_deep });
        if self.mistakes.len() <= MAX_MISTAKES {
            self.mistakes.push(diagnostic);
        }
    }

    fn too_deep(&mut self, file: FileId, token: Token) {
        let span = Span::new(file, token.start, token.end);
        let message = format!("a condition nests deeper than {MAX_DEPTH} levels");
        let diagnostic = Diagnostic::new(TOO_DEEP, span, message)
            .label("one level too many")
            .help("split it, for example with a flag that a rule sets");
        self.tell(token, diagnostic);
    }
}

/// How deep the grammar would have to go: parentheses, and prefixes (`not`, `-`) within them.
#[derive(Debug, Default, PartialEq, Eq)]
struct Nesting {
    /// For each open parenthesis, how deep it stands.
    open: Vec<usize>,
    /// The prefixes since.
    prefixes: usize,
    /// Whether the limit has been passed already.
    passed: bool,
}

impl Nesting {
    /// Takes the next token; whether it is the one that passes the limit.
    fn passes(&mut self, kind: TokenKind, written: &str) -> bool {
        let outside = self.open.last().copied().unwrap_or(0);
        match kind {
            TokenKind::OpenParen => {
                self.open.push(outside + self.prefixes + 1);
                self.prefixes = 0;
            }
            TokenKind::CloseParen => {
                self.open.pop();
                self.prefixes = 0;
            }
            // No parenthesis reaches over a brace.
            TokenKind::OpenBrace | TokenKind::CloseBrace => *self = Self::default(),
            _ if written == "not" || written == "-" => self.prefixes += 1,
            _ => self.prefixes = 0,
        }
        let depth = self.open.last().copied().unwrap_or(0) + self.prefixes;
        let passes = depth > MAX_DEPTH && !self.passed;
        self.passed |= passes;
        passes
    }
}
