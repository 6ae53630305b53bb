//! What goes on beside the conversation with the client: checking, then evaluating, both given up
//! for the next change.

use super::answers::{Answered, Asked};
use super::diagnostics::{ByFile, Places, by_file, of_evaluation};
use super::documents::Texts;
use super::lines::Encoding;
use super::uri::Addresses;
use crate::diagnostic::Diagnostics;
use crate::model;
use crate::source::Sources;
use lsp_server::{Message, Notification, Request};
use lsp_types::PublishDiagnosticsParams;
use lsp_types::notification::{Notification as _, PublishDiagnostics};
use lsp_types::request::{CodeLensRefresh, Request as _};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// Keystrokes closer than this are checked together.
const TOGETHER: Duration = Duration::from_millis(30);
/// How long nothing has to change before it is evaluated.
const QUIET: Duration = Duration::from_millis(250);
/// How often it is looked whether something has changed during an evaluation.
const LOOK: Duration = Duration::from_millis(10);

/// What is to be checked.
#[derive(Debug)]
pub struct Job {
    /// The texts of the open files.
    pub texts: FxHashMap<String, Arc<str>>,
    /// The files that are run, of all open ones.
    pub roots: FxHashSet<String>,
    /// Those of them in which something has changed.
    pub changed: FxHashSet<String>,
}

/// What has been found so far, by the file that is run.
#[derive(Debug, Default)]
pub struct Found {
    answered: FxHashMap<String, Arc<Answered>>,
    /// What the client has been told last, by file.
    told: FxHashMap<String, Vec<lsp_types::Diagnostic>>,
}

/// The same, shared with the conversation.
#[derive(Clone, Debug, Default)]
pub struct Shared(Arc<Mutex<Found>>);

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Found> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The last answers for a file that is run.
    #[must_use]
    pub fn answered(&self, root: &str) -> Option<Arc<Answered>> {
        self.lock().answered.get(root).cloned()
    }

    /// What the client has been told of a file.
    #[must_use]
    pub fn told(&self, path: &str) -> Vec<lsp_types::Diagnostic> {
        self.lock().told.get(path).cloned().unwrap_or_default()
    }
}

/// Whoever checks and evaluates.
pub struct Background<S> {
    /// Sends to the client.
    pub send: S,
    /// What is found.
    pub shared: Shared,
    /// How the client spells addresses.
    pub addresses: Addresses,
    /// How the client counts characters.
    pub encoding: Encoding,
    /// Whether the client asks for lenses again when told to.
    pub refreshes: bool,
    /// What was found of each file that is run: when it was checked, and when it was evaluated.
    pub checked: BTreeMap<String, (ByFile, ByFile)>,
}

impl<S: Fn(Message)> Background<S> {
    /// Works until nobody sends jobs any more.
    pub fn work(mut self, jobs: &Receiver<Job>) {
        let mut waiting = None;
        loop {
            let Some(mut job) = waiting.take().or_else(|| jobs.recv().ok()) else { return };
            while let Ok(next) = jobs.recv_timeout(TOGETHER) {
                job = after(job, next);
            }
            let sound = self.check(&job);
            match jobs.recv_timeout(QUIET) {
                Ok(next) => waiting = Some(after(job, next)),
                Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => {
                    let mut left = sound.into_iter();
                    while let Some((root, places)) = left.next() {
                        if let Some(next) = self.evaluate(&root, &places, &job, jobs) {
                            // What has not been evaluated still has to be.
                            let mut next = next;
                            next.changed.insert(root);
                            next.changed.extend(left.map(|(root, _)| root));
                            waiting = Some(next);
                            break;
                        }
                    }
                }
            }
        }
    }

    /// Checks what has changed; what has no errors can be evaluated.
    fn check(&mut self, job: &Job) -> Vec<(String, Places)> {
        let reader = Texts(job.texts.clone());
        let mut sound = Vec::new();
        self.checked.retain(|root, _| job.roots.contains(root));
        for root in job.roots.iter().filter(|root| job.changed.contains(*root)) {
            let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
            let model = model::load(root, &reader, &mut sources, &mut diagnostics);
            let places = Places::of(&sources, &self.addresses, self.encoding);
            let runs = model.as_ref().is_some_and(|model| !model.outcomes.is_empty());
            let mut found = diagnostics.sorted();
            if !has_scenario(&job.texts, root) {
                // Others may use what a library declares, and give it what it uses.
                found.retain(|one| one.is_error());
            }
            let found = by_file(&found, &sources, &places);
            self.checked.insert(root.clone(), (found, ByFile::default()));
            if runs {
                sound.push((root.clone(), places));
            } else {
                self.shared.lock().answered.remove(root);
            }
        }
        self.publish();
        sound
    }

    /// Evaluates a scenario in a process of its own; the next job where that comes first.
    fn evaluate(
        &mut self,
        root: &str,
        places: &Places,
        job: &Job,
        jobs: &Receiver<Job>,
    ) -> Option<Job> {
        let texts = job.texts.iter().map(|(path, text)| (path.clone(), text.to_string())).collect();
        let mut evaluator = Evaluator::start(&Asked { path: root.to_owned(), texts })?;
        loop {
            match evaluator.answer.recv_timeout(LOOK) {
                Ok(answered) => {
                    let answered = answered.unwrap_or_default();
                    if let Some((_, found)) = self.checked.get_mut(root) {
                        *found = of_evaluation(&answered.failures, places);
                    }
                    self.shared.lock().answered.insert(root.to_owned(), Arc::new(answered));
                    self.publish();
                    self.refresh();
                    return None;
                }
                Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) => {}
            }
            match jobs.try_recv() {
                Ok(next) => {
                    evaluator.stop();
                    return Some(next);
                }
                // The conversation has ended.
                Err(TryRecvError::Disconnected) => return None,
                Err(TryRecvError::Empty) => {}
            }
        }
    }

    /// Tells the client what it has not been told yet.
    fn publish(&self) {
        let mut all = ByFile::default();
        for (checked, evaluated) in self.checked.values() {
            for (path, found) in checked.iter().chain(evaluated) {
                let all = all.entry(path.clone()).or_default();
                // A file that several scenarios import has its mistakes in each of them.
                let new = found.iter().filter(|one| !all.contains(one));
                let new: Vec<_> = new.cloned().collect();
                all.extend(new);
            }
        }
        // Of what has been checked it is also told that nothing is wrong.
        for root in self.checked.keys() {
            all.entry(root.clone()).or_default();
        }
        let before = std::mem::replace(&mut self.shared.lock().told, all.clone());
        let mut paths: Vec<&String> = before.keys().chain(all.keys()).collect();
        paths.sort();
        paths.dedup();
        for path in paths {
            let diagnostics = all.get(path).cloned().unwrap_or_default();
            let same = before.get(path).is_some_and(|old| *old == diagnostics);
            if let Some(uri) = self.addresses.of(path).filter(|_| !same) {
                let params = PublishDiagnosticsParams { uri, diagnostics, version: None };
                let method = PublishDiagnostics::METHOD.to_owned();
                (self.send)(Message::Notification(Notification::new(method, params)));
            }
        }
    }

    fn refresh(&self) {
        if self.refreshes {
            let id = "refresh".to_owned().into();
            let method = CodeLensRefresh::METHOD.to_owned();
            (self.send)(Message::Request(Request::new(id, method, ())));
        }
    }
}

/// What is to be done where a job comes after another that has not been done.
fn after(before: Job, mut next: Job) -> Job {
    next.changed.extend(before.changed);
    next
}

fn has_scenario(texts: &FxHashMap<String, Arc<str>>, path: &str) -> bool {
    let begins = |line: &str| line.trim_start().starts_with("scenario");
    texts.get(path).is_none_or(|text| text.lines().any(begins))
}

/// A process that evaluates one scenario.
struct Evaluator {
    child: Child,
    answer: Receiver<Option<Answered>>,
}

impl Evaluator {
    fn start(asked: &Asked) -> Option<Self> {
        let asked = serde_json::to_vec(asked).ok()?;
        // One core is left to the conversation.
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let mut child = Command::new(std::env::current_exe().ok()?)
            .args(["lsp", "--answer"])
            .env("RAYON_NUM_THREADS", cores.saturating_sub(1).max(1).to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let (mut input, mut output) = (child.stdin.take()?, child.stdout.take()?);
        let (send, answer) = channel();
        thread::spawn(move || {
            // Where the process is stopped, both end early, and so does this.
            let written = input.write_all(&asked);
            drop(input);
            let mut bytes = Vec::new();
            let read = written.and_then(|()| output.read_to_end(&mut bytes));
            let _ = send.send(read.ok().and_then(|_| serde_json::from_slice(&bytes).ok()));
        });
        Some(Self { child, answer })
    }

    fn stop(&mut self) {
        let _ = self.child.kill();
    }
}

impl Drop for Evaluator {
    fn drop(&mut self) {
        // One that has answered ends by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
