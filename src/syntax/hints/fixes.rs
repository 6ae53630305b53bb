//! Changes of the text that mend a slip, where there is but one.

use super::Place;
use super::conditions::quantifier_meant;
use crate::syntax::tokens::TokenKind;
use std::ops::Range;

/// What is replaced, and by what.
pub(in crate::syntax) type Replaced = (Range<usize>, String);

impl Place<'_, '_> {
    /// What mends it.
    pub(super) fn fix(&self) -> Option<Replaced> {
        self.left_out().or_else(|| self.joined()).or_else(|| self.word_meant())
    }

    /// What stands there and should not.
    fn left_out(&self) -> Option<Replaced> {
        let last = self.last()?;
        if self.doubled().is_some() {
            let twice = self.written == self.back(1);
            let one = if twice { self.found } else { last };
            let before = if twice { last } else { self.before[self.before.len() - 2] };
            return Some((before.end..one.end, String::new()));
        }
        let comma = self.expects("an effect") || self.expects("a clause") || self.expects("grade");
        let closing = self.written == "}" && self.expects("a declaration");
        (self.written == "," && comma || closing)
            .then(|| (self.found.start..self.found.end, String::new()))
    }

    /// Signs that are written otherwise.
    fn joined(&self) -> Option<Replaced> {
        let next = self.next.filter(|next| next.start == self.found.end);
        let with_last = self.last().filter(|_| self.touches());
        let with_last = with_last.map(|last| last.start..self.found.end);
        let with_next = next.map(|next| self.found.start..next.end);
        let becomes = self.expects("becomes");
        let (range, text) = match (self.back(1), self.written, self.next_word()) {
            ("=", "=", _) => (with_last?, "="),
            ("=", "<", _) => (with_last?, "<="),
            ("=", ">", _) => (with_last?, ">="),
            ("<", ">", _) => (with_last?, "!="),
            (_, "|", "|") if self.expects("or") => (with_next?, "or"),
            (_, ":", "=") if becomes => (with_next?, "becomes"),
            (_, "=" | ":", _) if becomes => (self.here(), "becomes"),
            (_, "!", _) if self.expects("a condition") => (self.here(), "not"),
            _ => return None,
        };
        let word = text.starts_with(|first: char| first.is_alphabetic());
        Some((range.clone(), if word { self.apart(&range, text) } else { text.to_owned() }))
    }

    /// A word in the place of another, or several that are one.
    fn word_meant(&self) -> Option<Replaced> {
        if let Some((token, word)) = self.quantifier_word()
            && let Some(meant) = quantifier_meant(word)
        {
            return Some((token.start..token.end, meant.to_owned()));
        }
        if let Some(words) = self.word_in_branch().and_then(|last| self.words_before_brace(last)) {
            let text = words.iter().map(|token| token.written(self.failure.text));
            let text = text.collect::<Vec<_>>().join("_");
            return Some((words.first()?.start..words.last()?.end, text));
        }
        if self.written == "-" && self.is_within_a_name() {
            return Some((self.here(), "_".to_owned()));
        }
        let meant = match self.written {
            "has" if self.expects_event() => "does",
            "otherwise" if self.expects("a clause") => "else",
            "if" if self.expects("when") && !self.expects("{") => "when",
            "on" | "at" | "to" if self.expects("against") && self.expects("an effect") => "against",
            _ => return None,
        };
        (self.found.kind == TokenKind::Word).then(|| (self.here(), meant.to_owned()))
    }

    fn here(&self) -> Range<usize> {
        self.found.start..self.found.end
    }

    /// A word with the spaces that it needs in the place of signs.
    fn apart(&self, range: &Range<usize>, word: &str) -> String {
        let text = self.failure.text;
        let space = |beside: Option<char>| match beside {
            Some(sign) if !sign.is_whitespace() => " ",
            _ => "",
        };
        let before = space(text[..range.start].chars().next_back().filter(|it| *it != '('));
        format!("{before}{word}{}", space(text[range.end..].chars().next()))
    }
}
