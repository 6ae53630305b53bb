//! Addresses of files.

use lsp_types::Uri;
use rustc_hash::FxHashMap;
use std::fmt::Write as _;
use std::str::FromStr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The addresses of files as the client spells them: one file can be spelt in several ways, and clients
/// know only their own.
#[derive(Clone, Debug, Default)]
pub struct Addresses(Arc<Mutex<FxHashMap<String, Uri>>>);

impl Addresses {
    fn lock(&self) -> MutexGuard<'_, FxHashMap<String, Uri>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The path of a file that the client opens under this address.
    #[must_use]
    pub fn opened(&self, uri: &Uri) -> String {
        let path = path(uri);
        self.lock().insert(path.clone(), uri.clone());
        path
    }

    /// The address of a path: that under which the client has opened it, if it has.
    #[must_use]
    pub fn of(&self, path: &str) -> Option<Uri> {
        self.lock().get(path).cloned().or_else(|| uri(path))
    }
}

/// Whether a path is that of a file, and not the address of something else.
#[must_use]
pub fn is_file(path: &str) -> bool {
    match path.as_bytes() {
        [b'/', ..] => true,
        [letter, b':', b'/', ..] => letter.is_ascii_alphabetic(),
        _ => false,
    }
}

/// The path of an address, with `/` between its parts, a host behind two of them; of one that is no file
/// the address itself.
#[must_use]
pub fn path(uri: &Uri) -> String {
    let Some(rest) = uri.as_str().strip_prefix("file://") else {
        return uri.as_str().to_owned();
    };
    let (host, rest) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let decoded = decoded(rest);
    match (host, decoded.as_bytes()) {
        ("" | "localhost", [b'/', letter, b':', ..]) if letter.is_ascii_alphabetic() => {
            decoded[1..].to_owned()
        }
        ("" | "localhost", _) => decoded,
        _ => format!("//{host}{decoded}"),
    }
}

/// The address of a path.
fn uri(path: &str) -> Option<Uri> {
    if !is_file(path) {
        return Uri::from_str(path).ok();
    }
    let mut text = match path {
        // A host has its place already.
        _ if path.starts_with("//") => "file:",
        _ if path.starts_with('/') => "file://",
        _ => "file:///",
    }
    .to_owned();
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
    use super::{Addresses, is_file, path, uri};
    use std::str::FromStr;

    #[test]
    fn paths_survive() {
        let files =
            ["/a/b c/é%.esc", "C:/Users/x.esc", "//server/share/a b.esc", "/2024-02-26T10:30.esc"];
        for it in files.into_iter().chain(["untitled:Untitled-1", "git:/x.esc?ref", "a:b"]) {
            assert_eq!(uri(it).map(|uri| path(&uri)).as_deref(), Some(it));
            assert_eq!(is_file(it), files.contains(&it), "{it}");
        }
    }

    #[test]
    fn open_files_are_called_as_the_client_calls_them() {
        let addresses = Addresses::default();
        for (spelt, known) in [
            ("file:///c%3A/x.esc", "c:/x.esc"),
            ("file:///c:/x.esc", "c:/x.esc"),
            ("file://localhost/tmp/a(b).esc", "/tmp/a(b).esc"),
            ("file://server/share/x.esc", "//server/share/x.esc"),
            ("inmemory://model/1", "inmemory://model/1"),
        ] {
            let uri = lsp_types::Uri::from_str(spelt).unwrap_or_else(|_| unreachable!());
            assert_eq!(addresses.opened(&uri), known);
            assert_eq!(addresses.of(known), Some(uri));
        }
        assert_eq!(
            addresses.of("/b c").map(|uri| uri.as_str().to_owned()),
            Some("file:///b%20c".into())
        );
    }
}
