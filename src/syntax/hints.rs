//! Hints for slips that are common where the grammar could not go on.

use super::keywords::{self, is_keyword, is_reserved};
use super::mistake::{Failure, words};
use super::tokens::{Token, TokenKind, Tokens};
use super::words::Word;
use crate::diagnostic::suggest;

/// How a range is written.
pub(super) const RANGE: &str = "a range is written with two points: `20%..40%`, `0..5`";

/// A hint where the piece goes on with something else.
pub(super) fn hint(failure: &Failure<'_>, found: Token, written: &str) -> Option<String> {
    let at = Place::of(failure, found, written);
    quantifier(failure)
        .or_else(|| at.joined_sign())
        .or_else(|| at.sign())
        .map(str::to_owned)
        .or_else(|| at.word())
        .or_else(|| at.keyword())
        .or_else(|| at.quotation_marks())
        .or_else(|| misspelt_before(failure))
}

/// A hint where the piece ends too early.
pub(super) fn hint_at_end(failure: &Failure<'_>) -> Option<String> {
    let before: Vec<&str> = failure.before().map(|token| token.written(failure.text)).collect();
    if before.first() == Some(&"expect") && expects(failure, "before") {
        let help = "say what is expected of it: `never`, `always`, `possible` or `certain` before it, \
                    `P(...) <= 20%` around it, or `before` and what comes after it";
        return Some(help.to_owned());
    }
    let names = before.iter().rev().take_while(|word| !is_keyword(word)).count();
    let condition = before.iter().any(|word| matches!(*word, "when" | "while" | "if"));
    (condition && names == 2 && expects(failure, "a name")).then(|| {
        "what has happened is written `a has done x`; a relation stands between two: \
         `a borders b`"
            .to_owned()
    })
}

/// A hint where a word that is no quantifier of the language stands for one: `all x in g`, `count(g)`.
pub(super) fn quantifier(failure: &Failure<'_>) -> Option<&'static str> {
    let before: Vec<&str> = failure.before().map(|token| token.written(failure.text)).collect();
    let (last, rest) = before.split_last()?;
    let calls = failure.text[failure.at..].starts_with('(');
    // `for each` has a meaning.
    let (word, rest) = if calls { (last, rest) } else { rest.split_last()? };
    let in_condition = rest.last().is_some_and(|word| !is_reserved_for_names(word));
    quantifier_hint(word).filter(|_| in_condition)
}

/// Whether what follows a word is a name that is declared, or the member of `for each`.
fn is_reserved_for_names(word: &str) -> bool {
    word == "for" || keywords::is_declaration(word)
}

/// How to write what a word means in plain speech.
pub(crate) fn quantifier_hint(word: &str) -> Option<&'static str> {
    Some(match word {
        "all" | "each" | "both" | "forall" => {
            "what holds for all of a group is written `every g has done x`, `every m in g (COND)`"
        }
        "some" | "exists" | "either" | "someone" | "anyone" => {
            "what holds for one of a group is written `any g has done x`, `any m in g (COND)`"
        }
        "none" | "neither" | "nobody" => {
            "what holds for none of a group is written `no g has done x`, `no m in g (COND)`"
        }
        "count" | "number" | "sum" | "most" => {
            "how many of a group is asked with `at least 2 g has done x`, \
             `at least 2 m in g (COND)`"
        }
        _ => return None,
    })
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
    /// The word that the declaration begins with.
    first: &'t str,
    /// What stands before it; nothing at the beginning.
    last: Option<Token>,
    /// What stands behind it on its line.
    next: Option<Token>,
}

impl<'f, 't> Place<'f, 't> {
    fn of(failure: &'f Failure<'t>, found: Token, written: &'f str) -> Self {
        let text = failure.text;
        let first = failure.before().next().map_or("", |token| token.written(text));
        let next = Tokens::from(&text[..failure.piece.end], found.end).next();
        let next = next.filter(|token| token.indentation.is_none());
        Self { failure, found, written, first, last: failure.before().last(), next }
    }

    fn last_word(&self) -> &'t str {
        self.last.map_or("", |last| last.written(self.failure.text))
    }

    fn next_word(&self) -> &'t str {
        self.next.map_or("", |next| next.written(self.failure.text))
    }

    /// Whether this could have stood there, in words of the language.
    fn expects(&self, wanted: &str) -> bool {
        expects(self.failure, wanted)
    }

    /// A sign of two characters that is another one here.
    fn joined_sign(&self) -> Option<&'static str> {
        let last = self.last.filter(|_| self.touches())?;
        Some(match (last.written(self.failure.text), self.written) {
            ("=", "=") => "equality is written `=`",
            ("=", "<") => "write `<=`",
            ("=", ">") => "write `>=`",
            ("<", ">") => "write `!=`",
            _ => return None,
        })
    }

    /// A sign that other languages, or people, put there.
    fn sign(&self) -> Option<&'static str> {
        let word_before = self.last.is_some_and(|last| last.kind == TokenKind::Word);
        Some(match self.written {
            "%" => "the percent sign stands right behind its number",
            "(" if word_before && self.touches() => {
                "what each actor has is written `a.v`, what each pair has `a.v(b)`"
            }
            "(" if word_before => "the parenthesis of an argument touches its name: `a.trust(b)`",
            "!" if self.expects("a condition") => "write `not`",
            "-" if self.expects("..") => RANGE,
            "-" if self.expects("a declaration") && matches!(self.next_word(), "-" | ">") => {
                "a comment begins with `//`"
            }
            "-" if self.is_within_a_name() => {
                "a name is one word of letters, digits and `_`: write `_` for the `-`"
            }
            "," if self.expects("an effect") => SEVERAL_EFFECTS,
            "," if self.expects("a clause") || self.expects("}") && self.expects("grade") => {
                "clauses stand one behind the other: leave it out"
            }
            "," if self.expects("|") => {
                "between values stands `|`, or `<` where they have an order"
            }
            "," if self.expects("=") => "what it is at first stands behind `=`",
            ":" if self.first == "actor" && self.expects("=") => {
                "what an actor is or has is written with `=`: `{ role = power }`"
            }
            "=" if matches!(self.first, "group" | "relation" | "scale") && self.expects("{") => {
                "what belongs to it stands in braces: `{ ... }`"
            }
            "=" if matches!(self.first, "state" | "meter") && self.expects(":") => {
                "say first, behind `:`, what it can be: `state front: calm < tense = calm`, \
                 `meter tension: 0..10 = 3`"
            }
            "=" if self.expects("becomes") => "what sets something is written `becomes`",
            "+" | "-" if self.expects("becomes") => {
                "what changes a meter is written `raise NAME by 1` or `lower NAME by 1`"
            }
            "}" if self.expects("a declaration") => "no `{` is open here: leave it out",
            "|" if self.next_word() == "|" && self.expects("or") => "write `or`",
            ":" if self.expects("(") && self.expects("where") => {
                "what holds of each stands in parentheses: `every m in g (COND)`"
            }
            ":" | "if" | "after" if self.expects("when") => "its condition stands behind `when`",
            _ => return None,
        })
    }

    /// Whether nothing stands between it and what is before it.
    fn touches(&self) -> bool {
        self.last.is_some_and(|last| last.end == self.found.start)
    }

    /// A hyphen in the name of a declaration.
    fn is_within_a_name(&self) -> bool {
        let touches = |one: Option<Token>, other: Option<Token>| {
            one.zip(other).is_some_and(|(one, other)| one.end == other.start)
        };
        self.expects("a string")
            && touches(self.last, Some(self.found))
            && touches(Some(self.found), self.next)
            && self.next.is_some_and(|next| next.kind == TokenKind::Word)
    }

    /// A word that belongs elsewhere, or is another one here.
    fn word(&self) -> Option<String> {
        let fixed = match self.written {
            _ if self.last_word() == "has" && self.expects("done") => {
                "what has happened is written `a has done x`, and what has not `not a has done x`"
            }
            _ if self.last_word() == "least" => "write the number: `at least 2`",
            _ if self.last_word() == "between" => COMPARISONS,
            "in" if self.expects("and") => COMPARISONS,
            "day" | "days" | "week" | "weeks" | "month" | "months" | "year" | "years"
                if self.expects("and") =>
            {
                "a condition counts in turns: `turn > 3`"
            }
            "has" if self.expects("does") => {
                "`on` asks what has just happened: write `does`; what has happened at any time, \
                 `has done`, belongs into a condition"
            }
            "and" if self.expects("an effect") => SEVERAL_EFFECTS,
            "to" if self.expects("..") => RANGE,
            "in" if self.expects("after") => {
                "write `within 2 turns` (spread over them) or `after 2 turns` (exactly then)"
            }
            "otherwise" if self.expects("a clause") => "write `else`",
            "on" | "when" | "while" | "if" | "then" | "option"
                if matches!(self.first, "rule" | "decision") && self.expects("{") =>
            {
                "its clauses stand in braces: `rule NAME { on ... then ... }`"
            }
            _ if matches!(self.first, "meter" | "state") && self.expects(":") => {
                "what it can be stands behind `:`"
            }
            _ if self.last_word() == "grade" => "a grade is a letter and a digit, for example `B2`",
            _ if self.last_word() == "is" && !self.expects("a string") => "equality is written `=`",
            _ => return self.open_brace(),
        };
        Some(fixed.to_owned())
    }

    /// A word where the brace of effects is missing, or a likelihood word in several words.
    fn open_brace(&self) -> Option<String> {
        let branch = self.expects("{") && self.expects("after");
        if !branch || self.found.kind != TokenKind::Word {
            return None;
        }
        let text = self.failure.text;
        let last = self.last.filter(|last| last.kind == TokenKind::Word)?;
        let piece = &text[..self.failure.piece.end];
        let words: Vec<&str> = Tokens::from(piece, last.start)
            .take_while(|token| token.kind == TokenKind::Word)
            .map(|token| token.written(text))
            .collect();
        let end = Tokens::from(piece, last.start).nth(words.len());
        let opens = end.is_some_and(|end| end.kind == TokenKind::OpenBrace);
        let plain = words.iter().all(|word| {
            !is_reserved(word) && word.starts_with(|first: char| first.is_alphabetic())
        });
        if opens && plain {
            return Some(format!("a likelihood word is one word: `{}`", words.join("_")));
        }
        Some("what happens stands in braces: `then likely { north does protest }`".to_owned())
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
        if !plain || self.found.indentation.is_some() || !self.expects("a string") {
            return None;
        }
        let text = self.failure.text;
        let title = Tokens::from(&text[..self.failure.piece.end], self.found.end)
            .take_while(|token| token.indentation.is_none())
            .any(|token| token.kind == TokenKind::Text);
        let name = self.last_word();
        if title && !is_keyword(name) {
            return Some(format!("a name is one word: `{name}_{}`", self.written));
        }
        Some("texts stand in quotation marks, `\"`".to_owned())
    }
}

const COMPARISONS: &str =
    "join comparisons: `m >= 2 and m <= 4`, and for one of several values `s = a or s = b`";
const SEVERAL_EFFECTS: &str =
    "what happens together stands one behind the other, with nothing between: leave it out";
const CLAUSES: &[&str] =
    &["on", "when", "while", "if", "then", "or", "else", "option", "because", "once", "priority"];
const READING_LINES: &[&str] =
    &["voice", "because", "position", "state", "flag", "meter", "param", "rule", "disable"];

/// A word just before that was perhaps meant to be a keyword: the grammar has taken it for the
/// name of a relation.
fn misspelt_before(failure: &Failure<'_>) -> Option<String> {
    let mut before: Vec<Token> = failure.before().collect();
    before.reverse();
    before.into_iter().take(3).filter(|token| token.kind == TokenKind::Word).find_map(|token| {
        let word = token.written(failure.text);
        let meant = suggest::closest(word, MISSPELT.iter().copied())?;
        (!is_reserved(word) && meant != word)
            .then(|| format!("did you mean `{meant}` instead of `{word}`?"))
    })
}

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
mod tests {
    use crate::diagnostic::Diagnostics;
    use crate::source::FileId;

    /// The hint of the first mistake in a text.
    fn hint(text: &str) -> String {
        let mut diagnostics = Diagnostics::default();
        crate::syntax::parse(FileId(0), text, &mut diagnostics);
        let first = diagnostics.sorted().into_iter().next();
        first.and_then(|first| first.help).unwrap_or_default()
    }

    #[track_caller]
    fn says(text: &str, part: &str) {
        assert!(hint(text).contains(part), "{text}: {:?} has no {part:?}", hint(text));
    }

    #[test]
    fn names_and_texts() {
        says("actor new-york \"New York\"", "`_` for the `-`");
        says("actor New York \"New York\"", "a name is one word: `New_York`");
        says("actor c Central", "quotation marks");
        says("rule r { on a does x then { b does x } because so }", "quotation marks");
        says("source s { grade 2B }", "a letter and a digit");
        says("-- who acts", "a comment begins with `//`");
        says("}", "no `{` is open");
    }

    #[test]
    fn values() {
        for range in ["20-40%", "20%-40%", "20%–40%", "20% to 40%"] {
            says(&format!("param p = {range}"), "two points");
        }
        says("meter m: 0-5", "two points");
        says("meter m: 0..5, 1", "behind `=`");
        says("meter m = 1", "behind `:`");
        says("state s: x, y", "stands `|`");
        says("group g = a, b", "in braces");
        says("meter m \"M\" 0..5", "behind `:`");
        says("state s \"S\" x | y", "behind `:`");
        says("actor a { role: power }", "written with `=`");
        says("source s { url \"x\", grade B2 }", "leave it out");
    }

    #[test]
    fn clauses() {
        says("rule r { on a does x then very likely { b does x } }", "one word: `very_likely`");
        says("rule r { on a does x then almost certain { } }", "one word: `almost_certain`");
        says("rule r { on a does x then likely b does x }", "stands in braces");
        says("rule r { on a does x then likely in 2 turns { b does x } }", "`within 2 turns`");
        says("rule r { on a does x then { b does x } otherwise { } }", "write `else`");
        says("rule r { on a does x then { b does x, b does y } }", "nothing between");
        says("rule r { on a does x then { b does x and b does y } }", "nothing between");
        says("rule r { on a does x, then { b does x } }", "leave it out");
        says("rule r { on a does x then { f = yes } }", "written `becomes`");
        says("rule r { on a does x then { m += 1 } }", "`raise NAME by 1`");
        says("rule r on a does x then likely { b does x }", "in braces");
        says("rule r \"R\" when f then likely { b does x }", "in braces");
        says("decision d by a when f option x { }", "in braces");
        says("outcome o \"O\" if f", "behind `when`");
        says("outcome o \"O\": f", "behind `when`");
    }

    #[test]
    fn conditions() {
        says("outcome o when s == x", "written `=`");
        says("outcome o when m => 3", "`>=`");
        says("outcome o when m is 3", "written `=`");
        says("outcome o when !(m > 3)", "`not`");
        says("outcome o when all x in g: x.deal", "`every m in g (COND)`");
        says("outcome o when f and each g has done x", "`every g has done x`");
        says("outcome o when some g on i >= open", "`any g has done x`");
        says("outcome o when not (exists m in g (m.f))", "`any m in g (COND)`");
        says("outcome o when count(g, f) >= 2", "`at least 2 m in g (COND)`");
        says("outcome o when every x in g: x.f", "in parentheses");
        says("outcome o when at least two g has done x", "the number");
        says("outcome o when deal(a)", "`a.v`");
        says("outcome o when f || h", "write `or`");
        says("outcome o when m between 2 and 3", "join comparisons");
        says("outcome o when m in 2..3", "join comparisons");
        says("outcome o when a has not done x", "`not a has done x`");
        says("outcome o when turn > 3 weeks", "counts in turns");
        says("outcome o after 3 turns", "behind `when`");
        // What is declared, and what `for each` binds, may be called so.
        assert_eq!(hint("flag f for each all has"), "");
        says("outcome o when a signed", "`a has done x`");
        says("expect a has done x", "what is expected of it");
    }
}
