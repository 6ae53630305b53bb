//! `escalade play`.

mod files;
mod prompt;
mod session;

use crate::analysis::play::Stage;
use crate::cli::console::Console;
use crate::cli::evaluate::{self, Changed};
use crate::cli::status::{Status, Stop};
use crate::diagnostic::suggest::did_you_mean;
use crate::model::ActorId;
use crate::session::{Method, Options, repeat};
use clap::Args;
use files::Files;
use session::Session;

/// The arguments of `play`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The scenario
    file: String,
    /// Take the decisions of this actor; repeatable
    #[arg(long = "as", value_name = "ACTOR", required = true, value_parser = crate::session::composed)]
    actors: Vec<String>,
    #[command(flatten)]
    pub files: Files,
    #[command(flatten)]
    options: Options,
}

/// Plays a scenario with the player on standard input.
///
/// # Errors
/// The scenario cannot be read or has errors, an actor has no decisions, the options do not fit,
/// assignments contradict each other on the way, or a result cannot be written.
pub fn run(arguments: &Arguments, console: &Console) -> Result<Status, Stop> {
    let options = &arguments.options;
    refuse_options(&arguments.file, options)?;
    arguments.files.check()?;
    let changed = evaluate::changed(&arguments.file, options, console)?;
    if !changed.model.observations.is_empty() {
        console.note("a game begins at the beginning: what the scenario observes is left out");
    }
    let stage = Stage::new(&changed.model);
    let players = players(&stage, &arguments.actors)?;
    let Changed { file, sources, given, .. } = changed;
    let repeat = repeat(options, &sources, &given);
    let session = Session { file: &file, sources: &sources, stage: &stage, players, repeat };
    session.play(options, &arguments.files, console)
}

/// Options that do not fit a game.
fn refuse_options(file: &str, options: &Options) -> Result<(), Stop> {
    let refused = if file == "-" {
        "`play` reads answers from standard input: name a file"
    } else if options.method == Method::Simulate || options.run.is_some() {
        "`play` draws one storyline with the player: leave out `--method simulate` and `--run`"
    } else if !options.observe.is_empty() {
        "a game begins at the beginning: leave out `--observe`"
    } else {
        return Ok(());
    };
    Err(Stop::because(Status::WrongCommandLine, refused))
}

/// The actors of these names, each once, all of which have decisions.
fn players(stage: &Stage, names: &[String]) -> Result<Vec<ActorId>, Stop> {
    let deciders = stage.deciders();
    let actors = &stage.model.actors;
    let all = || deciders.iter().map(|id| actors[id.index()].name.as_str());
    let have = match deciders[..] {
        [] => "no actor of this scenario has decisions".to_owned(),
        [_] => format!("only {} has decisions", all().collect::<String>()),
        _ => format!("those with decisions are {}", all().collect::<Vec<_>>().join(", ")),
    };
    let mut players = Vec::new();
    for name in names {
        let message = match actors.iter().position(|actor| actor.name == *name) {
            Some(at) if deciders.contains(&ActorId::new(at)) => {
                let id = ActorId::new(at);
                if !players.contains(&id) {
                    players.push(id);
                }
                continue;
            }
            Some(_) => format!("`--as {name}`: it has nothing to decide; {have}"),
            None => {
                let known = actors.iter().map(|actor| actor.name.as_str());
                let hint = did_you_mean(name, known).map(|hint| format!("{hint} ("));
                let (hint, end) = hint.map_or((String::new(), ""), |hint| (hint, ")"));
                format!("`--as {name}`: there is no such actor; {hint}{have}{end}")
            }
        };
        return Err(Stop::because(Status::WrongCommandLine, message));
    }
    Ok(players)
}
