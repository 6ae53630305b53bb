//! The files that a report was made from.

use super::line::{Line, Paint};
use super::page::Page;
use crate::report::Repeat;
use crate::report::content::method::OUTSIDE;

/// Writes every file that was read, with its hash.
pub fn write(page: &mut Page, repeat: &Repeat) {
    page.section("Files read", "each with the SHA-256 of its bytes");
    for file in &repeat.files {
        let mut line = Line::new().plain(&file.path);
        if file.outside {
            line = line.then(Paint::Doubt, format!("  {OUTSIDE}"));
        }
        page.indented(2, &line);
        page.indented(4, &Line::new().faint(&file.sha256));
    }
}
