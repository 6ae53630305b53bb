//! The values in a file of defaults.

use super::Defaults;
use crate::diagnostic::lint::{self, Level};
use crate::diagnostic::pages::defaults::{BAD_VALUE, NO_LIKELIHOOD, UNKNOWN_KEY};
use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Span};
use crate::syntax::tree::{Duration, Integer, Likelihood, Name, Param};
use crate::syntax::{composed, likelihood_in};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

/// Reads them one by one; what is wrong with one does not hide the others.
pub(super) struct Values<'d> {
    pub(super) file: FileId,
    pub(super) text: &'d str,
    pub(super) diagnostics: &'d mut Diagnostics,
}

type Key<'t> = Spanned<DeString<'t>>;
type Value<'t> = Spanned<DeValue<'t>>;

impl Values<'_> {
    /// What the whole file says.
    pub(super) fn take(&mut self, table: &DeTable<'_>, defaults: &mut Defaults) {
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "horizon" => defaults.horizon = self.horizon(value),
                "lexicon" => {
                    for (word, value) in self.section(key, value) {
                        defaults.words.extend(self.word(word, value));
                    }
                }
                "lints" => {
                    let mut said: Vec<(Code, String)> = Vec::new();
                    for (lint, value) in self.section(key, value) {
                        let Some((code, level)) = self.level(lint, value) else { continue };
                        let name = lint.get_ref().as_ref();
                        match said.iter().find(|(other, _)| *other == code) {
                            Some((_, other)) => self.said_twice(lint, other),
                            None => defaults.levels.set(code, level),
                        }
                        said.push((code, name.to_owned()));
                    }
                }
                unknown => self.unknown_key(key, unknown),
            }
        }
        // Words may be defined by others; they stand in the order of the file, not of the alphabet.
        defaults.words.sort_by_key(|word| word.name.span);
    }

    /// A lint has a level under its code, and another one under its name.
    fn said_twice(&mut self, lint: &Key<'_>, other: &str) {
        let name = lint.get_ref();
        let message = format!("`{name}` and `{other}` are the same lint");
        self.report(BAD_VALUE, lint.span(), message, "give it one level, by its name or its code");
    }

    fn unknown_key(&mut self, key: &Key<'_>, unknown: &str) {
        let help = match (
            lint::find(unknown),
            did_you_mean(unknown, ["horizon", "lexicon", "lints"].into_iter()),
        ) {
            (Some(_), _) => {
                format!("levels of lints stand under `[lints]`: `{unknown} = \"deny\"`")
            }
            (None, Some(hint)) => hint,
            (None, None) => "there are `horizon`, `[lexicon]` and `[lints]`".to_owned(),
        };
        self.report(
            UNKNOWN_KEY,
            key.span(),
            format!("there is no default called `{unknown}`"),
            &help,
        );
    }

    /// The entries below a heading.
    fn section<'v, 't>(
        &mut self,
        key: &Key<'_>,
        value: &'v Value<'t>,
    ) -> Vec<(&'v Key<'t>, &'v Value<'t>)> {
        if let Some(table) = value.get_ref().as_table() {
            return table.iter().collect();
        }
        let name = key.get_ref();
        let message = format!("`{name}` is a heading with entries below it, not a value");
        self.report(
            BAD_VALUE,
            value.span(),
            message,
            &format!("write `[{name}]`, and the entries below it"),
        );
        Vec::new()
    }

    fn horizon(&mut self, value: &Value<'_>) -> Option<Duration> {
        let whole = value.get_ref().as_integer();
        let turns = whole.and_then(|whole| i64::from_str_radix(whole.as_str(), whole.radix()).ok());
        let Some(turns) = turns.filter(|turns| *turns >= 0) else {
            self.report(
                BAD_VALUE,
                value.span(),
                "the horizon is a whole number of turns".to_owned(),
                "write `horizon = 26`",
            );
            return None;
        };
        let span = self.span(value.span());
        let count = Integer { value: turns, written: turns.to_string(), span };
        Some(Duration { count, unit: Name { text: "turns".to_owned(), span } })
    }

    fn word(&mut self, key: &Key<'_>, value: &Value<'_>) -> Option<Param> {
        let name = &*composed(key.get_ref());
        let Some(written) = value.get_ref().as_str() else {
            let message = format!("what `{name}` means must stand in quotation marks");
            let number = value.get_ref().as_float().map(|number| number.as_str().to_owned());
            let example = number.unwrap_or_else(|| "30%..60%".to_owned());
            let help = format!("write `{name} = \"{example}\"`");
            self.report(NO_LIKELIHOOD, value.span(), message, &help);
            return None;
        };
        if !matches!(likelihood_in(self.file, name, 0..name.len()), Some(Likelihood::Word(word)) if word.text == name)
        {
            let message = format!("`{name}` cannot be a likelihood word");
            self.report(
                NO_LIKELIHOOD,
                key.span(),
                message,
                "take letters, digits and `_`, a letter first, and no word of the language",
            );
            return None;
        }
        let likelihood = self
            .inside(value.span(), written)
            .and_then(|place| likelihood_in(self.file, self.text, place));
        let Some(likelihood) = likelihood else {
            let message = format!("`{written}` is no likelihood");
            let help =
                "write a number, a range or a word, as in a scenario: `60%`, `30%..60%`, `likely`";
            self.report(NO_LIKELIHOOD, value.span(), message, help);
            return None;
        };
        let name = Name { text: name.to_owned(), span: self.span(key.span()) };
        Some(Param { name, title: None, value: likelihood })
    }

    /// The place of a text without its quotation marks; `None` where it is not written as it reads.
    fn inside(&self, place: Range<usize>, written: &str) -> Option<Range<usize>> {
        let start = place.start + self.text.get(place.clone())?.find(written)?;
        let end = start + written.len();
        (!written.is_empty()).then_some(start..end)
    }

    fn level(&mut self, key: &Key<'_>, value: &Value<'_>) -> Option<(Code, Level)> {
        let name = key.get_ref().as_ref();
        let Some(code) = lint::find(name) else {
            let error = lint::page(name).is_some();
            let message = if error {
                format!("`{name}` is an error, and errors have no level")
            } else {
                format!("there is no lint `{name}`")
            };
            let help = match did_you_mean(name, lint::words()) {
                Some(hint) if !error => hint,
                _ => "`escalade explain` lists all: those with a `W` have a level".to_owned(),
            };
            self.report(UNKNOWN_KEY, key.span(), message, &help);
            return None;
        };
        let written = value.get_ref().as_str();
        let level = Level::ALL.iter().find(|(word, _)| written == Some(word));
        if level.is_none() {
            let message = match written {
                Some(written) => format!("there is no level `{written}`"),
                None => format!("the level of `{name}` must be a text"),
            };
            let hint = written
                .and_then(|word| did_you_mean(word, Level::ALL.iter().map(|(word, _)| *word)));
            let help = hint.unwrap_or_else(|| {
                "the levels are `\"allow\"`, `\"warn\"` and `\"deny\"`".to_owned()
            });
            self.report(BAD_VALUE, value.span(), message, &help);
        }
        level.map(|(_, level)| (code, *level))
    }

    fn report(&mut self, code: Code, place: Range<usize>, message: String, help: &str) {
        self.diagnostics.push(Diagnostic::new(code, self.span(place), message).help(help));
    }

    fn span(&self, place: Range<usize>) -> Span {
        Span::new(self.file, place.start, place.end)
    }
}
