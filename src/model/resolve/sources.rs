//! `source`, and texts that name one.

use super::{Builder, each_item, said, title_or};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::pages::types;
use crate::model::{Grade, Quote, Source};
use crate::source::Span;
use crate::syntax::tree::{self, SourceField};

impl<'a> Builder<'a> {
    pub(super) fn build_sources(&mut self) {
        for (_, tree) in each_item!(self.items, Source) {
            let source = self.build_source(tree);
            self.model.sources.push(source);
        }
    }

    fn build_source(&mut self, tree: &'a tree::Source) -> Source {
        let mut source = Source {
            name: tree.name.text.clone(),
            title: title_or(tree.title.as_ref(), &tree.name.text),
            by: None,
            date: None,
            url: None,
            file: None,
            grade: None,
            span: tree.name.span,
        };
        let mut seen: Vec<(&str, Span)> = Vec::new();
        for field in &tree.fields {
            let (keyword, place) = match field {
                SourceField::By(text) => ("by", text.span),
                SourceField::Date(date) => ("date", date.span),
                SourceField::Url(text) => ("url", text.span),
                SourceField::File(text) => ("file", text.span),
                SourceField::Grade(grade) => ("grade", grade.span),
            };
            if let Some((_, first)) = seen.iter().find(|(other, _)| *other == keyword) {
                self.report_twice(keyword, place, *first);
                continue;
            }
            seen.push((keyword, place));
            match field {
                SourceField::By(text) => source.by = said(text),
                SourceField::Date(date) => source.date = self.date(date),
                SourceField::Url(text) => source.url = Some(text.value.clone()),
                SourceField::File(text) => source.file = Some(text.value.clone()),
                SourceField::Grade(grade) => source.grade = self.grade(grade),
            }
        }
        source
    }

    fn grade(&mut self, grade: &tree::Name) -> Option<String> {
        if Grade::of(&grade.text).is_some() {
            return Some(grade.text.clone());
        }
        let message = format!("`{}` is no grade of the Admiralty code", grade.text);
        self.report(
            Diagnostic::new(types::NOT_A_GRADE, grade.span, message).help(
                "write the source's reliability, `A` to `F`, and the information's credibility, `1` to `6`: `B2`",
            ),
        );
        None
    }

    /// A text with its source; none where nothing is said.
    pub(super) fn quote(&mut self, tree: &'a tree::Quote) -> Option<Quote> {
        let source = tree.from.as_ref().and_then(|name| self.source(name));
        Some(Quote { text: said(&tree.text)?, source, span: tree.text.span })
    }
}
