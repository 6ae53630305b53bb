//! A model as short text, for snapshots.

use escalade::model::{
    Change, Cond, Delay, Effect, ExpectationKind, Expr, Likelihood, Model, Path, Rule, VarId,
};
use std::fmt::Write;

/// What matters of a model.
pub fn model_text(model: &Model) -> String {
    let mut text = String::new();
    let calendar = (model.start, model.turn.map(|turn| (turn.count, turn.unit)), model.horizon);
    writeln!(text, "{:?} {calendar:?}", model.title).unwrap();
    for (index, variable) in model.variables.iter().enumerate() {
        let initial = model.value_name(VarId::new(index), variable.initial);
        writeln!(text, "variable {} = {initial}", variable.name).unwrap();
    }
    for body in &model.events {
        let name = model.event_name(&body.event);
        writeln!(text, "event {name} {}", effects(model, &body.effects)).unwrap();
    }
    for inject in &model.injects {
        let effects = effects(model, &inject.effects);
        writeln!(text, "{} in turn {} {effects}", inject.name, inject.turn).unwrap();
    }
    for declaration in &model.declarations {
        let names: Vec<&str> =
            declaration.alternatives.iter().map(|name| name.as_deref().unwrap_or("-")).collect();
        let trigger = &declaration.trigger_text;
        writeln!(
            text,
            "{:?} {} [{}] {trigger}",
            declaration.kind,
            declaration.name,
            names.join(", ")
        )
        .unwrap();
    }
    for rule in &model.rules {
        write_rule(&mut text, model, rule);
    }
    for outcome in &model.outcomes {
        let when =
            outcome.condition.as_ref().map_or("otherwise".to_owned(), |when| cond(model, when));
        writeln!(text, "outcome {}: {when}", outcome.name).unwrap();
    }
    for expectation in &model.expectations {
        let kind = expectation_kind(model, &expectation.kind);
        writeln!(text, "expect {:?} {}: {kind}", expectation.title, expectation.text).unwrap();
    }
    for seen in &model.observations {
        let what = cond(model, &seen.condition);
        writeln!(text, "observed in turn {} {:?}: {what}", seen.turn, seen.text).unwrap();
    }
    for reading in &model.readings {
        writeln!(text, "reading {} {:?}", reading.name, reading.voices).unwrap();
        for change in &reading.changes {
            writeln!(text, "  {}", change_text(model, change)).unwrap();
        }
    }
    text
}

fn write_rule(text: &mut String, model: &Model, rule: &Rule) {
    let name = &model.declarations[rule.declaration.index()].name;
    let members: Vec<&str> =
        rule.members.iter().map(|member| model.actors[member.index()].name.as_str()).collect();
    let when = cond(model, &rule.condition);
    writeln!(text, "rule {name} [{}] {:?} {when}", members.join(", "), rule.trigger).unwrap();
    if let Some(guard) = &rule.guard {
        writeln!(text, "  if {}", cond(model, guard)).unwrap();
    }
    for alternative in &rule.alternatives {
        let likelihood =
            alternative.likelihood.as_ref().map_or("-".to_owned(), |one| likelihood(model, one));
        let effects = effects(model, &alternative.branch.effects);
        writeln!(text, "  {likelihood} {} {effects}", delay(alternative.branch.delay)).unwrap();
    }
    if !rule.otherwise.effects.is_empty() {
        let effects = effects(model, &rule.otherwise.effects);
        writeln!(text, "  else {} {effects}", delay(rule.otherwise.delay)).unwrap();
    }
    if rule.once || rule.priority != 0 {
        writeln!(text, "  once {} priority {}", rule.once, rule.priority).unwrap();
    }
}

fn likelihood(model: &Model, likelihood: &Likelihood) -> String {
    let param = likelihood.param.map(|param| model.params[param.index()].name.as_str());
    format!("{}..{} ({}, param {param:?})", likelihood.low, likelihood.high, likelihood.text)
}

fn delay(delay: Delay) -> String {
    match delay {
        Delay::After(turns) => format!("after {turns}"),
        Delay::Within(turns) => format!("within {turns}"),
    }
}

fn effects(model: &Model, effects: &[Effect]) -> String {
    let name = |variable: &VarId| model.variables[variable.index()].name.as_str();
    let each = effects.iter().map(|effect| match effect {
        Effect::Event(event) => model.event_name(event),
        Effect::Assign(variable, value) => {
            format!("{} becomes {}", name(variable), model.value_name(*variable, *value))
        }
        Effect::Step(variable, by) => format!("{} by {by:+}", name(variable)),
    });
    format!("{{ {} }}", each.collect::<Vec<_>>().join("; "))
}

fn cond(model: &Model, condition: &Cond) -> String {
    let list = |all: &[Cond], between: &str| {
        let all: Vec<String> = all.iter().map(|one| cond(model, one)).collect();
        format!("({})", all.join(between))
    };
    match condition {
        Cond::Const(holds) => holds.to_string(),
        Cond::Not(inner) => format!("not {}", cond(model, inner)),
        Cond::And(all) => list(all, " and "),
        Cond::Or(all) => list(all, " or "),
        Cond::AtLeast(count, all) => format!("at least {count} of {}", list(all, ", ")),
        Cond::Does(pattern) => model.pattern_name(pattern, false),
        Cond::HasDone(pattern) => model.pattern_name(pattern, true),
        Cond::Compare(left, op, right) => {
            format!("{} {} {}", expr(model, left), op.sign(), expr(model, right))
        }
    }
}

fn expr(model: &Model, expression: &Expr) -> String {
    match expression {
        Expr::Const(value) => value.to_string(),
        Expr::Var(variable) => format!("[{}]", model.variables[variable.index()].name),
        Expr::Level => "level".to_owned(),
        Expr::Peak => "peak".to_owned(),
        Expr::Turn => "turn".to_owned(),
        Expr::Binary(left, op, right) => {
            format!("({} {op:?} {})", expr(model, left), expr(model, right))
        }
    }
}

fn expectation_kind(model: &Model, kind: &ExpectationKind) -> String {
    match kind {
        ExpectationKind::Probability { measure, path, op, value } => {
            let path = match path {
                Path::Outcome(outcome) => {
                    format!("outcome {}", model.outcomes[outcome.index()].name)
                }
                Path::Ever(one, limit) => format!("ever {} {limit:?}", cond(model, one)),
                Path::Until(first, second) => {
                    format!("{} until {}", cond(model, first), cond(model, second))
                }
                Path::Always(one) => format!("always {}", cond(model, one)),
            };
            format!("{measure:?} of {path} {} {value}", op.sign())
        }
        ExpectationKind::Never(one) => format!("never {}", cond(model, one)),
        ExpectationKind::Always(one) => format!("always {}", cond(model, one)),
        ExpectationKind::Possible(one) => format!("possible {}", cond(model, one)),
        ExpectationKind::Certain(one) => format!("certain {}", cond(model, one)),
        ExpectationKind::Before(first, second) => {
            format!("{} before {}", cond(model, first), cond(model, second))
        }
        ExpectationKind::LeadsTo(first, second, limit) => {
            format!("{} leads to {} {limit:?}", cond(model, first), cond(model, second))
        }
    }
}

/// A change of a reading.
pub fn change_text(model: &Model, change: &Change) -> String {
    match change {
        Change::Initial(variable, value) => {
            let name = &model.variables[variable.index()].name;
            format!("{name} = {}", model.value_name(*variable, *value))
        }
        Change::Param(param, value) => {
            format!("param {} = {}", model.params[param.index()].name, likelihood(model, value))
        }
        Change::Rule(rule, _, value) => {
            format!("rule {}: {}", model.declarations[rule.index()].name, likelihood(model, value))
        }
        Change::Disable(rule) => format!("disable {}", model.declarations[rule.index()].name),
    }
}
