//! How far up the ladder, and by when.

use super::bar::{bar, slim};
use super::escape::escaped;
use super::numbers::{interval, percent};
use super::page::Page;
use crate::analysis::Answers;
use crate::model::{Ladder, Model};
use std::fmt::Write as _;

/// At most this many turns stand side by side.
const MOST_TURNS: usize = 14;

/// How many shades there are, from none to all.
const SHADES: f64 = 10.0;

/// Writes the ladder; nothing where the scenario has none.
pub fn write(page: &mut Page, model: &Model, main: &Answers) {
    let Some(ladder) = &model.ladder else { return };
    page.section("ladder", "Ladder");
    page.paragraph("faint", &format!("{}: how likely each rung is ever reached.", ladder.title));
    let mut table = String::from(
        "<div class=\"wide\"><table class=\"numbers\"><thead><tr><th scope=\"col\">rung, from the highest</th>\
         <th scope=\"col\">ever reached</th><th scope=\"col\">bounds</th><td class=\"bars\"></td></tr></thead><tbody>\n",
    );
    for (rung, answer) in ladder.rungs.iter().zip(&main.ladder).rev() {
        let bounds = answer.bounds.or(answer.confidence);
        let slim = slim(answer.estimate, bounds);
        let _ = writeln!(
            table,
            "<tr><th scope=\"row\">{}{slim}</th><td class=\"estimate\">{}</td><td>{}</td><td class=\"bars\">{}</td></tr>",
            escaped(&rung.title),
            percent(answer.estimate),
            interval(bounds),
            bar(answer.estimate, bounds),
        );
    }
    page.add(&(table + "</tbody></table></div>"));
    by_turn(page, model, ladder, main);
}

/// Writes how likely each rung has been reached by each turn, as far as that is known.
fn by_turn(page: &mut Page, model: &Model, ladder: &Ladder, main: &Answers) {
    let turns = main.turns_told(model.horizon);
    if turns < 2 {
        return;
    }
    let shown = spread(turns);
    let mut table = String::from(
        "<h3>By turn</h3><div class=\"wide\"><table class=\"heat\"><thead><tr>\
         <th scope=\"col\">reached by turn</th>",
    );
    for &turn in &shown {
        let number = u32::try_from(turn).unwrap_or(u32::MAX);
        let date = model.date(number).map(|date| format!("<br><time>{date}</time>"));
        let _ = write!(table, "<th scope=\"col\">{turn}{}</th>", date.unwrap_or_default());
    }
    table.push_str("</tr></thead><tbody>\n");
    for (rung, answer) in ladder.rungs.iter().zip(&main.ladder).rev() {
        let _ = write!(table, "<tr><th scope=\"row\">{}</th>", escaped(&rung.title));
        for &turn in &shown {
            let value = answer.by_turn.get(turn).copied().unwrap_or(answer.estimate);
            let shade = (value.clamp(0.0, 1.0) * SHADES).ceil();
            let _ = write!(table, "<td class=\"h{shade}\">{}</td>", percent(value));
        }
        table.push_str("</tr>\n");
    }
    page.add(&(table + "</tbody></table></div>"));
}

/// Turns from the first to the last, evenly apart.
fn spread(turns: usize) -> Vec<usize> {
    let last = turns - 1;
    let columns = last.clamp(1, MOST_TURNS - 1);
    (0..=columns).map(|at| (at * last + columns / 2) / columns).collect()
}

#[cfg(test)]
mod tests {
    use super::spread;

    #[test]
    fn the_first_and_the_last_turn_are_always_there() {
        for turns in 2..200 {
            let shown = spread(turns);
            assert_eq!((shown[0], shown[shown.len() - 1]), (0, turns - 1), "{turns}");
            assert!(shown.is_sorted() && shown.len() <= super::MOST_TURNS);
            assert!(shown.windows(2).all(|pair| pair[0] < pair[1]), "{turns}: {shown:?}");
        }
    }
}
