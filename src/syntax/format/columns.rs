//! Which parts of neighbouring lines stand below one another.

use super::lexeme::Lexeme;
use super::structure::Line;
use crate::syntax::grammar::Rule;
use std::collections::BTreeSet;

/// What lines have to have in common for their parts to stand below one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    /// A declaration of this kind, or a line of a body.
    Of(Rule),
    /// `state`, `flag`, `meter`.
    Variables,
    /// `then`, `or`, `else`.
    Branches,
    /// Events in a block.
    Events,
}

/// A part of a line that may stand below one of the line before: in which column, and its first
/// lexeme, counted from the beginning of the line. Where that is behind its last lexeme it is the brace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    /// The number of the column, from 1.
    pub column: u8,
    /// The first lexeme.
    pub at: usize,
}

/// The column of a title.
const TITLE: u8 = 2;
/// The column of what follows the title.
const REST: u8 = 3;
/// The column of the brace.
const BRACE: u8 = 4;

/// The family of a line.
pub(super) fn family(line: &Line, lexemes: &[Lexeme<'_>]) -> Option<Family> {
    let rule = line.rule?;
    Some(match rule {
        Rule::state | Rule::flag | Rule::meter => Family::Variables,
        Rule::then_clause | Rule::or_clause | Rule::else_clause => Family::Branches,
        Rule::effect => {
            let event = lexemes.get(line.lexemes.start + 1).is_some_and(|it| it.text == "does");
            return event.then_some(Family::Events);
        }
        other => Family::Of(other),
    })
}

/// Whether the line begins with a keyword behind which all lines of its body go on in one column.
pub(super) fn has_keyword_column(rule: Option<Rule>) -> bool {
    matches!(
        rule,
        Some(
            Rule::summary
                | Rule::start
                | Rule::turn
                | Rule::horizon
                | Rule::source_by
                | Rule::source_date
                | Rule::source_url
                | Rule::source_file
                | Rule::source_grade
                | Rule::says
                | Rule::shift
                | Rule::because
                | Rule::on_clause
                | Rule::when_clause
                | Rule::while_clause
                | Rule::if_clause
                | Rule::then_clause
                | Rule::or_clause
                | Rule::else_clause
                | Rule::option_clause
        )
    )
}

/// The parts of a line in the order of their columns.
pub(super) fn cells(line: &Line, lexemes: &[Lexeme<'_>]) -> Vec<Cell> {
    let own = &lexemes[line.lexemes.clone()];
    let mut cells = Cells { own, cells: Vec::new(), brace: line.block.is_some() };
    let Some(rule) = line.rule else {
        return cells.cells;
    };
    match rule {
        Rule::source | Rule::actor | Rule::group | Rule::relation | Rule::scale | Rule::rung => {
            cells.name_and_title(false);
        }
        Rule::issue | Rule::param | Rule::action | Rule::outcome => cells.name_and_title(true),
        Rule::position | Rule::reading_position | Rule::state | Rule::flag | Rule::meter => {
            cells.add(1, 1);
            cells.add(TITLE, 2);
        }
        Rule::inject => {
            cells.add(1, 1);
            cells.brace();
        }
        Rule::observe => {
            cells.add(1, 1);
            let colon = own.iter().position(|it| it.text == ":");
            cells.add(REST, colon.map_or(own.len(), |at| at + 1));
        }
        Rule::named_likelihood => {
            cells.add(TITLE, 1);
            cells.assign();
        }
        Rule::attribute => cells.assign(),
        Rule::option_clause => {
            cells.name_and_title(true);
            cells.brace();
        }
        Rule::then_clause | Rule::or_clause | Rule::else_clause => cells.brace(),
        Rule::effect if own.get(1).is_some_and(|it| it.text == "does") => cells.add(1, 1),
        _ => {}
    }
    cells.cells
}

struct Cells<'a, 't> {
    own: &'a [Lexeme<'t>],
    cells: Vec<Cell>,
    brace: bool,
}

impl Cells<'_, '_> {
    fn add(&mut self, column: u8, at: usize) {
        if at > 0 && at < self.own.len() {
            self.cells.push(Cell { column, at });
        }
    }

    fn brace(&mut self) {
        if self.brace {
            self.cells.push(Cell { column: BRACE, at: self.own.len() });
        }
    }

    /// `keyword NAME "Title" rest {`.
    fn name_and_title(&mut self, rest: bool) {
        self.add(1, 1);
        let title = self.own.get(2).is_some_and(Lexeme::is_text);
        if title {
            self.add(TITLE, 2);
        }
        let behind = if title { 3 } else { 2 };
        if rest && behind < self.own.len() {
            self.add(REST, behind);
        } else if self.brace && !self.cells.iter().any(|cell| cell.column == BRACE) {
            let column = if rest { REST } else { BRACE };
            self.cells.push(Cell { column, at: self.own.len() });
        }
    }

    fn assign(&mut self) {
        let sign = self.own.iter().position(|it| it.text == "=");
        self.add(REST, sign.unwrap_or(0));
    }
}

/// A line that is measured.
#[derive(Debug)]
pub(super) struct Measured {
    /// Its cells.
    pub cells: Vec<Cell>,
    /// Where each of them begins if nothing stands below anything.
    pub natural: Vec<usize>,
    /// How wide the line is then or, where its block has lines of its own, what stands on the first.
    pub width: usize,
}

/// How many spaces more stand before each cell of neighbouring lines, so that they stand below one
/// another: in each column where most can. Lines that would become too long, or reach farther, stay
/// as they are.
pub(super) fn align(run: &[&Measured], widest: usize) -> Vec<Vec<usize>> {
    let mut more: Vec<Vec<usize>> = run.iter().map(|line| vec![0; line.cells.len()]).collect();
    let mut moved = vec![0; run.len()];
    for column in 1..=BRACE {
        let place = |line: usize, moved: &[usize]| {
            let cell = run[line].cells.iter().position(|cell| cell.column == column)?;
            Some((line, cell, run[line].natural[cell] + moved[line]))
        };
        let places: Vec<_> = (0..run.len()).filter_map(|line| place(line, &moved)).collect();
        let follows = |to: usize, line: usize, from: usize, moved: &[usize]| {
            from <= to && (from == to || run[line].width + moved[line] + to - from <= widest)
        };
        // Hardly ever more than a hundred: no line is longer.
        let ends: BTreeSet<usize> = places.iter().map(|(_, _, from)| *from).collect();
        let best = ends.into_iter().max_by_key(|to| {
            places.iter().filter(|(line, _, from)| follows(*to, *line, *from, &moved)).count()
        });
        let Some(to) = best else { continue };
        for (line, cell, from) in places {
            if follows(to, line, from, &moved) {
                more[line][cell] = to - from;
                moved[line] += to - from;
            }
        }
    }
    more
}
