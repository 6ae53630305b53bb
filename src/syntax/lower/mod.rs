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
pub(super) struct Lowering<'t> {
    file: FileId,
    /// The text of the file: the pairs are those of its flat form.
    text: &'t str,
    base: usize,
    /// The closures of the operator parser share it.
    mistakes: RefCell<Vec<Diagnostic>>,
}

impl<'t> Lowering<'t> {
    /// For pairs of what begins at this offset of the file of this text.
    pub fn new(file: FileId, text: &'t str, base: usize) -> Self {
        Self { file, text, base, mistakes: RefCell::default() }
    }

    /// What has been found wrong.
    pub fn into_mistakes(self) -> Vec<Diagnostic> {
        self.mistakes.into_inner()
    }

    /// A declaration or import; `None` if it is broken, which has been told.
    pub fn item(&self, item: Pair<'t, Rule>) -> Option<tree::Item> {
        let inner = item.into_inner().next()?;
        let span = self.span(&inner);
        let kind = self.kind(inner)?;
        Some(tree::Item { kind, note: None, span })
    }

    fn kind(&self, pair: Pair<'t, Rule>) -> Option<tree::ItemKind> {
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
            Rule::expect => Kind::Expect(Box::new(parts.expect()?)),
            Rule::observe => Kind::Observe(Box::new(parts.observe()?)),
            Rule::reading => Kind::Reading(parts.reading()?),
            _ => return None,
        })
    }

    /// The place of a pair, from its first to its last token: what pest gives may end with the
    /// layout behind a keyword, or in front of a part that was optional and is missing.
    pub fn span(&self, pair: &Pair<'_, Rule>) -> Span {
        let start = self.base + pair.as_span().start();
        Span::new(self.file, start, start + length(pair.as_str()))
    }

    /// What is written in the place of a pair.
    fn written(&self, pair: &Pair<'_, Rule>) -> &'t str {
        let start = self.base + pair.as_span().start();
        self.text.get(start..start + length(pair.as_str())).unwrap_or_default()
    }

    fn tell(&self, diagnostic: Diagnostic) {
        let mut mistakes = self.mistakes.borrow_mut();
        if mistakes.len() <= MAX_MISTAKES {
            mistakes.push(diagnostic);
        }
    }
}

/// The length of a text without the spaces at its end.
fn length(flat: &str) -> usize {
    flat.len() - flat.bytes().rev().take_while(|byte| *byte == b' ').count()
}
