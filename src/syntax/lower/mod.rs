//! Lowering: from the pairs that the grammar finds to the tree.
//!
//! Every function takes the pair of one rule. They give `None` where a mistake that the grammar
//! allows has been found and told; the declaration then counts as broken.

mod action;
mod actor;
mod condition;
mod expectation;
mod operand;
mod parts;
mod position;
mod reading;
mod rule;
mod scenario;
mod string;
mod value;
mod variable;

use super::grammar::Rule;
use super::limits::MAX_MISTAKES;
use super::tree;
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};
pub(super) use parts::Parts;
use pest::iterators::Pair;
use std::cell::RefCell;

/// What lowering needs to know of the text that the pairs come from.
#[derive(Debug)]
pub(super) struct Lowering {
    file: FileId,
    base: usize,
    /// The closures of the operator parser share it.
    mistakes: RefCell<Vec<Diagnostic>>,
}

impl Lowering {
    /// For pairs of a text that begins at this offset of the file.
    pub fn new(file: FileId, base: usize) -> Self {
        Self { file, base, mistakes: RefCell::default() }
    }

    /// What has been found wrong.
    pub fn into_mistakes(self) -> Vec<Diagnostic> {
        self.mistakes.into_inner()
    }

    /// A declaration or import; `None` if it is broken, which has been told.
    pub fn item(&self, item: Pair<'_, Rule>) -> Option<tree::Item> {
        let inner = item.into_inner().next()?;
        let span = self.span(&inner);
        let kind = self.kind(inner)?;
        Some(tree::Item { kind, note: None, span })
    }

    fn kind(&self, pair: Pair<'_, Rule>) -> Option<tree::ItemKind> {
        use tree::ItemKind as Kind;
        let rule = pair.as_rule();
        let mut parts = Parts::of(self, pair);
        Some(match rule {
            Rule::import => Kind::Import(parts.text()?),
            Rule::scenario => Kind::Scenario(parts.scenario()?),
            Rule::source => Kind::Source(parts.source()?),
            Rule::actor => Kind::Actor(parts.actor()?),
            Rule::group => Kind::Group(parts.group()?),
            Rule::relation => Kind::Relation(parts.relation()?),
            Rule::scale => Kind::Scale(parts.scale()?),
            Rule::issue => Kind::Issue(parts.issue()?),
            Rule::position => Kind::Position(parts.position()?),
            Rule::ladder => Kind::Ladder(parts.ladder()?),
            Rule::state | Rule::flag | Rule::meter => Kind::Variable(parts.variable(rule)?),
            Rule::param => Kind::Param(parts.param()?),
            Rule::lexicon => Kind::Lexicon(parts.lexicon()?),
            Rule::action => Kind::Action(parts.action()?),
            Rule::inject => Kind::Inject(parts.inject()?),
            Rule::rule_declaration => Kind::Rule(parts.rule()?),
            Rule::decision => Kind::Decision(parts.decision()?),
            Rule::outcome => Kind::Outcome(parts.outcome()?),
            Rule::expect => Kind::Expect(parts.expect()?),
            Rule::reading => Kind::Reading(parts.reading()?),
            _ => return None,
        })
    }

    /// The place of a pair, from its first to its last token: what pest gives may end with the
    /// layout in front of a part that was optional and is missing.
    pub fn span(&self, pair: &Pair<'_, Rule>) -> Span {
        Span::new(self.file, self.base + pair.as_span().start(), self.base + end(pair.clone()))
    }

    /// The place of a pair that is one token.
    fn token_span(&self, pair: &Pair<'_, Rule>) -> Span {
        let span = pair.as_span();
        Span::new(self.file, self.base + span.start(), self.base + span.end())
    }

    fn tell(&self, diagnostic: Diagnostic) {
        let mut mistakes = self.mistakes.borrow_mut();
        if mistakes.len() <= MAX_MISTAKES {
            mistakes.push(diagnostic);
        }
    }
}

/// The offset behind the last token of a pair.
fn end(pair: Pair<'_, Rule>) -> usize {
    let own = pair.as_span().end();
    pair.into_inner().next_back().map_or(own, end)
}
