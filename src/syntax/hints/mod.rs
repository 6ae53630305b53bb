//! Hints for slips that are common where the grammar could not go on.

mod conditions;
mod fixes;
mod forms;
mod rules;
mod signs;

pub(crate) use conditions::{quantifier_hint, quantifier_meant};
pub(super) use forms::declaration_meant;

use super::keywords::{self, is_keyword, is_reserved};
use super::mistake::{Failure, words};
use super::tokens::{Token, TokenKind, Tokens};
use super::words::Word;
use crate::diagnostic::suggest;
use std::ops::Range;

/// How what a declaration consists of is written.
const LIST: &str = "what belongs to it stands in braces: `{ ... }`";
/// How a range is written.
pub(super) const RANGE: &str = "a range is written with two points: `20%..40%`, `0..5`";

/// What is said of a slip, and the change that mends it where there is but one.
pub(super) struct Hint {
    /// What to do.
    pub help: String,
    /// What is replaced, and by what.
    pub fix: Option<(Range<usize>, String)>,
}

impl Hint {
    fn new(help: impl Into<String>) -> Self {
        Self { help: help.into(), fix: None }
    }

    fn fix(mut self, range: Range<usize>, text: impl Into<String>) -> Self {
        self.fix = Some((range, text.into()));
        self
    }
}

/// A hint where the piece goes on with something else.
pub(super) fn hint(failure: &Failure<'_>, found: Token, written: &str) -> Option<Hint> {
    let at = Place::of(failure, found, written);
    at.mended()
        .or_else(|| at.slip().map(Hint::new))
        .or_else(|| at.likelihood_words())
        .or_else(|| at.guess().map(Hint::new))
}

/// Whether a reserved word is in its place, and what comes before it is not.
pub(super) fn is_in_its_place(failure: &Failure<'_>, found: Token, written: &str) -> bool {
    let at = Place::of(failure, found, written);
    // `state state` is somebody's name for it.
    written == "not" || at.before.len() > 1 && at.is_doubled() || at.quantifier().is_some()
}

/// A hint where the piece ends too early.
pub(super) fn hint_at_end(failure: &Failure<'_>) -> Option<String> {
    let before: Vec<&str> = failure.before().map(|token| token.written(failure.text)).collect();
    let first = before.first()?;
    let is_name = |word: &&&str| !is_keyword(word) && word.starts_with(char::is_alphabetic);
    let names = before.iter().rev().take_while(is_name).count();
    let condition = before.iter().any(|word| matches!(*word, "when" | "while" | "if"));
    let help = if *first == "expect" && (expects(failure, "before") || expects(failure, "a name")) {
        "say what is expected of it: `never`, `always`, `possible` or `certain` before it, \
         `P(...) <= 20%` around it, or `before` and what comes after it"
    } else if expects(failure, "has done") {
        "say what holds of them: `any g does x`, `any g has done x`, `any m in g (COND)`"
    } else if condition && names == 2 && expects(failure, "a name") {
        "what has happened is written `a has done x`; a relation stands between two: `a borders b`"
    } else {
        return forms::form(first);
    };
    Some(help.to_owned())
}

fn expects(failure: &Failure<'_>, wanted: &str) -> bool {
    words(&failure.expected).iter().any(|word| match word {
        Word::Meaning("a condition or a value") => wanted == "a condition",
        Word::Meaning(word) | Word::Written(word) => *word == wanted,
        Word::Nothing => false,
    })
}

/// Where the grammar could not go on.
struct Place<'f, 't> {
    failure: &'f Failure<'t>,
    /// What stands there.
    found: Token,
    written: &'f str,
    /// What stands before it, from the beginning of the declaration.
    before: Vec<Token>,
    /// What stands behind it on its line.
    next: Option<Token>,
}

impl<'f, 't> Place<'f, 't> {
    fn of(failure: &'f Failure<'t>, found: Token, written: &'f str) -> Self {
        let text = failure.text;
        let next = Tokens::from(&text[..failure.piece.end], found.end).next();
        let next = next.filter(|token| token.indentation.is_none());
        Self { failure, found, written, before: failure.before().collect(), next }
    }

    /// A slip that is known.
    fn slip(&self) -> Option<&'static str> {
        self.quantifier()
            .or_else(|| self.condition())
            .or_else(|| self.rule())
            .or_else(|| self.sign())
            .or_else(|| self.declaration())
    }

    /// What was perhaps meant, or how such a thing is written.
    fn guess(&self) -> Option<String> {
        self.keyword()
            .or_else(|| self.quotation_marks())
            .or_else(|| self.misspelt_before())
            .or_else(|| self.effect_at_all().map(str::to_owned))
            .or_else(|| forms::form(self.first()))
    }

    /// The word that the declaration begins with.
    fn first(&self) -> &'t str {
        self.before.first().map_or("", |first| first.written(self.failure.text))
    }

    /// What stands before it; nothing at the beginning.
    fn last(&self) -> Option<Token> {
        self.before.last().copied()
    }

    /// What is written so many pieces before it, from 1.
    fn back(&self, pieces: usize) -> &'t str {
        let at = self.before.len().checked_sub(pieces);
        at.map_or("", |at| self.before[at].written(self.failure.text))
    }

    fn next_word(&self) -> &'t str {
        self.next.map_or("", |next| next.written(self.failure.text))
    }

    /// Whether this could have stood there, in words of the language.
    fn expects(&self, wanted: &str) -> bool {
        expects(self.failure, wanted)
    }

    /// Whether nothing stands between it and what is before it.
    fn touches(&self) -> bool {
        self.last().is_some_and(|last| last.end == self.found.start)
    }

    /// Whether it goes on with a line.
    fn same_line(&self) -> bool {
        self.found.indentation.is_none()
    }

    fn is_number(&self) -> bool {
        self.written.starts_with(|first: char| first.is_ascii_digit())
    }

    /// A word that belongs elsewhere in a declaration.
    fn declaration(&self) -> Option<&'static str> {
        Some(match self.written {
            "on" | "when" | "while" | "if" | "then" | "option"
                if matches!(self.first(), "rule" | "decision") && self.expects("{") =>
            {
                "its clauses stand in braces: `rule NAME { on ... then ... }`"
            }
            word if CLAUSES.contains(&word)
                && self.expects("a declaration")
                && self.back(1) == "}" =>
            {
                "the `}` before it has closed the declaration: perhaps there is one too many"
            }
            "to" if self.expects("..") => RANGE,
            "by" if self.first() == "decision" => {
                "who decides stands before `for each` and the braces: `decision d \"Title\" by a`"
            }
            _ if matches!(self.first(), "group" | "relation" | "scale")
                && self.before.len() == 2
                && self.expects("{")
                && !matches!(
                    self.next.map(|next| next.kind),
                    Some(TokenKind::Text | TokenKind::OpenBrace)
                ) =>
            {
                LIST
            }
            _ if self.expects("each") => "write `for each m in g`",
            "{" | ":" | "on" | "when" | "while" if self.back(2) == "each" && self.expects("in") => {
                "name the member that it is for: `for each m in g`"
            }
            _ if matches!(self.first(), "meter" | "state") && self.expects(":") => {
                "what it can be stands behind `:`"
            }
            _ if self.back(1) == "grade" => "a grade is a letter and a digit, for example `B2`",
            _ if self.back(1) == "is" && !self.expects("a string") => "equality is written `=`",
            _ => return None,
        })
    }

    /// A keyword that was perhaps meant.
    fn keyword(&self) -> Option<String> {
        if self.found.kind != TokenKind::Word {
            return None;
        }
        let keywords = words(&self.failure.expected).into_iter().flat_map(|word| {
            match word {
                Word::Meaning("a clause") => CLAUSES,
                Word::Meaning("a declaration") => &keywords::DECLARATIONS,
                Word::Meaning("a line of the reading") => READING_LINES,
                Word::Written(word) => return vec![word],
                Word::Meaning(_) | Word::Nothing => &[],
            }
            .to_vec()
        });
        suggest::did_you_mean(self.written, keywords)
    }

    /// A text without its quotation marks, or a name of several words.
    fn quotation_marks(&self) -> Option<String> {
        let plain = self.found.kind == TokenKind::Word && !is_keyword(self.written);
        if !plain
            || self.is_number()
            || self.found.indentation.is_some()
            || !self.expects("a string")
        {
            return None;
        }
        let text = self.failure.text;
        let title = Tokens::from(&text[..self.failure.piece.end], self.found.end)
            .take_while(|token| token.indentation.is_none())
            .any(|token| matches!(token.kind, TokenKind::Text | TokenKind::OpenBrace));
        let name = self.back(1);
        if title && !is_keyword(name) {
            return Some(format!("a name is one word: `{name}_{}`", self.written));
        }
        Some("texts stand in quotation marks, `\"`".to_owned())
    }

    /// A word just before that was perhaps meant to be a keyword: the grammar has taken it for the
    /// name of a relation.
    fn misspelt_before(&self) -> Option<String> {
        let last = self.before.iter().rev().take(3);
        last.filter(|token| token.kind == TokenKind::Word).find_map(|token| {
            let word = token.written(self.failure.text);
            let meant = suggest::closest(word, MISSPELT.iter().copied())?;
            (!is_reserved(word) && meant != word)
                .then(|| format!("did you mean `{meant}` instead of `{word}`?"))
        })
    }
}

const CLAUSES: &[&str] =
    &["on", "when", "while", "if", "then", "or", "else", "option", "because", "once", "priority"];
const READING_LINES: &[&str] =
    &["voice", "because", "position", "state", "flag", "meter", "param", "rule", "disable"];

const MISSPELT: &[&str] = &[
    "then",
    "else",
    "when",
    "while",
    "because",
    "option",
    "priority",
    "once",
    "does",
    "has done",
    "against",
    "becomes",
    "before",
    "leads",
    "until",
    "within",
    "after",
    "and",
    "otherwise",
];

#[cfg(test)]
mod tests;
