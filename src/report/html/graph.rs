//! What follows from what: the drawing, with everything about a reaction beside it.

use super::escape::escaped_plainly;
use super::list;
use super::page::Page;
use crate::analysis::Answers;
use crate::report::drawing::svg;
use crate::report::text::Limits;
use crate::report::{Report, counted, percent};
use std::fmt::Write as _;

/// With more nodes than this, the page begins with aggregates, and the drawing shows the likeliest.
const MANY: usize = 1000;

/// How many nodes are drawn at most where there are many.
const DRAWN: usize = 150;

/// Writes the reaction graph: filters, drawing, panel, and the way along a storyline.
pub fn write(page: &mut Page, report: &Report<'_>, main: &Answers, limits: Limits) {
    page.section("reactions", "Reactions");
    let count = main.reactions.graph.node_count();
    let least = least_drawn(main, limits.min_probability);
    page.paragraph(
        "faint",
        "What follows from what. Choose a reaction to see what leads to it, what it leads to, the rule, and why.",
    );
    if count > MANY {
        list::aggregates(page, report.model, main);
    }
    tools(page, report);
    let left_out =
        main.reactions.graph.node_weights().filter(|node| node.probability < least).count();
    if left_out > 0 {
        let (left_out, limit) = (counted(left_out, "reaction"), percent(least));
        page.paragraph(
            "faint",
            &format!("Not drawn: {left_out} less likely than {limit}. They are in the list below."),
        );
    }
    if !main.storylines.is_empty() {
        page.add("<div class=\"player\" id=\"player\" role=\"group\" aria-label=\"Follow a storyline\" hidden></div>");
    }
    page.add("<div class=\"graph\" id=\"graph\">");
    drawing(page, report, main, least);
    page.add(
        "<aside class=\"panel\" id=\"panel\" tabindex=\"-1\" aria-live=\"polite\" aria-label=\"The chosen reaction\">\
         <p class=\"faint\">Nothing is chosen.</p></aside></div>",
    );
    list::write(page, report.model, main, limits);
}

/// The estimate from which on nodes are drawn.
fn least_drawn(main: &Answers, asked: f64) -> f64 {
    if main.reactions.graph.node_count() <= MANY {
        return asked;
    }
    let mut estimates: Vec<f64> =
        main.reactions.graph.node_weights().map(|node| node.probability).collect();
    estimates.sort_by(|one, other| other.total_cmp(one));
    // Above what the first that is left out has, or all that are as likely would be drawn, too.
    let first_out = estimates.get(DRAWN).copied().unwrap_or(0.0);
    let kept = estimates.iter().copied().take(DRAWN).filter(|&one| one > first_out);
    kept.fold(1.0, f64::min).max(asked)
}

fn tools(page: &mut Page, report: &Report<'_>) {
    let mut tools = String::from(
        "<div class=\"tools\" id=\"tools\" role=\"group\" aria-label=\"Filter and zoom\" hidden>\
         <label>Actor <select id=\"by-actor\"><option value=\"\">all</option>",
    );
    for (at, actor) in report.model.actors.iter().enumerate() {
        let _ = write!(tools, "<option value=\"{at}\">{}</option>", escaped_plainly(&actor.title));
    }
    tools.push_str(
        "</select></label>\
         <label>At least <input type=\"range\" id=\"at-least\" min=\"0\" max=\"100\" value=\"0\" step=\"1\"> \
         <output id=\"at-least-told\" for=\"at-least\">0%</output></label>\
         <span class=\"zoom\" role=\"group\" aria-label=\"Zoom\">\
         <button type=\"button\" data-zoom=\"out\" aria-label=\"Zoom out\">−</button>\
         <button type=\"button\" data-zoom=\"fit\">Fit</button>\
         <button type=\"button\" data-zoom=\"in\" aria-label=\"Zoom in\">+</button></span>\
         <span class=\"faint\" id=\"matching\" role=\"status\"></span></div>",
    );
    page.add(&tools);
}

fn drawing(page: &mut Page, report: &Report<'_>, main: &Answers, least: f64) {
    let drawing = svg::reactions(report.model, main, least);
    page.add(
        "<div class=\"canvas\" id=\"canvas\" tabindex=\"0\" role=\"group\" aria-label=\"Reaction graph. \
         Arrow keys go from reaction to reaction, Enter chooses one, plus and minus zoom.\">",
    );
    page.add(&drawing);
    page.add("</div>");
}
