//! What a report carries of what it was made from, so that it can be evaluated again.

use super::Report;
use super::json::RunRecord;
use crate::model::Defaults;
use crate::source::SourceFile;
use serde::Serialize;

/// The format of [`whole`].
pub(super) const WHOLE: &str = "escalade-report/1";

/// The format of [`short`].
pub(super) const SHORT: &str = "escalade-repeat/1";

#[derive(Serialize)]
struct Whole<'a> {
    format: &'static str,
    run: RunRecord<'a>,
    files: Vec<FileRecord<'a>>,
}

#[derive(Serialize)]
struct FileRecord<'a> {
    path: &'a str,
    text: &'a str,
}

/// Everything: the JSON of `run` and the texts of the scenario and its imports. Safe inside a `script`
/// element of HTML.
#[must_use]
pub(super) fn whole(report: &Report<'_>) -> String {
    let own = |file: &&SourceFile| !Defaults::is_path(&file.path);
    let files = report.sources.files().iter().filter(own);
    let record = Whole {
        format: WHOLE,
        run: RunRecord::new(report),
        files: files.map(|file| FileRecord { path: &file.path, text: &file.text }).collect(),
    };
    in_script(&record)
}

#[derive(Serialize)]
struct Short<'a> {
    format: &'static str,
    file: &'a str,
    results: Vec<ShortResult<'a>>,
    #[serde(flatten)]
    repeat: &'a super::Repeat,
}

#[derive(Serialize)]
struct ShortResult<'a> {
    reading: Option<&'a str>,
    method: &'static str,
    outcomes: Vec<ShortAnswer<'a>>,
    ladder: Vec<ShortRung<'a>>,
}

#[derive(Serialize)]
struct ShortAnswer<'a> {
    name: &'a str,
    estimate: f64,
    bounds: Option<ShortBounds>,
}

#[derive(Serialize)]
struct ShortBounds {
    both: Option<[f64; 2]>,
}

#[derive(Serialize)]
struct ShortRung<'a> {
    rung: &'a str,
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
    in_script(&Short { format: SHORT, file, results: results.collect(), repeat })
        // A comment ends with two of these; a single one may belong to a number.
        .replace("--", "-\\u002d")
}

/// JSON in which nothing can end the element that it stands in, or begin another. The characters
/// that are written otherwise can only stand in strings.
#[must_use]
pub(super) fn in_script<T: Serialize>(record: &T) -> String {
    // Our records have string keys only and no failing writers: there is nothing that can go wrong.
    let json = serde_json::to_string(record).unwrap_or_default();
    let mut safe = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' => safe.push_str("\\u003c"),
            '>' => safe.push_str("\\u003e"),
            '&' => safe.push_str("\\u0026"),
            '\u{2028}' => safe.push_str("\\u2028"),
            '\u{2029}' => safe.push_str("\\u2029"),
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
