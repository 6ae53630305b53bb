//! Where a game is kept: a transcript, and a scenario that observes it.

use crate::analysis::play::{Outlook, facts};
use crate::cli::output::{Existing, folder, write_file};
use crate::cli::status::{Status, Stop};
use crate::model::{Given, moved};
use crate::report::play::{Played, record, transcript, unlikely};
use crate::source::{FileId, Sources};
use clap::Args;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// Where a game is kept.
#[derive(Clone, Debug, Args)]
pub struct Files {
    /// Write a transcript to this file, as Markdown
    #[arg(short = 'o', long, value_name = "FILE")]
    transcript: Option<PathBuf>,
    /// Write a scenario to this file that observes what happened: `run` then tells all given that
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
}

impl Files {
    /// Where the game will be kept.
    #[must_use]
    pub fn outputs(&self) -> Vec<(&'static str, PathBuf)> {
        let named = [("--transcript", &self.transcript), ("--record", &self.record)];
        named.into_iter().filter_map(|(option, path)| Some((option, path.clone()?))).collect()
    }

    /// Says now what would else be said at the end of the game.
    ///
    /// # Errors
    /// Standard output is asked for.
    pub fn check(&self) -> Result<(), Stop> {
        match self.outputs().into_iter().find(|(_, path)| path == Path::new("-")) {
            Some((option, _)) => Err(Stop::because(
                Status::WrongCommandLine,
                format!("`{option}` needs a file: standard output shows the game"),
            )),
            None => Ok(()),
        }
    }

    /// Writes what was asked for.
    ///
    /// # Errors
    /// A file cannot be written.
    pub fn write(
        &self,
        played: &Played<'_>,
        outlook: Option<&Outlook>,
        sources: &Sources,
    ) -> Result<(), Stop> {
        if let Some(path) = &self.transcript {
            write_file(path, &transcript(played), Existing::Replace)?;
        }
        if let Some(path) = &self.record {
            let way = way(folder(path), folder(Path::new(played.file)));
            let unlikely = unlikely(played);
            let names: Vec<&str> = unlikely.iter().map(|one| one.name.as_str()).collect();
            let given = played.repeat.defaults.first().map(Given::from);
            let text = moved(sources.file(FileId(0)), &way, &names, given.as_ref());
            write_file(
                path,
                &record(played, &facts(played.game, outlook), &text),
                Existing::Replace,
            )?;
        }
        Ok(())
    }
}

/// The path from one folder to another: `../scenarios`; nothing where they are the same.
fn way(from: &Path, to: &Path) -> String {
    let whole = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let (from, to) = (whole(from), whole(to));
    let (mut from, mut to) = (from.components().peekable(), to.components().peekable());
    while from.peek().is_some() && from.peek() == to.peek() {
        from.next();
        to.next();
    }
    let up = from.map(|_| "..".to_owned());
    let down = to.map(|part: Component<'_>| part.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
}
