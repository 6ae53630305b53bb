//! Readings side by side.

use super::track::{SIZE, Track, group, legend};
use crate::report::drawing::svg::{Page, bold_width, shortened, width};
use crate::report::drawing::xml::{escaped, shown};
use crate::report::isolate::isolated;
use crate::report::{Report, percent};

const WIDTH: f64 = 720.0;
const HEAD: f64 = 26.0;
const ROW: f64 = 26.0;

/// For each outcome its probability in the baseline and in every reading that was evaluated. Each
/// is a `<g class="row" data-outcome="NAME" data-reading="NAME">`, without `data-reading` for the
/// baseline.
#[must_use]
pub fn readings(report: &Report<'_>) -> String {
    let model = isolated(report.model);
    let report = &Report { model: &model, ..*report };
    let names: Vec<&str> = (report.results.iter())
        .map(|answers| {
            report.reading(answers).map_or("as written", |reading| reading.title.as_str())
        })
        .collect();
    let under = "The probability of each outcome, in each reading of the scenario.".to_owned();
    let description = description(report, &names);
    let mut page = Page::new("chart", "Readings side by side", &[under], &description, WIDTH);
    let track = Track::probabilities(WIDTH);
    page.grow(14.0);
    let rows: f64 = report.results.iter().map(|_| ROW).sum();
    let ticks = [0.0, 0.25, 0.5, 0.75, 1.0];
    track.scale(&mut page, &ticks);
    for (at, outcome) in report.model.outcomes.iter().enumerate() {
        page.grow(HEAD);
        // Bold letters are wider.
        let title = shortened(&outcome.title, SIZE, WIDTH / bold_width("n", 1.0) * width("n", 1.0));
        page.text("strong", 0.0, page.bottom() - 8.0, &title);
        track.lines(&mut page, rows, &ticks);
        for (answers, name) in report.results.iter().zip(&names) {
            let Some(answer) = answers.outcomes.get(at) else { continue };
            let y = page.bottom() + ROW / 2.0 - 2.0;
            let bounds = answer.both.or(answer.confidence);
            let marks = track.label(y, 12.0, name)
                + &track.bar(y, answer.estimate, bounds)
                + &track.numbers(y, answer.estimate, bounds);
            let mut attributes =
                format!("class=\"row\" data-outcome=\"{}\"", escaped(&outcome.name));
            if let Some(reading) = report.reading(answers) {
                attributes += &format!(" data-reading=\"{}\"", escaped(&reading.name));
            }
            let tip = format!("{}, {name}: {}", outcome.title, percent(answer.estimate));
            page.raw(&group(&attributes, &shown(&tip), &marks));
            page.grow(ROW);
        }
    }
    legend(&mut page);
    page.finish()
}

fn description(report: &Report<'_>, names: &[&str]) -> String {
    let mut told = Vec::new();
    for (answers, name) in report.results.iter().zip(names) {
        let outcomes: Vec<String> = (report.model.outcomes.iter().zip(&answers.outcomes))
            .map(|(outcome, answer)| format!("{} {}", outcome.title, percent(answer.estimate)))
            .collect();
        told.push(format!("{name}: {}.", outcomes.join("; ")));
    }
    told.join(" ")
}
