//! The registry: every code once, with its page. One module a range of codes; the page of a code is the
//! file beside them that is named after it, and comes into the program when that is compiled.

/// Names codes and reads their pages.
macro_rules! registry {
    ($($(#[$about:meta])* $name:ident = $code:literal;)*) => {
        $($(#[$about])* pub const $name: $crate::diagnostic::Code = $crate::diagnostic::Code($code);)*

        /// The pages of this range.
        pub const PAGES: &[$crate::diagnostic::Page] =
            &[$(super::read($name, include_str!(concat!($code, ".md")))),*];
    };
}
use registry;

pub mod defaults;
pub mod faults;
pub mod lints;
pub mod meaning;
pub mod names;
pub mod running;
pub mod syntax;
pub mod types;
pub mod warnings;

use super::{Code, Page};

/// All pages, in the order of their codes.
pub fn all() -> impl Iterator<Item = &'static Page> {
    [
        syntax::PAGES,
        names::PAGES,
        types::PAGES,
        meaning::PAGES,
        running::PAGES,
        defaults::PAGES,
        faults::PAGES,
        warnings::PAGES,
        lints::PAGES,
    ]
    .into_iter()
    .flatten()
}

/// The page in a file: its title, its text, a line a paragraph, its example and, behind a line that says
/// so, the mend. What is missing stays empty.
const fn read(code: Code, file: &'static str) -> Page {
    let (_, file) = cut(file, "# ");
    let (title, file) = cut(file, "\n\n");
    let (text, file) = cut(file, "\n\n```");
    let (_language, file) = cut(file, "\n");
    let (example, file) = cut(file, "```\n\nMended:\n\n```");
    let (_language, file) = cut(file, "\n");
    let (mend, _) = cut(file, "```\n");
    Page { code, title, text, example, mend }
}

/// What stands before a mark and what stands behind it: nothing where there is none.
const fn cut(text: &'static str, mark: &str) -> (&'static str, &'static str) {
    let mut start = 0;
    while start + mark.len() <= text.len() {
        let mut same = 0;
        while same < mark.len() && text.as_bytes()[start + same] == mark.as_bytes()[same] {
            same += 1;
        }
        if same == mark.len() {
            return (text.split_at(start).0, text.split_at(start + same).1);
        }
        start += 1;
    }
    (text, "")
}
