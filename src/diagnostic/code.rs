//! The codes of diagnostics and the pages that explain them.

use super::{Severity, pages};
use std::fmt;

/// A registered code: `E0xxx` syntax, `E1xxx` names, `E2xxx` types and ranges, `E3xxx` meaning,
/// `E4xxx` while running, `E5xxx` the file of defaults, `E9xxx` faults of Escalade itself, `Wxxxx`
/// warnings (lints).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(pub &'static str);

impl Code {
    /// Error, or warning where the code begins with `W`.
    #[must_use]
    pub fn severity(self) -> Severity {
        if self.0.starts_with('W') { Severity::Warning } else { Severity::Error }
    }

    /// The page that explains this code.
    #[must_use]
    pub fn page(self) -> Option<&'static Page> {
        pages::all().find(|page| page.code == self)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// The long explanation of one code; `escalade explain CODE` prints it, a test runs its examples.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// The code.
    pub code: Code,
    /// What is wrong, in a few words: a headline.
    pub title: &'static str,
    /// Why it is wrong, in a paragraph or two of plain text.
    pub text: &'static str,
    /// A whole scenario file that draws exactly this code (and no other error); for `E5xxx`, a
    /// whole file of defaults; for `E9xxx`, one of which a part might be lost.
    pub example: &'static str,
    /// The same file, mended: it no longer draws the code, and has no error.
    pub mend: &'static str,
}
