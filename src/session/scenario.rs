//! A scenario with everything that it brought in.

use super::amounts::on_threads;
use super::evaluation::{Evaluation, evaluate};
use super::loaded::{Loaded, load_from};
use super::options::{Audience, Options, Which};
use super::refusal::Refusal;
use super::{evidence, overview};
use crate::diagnostic::Diagnostic;
use crate::disk;
use crate::model::Model;
use crate::source::{self, Reader, Sources};
use std::io;

/// A scenario without errors.
#[derive(Clone, Debug)]
pub struct Scenario {
    loaded: Loaded,
    model: Model,
    observed: Vec<String>,
}

impl Scenario {
    /// Reads the file of this path, and what it imports and quotes.
    ///
    /// # Errors
    /// It cannot be read, or has errors.
    pub fn from_path(path: &str) -> Result<Self, Refusal> {
        Self::read(path, &[], &Files)
    }

    /// Of a text that lies nowhere; what it imports and quotes is found from the folder that the process
    /// runs in.
    ///
    /// # Errors
    /// It has errors.
    pub fn from_text(name: &str, text: &str) -> Result<Self, Refusal> {
        Self::read(name, &[], &Text { name, text })
    }

    /// Reads a file and what it brings in through a reader, with observations, each as
    /// `turn 3: CONDITION`, beside its own.
    ///
    /// # Errors
    /// It cannot be read, or has errors.
    pub fn read(path: &str, observed: &[String], reader: &dyn Reader) -> Result<Self, Refusal> {
        if let Err(error) = reader.read(path) {
            let why = source::unreadable_because(&error);
            return Err(Refusal::Unreadable(format!("cannot read `{path}`: {why}")));
        }
        let mut loaded = load_from(path, observed, reader, Sources::default());
        match loaded.model.take() {
            Some(model) => Ok(Self { loaded, model, observed: observed.to_vec() }),
            None => Err(Refusal::Errors(loaded.diagnostics, loaded.sources)),
        }
    }

    /// What is doubtful in it, by place.
    #[must_use]
    pub fn doubts(&self) -> &[Diagnostic] {
        &self.loaded.diagnostics
    }

    /// What it means.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Evaluates it as written and in all its readings, or in the one that the options name; what its
    /// sources carry, and what is behind its answers, is found besides, where that does not take long.
    ///
    /// # Errors
    /// The options do not fit it, assignments contradict each other, or a limit is reached.
    pub fn evaluate(&self, options: &Options) -> Result<Evaluation, Refusal> {
        let mut options = options.clone();
        if !options.observe.is_empty() && options.observe != self.observed {
            let message = "observations are given where the scenario is read".to_owned();
            return Err(Refusal::Options(message));
        }
        options.observe.clone_from(&self.observed);
        let limits = options.limits(Audience::Machines);
        let (loaded, model) = (self.loaded.clone(), self.model.clone());
        let mut found = evaluate(loaded, model, &options, Which::All, &limits)?;
        found.evidence = evidence::evidence(&found, &options);
        found.behind = overview::behind(&found, &options, &limits);
        Ok(found)
    }

    /// Asks anything that [`crate::analysis`] answers, on as many threads as the options say.
    pub fn ask<T: Send>(
        &self,
        options: &Options,
        question: impl FnOnce(&Model, &crate::analysis::Options) -> T + Send,
    ) -> T {
        let limits = options.limits(Audience::Machines);
        on_threads(options.threads, || question(&self.model, &limits))
    }
}

/// Plain files on the disk.
struct Files;

impl Reader for Files {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        disk::read(path)
    }

    fn real(&self, path: &str) -> String {
        disk::real(path)
    }

    fn folders(&self, path: &str) -> Vec<String> {
        source::folders(path, 0)
    }
}

/// A text, and plain files beside it.
struct Text<'a> {
    name: &'a str,
    text: &'a str,
}

impl Reader for Text<'_> {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        match path == self.name {
            true => Ok(self.text.as_bytes().to_vec()),
            false => disk::read(path),
        }
    }
}
