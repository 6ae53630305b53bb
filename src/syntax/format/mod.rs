//! The canonical layout of a text.
//!
//! Only layout is changed: every word, sign, string and comment stays, in its order. What the grammar
//! finds ([`mark`]) says where lines begin and may be broken; the words and signs with the comments
//! before them ([`lexeme`]) make up lines and blocks ([`structure`]), which are written ([`print`])
//! with parts of neighbouring lines below one another ([`columns`]).
//!
//! - Two spaces a level, at most 100 columns, at most one empty line, none at the ends of blocks.
//! - A block stays on one line if the author did not break it behind `{`, it fits, and no comment stands
//!   in it. Rules and decisions always have a line for each clause. Rows of lists stay as they are.
//! - Lines end as they did, all alike; a byte order mark stays.
//! - Lines that are too long are broken before `for each` and `where`, then before every outermost
//!   `or`, then `and`, then within parentheses; lists are filled.

mod columns;
mod ends;
mod layout;
mod lexeme;
mod mark;
mod print;
mod rows;
mod same;
mod structure;

pub use ends::Ends;

use super::grammar::{Grammar, Rule};
use super::outline::Outline;
use crate::diagnostic::Diagnostics;
use crate::source::FileId;
use lexeme::Lexemes;
use mark::Marks;
use pest::{Parser, Token};
use print::Printer;
use rayon::prelude::*;
use std::ops::Range;

/// Why a text is not laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unformatted {
    /// It has syntax errors, which [`super::parse`] tells.
    HasErrors,
    /// What was laid out would not say the same: a mistake of ours.
    WouldChange,
}

/// The text in the canonical layout.
///
/// # Errors
/// It has syntax errors; or the result, which is read again and compared, would say something else.
pub fn format(text: &str) -> Result<String, Unformatted> {
    let (laid_out, sound) = rayon::join(|| lay_out(text), || is_sound(text));
    if sound { laid_out } else { Err(Unformatted::HasErrors) }
}

/// The same, of a text that [`super::parse`] has read without an error.
///
/// # Errors
/// As for [`format()`].
pub fn lay_out(text: &str) -> Result<String, Unformatted> {
    let before = Found::of(text).ok_or(Unformatted::HasErrors)?;
    let lexemes = Lexemes::of(text, &before.marks);
    let (lines, end) = structure::lines(&lexemes);
    let formatted = Printer::file(&lexemes, &lines, end);
    let (after, same) =
        rayon::join(|| Found::of(&formatted), || same::says_the_same(text, &formatted));
    let same = same && after.is_some_and(|after| after.rules == before.rules);
    if same { Ok(Ends::of(text).given_to(&formatted)) } else { Err(Unformatted::WouldChange) }
}

/// Whether a text has no syntax errors, those included that the grammar does not know.
fn is_sound(text: &str) -> bool {
    let mut diagnostics = Diagnostics::default();
    super::parse(FileId(0), text, &mut diagnostics);
    !diagnostics.has_errors()
}

/// What the grammar finds in a text.
#[derive(Debug, Default)]
struct Found {
    /// Its rules, in their order.
    rules: Vec<Rule>,
    marks: Marks,
}

impl Found {
    /// In a whole text, whose shares are read side by side; none if it cannot be read.
    fn of(text: &str) -> Option<Self> {
        let outline = Outline::of(FileId(0), text);
        if !outline.troubles.is_empty() {
            return None;
        }
        let flat = outline.flat;
        let starts = [0].into_iter().chain(outline.cuts.iter().copied());
        let ends = outline.cuts.iter().copied().chain([flat.len()]);
        let shares: Vec<Range<usize>> = starts.zip(ends).map(|(start, end)| start..end).collect();
        let found: Option<Vec<Self>> =
            shares.into_par_iter().map(|share| Self::of_share(&flat, share)).collect();
        let mut whole = Self::default();
        for share in found? {
            whole.rules.extend(share.rules);
            whole.marks.append(share.marks);
        }
        Some(whole)
    }

    fn of_share(flat: &str, share: Range<usize>) -> Option<Self> {
        let pairs = Grammar::parse(Rule::file, &flat[share.clone()]).ok()?;
        let rules = pairs.clone().tokens().filter_map(|token| match token {
            Token::Start { rule: Rule::EOI, .. } | Token::End { .. } => None,
            Token::Start { rule, .. } => Some(rule),
        });
        Some(Self { rules: rules.collect(), marks: Marks::of(pairs, share.start) })
    }
}
