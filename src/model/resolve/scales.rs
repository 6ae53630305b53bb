//! Scales, issues and the ladder.

use super::{Builder, each_item, title_or};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::pages::meaning::CLAUSE;
use crate::diagnostic::pages::types::NO_LADDER;
use crate::model::{Issue, IssueId, Ladder, Rung, Scale, ScaleId};
use crate::source::Span;
use crate::syntax::tree::{self, Name};
use std::sync::Arc;

impl<'a> Builder<'a> {
    pub(super) fn build_scales(&mut self) {
        for (_, tree) in each_item!(self.items, Scale) {
            let levels: Vec<&Name> = tree.levels.iter().collect();
            self.check_list(&levels, &format!("the scale `{}`", tree.name.text));
            if levels.is_empty() {
                self.report_empty("scale", "level", &tree.name.text, tree.name.span);
            }
            self.model.scales.push(Scale {
                name: tree.name.text.clone(),
                levels: tree.levels.iter().map(|level| level.text.clone()).collect(),
            });
        }
        for (_, tree) in each_item!(self.items, Issue) {
            let scale = tree.scale.as_ref().map_or(Some(ScaleId(0)), |name| self.scale(name));
            if scale.is_none() {
                self.broken.insert(&tree.name.text);
            }
            let scale = self.or_stand_in(scale, tree.name.span, ScaleId(0));
            self.model.issues.push(Issue {
                name: tree.name.text.clone(),
                title: title_or(tree.title.as_ref(), &tree.name.text),
                scale,
            });
        }
        self.build_ladder();
    }

    fn build_ladder(&mut self) {
        let mut first: Option<Span> = None;
        for (item, tree) in each_item!(self.items, Ladder) {
            match first {
                None => self.model.ladder = self.build_one_ladder(item, tree),
                Some(first) => self.report_twice("ladder", item.span, first),
            }
            first.get_or_insert(item.span);
        }
    }

    fn build_one_ladder(&mut self, item: &'a tree::Item, tree: &'a tree::Ladder) -> Option<Ladder> {
        let names: Vec<&Name> = tree.rungs.iter().map(|rung| &rung.name).collect();
        self.check_list(&names, "the ladder");
        if names.is_empty() {
            self.report_empty("ladder", "rung", "", item.span);
            self.broken.insert("ladder");
            return None;
        }
        let rungs: Arc<[String]> = names.iter().map(|name| name.text.clone()).collect();
        self.rungs = Some(Arc::clone(&rungs));
        let start = tree.start.as_ref().map_or(0, |name| {
            let start = self.value_in(name, &rungs, "rung", "the ladder");
            self.or_stand_in(start, name.span, 0)
        });
        Some(Ladder {
            title: title_or(tree.title.as_ref(), "Ladder"),
            rungs: tree
                .rungs
                .iter()
                .map(|rung| Rung {
                    name: rung.name.text.clone(),
                    title: title_or(rung.title.as_ref(), &rung.name.text),
                })
                .collect(),
            start,
        })
    }

    fn report_empty(&mut self, what: &str, part: &str, name: &str, place: Span) {
        let named = if name.is_empty() { String::new() } else { format!(" `{name}`") };
        let message = format!("the {what}{named} has no {part}s");
        self.report(
            Diagnostic::new(CLAUSE, place, message).help(format!("give it at least one {part}")),
        );
    }

    /// The index of a rung; reported where there is no ladder or no such rung.
    pub(super) fn rung(&mut self, name: &Name) -> Option<i32> {
        let rungs = self.rung_names(name.span)?;
        self.value_in(name, &rungs, "rung", "the ladder")
    }

    /// The names of the rungs; reported where there is no ladder.
    pub(super) fn rung_names(&mut self, place: Span) -> Option<Arc<[String]>> {
        if let Some(rungs) = &self.rungs {
            return Some(Arc::clone(rungs));
        }
        if !self.broken.contains("ladder") {
            self.report(
                Diagnostic::new(NO_LADDER, place, "there is no ladder to be on")
                    .help("declare one: `ladder \"Title\" { rung calm  rung clash }`"),
            );
        }
        None
    }

    /// The index of a level on an issue's scale; reported where it is not on it.
    pub(super) fn level_on(&mut self, name: &Name, issue: IssueId) -> Option<i32> {
        let declared = &self.model.issues[issue.index()];
        let levels = &self.model.scales[declared.scale.index()].levels;
        let levels = Arc::clone(levels);
        if let Some(index) = self.number_in(&name.text, &levels) {
            return Some(index);
        }
        let declared = &self.model.issues[issue.index()];
        if self.broken.contains(declared.name.as_str()) {
            return None;
        }
        let owner = format!("the scale of `{}`", declared.name);
        self.value_in(name, &levels, "level", &owner)
    }
}
