//! Taking the pairs inside a pair one after the other.

use super::Lowering;
use super::nodes::{Pair, Run};
use crate::source::Span;
use crate::syntax::grammar::Rule;
use crate::syntax::tree::{Name, Text};

/// What stands inside one pair, taken from the front.
#[derive(Debug)]
pub(in crate::syntax) struct Parts<'l, 't> {
    /// Where mistakes are told.
    pub lowering: &'l Lowering<'t>,
    span: Span,
    pairs: Run,
}

impl<'l, 't> Parts<'l, 't> {
    /// The parts of a pair.
    pub fn of(lowering: &'l Lowering<'t>, pair: Pair) -> Self {
        Self { lowering, span: lowering.span(pair), pairs: lowering.nodes.inside(pair) }
    }

    /// The parts of a text.
    pub(super) fn over(lowering: &'l Lowering<'t>, pairs: Run) -> Self {
        Self { lowering, span: Span::new(lowering.file, 0, 0), pairs }
    }

    /// The place of the whole.
    pub fn span(&self) -> Span {
        self.span
    }

    /// Whether the whole begins with this keyword, which must not be the beginning of another that
    /// could stand there.
    pub fn begins_with(&self, keyword: &str) -> bool {
        let Span { start, end, .. } = self.span;
        let whole = self.lowering.text.get(start as usize..end as usize);
        whole.is_some_and(|whole| whole.starts_with(keyword))
    }

    /// The next part, whatever it is.
    pub fn next(&mut self) -> Option<Pair> {
        let next = self.pairs.take(&self.lowering.nodes)?;
        self.lowering.nodes.mark_read(next);
        Some(next)
    }

    /// The next part if it is of this rule. Keywords and signs in front of it, which only held
    /// the text together, are passed over.
    pub fn take(&mut self, rule: Rule) -> Option<Pair> {
        loop {
            let next = self.lowering.rule(self.pairs.first()?);
            if next == rule {
                return self.next();
            }
            if !is_mark(next) {
                return None;
            }
            self.next();
        }
    }

    /// The next part, if its rule is one of those wanted.
    pub fn next_if(&mut self, wanted: impl FnOnce(Rule) -> bool) -> Option<Pair> {
        let first = self.pairs.first()?;
        if wanted(self.lowering.rule(first)) { self.next() } else { None }
    }

    /// Whether the next part is this keyword or sign; it is taken then.
    pub fn mark(&mut self, rule: Rule) -> bool {
        self.next_if(|next| next == rule).is_some()
    }

    /// What stands inside the next part, which must be of this rule.
    pub fn inside<T>(
        &mut self,
        rule: Rule,
        read: impl FnOnce(&mut Parts<'l, 't>) -> Option<T>,
    ) -> Option<T> {
        let pair = self.take(rule)?;
        read(&mut Parts::of(self.lowering, pair))
    }

    /// The same of a part that may be missing: `Some(None)` then. `None` is a mistake inside.
    pub fn optional<T>(
        &mut self,
        rule: Rule,
        read: impl FnOnce(&mut Parts<'l, 't>) -> Option<T>,
    ) -> Option<Option<T>> {
        match self.take(rule) {
            Some(pair) => read(&mut Parts::of(self.lowering, pair)).map(Some),
            None => Some(None),
        }
    }

    /// Everything that follows, but keywords and signs, each read with its rule.
    pub fn all<T>(
        &mut self,
        mut read: impl FnMut(&mut Parts<'l, 't>, Rule) -> Option<T>,
    ) -> Option<Vec<T>> {
        let mut all = Vec::with_capacity(self.pairs.count(&self.lowering.nodes));
        while let Some(pair) = self.matter() {
            let rule = self.lowering.rule(pair);
            all.push(read(&mut Parts::of(self.lowering, pair), rule)?);
        }
        Some(all)
    }

    /// The next part that is no keyword or sign.
    pub fn matter(&mut self) -> Option<Pair> {
        loop {
            let pair = self.next()?;
            if !is_mark(self.lowering.rule(pair)) {
                return Some(pair);
            }
        }
    }

    /// The next part, if it is a name.
    pub fn name(&mut self) -> Option<Name> {
        let pair = self.take(Rule::name)?;
        Some(self.lowering.name(pair))
    }

    /// The next part, if it is a name or `no`.
    pub fn answer(&mut self) -> Option<Name> {
        let pair = self.take(Rule::answer)?;
        Some(self.lowering.name(pair))
    }

    /// The next part, if it is a string.
    pub fn text(&mut self) -> Option<Text> {
        let pair = self.take(Rule::text)?;
        Some(self.lowering.text(pair))
    }
}

/// Whether a rule is a keyword or a sign that says no more than its place does.
pub(super) fn is_mark(rule: Rule) -> bool {
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
