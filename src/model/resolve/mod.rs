//! From trees to the model: every name resolved, every kind checked, every `for each` and
//! quantifier written out. One file a kind of declaration; mistakes go to the collector, and what
//! they spoil is left out, so that the rest is still checked.

mod actions;
mod budget;
mod clauses;
mod comparisons;
mod conditions;
mod declare;
mod draws;
mod each;
mod effects;
mod events;
mod expectations;
mod finish;
mod fold;
mod injects;
mod likelihoods;
mod lints;
mod lookup;
mod observations;
mod operands;
mod outcomes;
mod overlap;
mod people;
mod positions;
mod possible;
mod readings;
mod scales;
mod scenario;
mod scope;
mod sources;
mod times;
mod trial;
mod variables;
mod warnings;

use super::names::Names;
use super::{ActorId, Event, IssueId, Model, STANCE, STANCE_NAME, Scale, VarId};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::source::{Sources, Span};
use crate::syntax::tree::{self, Item};
use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use std::cmp::Ordering;
use std::rc::Rc;
use std::sync::Arc;

pub(super) use likelihoods::{SumMistake, sum_mistake};
pub(super) use lints::Lints;
use scope::Scope;

/// How many errors, and how many warnings, are reported at most.
const MOST_REPORTED: usize = 1000;

/// For how many mistakes the name that was meant is looked for.
const MOST_SUGGESTIONS: usize = 50;

/// A map that keeps the order in which its keys came.
type OrderedMap<K, V> = IndexMap<K, V, FxBuildHasher>;

/// The model of the declarations of all files, in their order; what is wrong goes to
/// `diagnostics`, and where an error is among it the model must not be evaluated.
///
/// `incomplete`: some file could not be read, so that names may be missing. `struck`: declarations
/// that do not count, although their names are known. `lints`: how much doubts matter; none where
/// nobody asks for them.
pub(super) fn build(
    items: &[Item],
    incomplete: bool,
    struck: &FxHashSet<Span>,
    lints: Option<Lints>,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> Model {
    let mut builder = Builder::new(items, struck, lints, sources, diagnostics);
    builder.names.incomplete = incomplete;
    builder.declare_names();
    builder.build_scenario();
    builder.build_sources();
    builder.build_scales();
    builder.build_people();
    builder.build_params();
    builder.build_actions();
    builder.build_variables();
    builder.build_positions();
    builder.build_injects();
    builder.build_draws();
    builder.build_outcomes();
    builder.build_expectations();
    builder.build_observations();
    builder.build_readings();
    builder.close_events();
    builder.check_unused_bodies();
    builder.number_variables();
    builder.check_readings();
    builder.warn();
    builder.tell_left_out();
    builder.model
}

/// A model in the making, with what only the making needs.
struct Builder<'a> {
    items: &'a [Item],
    /// Rules, decisions and positions that do not count.
    struck: &'a FxHashSet<Span>,
    /// How much doubts matter; none where nobody asks for them.
    lints: Option<Lints>,
    sources: &'a Sources,
    diagnostics: &'a mut Diagnostics,
    names: Names,
    /// What the file had that could not be read, and so cannot be missed.
    broken: FxHashSet<&'a str>,
    model: Model,
    budget: budget::Budget,
    /// The members of each group; empty where they could not be found.
    groups: Vec<Rc<[ActorId]>>,
    rungs: Option<Arc<[String]>>,
    relations: Vec<people::RelationPairs>,
    /// What each attribute key is worth, actor by actor.
    attributes: people::Attributes,
    declared: Vec<variables::Declared<'a>>,
    likelihoods: Vec<likelihoods::NamedLikelihood<'a>>,
    actions: Vec<actions::ActionTree<'a>>,
    positions: OrderedMap<(ActorId, IssueId), positions::PositionVariable>,
    statements: Vec<positions::Statement<'a>>,
    /// The names that members are given, each with the first place.
    members: OrderedMap<String, Span>,
    /// Every event that some effect names, with the first place that does.
    events: OrderedMap<Event, Span>,
    readings: Vec<readings::ReadingPlaces>,
    /// Every quantifier of the text, by its place.
    ranged: OrderedMap<Span, lints::Ranged>,
    /// How many errors and how many warnings have been reported.
    reported: (usize, usize),
    /// The first place of which something has been left out: an error must have said why.
    left_out: Option<Span>,
    /// What is found in a trial, while there is one.
    trial: Option<Vec<Diagnostic>>,
    /// What has been reported where: a mistake under `for each` is met once for each choice.
    seen: FxHashSet<(Code, Span)>,
    /// What stands where in long lists of values, by where the list lies, which is kept.
    numbers: FxHashMap<*const [String], lookup::Numbers>,
    /// Scratch for the values that one block assigns.
    assigned: FxHashMap<VarId, (i32, Span)>,
}

impl<'a> Builder<'a> {
    fn new(
        items: &'a [Item],
        struck: &'a FxHashSet<Span>,
        lints: Option<Lints>,
        sources: &'a Sources,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        Self {
            items,
            struck,
            lints,
            sources,
            diagnostics,
            names: Names::default(),
            broken: FxHashSet::default(),
            model: empty_model(),
            budget: budget::Budget::default(),
            groups: Vec::new(),
            rungs: None,
            relations: Vec::new(),
            attributes: people::Attributes::default(),
            declared: Vec::new(),
            likelihoods: Vec::new(),
            actions: Vec::new(),
            positions: OrderedMap::default(),
            statements: Vec::new(),
            members: OrderedMap::default(),
            events: OrderedMap::default(),
            readings: Vec::new(),
            ranged: OrderedMap::default(),
            reported: (0, 0),
            left_out: None,
            trial: None,
            seen: FxHashSet::default(),
            numbers: FxHashMap::default(),
            assigned: FxHashMap::default(),
        }
    }

    /// Hands a diagnostic on, up to the limit of its severity; the last one says so.
    fn report(&mut self, diagnostic: Diagnostic) {
        if let Some(trial) = &mut self.trial {
            trial.push(diagnostic);
            return;
        }
        if !self.seen.insert((diagnostic.code, diagnostic.primary.span)) {
            return;
        }
        let Some(diagnostic) = self.weighed(diagnostic) else { return };
        let reported = match diagnostic.severity {
            Severity::Error => &mut self.reported.0,
            Severity::Warning => &mut self.reported.1,
        };
        *reported += 1;
        match (*reported).cmp(&MOST_REPORTED) {
            Ordering::Less => self.diagnostics.push(diagnostic),
            Ordering::Equal => {
                let help = diagnostic.help.clone().unwrap_or_default();
                let note = format!("{help} (this is number {MOST_REPORTED}: no more are shown)");
                self.diagnostics.push(diagnostic.help(note.trim_start()));
            }
            Ordering::Greater => {}
        }
    }

    /// Notes that something at this place is left out for its mistakes.
    fn leave_out(&mut self, place: Span) {
        self.left_out.get_or_insert(place);
    }

    /// What was found at this place, or what keeps its place where it has mistakes.
    fn or_stand_in<T>(&mut self, found: Option<T>, place: Span, stand_in: T) -> T {
        found.unwrap_or_else(|| {
            self.leave_out(place);
            stand_in
        })
    }

    /// Where something was left out and no mistake told, that is one of ours.
    fn tell_left_out(&mut self) {
        let Some(place) = self.left_out.filter(|_| !self.diagnostics.has_mistakes()) else {
            return;
        };
        self.diagnostics.push(Diagnostic::fault(place));
    }

    /// Whether it is still worth looking for names that were meant, which takes its time.
    fn suggests(&self) -> bool {
        self.reported.0 < MOST_SUGGESTIONS
    }

    /// Reports a name that stands twice in a list whose names must differ.
    fn check_list(&mut self, names: &[&tree::Name], list: &str) {
        let mut seen: FxHashMap<&str, Span> = FxHashMap::default();
        for name in names {
            if let Some(first) = seen.insert(&name.text, name.span) {
                let message = format!("`{}` stands twice in {list}", name.text);
                self.report(
                    Diagnostic::new(
                        crate::diagnostic::pages::names::LISTED_TWICE,
                        name.span,
                        message,
                    )
                    .also(first, "first here")
                    .help("take one of the two out, or rename it"),
                );
            }
        }
    }

    /// The text of a place, with white space as in one line.
    fn written(&self, span: Span) -> String {
        one_line(self.sources.text(span))
    }
}

/// The text with every run of white space as one blank.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// A text on one line, where it says anything.
fn said(text: &tree::Text) -> Option<String> {
    (!text.is_blank()).then(|| one_line(&text.value))
}

/// The text of a title, or the name where none is given.
fn title_or(title: Option<&tree::Text>, name: &str) -> String {
    title.and_then(said).unwrap_or_else(|| name.to_owned())
}

/// Names in backticks, separated by commas.
fn listed<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    const MOST: usize = 12;
    let names: Vec<&str> = names.into_iter().collect();
    let shown: Vec<String> = names.iter().take(MOST).map(|name| format!("`{name}`")).collect();
    let more = if names.len() > MOST { ", ..." } else { "" };
    format!("{}{more}", shown.join(", "))
}

fn empty_model() -> Model {
    Model {
        title: String::new(),
        summary: None,
        start: None,
        turn: None,
        horizon: None,
        sources: Vec::new(),
        struck: Vec::new(),
        actors: Vec::new(),
        groups: Vec::new(),
        scales: vec![Scale {
            name: STANCE_NAME.to_owned(),
            levels: STANCE.map(str::to_owned).into(),
        }],
        issues: Vec::new(),
        positions: Vec::new(),
        ladder: None,
        variables: Vec::new(),
        params: Vec::new(),
        lexicon: Vec::new(),
        actions: Vec::new(),
        events: Vec::new(),
        injects: Vec::new(),
        declarations: Vec::new(),
        rules: Vec::new(),
        outcomes: Vec::new(),
        expectations: Vec::new(),
        observations: Vec::new(),
        readings: Vec::new(),
    }
}

/// The declarations of one kind.
macro_rules! each_item {
    ($items:expr, $kind:ident) => {
        $items.iter().filter_map(|item| match &item.kind {
            crate::syntax::tree::ItemKind::$kind(tree) => Some((item, tree)),
            _ => None,
        })
    };
}
use each_item;
