//! What a kept report says of how it was made, and whether another evaluation says the same.

use super::json::{RUN, RunRecord};
use super::record::{SHORT, WHOLE};
use super::{Repeat, Report};
use serde::Deserialize;
use serde_json::Value;

/// Below this much, a difference is noise of the computation; above 1, relative to the number.
const NOISE: f64 = 1e-9;

/// What a report was made from, and what it says.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// The path of the scenario, as it was given.
    pub file: String,
    /// The text of every file that was read, the scenario's first; none where the report does not
    /// carry it.
    pub files: Option<Vec<RecordedFile>>,
    /// Version, hash and options.
    pub repeat: Repeat,
    results: Value,
}

/// A file that a report carries.
#[derive(Clone, Debug, Deserialize)]
pub struct RecordedFile {
    /// Its path, as it was read.
    pub path: String,
    /// Its text.
    pub text: String,
    /// Other paths that it was imported by.
    #[serde(default)]
    pub also: Vec<String>,
}

impl RecordedFile {
    /// Whether it was read by this path.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        self.path == path || self.also.iter().any(|other| other == path)
    }
}

#[derive(Deserialize)]
struct Carried {
    file: String,
    results: Value,
    #[serde(flatten)]
    repeat: Repeat,
}

#[derive(Deserialize)]
struct CarriedWhole {
    run: Carried,
    files: Vec<RecordedFile>,
}

impl Recorded {
    /// What a report carries: HTML, JSON or Markdown as `run` writes it.
    ///
    /// # Errors
    /// It is none of these, or what it carries is damaged: a sentence that says so.
    pub fn read(text: &str) -> Result<Self, String> {
        let json = carried(text).ok_or("it is no report that `escalade run` wrote")?;
        let damaged = |error: serde_json::Error| format!("what it carries is damaged: {error}");
        let value: Value = serde_json::from_str(json).map_err(damaged)?;
        let format = value.get("format").and_then(Value::as_str).unwrap_or_default().to_owned();
        let (run, files) = if format == WHOLE.format {
            let whole: CarriedWhole = serde_json::from_value(value).map_err(damaged)?;
            (whole.run, Some(whole.files))
        } else if [SHORT.format, RUN.format].contains(&format.as_str()) {
            (serde_json::from_value(value).map_err(damaged)?, None)
        } else if format.is_empty() {
            return Err("it is no report that `escalade run` wrote".to_owned());
        } else {
            return Err(format!("its format is `{format}`, which this version cannot read"));
        };
        let Carried { file, results, repeat } = run;
        Ok(Self { file, files, repeat, results })
    }

    /// Whether all its results were simulated, also where the options left that open.
    #[must_use]
    pub fn is_simulated(&self) -> bool {
        let results = self.results.as_array().map(Vec::as_slice).unwrap_or_default();
        let simulated = |result: &Value| result.get("method").is_some_and(|it| it == "simulate");
        !results.is_empty() && results.iter().all(simulated)
    }

    /// How another evaluation differs from what this report says.
    #[must_use]
    pub fn compared(&self, now: &Report<'_>) -> Comparison {
        let mut comparison = Comparison::default();
        // Through text, as the recorded numbers went: reading a number rounds its last digit.
        let now = serde_json::to_string(&RunRecord::new(now))
            .and_then(|text| serde_json::from_str::<Value>(&text))
            .unwrap_or_default();
        let results = now.get("results").unwrap_or(&Value::Null);
        comparison.value(&mut Vec::new(), &self.results, results);
        comparison
    }
}

/// The JSON in a report.
fn carried(text: &str) -> Option<&str> {
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.starts_with('{') {
        return Some(text);
    }
    for (begin, end) in [
        (r#"<script type="application/json" id="record">"#, "</script>"),
        ("<!-- escalade: ", " -->"),
    ] {
        // The last one: a text of the scenario may look alike in a page that shows it.
        if let Some(at) = text.rfind(begin) {
            let rest = &text[at + begin.len()..];
            return rest.find(end).map(|at| &rest[..at]);
        }
    }
    None
}

/// How two evaluations compare.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// How many numbers were compared.
    pub numbers: usize,
    /// How many of them differ by no more than noise.
    pub noise: usize,
    /// What differs.
    pub differences: Vec<Difference>,
}

/// Something that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What: `baseline, outcome truce, estimate`.
    pub place: String,
    /// As recorded; nothing where it was not there.
    pub recorded: String,
    /// As it is now; nothing where it is not there any more.
    pub now: String,
}

impl Comparison {
    fn value(&mut self, place: &mut Vec<String>, recorded: &Value, now: &Value) {
        match (recorded, now) {
            (Value::Number(one), Value::Number(other)) => {
                self.numbers += 1;
                let (a, b) = (one.as_f64().unwrap_or(f64::NAN), other.as_f64().unwrap_or(f64::NAN));
                if one == other {
                    return;
                }
                if (a - b).abs() <= NOISE * a.abs().max(1.0) {
                    self.noise += 1;
                } else {
                    self.differs(place, recorded, now);
                }
            }
            (Value::Object(one), Value::Object(other)) => {
                let mut keys: Vec<&String> = one.keys().collect();
                keys.sort_by_key(|key| order(key));
                for key in keys {
                    place.push(word(key).to_owned());
                    self.value(place, &one[key], other.get(key).unwrap_or(&Value::Null));
                    place.pop();
                }
            }
            (Value::Array(one), Value::Array(other)) => self.list(place, one, other),
            (Value::Bool(_), Value::Bool(_)) => {
                self.numbers += 1;
                if recorded != now {
                    self.differs(place, recorded, now);
                }
            }
            _ if recorded == now => {}
            _ => self.differs(place, recorded, now),
        }
    }

    /// Items that have a name are compared with those of the same name, others by their order.
    fn list(&mut self, place: &mut Vec<String>, recorded: &[Value], now: &[Value]) {
        let (old, new) = (named(recorded), named(now));
        let find: rustc_hash::FxHashMap<&str, &Value> =
            new.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        let known: rustc_hash::FxHashSet<&str> =
            old.iter().map(|(name, _)| name.as_str()).collect();
        for (name, value) in &old {
            place.push(name.clone());
            match find.get(name.as_str()) {
                Some(other) => self.value(place, value, other),
                None => self.push(place, "there", ""),
            }
            place.pop();
        }
        for (name, _) in new.iter().filter(|(name, _)| !known.contains(name.as_str())) {
            place.push(name.clone());
            self.push(place, "", "there");
            place.pop();
        }
    }

    fn differs(&mut self, place: &[String], recorded: &Value, now: &Value) {
        self.push(place, &shown(recorded), &shown(now));
    }

    fn push(&mut self, place: &[String], recorded: &str, now: &str) {
        let words = place.iter().filter(|word| !word.is_empty()).map(String::as_str);
        let place = words.collect::<Vec<_>>().join(", ");
        let (recorded, now) = (recorded.to_owned(), now.to_owned());
        self.differences.push(Difference { place, recorded, now });
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Object(_) | Value::Array(_) => "there".to_owned(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}

/// What counts most comes first.
fn order(key: &str) -> usize {
    let first =
        ["reading", "method", "estimate", "outcomes", "ladder", "expectations", "reactions"];
    first.iter().position(|known| *known == key).unwrap_or(first.len())
}

/// The key in words; nothing for lists whose items say what they are.
fn word(key: &str) -> &str {
    match key {
        "outcomes" | "ladder" | "expectations" | "reactions" | "nodes" | "edges" | "storylines"
        | "bounds" | "steps" => "",
        "both" => "bounds",
        "likelihoods" => "bounds over likelihoods",
        "decisions" => "bounds over decisions",
        "mean_turn" => "mean turn",
        "earliest_turn" => "earliest turn",
        "expected" => "expected number",
        other => other,
    }
}

/// The items of a list, each under a name of its own.
fn named(items: &[Value]) -> Vec<(String, &Value)> {
    let mut met: rustc_hash::FxHashMap<String, usize> = rustc_hash::FxHashMap::default();
    (items.iter().enumerate())
        .map(|(at, item)| {
            let name = name(at, item);
            let count = met.entry(name.clone()).or_default();
            *count += 1;
            (if *count == 1 { name } else { format!("{name} ({count})") }, item)
        })
        .collect()
}

fn name(at: usize, item: &Value) -> String {
    let text = |key: &str| item.get(key).and_then(Value::as_str);
    if item.get("reading").is_some() {
        return text("reading")
            .map_or_else(|| "baseline".to_owned(), |name| format!("reading {name}"));
    }
    if let (Some(from), Some(to), Some(by)) = (text("from"), text("to"), text("by")) {
        let alternative = item.get("alternative").map(shown).unwrap_or_default();
        return format!("{from} -> {to} by {by} {alternative}").trim_end().to_owned();
    }
    if let Some(name) = text("name") {
        return format!("outcome {name}");
    }
    if let Some(name) = text("rung").filter(|_| item.get("id").is_none()) {
        return format!("rung {name}");
    }
    if let Some(name) = text("id") {
        return name.to_owned();
    }
    if let Some(name) = text("text") {
        return format!("expectation {name}");
    }
    if item.get("steps").is_some() {
        return format!("storyline {}", at + 1);
    }
    if let Some(turn) = item.get("turn") {
        return format!("turn {turn}");
    }
    match item {
        Value::Number(_) => ["low", "high"].get(at).map_or_else(String::new, |it| (*it).to_owned()),
        Value::String(text) => text.clone(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => String::new(),
    }
}
