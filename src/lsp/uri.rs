//! Addresses of files.

use lsp_types::Uri;
use std::fmt::Write as _;
use std::str::FromStr;

/// The path of an address, with `/` between its parts; of one that is no file the address itself.
#[must_use]
pub fn path(uri: &Uri) -> String {
    let Some(rest) = uri.as_str().strip_prefix("file://") else {
        return uri.as_str().to_owned();
    };
    // Behind the marks stands a host, which is empty or this machine.
    let at = rest.find('/').unwrap_or(rest.len());
    let decoded = decoded(&rest[at..]);
    match decoded.as_bytes() {
        [b'/', letter, b':', ..] if letter.is_ascii_alphabetic() => decoded[1..].to_owned(),
        _ => decoded,
    }
}

/// The address of a path.
#[must_use]
pub fn uri(path: &str) -> Option<Uri> {
    if path.contains("://") || path.starts_with("untitled:") {
        return Uri::from_str(path).ok();
    }
    let mut text = "file://".to_owned();
    if !path.starts_with('/') {
        text.push('/');
    }
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => {
                text.push(char::from(byte));
            }
            // Writing to a string cannot fail.
            _ => _ = write!(text, "%{byte:02X}"),
        }
    }
    Uri::from_str(&text).ok()
}

fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut found = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let hex = (byte == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(value) => {
                found.push(value);
                at += 3;
            }
            None => {
                found.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&found).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{path, uri};
    use std::str::FromStr;

    #[test]
    fn paths_survive() {
        for it in ["/a/b c/é%.esc", "C:/Users/x.esc", "untitled:Untitled-1"] {
            assert_eq!(uri(it).map(|uri| path(&uri)).as_deref(), Some(it));
        }
        let vscode = lsp_types::Uri::from_str("file:///c%3A/x.esc").ok();
        assert_eq!(vscode.map(|uri| path(&uri)).as_deref(), Some("c:/x.esc"));
    }
}
