//! Questions to the player: plain lines, so that a pipe can answer as well as a person.

use crate::cli::interrupt;
use crate::cli::output::write_standard;
use crate::cli::status::Stop;
use crate::report::clean;
use crate::syntax::composed;
use std::io::{BufRead, IsTerminal, Read, stdin};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread::spawn;

/// Of a longer line the rest is not read as an answer.
const LONGEST: u64 = 1024;

/// What came of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// A line, without its end.
    Line(String),
    /// The input has ended.
    End,
    /// Somebody pressed Ctrl-C.
    Interrupted,
}

/// Asks on standard output, and reads answers from standard input.
pub struct Prompt {
    said: Receiver<Said>,
    /// Whether answers are shown behind their questions: a terminal does so itself.
    echoes: bool,
}

impl Prompt {
    /// Begins to read. From now on Ctrl-C while a question is open is an answer to it.
    #[must_use]
    pub fn new() -> Self {
        // No further ahead than the next line: input may have no end.
        let (say, said) = sync_channel(1);
        let sender = say.clone();
        interrupt::answers(move || _ = sender.try_send(Said::Interrupted));
        spawn(move || {
            let mut input = stdin().lock();
            while say.send(line(&mut input).map_or(Said::End, Said::Line)).is_ok() {}
        });
        Self { said, echoes: !stdin().is_terminal() }
    }

    /// Asks, and waits for a line.
    ///
    /// # Errors
    /// Standard output cannot be written.
    pub fn ask(&self, question: &str) -> Result<Said, Stop> {
        write_standard(question)?;
        interrupt::asks(true);
        let said = self.said.recv().unwrap_or(Said::End);
        interrupt::asks(false);
        match &said {
            Said::Line(line) if self.echoes => write_standard(&format!("{}\n", clean(line)))?,
            Said::Line(_) => {}
            Said::End | Said::Interrupted => write_standard("\n")?,
        }
        Ok(said)
    }
}

/// The next line; none at the end of the input, and where it cannot be read.
fn line(input: &mut impl BufRead) -> Option<String> {
    let mut bytes = Vec::new();
    let mut limited = input.by_ref().take(LONGEST);
    if limited.read_until(b'\n', &mut bytes).ok()? == 0 {
        return None;
    }
    let mut whole = bytes.ends_with(b"\n");
    while !whole {
        let rest = input.fill_buf().ok()?;
        let end = rest.iter().position(|&byte| byte == b'\n');
        let read = end.map_or(rest.len(), |at| at + 1);
        whole = end.is_some() || read == 0;
        input.consume(read);
    }
    Some(composed(String::from_utf8_lossy(&bytes).trim()).into_owned())
}
