//! From a path to the model: the file, its imports, its sources' files.

use super::allow::Allows;
use super::resolve::Lints;
use super::{Defaults, Model, Written, quotation, resolve};
use crate::diagnostic::pages::meaning::LIMIT;
use crate::diagnostic::pages::names::{IMPORT_CIRCLE, NOT_IN_IMPORT, UNREADABLE};
use crate::diagnostic::pages::syntax::UNEXPECTED as SEVERAL_AT_ONCE;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::{FileId, Reader, SourceFile, Sources, Span, unreadable_because};
use crate::syntax;
use crate::syntax::tree::{File, Item, ItemKind, Text};
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
    let near = Near::of(path, reader);
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
    let mut model = resolve::build(&items, incomplete, &struck, lints, sources, diagnostics);
    let written = Written::new(items, stem(path), given);
    written.name(&mut model);
    if reader.has_documents() {
        quotation::check(&model, written.items(), reader, &near, sources, diagnostics);
    }
    for file in &mut sources.files_mut()[root.0 as usize..] {
        file.outside = file.path != OBSERVED && near.is_outside(&file.path);
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
            Ok(bytes) => {
                let read = self.parse_file(path, bytes);
                let linked = path.ends_with(".esc") && !self.reader.real(path).ends_with(".esc");
                match self.why_no_scenario(path, &read).filter(|_| linked) {
                    None => self.take_file(read),
                    Some(why) => self.report_no_scenario_in(path, read.file, &why),
                }
            }
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
    fn parse_file(&mut self, path: &str, bytes: Vec<u8>) -> Parsed {
        let (file, bad) = syntax::text_of(path, bytes);
        let text = file.text.clone();
        let id = self.sources.add(file);
        self.known.insert(straight(&self.reader.identity(path)), id);
        let mut mistakes = Diagnostics::default();
        if let Some(bad) = bad {
            self.incomplete = true;
            mistakes.push(bad.diagnostic(id));
        }
        let readable = bad.is_none_or(|bad| bad.places <= MOST_BAD_PLACES);
        let tree = if readable { syntax::parse(id, &text, &mut mistakes) } else { File::default() };
        Parsed { file: id, tree, mistakes: mistakes.sorted() }
    }

    /// Takes the declarations of a file, and reads its imports.
    fn take_file(&mut self, read: Parsed) {
        let Parsed { file, tree, mistakes } = read;
        self.underway.push(file);
        mistakes.into_iter().for_each(|mistake| self.diagnostics.push(mistake));
        let text = self.sources.file(file).text.clone();
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
            Ok(bytes) => {
                let read = self.parse_file(&path, bytes);
                match self.why_no_scenario(&path, &read) {
                    None => self.take_file(read),
                    Some(why) => self.report_no_scenario(named, &path, why),
                }
            }
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

    /// Why an imported file is taken for something else than a scenario, of which nothing must be shown:
    /// it may be anybody's. `None` where all of it can be read, or where it is called a scenario and
    /// something in it begins like a declaration.
    fn why_no_scenario(&self, path: &str, read: &Parsed) -> Option<String> {
        let first = read.mistakes.iter().find(|mistake| mistake.is_error())?.primary.span;
        let declares = read.tree.items.iter().any(|item| match &item.kind {
            ItemKind::Broken(broken) => syntax::DECLARATIONS.contains(&broken.keyword.as_str()),
            _ => true,
        });
        if !declares {
            return Some("nothing in it reads like a declaration".to_owned());
        }
        let line = self.sources.file(first.file).place(first.start).line;
        let named = self.reader.real(path).ends_with(".esc");
        (!named).then(|| format!("its name does not end in `.esc`, and line {line} cannot be read"))
    }

    /// The same of the file that is run, where its name leads to another file.
    fn report_no_scenario_in(&mut self, path: &str, file: FileId, why: &str) {
        self.sources.files_mut()[file.0 as usize] = SourceFile::new(path, "");
        self.incomplete = true;
        let message = format!("`{path}` leads to a file that is no scenario: {why}");
        let told = Diagnostic::new(UNREADABLE, Span::new(file, 0, 0), message);
        self.diagnostics.push(told.help("check where the link leads"));
    }

    fn report_no_scenario(&mut self, named: &Text, path: &str, why: String) {
        self.incomplete = true;
        let message = format!("the import `{}` is no scenario", named.value);
        let help =
            format!("check the path; `escalade check {path}` tells what is wrong in the file");
        self.diagnostics
            .push(Diagnostic::new(UNREADABLE, named.span, message).label(why).help(help));
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

/// A file as it could be read.
struct Parsed {
    file: FileId,
    tree: File,
    mistakes: Vec<Diagnostic>,
}

/// The files near a scenario: those in the folder above its own, and below.
pub(super) struct Near<'r> {
    reader: &'r dyn Reader,
    above: String,
}

impl<'r> Near<'r> {
    fn of(scenario: &str, reader: &'r dyn Reader) -> Self {
        let real = reader.real(scenario);
        let above = real.rsplitn(3, '/').nth(2).unwrap_or_default().to_owned();
        Self { reader, above }
    }

    /// Whether a file lies elsewhere, whatever links lead there.
    pub(super) fn is_outside(&self, path: &str) -> bool {
        let real = self.reader.real(path);
        !real.strip_prefix(self.above.as_str()).is_some_and(|rest| rest.starts_with('/'))
    }
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
