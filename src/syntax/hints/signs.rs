//! Signs that other languages, or people, put somewhere.

use super::conditions::OF_ACTORS;
use super::{Place, RANGE};
use crate::syntax::tokens::{Token, TokenKind};

impl Place<'_, '_> {
    /// A sign that other languages, or people, put there.
    pub(super) fn sign(&self) -> Option<&'static str> {
        let word_before = self.last().is_some_and(|last| last.kind == TokenKind::Word);
        Some(match self.written {
            "%" => "the percent sign stands right behind its number",
            "(" if self.back(2) == "." => {
                "the parenthesis of an argument touches its name: `a.trust(b)`"
            }
            "(" if word_before && self.touches() && self.expects("and") => OF_ACTORS,
            "-" if self.expects("..") => RANGE,
            "-" if self.expects("a declaration") && matches!(self.next_word(), "-" | ">") => {
                "a comment begins with `//`"
            }
            "," if self.expects("|") => {
                "between values stands `|`, or `<` where they have an order"
            }
            "," if self.expects("=") => "what it is at first stands behind `=`",
            ":" if self.first() == "actor" && self.expects("=") => {
                "what an actor is or has is written with `=`: `{ role = power }`"
            }
            "=" if matches!(self.first(), "state" | "meter") && self.expects(":") => {
                "say first, behind `:`, what it can be: `state front: calm < tense = calm`, \
                 `meter tension: 0..10 = 3`"
            }
            ":" | "after" if self.expects("when") => "its condition stands behind `when`",
            _ => return None,
        })
    }

    /// A hyphen in the name of a declaration.
    pub(super) fn is_within_a_name(&self) -> bool {
        let touches = |one: Option<Token>, other: Option<Token>| {
            one.zip(other).is_some_and(|(one, other)| one.end == other.start)
        };
        self.expects("a string")
            && touches(self.last(), Some(self.found))
            && touches(Some(self.found), self.next)
            && self.next.is_some_and(|next| next.kind == TokenKind::Word)
    }
}
