//! The scenario's texts are data: what could steer a terminal or a reader's eye is taken out.

/// The text on one line, without control characters (escape sequences begin with one) and without
/// the marks that turn the direction of writing; those that reports put around texts ([`super::isolate`]) stay.
#[must_use]
pub fn clean(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => ' ',
            _ if c.is_control() || turns_or_hides(c) => char::REPLACEMENT_CHARACTER,
            _ => c,
        })
        .collect()
}

fn turns_or_hides(c: char) -> bool {
    matches!(
        c,
        '\u{061C}'
            | '\u{200B}'
            | '\u{200E}'
            | '\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}'
            | '\u{FFFE}'
            | '\u{FFFF}'
            | '\u{E0000}'..='\u{E007F}'
    )
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
