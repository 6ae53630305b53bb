//! Strings: their escapes and, of those over several lines, their layout.

use super::Lowering;
use super::nodes::Pair;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::pages::syntax::BAD_ESCAPE;
use crate::source::Span;
use crate::syntax::tree::Text;

const BLOCK_MARK: &str = "\"\"\"";

impl Lowering<'_> {
    /// A string. Escapes that do not exist are told and stand for themselves.
    pub fn text(&self, pair: Pair) -> Text {
        let span = self.span(pair);
        let written = self.written(pair);
        let multiline = written.len() >= 2 * BLOCK_MARK.len() && written.starts_with(BLOCK_MARK);
        let mark = if multiline { BLOCK_MARK.len() } else { 1 };
        let inside = written.get(mark..written.len().saturating_sub(mark)).unwrap_or_default();
        if !inside.contains('\\') && !multiline {
            return Text { value: inside.to_owned(), multiline, span };
        }
        self.check_escapes(inside, span.start as usize + mark);
        let value = if multiline { unescaped(&without_layout(inside)) } else { unescaped(inside) };
        Text { value, multiline, span }
    }

    /// Tells the escapes that do not exist in a text that begins at this offset of the file.
    fn check_escapes(&self, text: &str, at: usize) {
        let mut rest = text;
        while let Some(found) = rest.find('\\') {
            let after = &rest[found + 1..];
            let length = match escape(after) {
                Some((_, length)) => length,
                None => {
                    let length = after.chars().next().map_or(0, char::len_utf8);
                    let start = at + (text.len() - rest.len()) + found;
                    let span = Span::new(self.file, start, start + 1 + length);
                    let message = format!("`\\{}` is no escape", &after[..length]);
                    let help = "the escapes are `\\\"`, `\\\\`, `\\n`, `\\t` and `\\u{...}` with the \
                                number of a character in hexadecimal; a backslash is `\\\\`";
                    self.tell(Diagnostic::new(BAD_ESCAPE, span, message).help(help));
                    length
                }
            };
            rest = &after[length..];
        }
    }
}

/// The text with its escapes resolved; one that does not exist stands for itself.
fn unescaped(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(found) = rest.find('\\') {
        value.push_str(&rest[..found]);
        let after = &rest[found + 1..];
        if let Some((character, length)) = escape(after) {
            value.push(character);
            rest = &after[length..];
        } else {
            value.push('\\');
            rest = after;
        }
    }
    value.push_str(rest);
    value
}

/// The character that is meant by what follows a backslash, and how many bytes say so.
fn escape(after: &str) -> Option<(char, usize)> {
    match after.chars().next()? {
        '"' => Some(('"', 1)),
        '\\' => Some(('\\', 1)),
        'n' => Some(('\n', 1)),
        't' => Some(('\t', 1)),
        'u' => {
            let (number, _) = after.strip_prefix("u{")?.split_once('}')?;
            let digits = (1..=6).contains(&number.len())
                && number.bytes().all(|byte| byte.is_ascii_hexdigit());
            let value = if digits { u32::from_str_radix(number, 16).ok()? } else { return None };
            Some((char::from_u32(value)?, "u{}".len() + number.len()))
        }
        _ => None,
    }
}

/// What is meant by the text between triple marks: a line break right behind the opening marks
/// and the line of the closing ones are layout, and so is the indentation that all lines share.
/// Line breaks are told as `\n`, however the file writes them.
fn without_layout(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let (opening, body) = text.split_once('\n').unwrap_or((text.as_str(), ""));
    let mut lines: Vec<&str> = body.split('\n').collect();
    if lines.last().is_some_and(|line| line.trim().is_empty()) {
        lines.pop();
    }
    let indentation = lines
        .iter()
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.len() - line.trim_start_matches([' ', '\t']).len())
        .min()
        .unwrap_or(0);
    let opening = (!opening.trim().is_empty()).then_some(opening);
    let rest = lines.into_iter().map(|line| line.get(indentation..).unwrap_or_default());
    opening.into_iter().chain(rest).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::{unescaped, without_layout};

    #[test]
    fn escapes_are_resolved() {
        assert_eq!(unescaped(r#"a \"b\" \\ \n\t\u{e9}"#), "a \"b\" \\ \n\té");
        assert_eq!(unescaped(r"\q \u{110000} \u{} \"), r"\q \u{110000} \u{} \");
    }

    #[test]
    fn layout_is_taken_off() {
        assert_eq!(without_layout("\n    one\n      two\n\n    three\n  "), "one\n  two\n\nthree");
        assert_eq!(without_layout("one line"), "one line");
        assert_eq!(without_layout("first\r\n  second"), "first\nsecond");
        assert_eq!(without_layout("\n"), "");
        assert_eq!(without_layout(""), "");
    }
}
