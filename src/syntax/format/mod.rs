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
//! - Lines that are too long are broken before `for each` and `where`, then before every outermost
//!   `or`, then `and`, then within parentheses; lists are filled.

mod columns;
mod layout;
mod lexeme;
mod mark;
mod print;
mod rows;
mod same;
mod structure;

use super::grammar::{Grammar, Rule};
use super::outline::Outline;
use crate::diagnostic::Diagnostics;
use crate::source::FileId;
use lexeme::Lexemes;
use mark::Marks;
use pest::{Parser, Token};
use print::Printer;

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
    let (before, sound) = rayon::join(|| Found::of(text), || is_sound(text));
    let before = before.filter(|_| sound).ok_or(Unformatted::HasErrors)?;
    let lexemes = Lexemes::of(text, &before.marks);
    let (lines, end) = structure::lines(&lexemes);
    let formatted = Printer::file(&lexemes, &lines, end);
    let after = Found::of(&formatted).ok_or(Unformatted::WouldChange)?;
    let same = before.rules == after.rules && same::says_the_same(text, &formatted);
    if same { Ok(formatted) } else { Err(Unformatted::WouldChange) }
}

/// Whether a text has no syntax errors, those included that the grammar does not know.
fn is_sound(text: &str) -> bool {
    let mut diagnostics = Diagnostics::default();
    super::parse(FileId(0), text, &mut diagnostics);
    !diagnostics.has_errors()
}

/// What the grammar finds in a text.
#[derive(Debug)]
struct Found {
    /// Its rules, in their order.
    rules: Vec<Rule>,
    marks: Marks,
}

impl Found {
    fn of(text: &str) -> Option<Self> {
        // A byte order mark, which editors leave before the text, is layout here: three bytes of it.
        let flat = Outline::of(FileId(0), text).flat.replace('\u{FEFF}', "   ");
        let pairs = Grammar::parse(Rule::file, &flat).ok()?;
        let starts = pairs.clone().tokens().filter_map(|token| match token {
            Token::Start { rule, .. } => Some(rule),
            Token::End { .. } => None,
        });
        Some(Self { rules: starts.collect(), marks: Marks::of(pairs) })
    }
}
