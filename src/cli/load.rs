//! From a path on the command line to a model.

use super::files::unreadable;
use super::identity::Identity;
use super::output::spared;
use super::status::{Status, Stop};
use crate::diagnostic::{Diagnostic, Severity};
use crate::disk;
use crate::model;
use crate::session::{Loaded, load_from};
use crate::source::{self, Reader, Sources};
use std::io::{self, stdin};
use std::path::{Component, Path};

/// What standard input is called in reports and diagnostics.
pub const STANDARD_INPUT: &str = "<stdin>";

/// What a file of this path on the command line is called in reports and diagnostics.
#[must_use]
pub fn called(path: String) -> String {
    if path == "-" { STANDARD_INPUT.to_owned() } else { path }
}

/// Reads a scenario with everything it imports; `-` is standard input. Mistakes in it are diagnostics.
///
/// # Errors
/// The file itself cannot be read.
pub fn load(path: &str) -> Result<Loaded, Stop> {
    load_observed(path, &[])
}

/// As [`load`], with the observations of the command line, each as `turn 3: CONDITION`.
///
/// # Errors
/// The file itself cannot be read.
pub fn load_observed(path: &str, observed: &[String]) -> Result<Loaded, Stop> {
    load_beside(path, observed, Sources::default())
}

/// As [`load_observed`], beside files that were read before: the numbers of all files differ.
///
/// # Errors
/// The file itself cannot be read, or what is to be written would take the place of what was.
pub fn load_beside(path: &str, observed: &[String], sources: Sources) -> Result<Loaded, Stop> {
    let disk = Disk::open(path)?;
    let loaded = load_from(&disk.file, observed, &disk, sources);
    spared::check()?;
    Ok(loaded)
}

/// What these errors mean for the command: the scenario has them, or Escalade has a fault, or, where all
/// stand in observations of the command line, that is wrong.
#[must_use]
pub fn blame(diagnostics: &[Diagnostic], sources: &Sources) -> Status {
    let mut errors = diagnostics.iter().filter(|one| one.severity == Severity::Error);
    let said = |one: &Diagnostic| sources.file(one.primary.span.file).path == model::OBSERVED;
    match Status::of_errors(diagnostics) {
        Status::ScenarioErrors if errors.all(said) => Status::WrongCommandLine,
        status => status,
    }
}

/// Reads files from the disk; the one named on the command line is read once, and first.
pub struct Disk {
    /// The name of that one.
    pub file: String,
    /// What it says.
    pub bytes: Vec<u8>,
}

impl Disk {
    /// Reads the file named on the command line.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn open(path: &str) -> Result<Self, Stop> {
        let (file, bytes) = if path == "-" {
            spared::reads(STANDARD_INPUT, Identity::of_standard_input());
            (STANDARD_INPUT, disk::read_some(stdin().lock()))
        } else {
            spared::reads(path, Identity::of(Path::new(path)));
            (path, disk::read_any(path))
        };
        match bytes {
            Ok(bytes) => Ok(Self { file: file.to_owned(), bytes }),
            Err(error) => Err(unreadable(Path::new(file), &error)),
        }
    }
}

impl Reader for Disk {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        if path == self.file {
            return Ok(self.bytes.clone());
        }
        spared::reads(path, Identity::of(Path::new(path)));
        disk::read(path)
    }

    fn real(&self, path: &str) -> String {
        // Standard input lies where the command runs.
        disk::real(path)
    }

    fn identity(&self, path: &str) -> String {
        let known = match path == STANDARD_INPUT && self.file == STANDARD_INPUT {
            true => Identity::of_standard_input(),
            false => Identity::of(Path::new(path)),
        };
        known.map_or_else(|| disk::real(path), |known| known.text())
    }

    fn folders(&self, path: &str) -> Vec<String> {
        folders(path)
    }
}

/// The folders from that of a file of this path upwards: of the file itself, where the path leads through
/// links.
pub fn folders(path: &str) -> Vec<String> {
    if let Some(real) = elsewhere(path) {
        return source::folders(&real, 0);
    }
    let here = std::env::current_dir().unwrap_or_default();
    let above = here.components().filter(|part| matches!(part, Component::Normal(_)));
    source::folders(path, above.count())
}

/// Where a file really is, if a path leads to it through links.
fn elsewhere(path: &str) -> Option<String> {
    let here = std::env::current_dir().ok()?;
    let plain = model::beside(&format!("{}/", here.to_str()?), path);
    let real = disk::real(path);
    (real != plain).then_some(real)
}

/// Whether a file lies in the folder that the command runs in, or below, whatever links lead there; also
/// where it is not there.
pub fn is_below_here(path: &str) -> bool {
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    let folder = Path::new(path).parent().filter(|folder| !folder.as_os_str().is_empty());
    let lies = real(Path::new(path)).or_else(|| real(folder.unwrap_or(Path::new("."))));
    match (lies, real(Path::new("."))) {
        (Some(lies), Some(here)) => lies.starts_with(here),
        _ => !path.starts_with('/') && !path.split('/').any(|part| part == ".."),
    }
}
