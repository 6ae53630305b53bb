//! What is shown while work takes long: a line on standard error, only on a terminal.

use crate::analysis::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal, stderr};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{JoinHandle, spawn};
use std::time::Duration;

/// Nothing is shown before this.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the line is renewed.
const TICK: Duration = Duration::from_millis(200);

/// Shows progress until it is dropped.
#[derive(Debug)]
pub struct Working {
    shown: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Working {
    /// Shows the progress of what is going on, where standard error is a terminal.
    #[must_use]
    pub fn show(progress: &Progress) -> Self {
        if !stderr().is_terminal() {
            return Self { shown: None };
        }
        let progress = progress.clone();
        let (done, wait) = channel();
        Self { shown: Some((done, spawn(move || show(&progress, &wait)))) }
    }
}

impl Drop for Working {
    fn drop(&mut self) {
        if let Some((done, thread)) = self.shown.take() {
            drop(done);
            // A line that could not be shown is no reason to fail.
            let _ = thread.join();
        }
    }
}

fn show(progress: &Progress, wait: &Receiver<()>) {
    let waits = |time| wait.recv_timeout(time) == Err(RecvTimeoutError::Timeout);
    if !waits(PATIENCE) {
        return;
    }
    let line = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template("{spinner} {elapsed} {msg}") {
        line.set_style(style);
    }
    loop {
        line.set_message(progress.told());
        line.tick();
        if !waits(TICK) {
            line.finish_and_clear();
            return;
        }
    }
}
