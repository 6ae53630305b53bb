//! Looking names up: what they stand for, and what to say where they do not fit.

use super::{Builder, Scope, listed};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::pages::meaning::NO_TARGET;
use crate::diagnostic::pages::names::{
    DOER_OUTSIDE_ACTION, GROUP_FOR_ACTOR, UNKNOWN_NAME, UNKNOWN_VALUE, WRONG_KIND,
};
use crate::diagnostic::suggest::{closest, did_you_mean};
use crate::model::names::{Entry, Wanted};
use crate::model::{ActionId, ActorId, GroupId, IssueId, ScaleId, SourceId};
use crate::syntax::tree::Name;
use crate::syntax::{quantifier_hint, quantifier_meant};
use rustc_hash::FxHashMap;
use std::rc::Rc;
use std::sync::Arc;

/// The places of the values of one list.
pub(super) struct Numbers {
    /// As long as this is kept, no other list can lie in its place.
    _list: Arc<[String]>,
    by_name: FxHashMap<String, usize>,
}

impl Builder<'_> {
    /// What a name stands for, where it is of the wanted kind; otherwise that is reported.
    pub(super) fn find(&mut self, name: &Name, wanted: Wanted) -> Option<Entry> {
        match self.names.refer(&name.text) {
            Some(entry) if wanted.fits(entry) => Some(entry),
            Some(Entry::Broken) => None,
            Some(entry) => {
                self.report_misuse(name, entry, wanted);
                None
            }
            None => {
                self.report_unknown(name, wanted, &[]);
                None
            }
        }
    }

    /// The one actor that a name stands for here.
    pub(super) fn actor(&mut self, name: &Name, scope: &Scope) -> Option<ActorId> {
        match scope.get(&name.text) {
            Some(Some(actor)) => return Some(actor),
            Some(None) => {
                // The effect that causes the event is where this is reported.
                return None;
            }
            None => {}
        }
        match self.names.refer(&name.text) {
            Some(Entry::Actor(actor)) => Some(actor),
            Some(Entry::Broken) => None,
            Some(entry) => {
                self.report_misuse(name, entry, Wanted::Actor);
                None
            }
            None => {
                self.report_unknown(name, Wanted::Actor, &scope.names());
                None
            }
        }
    }

    /// The members of the group that a name stands for.
    pub(super) fn group(&mut self, name: &Name) -> Option<Rc<[ActorId]>> {
        match self.find(name, Wanted::Group)? {
            Entry::Group(group) => Some(self.members(group)),
            _ => None,
        }
    }

    pub(super) fn members(&self, group: GroupId) -> Rc<[ActorId]> {
        self.groups.get(group.index()).cloned().unwrap_or_else(|| Rc::from([]))
    }

    pub(super) fn issue(&mut self, name: &Name) -> Option<IssueId> {
        match self.find(name, Wanted::Issue)? {
            Entry::Issue(issue) => Some(issue),
            _ => None,
        }
    }

    pub(super) fn scale(&mut self, name: &Name) -> Option<ScaleId> {
        match self.find(name, Wanted::Scale)? {
            Entry::Scale(scale) => Some(scale),
            _ => None,
        }
    }

    pub(super) fn source(&mut self, name: &Name) -> Option<SourceId> {
        match self.find(name, Wanted::Source)? {
            Entry::Source(source) => Some(source),
            _ => None,
        }
    }

    pub(super) fn action(&mut self, name: &Name) -> Option<ActionId> {
        match self.find(name, Wanted::Action)? {
            Entry::Action(action) => Some(action),
            _ => None,
        }
    }

    /// The index of a value in a list of names; reported where it is not among them. `owner` says
    /// whose values they are: ``issue `troops` ``.
    pub(super) fn value_in(
        &mut self,
        name: &Name,
        values: &Arc<[String]>,
        noun: &str,
        owner: &str,
    ) -> Option<i32> {
        let found = self.number_in(&name.text, values);
        if found.is_none() {
            let message = format!("`{}` is no {noun} of {owner}", name.text);
            let list = listed(values.iter().map(String::as_str));
            let help = match closest(&name.text, values.iter().map(String::as_str)) {
                Some(meant) => format!("did you mean `{meant}`? the {noun}s are {list}"),
                None => format!("the {noun}s are {list}"),
            };
            self.report(Diagnostic::new(UNKNOWN_VALUE, name.span, message).help(help));
        }
        found
    }

    /// The index of a value in a list of names.
    pub(super) fn number_in(&mut self, name: &str, values: &Arc<[String]>) -> Option<i32> {
        // Nearly all lists are so short that a look at each is the quickest.
        const SHORT: usize = 32;
        let index = if values.len() <= SHORT {
            values.iter().position(|value| value == name)
        } else {
            let numbers = self.numbers.entry(Arc::as_ptr(values)).or_insert_with(|| {
                // Of a name that stands twice, which is reported elsewhere, the first counts.
                let all = values.iter().cloned().zip(0..values.len()).rev();
                Numbers { _list: Arc::clone(values), by_name: all.collect() }
            });
            numbers.by_name.get(name).copied()
        };
        index.and_then(|index| i32::try_from(index).ok())
    }

    /// Reports a name that stands for nothing. `besides` are names bound only here.
    pub(super) fn report_unknown(&mut self, name: &Name, wanted: Wanted, besides: &[&str]) {
        let message = format!("unknown {} `{}`", wanted.word(), name.text);
        let diagnostic = Diagnostic::new(UNKNOWN_NAME, name.span, message);
        let plain = plain_speech(wanted, &name.text.to_lowercase());
        if let Some((help, meant)) = plain.filter(|_| self.suggests()) {
            self.report(diagnostic.help(help).fix(name.span, meant));
            return;
        }
        let help = self.suggestion(name, wanted, besides);
        if help.is_none() && self.names.incomplete {
            return;
        }
        let help = help.unwrap_or_else(|| self.how_to_declare(wanted).replace("NAME", &name.text));
        self.report(diagnostic.help(help));
    }

    /// The name that was probably meant, or something of that name but for its capitals.
    fn suggestion(&self, name: &Name, wanted: Wanted, besides: &[&str]) -> Option<String> {
        if !self.suggests() {
            return None;
        }
        let meant = likelihood_meant(&name.text.to_lowercase());
        let meant = meant.filter(|_| wanted == Wanted::Likelihood);
        if let Some(meant) = meant.filter(|meant| self.names.get(meant).is_some()) {
            return did_you_mean(meant, std::iter::once(meant));
        }
        let fitting = self.names.iter().filter(|(_, named)| wanted.fits(named.entry));
        let fitting = fitting.map(|(candidate, _)| candidate).chain(besides.iter().copied());
        did_you_mean(&name.text, fitting)
            .or_else(|| {
                let any = self.names.iter().find(|(any, _)| any.eq_ignore_ascii_case(&name.text));
                any.map(|(any, named)| format!("there is {} `{any}`", named.entry.phrase()))
            })
            .or_else(|| (wanted == Wanted::Variable).then(|| self.value_alone(name))?)
    }

    /// What to write where a value of a state stands alone: `s = a or b`.
    fn value_alone(&self, name: &Name) -> Option<String> {
        let mut with = self.declared.iter().filter(|declared| declared.values.contains(&name.text));
        let (first, another) = (with.next()?, with.next());
        let state = if another.is_some() { "STATE" } else { &first.tree.name.text };
        let value = &name.text;
        Some(format!("a value is compared with something: `{state} = {value}`"))
    }

    /// The names that would fit, or how to declare one.
    fn what_there_is(&self, wanted: Wanted) -> String {
        let fitting = self.names.iter().filter(|(_, named)| wanted.fits(named.entry));
        let fitting: Vec<&str> = fitting.map(|(candidate, _)| candidate).collect();
        match fitting.as_slice() {
            [] => self.how_to_declare(wanted),
            [only] => format!("there is {} `{only}`", wanted.phrase()),
            several => format!("there are {}", listed(several.iter().copied())),
        }
    }

    fn how_to_declare(&self, wanted: Wanted) -> String {
        let example = match wanted {
            Wanted::Source => "source NAME \"Title\"",
            Wanted::Actor | Wanted::ActorOrGroup => "actor NAME \"Title\"",
            Wanted::Group => "group NAME \"Title\" { ... }",
            Wanted::Relation => "relation NAME \"Title\" { a - b }",
            Wanted::Scale => "scale NAME { low < high }",
            Wanted::Issue => "issue NAME \"Title\"",
            Wanted::Variable => "state NAME: a | b`, `flag NAME` or `meter NAME: 0..10",
            Wanted::OutcomeOrFlag => "outcome NAME \"Title\" when CONDITION",
            Wanted::Likelihood => return self.likelihood_words(),
            Wanted::Param => "param NAME = 30%",
            Wanted::Action => "action NAME \"Title\"",
            Wanted::Rule => "rule NAME { ... }",
            Wanted::Draw => "rule NAME { ... }` or `decision NAME by ACTOR { ... }",
        };
        format!("declare it: `{example}`")
    }

    fn likelihood_words(&self) -> String {
        let words = self.names.iter().filter(|(_, named)| Wanted::Likelihood.fits(named.entry));
        format!(
            "a likelihood is a number (`60%`), a range (`55%..80%`), or one of {}",
            listed(words.map(|(word, _)| word))
        )
    }

    /// Reports a name that stands for something else than is needed.
    pub(super) fn report_misuse(&mut self, name: &Name, entry: Entry, wanted: Wanted) {
        let text = &name.text;
        if self.names.get(text).is_some_and(|named| named.contested) {
            return;
        }
        if entry == Entry::Doer {
            let message = format!("`{text}` has a meaning only in the body of an action");
            let help = "name the actor; in `action NAME { ... }`, `self` is the doer and `target` the target";
            self.report(Diagnostic::new(DOER_OUTSIDE_ACTION, name.span, message).help(help));
            return;
        }
        if let (Entry::Group(_), Wanted::Actor) = (entry, wanted) {
            let message = format!("`{text}` is a group, but one actor is needed here");
            let help = format!(
                "in a condition write `any {text}` or `every {text}`; elsewhere take a member, or declare with `for each member in {text}`"
            );
            self.report(Diagnostic::new(GROUP_FOR_ACTOR, name.span, message).help(help));
            return;
        }
        let message =
            format!("`{text}` is {}, but {} is needed here", entry.phrase(), wanted.phrase());
        let mut diagnostic = Diagnostic::new(WRONG_KIND, name.span, message);
        if let Some(place) = self.names.get(text).and_then(|named| named.span) {
            diagnostic = diagnostic.also(place, "declared here");
        }
        let help = match (entry, wanted) {
            (Entry::Actor(_), Wanted::Group) => {
                format!(
                    "a quantifier and `for each` need a group: `group NAME {{ {text} }}`, or leave the quantifier out"
                )
            }
            (Entry::Action(_), Wanted::Variable) => {
                format!("what has happened is written `ACTOR has done {text}`")
            }
            _ => {
                let suggests = self.suggests();
                let fitting =
                    self.names.iter().filter(|(_, named)| suggests && wanted.fits(named.entry));
                did_you_mean(text, fitting.map(|(candidate, _)| candidate))
                    .unwrap_or_else(|| self.what_there_is(wanted))
            }
        };
        self.report(diagnostic.help(help));
    }

    /// Reports an event without a target where the body of its action needs one.
    pub(super) fn report_no_target(&mut self, place: crate::source::Span, action: ActionId) {
        let Some(declared) = self.model.actions.get(action.index()) else { return };
        let message =
            format!("`{}` needs a target: its body says what happens to `target`", declared.name);
        let diagnostic = Diagnostic::new(NO_TARGET, place, message)
            .label("happens here without a target")
            .also(declared.span, "the action")
            .help(format!("write `does {} against ACTOR`", declared.name));
        self.report(diagnostic);
    }
}

/// What is said of a word of other languages, or of plain speech, and what is written instead.
fn plain_speech(wanted: Wanted, word: &str) -> Option<(&'static str, &'static str)> {
    Some(match (wanted, word) {
        (Wanted::Variable, "true") => ("a flag is `yes` or `no`: write `yes`", "yes"),
        (Wanted::Variable, "false") => ("a flag is `yes` or `no`: write `no`", "no"),
        (Wanted::Relation, "is" | "equals") => ("equality is written `=`", "="),
        (Wanted::Relation, "do" | "did" | "done") => {
            ("what has happened is written `a has done x`", "has done")
        }
        (Wanted::Actor | Wanted::ActorOrGroup, _) => {
            (quantifier_hint(word)?, quantifier_meant(word)?)
        }
        _ => return None,
    })
}

/// The word of the standard lexicon for what is called otherwise in estimates (ICD 203 gives two words
/// for most of its ranges) or in plain speech.
fn likelihood_meant(word: &str) -> Option<&'static str> {
    Some(match word {
        "never" | "no" | "cannot" => "impossible",
        "remote" | "remotely" | "almost_impossible" | "nearly_impossible" => "almost_no_chance",
        "highly_unlikely" | "highly_improbable" | "most_unlikely" => "very_unlikely",
        "improbable" | "improbably" | "doubtful" => "unlikely",
        "even" | "evens" | "even_chance" | "roughly_even_odds" | "fifty_fifty" | "toss_up" => {
            "roughly_even"
        }
        "probable" | "probably" => "likely",
        "highly_likely" | "highly_probable" | "most_likely" => "very_likely",
        "nearly_certain" | "almost_surely" | "virtually_certain" => "almost_certain",
        "always" | "sure" | "surely" | "definitely" => "certain",
        _ => return None,
    })
}
