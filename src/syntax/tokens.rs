//! A coarse look at the text: words, strings, comments and brackets, whatever else is wrong.

use super::keywords::is_declaration;

/// A coarse piece of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// The offset of its first byte.
    pub start: usize,
    /// The offset behind its last byte.
    pub end: usize,
    /// Whether only spaces stand before it on its line, and how many.
    pub indentation: Option<usize>,
}

/// The kinds of coarse pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// A name, a keyword or a number.
    Word,
    /// A string.
    Text,
    /// A string without its end.
    OpenText,
    /// `// ...` or `/* ... */`.
    Comment,
    /// `/// ...`.
    Note,
    /// A block comment without its end.
    OpenComment,
    /// `(`.
    OpenParen,
    /// `)`.
    CloseParen,
    /// `{`.
    OpenBrace,
    /// `}`.
    CloseBrace,
    /// Any other character.
    Sign,
}

impl Token {
    /// What is written there.
    pub fn written(self, text: &str) -> &str {
        &text[self.start..self.end]
    }
}

/// The tokens of a text, in their order.
pub(super) struct Tokens<'t> {
    text: &'t str,
    at: usize,
    indentation: Option<usize>,
}

impl<'t> Tokens<'t> {
    /// The tokens of this text from this offset on, which must not lie inside a token.
    pub fn from(text: &'t str, at: usize) -> Self {
        let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let indented = text[line..at].bytes().all(|byte| byte.is_ascii_whitespace());
        Self { text, at, indentation: indented.then_some(at - line) }
    }

    /// Passes over spaces and line breaks, counting the indentation.
    fn skip_space(&mut self) {
        let bytes = self.text.as_bytes();
        loop {
            match bytes.get(self.at) {
                Some(b'\n') => self.indentation = Some(0),
                Some(b' ' | b'\t') => self.indentation = self.indentation.map(|width| width + 1),
                Some(b'\r') => {}
                Some(0x0B | 0x0C) => {}
                // What looks like a space, or like nothing, is told elsewhere.
                Some(0xC2..=0xEF) => match self.text[self.at..].chars().next() {
                    Some(space) if is_odd_space(space) => self.at += space.len_utf8() - 1,
                    _ => return,
                },
                _ => return,
            }
            self.at += 1;
        }
    }

    /// The kind and the end of the token that begins at this offset.
    fn token(&self, at: usize) -> Option<(TokenKind, usize)> {
        let rest = &self.text[at..];
        let bytes = rest.as_bytes();
        let first = rest.chars().next()?;
        Some(match bytes[0] {
            b'/' if rest.starts_with("//") => {
                let note = rest.starts_with("///") && !rest.starts_with("////");
                let line = rest.find('\n').map_or(rest, |end| &rest[..end]);
                let kind = if note { TokenKind::Note } else { TokenKind::Comment };
                (kind, at + line.trim_end().len())
            }
            b'/' if rest.starts_with("/*") => match rest[2..].find("*/") {
                Some(end) => (TokenKind::Comment, at + end + 4),
                None => (TokenKind::OpenComment, at + self.up_to_declaration(at)),
            },
            b'"' if rest.starts_with("\"\"\"") => match block_end(rest) {
                Some(end) => (TokenKind::Text, at + end),
                None => (TokenKind::OpenText, at + self.up_to_declaration(at)),
            },
            b'"' => match line_end(rest) {
                (end, true) => (TokenKind::Text, at + end),
                (end, false) => (TokenKind::OpenText, at + end),
            },
            b'(' => (TokenKind::OpenParen, at + 1),
            b')' => (TokenKind::CloseParen, at + 1),
            b'{' => (TokenKind::OpenBrace, at + 1),
            b'}' => (TokenKind::CloseBrace, at + 1),
            _ if is_word(first) => (TokenKind::Word, at + word_length(rest)),
            _ => (TokenKind::Sign, at + first.len_utf8()),
        })
    }

    /// How much of what has no end is given up: up to the next line that begins a declaration.
    fn up_to_declaration(&self, at: usize) -> usize {
        let rest = &self.text[at..];
        let mut offset = 0;
        for line in rest.split_inclusive('\n') {
            if offset > 0 && is_declaration(&line[..word_length(line)]) {
                break;
            }
            offset += line.len();
        }
        rest[..offset].trim_end().len()
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        self.skip_space();
        let start = self.at;
        let (kind, end) = self.token(start)?;
        self.at = end;
        Some(Token { kind, start, end, indentation: self.indentation.take() })
    }
}

/// Whether a character is white space of Unicode, or looks like none at all, and is no layout of the
/// language.
pub(super) fn is_odd_space(character: char) -> bool {
    match character {
        // Byte order marks, zero width spaces and such.
        '\u{180E}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' => true,
        _ => !character.is_ascii() && character.is_whitespace(),
    }
}

/// Whether a character may be part of a word.
fn is_word(character: char) -> bool {
    character == '_' || character.is_alphanumeric()
}

/// The length of the word that a text begins with.
fn word_length(text: &str) -> usize {
    // Most text is plain: bytes are quicker than characters.
    let plain = text.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    let plain = plain.count();
    if text.as_bytes().get(plain).is_none_or(u8::is_ascii) {
        return plain;
    }
    let ends = |c: char| !is_word(c) && c.is_ascii() || is_odd_space(c);
    text.find(ends).unwrap_or(text.len())
}

/// The length of a string between triple marks, if it has an end.
fn block_end(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 3;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'"' if bytes[at..].starts_with(b"\"\"\"") => return Some(at + 3),
            _ => at += 1,
        }
    }
    None
}

/// The length of a string between single marks, and whether it ends before its line does.
fn line_end(text: &str) -> (usize, bool) {
    let bytes = text.as_bytes();
    let mut at = 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if bytes.get(at + 1).is_some_and(|&next| next != b'\n') => at += 2,
            b'"' => return (at + 1, true),
            b'\n' => break,
            _ => at += 1,
        }
    }
    let at = at.min(bytes.len());
    (text.get(..at).map_or(text.len(), |line| line.trim_end().len()), false)
}
