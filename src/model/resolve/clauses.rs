//! The clauses of rules and decisions: each where it belongs, and as often as it may.

use super::{Builder, Scope, fold};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::pages::meaning::{CLAUSE, FEW_OPTIONS, NO_THEN, ONE_TRIGGER};
use crate::model::{Cond, Trigger};
use crate::source::Span;
use crate::syntax::tree::{self, Branch, Clause, ClauseKind, Name, Quote};

/// The clauses of one rule or decision, sorted out.
#[derive(Default)]
pub(super) struct Clauses<'a> {
    pub(super) trigger: Option<&'a Clause>,
    pub(super) guard: Option<&'a tree::Cond>,
    /// `then` and `or`, or the options with their names.
    pub(super) alternatives: Vec<(&'a Branch, Option<&'a Name>)>,
    pub(super) otherwise: Option<&'a Branch>,
    pub(super) because: Option<&'a Quote>,
    pub(super) once: bool,
    pub(super) priority: i32,
}

impl Clauses<'_> {
    /// What the alternatives are called in the reaction graph.
    pub(super) fn alternative_names(&self) -> Vec<Option<String>> {
        let alone = self.alternatives.len() == 1 && self.otherwise.is_none();
        let names = self.alternatives.iter().enumerate();
        names
            .map(|(index, (_, option))| match option {
                Some(option) => Some(option.text.clone()),
                None if alone => None,
                None => Some((index + 1).to_string()),
            })
            .collect()
    }
}

impl<'a> Builder<'a> {
    /// Sorts the clauses out; what is missing, double or misplaced is reported.
    pub(super) fn clauses(
        &mut self,
        all: &'a [Clause],
        name: &Name,
        decision: bool,
    ) -> Clauses<'a> {
        let mut clauses = Clauses::default();
        let mut places: Vec<(&str, Span)> = Vec::new();
        let mut triggered = false;
        for clause in all {
            let keyword = keyword(&clause.kind);
            let first = places.iter().find(|(other, _)| *other == keyword).map(|(_, first)| *first);
            if self.misplaced(clause, keyword, decision, &clauses) {
                continue;
            }
            let repeatable = matches!(keyword, "or" | "option");
            if let Some(first) = first
                && !repeatable
            {
                self.report_double_clause(keyword, clause.span, first);
                continue;
            }
            places.push((keyword, clause.span));
            match &clause.kind {
                ClauseKind::On(_) | ClauseKind::When(_) | ClauseKind::While(_) => {
                    if triggered {
                        let first = clauses.trigger.map_or(clause.span, |first| first.span);
                        self.report_second_trigger(name, clause.span, first);
                    } else {
                        triggered = true;
                        clauses.trigger = Some(clause);
                    }
                }
                ClauseKind::If(guard) => clauses.guard = Some(guard),
                ClauseKind::Then(branch) | ClauseKind::Or(branch) => {
                    clauses.alternatives.push((branch, None));
                }
                ClauseKind::Else(branch) => {
                    if let Some(likelihood) = &branch.likelihood {
                        self.report_else_likelihood(clause.span, likelihood);
                    }
                    clauses.otherwise = Some(branch);
                }
                ClauseKind::Option { name, branch, .. } => {
                    clauses.alternatives.push((branch, Some(name)))
                }
                ClauseKind::Because(quote) => clauses.because = Some(quote),
                ClauseKind::Once => clauses.once = true,
                ClauseKind::Priority(number) => {
                    let priority =
                        self.whole(number, -1_000_000, 1_000_000, "a priority", number.span);
                    clauses.priority =
                        priority.and_then(|priority| i32::try_from(priority).ok()).unwrap_or(0);
                }
            }
        }
        self.check_complete(&clauses, name, decision);
        clauses
    }

    fn check_complete(&mut self, clauses: &Clauses<'a>, name: &Name, decision: bool) {
        let what = if decision { "decision" } else { "rule" };
        let text = &name.text;
        if clauses.trigger.is_none() {
            let message = format!("the {what} `{text}` has no trigger");
            self.report(Diagnostic::new(ONE_TRIGGER, name.span, message).help(
                "say when it has its chance: `on EVENT`, `when CONDITION` or `while CONDITION`",
            ));
        }
        if decision {
            let options: Vec<&Name> =
                clauses.alternatives.iter().filter_map(|(_, name)| *name).collect();
            self.check_list(&options, &format!("the options of `{text}`"));
            if options.len() < 2 {
                let message = format!("the decision `{text}` has fewer than two options");
                self.report(Diagnostic::new(FEW_OPTIONS, name.span, message).help(
                    "give it another option, also one that does nothing: `option wait \"Wait\"`",
                ));
            }
        } else if clauses.alternatives.is_empty() {
            let message = format!("the rule `{text}` has no `then`");
            self.report(
                Diagnostic::new(NO_THEN, name.span, message)
                    .help("say what happens: `then likely { EFFECTS }`"),
            );
        }
    }

    /// Whether a clause does not belong into a rule, or decision, or not at this place.
    fn misplaced(
        &mut self,
        clause: &Clause,
        keyword: &str,
        decision: bool,
        before: &Clauses<'a>,
    ) -> bool {
        let (message, help) = match &clause.kind {
            ClauseKind::Then(_) | ClauseKind::Or(_) | ClauseKind::Else(_) if decision => (
                format!("a decision has no `{keyword}`"),
                "write `option NAME \"Title\" { EFFECTS }`, or make it a `rule`".to_owned(),
            ),
            ClauseKind::Option { .. } if !decision => (
                "a rule has no options".to_owned(),
                "write `then` and `or`, or make it a `decision NAME by ACTOR`".to_owned(),
            ),
            ClauseKind::Or(_) if before.alternatives.is_empty() => (
                "`or` stands before `then`".to_owned(),
                "begin with `then LIKELIHOOD { EFFECTS }`, and go on with `or`".to_owned(),
            ),
            _ => return false,
        };
        self.report(Diagnostic::new(CLAUSE, clause.span, message).help(help));
        true
    }

    fn report_double_clause(&mut self, keyword: &str, place: Span, first: Span) {
        let message = format!("`{keyword}` stands twice");
        let help = match keyword {
            "then" => "write further alternatives with `or`",
            "on" => "put the events into one: `on EVENT or EVENT`",
            "if" => "put the conditions into one with `and`",
            "when" | "while" => "put the conditions into one with `or`",
            _ => "keep one of the two",
        };
        let code = if matches!(keyword, "on" | "when" | "while") { ONE_TRIGGER } else { CLAUSE };
        self.report(Diagnostic::new(code, place, message).also(first, "first here").help(help));
    }

    fn report_second_trigger(&mut self, name: &Name, place: Span, first: Span) {
        let message = format!("`{}` has two triggers", name.text);
        self.report(
            Diagnostic::new(ONE_TRIGGER, place, message)
                .also(first, "the first trigger")
                .help("keep one; what must hold besides goes into `if CONDITION`"),
        );
    }

    fn report_else_likelihood(&mut self, place: Span, likelihood: &tree::Likelihood) {
        let shown = match likelihood {
            tree::Likelihood::Number(number) => number.written.clone(),
            tree::Likelihood::Range(low, high) => format!("{}..{}", low.written, high.written),
            tree::Likelihood::Word(name) => name.text.clone(),
        };
        let message =
            format!("`else` has a likelihood, {shown}, but it gets what the alternatives leave");
        self.report(
            Diagnostic::new(CLAUSE, place, message).help("take the likelihood out, or write `or`"),
        );
    }

    /// The kind and condition of a trigger.
    pub(super) fn trigger(
        &mut self,
        clauses: &Clauses<'a>,
        scope: &Scope,
    ) -> Option<(Trigger, Cond)> {
        match &clauses.trigger?.kind {
            ClauseKind::On(events) => {
                let events: Vec<Option<Cond>> =
                    events.iter().map(|event| self.cond(event, scope)).collect();
                let events: Option<Vec<Cond>> = events.into_iter().collect();
                Some((Trigger::On, fold::or(events?)))
            }
            ClauseKind::When(cond) => Some((Trigger::When, self.cond(cond, scope)?)),
            ClauseKind::While(cond) => Some((Trigger::While, self.cond(cond, scope)?)),
            _ => None,
        }
    }
}

fn keyword(kind: &ClauseKind) -> &'static str {
    match kind {
        ClauseKind::On(_) => "on",
        ClauseKind::When(_) => "when",
        ClauseKind::While(_) => "while",
        ClauseKind::If(_) => "if",
        ClauseKind::Then(_) => "then",
        ClauseKind::Or(_) => "or",
        ClauseKind::Else(_) => "else",
        ClauseKind::Option { .. } => "option",
        ClauseKind::Because(_) => "because",
        ClauseKind::Once => "once",
        ClauseKind::Priority(_) => "priority",
    }
}
