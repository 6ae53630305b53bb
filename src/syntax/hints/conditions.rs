//! Slips in conditions.

use super::Place;
use crate::syntax::keywords::is_declaration;
use crate::syntax::tokens::Token;

/// How the variables of actors are written.
pub(super) const OF_ACTORS: &str =
    "what each actor has is written `a.v`, what each pair has `a.v(b)`";

impl Place<'_, '_> {
    /// A word that is no quantifier of the language and stands for one: `all x in g`, `count(g)`.
    pub(super) fn quantifier(&self) -> Option<&'static str> {
        self.quantifier_word().and_then(|(_, word)| quantifier_hint(word))
    }

    /// Where such a word would stand here.
    pub(super) fn quantifier_word(&self) -> Option<(Token, &str)> {
        // The grammar has taken it for an actor, and the word behind it for a relation.
        let back = if self.written == "(" || self.expects_event() { 1 } else { 2 };
        // What is declared may be called so, and `for each` has a meaning.
        let before = self.back(back + 1);
        let in_condition = !matches!(before, "" | "for") && !is_declaration(before);
        let at = self.before.len().checked_sub(back).filter(|_| in_condition)?;
        let word = self.back(back);
        quantifier_hint(word).map(|_| (self.before[at], word))
    }

    /// What belongs elsewhere in a condition, or is another word or sign there.
    pub(super) fn condition(&self) -> Option<&'static str> {
        Some(match self.written {
            ":" if self.expects("(") && self.expects("where") => {
                "what holds of each stands in parentheses: `every m in g (COND)`"
            }
            "in" if self.expects("and") => COMPARISONS,
            "day" | "days" | "week" | "weeks" | "month" | "months" | "year" | "years"
                if self.expects("and") =>
            {
                "a condition counts in turns: `turn > 3`"
            }
            _ => match self.back(1) {
                "has" if self.expects("done") => {
                    "what has happened is written `a has done x`, and what has not \
                     `not a has done x`"
                }
                "least" if self.back(2) == "at" => "write the number: `at least 2`",
                "most" if self.back(2) == "at" => AT_MOST,
                "than" if matches!(self.back(2), "fewer" | "less" | "more") => AT_MOST,
                "exactly" if self.is_number() => {
                    "exactly 2 of a group is written `at least 2 g has done x and not at least 3 \
                     g has done x`"
                }
                "between" => COMPARISONS,
                _ => return None,
            },
        })
    }
}

/// The quantifier that a word of plain speech means.
pub(crate) fn quantifier_meant(word: &str) -> Option<&'static str> {
    Some(match word {
        "all" | "each" | "both" | "forall" => "every",
        "some" | "exists" | "either" | "someone" | "anyone" => "any",
        "none" | "neither" | "nobody" => "no",
        _ => return None,
    })
}

/// How to write what a word means in plain speech.
pub(crate) fn quantifier_hint(word: &str) -> Option<&'static str> {
    Some(match quantifier_meant(word) {
        Some("every") => {
            "what holds for all of a group is written `every g has done x`, `every m in g (COND)`"
        }
        Some("any") => {
            "what holds for one of a group is written `any g has done x`, `any m in g (COND)`"
        }
        Some(_) => {
            "what holds for none of a group is written `no g has done x`, `no m in g (COND)`"
        }
        None if matches!(word, "count" | "number" | "sum" | "most") => {
            "how many of a group is asked with `at least 2 g has done x`, \
             `at least 2 m in g (COND)`"
        }
        None => return None,
    })
}

const AT_MOST: &str =
    "at most 2 of a group is written `not at least 3 g has done x`, more than 2 `at least 3`";

const COMPARISONS: &str =
    "join comparisons: `m >= 2 and m <= 4`, and for one of several values `s = a or s = b`";
