//! The only way for a text of the scenario into the markup.

use crate::report::clean;
use crate::report::isolate::{CLOSE, OPEN, marked, with_isolates};

/// The text on one line, in which nothing is a mark of HTML, as the text of an element that may hold others.
#[must_use]
pub fn escaped(text: &str) -> String {
    harmless(&marked(&clean(text))).replace(OPEN, "<bdi>").replace(CLOSE, "</bdi>")
}

/// The same within quotation marks, and in elements that hold nothing but text.
#[must_use]
pub fn escaped_plainly(text: &str) -> String {
    harmless(&with_isolates(&clean(text)))
}

/// An address within quotation marks.
#[must_use]
pub fn address(text: &str) -> String {
    harmless(&clean(text))
}

fn harmless(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(c),
        }
    }
    escaped
}

/// The same; what stands between two backticks is set as code. A text with a single one is left.
#[must_use]
pub fn worded(text: &str) -> String {
    let parts: Vec<String> = text.split('`').map(escaped).collect();
    if parts.len().is_multiple_of(2) {
        return parts.join("`");
    }
    let part = |(at, part): (usize, &String)| match at % 2 {
        0 => part.clone(),
        _ => format!("<code>{part}</code>"),
    };
    parts.iter().enumerate().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::{escaped, escaped_plainly};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn nothing_that_is_a_mark_is_left(text in any::<String>()) {
            let within = escaped_plainly(&text);
            prop_assert!(!within.contains(['<', '>', '"', '\'']));
            let escaped = escaped(&text);
            prop_assert_eq!(escaped.matches("<bdi>").count(), escaped.matches("</bdi>").count());
            let escaped = escaped.replace("<bdi>", "").replace("</bdi>", "");
            prop_assert!(!escaped.contains(['<', '>', '"', '\'']));
            let names = ["amp;", "lt;", "gt;", "quot;", "#39;"];
            for (at, _) in escaped.match_indices('&') {
                prop_assert!(names.iter().any(|name| escaped[at + 1..].starts_with(name)));
            }
        }
    }
}
