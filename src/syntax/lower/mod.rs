//! Lowering: from the pairs that the grammar finds to the tree.
//!
//! Every function takes the pair of one rule. They give `None` where a mistake that the grammar
//! allows has been found and told; the declaration then counts as broken.

mod action;
mod actor;
mod condition;
mod expectation;
mod nodes;
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
use nodes::{Nodes, Pair};
pub(super) use parts::Parts;
use pest::iterators::Pairs;
use std::cell::RefCell;

/// What lowering needs to know of the text that the pairs come from.
#[derive(Debug)]
pub(super) struct Lowering<'t> {
    file: FileId,
    /// The text of the file: the pairs are those of its flat form.
    text: &'t str,
    nodes: Nodes,
    /// All that are being taken apart share it.
    mistakes: RefCell<Vec<Diagnostic>>,
}

impl<'t> Lowering<'t> {
    /// For pairs of what begins at the offset `base` of the file of this text.
    pub fn new(file: FileId, text: &'t str, base: usize, pairs: Pairs<'_, Rule>) -> Self {
        Self { file, text, nodes: Nodes::of(file, base, pairs), mistakes: RefCell::default() }
    }

    /// All that the grammar has found.
    pub fn parts(&self) -> Parts<'_, 't> {
        Parts::over(self, self.nodes.all())
    }

    /// What has been found wrong.
    pub fn into_mistakes(self) -> Vec<Diagnostic> {
        self.mistakes.into_inner()
    }

    /// A declaration or import, and where it ends; `None` for it if it is broken, which has been
    /// told. `None` where there is none.
    pub fn item(&self) -> Option<(Option<tree::Item>, u32)> {
        let item = self.nodes.all().first()?;
        let inner = self.nodes.inside(item).first()?;
        let span = self.span(inner);
        let item = self.kind(inner).map(|kind| tree::Item { kind, note: None, span });
        Some((item, span.end))
    }

    fn kind(&self, pair: Pair) -> Option<tree::ItemKind> {
        use tree::ItemKind as Kind;
        let rule = self.rule(pair);
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

    /// The rule of a pair.
    fn rule(&self, pair: Pair) -> Rule {
        self.nodes.rule(pair).unwrap_or(Rule::EOI)
    }

    /// The place of a pair.
    fn span(&self, pair: Pair) -> Span {
        self.nodes.span(pair).unwrap_or(Span::new(self.file, 0, 0))
    }

    /// What is written in the place of a pair.
    fn written(&self, pair: Pair) -> &'t str {
        let Span { start, end, .. } = self.span(pair);
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    fn tell(&self, diagnostic: Diagnostic) {
        let mut mistakes = self.mistakes.borrow_mut();
        if mistakes.len() <= MAX_MISTAKES {
            mistakes.push(diagnostic);
        }
    }
}
