//! Taking the pairs inside a pair one after the other.

use super::Lowering;
use crate::source::Span;
use crate::syntax::grammar::Rule;
use crate::syntax::tree::{Name, Text};
use pest::iterators::{Pair, Pairs};
use std::iter::Peekable;

/// What stands inside one pair, taken from the front.
#[derive(Debug)]
pub(in crate::syntax) struct Parts<'l, 'i> {
    /// Where mistakes are told.
    pub lowering: &'l Lowering,
    whole: Option<Pair<'i, Rule>>,
    pairs: Peekable<Pairs<'i, Rule>>,
}

impl<'l, 'i> Parts<'l, 'i> {
    /// The parts of a pair.
    pub fn of(lowering: &'l Lowering, pair: Pair<'i, Rule>) -> Self {
        Self { lowering, whole: Some(pair.clone()), pairs: pair.into_inner().peekable() }
    }

    /// The parts of a text.
    pub fn over(lowering: &'l Lowering, pairs: Pairs<'i, Rule>) -> Self {
        Self { lowering, whole: None, pairs: pairs.peekable() }
    }

    /// The place of the whole.
    pub fn span(&self) -> Span {
        let nowhere = Span::new(self.lowering.file, self.lowering.base, self.lowering.base);
        self.whole.as_ref().map_or(nowhere, |pair| self.lowering.span(pair))
    }

    /// The next part, whatever it is.
    pub fn next(&mut self) -> Option<Pair<'i, Rule>> {
        self.pairs.next()
    }

    /// The next part if it is of this rule. Keywords and signs in front of it, which only held
    /// the text together, are passed over.
    pub fn take(&mut self, rule: Rule) -> Option<Pair<'i, Rule>> {
        loop {
            let next = self.pairs.peek()?.as_rule();
            if next == rule {
                return self.pairs.next();
            }
            if !is_mark(next) {
                return None;
            }
            self.pairs.next();
        }
    }

    /// The next part, if its rule is one of those wanted.
    pub fn next_if(&mut self, wanted: impl FnOnce(Rule) -> bool) -> Option<Pair<'i, Rule>> {
        self.pairs.next_if(|pair| wanted(pair.as_rule()))
    }

    /// Whether the next part is this keyword or sign; it is taken then.
    pub fn mark(&mut self, rule: Rule) -> bool {
        self.next_if(|next| next == rule).is_some()
    }

    /// What stands inside the next part, which must be of this rule.
    pub fn inside<T>(
        &mut self,
        rule: Rule,
        read: impl FnOnce(&mut Parts<'l, 'i>) -> Option<T>,
    ) -> Option<T> {
        let pair = self.take(rule)?;
        read(&mut Parts::of(self.lowering, pair))
    }

    /// The same of a part that may be missing: `Some(None)` then. `None` is a mistake inside.
    pub fn optional<T>(
        &mut self,
        rule: Rule,
        read: impl FnOnce(&mut Parts<'l, 'i>) -> Option<T>,
    ) -> Option<Option<T>> {
        match self.take(rule) {
            Some(pair) => read(&mut Parts::of(self.lowering, pair)).map(Some),
            None => Some(None),
        }
    }

    /// Everything that follows, but keywords and signs, each read with its rule.
    pub fn all<T>(
        &mut self,
        mut read: impl FnMut(&mut Parts<'l, 'i>, Rule) -> Option<T>,
    ) -> Option<Vec<T>> {
        let mut all = Vec::new();
        while let Some(pair) = self.matter() {
            let rule = pair.as_rule();
            all.push(read(&mut Parts::of(self.lowering, pair), rule)?);
        }
        Some(all)
    }

    /// The next part that is no keyword or sign.
    pub fn matter(&mut self) -> Option<Pair<'i, Rule>> {
        self.pairs.find(|pair| !is_mark(pair.as_rule()))
    }

    /// The next part, if it is a name.
    pub fn name(&mut self) -> Option<Name> {
        let pair = self.take(Rule::name)?;
        Some(self.lowering.name(&pair))
    }

    /// The next part, if it is a string.
    pub fn text(&mut self) -> Option<Text> {
        let pair = self.take(Rule::text)?;
        Some(self.lowering.text(&pair))
    }
}

/// Whether a rule is a keyword or a sign that says no more than its place does.
fn is_mark(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::open_brace
            | Rule::close_brace
            | Rule::open_paren
            | Rule::close_paren
            | Rule::comma
            | Rule::colon
            | Rule::dot
            | Rule::range_sign
            | Rule::bar
            | Rule::arrow
            | Rule::dash
            | Rule::assign
            | Rule::less
            | Rule::kw_import
            | Rule::kw_scenario
            | Rule::kw_source
            | Rule::kw_actor
            | Rule::kw_group
            | Rule::kw_relation
            | Rule::kw_scale
            | Rule::kw_issue
            | Rule::kw_position
            | Rule::kw_ladder
            | Rule::kw_state
            | Rule::kw_flag
            | Rule::kw_meter
            | Rule::kw_param
            | Rule::kw_lexicon
            | Rule::kw_action
            | Rule::kw_inject
            | Rule::kw_rule
            | Rule::kw_decision
            | Rule::kw_outcome
            | Rule::kw_ending
            | Rule::kw_expect
            | Rule::kw_reading
            | Rule::kw_summary
            | Rule::kw_start
            | Rule::kw_turn
            | Rule::kw_horizon
            | Rule::kw_by
            | Rule::kw_date
            | Rule::kw_url
            | Rule::kw_file
            | Rule::kw_grade
            | Rule::kw_voice
            | Rule::kw_says
            | Rule::kw_from
            | Rule::kw_since
            | Rule::kw_rung
            | Rule::kw_at
            | Rule::kw_to
            | Rule::kw_for
            | Rule::kw_each
            | Rule::kw_in
            | Rule::kw_where
            | Rule::kw_on
            | Rule::kw_when
            | Rule::kw_while
            | Rule::kw_if
            | Rule::kw_then
            | Rule::kw_or
            | Rule::kw_else
            | Rule::kw_option
            | Rule::kw_because
            | Rule::kw_once
            | Rule::kw_priority
            | Rule::kw_after
            | Rule::kw_within
            | Rule::kw_raise
            | Rule::kw_lower
            | Rule::kw_becomes
            | Rule::kw_otherwise
            | Rule::kw_disable
            | Rule::kw_least
            | Rule::kw_does
            | Rule::kw_has
            | Rule::kw_done
            | Rule::kw_against
            | Rule::kw_never
            | Rule::kw_always
            | Rule::kw_possible
            | Rule::kw_certain
            | Rule::kw_before
            | Rule::kw_leads
            | Rule::kw_until
    )
}
