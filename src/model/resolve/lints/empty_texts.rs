//! Titles and other texts that say nothing.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::pages::lints::EMPTY_TEXT;
use crate::model::resolve::Builder;
use crate::syntax::tree::{
    ClauseKind, ItemKind, PositionPart, ReadingPartKind, ScenarioPart, SourceField, Text,
};

impl Builder<'_> {
    /// Texts in which there is nothing to be seen. That a rule has no rationale is told of the rule.
    pub(in crate::model::resolve) fn empty_texts(&self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for item in self.items {
            texts(&item.kind, &mut |what, text| {
                if text.is_blank() {
                    let message = format!("this {what} is empty");
                    let help = "say something, or leave it out: it counts as left out";
                    found.push(Diagnostic::new(EMPTY_TEXT, text.span, message).help(help));
                }
            });
        }
        found
    }
}

/// Calls `visit` on every text of a declaration that readers see, with what it is.
fn texts<'a>(kind: &'a ItemKind, visit: &mut impl FnMut(&'static str, &'a Text)) {
    let title = match kind {
        ItemKind::Scenario(tree) => &tree.title,
        ItemKind::Source(tree) => &tree.title,
        ItemKind::Actor(tree) => &tree.title,
        ItemKind::Group(tree) => &tree.title,
        ItemKind::Relation(tree) => &tree.title,
        ItemKind::Scale(tree) => &tree.title,
        ItemKind::Issue(tree) => &tree.title,
        ItemKind::Ladder(tree) => &tree.title,
        ItemKind::Variable(tree) => &tree.title,
        ItemKind::Param(tree) => &tree.title,
        ItemKind::Action(tree) => &tree.title,
        ItemKind::Rule(tree) => &tree.title,
        ItemKind::Decision(tree) => &tree.title,
        ItemKind::Outcome(tree) => &tree.title,
        ItemKind::Expect(tree) => &tree.text,
        ItemKind::Reading(tree) => &tree.title,
        ItemKind::Import(_)
        | ItemKind::Position(_)
        | ItemKind::Lexicon(_)
        | ItemKind::Inject(_)
        | ItemKind::Observe(_)
        | ItemKind::Broken(_) => &None,
    };
    title.iter().for_each(|title| visit("title", title));
    match kind {
        ItemKind::Scenario(tree) => tree.parts.iter().for_each(|part| match part {
            ScenarioPart::Summary(text) => visit("summary", text),
            ScenarioPart::Start(_) | ScenarioPart::Turn(_) | ScenarioPart::Horizon(_) => {}
        }),
        ItemKind::Source(tree) => tree.fields.iter().for_each(|field| match field {
            SourceField::By(text) => visit("`by`", text),
            SourceField::Url(text) => visit("`url`", text),
            SourceField::File(_) | SourceField::Date(_) | SourceField::Grade(_) => {}
        }),
        ItemKind::Actor(tree) => tree.voices.iter().for_each(|voice| visit("voice", voice)),
        ItemKind::Position(tree) => tree.parts.iter().for_each(|part| match part {
            PositionPart::Says(quote) => visit("quotation", &quote.text),
            PositionPart::Because(quote) => visit("rationale", &quote.text),
            PositionPart::Becomes { .. } => {}
        }),
        ItemKind::Ladder(tree) => {
            tree.rungs.iter().flat_map(|rung| &rung.title).for_each(|title| visit("title", title));
        }
        ItemKind::Lexicon(tree) => {
            tree.words.iter().flat_map(|word| &word.title).for_each(|title| visit("title", title));
        }
        ItemKind::Decision(tree) => tree.clauses.iter().for_each(|clause| match &clause.kind {
            ClauseKind::Option { title, .. } => {
                title.iter().for_each(|title| visit("title", title));
            }
            ClauseKind::Because(quote) => visit("rationale", &quote.text),
            _ => {}
        }),
        ItemKind::Reading(tree) => tree.parts.iter().for_each(|part| match &part.kind {
            ReadingPartKind::Voice(text) => visit("voice", text),
            ReadingPartKind::Because(quote) => visit("rationale", &quote.text),
            _ => {}
        }),
        _ => {}
    }
}
