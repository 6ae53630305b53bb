//! Outcomes and endings.

use super::{Builder, Scope, each_item, title_or};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::pages::meaning::OTHERWISE_TWICE;
use crate::model::{Cond, Outcome};
use crate::source::Span;

impl Builder<'_> {
    pub(super) fn build_outcomes(&mut self) {
        let mut otherwise: Option<Span> = None;
        for (item, tree) in each_item!(self.items, Outcome) {
            let condition = match &tree.when {
                // A wrong one has been reported; it keeps its number.
                Some(when) => {
                    let cond = self.cond(when, &Scope::EMPTY);
                    Some(self.or_stand_in(cond, when.span, Cond::Const(false)))
                }
                None => {
                    if let Some(first) = otherwise {
                        let message =
                            format!("`{}` is a second outcome that is `otherwise`", tree.name.text);
                        self.report(
                            Diagnostic::new(OTHERWISE_TWICE, tree.name.span, message)
                                .also(first, "the first one")
                                .help("give one of them a condition: `when CONDITION`"),
                        );
                    }
                    otherwise.get_or_insert(tree.name.span);
                    None
                }
            };
            self.model.outcomes.push(Outcome {
                name: tree.name.text.clone(),
                title: title_or(tree.title.as_ref(), &tree.name.text),
                ending: tree.ending,
                condition,
                note: item.note.clone(),
                span: tree.name.span,
            });
        }
    }
}
