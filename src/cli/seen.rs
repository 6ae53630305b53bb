//! The files that a scenario was read from, and when they change.

use super::identity::Identity;
use super::load;
use crate::disk;
use crate::source::Reader;
use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher, recommended_watcher};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// An editor that saves is done when nothing has happened for this long.
const QUIET: Duration = Duration::from_millis(80);

/// Files that change without end are looked at after this long all the same.
const LONGEST: Duration = Duration::from_secs(1);

/// Where nothing is heard of changes, as on a network, they are looked for this often.
const PATIENCE: Duration = Duration::from_secs(2);

/// The files that were asked for, as they were; none where one could not be read.
#[derive(Debug, Default)]
pub struct Seen {
    files: RefCell<BTreeMap<String, Option<Vec<u8>>>>,
}

impl Reader for Seen {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        let found = disk::read(path);
        let kept = found.as_ref().ok().cloned();
        self.files.borrow_mut().insert(path.to_owned(), kept);
        found
    }

    fn real(&self, path: &str) -> String {
        disk::real(path)
    }

    fn identity(&self, path: &str) -> String {
        let known = Identity::of(Path::new(path));
        known.map_or_else(|| self.real(path), |known| known.text())
    }

    fn folders(&self, path: &str) -> Vec<String> {
        load::folders(path)
    }
}

impl Seen {
    /// How many of the files that were asked for are there.
    #[must_use]
    pub fn count(&self) -> usize {
        self.files.borrow().values().flatten().count()
    }

    /// The paths of those that are no longer as they were.
    fn changed(&self) -> Vec<String> {
        let files = self.files.borrow();
        let changed = files.iter().filter(|(path, was)| disk::read(path).ok() != **was);
        changed.map(|(path, _)| path.clone()).collect()
    }

    /// The folders that they lie in, and those that links lead to: editors put new files in the place
    /// of old ones, so that it is the folder in which something happens.
    fn around(&self) -> BTreeSet<PathBuf> {
        let parent = |path: &Path| {
            let folder = path.parent().unwrap_or(Path::new("."));
            if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_owned() }
        };
        let files = self.files.borrow();
        let paths = files.keys().map(Path::new);
        let mut folders = BTreeSet::new();
        for path in paths {
            folders.insert(parent(path));
            folders.extend(path.canonicalize().ok().map(|path| parent(&path)));
        }
        folders
    }
}

/// Waits for changes.
pub struct Waiting {
    watcher: Option<RecommendedWatcher>,
    events: Receiver<()>,
    folders: BTreeSet<PathBuf>,
}

impl Waiting {
    /// Begins to listen. Where the system cannot tell of changes, they are looked for now and then.
    #[must_use]
    pub fn new() -> Self {
        let (sender, events) = channel();
        let told = move |event: notify::Result<Event>| {
            // Files are also read, and that by us.
            if event.map_or(true, |event| may_write(event.kind)) {
                // Nobody listens any more when the process ends.
                let _ = sender.send(());
            }
        };
        Self { watcher: recommended_watcher(told).ok(), events, folders: BTreeSet::new() }
    }

    /// Waits until some of the files are no longer as they were, and says which.
    pub fn until_changed(&mut self, seen: &Seen) -> Vec<String> {
        self.listen(seen);
        loop {
            // Also at once: they may have changed while they were evaluated.
            let changed = seen.changed();
            if !changed.is_empty() {
                return changed;
            }
            if self.events.recv_timeout(PATIENCE).is_ok() {
                let begun = Instant::now();
                while begun.elapsed() < LONGEST && self.events.recv_timeout(QUIET).is_ok() {}
            }
        }
    }

    fn listen(&mut self, seen: &Seen) {
        let Some(watcher) = &mut self.watcher else { return };
        for folder in seen.around() {
            if !self.folders.contains(&folder)
                && watcher.watch(&folder, RecursiveMode::NonRecursive).is_ok()
            {
                self.folders.insert(folder);
            }
        }
    }
}

fn may_write(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(access) => access == AccessKind::Close(AccessMode::Write),
        EventKind::Any
        | EventKind::Create(_)
        | EventKind::Modify(_)
        | EventKind::Remove(_)
        | EventKind::Other => true,
    }
}
