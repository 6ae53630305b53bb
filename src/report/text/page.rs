//! A terminal page in the making.

use super::line::Line;
use std::num::NonZeroU16;

/// How a page is laid out.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// How many columns it may take.
    pub width: NonZeroU16,
    /// Whether escape sequences for colour are written.
    pub colour: bool,
}

impl Default for Style {
    /// Eighty columns, without colours.
    fn default() -> Self {
        Self { width: const { NonZeroU16::MIN.saturating_add(79) }, colour: false }
    }
}

/// The narrowest page that is laid out; on a narrower terminal lines are broken by the terminal.
const NARROWEST: usize = 50;

/// The widest page that is laid out: longer lines are hard to follow.
const WIDEST: usize = 140;

/// Prose is not set wider than this.
const PROSE: usize = 100;

/// A page in the making.
#[derive(Debug)]
pub struct Page {
    style: Style,
    text: String,
}

impl Page {
    /// An empty page.
    pub fn new(style: Style) -> Self {
        Self { style, text: String::new() }
    }

    /// How many columns there are.
    pub fn width(&self) -> usize {
        usize::from(self.style.width.get()).clamp(NARROWEST, WIDEST)
    }

    /// Adds a line as it is.
    pub fn line(&mut self, line: &Line) {
        self.text.push_str(&line.render(self.style.colour));
        self.text.push('\n');
    }

    /// Adds an empty line.
    pub fn blank(&mut self) {
        self.text.push('\n');
    }

    /// Adds a paragraph, wrapped, behind `first` and, on further lines, behind `next`.
    pub fn paragraph(&mut self, first: &Line, next: &Line, text: &Line) {
        let width = self.width().min(PROSE).saturating_sub(first.width().max(next.width()));
        for (at, line) in text.wrap(width.max(16)).iter().enumerate() {
            let indent = if at == 0 { first } else { next };
            self.line(&indent.clone().and(line));
        }
    }

    /// Adds a paragraph that is indented as a whole.
    pub fn indented(&mut self, columns: usize, text: &Line) {
        let indent = Line::new().plain(" ".repeat(columns));
        self.paragraph(&indent, &indent, text);
    }

    /// Begins a section: an empty line, its title, and a word on how to read it.
    pub fn section(&mut self, title: &str, note: &str) {
        self.blank();
        let title = Line::new().strong(title.to_uppercase());
        if note.is_empty() {
            self.line(&title);
        } else {
            let text = title.plain("  ").faint(note);
            self.paragraph(&Line::new(), &Line::new().plain("  "), &text);
        }
    }

    /// The whole page.
    pub fn finish(self) -> String {
        self.text
    }
}
