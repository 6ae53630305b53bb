//! From lines and blocks to text.

use super::columns::{Measured, align, cells, family, has_keyword_column};
use super::layout::{block_comment, block_text};
use super::lexeme::{Comment, Lexeme, Lexemes};
use super::mark::Tight;
use super::rows::{Rows, WIDEST, width};
use super::structure::{Block, Line};
use crate::syntax::grammar::Rule;
use std::ops::Range;

/// How far what stands in a block is moved in.
const STEP: usize = 2;

/// Writes lines.
#[derive(Debug)]
pub(super) struct Printer<'l, 't> {
    lexemes: &'l Lexemes<'t>,
    rows: Rows,
}

/// The spaces that stand before lexemes of a line beyond the usual one.
#[derive(Clone, Debug, Default)]
struct Spaces {
    /// Before the second.
    keyword: usize,
    /// Before others, by their numbers from the beginning of the line.
    cells: Vec<(usize, usize)>,
}

impl<'l, 't> Printer<'l, 't> {
    /// Writes a whole file.
    pub fn file(lexemes: &'l Lexemes<'t>, lines: &[Line], end: Range<usize>) -> String {
        let mut printer = Self { lexemes, rows: Rows::default() };
        printer.lines(lines, 0);
        printer.own_lines(end, 0, true);
        printer.rows.finish()
    }

    /// The comments before a lexeme.
    fn comments(&self, at: usize) -> &'l [Comment<'t>] {
        &self.lexemes.comments[self.lexemes.all[at].comments.clone()]
    }

    fn own(&self, line: &Line) -> &'l [Lexeme<'t>] {
        &self.lexemes.all[line.lexemes.clone()]
    }

    /// Writes the lines of one block.
    fn lines(&mut self, lines: &[Line], indentation: usize) {
        let keyword = |line: &&Line| {
            has_keyword_column(line.rule) && (line.lexemes.len() > 1 || line.block.is_some())
        };
        let widest = lines.iter().filter(keyword).map(|line| width(self.own(line)[0].text)).max();
        let mut spaces: Vec<Spaces> = lines.iter().map(|_| Spaces::default()).collect();
        for (line, spaces) in lines.iter().zip(&mut spaces) {
            if keyword(&line) {
                spaces.keyword = widest.unwrap_or(0) - width(self.own(line)[0].text);
            }
        }
        self.align(lines, &mut spaces, indentation);
        for (line, spaces) in lines.iter().zip(&spaces) {
            self.line(line, spaces, indentation);
        }
    }

    /// Lets parts of neighbouring lines stand below one another.
    fn align(&self, lines: &[Line], spaces: &mut [Spaces], indentation: usize) {
        let families: Vec<_> = lines.iter().map(|line| family(line, &self.lexemes.all)).collect();
        let measured: Vec<_> = lines
            .iter()
            .zip(spaces.iter())
            .map(|(line, spaces)| self.measure(line, spaces, indentation))
            .collect();
        let mut at = 0;
        while at < lines.len() {
            let goes_on = |next: &usize| {
                let line = &lines[*next];
                let near = !line.apart && line.leading.is_empty();
                near && families[*next] == families[at] && measured[*next].is_some()
            };
            let end = match measured[at] {
                Some(_) => (at + 1..lines.len()).find(|next| !goes_on(next)),
                None => Some(at + 1),
            };
            let end = end.unwrap_or(lines.len());
            let run: Vec<&Measured> = measured[at..end].iter().flatten().collect();
            if families[at].is_some() && run.len() > 1 {
                for ((one, more), spaces) in
                    run.iter().zip(align(&run, WIDEST)).zip(&mut spaces[at..])
                {
                    spaces.cells = one.cells.iter().map(|cell| cell.at).zip(more).collect();
                }
            }
            at = end;
        }
    }

    /// The widths of a line; none if nothing of it can stand below something else, or if it has to be
    /// broken before its block.
    fn measure(&self, line: &Line, spaces: &Spaces, indentation: usize) -> Option<Measured> {
        let mut cells = cells(line, &self.lexemes.all);
        if cells.is_empty() {
            return None;
        }
        let head = self.flat_lexemes(line.lexemes.clone(), spaces)?;
        let flat = self.flat(line, spaces).map(|flat| indentation + width(&flat));
        let flat = flat.filter(|width| *width <= WIDEST);
        let brace = if line.block.is_some() { " {".len() } else { 0 };
        let width_here = flat.unwrap_or(indentation + width(&head) + brace);
        if width_here > WIDEST {
            return None;
        }
        if flat.is_none() {
            cells.retain(|cell| cell.at < line.lexemes.len());
        }
        let natural = cells.iter().map(|cell| {
            let before = line.lexemes.start..line.lexemes.start + cell.at;
            let before = self.flat_lexemes(before, spaces);
            indentation + before.map_or(0, |text| width(&text) + 1)
        });
        let natural = natural.collect();
        Some(Measured { cells, natural, width: width_here })
    }

    /// The line on one line; none if that cannot be.
    fn flat(&self, line: &Line, spaces: &Spaces) -> Option<String> {
        let mut text = self.flat_lexemes(line.lexemes.clone(), spaces)?;
        if let Some(block) = &line.block {
            if !self.comments(line.lexemes.end).is_empty() {
                return None;
            }
            text.push(' ');
            let number = line.lexemes.len();
            text.extend(std::iter::repeat_n(' ', spaces.before(number)));
            text.push_str(&self.flat_block(line.rule, block)?);
        }
        Some(text)
    }

    fn flat_lexemes(&self, range: Range<usize>, spaces: &Spaces) -> Option<String> {
        let mut text = String::new();
        for at in range.clone() {
            let lexeme = &self.lexemes.all[at];
            if lexeme.is_block_text() {
                return None;
            }
            if at > range.start {
                for (number, comment) in self.comments(at).iter().enumerate() {
                    let plain = comment.line_breaks == 0 && !comment.text.contains('\n');
                    if comment.ends_line() || !plain {
                        return None;
                    }
                    text.push_str(self.gap_before_comment(at, number));
                    text.push_str(comment.text);
                }
                if !lexeme.comments.is_empty() && lexeme.line_breaks > 0 {
                    return None;
                }
                text.push_str(self.gap(at));
                text.extend(std::iter::repeat_n(' ', spaces.before(at - range.start)));
            }
            text.push_str(lexeme.text);
        }
        Some(text)
    }

    /// A block on one line; none if that cannot be, or the author has it otherwise.
    fn flat_block(&self, of: Option<Rule>, block: &Block) -> Option<String> {
        if !(block.opening.is_empty() && block.closing.is_empty()) {
            return None;
        }
        if block.lines.is_empty() {
            return Some("{}".to_owned());
        }
        // These are read line by line, however short they are.
        let long = matches!(of, Some(Rule::rule_declaration | Rule::decision | Rule::reading));
        if block.broken || long {
            return None;
        }
        let mut parts = Vec::new();
        for line in &block.lines {
            let alone = line.leading.is_empty() && line.trailing.is_empty() && line.block.is_none();
            parts.push(alone.then(|| self.flat(line, &Spaces::default()))??);
        }
        Some(format!("{{ {} }}", parts.join(if block.list { " " } else { "  " })))
    }

    fn line(&mut self, line: &Line, spaces: &Spaces, indentation: usize) {
        let first = &self.own(line)[0];
        self.own_lines(line.leading.clone(), indentation, line.apart);
        let apart = if line.leading.is_empty() { line.apart } else { first.line_breaks > 1 };
        self.rows.begin(indentation, apart);
        let flat = self.flat(line, spaces).filter(|flat| indentation + width(flat) <= WIDEST);
        if let Some(flat) = flat {
            self.rows.push(&flat);
        } else {
            self.broken(line, spaces, indentation);
        }
        for comment in &self.lexemes.comments[line.trailing.clone()] {
            self.rows.trail(comment.text);
        }
    }

    /// Writes a line that does not fit on one.
    fn broken(&mut self, line: &Line, spaces: &Spaces, indentation: usize) {
        let own = self.own(line);
        let keyword =
            has_keyword_column(line.rule).then(|| width(own[0].text) + 1 + spaces.keyword);
        let hanging = indentation + keyword.unwrap_or(2 * STEP);
        let tail = if line.block.is_some() { " {".len() } else { 0 };
        let shape = Shape { start: line.lexemes.start, spaces, indentation, tail };
        self.wrap(line.lexemes.clone(), hanging, &shape);
        let Some(block) = &line.block else {
            return;
        };
        let brace = line.lexemes.end;
        let flat = self.flat_block(line.rule, block).unwrap_or_default();
        let fits = self.rows.width() + 1 + width(&flat) <= WIDEST;
        if fits && !flat.is_empty() && self.comments(brace).is_empty() {
            self.rows.push(&format!(" {flat}"));
            return;
        }
        self.lexeme(brace, hanging, &shape);
        for comment in &self.lexemes.comments[block.opening.clone()] {
            self.rows.trail(comment.text);
        }
        self.lines(&block.lines, indentation + STEP);
        self.own_lines(block.closing.clone(), indentation + STEP, !block.lines.is_empty());
        self.rows.begin(indentation, false);
        self.rows.push("}");
    }

    /// Writes lexemes, on several lines if they do not fit on one.
    fn wrap(&mut self, range: Range<usize>, hanging: usize, shape: &Shape<'_>) {
        let whole = range.clone().map(|at| self.width_of(at, range.start, shape)).sum::<usize>();
        if self.rows.width() + whole + shape.tail <= WIDEST {
            return range.for_each(|at| self.lexeme(at, hanging, shape));
        }
        let inner = range.start + 1..range.end;
        let breaks = inner.filter_map(|at| Some((at, self.lexemes.all[at].break_before()?)));
        let breaks: Vec<_> = breaks.collect();
        let Some(level) = breaks.iter().map(|(_, found)| found.level).min() else {
            return range.for_each(|at| self.lexeme(at, hanging, shape));
        };
        let mut from = range.start;
        let at = breaks.iter().filter(|(_, found)| found.level == level);
        let (ends, fill): (Vec<usize>, Vec<bool>) = at.map(|(at, found)| (*at, found.fill)).unzip();
        let fills = fill.contains(&true);
        for to in ends.into_iter().chain([range.end]) {
            if from > range.start {
                let next =
                    (from..to).map(|at| self.width_of(at, shape.start, shape)).sum::<usize>();
                let tail = if to == range.end { shape.tail } else { 0 };
                // A comment that ends the line does that itself.
                let ends = self.comments(from).first().is_some_and(Comment::stands_behind);
                if !ends && (!fills || self.rows.width() + next + tail > WIDEST) {
                    self.rows.begin(hanging, false);
                }
            }
            self.wrap(from..to, hanging + STEP, shape);
            from = to;
        }
    }

    /// How much a lexeme adds to the width of a line on which it is not the first.
    fn width_of(&self, at: usize, first: usize, shape: &Shape<'_>) -> usize {
        let lexeme = &self.lexemes.all[at];
        let comments = self.comments(at).iter().map(|comment| 1 + comment.width()).sum::<usize>();
        let before = if at == first { 0 } else { self.gap(at).len() + comments };
        let text = if lexeme.is_block_text() { 0 } else { width(lexeme.text) };
        before + shape.spaces.before(at - shape.start) + text
    }

    /// Writes a lexeme with the comments before it, on a line that has been begun.
    fn lexeme(&mut self, at: usize, hanging: usize, shape: &Shape<'_>) {
        let lexeme = &self.lexemes.all[at];
        if at > shape.start {
            let mut breaks = false;
            for (number, comment) in self.comments(at).iter().enumerate() {
                if self.rows.is_blank() {
                    // It has been broken here.
                } else if breaks || comment.line_breaks > 0 {
                    self.rows.begin(hanging, false);
                } else {
                    let gap = self.gap_before_comment(at, number);
                    self.rows.push(if comment.ends_line() { "  " } else { gap });
                }
                let column = self.rows.width();
                self.rows.push_lines(&block_comment(comment.text, comment.column, column));
                breaks = comment.ends_line();
            }
            breaks |= !lexeme.comments.is_empty() && lexeme.line_breaks > 0;
            if breaks {
                self.rows.begin(hanging, false);
            } else if !self.rows.is_blank() {
                self.rows.push(self.gap(at));
                if lexeme.comments.is_empty() {
                    self.rows.push(&" ".repeat(shape.spaces.before(at - shape.start)));
                }
            }
        }
        if lexeme.is_block_text() {
            self.rows.push_lines(&block_text(lexeme.text, shape.indentation + STEP));
        } else {
            self.rows.push(lexeme.text);
        }
    }

    /// Writes comments that stand on lines of their own.
    fn own_lines(&mut self, comments: Range<usize>, indentation: usize, apart: bool) {
        let first = comments.start;
        for at in comments {
            let comment = &self.lexemes.comments[at];
            let apart = comment.line_breaks > 1 && (at > first || apart);
            self.rows.begin(indentation, apart);
            self.rows.push_lines(&block_comment(comment.text, comment.column, indentation));
        }
    }

    /// What stands between a lexeme and what is before it: another one, or a comment.
    fn gap(&self, at: usize) -> &'static str {
        let tight = matches!(self.lexemes.all[at].mark.tight, Tight::Before | Tight::Both)
            || self.lexemes.all[at].comments.is_empty() && self.is_tight_behind(at);
        if tight { "" } else { " " }
    }

    /// What stands before one of the comments in front of a lexeme.
    fn gap_before_comment(&self, at: usize, number: usize) -> &'static str {
        if number == 0 && self.is_tight_behind(at) { "" } else { " " }
    }

    /// Whether the lexeme before this one keeps no space behind it.
    fn is_tight_behind(&self, at: usize) -> bool {
        let last = at.checked_sub(1).map(|last| self.lexemes.all[last].mark.tight);
        matches!(last, Some(Tight::Behind | Tight::Both))
    }
}

impl Spaces {
    /// Before the lexeme of this number.
    fn before(&self, number: usize) -> usize {
        let keyword = if number == 1 { self.keyword } else { 0 };
        let cells = self.cells.iter().filter(|(at, _)| *at == number);
        keyword + cells.map(|(_, spaces)| spaces).sum::<usize>()
    }
}

/// What stays the same while a line is written on several.
#[derive(Clone, Copy, Debug)]
struct Shape<'s> {
    /// Its first lexeme.
    start: usize,
    spaces: &'s Spaces,
    indentation: usize,
    /// How wide what follows its lexemes on the last of its lines is.
    tail: usize,
}
