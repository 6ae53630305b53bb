//! The files as the client has them, and those on the disk beside them.

use super::declared::World;
use super::lines::{Encoding, Lines};
use super::occurrences::{Occurrence, occurrences};
use super::uri;
use crate::diagnostic::Diagnostics;
use crate::disk;
use crate::model::Defaults;
use crate::source::{self, FileId, Reader, Sources};
use crate::syntax::{self, tree};
use lsp_types::TextDocumentContentChangeEvent;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;
use std::time::SystemTime;

/// How many files a run may consist of here.
const MOST_FILES: usize = 1000;

/// A file with what could be read of it.
#[derive(Debug)]
pub struct Document {
    /// Its path.
    pub path: String,
    /// Its text.
    pub text: Arc<str>,
    /// Its lines.
    pub lines: Lines,
    /// Its declarations and comments; all spans are of file 0.
    pub tree: tree::File,
    /// Whether all of it could be read.
    pub sound: bool,
    /// The paths of the files that it imports.
    pub imports: Vec<String>,
}

impl Document {
    fn new(path: &str, text: Arc<str>, encoding: Encoding) -> Self {
        let lines = Lines::of(&text, encoding);
        let mut diagnostics = Diagnostics::default();
        let tree = syntax::parse(FileId(0), &text, &mut diagnostics);
        let sound = !diagnostics.has_errors();
        let imports = tree.items.iter().filter_map(|item| match &item.kind {
            tree::ItemKind::Import(named) => Some(crate::model::beside(path, &named.value)),
            _ => None,
        });
        let imports = imports.collect();
        Self { path: path.to_owned(), text, lines, tree, sound, imports }
    }

    /// Whether it can be run.
    #[must_use]
    pub fn has_scenario(&self) -> bool {
        self.tree.items.iter().any(|item| match &item.kind {
            tree::ItemKind::Scenario(_) => true,
            tree::ItemKind::Broken(broken) => broken.keyword == "scenario",
            _ => false,
        })
    }
}

/// All files that are known.
#[derive(Clone, Debug)]
pub struct Documents {
    encoding: Encoding,
    /// The open ones, which count instead of what lies on the disk.
    open: FxHashMap<String, Arc<Document>>,
    /// Those that were read from the disk, with when they were written.
    read: FxHashMap<String, (Option<SystemTime>, Arc<Document>)>,
    /// The scenario files in the client's folders.
    pub listed: BTreeSet<String>,
}

impl Documents {
    /// None yet.
    #[must_use]
    pub fn new(encoding: Encoding) -> Self {
        let (open, read) = (FxHashMap::default(), FxHashMap::default());
        Self { encoding, open, read, listed: BTreeSet::new() }
    }

    /// The client opens a file.
    pub fn open(&mut self, path: &str, text: String) {
        self.open.insert(path.to_owned(), self.document(path, text.into()));
    }

    /// The client changes an open file.
    pub fn change(&mut self, path: &str, changes: Vec<TextDocumentContentChangeEvent>) {
        let Some(document) = self.open.get(path) else { return };
        let mut text = document.text.to_string();
        for change in changes {
            match change.range {
                None => text = change.text,
                Some(range) => {
                    let lines = Lines::of(&text, self.encoding);
                    let start = lines.offset(&text, range.start);
                    let end = lines.offset(&text, range.end).max(start);
                    text.replace_range(start..end, &change.text);
                }
            }
        }
        self.open.insert(path.to_owned(), self.document(path, text.into()));
    }

    /// The client closes a file: what lies on the disk counts again.
    pub fn close(&mut self, path: &str) {
        self.open.remove(path);
        self.read.remove(path);
    }

    /// The paths of the open files.
    pub fn opened(&self) -> impl Iterator<Item = &str> {
        self.open.keys().map(String::as_str)
    }

    /// The texts of the open files.
    #[must_use]
    pub fn texts(&self) -> FxHashMap<String, Arc<str>> {
        self.open.iter().map(|(path, it)| (path.clone(), it.text.clone())).collect()
    }

    fn document(&self, path: &str, text: Arc<str>) -> Arc<Document> {
        Arc::new(Document::new(path, text, self.encoding))
    }

    /// A file, open or on the disk.
    pub fn get(&mut self, path: &str) -> Option<Arc<Document>> {
        if let Some(open) = self.open.get(path) {
            return Some(open.clone());
        }
        if !uri::is_file(path) {
            return None;
        }
        let metadata = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file)?;
        let written = metadata.modified().ok();
        match self.read.get(path) {
            Some((known, document)) if *known == written => Some(document.clone()),
            _ => {
                let bytes = disk::read(path).ok()?;
                let text = String::from_utf8_lossy(&bytes).into_owned();
                let document = self.document(path, text.into());
                self.read.insert(path.to_owned(), (written, document.clone()));
                Some(document)
            }
        }
    }

    /// A file and everything that it imports, it first.
    pub fn run_of(&mut self, path: &str) -> Vec<Arc<Document>> {
        let mut found = Vec::new();
        let mut met: BTreeSet<String> = BTreeSet::from([path.to_owned()]);
        let mut waiting = vec![path.to_owned()];
        while let Some(path) = waiting.pop() {
            let Some(document) = self.get(&path) else { continue };
            for import in &document.imports {
                if met.len() < MOST_FILES && met.insert(import.clone()) {
                    waiting.push(import.clone());
                }
            }
            found.push(document);
        }
        found
    }

    /// The files that are run with a file in them: itself if it has a scenario; or else, among the open
    /// and the listed ones, those that import it, directly or not; or itself if there are none.
    pub fn roots_of(&mut self, path: &str) -> Vec<String> {
        let itself = vec![path.to_owned()];
        if self.get(path).is_some_and(|document| document.has_scenario()) {
            return itself;
        }
        let all: BTreeSet<String> = self.open.keys().chain(&self.listed).cloned().collect();
        let imports = |this: &mut Self, one: &String| {
            let run = this.run_of(one);
            run.first().is_some_and(|first| first.has_scenario())
                && run.iter().any(|document| document.path == path)
        };
        let roots: Vec<String> = all.into_iter().filter(|one| imports(self, one)).collect();
        if roots.is_empty() { itself } else { roots }
    }

    /// The known files that are read together with a file, itself among them: those that import it, directly
    /// or not.
    pub fn readers_of(&mut self, path: &str) -> Vec<String> {
        let mut all: BTreeSet<String> = self.open.keys().chain(&self.listed).cloned().collect();
        all.insert(path.to_owned());
        let reads = |this: &mut Self, one: &String| {
            this.run_of(one).iter().any(|document| document.path == path)
        };
        all.into_iter().filter(|one| reads(self, one)).collect()
    }

    /// What is declared where a file is read: by itself, its imports, and the files that it is run with.
    pub fn world_of(&mut self, path: &str) -> World {
        let mut world = World::default();
        let mut met = BTreeSet::new();
        let root = self.roots_of(path).into_iter().next().unwrap_or_else(|| path.to_owned());
        for document in self.run_of(path).into_iter().chain(self.run_of(&root)) {
            if met.insert(document.path.clone()) {
                world.add(&document.path, &document.tree.items);
            }
        }
        let (mut sources, mut told) = (Sources::default(), Diagnostics::default());
        let defaults = Defaults::find(&root, &Texts(self.texts()), &mut sources, &mut told);
        if let Some(path) = defaults.path() {
            world.add_words(path, defaults.words());
        }
        world
    }

    /// Every file that may use what a file declares, or declare what it uses.
    pub fn related(&mut self, path: &str) -> Vec<Arc<Document>> {
        let mut met = BTreeSet::new();
        let mut found = Vec::new();
        for root in self.roots_of(path).into_iter().chain([path.to_owned()]) {
            for document in self.run_of(&root) {
                if met.insert(document.path.clone()) {
                    found.push(document);
                }
            }
        }
        found
    }

    /// The names in a file.
    pub fn occurrences(&mut self, document: &Document) -> (World, Vec<Occurrence>) {
        let world = self.world_of(&document.path);
        let found = occurrences(&document.tree.items, &document.text, &world);
        (world, found)
    }
}

/// The texts that a run is read from: open files as they are, all others from the disk.
#[derive(Clone, Debug)]
pub struct Texts(pub FxHashMap<String, Arc<str>>);

impl Reader for Texts {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        if let Some(text) = self.0.get(path) {
            return Ok(text.as_bytes().to_vec());
        }
        if !uri::is_file(path) {
            return Err(io::ErrorKind::NotFound.into());
        }
        disk::read(path)
    }

    fn real(&self, path: &str) -> String {
        disk::real(path)
    }

    fn folders(&self, path: &str) -> Vec<String> {
        // A text that has not been saved yet lies in no folder.
        if uri::is_file(path) { source::folders(path, 0) } else { Vec::new() }
    }
}
