//! Lines and blocks: what the lexemes of a text make up.

use super::lexeme::{Comment, Lexeme, Lexemes};
use crate::syntax::grammar::Rule;
use std::ops::Range;

/// Something that begins a line of its own: a declaration, a clause, an effect, a row of a list.
#[derive(Debug)]
pub(super) struct Line {
    /// What it is; none for a row of a list.
    pub rule: Option<Rule>,
    /// Its lexemes, up to its block.
    pub lexemes: Range<usize>,
    /// Its block.
    pub block: Option<Block>,
    /// The comments on lines of their own before it.
    pub leading: Range<usize>,
    /// The comments behind it on its last line.
    pub trailing: Range<usize>,
    /// Whether an empty line stands before it or, where there are any, before its leading comments.
    pub apart: bool,
}

/// What stands between braces.
#[derive(Debug)]
pub(super) struct Block {
    /// What stands in it.
    pub lines: Vec<Line>,
    /// The comments right behind `{`.
    pub opening: Range<usize>,
    /// The comments before `}` on lines of their own.
    pub closing: Range<usize>,
    /// Whether the author broke the line behind `{`.
    pub broken: bool,
    /// Whether it is a list of names or pairs.
    pub list: bool,
}

/// The lines of a whole file, and the comments behind the last.
pub(super) fn lines(lexemes: &Lexemes<'_>) -> (Vec<Line>, Range<usize>) {
    let mut builder = Builder { lexemes, at: 0 };
    builder.lines(false)
}

struct Builder<'l, 't> {
    lexemes: &'l Lexemes<'t>,
    at: usize,
}

impl<'l, 't> Builder<'l, 't> {
    fn next(&self) -> &'l Lexeme<'t> {
        // The last lexeme is the empty one, which nothing passes.
        &self.lexemes.all[self.at.min(self.lexemes.all.len() - 1)]
    }

    fn comment(&self, at: usize) -> &Comment<'t> {
        &self.lexemes.comments[at]
    }

    /// The lines up to the end of the block, or of the file; and the comments that stand behind the
    /// last. `list`: whether they are rows of a list.
    fn lines(&mut self, list: bool) -> (Vec<Line>, Range<usize>) {
        let mut lines: Vec<Line> = Vec::new();
        loop {
            let mut leading = self.next().comments.clone();
            if let Some(last) = lines.last_mut() {
                let behind = self.on_same_line(leading.clone());
                last.trailing = leading.start..behind;
                leading.start = behind;
            }
            let next = self.next();
            if matches!(next.text, "" | "}") {
                return (lines, leading);
            }
            let breaks = match leading.is_empty() {
                true => next.line_breaks,
                false => self.comment(leading.start).line_breaks,
            };
            let apart = breaks > 1 && !lines.is_empty();
            lines.push(self.line(leading, apart, list));
        }
    }

    /// How many of these comments, in front of the next lexeme, stand on the line of what is before
    /// them: up to which.
    fn on_same_line(&self, comments: Range<usize>) -> usize {
        let mut at = comments.start;
        while at < comments.end && self.comment(at).line_breaks == 0 {
            at += 1;
        }
        // `a /* so */ b` on one line: then it belongs to what follows.
        let followed = at == comments.end
            && self.next().line_breaks == 0
            && !matches!(self.next().text, "" | "}");
        let ends = at > comments.start && self.comment(at - 1).ends_line();
        if followed && !ends { comments.start } else { at }
    }

    fn line(&mut self, leading: Range<usize>, apart: bool, list: bool) -> Line {
        let rule = self.next().mark.line;
        let start = self.at;
        self.at += 1;
        let mut block = None;
        loop {
            let next = self.next();
            match next.text {
                "" | "}" => break,
                "{" => {
                    block = Some(self.block(rule));
                    break;
                }
                _ if next.mark.line.is_some() => break,
                _ if list && self.begins_row() => break,
                _ => self.at += 1,
            }
        }
        let end = self.at;
        let lexemes = match &block {
            Some(block) => start..block.at,
            None => start..end,
        };
        let block = block.map(|found| found.block);
        Line { rule, lexemes, block, leading, trailing: 0..0, apart }
    }

    /// Whether the author began a new row of a list here.
    fn begins_row(&self) -> bool {
        let comments = self.next().comments.clone();
        let broken = self.next().line_breaks > 0
            || comments.clone().any(|at| self.comment(at).line_breaks > 0);
        broken && self.lexemes.all[self.at - 1].text == ","
    }

    fn block(&mut self, of: Option<Rule>) -> Found {
        let at = self.at;
        self.at += 1;
        let next = self.next();
        let comments = next.comments.clone();
        let behind = self.on_same_line(comments.clone());
        let opening = comments.start..behind;
        let first =
            comments.clone().next().map_or(next.line_breaks, |at| self.comment(at).line_breaks);
        let broken = first > 0 || opening.clone().any(|at| self.comment(at).ends_line());
        let list = matches!(of, Some(Rule::group | Rule::relation));
        let (mut lines, mut closing) = self.lines(list);
        match lines.first_mut() {
            Some(first) => first.leading.start = first.leading.start.max(opening.end),
            None => closing.start = closing.start.max(opening.end),
        }
        // `}`
        self.at += 1;
        Found { at, block: Block { lines, opening, closing, broken, list } }
    }
}

/// A block, and the number of its `{`.
struct Found {
    at: usize,
    block: Block,
}
