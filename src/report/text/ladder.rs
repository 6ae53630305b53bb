//! How far up it may go.

use super::bar::bar;
use super::interval;
use super::line::Line;
use super::page::Page;
use super::table::{Align, Table};
use crate::analysis::Answers;
use crate::model::Model;
use crate::report::percent;

/// Writes the ladder from its highest rung down; nothing where the scenario has none.
pub fn write(page: &mut Page, model: &Model, answers: &Answers) {
    let Some(ladder) = &model.ladder else { return };
    page.section("Ladder", &format!("{}: how likely each rung is ever reached", ladder.title));
    let columns = if page.width() >= 100 { 40 } else { 24 };
    let mut table = Table::new(2, &[Align::Left, Align::Left, Align::Right, Align::Left]);
    for (rung, answer) in ladder.rungs.iter().zip(&answers.ladder).rev() {
        let bounds = answer.bounds.or(answer.confidence);
        table.row(vec![
            Line::new().plain(&rung.title),
            bar(columns, answer.estimate, bounds),
            Line::new().strong(percent(answer.estimate)),
            Line::new().plain(interval(bounds)),
        ]);
    }
    table.write(page);
}
