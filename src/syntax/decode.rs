//! From bytes to text.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::pages::syntax::BAD_UTF8;
use crate::source::{FileId, SourceFile, Span};

/// The first place of a file that is not UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadUtf8 {
    /// The offset, in the text as kept, of the character that stands for the bad bytes.
    pub offset: usize,
    /// The first of the bad bytes.
    pub byte: u8,
    /// How many such places the file has.
    pub places: usize,
}

impl BadUtf8 {
    /// What is said about it.
    #[must_use]
    pub fn diagnostic(self, file: FileId) -> Diagnostic {
        let end = self.offset + char::REPLACEMENT_CHARACTER.len_utf8();
        let span = Span::new(file, self.offset, end);
        let message = match self.places {
            1 => "the file is not UTF-8".to_owned(),
            places => format!("the file is not UTF-8, in {places} places"),
        };
        Diagnostic::new(BAD_UTF8, span, message)
            .label(format!("byte 0x{:02X}", self.byte))
            .help("save the file in the encoding UTF-8")
    }
}

/// The file of these bytes. Where they are not UTF-8, `U+FFFD` stands for the bad ones, and the
/// first such place is given.
#[must_use]
pub fn text_of(path: &str, bytes: Vec<u8>) -> (SourceFile, Option<BadUtf8>) {
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return (SourceFile::new(path, text), None),
        Err(error) => error.into_bytes(),
    };
    let mut text = String::with_capacity(bytes.len());
    let mut first = None;
    let mut places = 0;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if let Some(&byte) = chunk.invalid().first() {
            first.get_or_insert((text.len(), byte));
            places += 1;
            text.push(char::REPLACEMENT_CHARACTER);
        }
    }
    let bad = first.map(|(offset, byte)| BadUtf8 { offset, byte, places });
    (SourceFile::new(path, text), bad)
}

#[cfg(test)]
mod tests {
    use super::{BadUtf8, text_of};

    #[test]
    fn a_bad_byte_has_its_place() {
        let (file, bad) = text_of("a.esc", b"// \xC3\xA9 \xE9\xFF.\n".to_vec());
        assert_eq!(&*file.text, "// é \u{FFFD}\u{FFFD}.\n");
        assert_eq!(bad, Some(BadUtf8 { offset: 6, byte: 0xE9, places: 2 }));
    }

    #[test]
    fn good_bytes_stay() {
        let (file, bad) = text_of("a.esc", "// é".into());
        assert_eq!((&*file.text, bad), ("// é", None));
    }
}
