//! The most probable ways to each outcome, each on a line of time.

use super::escape::escaped;
use super::numbers::small;
use super::page::Page;
use crate::analysis::{Answers, NodeKind, Storyline};
use crate::model::{Model, OutcomeId};
use crate::report::content::labels;
use std::fmt::Write as _;

/// Writes the storylines, grouped by outcome; nothing where there are none.
pub fn write(page: &mut Page, model: &Model, main: &Answers) {
    if main.storylines.is_empty() {
        return;
    }
    page.section("storylines", "Storylines");
    page.paragraph("faint", "The most probable ways to each outcome, each with its own chance.");
    let likeliest = likeliest(main);
    for (index, outcome) in model.outcomes.iter().enumerate() {
        let id = OutcomeId::new(index);
        let own = main.storylines.iter().enumerate().filter(|(_, one)| one.outcome == Some(id));
        for (at, (number, storyline)) in own.enumerate() {
            if at == 0 {
                page.add(&format!("<h3>{}</h3>", escaped(&outcome.title)));
            }
            let chance = small(storyline.probability);
            let nth = at + 1;
            // The likeliest is open, the others for those who want to know; on paper there is one each.
            let open = if at == 0 && likeliest == Some(index) { " open" } else { "" };
            let more = if at == 0 { "" } else { " more" };
            page.add(&format!(
                "<details class=\"storyline{more}\"{open}><summary><b>{nth}. {chance}</b></summary>\
                 <p><button type=\"button\" class=\"follow\" data-storyline=\"{number}\" hidden>Follow in the graph</button></p>"
            ));
            page.add(&steps(model, main, storyline));
            page.add("</details>");
        }
    }
}

/// The most probable outcome that a storyline comes to.
fn likeliest(main: &Answers) -> Option<usize> {
    let told = main.storylines.iter().filter_map(|one| one.outcome.map(OutcomeId::index));
    told.reduce(
        |best, at| {
            if main.outcomes[at].estimate > main.outcomes[best].estimate { at } else { best }
        },
    )
}

/// What happens in a storyline, turn by turn, as a list.
#[must_use]
pub fn steps(model: &Model, main: &Answers, storyline: &Storyline) -> String {
    if storyline.steps.is_empty() {
        return "<p class=\"faint\">nothing happens</p>".to_owned();
    }
    let mut list = String::from("<ol class=\"time\">\n");
    for step in &storyline.steps {
        let date = model.date(step.turn).map(|date| format!(" <time>{date}</time>"));
        let _ = write!(list, "<li><b>turn {}{}</b><ul>", step.turn, date.unwrap_or_default());
        for id in &step.nodes {
            list.push_str(&happening(model, main, id));
        }
        list.push_str("</ul></li>\n");
    }
    list + "</ol>"
}

fn happening(model: &Model, main: &Answers, id: &str) -> String {
    let Some(index) = main.reactions.find(id) else { return format!("<li>{}</li>", escaped(id)) };
    let kind = &main.reactions.graph[index].kind;
    let label = escaped(&labels::node(model, kind));
    let class = class(kind);
    format!("<li class=\"{class}\" data-show=\"{}\">{label}</li>", index.index())
}

/// The class of something that happens.
#[must_use]
pub fn class(kind: &NodeKind) -> &'static str {
    match kind {
        NodeKind::Start | NodeKind::Event(_) => "event",
        NodeKind::Change(..) => "change",
        NodeKind::Outcome(_) => "outcome",
    }
}
