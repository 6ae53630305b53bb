//! The lines of a text that is being written.

use unicode_width::UnicodeWidthStr;

/// How wide a line may be.
pub(super) const WIDEST: usize = 100;

/// A line.
#[derive(Debug, Default)]
pub(super) struct Row {
    /// What stands on it.
    pub text: String,
    /// The comment behind that.
    pub trailing: String,
    /// Whether an empty line stands before it.
    pub apart: bool,
}

impl Row {
    fn indentation(&self) -> usize {
        self.text.len() - self.text.trim_start_matches(' ').len()
    }
}

/// What is written, line by line.
#[derive(Debug, Default)]
pub(super) struct Rows(Vec<Row>);

impl Rows {
    /// Begins a line.
    pub fn begin(&mut self, indentation: usize, apart: bool) {
        let apart = apart && !self.0.is_empty();
        self.0.push(Row { text: " ".repeat(indentation), trailing: String::new(), apart });
    }

    /// Writes on the last line.
    pub fn push(&mut self, text: &str) {
        if let Some(row) = self.0.last_mut() {
            row.text.push_str(text);
        }
    }

    /// Writes what has lines of its own, beginning on the last line.
    pub fn push_lines(&mut self, lines: &[String]) {
        let mut lines = lines.iter();
        self.push(lines.next().map_or("", String::as_str));
        for line in lines {
            self.begin(0, false);
            self.push(line);
        }
    }

    /// Puts a comment behind what is on the last line.
    pub fn trail(&mut self, comment: &str) {
        if let Some(row) = self.0.last_mut() {
            if !row.trailing.is_empty() {
                row.trailing.push(' ');
            }
            row.trailing.push_str(comment);
        }
    }

    /// Whether nothing stands on the last line yet.
    pub fn is_blank(&self) -> bool {
        self.0.last().is_none_or(|row| row.text.trim_start().is_empty())
    }

    /// How wide the last line is.
    pub fn width(&self) -> usize {
        self.0.last().map_or(0, |row| width(&row.text))
    }

    /// The whole text. Comments behind neighbouring lines of one indentation stand below one another.
    pub fn finish(self) -> String {
        let mut text = String::new();
        for run in self.0.chunk_by(|one, next| {
            !one.trailing.is_empty()
                && !next.trailing.is_empty()
                && !next.apart
                && one.indentation() == next.indentation()
        }) {
            let column = run.iter().map(|row| width(&row.text)).max().unwrap_or(0) + 2;
            for row in run {
                if row.apart {
                    text.push('\n');
                }
                text.push_str(&row.text);
                if !row.trailing.is_empty() {
                    text.extend(std::iter::repeat_n(' ', column - width(&row.text)));
                    text.push_str(&row.trailing);
                }
                text.push('\n');
            }
        }
        text
    }
}

/// How many columns a text takes.
pub(super) fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.width() }
}
