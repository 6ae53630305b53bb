//! Files, spans in them, and the line index.

use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::io::{self, ErrorKind};
use std::sync::Arc;

/// The number of a file among the [`Sources`] of one run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);

/// A half-open range of byte offsets in one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// The offset of the first byte.
    pub start: u32,
    /// The offset behind the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` up to, not including, `end`.
    #[must_use]
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        let clip = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { file, start: clip(start), end: clip(end) }
    }

    /// The smallest span that covers both; `other` must be of the same file.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A place as people name it: both numbers count from 1, columns in Unicode characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in Unicode characters.
    pub column: u32,
}

/// One file's name and text, with the starts of its lines.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// The path as the user would write it.
    pub path: String,
    /// The whole text.
    pub text: Arc<str>,
    /// Other paths that it was imported by.
    pub also: Vec<String>,
    /// Whether it lies outside the folder above that of the file that is run.
    pub outside: bool,
    lines: LineStarts,
}

/// Where the lines of a text begin.
#[derive(Clone, Debug)]
pub struct LineStarts(Vec<u32>);

impl LineStarts {
    /// Of this text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let behind = text.match_indices('\n').map(|(at, _)| at + 1);
        let starts = std::iter::once(0).chain(behind);
        Self(starts.map(|start| u32::try_from(start).unwrap_or(u32::MAX)).collect())
    }

    /// The byte offset of the beginning of a line, counted from 0; none past the last line.
    #[must_use]
    pub fn start(&self, line: usize) -> Option<usize> {
        self.0.get(line).map(|&start| start as usize)
    }

    /// The number of the line of a byte offset, from 0.
    #[must_use]
    pub fn line(&self, offset: usize) -> usize {
        self.0.partition_point(|&start| start as usize <= offset).saturating_sub(1)
    }

    /// The number of the line of a byte offset in the text, from 0, and what stands before it in that
    /// line. An offset past the end is the end, one inside a character its beginning.
    #[must_use]
    pub fn before<'t>(&self, text: &'t str, offset: usize) -> (usize, &'t str) {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.line(offset);
        (line, &text[self.start(line).unwrap_or(offset)..offset])
    }
}

impl SourceFile {
    /// A file of this path and text.
    #[must_use]
    pub fn new(path: impl Into<String>, text: impl Into<Arc<str>>) -> Self {
        let text = text.into();
        let lines = LineStarts::of(&text);
        Self { path: path.into(), text, also: Vec::new(), outside: false, lines }
    }

    /// The line and column of a byte offset; an offset past the end is the end.
    #[must_use]
    pub fn place(&self, offset: u32) -> Place {
        let (line, before) = self.lines.before(&self.text, offset as usize);
        let number = |from_0: usize| u32::try_from(from_0 + 1).unwrap_or(u32::MAX);
        Place { line: number(line), column: number(before.chars().count()) }
    }

    /// The byte offsets of a line, counted from 1, with its line break; empty past the last line.
    #[must_use]
    pub fn line(&self, number: u32) -> std::ops::Range<usize> {
        let start = |line: usize| self.lines.start(line).unwrap_or(self.text.len());
        let line = (number as usize).max(1);
        start(line - 1)..start(line)
    }
}

/// A document that quotations were looked up in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuotedFile {
    /// Its path, from where the file that is run is found.
    pub path: String,
    /// The SHA-256 of its bytes, see [`sha256`].
    pub sha256: String,
    /// Whether it lies outside the folder above that of the file that is run.
    pub outside: bool,
}

/// All files that one run has read, in the order of reading; the first is the one that is run.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
    /// The documents that sources name, in the order of reading.
    pub quoted: Vec<QuotedFile>,
}

impl Sources {
    /// Adds a file and gives it the next number.
    pub fn add(&mut self, file: SourceFile) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(file);
        id
    }

    /// The file of this number.
    #[must_use]
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// A file turns out to have another path, too.
    pub fn call(&mut self, id: FileId, path: &str) {
        let file = &mut self.files[id.0 as usize];
        if file.path != path && !file.also.iter().any(|known| known == path) {
            file.also.push(path.to_owned());
        }
    }

    /// All files, in the order of their numbers.
    #[must_use]
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// The same, to be placed.
    pub fn files_mut(&mut self) -> &mut [SourceFile] {
        &mut self.files
    }

    /// The text of a span; empty where the span does not lie on character boundaries.
    #[must_use]
    pub fn text(&self, span: Span) -> &str {
        self.file(span.file).text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }
}

/// The folders from that of a file upwards, nearest first. `above` says how many folders lie above
/// the one that relative paths begin in, which itself is `""`.
#[must_use]
pub fn folders(path: &str, above: usize) -> Vec<String> {
    let root = if path.starts_with('/') { "/" } else { "" };
    let (folder, _) = path.rsplit_once('/').unwrap_or_default();
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/') {
        match (part, parts.last()) {
            ("" | ".", _) => {}
            ("..", Some(&last)) if last != ".." => {
                parts.pop();
            }
            ("..", None) if !root.is_empty() => {}
            _ => parts.push(part),
        }
    }
    let mut found = Vec::new();
    loop {
        found.push(format!("{root}{}", parts.join("/")));
        match parts.last() {
            None if !root.is_empty() => return found,
            None | Some(&"..") if parts.len() >= above => return found,
            None | Some(&"..") => parts.push(".."),
            Some(_) => {
                parts.pop();
            }
        }
    }
}

/// The SHA-256 of some bytes, as 64 hexadecimal digits: what `sha256sum` says of a file of them.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// Bytes as hexadecimal digits, two a byte.
#[must_use]
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Why a file cannot be read, in plain words.
#[must_use]
pub fn unreadable_because(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "there is no such file".to_owned(),
        ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

/// Reads files for stages that must not touch the disk themselves.
pub trait Reader {
    /// The bytes of the file of this path.
    ///
    /// # Errors
    /// What the system says where it cannot be read.
    fn read(&self, path: &str) -> io::Result<Vec<u8>>;

    /// The path of a file from the root of the disk, all links followed, with `/` between its parts.
    /// Where there is no disk to ask, relative paths begin at the root.
    fn real(&self, path: &str) -> String {
        if path.starts_with('/') { path.to_owned() } else { format!("/{path}") }
    }

    /// One text for all paths that lead to one file.
    fn identity(&self, path: &str) -> String {
        self.real(path)
    }

    /// The folders in which a file of defaults for the file of this path is looked for, nearest
    /// first; none where there are no defaults.
    fn folders(&self, _path: &str) -> Vec<String> {
        Vec::new()
    }

    /// Whether the files of sources are at hand, too. Where they are not, as with the text that a
    /// report carries, quotations are not looked up.
    fn has_documents(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::folders;

    #[test]
    fn folders_lie_above_each_other() {
        assert_eq!(folders("a/b/c.esc", 0), ["a/b", "a", ""]);
        assert_eq!(folders("c.esc", 2), ["", "..", "../.."]);
        assert_eq!(folders("../x/c.esc", 2), ["../x", "..", "../.."]);
        assert_eq!(folders("./a/../c.esc", 1), ["", ".."]);
        assert_eq!(folders("/a/b/c.esc", 7), ["/a/b", "/a", "/"]);
        assert_eq!(folders("/../c.esc", 7), ["/"]);
        assert_eq!(folders("../../c.esc", 1), ["../.."]);
    }
}
