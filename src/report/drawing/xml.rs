//! Marks of XML.

use crate::report::clean;
use crate::report::isolate::with_isolates;

/// A text of the scenario, harmless as the text of an element and within quotation marks.
pub fn escaped(text: &str) -> String {
    harmless(&clean(text))
}

/// The same as a text that is read in a picture: what is written from right to left stands by itself.
pub fn shown(text: &str) -> String {
    harmless(&with_isolates(&clean(text)))
}

fn harmless(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&apos;")
}

/// A length in pixels, to a tenth.
pub fn px(length: f64) -> String {
    let text = format!("{:.1}", length + 0.0);
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}
