//! What a file keeps when it is laid out: how its lines end, and the mark that some editors leave before
//! its text.

/// Put before a text by editors of Windows.
const BYTE_ORDER_MARK: char = '\u{FEFF}';

/// How the lines of a text end, and whether a byte order mark stands before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ends {
    marked: bool,
    windows: bool,
}

impl Ends {
    /// Those of a text; where its lines end in several ways, as most of them do.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let (all, windows) = (text.matches('\n').count(), text.matches("\r\n").count());
        Self { marked: text.starts_with(BYTE_ORDER_MARK), windows: 2 * windows > all }
    }

    /// Another text with these.
    #[must_use]
    pub fn given_to(self, text: &str) -> String {
        let plain = text.trim_start_matches(BYTE_ORDER_MARK).replace("\r\n", "\n");
        let lines = if self.windows { plain.replace('\n', "\r\n") } else { plain };
        if self.marked { format!("{BYTE_ORDER_MARK}{lines}") } else { lines }
    }
}

#[cfg(test)]
mod tests {
    use super::Ends;

    #[test]
    fn a_text_gets_the_ends_of_another() {
        for (like, given) in [
            ("", "a\nb\n"),
            ("x\n", "a\nb\n"),
            ("x\r\n", "a\r\nb\r\n"),
            ("x\r\ny\n", "a\nb\n"),
            ("x\r\ny\nz\r\n", "a\r\nb\r\n"),
            ("\u{FEFF}x\r\n", "\u{FEFF}a\r\nb\r\n"),
            ("\u{FEFF}", "\u{FEFF}a\nb\n"),
        ] {
            assert_eq!(Ends::of(like).given_to("a\nb\n"), given, "{like:?}");
            assert_eq!(Ends::of(like).given_to(given), given, "{like:?}");
        }
    }
}
