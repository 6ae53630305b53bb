//! The tree of one file: what was written, as it was written, with nothing resolved.
//!
//! It is deliberately looser than the language, so that the model can explain mistakes. It keeps
//! comments, the order of everything, and how numbers were written, for a formatter.

mod conditions;
mod declarations;
mod outcomes;
mod rules;

pub use conditions::{
    Arith, ArithKind, ArithOp, Atom, CompareOp, Cond, CondKind, Quantifier, QuantifierKind,
    Reference, Subject,
};
pub use declarations::{
    Actor, Attribute, Constant, Domain, Each, EachVariable, Group, Issue, Ladder, Lexicon, Pair,
    Param, Position, PositionPart, Quote, Relation, Rung, Scale, Scenario, ScenarioPart, Source,
    SourceField, Variable,
};
pub use outcomes::{Expect, ExpectKind, Outcome, Path, Reading, ReadingPart, ReadingPartKind};
pub use rules::{
    Action, ActionRung, Block, Branch, Clause, ClauseKind, Decision, Delay, Effect, EffectKind,
    Inject, InjectTime, Likelihood, Observe, Place, Rule,
};

use crate::source::Span;
use std::borrow::Cow;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// One file.
#[derive(Clone, Debug, Default)]
pub struct File {
    /// Declarations and imports in their order.
    pub items: Vec<Item>,
    /// All comments but notes (`///`), in their order; a formatter places them by their spans.
    pub comments: Vec<Comment>,
}

/// A comment with its marks (`// ...` or `/* ... */`).
#[derive(Clone, Debug)]
pub struct Comment {
    /// The text with its marks.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// A declaration or an import.
#[derive(Clone, Debug)]
pub struct Item {
    /// What it is.
    pub kind: ItemKind,
    /// The text of the `///` lines before it, without the marks, joined by newlines.
    pub note: Option<String>,
    /// The whole declaration, without its note.
    pub span: Span,
}

/// The kinds of declarations.
#[derive(Clone, Debug)]
pub enum ItemKind {
    /// `import "path"`.
    Import(Text),
    /// `scenario "T" { ... }`.
    Scenario(Scenario),
    /// `source s "T" { ... }`.
    Source(Source),
    /// `actor a "T" { ... }`.
    Actor(Actor),
    /// `group g "T" { ... }`.
    Group(Group),
    /// `relation r "T" { ... }`.
    Relation(Relation),
    /// `scale s { ... }`.
    Scale(Scale),
    /// `issue i "T" on scale s`.
    Issue(Issue),
    /// `position a on i: LEVEL since DATE { ... }`.
    Position(Position),
    /// `ladder "T" { ... }`.
    Ladder(Ladder),
    /// `state`, `flag` or `meter`.
    Variable(Variable),
    /// `param p = LIKELIHOOD`.
    Param(Param),
    /// `lexicon { word = LIKELIHOOD ... }`.
    Lexicon(Lexicon),
    /// `action x "T" at RUNG by GROUP { ... }`.
    Action(Action),
    /// `inject turn 3 { ... }` or `inject DATE { ... }`.
    Inject(Inject),
    /// `rule r "T" ... { ... }`.
    Rule(Rule),
    /// `decision d "T" by ACTOR ... { ... }`.
    Decision(Decision),
    /// `outcome` or `ending`.
    Outcome(Outcome),
    /// `expect ...`.
    Expect(Box<Expect>),
    /// `observe turn 3: COND`.
    Observe(Box<Observe>),
    /// `reading r "T" { ... }`.
    Reading(Reading),
    /// A declaration that could not be read; it still declares its name.
    Broken(Broken),
}

/// What is left of a declaration that could not be read. A diagnostic has been given.
#[derive(Clone, Debug)]
pub struct Broken {
    /// The keyword that it began with, e.g. `rule`.
    pub keyword: String,
    /// The name behind it, where one could be read.
    pub name: Option<Name>,
}

/// A name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The name in its composed spelling, see [`composed`].
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

impl Name {
    /// What is written at a place.
    #[must_use]
    pub fn written(written: &str, span: Span) -> Self {
        Self { text: composed(written).into_owned(), span }
    }
}

/// A name in its composed spelling (NFC): letters with accents can be written in two ways that nobody can
/// tell apart, and stand for one name.
#[must_use]
pub fn composed(name: &str) -> Cow<'_, str> {
    match is_nfc_quick(name.chars()) {
        IsNormalized::Yes => Cow::Borrowed(name),
        IsNormalized::No | IsNormalized::Maybe => Cow::Owned(name.nfc().collect()),
    }
}

/// A string; `value` has its escapes resolved.
#[derive(Clone, Debug)]
pub struct Text {
    /// What it says.
    pub value: String,
    /// Whether it was written with three quotation marks.
    pub multiline: bool,
    /// Where it stands, with its quotation marks.
    pub span: Span,
}

impl Text {
    /// Whether there is nothing in it that anybody could see.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        !self.value.chars().any(|c| !c.is_whitespace() && !c.is_control() && !is_invisible(c))
    }
}

/// Letters and marks that have no shape of their own: fillers, joiners, variation selectors, tags.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}'
            | '\u{34F}'
            | '\u{61C}'
            | '\u{115F}'..='\u{1160}'
            | '\u{17B4}'..='\u{17B5}'
            | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
            | '\u{FFA0}'
            | '\u{FFF0}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E0FFF}'
    )
}

/// A whole number, with how it was written.
#[derive(Clone, Debug)]
pub struct Integer {
    /// Its value; saturated at the ends of `i64`.
    pub value: i64,
    /// As written.
    pub written: String,
    /// Where it stands.
    pub span: Span,
}

/// A date as written, `2024-02-26`; whether there is such a day is checked in the model.
#[derive(Clone, Debug)]
pub struct Date {
    /// As written.
    pub written: String,
    /// Where it stands.
    pub span: Span,
}

/// `2 weeks`, `26 turns`.
#[derive(Clone, Debug)]
pub struct Duration {
    /// How many.
    pub count: Integer,
    /// The unit as written: `day`, `days`, `week`, ..., `turn`, `turns`.
    pub unit: Name,
}

/// A number with or without a percent sign.
#[derive(Clone, Debug)]
pub struct Number {
    /// Its value: `60%` is 0.6.
    pub value: f64,
    /// As written.
    pub written: String,
    /// Where it stands.
    pub span: Span,
}

impl Number {
    /// Whether it is neither 0 nor 1, and the nearest double is.
    #[must_use]
    pub fn rounds_to_an_end(&self) -> bool {
        let (digits, one) = match self.written.strip_suffix('%') {
            Some(digits) => (digits, "100"),
            None => (self.written.as_str(), "1"),
        };
        let (before, after) = digits.split_once('.').unwrap_or((digits, ""));
        let zeros = |text: &str| text.bytes().all(|digit| digit == b'0');
        if self.value == 1.0 {
            before.trim_start_matches('0') != one || !zeros(after)
        } else {
            self.value == 0.0 && !(zeros(before) && zeros(after))
        }
    }
}
