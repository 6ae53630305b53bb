//! A drawing as a page: head, body, end.

use super::style;
use super::text::{bold_width, wrap};
use crate::report::drawing::xml::{px, shown};
use std::fmt::Write as _;

/// The room around everything.
pub const MARGIN: f64 = 20.0;

/// A drawing that grows downwards.
#[derive(Debug)]
pub struct Page {
    title: String,
    description: String,
    classes: &'static str,
    body: String,
    width: f64,
    height: f64,
}

impl Page {
    /// A page of this width within its margins, with its title and what stands under it.
    #[must_use]
    pub fn new(
        classes: &'static str,
        title: &str,
        under: &[String],
        description: &str,
        width: f64,
    ) -> Self {
        const TITLE: f64 = 18.0;
        let mut page = Self {
            title: title.to_owned(),
            description: description.to_owned(),
            classes,
            body: String::new(),
            width,
            height: 0.0,
        };
        for line in
            wrap(title, TITLE * bold_width("n", 1.0) / super::text::width("n", 1.0), width, 4)
        {
            page.height += TITLE + 6.0;
            page.text("heading", 0.0, page.height - 6.0, &line);
        }
        for line in under.iter().flat_map(|line| wrap(line, 11.0, width, 6)) {
            page.height += 16.0;
            page.text("faint", 0.0, page.height - 4.0, &line);
        }
        page.height += 14.0;
        page
    }

    /// The width within the margins.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.width
    }

    /// How far down something may be added.
    #[must_use]
    pub fn bottom(&self) -> f64 {
        self.height
    }

    /// Takes this much more height.
    pub fn grow(&mut self, height: f64) {
        self.height += height;
    }

    /// Adds marks as they are: all texts in them must have been made harmless.
    pub fn raw(&mut self, marks: &str) {
        self.body.push_str(marks);
    }

    /// Adds a text, its baseline here.
    pub fn text(&mut self, classes: &str, x: f64, y: f64, text: &str) {
        self.body.push_str(&written(classes, x, y, text));
    }

    /// The whole.
    #[must_use]
    pub fn finish(self) -> String {
        let (width, height) = (self.width + 2.0 * MARGIN, self.height + 2.0 * MARGIN);
        let (title, description) = (shown(&self.title), shown(&self.description));
        let (width, height, margin) = (px(width.ceil()), px(height.ceil()), px(MARGIN));
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"escalade-drawing {}\" \
             width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\" \
             aria-label=\"{title}\">\n<title>{title}</title>\n<desc>{description}</desc>\n\
             <style>{}</style>\n<rect class=\"paper\" width=\"{width}\" height=\"{height}\"/>\n\
             <g transform=\"translate({margin},{margin})\">\n{}</g>\n</svg>\n",
            self.classes,
            style::sheet(),
            self.body,
        );
        text
    }
}

/// A text with its baseline here.
#[must_use]
pub fn written(classes: &str, x: f64, y: f64, text: &str) -> String {
    let (text, x, y) = (shown(text), px(x), px(y));
    if classes.is_empty() {
        return format!("<text x=\"{x}\" y=\"{y}\">{text}</text>\n");
    }
    format!("<text class=\"{classes}\" x=\"{x}\" y=\"{y}\">{text}</text>\n")
}

/// A rectangle.
#[must_use]
pub fn rectangle(classes: &str, x: f64, y: f64, width: f64, height: f64) -> String {
    format!(
        "<rect class=\"{classes}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>\n",
        px(x),
        px(y),
        px(width),
        px(height)
    )
}
