//! The frame of the page: its policy, its style, its script, and the way around in it.

use super::data::data;
use super::escape::{escaped, escaped_plainly, worded};
use crate::report::Report;
use crate::report::text::{counts, time};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// A page under way.
#[derive(Debug)]
pub struct Page {
    head: String,
    body: String,
    /// The sections so far: id and title.
    sections: Vec<(&'static str, String)>,
    open: bool,
    data: String,
    record: String,
}

impl Page {
    /// A page with its head and nothing in it; `record` is what it carries of what it was made from.
    #[must_use]
    pub fn new(report: &Report<'_>, record: String) -> Self {
        let model = report.model;
        let mut head = format!("<h1>{}</h1>\n", escaped(&model.title));
        // Writing to a string cannot fail; so with every `write!` of this folder.
        let _ = writeln!(head, "<p class=\"faint\">{}<br>{}</p>", time(model), counts(model));
        if let Some(reading) = report.main().and_then(|main| report.reading(main)) {
            let (title, name) = (escaped(&reading.title), escaped(&reading.name));
            let _ = writeln!(
                head,
                "<p class=\"notice\">In one reading only: <strong>{title}</strong> ({name})</p>"
            );
        }
        Self {
            head: format!("<title>{}</title>\n\u{0}{head}", escaped_plainly(&model.title)),
            body: String::new(),
            sections: Vec::new(),
            open: false,
            data: data(report),
            record,
        }
    }

    /// Begins a section; the one before ends. `id` and `title` are ours, no text of the scenario.
    pub fn section(&mut self, id: &'static str, title: &str) {
        self.end_section();
        let _ = writeln!(
            self.body,
            "<section id=\"{id}\" aria-labelledby=\"{id}-title\">\n<h2 id=\"{id}-title\">{title}</h2>"
        );
        self.sections.push((id, title.to_owned()));
        self.open = true;
    }

    /// Adds markup.
    pub fn add(&mut self, markup: &str) {
        self.body.push_str(markup);
        self.body.push('\n');
    }

    /// Adds a paragraph of plain text.
    pub fn paragraph(&mut self, class: &str, text: &str) {
        let _ = writeln!(self.body, "<p class=\"{class}\">{}</p>", escaped(text));
    }

    /// Adds a paragraph of plain text in which what stands in backticks is code.
    pub fn words(&mut self, class: &str, text: &str) {
        let _ = writeln!(self.body, "<p class=\"{class}\">{}</p>", worded(text));
    }

    fn end_section(&mut self) {
        if self.open {
            self.body.push_str("</section>\n");
        }
        self.open = false;
    }

    /// The whole page.
    #[must_use]
    pub fn finish(mut self) -> String {
        self.end_section();
        let (title, head) = self.head.split_once('\u{0}').unwrap_or(("", ""));
        let links = self.sections.iter().fold(String::new(), |mut links, (id, title)| {
            let _ = write!(links, "<li><a href=\"#{id}\">{title}</a></li>");
            links
        });
        // Drawings bring styles of their own.
        let styles = std::iter::once(STYLE).chain(styles_in(&self.body)).map(hash);
        let policy = format!(
            "default-src 'none'; style-src {}; script-src {}; img-src data:; base-uri 'none'; form-action 'none'",
            styles.collect::<Vec<_>>().join(" "),
            hash(SCRIPT),
        );
        format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <meta name=\"generator\" content=\"escalade {version}\">\n\
             <link rel=\"icon\" href=\"data:,\">\n{title}<style>{STYLE}</style>\n</head>\n<body>\n\
             <a class=\"skip\" href=\"#summary\">Skip to the summary</a>\n\
             <header>\n{head}</header>\n\
             <nav aria-label=\"Sections\"><ul>{links}</ul></nav>\n\
             <main>\n{body}</main>\n\
             <footer><p class=\"faint\">Written by escalade {version}. The whole scenario and all \
             numbers are in this file: <code>escalade replay</code> evaluates it again.</p></footer>\n\
             <script type=\"application/json\" id=\"data\">{data}</script>\n\
             <script type=\"application/json\" id=\"record\">{record}</script>\n\
             <script>{SCRIPT}</script>\n</body>\n</html>\n",
            version = env!("CARGO_PKG_VERSION"),
            body = self.body,
            data = self.data,
            record = self.record,
        )
    }
}

/// The contents of the style elements in some markup of ours.
fn styles_in(markup: &str) -> impl Iterator<Item = &str> {
    markup.split("<style>").skip(1).filter_map(|rest| rest.split("</style>").next())
}

/// What a policy allows a text by: `'sha256-...'`.
fn hash(text: &str) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut base64 = String::new();
    for three in Sha256::digest(text.as_bytes()).chunks(3) {
        let bits = three.iter().fold(0, |bits, &byte| bits << 8 | u32::from(byte))
            << (8 * (3 - three.len()));
        for at in 0..4 {
            let sign = SIGNS[(bits >> (18 - 6 * at) & 63) as usize];
            base64.push(if at <= three.len() { char::from(sign) } else { '=' });
        }
    }
    format!("'sha256-{base64}'")
}

#[cfg(test)]
mod tests {
    use super::hash;

    #[test]
    fn the_hash_is_that_of_browsers() {
        // From the standard's own example: https://www.w3.org/TR/CSP3/#match-element-to-source-list
        let expected = "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='";
        assert_eq!(hash("alert('Hello, world.');"), expected);
    }
}
