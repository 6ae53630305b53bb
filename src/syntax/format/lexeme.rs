//! The text as the formatter sees it: words and signs with the comments before them.

use super::mark::{Break, Mark, Marks};
use super::rows::width;
use crate::syntax::tokens::{Token, TokenKind, Tokens};
use std::ops::Range;

/// A word, a string, a number or a sign.
#[derive(Clone, Debug)]
pub(super) struct Lexeme<'t> {
    /// As written.
    pub text: &'t str,
    /// What the grammar takes it for.
    pub mark: Mark,
    /// The numbers of the comments between the lexeme before and this one.
    pub comments: Range<usize>,
    /// How many lines end between what stands before it, comments included, and it.
    pub line_breaks: usize,
}

/// A comment or a note.
#[derive(Clone, Copy, Debug)]
pub(super) struct Comment<'t> {
    /// With its marks.
    pub text: &'t str,
    /// How far from the beginning of its line it stands, in bytes.
    pub column: usize,
    /// How many lines end between what stands before it and it.
    pub line_breaks: usize,
}

impl Comment<'_> {
    /// Whether it stands behind something, and nothing behind it.
    pub fn stands_behind(&self) -> bool {
        self.line_breaks == 0 && self.ends_line()
    }

    /// How many columns it takes, whatever its lines are indented by.
    pub fn width(&self) -> usize {
        self.text.lines().map(|line| width(line.trim())).sum()
    }

    /// Whether nothing can stand behind it on its line.
    pub fn ends_line(&self) -> bool {
        self.text.starts_with("//")
    }
}

/// A whole text.
#[derive(Debug)]
pub(super) struct Lexemes<'t> {
    /// Words and signs; an empty one, which carries the last comments, ends them.
    pub all: Vec<Lexeme<'t>>,
    /// The comments in their order.
    pub comments: Vec<Comment<'t>>,
}

impl<'t> Lexemes<'t> {
    /// Of a text that the grammar can read, and what it has found there.
    pub fn of(text: &'t str, marks: &Marks) -> Self {
        let mut lexemes = Self { all: Vec::new(), comments: Vec::new() };
        let mut marks = marks.cursor();
        let (mut behind, mut first_comment) = (0, 0);
        for token in Tokens::from(text, 0) {
            // A number, a date, a sign of two characters is one lexeme and several tokens.
            if token.start < behind {
                continue;
            }
            let line_breaks = lines(&text[behind..token.start]);
            if is_comment(token) {
                let line = text[..token.start].rfind('\n').map_or(0, |end| end + 1);
                let column = token.start - line;
                let text = token.written(text);
                lexemes.comments.push(Comment { text, column, line_breaks });
                behind = token.end;
                continue;
            }
            let (mark, end) = marks.at(token.start);
            behind = end.unwrap_or(token.end);
            let comments = first_comment..lexemes.comments.len();
            first_comment = comments.end;
            let text = &text[token.start..behind];
            lexemes.all.push(Lexeme { text, mark, comments, line_breaks });
        }
        let comments = first_comment..lexemes.comments.len();
        let line_breaks = lines(&text[behind..]);
        lexemes.all.push(Lexeme { text: "", mark: Mark::default(), comments, line_breaks });
        lexemes
    }
}

impl Lexeme<'_> {
    /// Where a line that is too long may be broken: before this.
    pub fn break_before(&self) -> Option<Break> {
        self.mark.break_before
    }

    /// Whether it is a string over several lines.
    pub fn is_block_text(&self) -> bool {
        self.text.starts_with("\"\"\"")
    }

    /// Whether it is a string.
    pub fn is_text(&self) -> bool {
        self.text.starts_with('"')
    }
}

fn is_comment(token: Token) -> bool {
    matches!(token.kind, TokenKind::Comment | TokenKind::Note | TokenKind::OpenComment)
}

fn lines(layout: &str) -> usize {
    layout.bytes().filter(|byte| *byte == b'\n').count()
}
