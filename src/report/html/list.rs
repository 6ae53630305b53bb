//! Everything that can happen, as a list, and, where that is very much, in aggregates.

use super::escape::escaped;
use super::numbers::{interval, percent};
use super::page::Page;
use crate::analysis::{Answers, Node, NodeKind};
use crate::model::Model;
use crate::report::content::labels;
use crate::report::counted;
use crate::report::percent::number;
use crate::report::text::Limits;
use std::fmt::Write as _;

/// So many are in the page from the start; the script adds the rest on request.
const FIRST: usize = 100;

/// At most this many groups of turns.
const MOST_SPANS: u32 = 12;

/// Writes what can happen, the likeliest first.
pub fn write(page: &mut Page, model: &Model, main: &Answers, limits: Limits) {
    let mut nodes: Vec<(usize, &Node)> = main.reactions.graph.node_weights().enumerate().collect();
    nodes.retain(|(_, node)| node.kind != NodeKind::Start);
    nodes.sort_by(|(a, one), (b, other)| {
        other.probability.total_cmp(&one.probability).then(a.cmp(b))
    });
    let all = nodes.len();
    let shown =
        nodes.iter().take(FIRST).filter(|(_, node)| node.probability >= limits.min_probability);
    let mut table = format!(
        "<details class=\"all\" id=\"all\"><summary>Everything that can happen, as a list ({})</summary>\
         <p id=\"find-line\" hidden><label>Find <input type=\"search\" id=\"find\"></label></p>\
         <div class=\"wide\"><table class=\"numbers\"><thead><tr><th scope=\"col\">what happens</th>\
         <th scope=\"col\">chance</th><th scope=\"col\">bounds</th><th scope=\"col\">mean turn of its first time</th>\
         </tr></thead><tbody id=\"rows\">\n",
        counted(all, "reaction"),
    );
    for (at, node) in shown {
        let turn = node.mean_turn.map(|turn| labels::mean_turn(model, turn)).unwrap_or_default();
        let _ = writeln!(
            table,
            "<tr><th scope=\"row\" data-show=\"{at}\">{}</th><td class=\"estimate\">{}</td><td>{}</td><td>{turn}</td></tr>",
            escaped(&labels::node(model, &node.kind)),
            percent(node.probability),
            interval(node.bounds.or(node.confidence)),
        );
    }
    table.push_str("</tbody></table></div><p><button type=\"button\" id=\"more\" hidden>Show more</button></p></details>");
    page.add(&table);
}

/// Writes how much happens at which rung and when: expected numbers of events.
pub fn aggregates(page: &mut Page, model: &Model, main: &Answers) {
    let last = |node: &Node| node.mean_turn.unwrap_or(0.0).max(0.0) as u32;
    let events = || {
        main.reactions.graph.node_weights().filter(|node| matches!(node.kind, NodeKind::Event(_)))
    };
    let turns = events().map(last).max().unwrap_or(0) + 1;
    let span = turns.div_ceil(MOST_SPANS);
    let spans = turns.div_ceil(span) as usize;
    let rungs = model.ladder.as_ref().map_or(0, |ladder| ladder.rungs.len());
    let mut sums = vec![vec![(0_usize, 0.0); spans]; rungs + 1];
    for node in events() {
        let row = labels::rung_index(model, &node.kind).unwrap_or(rungs);
        let cell = &mut sums[row.min(rungs)][(last(node) / span) as usize];
        *cell = (cell.0 + 1, cell.1 + node.probability);
    }
    let mut table = format!(
        "<h3>What happens where</h3><p class=\"faint\">There are {} things that can happen. For each rung and time of \
         their first time: how many of them come about on average, of how many.</p>\
         <div class=\"wide\"><table class=\"heat\"><thead><tr><th scope=\"col\">rung, turns</th>",
        counted(main.reactions.graph.node_count(), "node").replace(" nodes", ""),
    );
    for at in 0..spans as u32 {
        let (from, to) = (at * span, (at + 1) * span - 1);
        let _ = if from == to {
            write!(table, "<th scope=\"col\">{from}</th>")
        } else {
            write!(table, "<th scope=\"col\">{from} to {to}</th>")
        };
    }
    table.push_str("</tr></thead><tbody>\n");
    for row in (0..=rungs).rev().filter(|&row| sums[row].iter().any(|cell| cell.0 > 0)) {
        let title = model.ladder.as_ref().and_then(|ladder| ladder.rungs.get(row));
        let title = title.map_or_else(|| "on no rung".to_owned(), |rung| escaped(&rung.title));
        let _ = write!(table, "<tr><th scope=\"row\">{title}</th>");
        for &(count, mass) in &sums[row] {
            let share = if count == 0 { 0.0 } else { mass / count as f64 };
            let shade = (share.clamp(0.0, 1.0) * 10.0).ceil();
            let _ = match count {
                0 => write!(table, "<td></td>"),
                _ => write!(
                    table,
                    "<td class=\"h{shade}\">{} <span class=\"faint\">of {count}</span></td>",
                    number(mass)
                ),
            };
        }
        table.push_str("</tr>\n");
    }
    page.add(&(table + "</tbody></table></div>"));
}
