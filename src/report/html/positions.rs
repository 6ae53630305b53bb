//! Who holds what: actors in rows, issues in columns.

use super::escape::escaped;
use super::evidence::{quotation, rationale};
use super::page::Page;
use super::places;
use crate::model::{Model, Position};
use crate::report::Report;
use crate::report::content::matrix::{Cell, Matrix};
use std::fmt::Write as _;

/// How many shades a scale has on the page.
const SHADES: usize = 7;

/// Writes the matrix of positions; nothing where none is stated.
pub fn write(page: &mut Page, report: &Report<'_>) {
    let matrix = Matrix::new(report.model);
    if matrix.rows.is_empty() {
        return;
    }
    page.section("positions", "Positions");
    page.paragraph("faint", "What each actor holds at the start, and what says so.");
    let mut table = String::from(
        "<div class=\"wide\"><table class=\"matrix\"><thead><tr><th scope=\"col\">actor</th>",
    );
    for issue in &matrix.issues {
        let _ = write!(table, "<th scope=\"col\">{}</th>", escaped(&issue.title));
    }
    table.push_str("</tr></thead><tbody>\n");
    for (actor, cells) in &matrix.rows {
        let _ = write!(table, "<tr><th scope=\"row\">{}", escaped(&actor.title));
        for voice in &actor.voices {
            let _ = write!(table, "<br><span class=\"faint\">{}</span>", escaped(voice));
        }
        table.push_str("</th>");
        for one in cells {
            cell(&mut table, report, one);
        }
        table.push_str("</tr>\n");
    }
    page.add(&(table + "</tbody></table></div>"));
}

fn cell(table: &mut String, report: &Report<'_>, cell: &Cell<'_>) {
    let Some((level, at, of)) = &cell.level else {
        table.push_str("<td></td>");
        return;
    };
    let shade = at * (SHADES - 1) / of.saturating_sub(1).max(1);
    let _ = write!(table, "<td><span class=\"level s{shade}\">{}</span>", escaped(level));
    if cell.statements.is_empty() {
        table.push_str(" <span class=\"faint\">not stated</span>");
    }
    for position in &cell.statements {
        statement(table, report, position, level);
    }
    table.push_str("</td>");
}

fn statement(table: &mut String, report: &Report<'_>, position: &Position, initial: &str) {
    let model = report.model;
    let level = level(model, position);
    if let Some(since) = position.since {
        let _ = write!(
            table,
            " <span class=\"faint\">{} since <time>{since}</time></span>",
            escaped(&level)
        );
    } else if level != initial {
        let _ = write!(table, " <span class=\"faint\">stated as {}</span>", escaped(&level));
    }
    let _ = write!(table, " {}", places::link(report.sources, position.span));
    for said in &position.says {
        let _ = write!(table, "<blockquote>{}</blockquote>", quotation(model, said));
    }
    for because in &position.because {
        let _ = write!(table, "<p class=\"because\">{}</p>", rationale(model, because));
    }
}

fn level(model: &Model, position: &Position) -> String {
    let scale = &model.scales[model.issues[position.issue.index()].scale.index()];
    let level = usize::try_from(position.level).ok().and_then(|at| scale.levels.get(at));
    level.cloned().unwrap_or_else(|| position.level.to_string())
}
