//! What is wrong with a scenario, as plain data: no renderer is known here but in [`render`].

mod code;
mod collect;
mod escape;
pub mod lint;
pub mod look_alike;
pub mod pages;
pub mod render;
pub mod suggest;

pub use code::{Code, Page};
pub use collect::Diagnostics;
pub use escape::{escaped, escaped_path, same_length, steers};

use crate::source::Span;
use pages::faults::LOST;
use std::borrow::Cow;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The scenario cannot be evaluated.
    Error,
    /// The scenario can be evaluated, but probably says something else than its author means.
    Warning,
}

impl Severity {
    /// The word for it in every output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// A place in a file with a word on why it matters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is said beside it; may be empty.
    pub text: String,
}

/// One mistake or doubt. All that is said in it is on one line and steers nothing, whatever stands in the
/// texts and names that it quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The registered code.
    pub code: Code,
    /// Error or warning.
    pub severity: Severity,
    /// The headline: lower case, no final period, user text in backticks, understandable alone.
    pub message: String,
    /// Where it is.
    pub primary: Label,
    /// Further places that say why.
    pub secondary: Vec<Label>,
    /// What to do, with an action.
    pub help: Option<String>,
    /// The change that does it, where there is but one.
    pub fix: Option<Fix>,
    /// What happens before it, where it shows only while a scenario runs; turns in which nothing happens are
    /// left out.
    pub storyline: Option<Vec<Turn>>,
}

/// What happens in one turn of a storyline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// The turn.
    pub turn: u32,
    /// What happens, as ids of nodes of the reaction graph.
    pub nodes: Vec<String>,
}

/// A change of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What is replaced.
    pub span: Span,
    /// By what; nothing where it is left out.
    pub text: String,
}

impl Diagnostic {
    /// A diagnostic of this code at this place; codes that begin with `W` are warnings.
    #[must_use]
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: shown(message),
            primary: Label { span, text: String::new() },
            secondary: Vec::new(),
            help: None,
            fix: None,
            storyline: None,
        }
    }

    /// A fault of Escalade itself: what is written here has been lost, and no error says why.
    #[must_use]
    pub fn fault(span: Span) -> Self {
        let message = "a fault of Escalade: this is read, and would be left out without a word";
        Self::new(LOST, span, message).label("lost here").help(
            "nothing is wrong with the scenario: please report this place, with its declaration",
        )
    }

    /// Whether it is a fault of Escalade itself.
    #[must_use]
    pub fn is_fault(&self) -> bool {
        self.code == LOST
    }

    /// Whether it is an error.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// With a text beside the primary place.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.primary.text = shown(text);
        self
    }

    /// With a further place.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.secondary.push(Label { span, text: shown(text) });
        self
    }

    /// With a hint.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(shown(text));
        self
    }

    /// With a hint of several lines.
    #[must_use]
    pub fn help_of_lines(mut self, lines: impl IntoIterator<Item = String>) -> Self {
        let lines: Vec<String> = lines.into_iter().map(shown).collect();
        self.help = Some(lines.join("\n"));
        self
    }

    /// With what happens before it.
    #[must_use]
    pub fn after(mut self, storyline: Vec<Turn>) -> Self {
        self.storyline = Some(storyline);
        self
    }

    /// With the change that mends it.
    #[must_use]
    pub fn fix(mut self, span: Span, text: impl Into<String>) -> Self {
        self.fix = Some(Fix { span, text: text.into() });
        self
    }
}

/// What is said, with everything escaped that is no text.
fn shown(text: impl Into<String>) -> String {
    match escaped(&text.into()) {
        Cow::Borrowed(text) => text.to_owned(),
        Cow::Owned(text) => text,
    }
}
