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
    pub lowering: &'l Lowering<'i>,
    whole: &'i str,
    span: Span,
    pairs: Peekable<Pairs<'i, Rule>>,
}

impl<'l, 'i> Parts<'l, 'i> {
    /// The parts of a pair.
    pub fn of(lowering: &'l Lowering<'i>, pair: Pair<'i, Rule>) -> Self {
        let (whole, span) = (pair.as_str(), lowering.span(&pair));
        Self { lowering, whole, span, pairs: pair.into_inner().peekable() }
    }

    /// The parts of a text.
    pub fn over(lowering: &'l Lowering<'i>, pairs: Pairs<'i, Rule>) -> Self {
        let span = Span::new(lowering.file, lowering.base, lowering.base);
        Self { lowering, whole: "", span, pairs: pairs.peekable() }
    }

    /// The place of the whole.
    pub fn span(&self) -> Span {
        self.span
    }

    /// Whether the whole begins with this keyword, which must not be the beginning of another that
    /// could stand there.
    pub fn begins_with(&self, keyword: &str) -> bool {
        self.whole.starts_with(keyword)
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
        let mut all = Vec::with_capacity(self.pairs.len());
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
            | Rule::word_scale
            | Rule::word_at
            | Rule::word_to
            | Rule::word_each
            | Rule::word_in
            | Rule::word_on
            | Rule::word_when
            | Rule::word_or
            | Rule::word_becomes
            | Rule::word_otherwise
            | Rule::word_least
            | Rule::word_done
    )
}
