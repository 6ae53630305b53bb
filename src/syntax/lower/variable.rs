//! `state`, `flag`, `meter`, `param`, `lexicon`, and `for each`.

use super::Parts;
use crate::syntax::grammar::Rule;
use crate::syntax::tree::{Cond, Domain, Each, EachVariable, Lexicon, Param, Variable};

impl Parts<'_, '_> {
    /// `state`, `flag` or `meter`, as `rule` says.
    pub fn variable(&mut self, rule: Rule) -> Option<Variable> {
        let (name, title, each) = (self.name()?, self.text(), self.each()?);
        let domain = match rule {
            Rule::state => self.state_values()?,
            Rule::meter => Domain::Meter {
                low: self.integer(Rule::integer)?,
                high: self.integer(Rule::integer)?,
            },
            _ => Domain::Flag,
        };
        let initial = self.optional(Rule::initial, Parts::constant)?;
        Some(Variable { name, title, each, domain, initial })
    }

    fn state_values(&mut self) -> Option<Domain> {
        let (mut values, mut ordered) = (vec![self.answer()?], Vec::new());
        loop {
            if self.mark(Rule::less) {
                ordered.push(true);
            } else if self.mark(Rule::bar) {
                ordered.push(false);
            } else {
                return Some(Domain::State { values, ordered });
            }
            values.push(self.answer()?);
        }
    }

    /// `for each a in g, b in h where COND`, if it follows.
    pub fn each(&mut self) -> Option<Option<Each>> {
        self.optional(Rule::each, |each| {
            let mut variables = Vec::new();
            while let Some(variable) = each.optional(Rule::each_variable, |variable| {
                Some(EachVariable { name: variable.name()?, group: variable.name()? })
            })? {
                variables.push(variable);
            }
            Some(Each { variables, filter: each.filter()?, span: each.span() })
        })
    }

    /// `where COND`, if it follows.
    pub fn filter(&mut self) -> Option<Option<Cond>> {
        self.optional(Rule::filter, Parts::condition)
    }

    /// `param p "T" = LIKELIHOOD`, or a word of a lexicon.
    pub fn param(&mut self) -> Option<Param> {
        self.inside(Rule::named_likelihood, |param| {
            Some(Param { name: param.name()?, title: param.text(), value: param.likelihood()? })
        })
    }

    /// `lexicon { word = LIKELIHOOD ... }`.
    pub fn lexicon(&mut self) -> Option<Lexicon> {
        let words = self.all(|word, _| {
            Some(Param { name: word.name()?, title: word.text(), value: word.likelihood()? })
        })?;
        Some(Lexicon { words })
    }
}
