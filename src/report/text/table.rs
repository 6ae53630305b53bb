//! Columns that line up.

use super::line::Line;
use super::page::Page;

/// Where the text of a column stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// At its left side.
    Left,
    /// At its right side.
    Right,
}

/// The space between columns.
const GAP: usize = 2;

/// A wrapped column is not made narrower than this.
const NARROWEST: usize = 12;

/// A table; its first column is wrapped where the page is too narrow.
#[derive(Debug)]
pub struct Table {
    indent: usize,
    columns: Vec<Align>,
    rows: Vec<Vec<Line>>,
}

impl Table {
    /// An empty table with these columns.
    pub fn new(indent: usize, columns: &[Align]) -> Self {
        Self { indent, columns: columns.to_vec(), rows: Vec::new() }
    }

    /// Adds a row; cells that are missing are empty.
    pub fn row(&mut self, cells: Vec<Line>) {
        self.rows.push(cells);
    }

    /// The width that all columns but the first take, with the gaps before them.
    pub fn width_behind_first(&self) -> usize {
        self.widths().iter().skip(1).map(|width| width + GAP).sum()
    }

    /// Writes it to a page.
    pub fn write(&self, page: &mut Page) {
        let mut widths = self.widths();
        let room = page.width().saturating_sub(self.indent + self.width_behind_first());
        if let Some(first) = widths.first_mut() {
            *first = (*first).min(room.max(NARROWEST));
        }
        for row in &self.rows {
            self.write_row(page, row, &widths);
        }
    }

    fn write_row(&self, page: &mut Page, row: &[Line], widths: &[usize]) {
        let indent = Line::new().plain(" ".repeat(self.indent));
        let empty = Line::new();
        let first_width = widths.first().copied().unwrap_or(NARROWEST);
        let mut first = row.first().unwrap_or(&empty).wrap(first_width).into_iter();
        let mut line = indent.clone().and(&first.next().unwrap_or_default());
        let mut end = self.indent + first_width;
        for (at, &width) in widths.iter().enumerate().skip(1) {
            let cell = row.get(at).unwrap_or(&empty);
            end += GAP;
            let left = match self.columns[at] {
                Align::Left => 0,
                Align::Right => width.saturating_sub(cell.width()),
            };
            line = line.fill(end + left).and(cell);
            end += width;
        }
        page.line(&line);
        for rest in first {
            page.line(&indent.clone().and(&rest));
        }
    }

    fn widths(&self) -> Vec<usize> {
        let cells = |at: usize| self.rows.iter().filter_map(move |row| row.get(at));
        (0..self.columns.len()).map(|at| cells(at).map(Line::width).max().unwrap_or(0)).collect()
    }
}
