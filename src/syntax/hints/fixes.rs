//! Slips with one mend: what is said of them, and the change of the text.

use super::conditions::{quantifier_hint, quantifier_meant};
use super::rules::{AGAINST, BECOMES, SEVERAL_EFFECTS};
use super::{Hint, Place};
use std::ops::Range;

impl Place<'_, '_> {
    /// A slip that one change mends.
    pub(super) fn mended(&self) -> Option<Hint> {
        self.twice()
            .or_else(|| self.quantified())
            .or_else(|| self.left_out())
            .or_else(|| self.sign_meant())
            .or_else(|| self.word_meant())
    }

    /// Whether a keyword stands twice; the second may have been taken for a name.
    pub(super) fn is_doubled(&self) -> bool {
        self.is_again() || super::is_keyword(self.back(1)) && self.back(1) == self.back(2)
    }

    /// Whether it is the keyword that stands before it.
    fn is_again(&self) -> bool {
        super::is_keyword(self.written) && self.written == self.back(1)
    }

    fn twice(&self) -> Option<Hint> {
        if !self.is_doubled() {
            return None;
        }
        let last = self.last()?;
        let range = if self.is_again() {
            last.end..self.found.end
        } else {
            self.before[self.before.len() - 2].end..last.end
        };
        Some(Hint::new("it stands twice: leave one out").fix(range, ""))
    }

    /// A word that stands for a quantifier, where that is known.
    fn quantified(&self) -> Option<Hint> {
        let (token, word) = self.quantifier_word()?;
        let help = Hint::new(quantifier_hint(word)?);
        Some(help.fix(token.start..token.end, quantifier_meant(word)?))
    }

    /// What stands there and should not.
    fn left_out(&self) -> Option<Hint> {
        let help = match self.written {
            "," if self.expects("an effect") => SEVERAL_EFFECTS,
            "," if self.expects("a clause") || self.expects("}") && self.expects("grade") => {
                "clauses stand one behind the other: leave it out"
            }
            "}" if self.expects("a declaration") => "no `{` is open here: leave it out",
            _ => return None,
        };
        Some(Hint::new(help).fix(self.here(), ""))
    }

    /// Signs that are written otherwise.
    fn sign_meant(&self) -> Option<Hint> {
        let last = if self.touches() { self.back(1) } else { "" };
        let with_last = || self.last().map_or(self.here(), |last| last.start..self.found.end);
        let with_next = || self.next.map_or(self.here(), |next| self.found.start..next.end);
        let becomes = self.expects("becomes");
        let (help, range, text) = match (last, self.written, self.next_word()) {
            ("=", "=", _) => ("equality is written `=`", with_last(), "="),
            ("=", "<", _) => ("write `<=`", with_last(), "<="),
            ("=", ">", _) => ("write `>=`", with_last(), ">="),
            ("<", ">", _) => ("write `!=`", with_last(), "!="),
            (_, "|", "|") if self.expects("or") => ("write `or`", with_next(), "or"),
            (_, ":", "=") if becomes => (BECOMES, with_next(), "becomes"),
            (_, "=" | ":", _) if becomes => (BECOMES, self.here(), "becomes"),
            (_, "!", _) if self.expects("a condition") => ("write `not`", self.here(), "not"),
            (_, "-", _) if self.is_within_a_name() => (
                "a name is one word of letters, digits and `_`: write `_` for the `-`",
                self.here(),
                "_",
            ),
            _ => return None,
        };
        let text = self.apart(&range, text);
        Some(Hint::new(help).fix(range, text))
    }

    /// A word in the place of another.
    fn word_meant(&self) -> Option<Hint> {
        let (help, meant) = match self.written {
            "has" if self.expects_event() => (
                "`on` asks what has just happened: write `does`; what has happened at any time, \
                 `has done`, belongs into a condition",
                "does",
            ),
            "otherwise" if self.expects("a clause") => ("write `else`", "else"),
            "if" if self.expects("when") => ("its condition stands behind `when`", "when"),
            "on" | "at" | "to"
                if self.expects("against") && self.expects("an effect") && self.same_line() =>
            {
                (AGAINST, "against")
            }
            _ => return None,
        };
        Some(Hint::new(help).fix(self.here(), meant))
    }

    fn here(&self) -> Range<usize> {
        self.found.start..self.found.end
    }

    /// What takes the place of signs: a word with the spaces that it needs.
    fn apart(&self, range: &Range<usize>, written: &str) -> String {
        if !written.starts_with(char::is_alphabetic) {
            return written.to_owned();
        }
        let text = self.failure.text;
        let space = |beside: Option<char>| match beside {
            Some(sign) if !sign.is_whitespace() => " ",
            _ => "",
        };
        let before = space(text[..range.start].chars().next_back().filter(|it| *it != '('));
        format!("{before}{written}{}", space(text[range.end..].chars().next()))
    }
}
