//! What Ctrl-C does: a simulation stops and reports what it has, everything else ends (and with it a
//! simulation that would only go on with the next).

use crate::analysis::Progress;
use std::sync::{Mutex, Once, PoisonError};

/// The exit status of a process that is interrupted.
const INTERRUPTED: i32 = 130;

/// The simulation under way.
static DRAWING: Mutex<Option<Progress>> = Mutex::new(None);

/// From now on Ctrl-C stops the simulation with this progress; a second time, it ends the process.
pub fn stops(progress: &Progress) {
    static ONCE: Once = Once::new();
    *DRAWING.lock().unwrap_or_else(PoisonError::into_inner) = Some(progress.clone());
    // Where no handler can be set, Ctrl-C ends the process as it does anyhow.
    ONCE.call_once(|| _ = ctrlc::set_handler(interrupt));
}

/// From now on Ctrl-C ends the process, whatever is under way.
pub fn ends() {
    // Where no handler can be set, Ctrl-C ends the process as it does anyhow.
    _ = ctrlc::set_handler(|| std::process::exit(INTERRUPTED));
}

fn interrupt() {
    match DRAWING.lock().unwrap_or_else(PoisonError::into_inner).take() {
        Some(progress) => progress.stop(),
        None => std::process::exit(INTERRUPTED),
    }
}
