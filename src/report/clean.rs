//! The scenario's texts are data: what could steer a terminal or a reader's eye is taken out.

use crate::diagnostic::steers;

/// The text on one line, without control characters (escape sequences begin with one) and without
/// the marks that turn the direction of writing; those that reports put around texts (`isolate.rs`) stay.
#[must_use]
pub fn clean(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => ' ',
            _ if steers(c) => char::REPLACEMENT_CHARACTER,
            _ => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn escapes_and_breaks_are_taken_out() {
        assert_eq!(clean("a\u{1b}[31mred\nb\tc\u{202e}d"), "a\u{fffd}[31mred b c\u{fffd}d");
        assert_eq!(clean("Zaļā — ✓"), "Zaļā — ✓");
    }
}
