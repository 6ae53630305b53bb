//! `reading`.

use super::Parts;
use crate::syntax::grammar::Rule;
use crate::syntax::tree::{Reading, ReadingPart, ReadingPartKind};

impl Parts<'_, '_> {
    /// `reading r "T" { ... }`.
    pub fn reading(&mut self) -> Option<Reading> {
        let (name, title) = (self.name()?, self.text());
        let parts = self.all(|part, _| {
            let pair = part.next()?;
            let rule = part.lowering.rule(pair);
            let kind = Parts::of(part.lowering, pair).reading_part(rule)?;
            Some(ReadingPart { kind, span: part.span() })
        })?;
        Some(Reading { name, title, parts })
    }

    fn reading_part(&mut self, rule: Rule) -> Option<ReadingPartKind> {
        Some(match rule {
            Rule::voice => ReadingPartKind::Voice(self.text()?),
            Rule::because => ReadingPartKind::Because(self.quote()?),
            Rule::reading_position => ReadingPartKind::Position {
                actor: self.name()?,
                issue: self.name()?,
                level: self.name()?,
            },
            Rule::reading_initial => {
                let keyword = self.next()?;
                let first = self.name()?;
                ReadingPartKind::Initial {
                    keyword: self.lowering.name(keyword),
                    place: self.reference(first)?,
                    value: self.constant()?,
                }
            }
            Rule::reading_param => {
                ReadingPartKind::Param { name: self.name()?, value: self.likelihood()? }
            }
            Rule::reading_rule => {
                ReadingPartKind::Rule { name: self.name()?, value: self.likelihood()? }
            }
            Rule::disable => ReadingPartKind::Disable(self.name()?),
            _ => return None,
        })
    }
}
