//! `expect`.

use super::Parts;
use crate::syntax::grammar::Rule;
use crate::syntax::tree::{Duration, Expect, ExpectKind, Path};

impl Parts<'_, '_> {
    /// `expect "TEXT": ...`.
    pub fn expect(&mut self) -> Option<Expect> {
        let text = self.text();
        self.inside(Rule::expectation, |expectation| {
            let pair = expectation.next()?;
            let rule = expectation.lowering.rule(pair);
            let kind = Parts::of(expectation.lowering, pair).expectation(rule)?;
            Some(Expect { text, kind, span: expectation.span() })
        })
    }

    fn expectation(&mut self, rule: Rule) -> Option<ExpectKind> {
        Some(match rule {
            Rule::probability => {
                let measure = self.take(Rule::measure)?;
                ExpectKind::Probability {
                    measure: self.lowering.name(measure),
                    path: self.inside(Rule::path, Parts::path)?,
                    op: self.comparison()?,
                    value: self.number()?,
                }
            }
            Rule::never => ExpectKind::Never(self.condition()?),
            Rule::always => ExpectKind::Always(self.condition()?),
            Rule::possible => ExpectKind::Possible(self.condition()?),
            Rule::certain => ExpectKind::Certain(self.condition()?),
            Rule::ordered => self.ordered()?,
            _ => return None,
        })
    }

    /// `A before B`, `A leads to B within n turns`.
    fn ordered(&mut self) -> Option<ExpectKind> {
        let first = self.condition()?;
        if let Some(second) = self.optional(Rule::before, Parts::condition)? {
            return Some(ExpectKind::Before(first, second));
        }
        self.inside(Rule::leads_to, |leads_to| {
            let effect = leads_to.condition()?;
            Some(ExpectKind::LeadsTo { cause: first, effect, within: leads_to.limit()? })
        })
    }

    fn path(&mut self) -> Option<Path> {
        if let Some(always) = self.optional(Rule::always, Parts::condition)? {
            return Some(Path::Always(always));
        }
        let condition = self.condition()?;
        if let Some(limit) = self.limit()? {
            return Some(Path::Within(condition, limit));
        }
        Some(match self.optional(Rule::until, Parts::condition)? {
            Some(end) => Path::Until(condition, end),
            None => Path::Ever(condition),
        })
    }

    /// `within n turns`, if it follows.
    fn limit(&mut self) -> Option<Option<Duration>> {
        self.optional(Rule::limit, Parts::duration)
    }
}
