//! `scenario`, `source` and the texts that quote one.

use super::Parts;
use crate::syntax::grammar::Rule;
use crate::syntax::tree::{Quote, Scenario, ScenarioPart, Source, SourceField};

impl Parts<'_, '_> {
    /// `scenario "T" { ... }`.
    pub fn scenario(&mut self) -> Option<Scenario> {
        let title = self.text();
        let parts = self.all(|part, rule| {
            Some(match rule {
                Rule::summary => ScenarioPart::Summary(part.text()?),
                Rule::start => ScenarioPart::Start(part.date()?),
                Rule::turn => ScenarioPart::Turn(part.duration()?),
                Rule::horizon => ScenarioPart::Horizon(part.duration()?),
                _ => return None,
            })
        })?;
        Some(Scenario { title, parts })
    }

    /// `source s "T" { ... }`.
    pub fn source(&mut self) -> Option<Source> {
        let (name, title) = (self.name()?, self.text());
        let fields = self.all(|field, rule| {
            Some(match rule {
                Rule::source_by => SourceField::By(field.text()?),
                Rule::source_date => SourceField::Date(field.date()?),
                Rule::source_url => SourceField::Url(field.text()?),
                Rule::source_file => SourceField::File(field.text()?),
                Rule::source_grade => SourceField::Grade(field.name()?),
                _ => return None,
            })
        })?;
        Some(Source { name, title, fields })
    }

    /// `"..." from s`, behind `says` or `because`.
    pub fn quote(&mut self) -> Option<Quote> {
        Some(Quote { text: self.text()?, from: self.optional(Rule::from, Parts::name)? })
    }
}
