//! The language server: the conversation with an editor over standard input and output.
//!
//! Every request is answered at once from what could be read of the texts, whatever is wrong with them.
//! Checking and evaluating go on beside it (`background.rs`); an evaluation runs in a process of its own
//! (`answers.rs`), which is ended when the text changes.

mod abilities;
mod actions;
mod answers;
mod background;
mod client;
mod comparisons;
mod completion;
mod context;
mod conversation;
mod declared;
mod diagnostics;
mod documents;
mod hints;
mod hover;
mod lines;
mod listing;
mod navigation;
mod occurrences;
mod parent;
mod rename;
mod semantic;
mod server;
mod symbols;
mod transport;
mod uri;

use crate::report::percent;
use std::io::{Read, Write};

pub use conversation::serve;

/// Evaluates what stands on standard input, and writes the answers to standard output.
///
/// # Errors
/// One of them does not work, or what is asked is not understood.
pub fn answer(memory: usize) -> std::io::Result<()> {
    let mut asked = Vec::new();
    std::io::stdin().read_to_end(&mut asked)?;
    let answered = answers::answer(serde_json::from_slice(&asked)?, memory);
    std::io::stdout().write_all(&serde_json::to_vec(&answered)?)
}

/// `55%..80%`, or one number.
fn range_text(low: f64, high: f64) -> String {
    if low < high { format!("{}..{}", percent(low), percent(high)) } else { percent(low) }
}
