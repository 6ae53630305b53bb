//! What a report carries of what it was made from, so that it can be evaluated again.

use super::Report;
use super::form::Form;
use super::json::{RunRecord, line};
use crate::model::Defaults;
use crate::source::SourceFile;
use schemars::JsonSchema;
use serde::Serialize;

/// What `whole` writes.
pub const WHOLE: Form = Form::new::<Whole<'static>>("escalade-report/1", "run --format html");

/// What `short` writes.
pub const SHORT: Form = Form::new::<Short<'static>>("escalade-repeat/1", "run --format markdown");

/// What a page of `run` carries of what it was made from, so that `replay` can evaluate it again.
#[derive(JsonSchema, Serialize)]
struct Whole<'a> {
    /// The name and the version of this form.
    #[schemars(extend("const" = WHOLE.format))]
    format: &'static str,
    /// What `run` found.
    run: RunRecord<'a>,
    /// The texts of the scenario and of its imports, the scenario's first.
    files: Vec<FileRecord<'a>>,
}

/// A file that was read.
#[derive(JsonSchema, Serialize)]
struct FileRecord<'a> {
    /// Its path, as it was read.
    path: &'a str,
    /// Its text.
    text: &'a str,
    /// Other paths that it was imported by; left out where there are none.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    also: &'a [String],
}

/// Everything: the JSON of `run` and the texts of the scenario and its imports. Safe inside a `script`
/// element of HTML.
#[must_use]
pub(super) fn whole(report: &Report<'_>) -> String {
    let own = |file: &&SourceFile| !Defaults::is_path(&file.path);
    let files = report.sources.files().iter().filter(own);
    let record = Whole {
        format: WHOLE.format,
        run: RunRecord::new(report),
        files: files
            .map(|file| FileRecord { path: &file.path, text: &file.text, also: &file.also })
            .collect(),
    };
    in_script(&record)
}

/// What a page in Markdown carries of what it was made from, so that `replay` can evaluate it
/// again.
#[derive(JsonSchema, Serialize)]
struct Short<'a> {
    /// The name and the version of this form.
    #[schemars(extend("const" = SHORT.format))]
    format: &'static str,
    /// The path of the scenario, as it was given.
    file: &'a str,
    /// One for the scenario as written and one for each reading, or only the one asked for.
    results: Vec<ShortResult<'a>>,
    #[serde(flatten)]
    repeat: &'a super::Repeat,
}

/// The numbers of the scenario as written, or of one of its readings.
#[derive(JsonSchema, Serialize)]
struct ShortResult<'a> {
    /// The name of the reading; `null` for the scenario as written.
    reading: Option<&'a str>,
    /// How it was evaluated: `exact`, or `simulate` for drawn at random.
    #[schemars(extend("enum" = ["exact", "simulate"]))]
    method: &'static str,
    /// The outcomes, as declared.
    outcomes: Vec<ShortAnswer<'a>>,
    /// The rungs of the ladder, from the lowest; empty without one.
    ladder: Vec<ShortRung<'a>>,
}

/// An outcome and how likely it is.
#[derive(JsonSchema, Serialize)]
struct ShortAnswer<'a> {
    /// The name in the scenario.
    name: &'a str,
    /// The estimated probability.
    #[schemars(range(min = 0, max = 1))]
    estimate: f64,
    /// How far the probability can go; `null` when simulated.
    bounds: Option<ShortBounds>,
}

/// The lowest and the highest probability of an outcome.
#[derive(JsonSchema, Serialize)]
struct ShortBounds {
    /// Over likelihoods and decisions together.
    #[schemars(inner(range(min = 0, max = 1)))]
    both: Option<[f64; 2]>,
}

/// A rung of the ladder and how likely it is to be reached.
#[derive(JsonSchema, Serialize)]
struct ShortRung<'a> {
    /// The name in the scenario.
    rung: &'a str,
    /// The probability that the level ever reaches it.
    #[schemars(range(min = 0, max = 1))]
    estimate: f64,
}

/// The scenario's path and hash, the options, and the numbers of the outcomes and the ladder, on one
/// line. Safe inside a comment of HTML.
#[must_use]
pub(super) fn short(report: &Report<'_>) -> String {
    let model = report.model;
    let results = report.results.iter().map(|answers| ShortResult {
        reading: report.reading(answers).map(|reading| reading.name.as_str()),
        method: super::json::method_word(answers.method),
        outcomes: (model.outcomes.iter().zip(&answers.outcomes))
            .map(|(outcome, answer)| ShortAnswer {
                name: &outcome.name,
                estimate: answer.estimate,
                bounds: (answer.both).map(|both| ShortBounds { both: Some([both.low, both.high]) }),
            })
            .collect(),
        ladder: (model.ladder.iter().flat_map(|ladder| &ladder.rungs).zip(&answers.ladder))
            .map(|(rung, answer)| ShortRung { rung: &rung.name, estimate: answer.estimate })
            .collect(),
    });
    let (file, repeat) = (report.file, report.repeat);
    in_script(&Short { format: SHORT.format, file, results: results.collect(), repeat })
        // A comment ends with two of these; a single one may belong to a number.
        .replace("--", "-\\u002d")
}

/// JSON in which nothing can end the element that it stands in, or begin another. The characters
/// that are written otherwise can only stand in strings.
#[must_use]
pub(super) fn in_script<T: Serialize>(record: &T) -> String {
    let json = line(record);
    let mut safe = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' => safe.push_str("\\u003c"),
            '>' => safe.push_str("\\u003e"),
            '&' => safe.push_str("\\u0026"),
            _ => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::in_script;

    #[test]
    fn nothing_ends_the_element() {
        let text = "</script><!-- <script> & \u{2028} \\ \" --> x";
        let safe = in_script(&text);
        assert!(!safe.contains(['<', '>', '&', '\u{2028}']), "{safe}");
        assert_eq!(serde_json::from_str::<String>(&safe).ok().as_deref(), Some(text));
    }
}
