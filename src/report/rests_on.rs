//! What an evaluation rests on: the sources, and what has none.

use crate::model::{DeclarationKind, Model, Quote, Source};

/// What a scenario's statements rest on.
#[derive(Debug)]
pub struct RestsOn<'a> {
    /// The sources that something rests on, in the order of their declaration.
    pub sources: Vec<UsedSource<'a>>,
    /// Positions as stated, and how many of them name no source.
    pub positions: Share,
    /// Rules and decisions, and how many of them give no rationale.
    pub rules: Share,
}

/// A source and how much rests on it.
#[derive(Debug)]
pub struct UsedSource<'a> {
    /// The source.
    pub source: &'a Source,
    /// How many positions.
    pub positions: usize,
    /// How many rules and decisions.
    pub rules: usize,
    /// How many readings.
    pub readings: usize,
}

/// How many there are, and how many of them rest on nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// All.
    pub all: usize,
    /// Those without a source or rationale.
    pub without: usize,
}

impl<'a> RestsOn<'a> {
    /// What the statements of this scenario rest on.
    #[must_use]
    pub fn new(model: &'a Model) -> Self {
        let sources = model.sources.iter().enumerate().map(|(index, source)| {
            let named = |quote: &&Quote| quote.source.is_some_and(|id| id.index() == index);
            UsedSource {
                source,
                positions: (model.positions.iter())
                    .filter(|one| one.says.iter().chain(&one.because).any(|quote| named(&quote)))
                    .count(),
                rules: (model.declarations.iter())
                    .filter(|one| one.because.as_ref().filter(named).is_some())
                    .count(),
                readings: (model.readings.iter())
                    .filter(|one| one.because.iter().any(|quote| named(&quote)))
                    .count(),
            }
        });
        Self {
            sources: sources.filter(|used| used.total() > 0).collect(),
            positions: positions(model),
            rules: rules(model),
        }
    }
}

impl UsedSource<'_> {
    /// How much rests on it in all.
    #[must_use]
    pub fn total(&self) -> usize {
        self.positions + self.rules + self.readings
    }

    /// The grade in words: `usually reliable, probably true`.
    #[must_use]
    pub fn grade_in_words(&self) -> Option<String> {
        let mut signs = self.source.grade.as_deref()?.chars();
        let reliability = match signs.next()? {
            'A' => "completely reliable",
            'B' => "usually reliable",
            'C' => "fairly reliable",
            'D' => "not usually reliable",
            'E' => "unreliable",
            'F' => "reliability unknown",
            _ => return None,
        };
        let credibility = match signs.next()? {
            '1' => "confirmed",
            '2' => "probably true",
            '3' => "possibly true",
            '4' => "doubtful",
            '5' => "improbable",
            '6' => "truth unknown",
            _ => return None,
        };
        Some(format!("{reliability}, {credibility}"))
    }
}

fn positions(model: &Model) -> Share {
    let sourced = |quotes: &[Quote]| quotes.iter().any(|quote| quote.source.is_some());
    let with = |one: &&crate::model::Position| sourced(&one.says) || sourced(&one.because);
    let all = model.positions.len();
    Share { all, without: all - model.positions.iter().filter(with).count() }
}

fn rules(model: &Model) -> Share {
    // A `becomes` line rests on what its position rests on.
    let own = model.declarations.iter().filter(|one| one.kind != DeclarationKind::Becomes);
    let without = own.clone().filter(|one| one.because.is_none()).count();
    Share { all: own.count(), without }
}
