//! What the grammar has found, as one flat list.

use crate::source::{FileId, Span};
use crate::syntax::grammar::Rule;
use pest::Token;
use pest::iterators::Pairs;
use std::cell::Cell;

/// A rule of the grammar at its place; what stands inside it follows.
#[derive(Clone, Debug)]
struct Node {
    rule: Rule,
    span: Span,
    /// The number of the first node behind everything inside.
    next: u32,
    /// Whether lowering has come by.
    read: Cell<bool>,
}

/// The number of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::syntax) struct Pair(u32);

/// The pairs of one piece of text, each before those inside it. Going through pest's own counts
/// references at every step.
#[derive(Debug, Default)]
pub(super) struct Nodes(Vec<Node>);

impl Nodes {
    /// The pairs of what begins at the offset `base` of a file.
    ///
    /// A place reaches from the first to the last token: what pest gives may end with the
    /// layout behind a keyword, or in front of a part that was optional and is missing.
    pub fn of(file: FileId, base: usize, pairs: Pairs<'_, Rule>) -> Self {
        let flat = pairs.get_input();
        let tokens = pairs.tokens();
        let mut nodes: Vec<Node> = Vec::with_capacity(tokens.len() / 2);
        let mut open: Vec<usize> = Vec::new();
        for token in tokens {
            match token {
                Token::Start { rule, pos } => {
                    open.push(nodes.len());
                    let start = base + pos.pos();
                    let (span, read) = (Span::new(file, start, start), Cell::new(false));
                    nodes.push(Node { rule, span, next: 0, read });
                }
                Token::End { pos, .. } => {
                    let next = number(nodes.len());
                    if let Some(node) = open.pop().and_then(|at| nodes.get_mut(at)) {
                        let start = node.span.start as usize;
                        let length = flat.get(start - base..pos.pos()).map_or(0, length);
                        node.span = Span::new(file, start, start + length);
                        node.next = next;
                    }
                }
            }
        }
        Self(nodes)
    }

    /// The rule of a pair.
    pub fn rule(&self, pair: Pair) -> Option<Rule> {
        self.0.get(pair.0 as usize).map(|node| node.rule)
    }

    /// The place of a pair.
    pub fn span(&self, pair: Pair) -> Option<Span> {
        self.0.get(pair.0 as usize).map(|node| node.span)
    }

    /// Notes that lowering has come by a pair.
    pub fn mark_read(&self, pair: Pair) {
        if let Some(node) = self.0.get(pair.0 as usize) {
            node.read.set(true);
        }
    }

    /// The same of everything inside a pair, too.
    pub fn mark_all_read(&self, pair: Pair) {
        let inside = pair.0 as usize..self.inside(pair).end as usize;
        self.0.get(inside).unwrap_or_default().iter().for_each(|node| node.read.set(true));
    }

    /// The place of the first pair that lowering has not come by, but for those of the rules to be passed over.
    pub fn unread(&self, passed: fn(Rule) -> bool) -> Option<Span> {
        self.0.iter().find(|node| !node.read.get() && !passed(node.rule)).map(|node| node.span)
    }

    /// All that is found.
    pub fn all(&self) -> Run {
        Run { at: 0, end: number(self.0.len()) }
    }

    /// What stands inside a pair.
    pub fn inside(&self, pair: Pair) -> Run {
        let end = self.0.get(pair.0 as usize).map_or(0, |node| node.next);
        Run { at: pair.0 + 1, end }
    }
}

/// Pairs beside each other, of which the first is the next one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    at: u32,
    end: u32,
}

impl Run {
    /// The next pair, which stays.
    pub fn first(self) -> Option<Pair> {
        (self.at < self.end).then_some(Pair(self.at))
    }

    /// The next pair, which is passed.
    pub fn take(&mut self, nodes: &Nodes) -> Option<Pair> {
        let first = self.first()?;
        self.at = nodes.0.get(self.at as usize)?.next;
        Some(first)
    }

    /// How many pairs are left.
    pub fn count(mut self, nodes: &Nodes) -> usize {
        std::iter::from_fn(|| self.take(nodes)).count()
    }
}

/// The length of a text without the spaces at its end.
fn length(flat: &str) -> usize {
    flat.len() - flat.bytes().rev().take_while(|byte| *byte == b' ').count()
}

fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
