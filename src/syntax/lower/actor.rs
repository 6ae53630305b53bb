//! `actor`, `group`, `relation`, `scale`, `issue` and `ladder`.

use super::Parts;
use crate::syntax::grammar::Rule;
use crate::syntax::tree::{
    Actor, Attribute, Group, Issue, Ladder, Name, Pair, Relation, Rung, Scale,
};

impl Parts<'_, '_> {
    /// `actor a "T" { ... }`.
    pub fn actor(&mut self) -> Option<Actor> {
        let (name, title) = (self.name()?, self.text());
        let (mut voices, mut attributes) = (Vec::new(), Vec::new());
        self.all(|field, rule| {
            if rule == Rule::voice {
                voices.push(field.text()?);
            } else {
                attributes.push(Attribute { key: field.name()?, value: field.constant()? });
            }
            Some(())
        })?;
        Some(Actor { name, title, voices, attributes })
    }

    /// `group g "T" { a, b }`.
    pub fn group(&mut self) -> Option<Group> {
        Some(Group { name: self.name()?, title: self.text(), members: self.names() })
    }

    /// `scale s "T" { low < high }`.
    pub fn scale(&mut self) -> Option<Scale> {
        Some(Scale { name: self.name()?, title: self.text(), levels: self.names() })
    }

    /// All names that follow.
    pub fn names(&mut self) -> Vec<Name> {
        std::iter::from_fn(|| self.name()).collect()
    }

    /// `relation r "T" { a - b, c -> d }`.
    pub fn relation(&mut self) -> Option<Relation> {
        let (name, title) = (self.name()?, self.text());
        let pairs = self.all(|pair, _| {
            let left = pair.name()?;
            let directed = pair.mark(Rule::arrow);
            Some(Pair { left, directed, right: pair.name()? })
        })?;
        Some(Relation { name, title, pairs })
    }

    /// `issue i "T" on scale s`.
    pub fn issue(&mut self) -> Option<Issue> {
        let (name, title) = (self.name()?, self.text());
        Some(Issue { name, title, scale: self.optional(Rule::on_scale, Parts::name)? })
    }

    /// `ladder "T" { ... }`.
    pub fn ladder(&mut self) -> Option<Ladder> {
        let (name, title) = (self.name(), self.text());
        let (mut rungs, mut start) = (Vec::new(), None);
        self.all(|part, rule| {
            let name = part.name()?;
            if rule == Rule::rung {
                rungs.push(Rung { name, title: part.text() });
            } else {
                start = Some(name);
            }
            Some(())
        })?;
        Some(Ladder { name, title, rungs, start })
    }
}
