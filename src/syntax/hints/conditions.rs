//! Slips in conditions.

use super::Place;
use crate::syntax::keywords::is_declaration;

/// How the variables of actors are written.
pub(super) const OF_ACTORS: &str =
    "what each actor has is written `a.v`, what each pair has `a.v(b)`";

impl Place<'_, '_> {
    /// A word that is no quantifier of the language and stands for one: `all x in g`, `count(g)`.
    pub(super) fn quantifier(&self) -> Option<&'static str> {
        // The grammar has taken it for an actor, and the word behind it for a relation.
        let at = if self.written == "(" || self.expects_event() { 1 } else { 2 };
        // What is declared may be called so, and `for each` has a meaning.
        let before = self.back(at + 1);
        let in_condition = !matches!(before, "" | "for") && !is_declaration(before);
        quantifier_hint(self.back(at)).filter(|_| in_condition)
    }

    /// What belongs elsewhere in a condition, or is another word or sign there.
    pub(super) fn condition(&self) -> Option<&'static str> {
        Some(match self.written {
            "!" if self.expects("a condition") => "write `not`",
            "|" if self.next_word() == "|" && self.expects("or") => "write `or`",
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
                "between" => COMPARISONS,
                _ => return None,
            },
        })
    }
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

const COMPARISONS: &str =
    "join comparisons: `m >= 2 and m <= 4`, and for one of several values `s = a or s = b`";
