//! Places of the protocol: lines and characters from 0, characters counted as the client counts.

use crate::source::LineStarts;
use lsp_types::{Position, PositionEncodingKind, Range};

/// How the client counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// As bytes of UTF-8.
    Utf8,
    /// As units of UTF-16, which every client knows.
    Utf16,
}

impl Encoding {
    /// The better of those that the client knows.
    #[must_use]
    pub fn chosen(known: Option<&[PositionEncodingKind]>) -> Self {
        let utf8 = known.is_some_and(|known| known.contains(&PositionEncodingKind::UTF8));
        if utf8 { Self::Utf8 } else { Self::Utf16 }
    }

    /// Its name.
    #[must_use]
    pub fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
        }
    }

    fn length(self, text: &str) -> usize {
        match self {
            Self::Utf8 => text.len(),
            Self::Utf16 if text.is_ascii() => text.len(),
            Self::Utf16 => text.encode_utf16().count(),
        }
    }
}

/// The lines of a text.
#[derive(Clone, Debug)]
pub struct Lines {
    encoding: Encoding,
    starts: LineStarts,
}

impl Lines {
    /// Of this text.
    #[must_use]
    pub fn of(text: &str, encoding: Encoding) -> Self {
        Self { encoding, starts: LineStarts::of(text) }
    }

    /// The number of the line of a byte offset, from 0.
    #[must_use]
    pub fn line(&self, offset: usize) -> usize {
        self.starts.line(offset)
    }

    /// The place of a byte offset in the text; one past the end is the end.
    #[must_use]
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let (line, before) = self.starts.before(text, offset);
        let number = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
        Position { line: number(line), character: number(self.encoding.length(before)) }
    }

    /// The places of the ends of a range of byte offsets.
    #[must_use]
    pub fn range(&self, text: &str, start: usize, end: usize) -> Range {
        Range { start: self.position(text, start), end: self.position(text, end) }
    }

    /// The byte offset of a place; one behind the end of its line is that end, and of a place that is
    /// inside a character the beginning of it.
    #[must_use]
    pub fn offset(&self, text: &str, position: Position) -> usize {
        let line = position.line as usize;
        let Some(start) = self.starts.start(line) else {
            return text.len();
        };
        let end = self.starts.start(line + 1).map_or(text.len(), |next| next - 1);
        let wanted = position.character as usize;
        let mut passed = 0;
        for (at, character) in text[start..end].char_indices() {
            let more = match self.encoding {
                Encoding::Utf8 => character.len_utf8(),
                Encoding::Utf16 => character.len_utf16(),
            };
            if passed + more > wanted {
                return start + at;
            }
            passed += more;
        }
        end
    }
}

#[cfg(test)]
mod tests {
    use super::{Encoding, Lines};
    use lsp_types::Position;

    #[test]
    fn places_and_offsets_agree() {
        let text = "aé𝄞b\n\nlast";
        for encoding in [Encoding::Utf8, Encoding::Utf16] {
            let lines = Lines::of(text, encoding);
            for (at, _) in text.char_indices().chain([(text.len(), ' ')]) {
                assert_eq!(lines.offset(text, lines.position(text, at)), at);
            }
        }
        let lines = Lines::of(text, Encoding::Utf16);
        assert_eq!(lines.position(text, 7), Position::new(0, 4));
        assert_eq!(lines.offset(text, Position::new(0, 3)), 3);
        assert_eq!(lines.offset(text, Position::new(0, 99)), 8);
        assert_eq!(lines.offset(text, Position::new(1, 5)), 9);
        assert_eq!(lines.offset(text, Position::new(9, 0)), text.len());
    }
}
