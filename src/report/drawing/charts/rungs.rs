//! How far up the ladder, and when.

use super::track::{SIZE, Track, group, legend};
use crate::analysis::Answers;
use crate::model::{Ladder, Model};
use crate::report::drawing::svg::{Page, rung_colour, shortened, written};
use crate::report::drawing::xml::{px, shown};
use crate::report::isolate::isolated;
use crate::report::percent;
use std::fmt::Write as _;

const WIDTH: f64 = 780.0;
const HEIGHT: f64 = 300.0;
const LEFT: f64 = 40.0;
const LABELS: f64 = 300.0;
const PITCH: f64 = 18.0;

/// The rungs by turn: for each the probability that the level has reached it by then, one surface
/// before the other. Without a horizon there is no last turn; then bars say how likely each rung
/// is ever reached. Each rung is a `<g class="rung" data-rung="INDEX">`.
#[must_use]
pub fn rungs(model: &Model, answers: &Answers) -> String {
    let model = &isolated(model);
    let Some(ladder) = &model.ladder else {
        let under = "The scenario has no ladder.".to_owned();
        return Page::new("chart", "Ladder", std::slice::from_ref(&under), &under, WIDTH).finish();
    };
    let told: Vec<String> = (ladder.rungs.iter().zip(&answers.ladder))
        .map(|(rung, answer)| format!("{} {}", rung.title, percent(answer.estimate)))
        .collect();
    let description = format!("How likely each rung is ever reached: {}.", told.join("; "));
    let turns = answers.turns_told(model.horizon);
    if turns < 2 {
        return ever(ladder, answers, &description);
    }
    let under =
        format!("{}: the probability that each rung has been reached by a turn.", ladder.title);
    let mut page = Page::new("chart", "Ladder by turn", &[under], &description, WIDTH);
    let axes = Axes { top: page.bottom() + 10.0, turns };
    axes.write(&mut page, model);
    let heights = axes.label_heights(answers);
    for (at, (rung, answer)) in ladder.rungs.iter().zip(&answers.ladder).enumerate() {
        let (colour, ink) = rung_colour(at, ladder.rungs.len());
        let mut marks = format!(
            "<path class=\"seam\" fill=\"{colour}\" d=\"{}\"/>\n",
            axes.surface(&answer.by_turn)
        );
        let (x, y) = (axes.right(), heights[at]);
        let last = answer.by_turn.last().copied().unwrap_or(0.0);
        let _ = writeln!(
            marks,
            "<path class=\"axis line\" stroke-width=\"0.8\" d=\"M{} {}L{} {}\"/>\n\
             <rect x=\"{}\" y=\"{}\" width=\"18\" height=\"14\" fill=\"{colour}\"/>",
            px(x),
            px(axes.y(last)),
            px(x + 12.0),
            px(y),
            px(x + 14.0),
            px(y - 7.0)
        );
        marks +=
            &written(&format!("strong middle-of {ink}"), x + 23.0, y + 4.0, &(at + 1).to_string());
        let number = percent(last);
        marks += &written("strong", x + 38.0, y + 4.0, &number);
        marks += &written("", x + 92.0, y + 4.0, &shortened(&rung.title, SIZE, LABELS - 92.0));
        let tip = shown(&format!("{}: {number}", rung.title));
        page.raw(&group(&format!("class=\"rung\" data-rung=\"{at}\""), &tip, &marks));
    }
    let deepest = heights.iter().copied().fold(axes.top + HEIGHT + 34.0, f64::max);
    page.grow(deepest + 10.0 - page.bottom());
    page.finish()
}

/// Where turns and probabilities stand.
struct Axes {
    top: f64,
    turns: usize,
}

impl Axes {
    fn right(&self) -> f64 {
        WIDTH - LABELS
    }

    #[expect(clippy::cast_precision_loss, reason = "a chart has few turns")]
    fn x(&self, turn: usize) -> f64 {
        LEFT + (self.right() - LEFT) * turn as f64 / (self.turns - 1).max(1) as f64
    }

    fn y(&self, probability: f64) -> f64 {
        self.top + HEIGHT * (1.0 - probability.clamp(0.0, 1.0))
    }

    fn write(&self, page: &mut Page, model: &Model) {
        for tick in [0.0, 0.25, 0.5, 0.75, 1.0] {
            let y = self.y(tick);
            page.raw(&format!(
                "<path class=\"grid line\" stroke-width=\"1\" d=\"M{} {}H{}\"/>\n",
                px(LEFT),
                px(y),
                px(self.right())
            ));
            page.text("faint small end-of", LEFT - 6.0, y + 3.5, &percent(tick));
        }
        let mut steps =
            (0..).map(|power| 10_usize.pow(power)).flat_map(|ten| [1, 2, 5].map(|it| it * ten));
        let step = steps.find(|step| (self.turns - 1) / step <= 6).unwrap_or(self.turns);
        for turn in (0..self.turns).step_by(step) {
            let (x, y) = (self.x(turn), self.top + HEIGHT);
            page.raw(&format!(
                "<path class=\"axis line\" stroke-width=\"1\" d=\"M{} {}v4\"/>\n",
                px(x),
                px(y)
            ));
            page.text("faint small middle-of", x, y + 15.0, &format!("turn {turn}"));
            let date = u32::try_from(turn).ok().and_then(|turn| model.date(turn));
            if let Some(date) = date {
                page.text("faint small middle-of", x, y + 27.0, &date.to_string());
            }
        }
    }

    /// What lies below a probability, turn by turn: it changes only where a turn begins.
    fn surface(&self, by_turn: &[f64]) -> String {
        let mut path = format!("M{} {}", px(LEFT), px(self.y(0.0)));
        let mut turns =
            by_turn.iter().enumerate().map(|(turn, &it)| (px(self.x(turn)), it)).peekable();
        while let Some((x, probability)) = turns.next() {
            // Of turns that fall together only the last is to be seen.
            if turns.peek().is_none_or(|next| next.0 != x) {
                let _ = write!(path, "H{x}V{}", px(self.y(probability)));
            }
        }
        let _ = write!(path, "H{}V{}z", px(self.right()), px(self.y(0.0)));
        path
    }

    /// The heights of the labels, none over another, the highest rung lowest.
    fn label_heights(&self, answers: &Answers) -> Vec<f64> {
        let mut heights: Vec<f64> = (answers.ladder.iter())
            .map(|rung| self.y(rung.by_turn.last().copied().unwrap_or(0.0)))
            .collect();
        let mut least = self.top;
        for height in &mut heights {
            *height = height.max(least);
            least = *height + PITCH;
        }
        let mut most = self.top + HEIGHT;
        for height in heights.iter_mut().rev() {
            *height = height.min(most);
            most = *height - PITCH;
        }
        // More rungs than fit beside the axis go on below it.
        let lift = (self.top - heights.first().copied().unwrap_or(self.top)).max(0.0);
        heights.iter().map(|height| height + lift).collect()
    }
}

fn ever(ladder: &Ladder, answers: &Answers, description: &str) -> String {
    const ROW: f64 = 34.0;
    let under = format!("{}: how likely each rung is ever reached.", ladder.title);
    let mut page = Page::new("chart", "Ladder", &[under], description, WIDTH);
    let track = Track::probabilities(WIDTH);
    page.grow(14.0);
    let rows: f64 = answers.ladder.iter().map(|_| ROW).sum();
    track.grid(&mut page, rows, &[0.0, 0.25, 0.5, 0.75, 1.0]);
    for (at, (rung, answer)) in ladder.rungs.iter().zip(&answers.ladder).enumerate().rev() {
        let y = page.bottom() + ROW / 2.0;
        let bounds = answer.bounds.or(answer.confidence);
        let (colour, ink) = rung_colour(at, ladder.rungs.len());
        let mut marks = format!(
            "<rect x=\"0\" y=\"{}\" width=\"18\" height=\"14\" fill=\"{colour}\"/>\n",
            px(y - 7.0)
        );
        marks += &written(&format!("strong middle-of {ink}"), 9.0, y + 4.0, &(at + 1).to_string());
        marks += &track.label(y, 26.0, &rung.title);
        marks += &track.bar(y, answer.estimate, bounds);
        marks += &track.numbers(y, answer.estimate, bounds);
        let tip = shown(&format!("{}: {}", rung.title, percent(answer.estimate)));
        page.raw(&group(&format!("class=\"rung\" data-rung=\"{at}\""), &tip, &marks));
        page.grow(ROW);
    }
    legend(&mut page);
    page.finish()
}
