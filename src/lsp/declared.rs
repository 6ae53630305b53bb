//! What the files of a run declare.

use super::occurrences::Owner;
use crate::model::{STANCE, STANCE_NAME, WORDS};
use crate::source::Span;
use crate::syntax::composed;
use crate::syntax::tree::{
    self, Constant, Domain, Item, ItemKind, Likelihood, Name, Param, PositionPart, Text,
};
use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;
use std::collections::BTreeSet;

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `source`.
    Source,
    /// `actor`.
    Actor,
    /// `group`.
    Group,
    /// `relation`.
    Relation,
    /// `scale`.
    Scale,
    /// `issue`.
    Issue,
    /// `state`; whether it has an order.
    State {
        /// `<` between its values, not `|`.
        ordered: bool,
    },
    /// `flag`.
    Flag,
    /// `meter`.
    Meter,
    /// `param`.
    Param,
    /// A word of the lexicon.
    Word,
    /// `action`.
    Action,
    /// `rule`.
    Rule,
    /// `becomes` in a position, which is short for a rule.
    Shift,
    /// `decision`.
    Decision,
    /// `outcome`.
    Outcome,
    /// `ending`.
    Ending,
    /// `reading`.
    Reading,
    /// A declaration that cannot be read.
    Broken,
}

impl Kind {
    /// Its keyword.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Actor => "actor",
            Self::Group => "group",
            Self::Relation => "relation",
            Self::Scale => "scale",
            Self::Issue => "issue",
            Self::State { .. } => "state",
            Self::Flag => "flag",
            Self::Meter => "meter",
            Self::Param => "param",
            Self::Word => "likelihood word",
            Self::Action => "action",
            Self::Rule | Self::Shift => "rule",
            Self::Decision => "decision",
            Self::Outcome => "outcome",
            Self::Ending => "ending",
            Self::Reading => "reading",
            Self::Broken => "declaration",
        }
    }

    /// Whether it is a state, a flag or a meter.
    #[must_use]
    pub fn is_variable(self) -> bool {
        matches!(self, Self::State { .. } | Self::Flag | Self::Meter)
    }
}

/// A name that is declared.
#[derive(Clone, Debug)]
pub struct Declared {
    /// What it stands for.
    pub kind: Kind,
    /// The number of its file in the [`World`].
    pub file: usize,
    /// Where its name stands there.
    pub name: Span,
    /// The whole declaration.
    pub whole: Span,
    /// Its title.
    pub title: Option<String>,
    /// Its note.
    pub note: Option<String>,
    /// The values of a state, the levels of a scale.
    pub values: Vec<String>,
    /// The scale of an issue.
    pub scale: Option<String>,
    /// The ends of a likelihood, where they are written as numbers; the word where it is one.
    pub likelihood: Option<Written>,
    /// Whether there is one for each of some actors.
    pub for_each: bool,
}

/// A likelihood as a declaration has it.
#[derive(Clone, Debug)]
pub enum Written {
    /// From, to, from 0 to 1.
    Range(f64, f64),
    /// Another word or param.
    Word(String),
}

impl Written {
    /// Of a likelihood.
    #[must_use]
    pub fn of(likelihood: &Likelihood) -> Self {
        match likelihood {
            Likelihood::Number(number) => Self::Range(number.value, number.value),
            Likelihood::Range(low, high) => Self::Range(low.value, high.value),
            Likelihood::Word(word) => Self::Word(word.text.clone()),
        }
    }
}

/// What the files of a run declare.
#[derive(Clone, Debug, Default)]
pub struct World {
    names: IndexMap<String, Declared, FxBuildHasher>,
    /// The paths of its files.
    pub files: Vec<String>,
    /// The rungs, lowest first.
    pub rungs: Vec<Rung>,
    /// Attributes of actors, each key once.
    pub attributes: Vec<String>,
    /// Those of them that are a name for some actor.
    pub worded: BTreeSet<String>,
}

/// A rung of the ladder.
#[derive(Clone, Debug)]
pub struct Rung {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
}

impl World {
    /// What a name stands for.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Declared> {
        self.names.get(&*composed(name))
    }

    /// All names in their order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Declared)> {
        self.names.iter().map(|(name, declared)| (name.as_str(), declared))
    }

    /// The levels of a scale.
    #[must_use]
    pub fn levels(&self, scale: &str) -> Vec<String> {
        if scale == STANCE_NAME {
            return STANCE.map(str::to_owned).to_vec();
        }
        self.get(scale).map(|declared| declared.values.clone()).unwrap_or_default()
    }

    /// The values of what has some, in their order.
    #[must_use]
    pub fn values(&self, owner: &Owner) -> Vec<String> {
        match owner {
            Owner::Variable(name) => {
                self.get(name).map(|declared| declared.values.clone()).unwrap_or_default()
            }
            Owner::Scale(name) => self.levels(name),
            Owner::Ladder => self.rungs.iter().map(|rung| rung.name.clone()).collect(),
        }
    }

    /// Whether it has a value of this name.
    #[must_use]
    pub fn has_value(&self, owner: &Owner, value: &str) -> bool {
        self.values(owner).iter().any(|one| one == value)
    }

    /// The name of the scale of an issue.
    #[must_use]
    pub fn scale_of(&self, issue: &str) -> String {
        let declared = self.get(issue).filter(|declared| declared.kind == Kind::Issue);
        let scale = declared.and_then(|declared| declared.scale.clone());
        scale.unwrap_or_else(|| STANCE_NAME.to_owned())
    }

    /// The ends of a likelihood word or param, from 0 to 1.
    #[must_use]
    pub fn likelihood(&self, name: &str) -> Option<(f64, f64)> {
        let mut name = name.to_owned();
        // A circle of words is an error, and no reason to hang.
        for _ in 0..=self.names.len() {
            match self.get(&name).and_then(|declared| declared.likelihood.clone()) {
                Some(Written::Range(low, high)) => return Some((low, high)),
                Some(Written::Word(next)) => name = next,
                None => {
                    let built_in = WORDS.iter().find(|(word, _, _)| *word == name);
                    return built_in.map(|(_, low, high)| (*low, *high));
                }
            }
        }
        None
    }

    /// Adds what the file of this path declares.
    pub fn add(&mut self, path: &str, items: &[Item]) {
        self.files.push(path.to_owned());
        for item in items {
            self.add_item(item);
        }
    }

    /// Adds the likelihood words of the file of defaults of this path.
    pub fn add_words(&mut self, path: &str, words: &[Param]) {
        self.files.push(path.to_owned());
        words.iter().for_each(|word| self.add_likelihood(word.name.span, None, word, Kind::Word));
    }

    fn add_likelihood(&mut self, whole: Span, note: Option<&String>, it: &Param, kind: Kind) {
        if let Some(declared) = self.declare(whole, note, &it.name, kind) {
            declared.likelihood = Some(Written::of(&it.value));
            declared.title = it.title.as_ref().map(|title| title.value.clone());
        }
    }

    fn declare(
        &mut self,
        whole: Span,
        note: Option<&String>,
        name: &Name,
        kind: Kind,
    ) -> Option<&mut Declared> {
        let declared = Declared {
            kind,
            file: self.files.len().saturating_sub(1),
            name: name.span,
            whole,
            title: None,
            note: note.cloned(),
            values: Vec::new(),
            scale: None,
            likelihood: None,
            for_each: false,
        };
        // Of two of one name the first counts; that there are two is told elsewhere.
        match self.names.entry(name.text.clone()) {
            indexmap::map::Entry::Vacant(free) => Some(free.insert(declared)),
            indexmap::map::Entry::Occupied(_) => None,
        }
    }

    fn add_item(&mut self, item: &Item) {
        let note = item.note.as_ref();
        let titled = |declared: Option<&mut Declared>, title: &Option<Text>| {
            if let (Some(declared), Some(title)) = (declared, title) {
                declared.title = Some(title.value.clone());
            }
        };
        let texts = |names: &[Name]| names.iter().map(|name| name.text.clone()).collect();
        match &item.kind {
            ItemKind::Source(it) => {
                titled(self.declare(item.span, note, &it.name, Kind::Source), &it.title)
            }
            ItemKind::Actor(it) => {
                titled(self.declare(item.span, note, &it.name, Kind::Actor), &it.title);
                for attribute in &it.attributes {
                    let key = &attribute.key.text;
                    if !self.attributes.contains(key) {
                        self.attributes.push(key.clone());
                    }
                    if matches!(&attribute.value, Constant::Name(word) if !is_truth(word)) {
                        self.worded.insert(key.clone());
                    }
                }
            }
            ItemKind::Group(it) => {
                titled(self.declare(item.span, note, &it.name, Kind::Group), &it.title)
            }
            ItemKind::Relation(it) => {
                titled(self.declare(item.span, note, &it.name, Kind::Relation), &it.title);
            }
            ItemKind::Scale(it) => {
                if let Some(declared) = self.declare(item.span, note, &it.name, Kind::Scale) {
                    declared.values = texts(&it.levels);
                    titled(Some(declared), &it.title);
                }
            }
            ItemKind::Issue(it) => {
                if let Some(declared) = self.declare(item.span, note, &it.name, Kind::Issue) {
                    declared.scale = it.scale.as_ref().map(|scale| scale.text.clone());
                    titled(Some(declared), &it.title);
                }
            }
            ItemKind::Variable(it) => {
                let kind = match &it.domain {
                    Domain::State { ordered, .. } => {
                        Kind::State { ordered: ordered.first().copied().unwrap_or(false) }
                    }
                    Domain::Flag => Kind::Flag,
                    Domain::Meter { .. } => Kind::Meter,
                };
                if let Some(declared) = self.declare(item.span, note, &it.name, kind) {
                    if let Domain::State { values, .. } = &it.domain {
                        declared.values = texts(values);
                    }
                    declared.for_each = it.each.is_some();
                    titled(Some(declared), &it.title);
                }
            }
            ItemKind::Param(it) => self.add_likelihood(item.span, note, it, Kind::Param),
            ItemKind::Lexicon(it) => {
                let words = it.words.iter();
                words.for_each(|word| self.add_likelihood(item.span, note, word, Kind::Word));
            }
            ItemKind::Action(it) => {
                titled(self.declare(item.span, note, &it.name, Kind::Action), &it.title)
            }
            ItemKind::Rule(it) => {
                titled(self.declare(item.span, note, &it.name, Kind::Rule), &it.title)
            }
            ItemKind::Decision(it) => {
                titled(self.declare(item.span, note, &it.name, Kind::Decision), &it.title);
            }
            ItemKind::Outcome(it) => {
                let kind = if it.ending { Kind::Ending } else { Kind::Outcome };
                titled(self.declare(item.span, note, &it.name, kind), &it.title);
            }
            ItemKind::Reading(it) => {
                titled(self.declare(item.span, note, &it.name, Kind::Reading), &it.title)
            }
            ItemKind::Position(it) => {
                let shifts = it.parts.iter().filter_map(|part| match part {
                    PositionPart::Becomes { span, .. } => Some(*span),
                    PositionPart::Says(_) | PositionPart::Because(_) => None,
                });
                for (at, span) in shifts.enumerate() {
                    let text = format!("{}_{}_{}", it.actor.text, it.issue.text, at + 1);
                    self.declare(item.span, note, &Name { text, span }, Kind::Shift);
                }
            }
            ItemKind::Ladder(it) => {
                if self.rungs.is_empty() {
                    let rung = |rung: &tree::Rung| Rung {
                        name: rung.name.text.clone(),
                        title: rung.title.as_ref().map(|title| title.value.clone()),
                    };
                    self.rungs = it.rungs.iter().map(rung).collect();
                }
            }
            ItemKind::Broken(it) => {
                if let Some(name) = &it.name {
                    let kind = broken(&it.keyword);
                    self.declare(item.span, note, name, kind);
                }
            }
            ItemKind::Import(_)
            | ItemKind::Scenario(_)
            | ItemKind::Inject(_)
            | ItemKind::Expect(_)
            | ItemKind::Observe(_) => {}
        }
    }
}

fn is_truth(word: &Name) -> bool {
    matches!(word.text.as_str(), "yes" | "no")
}

/// What a declaration that cannot be read was to declare.
fn broken(keyword: &str) -> Kind {
    match keyword {
        "source" => Kind::Source,
        "actor" => Kind::Actor,
        "group" => Kind::Group,
        "relation" => Kind::Relation,
        "scale" => Kind::Scale,
        "issue" => Kind::Issue,
        "state" => Kind::State { ordered: false },
        "flag" => Kind::Flag,
        "meter" => Kind::Meter,
        "param" => Kind::Param,
        "action" => Kind::Action,
        "rule" => Kind::Rule,
        "decision" => Kind::Decision,
        "outcome" => Kind::Outcome,
        "ending" => Kind::Ending,
        "reading" => Kind::Reading,
        _ => Kind::Broken,
    }
}
