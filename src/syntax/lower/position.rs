//! `position`.

use super::Parts;
use crate::syntax::grammar::Rule;
use crate::syntax::tree::{Position, PositionPart};

impl Parts<'_, '_> {
    /// `position a on i: LEVEL since DATE { ... }`.
    pub fn position(&mut self) -> Option<Position> {
        let (actor, issue, level) = (self.name()?, self.name()?, self.name()?);
        let since = self.optional(Rule::since, Parts::date)?;
        let parts = self.all(|part, rule| {
            Some(match rule {
                Rule::says => PositionPart::Says(part.quote()?),
                Rule::because => PositionPart::Because(part.quote()?),
                Rule::shift => PositionPart::Becomes {
                    level: part.name()?,
                    when: part.condition()?,
                    likelihood: part.likelihood(),
                    span: part.span(),
                },
                _ => return None,
            })
        })?;
        Some(Position { actor, issue, level, since, parts })
    }
}
