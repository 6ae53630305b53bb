//! Slips in rules and decisions: what they react to, how likely, and what happens.

use super::conditions::OF_ACTORS;
use super::{Hint, Place};
use crate::syntax::keywords::{is_keyword, is_reserved};
use crate::syntax::tokens::{Token, TokenKind, Tokens};

impl Place<'_, '_> {
    /// A slip in a rule or a decision.
    pub(super) fn rule(&self) -> Option<&'static str> {
        self.trigger().or_else(|| self.effect()).or_else(|| self.branch()).or_else(|| self.clause())
    }

    /// Whether nothing but an event could go on here: `on a`.
    pub(super) fn expects_event(&self) -> bool {
        self.expects("does") && !self.expects("becomes") && !self.expects("on")
    }

    fn trigger(&self) -> Option<&'static str> {
        self.expects_event().then_some(
            "`on` asks for what somebody does: `on a does x`; for anything else there are \
             `when COND`, once it comes to hold, and `while COND`, in every turn",
        )
    }

    fn effect(&self) -> Option<&'static str> {
        if self.back(1) == "does" && self.written == "not" {
            return Some("what does not happen need not be written: leave it out");
        }
        if self.expects("an effect") && self.same_line() {
            let found = match self.written {
                "any" | "every" | "no" => {
                    "what happens names one actor: declare the rule `for each m in g`, and write \
                     `m does x`"
                }
                "not" => "what holds no longer is written `f becomes no`",
                "position" | "state" | "flag" | "meter" | "action" => {
                    "its name alone says what it is: leave the word before it out"
                }
                "if" | "when" => "what else must hold stands before `then`: `if COND then ...`",
                "and" => SEVERAL_EFFECTS,
                "+" | "-" | "*" if self.back(2) == "becomes" => RAISE,
                _ if self.is_number() && self.expects("by") => {
                    "by how much is written `raise m by 2`"
                }
                _ => "",
            };
            return (!found.is_empty()).then_some(found);
        }
        if !self.expects("becomes") {
            return None;
        }
        Some(match (self.written, self.back(1)) {
            ("+" | "-" | "raise" | "lower", _) => RAISE,
            (_, "raises" | "increase" | "increases" | "add" | "increment") => RAISE,
            (_, "lowers" | "decrease" | "decreases" | "reduce" | "subtract") => RAISE,
            (_, "set" | "let" | "make") => BECOMES,
            ("to", "escalate" | "climb" | "go" | "move" | "rise" | "level") => {
                "the level follows from what is done: `action NAME at RUNG`"
            }
            ("to", _) => BECOMES,
            ("for", _) => OF_ACTORS,
            ("}", _) => "say what becomes of it, `f becomes yes`, or who does what, `a does x`",
            (_, "to" | "at" | "with" | "toward") if self.back(3) == "does" => AGAINST,
            (_, "after" | "within" | "in") if self.is_number() => {
                "a delay stands before the braces: `then likely after 2 turns { ... }`"
            }
            _ => return None,
        })
    }

    /// Words where an effect seems to be told in plain speech.
    pub(super) fn effect_at_all(&self) -> Option<&'static str> {
        let plain = self.found.kind == TokenKind::Word && !is_keyword(self.written);
        (plain && self.same_line() && self.expects("becomes") && self.expects("does")).then_some(
            "who does what is written `a does x` or `a does x against b`, and what changes \
             `v becomes VALUE`",
        )
    }

    fn branch(&self) -> Option<&'static str> {
        if self.written == "-" && matches!(self.back(2), "after" | "within") {
            return Some(
                "a delay is one number: `after 2 turns`, exactly then, or `within 3 turns`, spread \
                 over them",
            );
        }
        if !(self.expects("{") && self.expects("after")) {
            return None;
        }
        Some(match (self.written, self.back(1)) {
            ("else", "or") => "write `else { ... }` alone",
            (_, "else") if self.written != ":" => {
                "`else` is what is left, and has no likelihood; another alternative is written \
                 `or unlikely { ... }`"
            }
            ("in", last) if last.starts_with(|first: char| first.is_ascii_digit()) => {
                "a likelihood is a number or a range: `33%`, `30%..40%`"
            }
            ("in", _) => {
                "write `within 2 turns` (spread over them) or `after 2 turns` (exactly then)"
            }
            ("=", _) | (_, "with" | "probability" | "chance") => {
                "the likelihood stands alone behind `then`: `then 60% { ... }`"
            }
            (":", _) if self.first() == "rule" => IN_BRACES,
            _ => return None,
        })
    }

    fn clause(&self) -> Option<&'static str> {
        if !self.expects("a clause") {
            return None;
        }
        let behind_block = self.back(1) == "}" && self.same_line();
        Some(match self.written {
            "unless" => "write `if not (...)`",
            "after" => "what is reacted to stands behind `on`: `on a does x`",
            "source" | "from" if self.found.indentation != Some(0) => {
                "a source stands behind the rationale: `because \"...\" from SOURCE`"
            }
            "and" if behind_block => {
                "what happens together stands in the same braces: `{ a does x  b does y }`"
            }
            word if behind_block && (self.is_number() || word.ends_with("likely")) => {
                "a likelihood stands before the braces: `then likely { ... }`"
            }
            _ => return None,
        })
    }

    /// A likelihood word in several words, or a word where the brace of effects is missing.
    pub(super) fn likelihood_words(&self) -> Option<Hint> {
        let branch = self.expects("{") && self.expects("after");
        let words = branch && self.found.kind == TokenKind::Word;
        let last = self.last().filter(|last| words && last.kind == TokenKind::Word)?;
        let Some(end) = self.words_before_brace(last) else {
            return Some(Hint::new(IN_BRACES));
        };
        let words = self.failure.text[last.start..end].split_whitespace();
        let word = words.collect::<Vec<_>>().join("_");
        let hint = Hint::new(format!("a likelihood word is one word: `{word}`"));
        Some(hint.fix(last.start..end, word))
    }

    /// Where the plain words from one on end, if a brace follows them.
    fn words_before_brace(&self, first: Token) -> Option<usize> {
        let text = self.failure.text;
        let mut tokens = Tokens::from(&text[..self.failure.piece.end], first.start).peekable();
        let (mut end, mut plain) = (first.end, true);
        while let Some(token) = tokens.next_if(|token| token.kind == TokenKind::Word) {
            let word = token.written(text);
            plain &= !is_reserved(word) && word.starts_with(char::is_alphabetic);
            end = token.end;
        }
        let opens = tokens.peek().is_some_and(|next| next.kind == TokenKind::OpenBrace);
        (opens && plain).then_some(end)
    }
}

pub(super) const AGAINST: &str = "whom it is done to stands behind `against`: `a does x against b`";
pub(super) const BECOMES: &str = "what sets something is written `f becomes yes`";
const IN_BRACES: &str = "what happens stands in braces: `then likely { north does protest }`";
const RAISE: &str =
    "what changes a meter, or moves along an order, is written `raise m by 1` or `lower m by 1`";
pub(super) const SEVERAL_EFFECTS: &str =
    "what happens together stands one behind the other, with nothing between: leave it out";
