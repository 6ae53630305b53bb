//! `for each`: the choices of members for which a declaration is written out.

use super::{Builder, Scope};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::pages::{meaning, names, types, warnings};
use crate::model::{ActorId, Cond};
use crate::source::Span;
use crate::syntax::tree::{Each, Name};
use std::rc::Rc;

/// The most choices that one `for each` may go through, before its filter.
const MOST_CHOICES: u64 = 10_000_000;

/// The names that are bound to a choice of members.
pub(super) type Bound<'a> = Vec<(&'a str, Option<ActorId>)>;

impl<'a> Builder<'a> {
    /// Every choice of members that passes the filter; a declaration without `for each` has one,
    /// the empty one. `None` where the clause is wrong, which is reported.
    pub(super) fn choices(&mut self, each: Option<&'a Each>) -> Option<Vec<Vec<ActorId>>> {
        let Some(each) = each else { return Some(vec![Vec::new()]) };
        let groups = self.each_groups(each)?;
        let sizes = groups.iter().map(|group| group.len() as u64);
        let considered = sizes.fold(1_u64, u64::saturating_mul);
        if considered > MOST_CHOICES {
            let message = format!("`for each` has more than {MOST_CHOICES} choices to go through");
            let help = "take smaller groups, or fewer members";
            self.report(Diagnostic::new(meaning::LIMIT, each.span, message).help(help));
            return None;
        }
        let mut choices = Vec::new();
        let mut index = vec![0; groups.len()];
        for _ in 0..considered {
            let choice: Vec<ActorId> =
                index.iter().zip(&groups).map(|(at, group)| group[*at]).collect();
            if self.passes(each, &choice)? {
                choices.push(choice);
            }
            advance(&mut index, &groups);
        }
        Some(choices)
    }

    /// A choice of members whatever the filter says, to check names by where none passes it.
    pub(super) fn any_choice(&mut self, each: Option<&'a Each>) -> Option<Vec<ActorId>> {
        each.map_or(Some(Vec::new()), |each| {
            let groups = self.each_groups(each)?;
            groups.iter().map(|group| group.first().copied()).collect()
        })
    }

    fn each_groups(&mut self, each: &'a Each) -> Option<Vec<Rc<[ActorId]>>> {
        let variables: Vec<&Name> = each.variables.iter().map(|variable| &variable.name).collect();
        self.check_list(&variables, "`for each`");
        for name in variables {
            self.check_bound(name)?;
        }
        let groups: Vec<_> =
            each.variables.iter().map(|variable| self.group(&variable.group)).collect();
        groups.into_iter().collect()
    }

    /// Checks the name of a member: it must not be built in, and should not hide a declaration.
    pub(super) fn check_bound(&mut self, name: &Name) -> Option<()> {
        if !self.members.contains_key(&name.text) {
            self.members.insert(name.text.clone(), name.span);
        }
        let Some(named) = self.names.get(&name.text) else { return Some(()) };
        let text = &name.text;
        let Some(declared) = named.span else {
            let message = format!("`{text}` is built in and cannot name a member");
            self.report(
                Diagnostic::new(names::BUILT_IN, name.span, message).help("choose another name"),
            );
            return None;
        };
        let message =
            format!("the member `{text}` hides {} of the same name", named.entry.phrase());
        self.report(
            Diagnostic::new(warnings::SHADOWED, name.span, message)
                .label(format!("from here on `{text}` is the member"))
                .also(declared, "hidden here")
                .help("give the member another name"),
        );
        Some(())
    }

    fn passes(&mut self, each: &'a Each, choice: &[ActorId]) -> Option<bool> {
        let Some(filter) = &each.filter else {
            self.spend(1, each.span)?;
            return Some(true);
        };
        let bound = bind(each, choice);
        match self.cond(filter, &Scope::of(&bound).known_only())? {
            Cond::Const(passes) => Some(passes),
            _ => self.report_unknown_before(filter.span),
        }
    }

    /// Reports something in a filter that depends on what happens.
    pub(super) fn report_unknown_before<T>(&mut self, place: Span) -> Option<T> {
        let message = "a filter can only ask for what is known before anything runs";
        self.report(
            Diagnostic::new(types::NOT_KNOWN_BEFORE, place, message)
                .label("this depends on what happens")
                .help(
                    "filter by attributes, relations, names and equality; ask for the rest in `if`",
                ),
        );
        None
    }
}

/// The names of a clause, bound to a choice.
pub(super) fn bind<'a>(each: &'a Each, choice: &[ActorId]) -> Bound<'a> {
    let names = each.variables.iter().map(|variable| variable.name.text.as_str());
    names.zip(choice.iter().map(|member| Some(*member))).collect()
}

/// The next choice, the last member changing fastest.
fn advance(index: &mut [usize], groups: &[Rc<[ActorId]>]) {
    for (at, group) in index.iter_mut().zip(groups).rev() {
        *at += 1;
        if *at < group.len() {
            return;
        }
        *at = 0;
    }
}
