//! Models with their properties in JANI, the exchange format of quantitative model checkers
//! (<https://jani-spec.org>).

use super::expression::Expression;
use super::network::{Assignment, Command, Module, Network, Variable, VariableKind};
use super::number::rounded;
use super::properties::{Aim, Label, Properties, Property};
use crate::report::json::shown;
use crate::syntax::tree::{ArithOp, CompareOp};
use serde_json::{Value, json};

/// A model made of rules, with its properties: one line for each variable, edge or property.
#[must_use]
pub fn network(name: &str, head: &[String], network: &Network, properties: &Properties) -> String {
    let printer = Printer { variables: &network.variables };
    let kind = if network.chooses { "mdp" } else { "dtmc" };
    let mut variables: Vec<String> =
        (0..network.variables.len()).map(|at| printer.variable(at).to_string()).collect();
    variables.extend(properties.labels.iter().map(|label| labelled(label).to_string()));
    let automata: Vec<String> = network
        .modules
        .iter()
        .enumerate()
        .map(|(at, module)| printer.automaton(network, module, at == 0, &properties.labels))
        .collect();
    let asked = properties.properties.iter().map(|it| property(it, &properties.labels).to_string());
    let elements: Vec<Value> =
        network.modules.iter().map(|module| json!({ "automaton": module.name })).collect();
    let together = vec!["turn"; network.modules.len()];
    let system = json!({
        "elements": elements,
        "syncs": [{ "synchronise": together, "result": "turn" }],
    });
    let text = format!(
        "{{\n\"jani-version\": 1,\n\"name\": {},\n\"type\": \"{kind}\",\n\"metadata\": {},\n\"features\": [\"derived-operators\"],\n\"actions\": [{{\"name\": \"turn\"}}],\n\"variables\": {},\n\"properties\": {},\n\"automata\": {},\n\"system\": {system}\n}}\n",
        json!(name),
        json!({ "description": head.join("\n") }),
        lines(&variables),
        lines(&asked.collect::<Vec<_>>()),
        lines(&automata),
    );
    shown(&text)
}

fn lines(items: &[String]) -> String {
    format!("[\n  {}\n]", items.join(",\n  "))
}

/// A label is a truth that its location gives a value in every situation.
fn labelled(label: &Label) -> Value {
    json!({ "name": label.name, "type": "bool", "transient": true, "initial-value": false, "comment": label.meaning })
}

fn property(property: &Property, labels: &[Label]) -> Value {
    let label = |at: &usize| json!(labels[*at].name);
    let reached = property.reached.iter().map(label).collect();
    let reached = joined("∨", reached, json!(false));
    let mut path = match &property.before {
        Some(before) => json!({ "op": "U", "left": label(before), "right": reached }),
        None => json!({ "op": "F", "exp": reached }),
    };
    if let (Some(turns), Some(path)) = (property.within, path.as_object_mut()) {
        path.insert("step-bounds".to_owned(), json!({ "upper": turns }));
    }
    let aim = match property.aim {
        Aim::Only | Aim::Least => "Pmin",
        Aim::Greatest => "Pmax",
    };
    json!({
        "name": property.name,
        "comment": property.meaning,
        "expression": {
            "op": "filter",
            "fun": "values",
            "values": { "op": aim, "exp": path },
            "states": { "op": "initial" },
        },
    })
}

/// Two by two, so that long lists do not nest deep.
fn joined(op: &str, mut parts: Vec<Value>, none: Value) -> Value {
    while parts.len() > 1 {
        let mut pairs = Vec::with_capacity(parts.len().div_ceil(2));
        let mut rest = parts.into_iter();
        while let Some(left) = rest.next() {
            pairs.push(match rest.next() {
                Some(right) => json!({ "op": op, "left": left, "right": right }),
                None => left,
            });
        }
        parts = pairs;
    }
    parts.pop().unwrap_or(none)
}

struct Printer<'a> {
    variables: &'a [Variable],
}

impl Printer<'_> {
    fn variable(&self, at: usize) -> Value {
        let Variable { name, meaning, kind } = &self.variables[at];
        let bounded = |low: i64, high: i64| json!({ "kind": "bounded", "base": "int", "lower-bound": low, "upper-bound": high });
        match *kind {
            VariableKind::Lasting { low, high, initial } => json!({
                "name": name, "comment": meaning,
                "type": bounded(i64::from(low), i64::from(high)), "initial-value": initial,
            }),
            VariableKind::Drawn { high } => json!({
                "name": name, "comment": meaning, "transient": true,
                "type": bounded(0, i64::from(high)), "initial-value": 0,
            }),
            VariableKind::Passing => json!({
                "name": name, "comment": meaning, "transient": true,
                "type": "bool", "initial-value": false,
            }),
        }
    }

    fn automaton(
        &self,
        network: &Network,
        module: &Module,
        first: bool,
        labels: &[Label],
    ) -> String {
        let going = network.ended.clone().negated();
        let mut edges = Vec::new();
        for command in &module.commands {
            let guard = command.guard.clone();
            let guard = if first { Expression::all([going.clone(), guard]) } else { guard };
            edges.push(self.edge(&guard, command).to_string());
        }
        let mut location = json!({ "name": "here" });
        if first {
            if network.ended != Expression::Truth(false) {
                let ended = self.value(&network.ended);
                edges.push(
                    json!({ "location": "here", "guard": { "exp": ended }, "destinations": [{ "location": "here" }] })
                        .to_string(),
                );
            }
            let value = |label: &Label| json!({ "ref": label.name, "value": self.value(&Expression::from(&label.test)) });
            location["transient-values"] = labels.iter().map(value).collect();
        }
        format!(
            "{{\"name\": {}, \"initial-locations\": [\"here\"], \"locations\": [{location}], \"edges\": [\n    {}\n  ]}}",
            json!(module.name),
            edges.join(",\n    "),
        )
    }

    fn edge(&self, guard: &Expression, command: &Command) -> Value {
        let assignment = |assignment: &Assignment| {
            json!({
                "ref": self.variables[assignment.variable].name,
                "value": self.value(&assignment.value),
                "index": assignment.step,
            })
        };
        let destination = |(probability, assignments): &(f64, Vec<Assignment>)| {
            let assignments: Vec<Value> = assignments.iter().map(assignment).collect();
            json!({ "location": "here", "probability": { "exp": rounded(*probability) }, "assignments": assignments })
        };
        let destinations: Vec<Value> = command.branches.iter().map(destination).collect();
        let mut edge = json!({
            "location": "here",
            "action": "turn",
            "guard": { "exp": self.value(guard) },
            "destinations": destinations,
        });
        if let Some(meaning) = &command.meaning {
            edge["comment"] = json!(meaning);
        }
        edge
    }

    fn value(&self, expression: &Expression) -> Value {
        let two = |op: &str, left: &Expression, right: &Expression| json!({ "op": op, "left": self.value(left), "right": self.value(right) });
        let each = |parts: &[Expression]| parts.iter().map(|part| self.value(part)).collect();
        match expression {
            Expression::Number(value) => json!(value),
            Expression::Truth(value) => json!(value),
            Expression::Variable(variable) => json!(self.variables[*variable].name),
            Expression::Not(inner) => json!({ "op": "¬", "exp": self.value(inner) }),
            Expression::All(parts) => joined("∧", each(parts), json!(true)),
            Expression::Any(parts) => joined("∨", each(parts), json!(false)),
            Expression::Compare(left, op, right) => match op {
                CompareOp::Equal => two("=", left, right),
                CompareOp::NotEqual => two("≠", left, right),
                CompareOp::Less => two("<", left, right),
                CompareOp::LessEqual => two("≤", left, right),
                CompareOp::Greater => two("<", right, left),
                CompareOp::GreaterEqual => two("≤", right, left),
            },
            Expression::Arithmetic(left, op, right) => match op {
                ArithOp::Add => two("+", left, right),
                ArithOp::Subtract => two("-", left, right),
                ArithOp::Multiply => two("*", left, right),
            },
            Expression::Least(left, right) => two("min", left, right),
            Expression::Greatest(left, right) => two("max", left, right),
            Expression::Choose(test, yes, no) => json!({
                "op": "ite",
                "if": self.value(test),
                "then": self.value(yes),
                "else": self.value(no),
            }),
        }
    }
}
