//! Texts that others wrote are data: what could steer a terminal, a log or a reader's eye is shown and
//! not obeyed.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Whether a character is no text: a control character (escape sequences begin with one, line breaks end
/// what is said), a mark that turns the direction of writing, or one that nobody sees. Those that
/// letters need around them, as joiners, are text.
#[must_use]
pub fn steers(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{061C}'
                | '\u{200B}'
                | '\u{200E}'
                | '\u{200F}'
                | '\u{2028}'..='\u{202E}'
                | '\u{2060}'..='\u{206F}'
                | '\u{FEFF}'
                | '\u{FFF9}'..='\u{FFFB}'
                | '\u{FFFE}'
                | '\u{FFFF}'
                | '\u{E0000}'..='\u{E007F}'
        )
}

/// The text on one line, with the numbers of such characters in their place, as a string of a scenario
/// has them: `\n`, `\u{202E}`. What has been escaped stays as it is.
#[must_use]
pub fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\n' => shown.push_str("\\n"),
            '\r' => shown.push_str("\\r"),
            '\t' => shown.push_str("\\t"),
            // Writing to a string cannot fail.
            _ if steers(c) => _ = write!(shown, "\\u{{{:X}}}", u32::from(c)),
            _ => shown.push(c),
        }
    }
    Cow::Owned(shown)
}

/// The same of a path at the beginning of a line, which what reads logs must not take for a command.
#[must_use]
pub fn escaped_path(path: &str) -> String {
    let here = if path.starts_with(['#', ':']) { "./" } else { "" };
    format!("{here}{}", escaped(path))
}

/// The text with another character of the same length in the place of each of them but those that lay it
/// out, so that offsets stay.
#[must_use]
pub fn same_length(text: &str) -> Cow<'_, str> {
    // Whole files come here: most hold nothing but plain characters, which blocks tell at once.
    let plain = |byte: &u8| matches!(byte, b' '..=b'~' | b'\t' | b'\n');
    let plain = |block: &[u8]| block.iter().fold(true, |all, byte| all & plain(byte));
    if text.as_bytes().chunks(64).all(plain) || !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    let mut characters = text.chars().peekable();
    let mut shown = String::with_capacity(text.len());
    while let Some(c) = characters.next() {
        let layout = match c {
            '\t' | '\n' => true,
            // A line of a file of Windows ends so; anywhere else it leads back to the line's beginning.
            '\r' => characters.peek() == Some(&'\n'),
            _ => false,
        };
        shown.push(match (steers(c) && !layout, c.len_utf8()) {
            (false, _) => c,
            (true, 1) => '?',
            (true, 2) => '¿',
            (true, 3) => char::REPLACEMENT_CHARACTER,
            (true, _) => '\u{1F7C0}',
        });
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::{escaped, same_length};

    #[test]
    fn what_steers_is_shown() {
        let hostile = "a\u{1b}[31m\r\n::error::\u{202E}b\u{9b}\u{2028}\u{E0041}\u{7f}";
        let shown = "a\\u{1B}[31m\\r\\n::error::\\u{202E}b\\u{9B}\\u{2028}\\u{E0041}\\u{7F}";
        assert_eq!(escaped(hostile), shown);
        assert_eq!(escaped(shown), shown);
        assert_eq!(escaped("Zaļā — ✓ نمی‌خواهم 👩‍🚀"), "Zaļā — ✓ نمی‌خواهم 👩‍🚀");
    }

    #[test]
    fn offsets_stay() {
        let text = "a\r\nb\rc\td\u{1b}\u{85}\u{202E}\u{E0041}e";
        let shown = same_length(text);
        assert_eq!(shown, "a\r\nb?c\td?¿\u{FFFD}\u{1F7C0}e");
        assert_eq!(shown.len(), text.len());
    }
}
