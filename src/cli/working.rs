//! What is shown while work takes long: a line on standard error, only on a terminal.

use super::interrupt;
use crate::analysis::{Drawn, Interval, Progress};
use crate::report::percent;
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
    /// Whether Ctrl-C stops the work.
    stops: bool,
}

impl Working {
    /// As [`Self::show`], of work that Ctrl-C stops until this is dropped.
    #[must_use]
    pub fn stoppable(progress: &Progress) -> Self {
        interrupt::stops(progress);
        let mut working = Self::show(progress);
        working.stops = true;
        working
    }

    /// Shows the progress of what is going on, where standard error is a terminal.
    #[must_use]
    pub fn show(progress: &Progress) -> Self {
        if !stderr().is_terminal() {
            return Self { shown: None, stops: false };
        }
        let progress = progress.clone();
        let (done, wait) = channel();
        Self { shown: Some((done, spawn(move || show(&progress, &wait)))), stops: false }
    }
}

impl Drop for Working {
    fn drop(&mut self) {
        if self.stops {
            interrupt::done();
        }
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
    let styles =
        ["{spinner} {elapsed} {msg}", "{spinner} {elapsed} {bar:12} {percent}% {wide_msg}"];
    let [counting, drawing] = styles.map(ProgressStyle::with_template);
    loop {
        let (style, message) = match progress.drawn() {
            Some(drawn) => {
                line.set_length(drawn.wanted);
                line.set_position(drawn.drawn);
                (&drawing, told(&drawn))
            }
            None => (&counting, progress.told()),
        };
        if let Ok(style) = style {
            line.set_style(style.clone());
        }
        line.set_message(message);
        line.tick();
        if !waits(TICK) {
            line.finish_and_clear();
            return;
        }
    }
}

/// The outcomes as far as they are known, the likeliest first: where the line ends, least is lost.
fn told(drawn: &Drawn) -> String {
    let mut outcomes: Vec<&(String, u64)> = drawn.outcomes.iter().collect();
    outcomes.sort_by_key(|(_, hits)| std::cmp::Reverse(*hits));
    let told = |(name, hits): &(String, u64)| {
        let found = Interval::of_runs(*hits, drawn.drawn);
        format!("{name} {}..{}", percent(found.low), percent(found.high))
    };
    outcomes.into_iter().map(told).collect::<Vec<_>>().join(", ")
}
