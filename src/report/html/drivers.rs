//! What the outcomes hang on: swings with bars, how steeply, what could be replaced, what flips.

use super::escape::{escaped, worded};
use super::numbers::{percent, points};
use super::page::Page;
use crate::analysis::Answers;
use crate::report::Report;
use crate::report::content::drivers::{
    Bar, DriversReport, LEGEND, NO_FLIP, SLOPES, edges, flip_percents, notes, slopes, title,
};
use crate::report::content::not_looked_for::{DRIVERS, left_out, not_here};
use std::fmt::Write as _;

/// Writes what the outcomes hang on; nothing where the scenario has none.
pub fn write(page: &mut Page, report: &Report<'_>, main: &Answers) {
    if report.model.outcomes.is_empty() {
        return;
    }
    page.section("drivers", "What it hangs on");
    let Some(behind) = report.behind else {
        page.words("", &not_here(main, DRIVERS));
        return;
    };
    let report = report.drivers(behind);
    for note in notes(&report) {
        page.words("faint", &note);
    }
    page.add("<h3>Swings</h3>");
    page.paragraph(
        "faint",
        &format!("Shown is {LEGEND}. Bars: faint towards the low end, strong towards the high end; the line is now."),
    );
    for at in report.leading() {
        swings(page, &report, at);
    }
    steepness(page, &report);
    replacements(page, &report);
    flips(page, &report);
}

fn swings(page: &mut Page, report: &DriversReport<'_>, at: usize) {
    let (outcome, driven) = report.driven(at);
    let now = driven.estimate;
    page.add(&format!("<h4>{}: {}</h4>", escaped(&outcome.title), percent(now)));
    let bars = report.tornado(at);
    if bars.is_empty() {
        page.paragraph("", "No likelihood with a range moves it.");
        return;
    }
    let shown = &bars[..bars.len().min(report.top)];
    let all = || shown.iter().flat_map(Bar::extremes);
    let (low, high) = (all().fold(now, f64::min), all().fold(now, f64::max));
    let mut table = format!(
        "<div class=\"wide\"><table class=\"numbers\"><thead><tr><th scope=\"col\">likelihood</th>\
         <th scope=\"col\" class=\"aside\">range</th><th scope=\"col\">low end</th><th scope=\"col\">high end</th>\
         <th scope=\"col\" class=\"bars\"><span class=\"ends\"><span>{}</span><span>{}</span></span></th>\
         <th scope=\"col\" class=\"aside\">swing</th></tr></thead><tbody>\n",
        percent(low),
        percent(high),
    );
    for one in shown {
        let bar = tornado(&Scale { low, high, now }, one);
        let [at_low, at_high] = one.ends();
        let between = one.between().map(|text| format!(" <span class=\"faint\">{text}</span>"));
        let _ = writeln!(
            table,
            "<tr><th scope=\"row\">{}<span class=\"slim\">{bar}</span></th><td class=\"faint aside\">{} to {}</td>\
             <td>{}{}</td><td>{}</td><td class=\"bars\">{bar}</td><td class=\"aside\">{}</td></tr>",
            named(report, one.likelihood),
            percent(one.swing.low),
            percent(one.swing.high),
            percent(at_low),
            between.unwrap_or_default(),
            percent(at_high),
            one.points(),
        );
    }
    page.add(&(table + "</tbody></table></div>"));
    more(page, bars.len(), "likelihood");
}

/// A likelihood's title, where it has one, and its name.
fn named(report: &DriversReport<'_>, one: &crate::analysis::LikelihoodDriver) -> String {
    let (name, title) = (escaped(&one.name), escaped(title(report.model, one.what)));
    if title == name {
        return format!("<code>{name}</code>");
    }
    format!("{title} <code>{name}</code>")
}

/// A likelihood inside a sentence.
fn called(report: &DriversReport<'_>, one: &crate::analysis::LikelihoodDriver) -> String {
    let (name, title) = (escaped(&one.name), escaped(title(report.model, one.what)));
    if title == name {
        return format!("<code>{name}</code>");
    }
    format!("<code>{name}</code> (“{title}”)")
}

/// What the bars of one outcome are drawn on.
struct Scale {
    low: f64,
    high: f64,
    now: f64,
}

/// A bar from what an outcome is now to what it would be at both ends of a likelihood's range, and, paler,
/// how far it goes beyond them in between.
fn tornado(scale: &Scale, bar: &Bar<'_>) -> String {
    let width = (scale.high - scale.low).max(f64::MIN_POSITIVE);
    let at = |value: f64| ((value - scale.low) / width * 1000.0).round() / 10.0;
    let now = at(scale.now);
    let rect = |(class, end): (&str, f64)| {
        let (from, to) = (now.min(at(end)), now.max(at(end)));
        let length = ((to - from) * 10.0).round() / 10.0;
        format!("<rect class=\"{class}\" x=\"{from}\" width=\"{length}\" y=\"1\" height=\"8\"/>")
    };
    // Where both lie on one side, the shorter one is drawn over the longer one.
    let far = |end: f64| (end - scale.now).abs();
    let [at_low, at_high] = bar.ends();
    let mut ends = [("mid", at_low), ("low", at_high)];
    ends.sort_by(|one, other| far(other.1).total_cmp(&far(one.1)));
    let beyond = bar.extremes().into_iter().filter(|one| !bar.ends().contains(one));
    let beyond: String = beyond.map(|end| rect(("beyond", end))).collect();
    let mark = ((now - 0.3).clamp(0.0, 99.4) * 10.0).round() / 10.0;
    format!(
        "<svg class=\"bar\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">\
         <rect class=\"none\" width=\"100\" y=\"1\" height=\"8\"/>{beyond}{}\
         <rect class=\"mark\" x=\"{mark}\" width=\"0.6\" height=\"10\"/></svg>",
        ends.map(rect).concat(),
    )
}

fn more(page: &mut Page, count: usize, what: &str) {
    if let Some(text) = left_out(count, what) {
        page.words("faint", &text);
    }
}

/// The beginning of a table with a column for each outcome.
fn head(report: &DriversReport<'_>, first: &[&str]) -> String {
    let mut table = String::from("<div class=\"wide\"><table class=\"numbers\"><thead><tr>");
    for name in first {
        let _ = write!(table, "<th scope=\"col\">{name}</th>");
    }
    for at in report.leading() {
        let _ = write!(table, "<th scope=\"col\">{}</th>", escaped(&report.driven(at).0.title));
    }
    table + "</tr></thead><tbody>\n"
}

fn steepness(page: &mut Page, report: &DriversReport<'_>) {
    let leading = report.leading();
    let steepest = report.steepest(&leading);
    if steepest.is_empty() {
        return;
    }
    page.add("<h3>How steeply</h3>");
    page.paragraph("faint", &format!("In {SLOPES}."));
    let mut table = head(report, &["likelihood", "now"]);
    for one in steepest.iter().take(report.top) {
        let (name, now) = (named(report, one), percent(one.estimate));
        let _ = write!(table, "<tr><th scope=\"row\">{name}</th><td class=\"faint\">{now}</td>");
        for &at in &leading {
            let _ = write!(table, "<td>{}</td>", escaped(&slopes(one.slopes[at])));
        }
        table.push_str("</tr>\n");
    }
    page.add(&(table + "</tbody></table></div>"));
    more(page, steepest.len(), "likelihood");
}

fn replacements(page: &mut Page, report: &DriversReport<'_>) {
    let leading = report.leading();
    let all = report.replaced(&leading);
    if all.is_empty() {
        return;
    }
    page.add("<h3>One thing replaced</h3>");
    page.paragraph(
        "faint",
        "Changes in points where a position, an initial value or a decision is another one, and all else as it is.",
    );
    let mut table = head(report, &["what", "would be"]);
    for (one, others) in all.iter().take(report.top) {
        let present = escaped(one.present.as_deref().unwrap_or("its policy"));
        let mut what = format!(
            "<th scope=\"rowgroup\" rowspan=\"{}\"><code>{}</code> <span class=\"faint\">now {present}</span></th>",
            others.len(),
            escaped(&one.name)
        );
        for other in others {
            let (what, values) = (std::mem::take(&mut what), escaped(&other.values));
            let _ = write!(table, "<tr>{what}<td class=\"words\">{values}</td>");
            for &at in &leading {
                let now = report.driven(at).1.estimate;
                let cell = other.estimates.as_ref().map(|all| points(all[at] - now));
                let _ =
                    write!(table, "<td>{}</td>", cell.unwrap_or_else(|| "cannot run".to_owned()));
            }
            table.push_str("</tr>\n");
        }
    }
    page.add(&(table + "</tbody></table></div>"));
    more(page, all.len(), "thing");
}

fn flips(page: &mut Page, report: &DriversReport<'_>) {
    page.add("<h3>What would flip it</h3>");
    page.paragraph(
        "faint",
        "The smallest change of one likelihood, all others at their estimates, that makes another \
         outcome the most probable or changes whether an expectation holds.",
    );
    let quote = |text: &str| format!("“{text}”");
    let all = &report.drivers.flips;
    let mut list = String::from("<ul>\n");
    for flip in all.iter().take(report.top) {
        let name = called(report, report.likelihood_of(flip));
        let (to, from) = flip_percents(flip);
        let aside = if flip.others_give_way {
            " <span class=\"faint\">(its other alternatives giving way in proportion)</span>"
        } else {
            ""
        };
        let what = worded(&report.consequence(flip.what, &quote));
        let _ =
            writeln!(list, "<li>If {name} were <b>{to}</b> instead of {from}{aside}, {what}.</li>");
    }
    for line in edges(report, &quote) {
        let _ = writeln!(list, "<li>{}</li>", escaped(&line));
    }
    if all.is_empty() && report.drivers.edges.is_empty() {
        page.paragraph("", NO_FLIP);
    } else {
        page.add(&(list + "</ul>"));
    }
    more(page, all.len(), "flip");
}
