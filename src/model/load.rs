//! From a path to the model: the file, its imports, its sources' files.

use super::allow::Allows;
use super::build::Lints;
use super::{Defaults, Model, Written, build, quotation};
use crate::diagnostic::pages::meaning::LIMIT;
use crate::diagnostic::pages::names::{IMPORT_CIRCLE, NOT_IN_IMPORT, UNREADABLE};
use crate::diagnostic::pages::syntax::UNEXPECTED as SEVERAL_AT_ONCE;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::{FileId, Reader, SourceFile, Sources, Span, unreadable_because};
use crate::syntax;
use crate::syntax::tree::{Item, ItemKind, Text};
use rustc_hash::{FxHashMap, FxHashSet};

/// How deep imports may lie in each other.
const DEEPEST_IMPORT: usize = 100;
/// A file with more places that are no text is something else than text, and not read.
const MOST_BAD_PLACES: usize = 10;
/// How many files one scenario may consist of.
const MOST_FILES: usize = 1000;

/// Reads a scenario, everything that it imports and its file of defaults, and finds out what it means.
/// Every file that is read is added to `sources`; its first file is the one that is run, also where
/// it cannot be read. All mistakes and doubts go to `diagnostics`.
///
/// `None` where an error is among them.
#[must_use]
pub fn load(
    path: &str,
    reader: &dyn Reader,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Model> {
    read(path, &[], reader, sources, diagnostics).map(|(model, _)| model)
}

/// What a text that holds an observation of the command line is called among the sources.
pub const OBSERVED: &str = "--observe";

/// As [`load`], and keeps what is written, so that parts of it can be left out or exchanged. Files
/// may already be in `sources`; the first one added is the one that is run. Observations that stand
/// outside the scenario, each as `turn 3: COND` or `DATE: COND`, are added to `sources` as texts
/// of their own, called [`OBSERVED`].
#[must_use]
pub fn read(
    path: &str,
    observed: &[String],
    reader: &dyn Reader,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<(Model, Written)> {
    let root = FileId(u32::try_from(sources.files().len()).unwrap_or(u32::MAX));
    let mut loader = Loader {
        reader,
        sources,
        diagnostics,
        root,
        items: Vec::new(),
        allows: Allows::default(),
        known: FxHashMap::default(),
        underway: Vec::new(),
        incomplete: false,
    };
    loader.read_root(path);
    observed.iter().for_each(|seen| loader.read_observation(seen));
    let Loader { mut items, allows, incomplete, .. } = loader;
    let defaults = Defaults::find(path, reader, sources, diagnostics);
    let given = defaults.give(&mut items);
    let struck = FxHashSet::default();
    let lints = Some(Lints::new(&defaults, allows, root));
    let mut model = build::build(&items, incomplete, &struck, lints, sources, diagnostics);
    let written = Written::new(items, stem(path), given);
    written.name(&mut model);
    if reader.has_documents() {
        quotation::check(&model, written.items(), reader, sources, diagnostics);
    }
    (!diagnostics.has_errors()).then_some((model, written))
}

/// Reads files and puts their declarations one after the other, imports where they are named.
struct Loader<'r> {
    reader: &'r dyn Reader,
    sources: &'r mut Sources,
    diagnostics: &'r mut Diagnostics,
    /// The file that is run.
    root: FileId,
    items: Vec<Item>,
    allows: Allows,
    /// The files met so far, each by what all its paths have in common; twice is once.
    known: FxHashMap<String, FileId>,
    /// The files whose imports are being read, outermost first.
    underway: Vec<FileId>,
    incomplete: bool,
}

impl Loader<'_> {
    fn read_root(&mut self, path: &str) {
        match self.reader.read(path) {
            Ok(bytes) => self.read_file(path, bytes),
            Err(error) => {
                let file = self.sources.add(SourceFile::new(path, ""));
                self.incomplete = true;
                let message = format!("`{path}` cannot be read: {}", unreadable_because(&error));
                let place = Span::new(file, 0, 0);
                self.diagnostics
                    .push(Diagnostic::new(UNREADABLE, place, message).help("check the path"));
            }
        }
    }

    /// Adds a file and reads its declarations; also one with a few bytes that are no text, so
    /// that all its mistakes are told at once.
    fn read_file(&mut self, path: &str, bytes: Vec<u8>) {
        let (file, bad) = syntax::text_of(path, bytes);
        let id = self.sources.add(file);
        self.known.insert(straight(&self.reader.identity(path)), id);
        if let Some(bad) = bad {
            self.incomplete = true;
            self.diagnostics.push(bad.diagnostic(id));
            if bad.places > MOST_BAD_PLACES {
                return;
            }
        }
        self.read_items(id);
    }

    fn read_items(&mut self, file: FileId) {
        self.underway.push(file);
        let text = self.sources.file(file).text.clone();
        let tree = syntax::parse(file, &text, self.diagnostics);
        self.allows.read(file, &text, &tree);
        for item in tree.items {
            match &item.kind {
                ItemKind::Import(path) => self.import(path),
                _ if file != self.root && self.belongs_to_root(&item) => {}
                _ => self.items.push(item),
            }
        }
        self.underway.pop();
    }

    /// Reads an observation of the command line by the grammar of those in a scenario.
    fn read_observation(&mut self, seen: &str) {
        let text = format!("observe {seen}");
        let file = self.sources.add(SourceFile::new(OBSERVED, text.as_str()));
        let tree = syntax::parse(file, &text, self.diagnostics);
        for item in tree.items {
            let first = item.span.start == 0;
            match &item.kind {
                ItemKind::Observe(_) if first => self.items.push(item),
                ItemKind::Broken(_) => {}
                _ => {
                    let message = "more than one observation is given at once";
                    let help = "write one `turn N: CONDITION`, and repeat `--observe` for another";
                    let told = Diagnostic::new(SEVERAL_AT_ONCE, item.span, message).help(help);
                    self.diagnostics.push(told);
                }
            }
        }
    }

    fn import(&mut self, named: &Text) {
        let from = named.span.file;
        let path = located(self.reader, &self.sources.file(from).path, &named.value);
        if let Some(&file) = self.known.get(&straight(&self.reader.identity(&path))) {
            self.sources.call(file, &path);
            if self.underway.contains(&file) {
                self.report_circle(named, file);
            }
            return;
        }
        if let Some(message) = self.beyond_limits() {
            let help = "put the declarations into fewer files";
            self.diagnostics.push(Diagnostic::new(LIMIT, named.span, message).help(help));
            self.incomplete = true;
            return;
        }
        match self.reader.read(&path) {
            Ok(bytes) => self.read_file(&path, bytes),
            Err(error) => {
                self.incomplete = true;
                let why = unreadable_because(&error);
                let message = format!("the import `{}` cannot be read: {why}", named.value);
                self.diagnostics.push(
                    Diagnostic::new(UNREADABLE, named.span, message)
                        .label(format!("looked for at `{path}`"))
                        .help("a path is relative to the file that imports"),
                );
            }
        }
    }

    fn beyond_limits(&self) -> Option<String> {
        if self.underway.len() >= DEEPEST_IMPORT {
            return Some(format!("imports lie more than {DEEPEST_IMPORT} deep in each other"));
        }
        let full = self.sources.files().len() >= MOST_FILES;
        full.then(|| format!("the scenario consists of more than {MOST_FILES} files"))
    }

    fn report_circle(&mut self, named: &Text, file: FileId) {
        let path = &self.sources.file(file).path;
        let itself = self.underway.last() == Some(&file);
        let message = if itself {
            format!("`{path}` imports itself")
        } else {
            format!("the imports go in a circle: `{path}` is imported from within itself")
        };
        let help = "put what both need into a third file, and import that";
        self.diagnostics.push(
            Diagnostic::new(IMPORT_CIRCLE, named.span, message)
                .label("this closes the circle")
                .help(help),
        );
    }

    /// Whether a declaration may only stand in the file that is run, which is reported.
    fn belongs_to_root(&mut self, item: &Item) -> bool {
        let keyword = match &item.kind {
            ItemKind::Scenario(_) => "scenario",
            ItemKind::Inject(_) => "inject",
            ItemKind::Observe(_) => "observe",
            ItemKind::Expect(_) => "expect",
            ItemKind::Reading(_) => "reading",
            _ => return false,
        };
        let place =
            Span { end: (item.span.start + keyword.len() as u32).min(item.span.end), ..item.span };
        let message =
            format!("`{keyword}` stands in an imported file, but belongs to the file that is run");
        let help = format!("move it to `{}`", self.sources.file(self.root).path);
        self.diagnostics.push(Diagnostic::new(NOT_IN_IMPORT, place, message).help(help));
        true
    }
}

/// The path of what is named in a file: it lies beside the file itself, not beside a link to it; what is
/// not there, beside the link.
pub(super) fn located(reader: &dyn Reader, file: &str, named: &str) -> String {
    let (plain, real) = (beside(file, named), beside(&reader.real(file), named));
    let same = reader.real(&plain) == reader.real(&real);
    if same || reader.read(&real).is_err() { plain } else { real }
}

/// A path that is named in a file, from where that file is found.
#[must_use]
pub fn beside(file: &str, named: &str) -> String {
    if named.starts_with('/') {
        return named.to_owned();
    }
    match file.rfind('/') {
        Some(slash) => straight(&format!("{}/{named}", &file[..slash])),
        None => straight(named),
    }
}

/// A path without `.` and needless `..`, so that one file has one path.
fn straight(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match (part, parts.last()) {
            ("." | "", Some(_)) | (".", None) => {}
            ("..", Some(&last)) if !last.is_empty() && last != ".." => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

/// The name of a file without its folder and ending.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".esc").unwrap_or(name)
}
