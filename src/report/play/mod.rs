//! A game in words: what is shown while it is played, its transcript, and a scenario that observes it.

mod closing;
mod markdown;
mod record;
mod text;
mod words;

pub use closing::{closing, history};
pub use markdown::transcript;
pub use record::{record, unlikely};
pub use text::{decision, end, help, intro, moment, outlook, quiet, status, why};
pub use words::COMMANDS;

use super::{Repeat, shell_word};
use crate::analysis::play::{End, Game};
use crate::model::{ActorId, Model};

/// What is told of a game.
#[derive(Clone, Copy)]
pub struct Played<'a> {
    /// The scenario's path as the user wrote it.
    pub file: &'a str,
    /// The game.
    pub game: &'a Game<'a>,
    /// Whose decisions are taken by players.
    pub players: &'a [ActorId],
    /// What is needed to play it again.
    pub repeat: &'a Repeat,
    /// The probability of each outcome at the start and now; or why it is not known.
    pub outlook: Result<&'a [Vec<f64>; 2], &'a str>,
}

impl<'a> Played<'a> {
    /// The scenario.
    fn model(&self) -> &'a Model {
        &self.game.stage().model
    }

    /// Why it is over, if it is.
    fn end(&self) -> Option<End> {
        self.game.end()
    }

    /// The command that begins the same game.
    fn command(&self) -> String {
        let actor = |player: &ActorId| &self.model().actors[player.index()].name;
        let players = self.players.iter().map(|player| format!(" --as {}", actor(player)));
        let (players, seed) = (players.collect::<String>(), self.repeat.options.seed);
        let (file, changes) = (shell_word(self.file), self.changes());
        format!("escalade play {file}{players}{changes} --seed {seed}")
    }

    /// The options that change the scenario, each behind a space.
    fn changes(&self) -> String {
        let options = &self.repeat.options;
        let mut words = String::new();
        let mut add =
            |option: &str, value: &str| words += &format!(" {option} {}", shell_word(value));
        options.reading.iter().for_each(|name| add("--reading", name));
        options.set.iter().for_each(|set| add("--set", set));
        options.without_source.iter().for_each(|name| add("--without-source", name));
        options.min_grade.iter().for_each(|grade| add("--min-grade", grade));
        options.horizon.iter().for_each(|turns| add("--horizon", &turns.to_string()));
        words
    }

    /// The same command with all answers: `printf '%s\n' hold open | escalade play ...`.
    fn repeating(&self) -> String {
        let answers: Vec<String> = self
            .game
            .moments()
            .iter()
            .flat_map(|moment| &moment.choices)
            .map(|choice| words::answer(self.model(), choice.rule, choice.option))
            .collect();
        if answers.is_empty() {
            return self.command();
        }
        format!("printf '%s\\n' {} | {}", answers.join(" "), self.command())
    }
}
