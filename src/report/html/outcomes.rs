//! Where it may end, with bars.

use super::bar::{bar, slim};
use super::escape::escaped;
use super::numbers::{interval, percent};
use super::page::Page;
use crate::analysis::Answers;
use crate::model::Model;
use crate::report::content::labels;
use crate::report::content::why::capital;
use crate::report::text::{around, how_to_read};
use std::fmt::Write as _;

/// Writes the outcomes; nothing where the scenario has none.
pub fn write(page: &mut Page, model: &Model, main: &Answers) {
    if model.outcomes.is_empty() {
        return;
    }
    page.section("outcomes", "Outcomes");
    page.paragraph("faint", &format!("{}.", capital(how_to_read(main.method))));
    let around = around(main.method);
    let mut table = format!(
        "<div class=\"wide\"><table class=\"numbers\"><thead><tr><th scope=\"col\">outcome</th>\
         <th scope=\"col\">estimate</th><th scope=\"col\">{around}</th><td class=\"bars\"></td>\
         <th scope=\"col\" class=\"aside\">over likelihoods</th><th scope=\"col\" class=\"aside\">over decisions</th>\
         <th scope=\"col\" class=\"aside\">mean turn</th></tr></thead><tbody>\n"
    );
    for (outcome, answer) in model.outcomes.iter().zip(&main.outcomes) {
        let bounds = answer.both.or(answer.confidence);
        let slim = slim(answer.estimate, bounds);
        let _ = writeln!(
            table,
            "<tr><th scope=\"row\">{}{}{slim}</th><td class=\"estimate\">{}</td><td>{}</td>\
             <td class=\"bars\">{}</td><td class=\"faint aside\">{}</td><td class=\"faint aside\">{}</td>\
             <td class=\"faint aside\">{}</td></tr>",
            escaped(&outcome.title),
            if outcome.ending { " <span class=\"tag\">ending</span>" } else { "" },
            percent(answer.estimate),
            interval(bounds),
            bar(answer.estimate, bounds),
            interval(answer.likelihoods),
            interval(answer.decisions),
            answer.mean_turn.map(|turn| labels::mean_turn(model, turn)).unwrap_or_default(),
        );
    }
    page.add(&(table + "</tbody></table></div>"));
}
