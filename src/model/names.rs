//! The table of names of a scenario and its imports.

use super::{ActionId, ActorId, DeclId, GroupId, IssueId, OutcomeId, ScaleId, SourceId};
use crate::source::Span;
use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    Source(SourceId),
    Actor(ActorId),
    Group(GroupId),
    /// An index into the builder's relations.
    Relation(usize),
    Scale(ScaleId),
    Issue(IssueId),
    /// An index into the builder's declared variables.
    Variable(usize),
    /// A param or a word: an index into the builder's named likelihoods.
    Param(usize),
    Word(usize),
    Action(ActionId),
    /// A rule, or a `becomes` line.
    Rule(DeclId),
    Decision(DeclId),
    Outcome(OutcomeId),
    Reading,
    Level,
    Peak,
    Turn,
    /// `self` and `target`.
    Doer,
    /// A declaration that could not be read: whatever refers to it is not reported again.
    Broken,
}

impl Entry {
    /// What it is, with its article.
    pub(super) fn phrase(self) -> &'static str {
        match self {
            Self::Source(_) => "a source",
            Self::Actor(_) => "an actor",
            Self::Group(_) => "a group",
            Self::Relation(_) => "a relation",
            Self::Scale(_) => "a scale",
            Self::Issue(_) => "an issue",
            Self::Variable(_) => "a state, flag or meter",
            Self::Param(_) => "a param",
            Self::Word(_) => "a likelihood word",
            Self::Action(_) => "an action",
            Self::Rule(_) => "a rule",
            Self::Decision(_) => "a decision",
            Self::Outcome(_) => "an outcome",
            Self::Reading => "a reading",
            Self::Level | Self::Peak => "the place on the ladder",
            Self::Turn => "the number of the turn",
            Self::Doer => "a part of an action's body",
            Self::Broken => "a declaration that could not be read",
        }
    }
}

/// What a place in the text needs a name to stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    Source,
    Actor,
    Group,
    ActorOrGroup,
    Relation,
    Scale,
    Issue,
    Variable,
    /// Something that `P(...)` can be asked of by its name alone.
    OutcomeOrFlag,
    Likelihood,
    Param,
    Action,
    Rule,
    Draw,
}

impl Wanted {
    /// Whether something of this kind fits.
    pub(super) fn fits(self, entry: Entry) -> bool {
        match self {
            Self::Source => matches!(entry, Entry::Source(_)),
            Self::Actor => matches!(entry, Entry::Actor(_)),
            Self::Group => matches!(entry, Entry::Group(_)),
            Self::ActorOrGroup => matches!(entry, Entry::Actor(_) | Entry::Group(_)),
            Self::Relation => matches!(entry, Entry::Relation(_)),
            Self::Scale => matches!(entry, Entry::Scale(_)),
            Self::Issue => matches!(entry, Entry::Issue(_)),
            Self::Variable => matches!(entry, Entry::Variable(_)),
            Self::OutcomeOrFlag => matches!(entry, Entry::Outcome(_) | Entry::Variable(_)),
            Self::Likelihood => matches!(entry, Entry::Param(_) | Entry::Word(_)),
            Self::Param => matches!(entry, Entry::Param(_)),
            Self::Action => matches!(entry, Entry::Action(_)),
            Self::Rule => matches!(entry, Entry::Rule(_)),
            Self::Draw => matches!(entry, Entry::Rule(_) | Entry::Decision(_)),
        }
    }

    /// What is needed, without an article.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Actor => "actor",
            Self::Group => "group",
            Self::ActorOrGroup => "actor or group",
            Self::Relation => "relation",
            Self::Scale => "scale",
            Self::Issue => "issue",
            Self::Variable => "state, flag or meter",
            Self::OutcomeOrFlag => "outcome or flag",
            Self::Likelihood => "likelihood word or param",
            Self::Param => "param",
            Self::Action => "action",
            Self::Rule => "rule",
            Self::Draw => "rule or decision",
        }
    }

    /// What is needed, with its article.
    pub(super) fn phrase(self) -> String {
        let article = match self {
            Self::Actor | Self::ActorOrGroup | Self::OutcomeOrFlag | Self::Issue | Self::Action => {
                "an"
            }
            Self::Source
            | Self::Group
            | Self::Relation
            | Self::Scale
            | Self::Variable
            | Self::Likelihood
            | Self::Param
            | Self::Rule
            | Self::Draw => "a",
        };
        format!("{article} {}", self.word())
    }
}

/// One name of the table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Named {
    pub(super) entry: Entry,
    /// Where it is declared; `None` where it is built in.
    pub(super) span: Option<Span>,
    /// Whether something refers to it.
    pub(super) used: bool,
    /// Whether a second declaration wanted it: then what refers to it may mean that one.
    pub(super) contested: bool,
}

/// All names, in the order of their declaration.
#[derive(Debug, Default)]
pub(super) struct Names {
    table: IndexMap<String, Named, FxBuildHasher>,
    /// Whether names may be missing because some declaration or file could not be read.
    pub(super) incomplete: bool,
}

impl Names {
    /// Adds a name, or says what has taken it.
    pub(super) fn declare(
        &mut self,
        name: &str,
        entry: Entry,
        span: Option<Span>,
    ) -> Option<Named> {
        if let Some(taken) = self.table.get_mut(name) {
            taken.contested = true;
            return Some(*taken);
        }
        let named = Named { entry, span, used: false, contested: false };
        self.table.insert(name.to_owned(), named);
        None
    }

    /// What a name stands for.
    pub(super) fn get(&self, name: &str) -> Option<Named> {
        self.table.get(name).copied()
    }

    /// What a name stands for, which counts as a use of it.
    pub(super) fn refer(&mut self, name: &str) -> Option<Entry> {
        let named = self.table.get_mut(name)?;
        named.used = true;
        Some(named.entry)
    }

    /// Says what a name stands for now that more is known.
    pub(super) fn settle(&mut self, name: &str, span: Span, entry: Entry) {
        if let Some(named) = self.table.get_mut(name)
            && named.span == Some(span)
        {
            named.entry = entry;
        }
    }

    /// All names in the order of their declaration.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &Named)> {
        self.table.iter().map(|(name, named)| (name.as_str(), named))
    }
}
