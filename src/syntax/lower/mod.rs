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
    /// told: where nothing else has, as a fault of ours. `None` where there is none.
    pub fn item(&self) -> Option<(Option<tree::Item>, u32)> {
        let item = self.nodes.all().first()?;
        let inner = self.nodes.inside(item).first()?;
        [item, inner].into_iter().for_each(|pair| self.nodes.mark_read(pair));
        let span = self.span(inner);
        let item = self.kind(inner).map(|kind| tree::Item { kind, note: None, span });
        if let Some(lost) = self.lost(item.as_ref(), span) {
            self.tell(Diagnostic::fault(lost));
        }
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
        let rule = self.nodes.rule(pair);
        debug_assert!(rule.is_some(), "pairs are those of these nodes");
        rule.unwrap_or(Rule::EOI)
    }

    /// The place of a pair.
    fn span(&self, pair: Pair) -> Span {
        self.nodes.span(pair).unwrap_or(Span::new(self.file, 0, 0))
    }

    /// What is written in the place of a pair, which says all that stands inside it.
    fn written(&self, pair: Pair) -> &'t str {
        self.nodes.mark_all_read(pair);
        let Span { start, end, .. } = self.span(pair);
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    /// Where something has been lost of what the grammar has found, without a word: what nobody has read,
    /// or all of `item` where it is broken.
    fn lost(&self, item: Option<&tree::Item>, span: Span) -> Option<Span> {
        if !self.mistakes.borrow().is_empty() {
            return None;
        }
        self.nodes.unread(parts::is_mark).or(item.is_none().then_some(span))
    }

    fn tell(&self, diagnostic: Diagnostic) {
        let mut mistakes = self.mistakes.borrow_mut();
        if mistakes.len() <= MAX_MISTAKES {
            mistakes.push(diagnostic);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Lowering, Rule};
    use crate::source::{FileId, Span};
    use crate::syntax::grammar::Grammar;
    use pest::Parser;

    #[test]
    fn what_nobody_reads_is_lost() {
        let text = "actor a \"A\" { k = 1 }";
        let span = Span::new(FileId(0), 0, text.len());
        let pairs = Grammar::parse(Rule::next_item, text);
        let lowering = pairs.map(|pairs| Lowering::new(FileId(0), text, 0, pairs));
        assert!(lowering.is_ok_and(|lowering| {
            let before = lowering.lost(None, span);
            let item = lowering.item().and_then(|(item, _)| item);
            let broken = lowering.lost(None, span);
            (before, broken, lowering.lost(item.as_ref(), span)) == (Some(span), Some(span), None)
        }));
    }
}
