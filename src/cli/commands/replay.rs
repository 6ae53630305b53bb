//! `escalade replay`.

use crate::cli::console::Console;
use crate::cli::evaluate::{evaluate_loaded, status, tell};
use crate::cli::load::{self, Disk};
use crate::cli::output::write_standard;
use crate::cli::status::{Status, Stop};
use crate::model::{Defaults, Given, Grade, MOST_TURNS};
use crate::report::replayed::{Comparison, Recorded, RecordedFile};
use crate::report::{RepeatOptions, Report, clean, counted};
use crate::session::{Audience, Method, Options, Which};
use crate::session::{Loaded, load_from};
use crate::source::{Reader, Sources};
use clap::{Args, ValueEnum};
use std::fmt::Write as _;
use std::io;

/// So many differences are shown unless all are asked for.
const SHOWN: usize = 40;

/// The arguments of `replay`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// What `run --format html`, `json` or `markdown` wrote; `-` reads standard input
    report: String,
    /// The scenario, where the report does not carry it and it lies elsewhere by now
    #[arg(long, value_name = "FILE")]
    scenario: Option<String>,
    /// List all differences, however many
    #[arg(long)]
    all: bool,
    /// Use this many threads [default: as many as there are cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    threads: Option<u16>,
}

/// Evaluates again what a report was made from, and says whether the numbers are the same.
///
/// # Errors
/// The report, or the scenario that it names, cannot be read, or can no longer be evaluated.
pub fn run(arguments: &Arguments, console: &Console) -> Result<Status, Stop> {
    let Disk { file, bytes } = Disk::open(&arguments.report)?;
    let unreadable = |why: String| {
        let message = format!(
            "cannot replay `{file}`: {why}; `replay` takes what `run --format html`, `json` or `markdown` wrote"
        );
        Stop::because(Status::CannotBeDone, message)
    };
    let text = String::from_utf8(bytes).map_err(|_| unreadable("it is no text".to_owned()))?;
    let recorded = Recorded::read(&text).map_err(unreadable)?;
    let mut loaded = scenario(&recorded, arguments.scenario.as_deref())?;
    let Some(model) = loaded.model.take() else {
        console.errors(&loaded.diagnostics, &loaded.sources);
        return Err(Stop::said(Status::of_errors(&loaded.diagnostics)));
    };
    let options = options(&recorded, arguments.threads)?;
    let evaluation =
        evaluate_loaded(loaded, model, &options, Which::All, Audience::Machines, console)
            .map_err(|refusal| tell(refusal, console))?;
    let report = evaluation.report();
    let comparison = recorded.compared(&report);
    write_standard(&told(&file, &recorded, &report, &comparison, arguments.all))?;
    let same = comparison.differences.is_empty();
    Ok(status(&evaluation, if same { Status::Done } else { Status::ExpectationFails }))
}

/// The scenario: the one that the user names, or as the report carries it, or from the file that it names.
fn scenario(recorded: &Recorded, named: Option<&str>) -> Result<Loaded, Stop> {
    let observed = &recorded.repeat.options.observe;
    let (texts, file) = match (named, &recorded.files) {
        (None, Some(files)) => (Texts::Carried(files), recorded.file.clone()),
        (Some(named), _) => from_disk(Disk::open(named)?),
        (None, None) => from_disk(named_in(recorded)?),
    };
    let again = Again { texts, given: recorded.repeat.defaults.first().map(Given::from) };
    Ok(load_from(&file, observed, &again, Sources::default()))
}

fn from_disk(disk: Disk) -> (Texts<'static>, String) {
    let file = disk.file.clone();
    (Texts::Disk(disk), file)
}

/// The file that a report names. Whoever wrote the report may have named any: what is no scenario, or lies
/// elsewhere than where the user is at work, is read only if the user says so.
fn named_in(recorded: &Recorded) -> Result<Disk, Stop> {
    let file = &recorded.file;
    let shown = clean(file);
    let stop = |why: String| {
        let message = format!("the report does not carry its scenario, and {why}");
        Stop::because(Status::CannotBeDone, message)
    };
    if file == load::STANDARD_INPUT {
        return Err(stop(
            "was made from standard input: name the scenario with `--scenario FILE`".to_owned(),
        ));
    }
    if !file.ends_with(".esc") {
        return Err(stop(format!(
            "names `{shown}`, which is no `.esc` file: name the scenario with `--scenario FILE`"
        )));
    }
    if !load::is_below_here(file) {
        return Err(stop(format!(
            "names `{shown}`, which lies outside the folder that you are in: go to the folder that it was made in, or name the scenario with `--scenario FILE`"
        )));
    }
    Disk::open(file).map_err(|unread| {
        let why = unread.message.unwrap_or_default();
        stop(format!(
            "{why}; replay it from the folder that it was made in, or name the scenario with `--scenario FILE`"
        ))
    })
}

/// What a report was made from. The file of defaults may say something else by now: what it gave then
/// stands in the report.
struct Again<'a> {
    texts: Texts<'a>,
    given: Option<Given>,
}

/// The files of the scenario.
enum Texts<'a> {
    /// Those that the report carries. The files of sources are not among them: quotations were looked
    /// up when the report was made.
    Carried(&'a [RecordedFile]),
    /// Those on the disk.
    Disk(Disk),
}

impl Reader for Again<'_> {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        if let Some(given) = self.given.as_ref().filter(|_| Defaults::is_path(path)) {
            return Ok(given.text().into_bytes());
        }
        match &self.texts {
            Texts::Disk(disk) => disk.read(path),
            Texts::Carried(files) => {
                let found = files.iter().find(|file| file.has(path));
                let found = found.map(|file| file.text.clone().into_bytes());
                found.ok_or_else(|| io::Error::other("the report does not carry it"))
            }
        }
    }

    fn real(&self, path: &str) -> String {
        match &self.texts {
            Texts::Disk(disk) => disk.real(path),
            // Where they lay was told in the report.
            Texts::Carried(_) if path.starts_with('/') => path.to_owned(),
            Texts::Carried(_) => format!("/{path}"),
        }
    }

    fn identity(&self, path: &str) -> String {
        match &self.texts {
            Texts::Disk(disk) => disk.identity(path),
            Texts::Carried(files) => {
                let known = files.iter().find(|file| file.has(path));
                known.map_or_else(|| path.to_owned(), |file| file.path.clone())
            }
        }
    }

    fn folders(&self, _path: &str) -> Vec<String> {
        self.given.iter().map(|_| String::new()).collect()
    }

    fn has_documents(&self) -> bool {
        matches!(self.texts, Texts::Disk(_))
    }
}

/// The options of the evaluation that the report was made from.
fn options(recorded: &Recorded, threads: Option<u16>) -> Result<Options, Stop> {
    let RepeatOptions {
        horizon,
        set,
        observe,
        reading,
        without_source,
        min_grade,
        method,
        max_situations,
        runs,
        seed,
        run,
        storylines,
    } = recorded.repeat.options.clone();
    let method = Method::from_str(&method, false).map_err(|_| {
        let message = format!(
            "the report names a method `{}` that this version does not know",
            clean(&method)
        );
        Stop::because(Status::CannotBeDone, message)
    })?;
    if let Some(horizon) = horizon.filter(|horizon| *horizon > MOST_TURNS) {
        let message =
            format!("the report names a horizon of {horizon} turns; {MOST_TURNS} are the most");
        return Err(Stop::because(Status::CannotBeDone, message));
    }
    // How large a scenario may be to be evaluated exactly also hangs on the machine.
    let simulated = method == Method::Auto && recorded.is_simulated();
    let method = if simulated { Method::Simulate } else { method };
    let max_memory = None;
    let min_grade = min_grade.as_deref().and_then(Grade::of);
    Ok(Options {
        reading,
        set,
        observe,
        without_source,
        min_grade,
        horizon,
        method,
        max_situations,
        max_memory,
        runs,
        seed,
        run,
        threads,
        storylines,
    })
}

fn told(
    file: &str,
    recorded: &Recorded,
    now: &Report<'_>,
    comparison: &Comparison,
    all: bool,
) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail; so with every `write!` here.
    let (was, is) = (&recorded.repeat, now.repeat);
    let _ = writeln!(text, "{}", clean(&now.model.title));
    let _ = writeln!(text, "  report    {} (escalade {})", clean(file), clean(&was.version));
    let from = if recorded.files.is_some() { "carried by the report" } else { "read again" };
    let hash = if was.text_hash == is.text_hash {
        "the hash is the recorded one"
    } else {
        "THE TEXT IS NOT THE RECORDED ONE: its hash differs"
    };
    let _ = writeln!(text, "  scenario  {}, {from}; {hash}", clean(&recorded.file));
    let _ = writeln!(text, "  options   {}", clean(&crate::report::options_told(was)));
    if was.version != is.version {
        let _ = writeln!(
            text,
            "  this is escalade {}: another version may count differently",
            is.version
        );
    }
    let numbers = counted(comparison.numbers, "number");
    let differences = &comparison.differences;
    if differences.is_empty() {
        let digits = match comparison.noise {
            0 => "to the last digit".to_owned(),
            noise => format!("{} of them only within 1e-9", counted(noise, "number")),
        };
        let _ = writeln!(text, "The same: {numbers}, {digits}.");
        return text;
    }
    let _ = writeln!(
        text,
        "Different: {} ({numbers} compared)",
        counted(differences.len(), "difference")
    );
    let shown = if all { differences.len() } else { SHOWN };
    for one in differences.iter().take(shown) {
        let or_missing =
            |text: &str| if text.is_empty() { "missing".to_owned() } else { clean(text) };
        let (recorded, now) = (or_missing(&one.recorded), or_missing(&one.now));
        let _ = writeln!(text, "  {}: {recorded} -> {now}", clean(&one.place));
    }
    if differences.len() > shown {
        let _ = writeln!(text, "  and {} more: see `--all`", differences.len() - shown);
    }
    text
}
