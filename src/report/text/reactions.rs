//! The reaction graph as a tree.

use super::interval;
use super::line::{Line, Paint};
use super::outcomes::around;
use super::page::Page;
use crate::analysis::{Answers, By, NodeKind};
use crate::model::Model;
use crate::report::content::labels;
use crate::report::content::reaction_tree::{ReactionTree, Row, TreeLimits};
use crate::report::percent::number;
use crate::report::{counted, percent};
use petgraph::graph::EdgeIndex;

/// Labels are not set narrower than this, even where the page then becomes too wide.
const NARROWEST_LABEL: usize = 18;

/// Writes the tree from `start`, and what was left out of it.
pub fn write(page: &mut Page, model: &Model, answers: &Answers, limits: TreeLimits) {
    page.section(
        "Reactions",
        "what follows from what: each thing once, below what it follows most often; \
         ↑ and ↓ name things shown further up or down; turn: the mean turn of its first time",
    );
    let tree = ReactionTree::new(&answers.reactions, limits);
    let writer = Writer::new(page, model, answers, &tree);
    page.line(&writer.head());
    for row in &tree.rows {
        writer.write(page, row);
    }
    left_out(page, &tree, limits);
}

struct Writer<'a> {
    model: &'a Model,
    answers: &'a Answers,
    page_width: usize,
    bounds_width: usize,
}

impl<'a> Writer<'a> {
    fn new(page: &Page, model: &'a Model, answers: &'a Answers, tree: &ReactionTree) -> Self {
        let graph = &answers.reactions.graph;
        let widest = tree.rows.iter().map(|row| {
            let node = &graph[row.node];
            interval(node.bounds.or(node.confidence)).chars().count()
        });
        Self {
            model,
            answers,
            page_width: page.width(),
            bounds_width: widest.max().unwrap_or(0).max(around(answers.method).len()),
        }
    }

    /// The width of the columns at the right: probability, bounds, turn, each with a gap.
    fn numbers_width(&self) -> usize {
        6 + 2 + self.bounds_width + 2 + 4
    }

    fn label_end(&self) -> usize {
        self.page_width.saturating_sub(self.numbers_width() + 2)
    }

    fn head(&self) -> Line {
        let around = around(self.answers.method);
        let bounds = format!("{around:<width$}", width = self.bounds_width);
        Line::new().fill(self.label_end() + 2).faint(format!("chance  {bounds}  turn"))
    }

    fn write(&self, page: &mut Page, row: &Row) {
        let (own, below) = branches(row);
        let width = self.label_end().saturating_sub(own.width()).max(NARROWEST_LABEL);
        for (at, label) in self.label(row).wrap(width).iter().enumerate() {
            if at == 0 {
                let end = own.width() + width + 2;
                page.line(&own.clone().and(label).fill(end).and(&self.numbers(row)));
            } else {
                page.line(&below.clone().and(label));
            }
        }
        let width = self.page_width.saturating_sub(below.width()).max(NARROWEST_LABEL);
        for note in [self.how(row), self.mentions(row)].into_iter().filter(|note| !note.is_empty())
        {
            for (at, line) in note.wrap(width.saturating_sub(2)).iter().enumerate() {
                let indent = below.clone().plain(if at == 0 { "" } else { "  " });
                page.line(&indent.and(line));
            }
        }
    }

    fn label(&self, row: &Row) -> Line {
        let kind = &self.answers.reactions.graph[row.node].kind;
        let text = labels::node(self.model, kind);
        match kind {
            NodeKind::Start => Line::new().strong("start"),
            NodeKind::Event(_) => Line::new().plain(text),
            NodeKind::Change(..) => Line::new().faint("~ ").plain(text),
            NodeKind::Outcome(_) => Line::new().then(Paint::Doubt, "◆ ").strong(text),
        }
    }

    fn numbers(&self, row: &Row) -> Line {
        let node = &self.answers.reactions.graph[row.node];
        if node.kind == NodeKind::Start {
            return Line::new();
        }
        let bounds = interval(node.bounds.or(node.confidence));
        let bounds = format!("{bounds:<width$}", width = self.bounds_width);
        let turn = node.mean_turn.map(number).unwrap_or_default();
        Line::new()
            .value(format!("{:>6}", percent(node.probability)))
            .plain("  ")
            .plain(bounds)
            .faint(format!("  {turn:>4}"))
    }

    /// By what rules it follows from the row above, and how often it happens where that is more than once.
    fn how(&self, row: &Row) -> Line {
        let mut parts: Vec<String> = Vec::new();
        for &edge in &row.by {
            let text = self.by(edge);
            if !text.is_empty() && !parts.contains(&text) {
                parts.push(text);
            }
        }
        let node = &self.answers.reactions.graph[row.node];
        if !parts.is_empty() {
            parts = vec![format!("by: {}", parts.join("; "))];
        }
        let times = node.expected / node.probability;
        if times >= 1.15 {
            parts.push(format!("{} times on average where it happens", number(times)));
        }
        Line::new().faint(parts.join("; "))
    }

    fn by(&self, edge: EdgeIndex) -> String {
        let edge = &self.answers.reactions.graph[edge];
        let title = labels::by_title(self.model, &edge.by);
        match edge.by {
            By::Declaration(_) => {
                let mut text = title;
                if let Some(alternative) = &edge.alternative {
                    text.push_str(&format!(", {}", alternative_in_words(alternative)));
                }
                if let Some(source) = labels::by_source(self.model, &edge.by) {
                    text.push_str(&format!(" [{source}]"));
                }
                text
            }
            By::Inject(_) => title,
            // What an action does by itself, and when an outcome is reached, its title says.
            By::Action(_) | By::Outcome(_) => String::new(),
        }
    }

    fn mentions(&self, row: &Row) -> Line {
        if row.mentions.is_empty() {
            return Line::new();
        }
        let mut line = Line::new().faint("also leads to ");
        for (at, mention) in row.mentions.iter().enumerate() {
            let kind = &self.answers.reactions.graph[mention.node].kind;
            let mark = if mention.above { "↑" } else { "↓" };
            let comma = if at == 0 { "" } else { ", " };
            line = line.faint(format!("{comma}{mark} {}", labels::node(self.model, kind)));
        }
        line
    }
}

/// `1` is the first alternative of a rule, other texts are names.
pub(crate) fn alternative_in_words(alternative: &str) -> String {
    if alternative.parse::<u32>().is_ok() {
        format!("alternative {alternative}")
    } else if alternative == "else" {
        "otherwise".to_owned()
    } else {
        format!("option {alternative}")
    }
}

/// What stands before a row's label, and before further lines of it.
fn branches(row: &Row) -> (Line, Line) {
    let mut above = String::new();
    let mut own = String::new();
    if let Some((last, before)) = row.goes_on.split_last() {
        for &goes_on in before {
            above.push_str(if goes_on { "│ " } else { "  " });
        }
        own = format!("{above}{}", if *last { "├╴" } else { "└╴" });
        above.push_str(if *last { "│ " } else { "  " });
    }
    above.push_str(if row.has_children { "│ " } else { "  " });
    (Line::new().faint(own), Line::new().faint(above))
}

fn left_out(page: &mut Page, tree: &ReactionTree, limits: TreeLimits) {
    if tree.improbable > 0 {
        let things = counted(tree.improbable, "thing");
        let limit = percent(limits.min_probability);
        let mut text = format!("left out: {things} less likely than {limit}");
        if tree.improbable_by_estimate_only > 0 {
            let count = tree.improbable_by_estimate_only;
            text.push_str(&format!(", {count} of them only by the estimate, not by its bounds"));
        }
        page.indented(2, &Line::new().faint(format!("{text} (--min-probability 0% shows all)")));
    }
    if tree.deep > 0 {
        let things = counted(tree.deep, "thing");
        let depth = counted(limits.depth, "step");
        let text =
            format!("left out: {things} more than {depth} from the start (--depth shows more)");
        page.indented(2, &Line::new().faint(text));
    }
}
