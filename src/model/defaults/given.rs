//! What of the defaults counts in a scenario: it is read as though it stood there.

use super::Defaults;
use crate::source::Span;
use crate::syntax::tree::{
    Item, ItemKind, Lexicon, Likelihood, Name, Param, Scenario, ScenarioPart,
};
use rustc_hash::FxHashSet;

/// What a file of defaults gave a scenario that has no such thing itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The path of the file of defaults.
    pub path: String,
    /// The horizon, in turns.
    pub horizon: Option<i64>,
    /// Likelihood words, each with what it means, as written.
    pub words: Vec<(String, String)>,
}

impl Given {
    /// A file of defaults that gives the same.
    #[must_use]
    pub fn text(&self) -> String {
        let horizon = self.horizon.map(|turns| format!("horizon = {turns}\n"));
        // Words and likelihoods are of the language: nothing in them has a meaning in TOML.
        let words =
            self.words.iter().map(|(word, likelihood)| format!("{word} = \"{likelihood}\"\n"));
        let words: String = words.collect();
        format!("{}[lexicon]\n{words}", horizon.unwrap_or_default())
    }
}

impl Defaults {
    /// Adds to the declarations of a scenario what they lack, and says what that was; `None` where
    /// it is nothing. A name that the scenario declares, whatever for, is the scenario's.
    pub(in crate::model) fn give(&self, items: &mut Vec<Item>) -> Option<Given> {
        let horizon = self.give_horizon(items);
        let words = self.give_words(items);
        let path = self.path.clone().filter(|_| horizon.is_some() || !words.is_empty())?;
        Some(Given { path, horizon, words })
    }

    fn give_horizon(&self, items: &mut Vec<Item>) -> Option<i64> {
        let horizon = self.horizon.as_ref()?;
        let part = ScenarioPart::Horizon(horizon.clone());
        let broken = items.iter().any(
            |item| matches!(&item.kind, ItemKind::Broken(broken) if broken.keyword == "scenario"),
        );
        let scenario = items.iter_mut().find_map(|item| match &mut item.kind {
            ItemKind::Scenario(scenario) => Some(scenario),
            _ => None,
        });
        match scenario {
            Some(scenario) => {
                let has = |part: &ScenarioPart| matches!(part, ScenarioPart::Horizon(_));
                if scenario.parts.iter().any(has) {
                    return None;
                }
                scenario.parts.push(part);
            }
            None if broken => return None,
            None => {
                let scenario = Scenario { title: None, parts: vec![part] };
                items.push(item(ItemKind::Scenario(scenario), horizon.count.span));
            }
        }
        Some(horizon.count.value)
    }

    fn give_words(&self, items: &mut Vec<Item>) -> Vec<(String, String)> {
        if self.words.is_empty() {
            return Vec::new();
        }
        let taken: FxHashSet<&str> =
            items.iter().flat_map(names).map(|name| name.text.as_str()).collect();
        let words: Vec<Param> = self
            .words
            .iter()
            .filter(|word| !taken.contains(word.name.text.as_str()))
            .cloned()
            .collect();
        let Some(first) = words.first() else { return Vec::new() };
        let span = first.name.span;
        let given =
            words.iter().map(|word| (word.name.text.clone(), written(&word.value))).collect();
        items.push(item(ItemKind::Lexicon(Lexicon { words }), span));
        given
    }
}

fn item(kind: ItemKind, span: Span) -> Item {
    Item { kind, note: None, span }
}

fn written(likelihood: &Likelihood) -> String {
    match likelihood {
        Likelihood::Number(number) => number.written.clone(),
        Likelihood::Range(low, high) => format!("{}..{}", low.written, high.written),
        Likelihood::Word(name) => name.text.clone(),
    }
}

/// The names that a declaration enters.
fn names(item: &Item) -> Vec<&Name> {
    match &item.kind {
        ItemKind::Source(tree) => vec![&tree.name],
        ItemKind::Actor(tree) => vec![&tree.name],
        ItemKind::Group(tree) => vec![&tree.name],
        ItemKind::Relation(tree) => vec![&tree.name],
        ItemKind::Scale(tree) => vec![&tree.name],
        ItemKind::Issue(tree) => vec![&tree.name],
        ItemKind::Variable(tree) => vec![&tree.name],
        ItemKind::Param(tree) => vec![&tree.name],
        ItemKind::Lexicon(tree) => tree.words.iter().map(|word| &word.name).collect(),
        ItemKind::Action(tree) => vec![&tree.name],
        ItemKind::Rule(tree) => vec![&tree.name],
        ItemKind::Decision(tree) => vec![&tree.name],
        ItemKind::Outcome(tree) => vec![&tree.name],
        ItemKind::Reading(tree) => vec![&tree.name],
        ItemKind::Broken(broken) => broken.name.iter().collect(),
        ItemKind::Import(_)
        | ItemKind::Scenario(_)
        | ItemKind::Position(_)
        | ItemKind::Ladder(_)
        | ItemKind::Inject(_)
        | ItemKind::Observe(_)
        | ItemKind::Expect(_) => Vec::new(),
    }
}
