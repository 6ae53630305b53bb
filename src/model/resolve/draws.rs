//! Rules, decisions and the `becomes` lines of positions: what draws.

use super::budget::MOST_RULES;
use super::clauses::Clauses;
use super::each::{Bound, bind};
use super::{Builder, Scope, one_line, sum_mistake, title_or};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::pages::meaning::NO_DECIDER;
use crate::model::names::Entry;
use crate::model::{
    ActorId, Alternative, Branch, DeclId, Declaration, DeclarationKind, Effect, Likelihood, Rule,
    Trigger,
};
use crate::source::Span;
use crate::syntax::tree::{
    self, Clause, ClauseKind, Each, Item, ItemKind, Name, PositionPart, Text,
};
use rustc_hash::FxHashMap;

/// After so many choices of members with mistakes the others are not looked at: they have the same.
const MOST_FAILED: usize = 100;

/// What rules and decisions have in common.
struct Draw<'a> {
    item: &'a Item,
    name: &'a Name,
    title: Option<&'a Text>,
    each: Option<&'a Each>,
    clauses: &'a [tree::Clause],
    /// Who decides, and whether it is a decision.
    by: Option<&'a Name>,
    decision: bool,
}

/// How often positions of an actor on an issue have had a `becomes` line.
type LineCounts = FxHashMap<(ActorId, crate::model::IssueId), usize>;

impl<'a> Builder<'a> {
    pub(super) fn build_draws(&mut self) {
        let mut lines = LineCounts::default();
        let mut statement = 0;
        for item in self.items {
            match &item.kind {
                ItemKind::Rule(rule) => self.build_draw(&Draw {
                    item,
                    name: &rule.name,
                    title: rule.title.as_ref(),
                    each: rule.each.as_ref(),
                    clauses: &rule.clauses,
                    by: None,
                    decision: false,
                }),
                ItemKind::Decision(decision) => self.build_draw(&Draw {
                    item,
                    name: &decision.name,
                    title: decision.title.as_ref(),
                    each: decision.each.as_ref(),
                    clauses: &decision.clauses,
                    by: decision.by.as_ref(),
                    decision: true,
                }),
                ItemKind::Position(tree) => {
                    // Statements that could not be understood are not among the collected ones.
                    let known = self.statements.get(statement);
                    if known.is_some_and(|known| std::ptr::eq(known.tree, tree)) {
                        self.build_lines(statement, &mut lines);
                        statement += 1;
                    }
                }
                _ => {}
            }
        }
    }

    fn build_draw(&mut self, draw: &Draw<'a>) {
        let id = DeclId::new(self.model.declarations.len());
        let entry = if draw.decision { Entry::Decision(id) } else { Entry::Rule(id) };
        self.names.settle(&draw.name.text, draw.name.span, entry);
        if draw.decision && draw.by.is_none() {
            let message = format!("nobody takes the decision `{}`", draw.name.text);
            self.report(
                Diagnostic::new(NO_DECIDER, draw.name.span, message)
                    .help(format!("say who decides: `decision {} by ACTOR`", draw.name.text)),
            );
        }
        let clauses = self.clauses(draw.clauses, draw.name, draw.decision);
        let because = clauses.because.and_then(|because| self.quote(because));
        self.model.declarations.push(Declaration {
            name: draw.name.text.clone(),
            title: title_or(draw.title, &draw.name.text),
            kind: if draw.decision { DeclarationKind::Decision } else { DeclarationKind::Rule },
            because,
            note: draw.item.note.clone(),
            alternatives: clauses.alternative_names(),
            option_titles: draw.clauses.iter().filter_map(option_title).collect(),
            trigger_text: clauses
                .trigger
                .map(|clause| self.written(clause.span))
                .unwrap_or_default(),
            guard_text: clauses.guard.map(|guard| self.written(guard.span)),
            span: draw.name.span,
        });
        if self.struck.contains(&draw.item.span) {
            return;
        }
        let (alternatives, likely) = self.alternative_likelihoods(&clauses, draw);
        let Some(choices) = self.choices(draw.each) else {
            self.leave_out(draw.name.span);
            return;
        };
        if choices.is_empty() {
            self.check_names_only(draw, &clauses);
            return;
        }
        let count = self.model.rules.len() + choices.len();
        if !self.within_limit(count, MOST_RULES, "rules and decisions", draw.name.span) {
            return;
        }
        let mut failed = 0;
        for choice in choices {
            match self.written_out_rule(id, draw, &clauses, &alternatives, choice) {
                Some(rule) if likely => self.model.rules.push(rule),
                Some(_) | None => {
                    self.leave_out(draw.name.span);
                    failed += 1;
                }
            }
            if failed == MOST_FAILED {
                return;
            }
        }
    }

    /// The likelihood and delay of each alternative, which are the same for every choice, and
    /// whether they can be; what is wrong with them is reported.
    fn alternative_likelihoods(
        &mut self,
        clauses: &Clauses<'a>,
        draw: &Draw<'a>,
    ) -> (Vec<Alternative>, bool) {
        let mut alternatives = Vec::new();
        let mut whole = true;
        for (branch, _) in &clauses.alternatives {
            let likelihood: Option<Option<Likelihood>> = match &branch.likelihood {
                Some(tree) => self.likelihood(tree).map(Some),
                None if draw.decision => Some(None),
                None => Some(Some(super::likelihoods::certain())),
            };
            let delay = self.delay(branch.delay.as_ref());
            whole &= likelihood.is_some() && delay.is_some();
            alternatives.push(Alternative {
                likelihood: likelihood.flatten(),
                branch: Branch { delay: delay.unwrap_or_default(), effects: Vec::new() },
            });
        }
        if whole && let Some(mistake) = sum_mistake(&ends(&alternatives), draw.decision) {
            let diagnostic = mistake.diagnostic(draw.name.span, draw.decision, &draw.name.text);
            self.report(diagnostic);
            whole = false;
        }
        (alternatives, whole)
    }

    fn written_out_rule(
        &mut self,
        declaration: DeclId,
        draw: &Draw<'a>,
        clauses: &Clauses<'a>,
        alternatives: &[Alternative],
        members: Vec<ActorId>,
    ) -> Option<Rule> {
        let bound: Bound = draw.each.map_or_else(Vec::new, |each| bind(each, &members));
        let scope = Scope::of(&bound);
        let decider = match draw.by {
            None => Some(None),
            Some(by) => self.actor(by, &scope).map(Some),
        };
        let condition = self.trigger(clauses, &scope);
        let guard = match clauses.guard {
            None => Some(None),
            Some(guard) => self.cond(guard, &scope).map(Some),
        };
        let mut effects = Vec::with_capacity(alternatives.len());
        for (branch, _) in &clauses.alternatives {
            effects.push(self.branch_effects(branch, &scope));
        }
        let otherwise = self.otherwise(clauses, &scope);
        let (trigger, condition) = condition?;
        if draw.decision && draw.by.is_none() {
            return None;
        }
        let mut built = Vec::with_capacity(alternatives.len());
        for (alternative, effects) in alternatives.iter().zip(effects) {
            let branch = Branch { delay: alternative.branch.delay, effects: effects? };
            built.push(Alternative { likelihood: alternative.likelihood.clone(), branch });
        }
        Some(Rule {
            declaration,
            members,
            trigger,
            condition,
            guard: guard?,
            decider: decider?,
            alternatives: built,
            otherwise: otherwise?,
            once: clauses.once,
            priority: clauses.priority,
        })
    }

    fn branch_effects(&mut self, branch: &'a tree::Branch, scope: &Scope) -> Option<Vec<Effect>> {
        branch.body.as_ref().map_or(Some(Vec::new()), |body| self.block(body, scope))
    }

    fn otherwise(&mut self, clauses: &Clauses<'a>, scope: &Scope) -> Option<Branch> {
        let Some(branch) = clauses.otherwise else { return Some(Branch::default()) };
        let delay = self.delay(branch.delay.as_ref());
        let effects = self.branch_effects(branch, scope);
        Some(Branch { delay: delay?, effects: effects? })
    }

    /// Looks at the names of a declaration that is written out for no choice of members.
    fn check_names_only(&mut self, draw: &Draw<'a>, clauses: &Clauses<'a>) {
        let Some(choice) = self.any_choice(draw.each) else { return };
        let certain = || Alternative { likelihood: None, branch: Branch::default() };
        let alternatives: Vec<Alternative> =
            clauses.alternatives.iter().map(|_| certain()).collect();
        self.trial(|builder| {
            builder.written_out_rule(DeclId(0), draw, clauses, &alternatives, choice).is_some()
        });
    }

    /// The rules that the `becomes` lines of a position are short for: one for each member that
    /// the position counts for.
    fn build_lines(&mut self, statement: usize, counts: &mut LineCounts) {
        let (item, tree) = (self.statements[statement].item, self.statements[statement].tree);
        let issue = self.statements[statement].issue;
        let actors = self.statements[statement].actors.clone();
        let struck = self.statements[statement].struck;
        for part in &tree.parts {
            let PositionPart::Becomes { level, when, likelihood, span } = part else { continue };
            let level_index = self.level_on(level, issue);
            let likelihood = match likelihood {
                None => Some(super::likelihoods::certain()),
                Some(likelihood) => self.likelihood(likelihood),
            };
            let condition = self.cond(when, &Scope::EMPTY);
            for &actor in &actors {
                let count = counts.entry((actor, issue)).or_default();
                *count += 1;
                let number = *count;
                let id = self.declare_line(item, (actor, issue, number), level, when, *span);
                if struck {
                    continue;
                }
                let limit = self.model.rules.len() + 1;
                if !self.within_limit(limit, MOST_RULES, "rules and decisions", *span) {
                    return;
                }
                let variable = self.position(actor, issue, *span);
                let (Some(level), Some(likelihood), Some(condition), Some(variable)) =
                    (level_index, &likelihood, &condition, variable)
                else {
                    self.leave_out(*span);
                    continue;
                };
                let effects = vec![Effect::Assign(variable, level)];
                let branch = Branch { effects, ..Branch::default() };
                self.model.rules.push(Rule {
                    declaration: id,
                    members: Vec::new(),
                    trigger: Trigger::When,
                    condition: condition.clone(),
                    guard: None,
                    decider: None,
                    alternatives: vec![Alternative {
                        likelihood: Some(likelihood.clone()),
                        branch,
                    }],
                    otherwise: Branch::default(),
                    once: false,
                    priority: 0,
                });
            }
        }
    }

    fn declare_line(
        &mut self,
        item: &'a Item,
        (actor, issue, number): (ActorId, crate::model::IssueId, usize),
        level: &Name,
        when: &tree::Cond,
        span: Span,
    ) -> DeclId {
        let id = DeclId::new(self.model.declarations.len());
        let (who, what) = (&self.model.actors[actor.index()], &self.model.issues[issue.index()]);
        let name = format!("{}_{}_{number}", who.name, what.name);
        let title = format!("{} on {}: {}", who.title, what.title, level.text);
        self.declare(&Name { text: name.clone(), span }, Entry::Rule(id));
        let because = self.model.positions.iter().rev().find(|position| position.span == item.span);
        let because = because.and_then(|position| position.because.first().cloned());
        self.model.declarations.push(Declaration {
            name,
            title,
            kind: DeclarationKind::Becomes,
            because,
            note: item.note.clone(),
            alternatives: vec![None],
            option_titles: Vec::new(),
            trigger_text: one_line(&format!("when {}", self.sources.text(when.span))),
            guard_text: None,
            span,
        });
        id
    }
}

/// The title of an option, if the clause is one.
fn option_title(clause: &Clause) -> Option<String> {
    match &clause.kind {
        ClauseKind::Option { name, title, .. } => Some(title_or(title.as_ref(), &name.text)),
        _ => None,
    }
}

fn ends(alternatives: &[Alternative]) -> Vec<Option<(f64, f64)>> {
    let given = alternatives.iter().map(|alternative| alternative.likelihood.as_ref());
    given.map(|likelihood| likelihood.map(|given| (given.low, given.high))).collect()
}
