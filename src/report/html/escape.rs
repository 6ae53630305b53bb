//! The only way for a text of the scenario into the markup.

use crate::report::clean;

/// The text on one line, in which nothing is a mark of HTML: neither between tags nor in an
/// attribute in quotation marks.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in clean(text).chars() {
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
    use super::escaped;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn nothing_that_is_a_mark_is_left(text in any::<String>()) {
            let escaped = escaped(&text);
            prop_assert!(!escaped.contains(['<', '>', '"', '\'']));
            let names = ["amp;", "lt;", "gt;", "quot;", "#39;"];
            for (at, _) in escaped.match_indices('&') {
                prop_assert!(names.iter().any(|name| escaped[at + 1..].starts_with(name)));
            }
        }
    }
}
