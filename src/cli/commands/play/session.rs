//! A game at the prompt: shows what happens, asks, and does what is answered.

use super::files::Files;
use super::prompt::{Prompt, Said};
use crate::analysis::Failure;
use crate::analysis::play::{Decision, Game, Outlook, Stage};
use crate::cli::console::Console;
use crate::cli::evaluate::{self};
use crate::cli::output::write_standard;
use crate::cli::status::{Status, Stop};
use crate::cli::working::Working;
use crate::diagnostic::suggest::did_you_mean;
use crate::model::ActorId;
use crate::report::play::{self as pages, COMMANDS, Played};
use crate::report::text::Style;
use crate::report::{Repeat, counted};
use crate::session::{Audience, Options, Why, on_threads};
use crate::source::Sources;
use std::collections::BTreeSet;

/// More situations are not explored for an outlook: nobody waits that long for an answer.
const MOST_SITUATIONS: usize = 1_000_000;
/// After so many answers in a row that are none, nobody is there who would give one.
const PATIENCE: u32 = 100;

/// What is played.
pub struct Session<'a> {
    /// The scenario's path.
    pub file: &'a str,
    /// All files that were read.
    pub sources: &'a Sources,
    /// What is played on.
    pub stage: &'a Stage,
    /// Whose decisions are taken by the player.
    pub players: Vec<ActorId>,
    /// What is needed to play it again.
    pub repeat: Repeat,
}

/// A game under way.
struct Table<'a> {
    options: &'a Options,
    game: Game<'a>,
    style: Style,
    prompt: Prompt,
    /// Found when it is first asked for; or why it cannot be.
    outlook: Option<Result<Outlook, String>>,
    /// How many situations of the game have been shown.
    shown: usize,
    /// Of which situation the decision was shown last, and how many were taken before it.
    asked: Option<(usize, usize)>,
    /// Rationales that have been told.
    told: BTreeSet<String>,
}

/// What an answer asks for.
enum Answer {
    Option(usize),
    Outlook,
    Why,
    Status,
    History,
    Undo,
    Help,
    Quit,
}

impl Session<'_> {
    /// Plays, and writes what was asked for.
    ///
    /// # Errors
    /// Assignments contradict each other on the way, or something cannot be written.
    pub fn play(
        &self,
        options: &Options,
        files: &Files,
        console: &Console,
    ) -> Result<Status, Stop> {
        let refuse = |failure: Failure| evaluate::refuse(failure, self.sources, console);
        let seed = self.repeat.options.seed;
        let game = Game::begin(self.stage, &self.players, seed).map_err(refuse)?;
        let mut table = Table {
            options,
            game,
            style: console.page_style(false),
            prompt: Prompt::new(),
            outlook: None,
            shown: 0,
            asked: None,
            told: BTreeSet::new(),
        };
        let style = table.style;
        write_standard(&pages::intro(&self.played(&table.game, Err("")), style))?;
        let (status, failure) = table.play()?;
        let outlook = match &failure {
            Some(_) => Err("The game ended where the scenario contradicts itself.".to_owned()),
            None => table.start_and_now(),
        };
        let played = self.played(&table.game, outlook.as_ref().map_err(String::as_str));
        write_standard(&pages::closing(&played, style))?;
        let explored = table.outlook.as_ref().and_then(|outlook| outlook.as_ref().ok());
        files.write(&played, explored, self.sources)?;
        match failure {
            Some(failure) => Err(refuse(failure)),
            None => Ok(status),
        }
    }

    fn played<'g>(
        &'g self,
        game: &'g Game<'g>,
        outlook: Result<&'g [Vec<f64>; 2], &'g str>,
    ) -> Played<'g> {
        let Self { file, players, repeat, .. } = self;
        Played { file, game, players, repeat, outlook }
    }
}

impl Table<'_> {
    /// Plays to the end; says where the scenario contradicts itself on the way, if it does.
    fn play(&mut self) -> Result<(Status, Option<Failure>), Stop> {
        let mut wrong = 0;
        loop {
            if self.game.decision().is_none() && self.game.end().is_none() {
                match self.game.go_on() {
                    Ok(_) => continue,
                    Err(failure) => {
                        self.show()?;
                        return Ok((Status::Done, Some(failure)));
                    }
                }
            }
            self.show()?;
            let line = match self.prompt.ask(&self.question())? {
                Said::Line(line) => line,
                Said::End => return Ok((Status::Done, None)),
                Said::Interrupted => return Ok((Status::Interrupted, None)),
            };
            match self.answer(&line) {
                Ok(Answer::Quit) => return Ok((Status::Done, None)),
                Ok(answer) => {
                    self.act(answer)?;
                    wrong = 0;
                }
                Err(hint) => {
                    write_standard(&format!("{hint}\n"))?;
                    wrong += 1;
                }
            }
            if wrong == PATIENCE {
                write_standard("So many answers in a row were none that the game ends here.\n")?;
                return Ok((Status::CannotBeDone, None));
            }
        }
    }

    /// Shows what has not been shown: turns, and the decision to be taken.
    fn show(&mut self) -> Result<(), Stop> {
        let Self { game, style, told, .. } = self;
        let model = &game.stage().model;
        let mut page = String::new();
        let moments = game.moments();
        let mut at = self.shown;
        while at < moments.len() {
            let quiet = |at: usize| moments.get(at).is_some_and(|one| one.is_quiet());
            let last = (at..).find(|&next| !quiet(next + 1)).unwrap_or(at);
            if quiet(at) {
                page += &pages::quiet(model, moments[at].turn, moments[last].turn, *style);
                at = last + 1;
            } else {
                page += &pages::moment(model, &moments[at], told, *style);
                at += 1;
            }
        }
        let place = (moments.len(), game.now().choices.len());
        if self.asked.replace(place) != Some(place) || self.shown < moments.len() {
            if let Some(decision) = game.decision() {
                page += &pages::decision(model, decision, told, *style);
            } else if let Some(end) = game.end() {
                page += &pages::end(model, end, game.now().turn, *style);
            }
        }
        self.shown = moments.len();
        write_standard(&page)
    }

    fn question(&self) -> String {
        match self.game.decision() {
            Some(decision) => format!("1 to {}, ? or help: ", self.count(decision)),
            None => "The game is over (undo, why, status, history; Enter ends it): ".to_owned(),
        }
    }

    /// How many options a decision has.
    fn count(&self, decision: Decision) -> usize {
        self.game.stage().model.rules[decision.rule].alternatives.len()
    }

    /// What a line asks for; a hint where it is no answer.
    fn answer(&self, line: &str) -> Result<Answer, String> {
        let decision = self.game.decision();
        let word = line.to_lowercase();
        Ok(match word.as_str() {
            "?" | "outlook" => Answer::Outlook,
            "why" => Answer::Why,
            "status" => Answer::Status,
            "history" => Answer::History,
            "undo" => Answer::Undo,
            "help" => Answer::Help,
            "quit" | "exit" => Answer::Quit,
            "" | "q" if decision.is_none() => Answer::Quit,
            _ => match decision {
                Some(decision) => match self.option(decision, line, &word) {
                    // Unless an option is called so.
                    Err(_) if word == "q" => Answer::Quit,
                    option => Answer::Option(option?),
                },
                None => return Err("The game is over; `help` tells what can be asked.".to_owned()),
            },
        })
    }

    /// The option that a number, a name or a title means.
    fn option(&self, decision: Decision, line: &str, word: &str) -> Result<usize, String> {
        let model = &self.game.stage().model;
        let declaration = &model.declarations[model.rules[decision.rule].declaration.index()];
        let names: Vec<&str> =
            declaration.alternatives.iter().flatten().map(String::as_str).collect();
        if word.is_empty() {
            return Err(format!("Choose {}, or `help`.", names.join(", ")));
        }
        if let Ok(number) = word.parse::<usize>() {
            return match number.checked_sub(1).filter(|&at| at < names.len()) {
                Some(at) => Ok(at),
                None => Err(format!(
                    "There is no option {number}; there are {}.",
                    counted(names.len(), "option")
                )),
            };
        }
        let titles = &declaration.option_titles;
        let same = |text: &str| text.to_lowercase() == word;
        let named = names.iter().position(|name| same(name));
        if let Some(at) = named.or_else(|| titles.iter().position(|title| same(title))) {
            return Ok(at);
        }
        let hint = match did_you_mean(word, names.iter().copied().chain(COMMANDS)) {
            Some(hint) => hint,
            None => format!("there are {}, and `help`", names.join(", ")),
        };
        let shown: String = crate::report::clean(line).chars().take(40).collect();
        Err(format!("There is no `{shown}`; {hint}."))
    }

    fn act(&mut self, answer: Answer) -> Result<(), Stop> {
        let (game, style) = (&mut self.game, self.style);
        let page = match answer {
            Answer::Option(option) => {
                game.choose(option);
                return Ok(());
            }
            Answer::Undo => {
                if game.undo() {
                    // The turn of the decision is shown again.
                    self.shown = game.moments().len() - 1;
                    return Ok(());
                }
                "There is nothing to take back.\n".to_owned()
            }
            Answer::Why => pages::why(game, style),
            Answer::Status => pages::status(game, style),
            Answer::History => pages::history(game, style),
            Answer::Help => pages::help(style),
            Answer::Outlook => self.outlook(),
            Answer::Quit => String::new(),
        };
        write_standard(&page)
    }

    /// The outlook of every option; or why there is none.
    fn outlook(&mut self) -> String {
        self.explore();
        let Self { game, outlook, style, .. } = self;
        let outlook = match outlook {
            Some(Ok(outlook)) => outlook,
            Some(Err(why)) => return format!("{why}\n"),
            None => return String::new(),
        };
        let decision = game.decision();
        let options = match decision {
            Some(decision) => outlook.options(game, decision),
            None => Some(Vec::new()),
        };
        let model = &game.stage().model;
        match (outlook.now(game), options) {
            (Some(now), Some(options)) => pages::outlook(model, decision, &now, &options, *style),
            (None, _) | (_, None) => "This turn can come out in too many ways.\n".to_owned(),
        }
    }

    /// The probability of each outcome at the start and now; or why it is not known.
    fn start_and_now(&mut self) -> Result<[Vec<f64>; 2], String> {
        self.explore();
        match &mut self.outlook {
            Some(Ok(outlook)) => {
                let pair = (outlook.from(&self.game, 0), outlook.now(&self.game));
                let (start, now) = pair.0.zip(pair.1).ok_or_else(String::new)?;
                Ok([start, now])
            }
            Some(Err(why)) => Err(why.clone()),
            None => Err(String::new()),
        }
    }

    /// Explores all situations, if that has not been tried yet.
    fn explore(&mut self) {
        if self.outlook.is_some() {
            return;
        }
        let mut limits = self.options.limits(Audience::Machines);
        limits.max_situations = limits.max_situations.min(MOST_SITUATIONS);
        let working = Working::show(&limits.progress);
        let stage = self.game.stage();
        let found = on_threads(self.options.threads, || Outlook::explore(stage, &limits));
        drop(working);
        self.outlook = Some(found.map_err(|failure| {
            let why = Why::from(failure).told();
            format!("How likely the outcomes are cannot be told: {why}.")
        }));
    }
}
