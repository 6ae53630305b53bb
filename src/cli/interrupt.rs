//! What Ctrl-C does: a simulation stops with what it has; other work ends with how far it has come; an open
//! question to a player is answered by it; everything else ends.

use crate::analysis::Progress;
use crate::session::Refusal;
use std::io::{IsTerminal as _, stderr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, Once, PoisonError};

/// The exit status of a process that is interrupted.
const INTERRUPTED: i32 = 130;

/// The work under way.
static WORKING: Mutex<Option<Progress>> = Mutex::new(None);

/// How a question is answered by Ctrl-C.
static ANSWER: Mutex<Option<Box<dyn Fn() + Send>>> = Mutex::new(None);

/// Whether a question is open.
static ASKING: AtomicBool = AtomicBool::new(false);

/// From now on Ctrl-C stops the work with this progress; a second time, it ends the process.
pub fn stops(progress: &Progress) {
    *WORKING.lock().unwrap_or_else(PoisonError::into_inner) = Some(progress.clone());
    handle();
}

/// Nothing is under way any more: from now on Ctrl-C ends the process.
pub fn done() {
    *WORKING.lock().unwrap_or_else(PoisonError::into_inner) = None;
}

/// From now on Ctrl-C gives this answer while a question is open.
pub fn answers(answer: impl Fn() + Send + 'static) {
    *ANSWER.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(answer));
    handle();
}

/// Says whether a question is open.
pub fn asks(open: bool) {
    ASKING.store(open, Ordering::SeqCst);
}

fn handle() {
    static ONCE: Once = Once::new();
    // Where no handler can be set, Ctrl-C ends the process as it does anyhow.
    ONCE.call_once(|| _ = ctrlc::set_handler(interrupt));
}

/// From now on Ctrl-C ends the process, whatever is under way.
pub fn ends() {
    // Where no handler can be set, Ctrl-C ends the process as it does anyhow.
    _ = ctrlc::set_handler(|| std::process::exit(INTERRUPTED));
}

fn interrupt() {
    if ASKING.swap(false, Ordering::SeqCst)
        && let Some(answer) = &*ANSWER.lock().unwrap_or_else(PoisonError::into_inner)
    {
        return answer();
    }
    match WORKING.lock().unwrap_or_else(PoisonError::into_inner).take() {
        // What was drawn is an answer.
        Some(progress) if progress.drawn().is_some() => progress.stop(),
        // Half of an exact answer is none: nobody waits for the next moment at which it can be stopped.
        Some(progress) => {
            progress.stop();
            // The line that tells of it is written over.
            let begin = if stderr().is_terminal() { "\r\u{1b}[K" } else { "" };
            eprintln!("{begin}error: {}", Refusal::Stopped(progress.told()));
            std::process::exit(INTERRUPTED)
        }
        None => std::process::exit(INTERRUPTED),
    }
}
