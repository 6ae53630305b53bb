//! Answers as pages: for terminals, as Markdown and JSON, as drawings, and as snapshots.
//!
//! Guaranteed here: the same input gives the same bytes, and no text of the scenario reaches a page
//! with control characters in it or with the marks of the page's own language.

mod clean;
pub mod comparison;
pub mod content;
pub mod drawing;
pub mod export;
mod form;
pub mod formats;
pub mod html;
mod isolate;
pub mod json;
pub mod markdown;
mod percent;
pub mod play;
mod record;
mod remark;
pub mod replayed;
mod shell_word;
pub mod text;

pub use clean::clean;
pub use content::drivers::DriversReport;
pub use content::labels::{counted, grouped};
pub use content::method::{WIDER, defaults as defaults_told, options as options_told};
pub use form::Form;
pub(crate) use percent::one_in;
pub use percent::percent;
pub use record::{SHORT, WHOLE};
pub use remark::remark;
pub use shell_word::shell_word;

use crate::analysis::{Answers, Behind, Evidence, Unanswered};
use crate::diagnostic::Diagnostic;
use crate::model::{Defaults, Given, Model, OBSERVED, Reading};
use crate::source::{SourceFile, Sources, hexadecimal, sha256};
use content::tested;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What a report is made from.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// The scenario's path as the user wrote it.
    pub file: &'a str,
    /// The scenario as written, with the changes of the command line.
    pub model: &'a Model,
    /// The answers: baseline first, then the readings; or those of one reading only.
    pub results: &'a [Answers],
    /// The readings that there are no answers for, and why.
    pub unanswered: &'a [Unanswered],
    /// The files that were read.
    pub sources: &'a Sources,
    /// What is doubtful about the scenario.
    pub diagnostics: &'a [Diagnostic],
    /// What is needed to make the same report again.
    pub repeat: &'a Repeat,
    /// What the claims rest on.
    pub evidence: &'a Evidence,
    /// What is behind the answers, where that was looked for.
    pub behind: Option<&'a Behind>,
}

impl<'a> Report<'a> {
    /// The answers that the report is mainly about: the baseline, or the only reading asked for. Where
    /// the baseline has none, the first reading that has.
    #[must_use]
    pub fn main(&self) -> Option<&'a Answers> {
        self.results.first()
    }

    /// What has no answers: what it is called, and why, with the code.
    pub fn not_evaluated(&self) -> impl Iterator<Item = (&'a str, Vec<String>)> {
        let model = self.model;
        self.unanswered.iter().map(move |part| {
            let why = part.failure.diagnostics().iter();
            let why = why.map(|one| format!("{}: {}", one.code, one.message)).collect();
            (tested::reading_name(model, part), why)
        })
    }

    /// The reading that some answers belong to; `None` is the baseline.
    #[must_use]
    pub fn reading(&self, answers: &Answers) -> Option<&'a Reading> {
        self.model.readings.get(answers.reading?)
    }
}

/// What is needed to evaluate again what a report was made from.
#[derive(Clone, Debug, JsonSchema, Serialize, Deserialize)]
pub struct Repeat {
    /// The version of the program.
    pub version: String,
    /// SHA-256 over the texts of the scenario and its imports, as 64 hexadecimal digits.
    pub text_hash: String,
    /// Every file that was read: the scenario, its imports, the file of defaults, the documents that
    /// quotations were looked up in.
    #[serde(default)]
    pub files: Vec<FileRead>,
    /// The options as given on the command line.
    pub options: RepeatOptions,
    /// What files of defaults gave; of two scenarios that are compared, each its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub defaults: Vec<RepeatDefaults>,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct FileRead {
    /// Its path, as it was read.
    pub path: String,
    /// The SHA-256 of its bytes, as 64 hexadecimal digits.
    pub sha256: String,
    /// Whether it lies outside the folder above that of the scenario.
    pub outside: bool,
}

/// Every file that was read, each once: of several scenarios those of the first come first.
#[must_use]
pub fn files_read(sources: &Sources) -> Vec<FileRead> {
    let texts = sources.files().iter().filter(|file| file.path != OBSERVED).map(|file| FileRead {
        path: file.path.clone(),
        sha256: sha256(file.text.as_bytes()),
        outside: file.outside,
    });
    let quoted = sources.quoted.iter().map(|file| FileRead {
        path: file.path.clone(),
        sha256: file.sha256.clone(),
        outside: file.outside,
    });
    let mut read: Vec<FileRead> = Vec::new();
    for file in texts.chain(quoted) {
        if !read.contains(&file) {
            read.push(file);
        }
    }
    read
}

/// What a file of defaults gave a scenario that has no such thing itself.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct RepeatDefaults {
    /// The path of the file.
    pub file: String,
    /// The horizon, in turns; `null` where it gave none.
    pub horizon: Option<i64>,
    /// Likelihood words, in order.
    pub lexicon: Vec<RepeatWord>,
}

/// A likelihood word.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct RepeatWord {
    /// The word.
    pub word: String,
    /// What it means, as written.
    pub likelihood: String,
}

impl From<&Given> for RepeatDefaults {
    fn from(given: &Given) -> Self {
        let words = given.words.iter();
        Self {
            file: given.path.clone(),
            horizon: given.horizon,
            lexicon: words
                .map(|(word, likelihood)| RepeatWord {
                    word: word.clone(),
                    likelihood: likelihood.clone(),
                })
                .collect(),
        }
    }
}

impl From<&RepeatDefaults> for Given {
    fn from(given: &RepeatDefaults) -> Self {
        let words = given.lexicon.iter();
        Self {
            path: given.file.clone(),
            horizon: given.horizon,
            words: words.map(|one| (one.word.clone(), one.likelihood.clone())).collect(),
        }
    }
}

/// The options of the evaluation, as given on the command line.
#[derive(Clone, Debug, JsonSchema, Serialize, Deserialize)]
pub struct RepeatOptions {
    /// `--horizon`; `null` where it was not given.
    pub horizon: Option<u32>,
    /// `--set`, in order.
    pub set: Vec<String>,
    /// `--observe`, in order.
    #[serde(default)]
    pub observe: Vec<String>,
    /// `--reading`; `null` where it was not given.
    pub reading: Option<String>,
    /// `--without-source`, in order.
    #[serde(default)]
    pub without_source: Vec<String>,
    /// `--min-grade`; `null` where it was not given.
    #[serde(default)]
    pub min_grade: Option<String>,
    /// `--method`.
    #[schemars(extend("enum" = ["auto", "exact", "simulate"]))]
    pub method: String,
    /// `--max-situations`.
    pub max_situations: usize,
    /// `--runs`.
    pub runs: u64,
    /// `--seed`.
    pub seed: u64,
    /// `--run`, where it was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run: Option<u64>,
    /// `--storylines`; `null` where it was not given.
    pub storylines: Option<usize>,
}

/// The files of the scenario itself. Observations of the command line are no files, they stand among
/// the options; and what the file of defaults gave stands beside these.
fn scenario_texts(sources: &Sources) -> impl Iterator<Item = &SourceFile> {
    let own = |file: &&SourceFile| file.path != OBSERVED && !Defaults::is_path(&file.path);
    sources.files().iter().filter(own)
}

/// SHA-256 over the files in the order they were read: of each its length in bytes, as a decimal
/// number and a line feed, then its text.
#[must_use]
pub fn text_hash(sources: &Sources) -> String {
    let mut hasher = Sha256::new();
    for file in scenario_texts(sources) {
        hasher.update(format!("{}\n", file.text.len()));
        hasher.update(file.text.as_bytes());
    }
    hexadecimal(&hasher.finalize())
}
