//! Lines of a terminal page: painted text that knows its width and can be wrapped.

use crate::report::clean::clean;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How a piece of text is painted. Colour only ever repeats what the text says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// As it is.
    Plain,
    /// What to see first.
    Strong,
    /// What can be skipped.
    Faint,
    /// Probabilities and their bars.
    Value,
    /// What holds.
    Good,
    /// What fails.
    Bad,
    /// What to look at twice.
    Doubt,
}

impl Paint {
    /// The parameters of the terminal's escape sequence; none for plain text.
    fn parameters(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Strong => Some("1"),
            Self::Faint => Some("2"),
            Self::Value => Some("36"),
            Self::Good => Some("32"),
            Self::Bad => Some("31"),
            Self::Doubt => Some("33"),
        }
    }
}

/// One line, or the text of a paragraph before it is wrapped.
#[derive(Clone, Debug, Default)]
pub struct Line {
    pieces: Vec<(Paint, String)>,
}

impl Line {
    /// An empty line.
    pub fn new() -> Self {
        Self::default()
    }

    /// With more text, cleaned of everything that could steer a terminal.
    #[must_use]
    pub fn then(mut self, paint: Paint, text: impl AsRef<str>) -> Self {
        let text = clean(text.as_ref());
        if !text.is_empty() {
            self.pieces.push((paint, text));
        }
        self
    }

    /// With more plain text.
    #[must_use]
    pub fn plain(self, text: impl AsRef<str>) -> Self {
        self.then(Paint::Plain, text)
    }

    /// With more strong text.
    #[must_use]
    pub fn strong(self, text: impl AsRef<str>) -> Self {
        self.then(Paint::Strong, text)
    }

    /// With more faint text.
    #[must_use]
    pub fn faint(self, text: impl AsRef<str>) -> Self {
        self.then(Paint::Faint, text)
    }

    /// With more text that is a value.
    #[must_use]
    pub fn value(self, text: impl AsRef<str>) -> Self {
        self.then(Paint::Value, text)
    }

    /// With another line behind it.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        self.pieces.extend(other.pieces.iter().cloned());
        self
    }

    /// With spaces behind it, up to this width.
    #[must_use]
    pub fn fill(self, width: usize) -> Self {
        let missing = width.saturating_sub(self.width());
        self.plain(" ".repeat(missing))
    }

    /// Whether nothing is on it.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// How many columns it takes.
    pub fn width(&self) -> usize {
        self.pieces.iter().map(|(_, text)| text.width()).sum()
    }

    /// Its beginning, of at most this width, cut behind a word.
    #[must_use]
    pub fn beginning(&self, width: usize) -> Self {
        let mut beginning = Self::new();
        let mut used = 0;
        for (paint, text) in &self.pieces {
            for c in text.chars() {
                used += c.width().unwrap_or(0);
                if used > width {
                    let text = beginning.render(false);
                    let whole = text.rfind(' ').map_or(text.as_str(), |space| &text[..space]);
                    return beginning.chars(whole.trim_end().chars().count());
                }
                beginning.push_char(*paint, c);
            }
        }
        beginning
    }

    /// Its first characters.
    fn chars(&self, mut count: usize) -> Self {
        let mut first = Self::new();
        for (paint, text) in &self.pieces {
            for c in text.chars().take(count) {
                first.push_char(*paint, c);
            }
            count = count.saturating_sub(text.chars().count());
        }
        first
    }

    /// Broken at spaces into lines of at most this width; a longer word is broken anywhere.
    pub fn wrap(&self, width: usize) -> Vec<Self> {
        let mut wrapping = Wrapping { width: width.max(1), ..Wrapping::default() };
        for (paint, text) in &self.pieces {
            text.chars().for_each(|c| wrapping.push(*paint, c));
        }
        wrapping.finish()
    }

    /// As text, without spaces at its end; escape sequences only with `colour`.
    pub fn render(&self, colour: bool) -> String {
        let mut text = String::new();
        for (paint, piece) in &self.pieces {
            match paint.parameters().filter(|_| colour && !piece.trim().is_empty()) {
                Some(parameters) => {
                    text.push_str(&format!("\u{1b}[{parameters}m{piece}\u{1b}[0m"));
                }
                None => text.push_str(piece),
            }
        }
        text.truncate(text.trim_end_matches(' ').len());
        text
    }

    fn push_char(&mut self, paint: Paint, c: char) {
        match self.pieces.last_mut() {
            Some((last, text)) if *last == paint => text.push(c),
            _ => self.pieces.push((paint, c.to_string())),
        }
    }
}

/// Text on its way into lines.
#[derive(Default)]
struct Wrapping {
    width: usize,
    lines: Vec<Line>,
    line: Line,
    used: usize,
    word: Line,
    word_width: usize,
    spaces: usize,
}

impl Wrapping {
    fn push(&mut self, paint: Paint, c: char) {
        if c == ' ' {
            self.end_word();
            self.spaces += 1;
            return;
        }
        let columns = c.width().unwrap_or(0);
        if self.word_width + columns > self.width {
            self.end_word();
        }
        self.word.push_char(paint, c);
        self.word_width += columns;
    }

    fn end_word(&mut self) {
        if self.word.is_empty() {
            return;
        }
        if self.used > 0 && self.used + self.spaces + self.word_width > self.width {
            self.end_line();
        } else {
            let spaces = " ".repeat(self.spaces);
            self.used += self.spaces;
            self.line = std::mem::take(&mut self.line).plain(spaces);
        }
        let word = std::mem::take(&mut self.word);
        self.line = std::mem::take(&mut self.line).and(&word);
        self.used += self.word_width;
        self.word_width = 0;
        self.spaces = 0;
    }

    fn end_line(&mut self) {
        self.lines.push(std::mem::take(&mut self.line));
        self.used = 0;
        self.spaces = 0;
    }

    fn finish(mut self) -> Vec<Line> {
        self.end_word();
        if !self.line.is_empty() || self.lines.is_empty() {
            self.lines.push(self.line);
        }
        self.lines
    }
}

#[cfg(test)]
mod tests {
    use super::{Line, Paint};

    fn wrapped(line: &Line, width: usize) -> Vec<String> {
        line.wrap(width).iter().map(|line| line.render(false)).collect()
    }

    #[test]
    fn wraps_at_spaces_and_breaks_long_words() {
        let line = Line::new().plain("a long ").strong("sentence").plain(", abcdefghijkl end");
        assert_eq!(wrapped(&line, 10), ["a long", "sentence,", "abcdefghij", "kl end"]);
        assert_eq!(wrapped(&Line::new(), 10), [""]);
    }

    #[test]
    fn wide_characters_count_twice() {
        assert_eq!(Line::new().plain("日本").width(), 4);
        assert_eq!(wrapped(&Line::new().plain("日本語"), 4), ["日本", "語"]);
    }

    #[test]
    fn user_text_cannot_steer_the_terminal() {
        let line = Line::new().then(Paint::Bad, "x\u{1b}[2Jy");
        assert_eq!(line.render(true), "\u{1b}[31mx\u{fffd}[2Jy\u{1b}[0m");
        assert_eq!(line.render(false), "x\u{fffd}[2Jy");
    }
}
