//! The first pass: which names there are, whatever is wrong with the rest.

use super::Builder;
use super::likelihoods::NamedLikelihood;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::pages::names::{BUILT_IN, NAME_TAKEN};
use crate::model::names::Entry;
use crate::model::{
    ActionId, ActorId, DeclId, GroupId, IssueId, OutcomeId, ParamId, STANCE_NAME, ScaleId, SourceId,
};
use crate::syntax::tree::{Broken, Item, ItemKind, Name};

/// The keywords whose declarations have a name of their own.
const NAMING: [&str; 16] = [
    "source", "actor", "group", "relation", "scale", "issue", "state", "flag", "meter", "param",
    "action", "rule", "decision", "outcome", "ending", "reading",
];

/// Rules and decisions get their numbers only when the lines of positions are known.
const UNNUMBERED: DeclId = DeclId(u32::MAX);

/// How many declarations of each kind have been met.
#[derive(Default)]
struct Counts {
    sources: usize,
    actors: usize,
    groups: usize,
    relations: usize,
    scales: usize,
    issues: usize,
    variables: usize,
    params: usize,
    actions: usize,
    outcomes: usize,
}

impl<'a> Builder<'a> {
    /// Enters every name of every declaration, built-in ones first.
    pub(super) fn declare_names(&mut self) {
        self.declare_built_in();
        // `everyone` and `stance` are the first of their kind.
        let mut counts = Counts { groups: 1, scales: 1, ..Counts::default() };
        for item in self.items {
            self.declare_item(item, &mut counts);
        }
    }

    fn declare_built_in(&mut self) {
        let built_in = [
            ("everyone", Entry::Group(GroupId(0))),
            (STANCE_NAME, Entry::Scale(ScaleId(0))),
            ("level", Entry::Level),
            ("peak", Entry::Peak),
            ("turn", Entry::Turn),
            ("self", Entry::Doer),
            ("target", Entry::Doer),
        ];
        for (name, entry) in built_in {
            self.names.declare(name, entry, None);
        }
        self.declare_built_in_words();
    }

    fn declare_item(&mut self, item: &'a Item, counts: &mut Counts) {
        match &item.kind {
            ItemKind::Source(tree) => {
                self.declare(&tree.name, Entry::Source(SourceId::new(next(&mut counts.sources))));
            }
            ItemKind::Actor(tree) => {
                self.declare(&tree.name, Entry::Actor(ActorId::new(next(&mut counts.actors))));
            }
            ItemKind::Group(tree) => {
                self.declare(&tree.name, Entry::Group(GroupId::new(next(&mut counts.groups))));
            }
            ItemKind::Relation(tree) => {
                self.declare(&tree.name, Entry::Relation(next(&mut counts.relations)));
            }
            ItemKind::Scale(tree) => {
                self.declare(&tree.name, Entry::Scale(ScaleId::new(next(&mut counts.scales))));
            }
            ItemKind::Issue(tree) => {
                self.declare(&tree.name, Entry::Issue(IssueId::new(next(&mut counts.issues))));
            }
            ItemKind::Variable(tree) => {
                self.declare(&tree.name, Entry::Variable(next(&mut counts.variables)));
            }
            ItemKind::Param(tree) => {
                let number = self.likelihoods.len();
                let param = ParamId::new(next(&mut counts.params));
                self.likelihoods.push(NamedLikelihood::written(tree, Some(param)));
                self.declare(&tree.name, Entry::Param(number));
            }
            ItemKind::Lexicon(tree) => {
                for word in &tree.words {
                    let number = self.likelihoods.len();
                    self.likelihoods.push(NamedLikelihood::written(word, None));
                    self.declare(&word.name, Entry::Word(number));
                }
            }
            ItemKind::Action(tree) => {
                self.declare(&tree.name, Entry::Action(ActionId::new(next(&mut counts.actions))));
            }
            ItemKind::Rule(tree) => self.declare(&tree.name, Entry::Rule(UNNUMBERED)),
            ItemKind::Decision(tree) => self.declare(&tree.name, Entry::Decision(UNNUMBERED)),
            ItemKind::Outcome(tree) => {
                self.declare(
                    &tree.name,
                    Entry::Outcome(OutcomeId::new(next(&mut counts.outcomes))),
                );
            }
            ItemKind::Reading(tree) => self.declare(&tree.name, Entry::Reading),
            ItemKind::Broken(broken) => self.declare_broken(broken),
            ItemKind::Import(_)
            | ItemKind::Scenario(_)
            | ItemKind::Position(_)
            | ItemKind::Ladder(_)
            | ItemKind::Inject(_)
            | ItemKind::Observe(_)
            | ItemKind::Expect(_) => {}
        }
    }

    fn declare_broken(&mut self, broken: &'a Broken) {
        self.broken.insert(&broken.keyword);
        let naming = NAMING.contains(&broken.keyword.as_str());
        match &broken.name {
            Some(name) if naming => self.declare(name, Entry::Broken),
            // A lexicon, an import, or something unreadable: any unknown name may be from there.
            Some(_) | None => {
                let nameless = ["scenario", "position", "ladder", "inject", "observe", "expect"];
                self.names.incomplete |= !nameless.contains(&broken.keyword.as_str());
            }
        }
    }

    pub(super) fn declare(&mut self, name: &Name, entry: Entry) {
        let Some(taken) = self.names.declare(&name.text, entry, Some(name.span)) else { return };
        let text = &name.text;
        let diagnostic = match taken.span {
            Some(first) => {
                let message = format!("the name `{text}` is taken twice");
                Diagnostic::new(NAME_TAKEN, name.span, message)
                    .label("declared again here")
                    .also(first, "first declared here")
                    .help("give one of the two another name: a name stands for one thing, whatever it is")
            }
            None => {
                let message = format!("`{text}` is built in and cannot be declared");
                Diagnostic::new(BUILT_IN, name.span, message)
                    .label(format!("built in: `{text}` is {}", taken.entry.phrase()))
                    .help("choose another name")
            }
        };
        self.report(diagnostic);
    }
}

fn next(count: &mut usize) -> usize {
    let number = *count;
    *count += 1;
    number
}
