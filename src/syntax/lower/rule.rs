//! `rule`, `decision` and `outcome`.

use super::Parts;
use crate::syntax::grammar::Rule as Grammar;
use crate::syntax::tree::{Branch, Clause, ClauseKind, Decision, Delay, Outcome, Rule};

impl Parts<'_, '_> {
    /// `rule r "T" for each ... { ... }`.
    pub fn rule(&mut self) -> Option<Rule> {
        let (name, title, each) = (self.name()?, self.text(), self.each()?);
        Some(Rule { name, title, each, clauses: self.all(|clause, _| clause.clause())? })
    }

    /// `decision d "T" by ACTOR for each ... { ... }`.
    pub fn decision(&mut self) -> Option<Decision> {
        let (name, title) = (self.name()?, self.text());
        let by = self.optional(Grammar::decision_by, Parts::name)?;
        let each = self.each()?;
        Some(Decision { name, title, by, each, clauses: self.all(|clause, _| clause.clause())? })
    }

    fn clause(&mut self) -> Option<Clause> {
        let pair = self.next()?;
        let rule = self.lowering.rule(pair);
        let mut inside = Parts::of(self.lowering, pair);
        let kind = inside.clause_kind(rule)?;
        Some(Clause { kind, span: self.span() })
    }

    fn clause_kind(&mut self, rule: Grammar) -> Option<ClauseKind> {
        Some(match rule {
            Grammar::on_clause => ClauseKind::On(self.all(|event, _| event.event())?),
            Grammar::when_clause => ClauseKind::When(self.condition()?),
            Grammar::while_clause => ClauseKind::While(self.condition()?),
            Grammar::if_clause => ClauseKind::If(self.condition()?),
            Grammar::then_clause => ClauseKind::Then(self.branch()?),
            Grammar::or_clause => ClauseKind::Or(self.branch()?),
            Grammar::else_clause => ClauseKind::Else(self.branch()?),
            Grammar::option_clause => ClauseKind::Option {
                name: self.answer()?,
                title: self.text(),
                branch: self.branch()?,
            },
            Grammar::because => ClauseKind::Because(self.quote()?),
            Grammar::once => ClauseKind::Once,
            Grammar::priority => ClauseKind::Priority(self.integer(Grammar::integer)?),
            _ => return None,
        })
    }

    /// `LIKELIHOOD DELAY { EFFECTS }`.
    fn branch(&mut self) -> Option<Branch> {
        Some(Branch {
            likelihood: self.likelihood(),
            delay: self.delay()?,
            body: self.optional(Grammar::block, Parts::effects)?,
        })
    }

    /// `after n turns` or `within n turns`, if it follows.
    fn delay(&mut self) -> Option<Option<Delay>> {
        self.optional(Grammar::delay, |delay| {
            let within = delay.begins_with("within");
            Some(Delay { within, time: delay.duration()?, span: delay.span() })
        })
    }

    /// `outcome` and `ending`.
    pub fn outcome(&mut self) -> Option<Outcome> {
        let ending = self.begins_with("ending");
        let (name, title) = (self.name()?, self.text());
        Some(Outcome { ending, name, title, when: self.optional_condition()? })
    }
}
