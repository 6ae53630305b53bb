//! Doubts about a whole scenario.

use super::Builder;
use super::overlap::overlapping;
use super::possible::Possible;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::pages::warnings::{
    NEVER_A_CHANCE, NEVER_DONE, NO_RATIONALE, NO_SOURCE, OVERLAP, UNUSED,
};
use crate::model::names::Entry;
use crate::model::quotation::quoted_parts;
use crate::model::{ActionId, Cond, DeclarationKind, Position, Trigger};
use crate::source::{FileId, Span};
use rustc_hash::FxHashSet;

impl Builder<'_> {
    /// Warns of what is probably not meant.
    pub(super) fn warn(&mut self) {
        self.warn_of_late_injects();
        self.warn_of_late_observations();
        let mut found = self.without_source();
        found.extend(self.quoted_without_source());
        found.extend(self.without_rationale());
        found.extend(self.empty_texts());
        found.extend(self.odd_numbers());
        found.extend(self.look_alikes());
        found.extend(self.wrong_allows());
        // What a mistake leaves out may seem unused only for that.
        let whole = !self.diagnostics.has_mistakes();
        if whole {
            let possible = Possible::new(&self.model);
            found.extend(self.never_a_chance(&possible));
            found.extend(self.never_done());
            found.extend(self.unused());
            found.extend(self.overlaps());
            found.extend(self.dead_outcomes(&possible));
            found.extend(self.hollow_expectations(&possible));
            found.extend(self.too_few_members());
            found.extend(self.one_sided());
            found.extend(self.alike_readings());
            found.extend(self.against_position(&possible));
            found.extend(self.near_certain(&possible));
        }
        found.into_iter().for_each(|diagnostic| self.report(diagnostic));
        if whole {
            self.needless_allows().into_iter().for_each(|diagnostic| self.report(diagnostic));
        }
    }

    fn without_source(&self) -> Vec<Diagnostic> {
        let bare = self.model.positions.iter().zip(&self.statements);
        bare.filter(|(position, _)| is_bare(position))
            .map(|(_, statement)| {
                let name =
                    format!("{} on {}", statement.tree.actor.text, statement.tree.issue.text);
                let place = statement.tree.actor.span.to(statement.tree.issue.span);
                Diagnostic::new(NO_SOURCE, place, format!("the position `{name}` has no source"))
                    .help("quote where it is taken: `{ says \"...\" from SOURCE }`")
            })
            .collect()
    }

    /// Words that somebody is said to have used, and nothing says where.
    fn quoted_without_source(&self) -> Vec<Diagnostic> {
        let positions = || self.model.positions.iter().filter(|position| !is_bare(position));
        let says = positions().flat_map(|position| &position.says);
        let rationales = positions()
            .flat_map(|position| &position.because)
            .chain(
                (self.model.declarations.iter())
                    .filter(|declared| declared.kind != DeclarationKind::Becomes)
                    .filter_map(|declared| declared.because.as_ref()),
            )
            .chain(self.model.readings.iter().flat_map(|reading| &reading.because))
            .filter(|quote| !quoted_parts(&quote.text).is_empty());
        let bare = says.chain(rationales).filter(|quote| quote.source.is_none());
        bare.map(|quote| {
            Diagnostic::new(NO_SOURCE, quote.span, "this quotation has no source")
                .help("say where it is from: `from SOURCE`")
        })
        .collect()
    }

    fn without_rationale(&self) -> Vec<Diagnostic> {
        let rules = self.model.declarations.iter();
        rules
            .filter(|rule| rule.kind == DeclarationKind::Rule && rule.because.is_none())
            .map(|rule| {
                let message = format!("the rule `{}` has no rationale", rule.name);
                Diagnostic::new(NO_RATIONALE, rule.span, message)
                    .help("say why it is so: `because \"...\" from SOURCE`")
            })
            .collect()
    }

    fn never_a_chance(&self, possible: &Possible<'_>) -> Vec<Diagnostic> {
        let count = self.model.declarations.len();
        let mut alive = vec![false; count];
        let mut reasons: Vec<Option<String>> = vec![None; count];
        for rule in &self.model.rules {
            let index = rule.declaration.index();
            if alive[index] {
                continue;
            }
            let guarded = rule.guard.as_ref().is_none_or(|guard| possible.chance(guard).may_hold);
            if !possible.chance(&rule.condition).may_hold {
                reasons[index] = Some(match rule.trigger {
                    Trigger::On => "nothing causes its events".to_owned(),
                    Trigger::When | Trigger::While => {
                        self.never_holds(possible, &rule.condition, "condition")
                    }
                });
            } else if guarded {
                alive[index] = true;
            } else if let Some(guard) = &rule.guard {
                reasons[index] = Some(self.never_holds(possible, guard, "`if`"));
            }
        }
        let dead =
            self.model.declarations.iter().zip(reasons).zip(alive).filter(|(_, alive)| !alive);
        dead.map(|((declared, reason), _)| {
            let reason =
                reason.unwrap_or_else(|| "no choice of members passes its `for each`".to_owned());
            let message = format!("`{}` never has its chance: {reason}", declared.name);
            Diagnostic::new(NEVER_A_CHANCE, declared.span, message)
                .help("mend its trigger, or take it out")
        })
        .collect()
    }

    fn never_holds(&self, possible: &Possible<'_>, cond: &Cond, what: &str) -> String {
        match self.why_never(possible, cond) {
            Some(why) => format!("its {what} can never hold, for {why}"),
            None => format!("its {what} can never hold"),
        }
    }

    /// Why a condition can never hold, where more can be said than that.
    pub(super) fn why_never(&self, possible: &Possible<'_>, cond: &Cond) -> Option<String> {
        if possible.is_too_high(cond) {
            return Some("no action that is taken leads there".to_owned());
        }
        let position = &self.model.variables[possible.stuck(cond)?.index()];
        Some(format!("nothing moves `{}` far enough", position.name))
    }

    fn never_done(&self) -> Vec<Diagnostic> {
        let taken: FxHashSet<ActionId> = self.events.keys().map(|event| event.action).collect();
        let actions = self.model.actions.iter().enumerate();
        actions
            .filter(|(index, action)| {
                in_root(action.span) && !taken.contains(&ActionId::new(*index))
            })
            .map(|(_, action)| {
                let message = format!("nobody ever does `{}`", action.name);
                Diagnostic::new(NEVER_DONE, action.span, message).help(format!(
                    "let a rule, a decision or an inject cause it: `ACTOR does {}`",
                    action.name
                ))
            })
            .collect()
    }

    /// Declarations of the file that is run which nothing refers to; a file that is imported may
    /// well offer more than is taken.
    fn unused(&self) -> Vec<Diagnostic> {
        let everyone = self.names.get("everyone").is_some_and(|named| named.used);
        let mut found = Vec::new();
        for (name, named) in self.names.iter() {
            let Some(place) = named.span.filter(|place| in_root(*place)) else { continue };
            let counts = match named.entry {
                Entry::Source(_)
                | Entry::Group(_)
                | Entry::Relation(_)
                | Entry::Scale(_)
                | Entry::Issue(_)
                | Entry::Variable(_)
                | Entry::Param(_)
                | Entry::Word(_) => true,
                Entry::Actor(_) => !everyone,
                Entry::Action(_)
                | Entry::Rule(_)
                | Entry::Decision(_)
                | Entry::Outcome(_)
                | Entry::Reading
                | Entry::Level
                | Entry::Peak
                | Entry::Turn
                | Entry::Doer
                | Entry::Broken => false,
            };
            if counts && !named.used {
                let kind = match named.entry {
                    Entry::Variable(_) => "the variable",
                    other => other.phrase().trim_start_matches("an ").trim_start_matches("a "),
                };
                let kind = kind.trim_start_matches("the ");
                let message = format!("the {kind} `{name}` is used nowhere");
                let diagnostic = Diagnostic::new(UNUSED, place, message);
                found.push(diagnostic.help("use it, or take it out"));
            }
        }
        found
    }

    fn overlaps(&self) -> Vec<Diagnostic> {
        let outcome = |id: crate::model::OutcomeId| &self.model.outcomes[id.index()];
        overlapping(&self.model)
            .into_iter()
            .map(|(first, second)| {
                let (first, second) = (outcome(first), outcome(second));
                let message = format!(
                    "`{}` is never reached without `{}` at the same moment",
                    first.name, second.name
                );
                Diagnostic::new(OVERLAP, first.span, message)
                    .also(second.span, "reached together with it")
                    .help("make their conditions exclude each other, so that one comes before the other")
            })
            .collect()
    }
}

/// Whether nothing says where a position comes from.
fn is_bare(position: &Position) -> bool {
    position.says.iter().chain(&position.because).all(|quote| quote.source.is_none())
}

fn in_root(place: Span) -> bool {
    place.file == FileId(0)
}
