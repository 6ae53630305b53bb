//! The registry: every code once, with its page. One file a range of codes.

pub mod defaults;
pub mod faults;
pub mod lints;
pub mod meaning;
pub mod names;
pub mod running;
pub mod syntax;
pub mod types;
pub mod warnings;

use super::Page;

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
