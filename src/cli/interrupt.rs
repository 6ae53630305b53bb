//! What Ctrl-C does: a simulation stops and reports what it has, an open question to a player is
//! answered by it, everything else ends (and with it a simulation that would only go on with the next).

use crate::analysis::Progress;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, Once, PoisonError};

/// The exit status of a process that is interrupted.
const INTERRUPTED: i32 = 130;

/// The simulation under way.
static DRAWING: Mutex<Option<Progress>> = Mutex::new(None);

/// How a question is answered by Ctrl-C.
static ANSWER: Mutex<Option<Box<dyn Fn() + Send>>> = Mutex::new(None);

/// Whether a question is open.
static ASKING: AtomicBool = AtomicBool::new(false);

/// From now on Ctrl-C stops the simulation with this progress; a second time, it ends the process.
pub fn stops(progress: &Progress) {
    *DRAWING.lock().unwrap_or_else(PoisonError::into_inner) = Some(progress.clone());
    handle();
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
    match DRAWING.lock().unwrap_or_else(PoisonError::into_inner).take() {
        Some(progress) => progress.stop(),
        None => std::process::exit(INTERRUPTED),
    }
}
