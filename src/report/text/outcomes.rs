//! Where it may end: each outcome with its estimate, and always its bounds beside it.

use super::bar::bar;
use super::interval;
use super::line::{Line, Paint};
use super::page::Page;
use crate::analysis::{Answers, Interval, Method, OutcomeAnswer};
use crate::model::{Model, Outcome};
use crate::report::content::labels;
use crate::report::percent;

/// Writes the outcomes with their bars; nothing where the scenario has none.
pub fn write(page: &mut Page, model: &Model, answers: &Answers) {
    if model.outcomes.is_empty() {
        return;
    }
    page.section("Outcomes", how_to_read(answers.method));
    let columns = Columns::new(answers);
    page.line(&columns.head(page.width()));
    for (outcome, answer) in model.outcomes.iter().zip(&answers.outcomes) {
        page.indented(2, &title(model, outcome, answer));
        page.line(&columns.row(page.width(), answer));
    }
}

/// Bounds in one line, for newcomers.
pub(crate) fn how_to_read(method: Method) -> &'static str {
    match method {
        Method::Exact => {
            "estimate: every range of likelihood at its midpoint; bounds: the lowest and the highest \
             that the ranges, and every choice of those who decide, allow"
        }
        Method::Simulated { .. } => {
            "estimate: the share of the storylines drawn, with the 95% interval of the drawing; \
             bounds, what the ranges allow, only an exact evaluation knows"
        }
    }
}

/// What stands in brackets beside an estimate, in a word.
pub(crate) fn around(method: Method) -> &'static str {
    match method {
        Method::Exact => "bounds",
        Method::Simulated { .. } => "95% interval",
    }
}

fn title(model: &Model, outcome: &Outcome, answer: &OutcomeAnswer) -> Line {
    let mut line = Line::new().strong(&outcome.title);
    if outcome.ending {
        line = line.faint(" · ending");
    }
    match answer.mean_turn {
        Some(turn) => line.faint(format!(" · mean {}", labels::mean_turn(model, turn))),
        None => line,
    }
}

/// The columns behind the bars, as wide as their widest text.
struct Columns {
    heads: Vec<&'static str>,
    widths: Vec<usize>,
    apart: bool,
}

impl Columns {
    fn new(answers: &Answers) -> Self {
        let apart = answers.outcomes.iter().any(differ);
        let heads = if apart {
            vec!["estimate", "bounds", "likelihoods", "decisions"]
        } else {
            vec!["estimate", around(answers.method)]
        };
        let mut columns = Self { widths: vec![0; heads.len()], heads, apart };
        let rows = answers.outcomes.iter().map(|answer| columns.cells(answer));
        let texts: Vec<Vec<String>> =
            std::iter::once(columns.heads.iter().map(|&head| head.to_owned()).collect())
                .chain(rows)
                .collect();
        for row in &texts {
            for (width, text) in columns.widths.iter_mut().zip(row) {
                *width = (*width).max(text.chars().count());
            }
        }
        columns
    }

    fn cells(&self, answer: &OutcomeAnswer) -> Vec<String> {
        let mut cells = vec![percent(answer.estimate), interval(known(answer))];
        if self.apart {
            cells.push(interval(answer.likelihoods));
            cells.push(interval(answer.decisions));
        }
        cells
    }

    fn bar_width(&self, page_width: usize) -> usize {
        let behind: usize = self.widths.iter().map(|width| width + 2).sum();
        page_width.saturating_sub(behind + 2).clamp(8, 60)
    }

    fn head(&self, page_width: usize) -> Line {
        let mut line = Line::new().plain(" ".repeat(2 + self.bar_width(page_width)));
        for (at, (head, &width)) in self.heads.iter().zip(&self.widths).enumerate() {
            let gap = if at == 0 { width - head.len() } else { 0 };
            line = line.plain(" ".repeat(2 + gap)).faint(head);
            if at > 0 {
                line = line.plain(" ".repeat(width - head.len()));
            }
        }
        line
    }

    fn row(&self, page_width: usize, answer: &OutcomeAnswer) -> Line {
        let bar = bar(self.bar_width(page_width), answer.estimate, known(answer));
        let mut line = Line::new().plain("  ").and(&bar);
        for (at, (text, &width)) in self.cells(answer).iter().zip(&self.widths).enumerate() {
            let missing = " ".repeat(width.saturating_sub(text.chars().count()));
            line = match at {
                0 => line.plain("  ").plain(missing).then(Paint::Strong, text),
                1 => line.plain("  ").plain(text).plain(missing),
                _ => line.plain("  ").faint(text).plain(missing),
            };
        }
        line
    }
}

/// Whether the bounds over both say something that neither part says alone.
fn differ(answer: &OutcomeAnswer) -> bool {
    let text = interval;
    answer.both.is_some()
        && (text(answer.likelihoods) != text(answer.both)
            || text(answer.decisions) != text(answer.both))
        && !trivial(answer.decisions)
}

/// Whether an interval has only one value.
fn trivial(interval: Option<Interval>) -> bool {
    interval.is_none_or(|interval| interval.high - interval.low <= 1e-8)
}

fn known(answer: &OutcomeAnswer) -> Option<Interval> {
    answer.both.or(answer.confidence)
}
