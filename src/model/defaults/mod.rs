//! The file of defaults, `.escalade.toml`: what holds for all scenarios in its folder and below that
//! say nothing else.

mod given;
mod values;

pub use given::Given;

use crate::diagnostic::lint::Levels;
use crate::diagnostic::pages::defaults::NOT_TOML;
use crate::diagnostic::pages::names::UNREADABLE;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::{FileId, Reader, SourceFile, Sources, Span, unreadable_because};
use crate::syntax::tree::{self, Duration};
use std::io;
use toml::de::DeTable;

/// What the file is called.
const NAME: &str = ".escalade.toml";

/// What a file of defaults says.
#[derive(Clone, Debug, Default)]
pub struct Defaults {
    /// Its path; `None` where there is none.
    path: Option<String>,
    /// How much each lint matters.
    levels: Levels,
    /// The horizon of scenarios that have none.
    horizon: Option<Duration>,
    /// Likelihood words for all scenarios.
    words: Vec<tree::Param>,
}

impl Defaults {
    /// The defaults for the scenario of this path: what the nearest file of them says, looked for in
    /// the folder of the scenario and upwards as the reader has it. It is added to `sources`; what
    /// is wrong with it goes to `diagnostics`, with its place there. Where there is no file, nothing
    /// is said.
    #[must_use]
    pub fn find(
        path: &str,
        reader: &dyn Reader,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        for folder in reader.folders(path) {
            let path = in_folder(&folder);
            match reader.read(&path) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                read => {
                    let linked = !reader.real(&path).ends_with(NAME);
                    return Self::read(path, read, linked, sources, diagnostics);
                }
            }
        }
        Self::default()
    }

    /// What a file of defaults says. Nothing is shown of one whose name leads to another file, which may be
    /// anybody's, unless it is in order.
    fn read(
        path: String,
        read: io::Result<Vec<u8>>,
        linked: bool,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let text = read.map_err(|error| unreadable_because(&error)).and_then(|bytes| {
            String::from_utf8(bytes).map_err(|_| "it is not in the encoding UTF-8".to_owned())
        });
        let found = text.as_deref().unwrap_or_default();
        let file = sources.add(SourceFile::new(path.as_str(), found));
        let mut defaults = Self { path: Some(path.clone()), ..Self::default() };
        let mut told = Diagnostics::default();
        let mut unreadable = |error: &str| {
            let message = format!("the file of defaults `{path}` cannot be read: {error}");
            let told = Diagnostic::new(UNREADABLE, Span::new(file, 0, 0), message);
            diagnostics.push(told.help("mend its permissions or its text, or take it away"));
        };
        match &text {
            Ok(text) => defaults.take(file, text, &mut told),
            Err(error) => unreadable(error),
        }
        if linked && told.has_errors() {
            unreadable("it leads to a file that is something else");
            sources.files_mut()[file.0 as usize] = SourceFile::new(path.as_str(), "");
            return Self { path: Some(path), ..Self::default() };
        }
        told.sorted().into_iter().for_each(|one| diagnostics.push(one));
        defaults
    }

    fn take(&mut self, file: FileId, text: &str, diagnostics: &mut Diagnostics) {
        let (table, errors) = DeTable::parse_recoverable(text);
        let mut line = None;
        for error in &errors {
            let place = error.span().unwrap_or(0..0);
            // The second mistake on a line mostly comes of the first.
            let before = text.get(..place.start).unwrap_or(text);
            if line.replace(before.matches('\n').count()) == Some(before.matches('\n').count()) {
                continue;
            }
            let message = format!("this is no TOML: {}", error.message());
            let help = match error.message() {
                "duplicate key" => "it has been said above: leave one of them out",
                _ => "write `key = value`, and texts in quotation marks",
            };
            diagnostics.push(
                Diagnostic::new(NOT_TOML, Span::new(file, place.start, place.end), message)
                    .help(help),
            );
        }
        // What stands in a broken file is not what is meant.
        if errors.is_empty() {
            values::Values { file, text, diagnostics }.take(table.get_ref(), self);
        }
    }

    /// How much each lint matters.
    #[must_use]
    pub fn levels(&self) -> &Levels {
        &self.levels
    }

    /// The path of the file; `None` where there is none.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        self.path.as_deref()
    }

    /// The likelihood words that it gives to scenarios.
    #[must_use]
    pub fn words(&self) -> &[tree::Param] {
        &self.words
    }

    /// Whether a path is that of a file of defaults.
    #[must_use]
    pub fn is_path(path: &str) -> bool {
        path.rsplit('/').next() == Some(NAME)
    }
}

fn in_folder(folder: &str) -> String {
    match folder {
        "" => NAME.to_owned(),
        _ => format!("{}/{NAME}", folder.trim_end_matches('/')),
    }
}
