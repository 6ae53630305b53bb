//! From where the grammar could not go on to what is wrong, in words of the language.

use super::grammar::Rule;
use super::hints::{self, Hint};
use super::keywords::is_reserved;
use super::tokens::{Token, TokenKind, Tokens};
use super::words::{Word, word};
use crate::diagnostic::pages::syntax::{
    BAD_DATE, BAD_NUMBER, RESERVED_WORD, UNCLOSED, UNEXPECTED, UNKNOWN_CHARACTER,
    UNKNOWN_DECLARATION,
};
use crate::diagnostic::{Diagnostic, suggest};
use crate::source::{FileId, Span};
use pest::error::{Error, ErrorVariant, InputLocation};
use std::ops::Range;
use unicode_width::UnicodeWidthChar;

/// No more of what could have stood there is named.
const MOST_WORDS: usize = 8;

/// Where the grammar could not go on, and what it would have taken.
pub(super) struct Failure<'t> {
    /// The offset in the file.
    pub at: usize,
    file: FileId,
    /// The text of the file.
    pub text: &'t str,
    /// The declaration, and what follows up to the next one.
    pub piece: Range<usize>,
    /// What could have stood there.
    pub expected: Vec<Rule>,
    /// What stands there instead: nothing, where the piece ends.
    found: Option<Token>,
}

impl<'t> Failure<'t> {
    /// What has failed in a piece of a file.
    pub fn new(file: FileId, text: &'t str, piece: Range<usize>, error: &Error<Rule>) -> Self {
        let at = match error.location {
            InputLocation::Pos(at) | InputLocation::Span((at, _)) => piece.start + at,
        };
        let expected = match &error.variant {
            ErrorVariant::ParsingError { positives, .. } => positives.clone(),
            ErrorVariant::CustomError { .. } => Vec::new(),
        };
        let inside = &text[..piece.end];
        let found = Tokens::from(inside, at).next();
        Self { at, file, text, piece, expected, found }
    }

    /// Whether one of these could have stood there.
    pub fn expects(&self, rules: &[Rule]) -> bool {
        self.expected.iter().any(|expected| rules.contains(expected))
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, start, end)
    }

    /// The tokens of the piece before the failure.
    pub fn before(&self) -> impl Iterator<Item = Token> {
        let text = &self.text[..self.at];
        Tokens::from(text, self.piece.start)
    }
}

/// What is wrong.
pub(super) fn explain(failure: &Failure<'_>) -> Diagnostic {
    let Some(found) = failure.found else {
        return unclosed(failure).unwrap_or_else(|| ends_early(failure));
    };
    let written = found.written(failure.text);
    unknown_character(failure, found, written)
        .or_else(|| bad_number(failure, found))
        .or_else(|| reserved_word(failure, found, written))
        .or_else(|| unknown_declaration(failure, found, written))
        .unwrap_or_else(|| unexpected(failure, found, written))
}

/// The piece ends inside braces or parentheses.
fn unclosed(failure: &Failure<'_>) -> Option<Diagnostic> {
    let mut open = Vec::new();
    for token in failure.before() {
        match token.kind {
            TokenKind::OpenBrace | TokenKind::OpenParen => open.push(token),
            TokenKind::CloseBrace | TokenKind::CloseParen => {
                open.pop();
            }
            _ => {}
        }
    }
    let open = open.pop()?;
    let (sign, close) = if open.kind == TokenKind::OpenBrace { ("{", "}") } else { ("(", ")") };
    let span = failure.span(open.start, open.end);
    let message = format!("`{sign}` has no `{close}`");
    let help = format!("expected {} before the declaration ends", expectation(failure));
    Some(Diagnostic::new(UNCLOSED, span, message).label("opened here").help(help))
}

/// The piece ends where more is needed.
fn ends_early(failure: &Failure<'_>) -> Diagnostic {
    let last = failure.before().last();
    let span = last
        .map_or(failure.span(failure.at, failure.at), |token| failure.span(token.start, token.end));
    let message = format!("expected {}, but the declaration ends", expectation(failure));
    let mut diagnostic =
        Diagnostic::new(UNEXPECTED, span, message).label("more is needed behind this");
    diagnostic.help = hints::hint_at_end(failure);
    diagnostic
}

/// A character that the language does not use.
fn unknown_character(failure: &Failure<'_>, found: Token, written: &str) -> Option<Diagnostic> {
    const SIGNS: &str = ",:.|-><=!+*%/";
    let character = written.chars().next()?;
    if found.kind != TokenKind::Sign || SIGNS.contains(character) {
        return None;
    }
    let span = failure.span(found.start, found.end);
    let shown = match character {
        char::REPLACEMENT_CHARACTER => "a character that is not UTF-8".to_owned(),
        _ if character.width().unwrap_or(0) == 0 => {
            format!("the character U+{:04X}", u32::from(character))
        }
        _ => format!("`{character}`"),
    };
    let message = format!("{shown} has no meaning here");
    let diagnostic = Diagnostic::new(UNKNOWN_CHARACTER, span, message);
    let range = failure.expects(&[Rule::range_sign]);
    let (help, meant) = match character {
        ';' => ("declarations and lines end by themselves: leave it out", Some("")),
        '#' => ("a comment begins with `//`", None),
        '\'' | '‘' | '’' | '“' | '”' | '„' | '«' | '»' => {
            ("texts stand between straight quotation marks, `\"`", None)
        }
        '–' | '—' | '−' if range => (hints::RANGE, Some("..")),
        '–' | '—' | '−' => ("write `-`", Some("-")),
        '≤' => ("write `<=`", Some("<=")),
        '≥' => ("write `>=`", Some(">=")),
        '≠' => ("write `!=`", Some("!=")),
        '×' => ("write `*`", Some("*")),
        '→' => ("write `->`", Some("->")),
        '…' => ("a range is written with two points, `..`", Some("..")),
        '&' => ("write `and`", Some("and")),
        '[' | ']' => ("lists stand in `{ }`, conditions in `( )`", None),
        _ => return Some(diagnostic),
    };
    let diagnostic = diagnostic.help(help);
    let twice = character == '&' && failure.text[found.end..].starts_with('&');
    let span = failure.span(found.start, found.end + usize::from(twice));
    Some(match meant {
        Some(meant) => diagnostic.fix(span, meant),
        None => diagnostic,
    })
}

/// Something that begins with a digit and is not the number or date that is needed.
fn bad_number(failure: &Failure<'_>, found: Token) -> Option<Diagnostic> {
    let text = &failure.text[found.start..failure.piece.end];
    let date = failure.expects(&[Rule::date]);
    let part =
        |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '%' | '-') || date && c == '/';
    let length = text.find(|c| !part(c)).unwrap_or(text.len());
    let written = text[..length].trim_end_matches(['.', '-', '/']);
    if !written.trim_start_matches('-').starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let first = failure.before().next().map_or("", |token| token.written(failure.text));
    let (code, help) = if date {
        (BAD_DATE, "a date is written year-month-day, for example `2024-02-26`")
    } else if first == "expect" && written.ends_with('%') {
        (BAD_NUMBER, "how likely something is, is asked with `P(...)`: `expect P(o) <= 30%`")
    } else if failure.expects(&[Rule::whole, Rule::duration, Rule::condition]) {
        (BAD_NUMBER, "a whole number is needed, for example `3`")
    } else if failure.expects(&[Rule::integer, Rule::constant]) {
        (BAD_NUMBER, "a whole number is needed, for example `3` or `-3`")
    } else if failure.expects(&[Rule::number, Rule::likelihood]) {
        (BAD_NUMBER, "a likelihood is written `60%` or `0.6`")
    } else {
        return None;
    };
    let span = failure.span(found.start, found.start + written.len());
    let message = if code == BAD_DATE {
        format!("`{written}` is no date")
    } else {
        format!("`{written}` is not the number that is needed here")
    };
    Some(Diagnostic::new(code, span, message).help(help))
}

/// A reserved word where only a name can stand.
fn reserved_word(failure: &Failure<'_>, found: Token, written: &str) -> Option<Diagnostic> {
    // A condition may begin or go on with a name, but with much else, too.
    let condition = failure.expects(&[Rule::word_not, Rule::word_and]);
    if condition || !failure.expects(&[Rule::name, Rule::answer]) || !is_reserved(written) {
        return None;
    }
    if hints::is_in_its_place(failure, found, written) {
        return None;
    }
    let span = failure.span(found.start, found.end);
    let message = format!("`{written}` is a reserved word and cannot be a name");
    let help = format!("choose another name, for example `{written}_`");
    Some(Diagnostic::new(RESERVED_WORD, span, message).label("expected a name").help(help))
}

/// A word that begins no declaration, where one must begin.
fn unknown_declaration(failure: &Failure<'_>, found: Token, written: &str) -> Option<Diagnostic> {
    let begins = failure.piece.start == found.start || found.indentation.is_some();
    if !failure.expects(&[Rule::item]) || found.kind != TokenKind::Word || !begins {
        return None;
    }
    if is_reserved(written) && failure.piece.start != found.start {
        return None;
    }
    let span = failure.span(found.start, found.end);
    let message = format!("`{written}` begins no declaration");
    let help = hints::declaration_meant(written)
        .map(str::to_owned)
        .or_else(|| suggest::did_you_mean(written, super::keywords::DECLARATIONS.into_iter()))
        .unwrap_or_else(|| {
            "declarations begin with a word such as `actor`, `state`, `action`, `rule`, `outcome`"
                .into()
        });
    Some(Diagnostic::new(UNKNOWN_DECLARATION, span, message).help(help))
}

/// Anything else.
fn unexpected(failure: &Failure<'_>, found: Token, written: &str) -> Diagnostic {
    let span = failure.span(found.start, found.end);
    let shown = match found.kind {
        TokenKind::Text => "a string".to_owned(),
        _ => format!("`{}`", shortened(written)),
    };
    let message = format!("expected {}, found {shown}", expectation(failure));
    let mut diagnostic = Diagnostic::new(UNEXPECTED, span, message);
    if let Some(Hint { help, fix }) = hints::hint(failure, found, written) {
        diagnostic = diagnostic.help(help);
        if let Some((range, text)) = fix {
            return diagnostic.fix(failure.span(range.start, range.end), text);
        }
    }
    diagnostic
}

/// What could have stood there: `a likelihood, `after` or `{``.
fn expectation(failure: &Failure<'_>) -> String {
    let mut words: Vec<String> = words(&failure.expected)
        .into_iter()
        .filter_map(|word| match word {
            Word::Meaning(meaning) => Some(meaning.to_owned()),
            Word::Written(written) => Some(format!("`{written}`")),
            Word::Nothing => None,
        })
        .collect();
    if words.len() > MOST_WORDS {
        words.truncate(MOST_WORDS);
        return format!("{} ...", words.join(", "));
    }
    match words.pop() {
        None => "something else".to_owned(),
        Some(last) if words.is_empty() => last,
        Some(last) => format!("{} or {last}", words.join(", ")),
    }
}

/// The words for what could have stood there, each once: what is meant first, then what is
/// written.
pub(super) fn words(expected: &[Rule]) -> Vec<Word> {
    // What can begin an operand, or go on with one, is more than a reader wants to know.
    let operand = expected.contains(&Rule::word_not);
    let hidden: &[Rule] = if operand {
        OPERAND
    } else if expected.contains(&Rule::word_and) {
        BEHIND_OPERAND
    } else {
        &[]
    };
    let mut words: Vec<Word> = expected
        .iter()
        .filter(|rule| !hidden.contains(rule))
        .map(|rule| word(*rule))
        .chain(operand.then_some(Word::Meaning("a condition or a value")))
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

const OPERAND: &[Rule] = &[
    Rule::word_not,
    Rule::negative,
    Rule::name,
    Rule::subject,
    Rule::open_paren,
    Rule::parenthesis,
    Rule::whole,
    Rule::quantifier,
    Rule::at_least,
    Rule::quantified,
    Rule::word_no,
    Rule::text,
];

const BEHIND_OPERAND: &[Rule] = &[
    Rule::name,
    Rule::related,
    Rule::dot,
    Rule::does,
    Rule::has_done,
    Rule::compared,
    Rule::equal,
    Rule::not_equal,
    Rule::less,
    Rule::less_equal,
    Rule::greater,
    Rule::greater_equal,
    Rule::plus,
    Rule::minus,
    Rule::times,
];

/// A word that is not too long to be shown.
fn shortened(written: &str) -> String {
    const LONGEST: usize = 40;
    match written.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}...", &written[..end]),
        None => written.to_owned(),
    }
}
