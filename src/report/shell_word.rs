//! Words of a command that a reader may copy.

/// A word as a shell takes it: in quotation marks where it holds anything that means more to a shell.
#[must_use]
pub fn shell_word(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./=%,:+@".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::shell_word;

    #[test]
    fn words_stay_one_word() {
        assert_eq!(shell_word("cases/river.esc"), "cases/river.esc");
        assert_eq!(shell_word("north sea.esc"), "'north sea.esc'");
        assert_eq!(shell_word("it's"), "'it'\\''s'");
        assert_eq!(shell_word(""), "''");
    }
}
