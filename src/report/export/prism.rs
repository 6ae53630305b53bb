//! Models and properties in the language of PRISM, which Storm reads too.

use super::expression::Expression;
use super::network::{Command, Module, Network, Variable, VariableKind};
use super::number::number;
use super::properties::{Aim, Label, Properties, Property};
use super::row::Weight;
use super::situations::{Row, Situations};
use crate::report::clean;
use crate::syntax::tree::ArithOp;
use std::fmt::Write as _;

/// A model made of rules.
#[must_use]
pub fn network(head: &[String], network: &Network, labels: &[Label]) -> String {
    let mut out = comments(head);
    out.push_str(if network.chooses { "mdp\n" } else { "dtmc\n" });
    let printer = Printer { variables: &network.variables };
    let ends = network.ended != Expression::Truth(false);
    if ends {
        let ended = printer.print(&network.ended, 0);
        let _ = write!(
            out,
            "\n// An ending holds: nothing changes any more.\nformula ended = {ended};\n"
        );
    }
    for (at, module) in network.modules.iter().enumerate() {
        out.push('\n');
        printer.module(&mut out, module, ends && at == 0);
    }
    out.push('\n');
    for label in labels {
        let test = printer.print(&Expression::from(&label.test), 0);
        let _ = writeln!(out, "label \"{}\" = {test}; // {}", label.name, clean(&label.meaning));
    }
    out
}

/// A model made of situations.
#[must_use]
pub fn situations(head: &[String], situations: &Situations, labels: &[Label]) -> String {
    let mut out = comments(head);
    out.push_str(if situations.chooses { "mdp\n" } else { "dtmc\n" });
    let last = situations.rows.len().saturating_sub(1);
    let _ = write!(
        out,
        "\nmodule scenario\n  situation : [0..{}] init {};\n",
        last.max(1),
        situations.initial
    );
    for (at, row) in situations.rows.iter().enumerate() {
        add_row(&mut out, at, row);
    }
    out.push_str("endmodule\n\n");
    for (label, ranges) in labels.iter().zip(&situations.labels) {
        let test: Vec<String> = ranges.iter().map(|range| within(*range)).collect();
        let test = if test.is_empty() { "false".to_owned() } else { test.join(" | ") };
        let _ = writeln!(out, "label \"{}\" = {test}; // {}", label.name, clean(&label.meaning));
    }
    out
}

/// Properties, each with what it says.
#[must_use]
pub fn properties(head: &[String], all: &Properties) -> String {
    let mut out = comments(head);
    for property in &all.properties {
        let _ =
            write!(out, "\n// {}\n{};\n", clean(&property.meaning), asked(property, &all.labels));
    }
    if !all.left_out.is_empty() {
        out.push_str(
            "\n// Not asked here, for the model leaves open less, or more, than this looks at:\n",
        );
    }
    for text in &all.left_out {
        let _ = writeln!(out, "// {}", clean(text));
    }
    out
}

fn comments(lines: &[String]) -> String {
    lines.iter().map(|line| format!("// {}\n", clean(line))).collect()
}

fn asked(property: &Property, labels: &[Label]) -> String {
    let label = |at: &usize| format!("\"{}\"", labels[*at].name);
    let reached: Vec<String> = property.reached.iter().map(label).collect();
    let reached = match reached.len() {
        0 => "false".to_owned(),
        1 => reached.join(""),
        _ => format!("({})", reached.join(" | ")),
    };
    let aim = match property.aim {
        Aim::Only => "P",
        Aim::Least => "Pmin",
        Aim::Greatest => "Pmax",
    };
    let within = property.within.map_or(String::new(), |turns| format!("<={turns}"));
    let path = match &property.before {
        Some(before) => format!("{} U{within} {reached}", label(before)),
        None => format!("F{within} {reached}"),
    };
    format!("\"{}\": {aim}=? [ {path} ]", property.name)
}

fn within((first, last): (usize, usize)) -> String {
    if first == last {
        format!("situation={first}")
    } else {
        format!("(situation>={first} & situation<={last})")
    }
}

fn add_row(out: &mut String, at: usize, row: &Row) {
    let _ = writeln!(out, "  // {}", clean(&row.meaning));
    if row.choices.is_empty() {
        let _ = writeln!(out, "  [] situation={at} -> true;");
    }
    for choice in &row.choices {
        let _ = write!(out, "  [{}] situation={at} -> ", choice.action);
        for (branch, (target, weight)) in choice.branches.iter().enumerate() {
            let plus = if branch == 0 { "" } else { " + " };
            let weight = match weight {
                Weight::Exactly(probability) => number(*probability),
                Weight::Between(low, high) => format!("[{}, {}]", number(*low), number(*high)),
            };
            let _ = write!(out, "{plus}{weight} : (situation'={target})");
        }
        out.push_str(";\n");
    }
}

struct Printer<'a> {
    variables: &'a [Variable],
}

impl Printer<'_> {
    fn module(&self, out: &mut String, module: &Module, first: bool) {
        let _ = writeln!(out, "module {}", module.name);
        for &variable in &module.variables {
            let Variable { name, meaning, kind } = &self.variables[variable];
            let (low, high, initial) = match *kind {
                VariableKind::Lasting { low, high, initial } => {
                    (i64::from(low), i64::from(high), initial)
                }
                VariableKind::Drawn { high } => (0, i64::from(high), 0),
                VariableKind::Passing => (0, 1, 0),
            };
            let _ =
                writeln!(out, "  {name} : [{low}..{high}] init {initial}; // {}", clean(meaning));
        }
        for command in &module.commands {
            self.command(out, command, first);
        }
        if first {
            out.push_str("  [] ended -> true;\n");
        }
        out.push_str("endmodule\n");
    }

    fn command(&self, out: &mut String, command: &Command, first: bool) {
        let guard = match (&command.guard, first) {
            (Expression::Truth(true), true) => "!ended".to_owned(),
            (guard, true) => format!("!ended & {}", self.print(guard, 3)),
            (guard, false) => self.print(guard, 0),
        };
        if let Some(meaning) = &command.meaning {
            let _ = writeln!(out, "  // {}", clean(meaning));
        }
        let branch = |(probability, assignments): &(f64, Vec<super::network::Assignment>)| {
            let each = assignments.iter().map(|assignment| {
                let name = &self.variables[assignment.variable].name;
                format!("({name}'={})", self.print(&assignment.value, 0))
            });
            let updates: Vec<String> = each.collect();
            let updates = if updates.is_empty() { "true".to_owned() } else { updates.join("&") };
            format!("{} : {updates}", number(*probability))
        };
        let branches: Vec<String> = command.branches.iter().map(branch).collect();
        let _ = writeln!(out, "  [turn] {guard} -> {};", branches.join(" + "));
    }

    /// An expression as an operand: in parentheses where it binds less than `least`.
    fn print(&self, expression: &Expression, least: u8) -> String {
        let list = |parts: &[Expression], sign: &str, own: u8| {
            let parts: Vec<String> = parts.iter().map(|part| self.print(part, own + 1)).collect();
            parts.join(sign)
        };
        let (text, own) = match expression {
            Expression::Number(value) if *value < 0 => (format!("({value})"), 7),
            Expression::Number(value) => (value.to_string(), 7),
            Expression::Truth(value) => (value.to_string(), 7),
            Expression::Variable(variable) => (self.variables[*variable].name.clone(), 7),
            Expression::Not(inner) => (format!("!{}", self.print(inner, 7)), 3),
            Expression::All(parts) => (list(parts, " & ", 2), 2),
            Expression::Any(parts) => (list(parts, " | ", 1), 1),
            Expression::Compare(left, op, right) => {
                (format!("{}{}{}", self.print(left, 5), op.sign(), self.print(right, 5)), 4)
            }
            Expression::Arithmetic(left, op, right) => {
                let (sign, own) = match op {
                    ArithOp::Add => ("+", 5),
                    ArithOp::Subtract => ("-", 5),
                    ArithOp::Multiply => ("*", 6),
                };
                (format!("{}{sign}{}", self.print(left, own), self.print(right, own + 1)), own)
            }
            Expression::Least(left, right) => {
                (format!("min({}, {})", self.print(left, 0), self.print(right, 0)), 7)
            }
            Expression::Greatest(left, right) => {
                (format!("max({}, {})", self.print(left, 0), self.print(right, 0)), 7)
            }
            Expression::Choose(test, yes, no) => {
                let (test, yes, no) = (self.print(test, 1), self.print(yes, 1), self.print(no, 1));
                (format!("{test} ? {yes} : {no}"), 0)
            }
        };
        if own < least { format!("({text})") } else { text }
    }
}
