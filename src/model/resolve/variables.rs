//! States, flags and meters, also one for each actor or pair.

use super::budget::MOST_VARIABLES;
use super::{Builder, each_item, title_or};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::pages::{meaning, names as name_pages, types};
use crate::model::names::Entry;
use crate::model::{ActorId, Domain, VarId, Variable};
use crate::source::Span;
use crate::syntax::tree::{self, Constant, Name, Reference};
use rustc_hash::FxHashMap;
use std::rc::Rc;
use std::sync::Arc;

/// A declared variable, with those that it stands for.
pub(super) struct Declared<'a> {
    pub(super) tree: &'a tree::Variable,
    pub(super) domain: Domain,
    /// The names of its values, where it is a state.
    pub(super) values: Arc<[String]>,
    /// Whose values they are, for messages.
    pub(super) owner: Rc<str>,
    /// How many actors each has: 0, 1 or 2.
    pub(super) arity: usize,
    instances: FxHashMap<Vec<ActorId>, VarId>,
    /// Whether something about it is wrong, which has been reported.
    broken: bool,
}

impl<'a> Builder<'a> {
    pub(super) fn build_variables(&mut self) {
        for (_, tree) in each_item!(self.items, Variable) {
            self.build_variable(tree);
        }
    }

    fn build_variable(&mut self, tree: &'a tree::Variable) {
        let domain = self.domain(tree);
        let mut broken = domain.is_none();
        let domain = self.or_stand_in(domain, tree.name.span, Domain::Flag);
        let initial = match &tree.initial {
            None => match domain {
                Domain::Meter { low, .. } => low,
                Domain::State { .. } | Domain::Flag | Domain::Position(_) => 0,
            },
            Some(_) if broken => 0,
            Some(value) => {
                let value = self.value_of(value, &domain, &tree.name.text);
                self.or_stand_in(value, tree.name.span, 0)
            }
        };
        let arity = tree.each.as_ref().map_or(0, |each| each.variables.len());
        if arity > 2 {
            let message =
                format!("`{}` has {arity} actors, but a variable has at most two", tree.name.text);
            self.report(
                Diagnostic::new(types::WRONG_ACTORS, tree.name.span, message)
                    .help("it is read as `a.x` or `a.x(b)`: take one or two members in `for each`"),
            );
            broken = true;
        }
        if arity > 0
            && let Some(having) = self.attributes.get(&tree.name.text)
        {
            let first = having.keys().min().map(|actor| &self.model.actors[actor.index()]);
            if let Some(actor) = first {
                let message =
                    format!("`{}` is also an attribute of `{}`", tree.name.text, actor.name);
                let diagnostic = Diagnostic::new(name_pages::NAME_TAKEN, tree.name.span, message)
                    .also(actor.span, "has the attribute")
                    .help(format!(
                        "`{}.{}` can mean only one of them: rename one",
                        actor.name, tree.name.text
                    ));
                self.report(diagnostic);
            }
        }
        let choices = if broken { None } else { self.choices(tree.each.as_ref()) };
        let choices = choices.filter(|choices| {
            let count = self.model.variables.len() + choices.len();
            self.within_limit(count, MOST_VARIABLES, "variables", tree.name.span)
        });
        let mut declared = Declared {
            tree,
            values: match &domain {
                Domain::State { values, .. } => Arc::clone(values),
                Domain::Flag | Domain::Meter { .. } | Domain::Position(_) => Arc::from([]),
            },
            owner: format!("`{}`", tree.name.text).into(),
            domain,
            arity,
            instances: FxHashMap::default(),
            broken: choices.is_none(),
        };
        for choice in self.or_stand_in(choices, tree.name.span, Vec::new()) {
            let id = VarId::new(self.model.variables.len());
            let variable = self.written_out(tree, &declared.domain, initial, &choice);
            self.model.variables.push(variable);
            declared.instances.insert(choice, id);
        }
        self.declared.push(declared);
    }

    fn written_out(
        &self,
        tree: &tree::Variable,
        domain: &Domain,
        initial: i32,
        choice: &[ActorId],
    ) -> Variable {
        let actor = |id: &ActorId| &self.model.actors[id.index()];
        let text = &tree.name.text;
        let title = title_or(tree.title.as_ref(), text);
        let (name, title) = match choice {
            [] => (text.clone(), title),
            [one] => {
                (format!("{}.{text}", actor(one).name), format!("{}: {title}", actor(one).title))
            }
            [one, rest @ ..] => {
                let names: Vec<&str> = rest.iter().map(|id| actor(id).name.as_str()).collect();
                let titles: Vec<&str> = rest.iter().map(|id| actor(id).title.as_str()).collect();
                (
                    format!("{}.{text}({})", actor(one).name, names.join(", ")),
                    format!("{}: {title} ({})", actor(one).title, titles.join(", ")),
                )
            }
        };
        Variable {
            name,
            title,
            domain: domain.clone(),
            initial,
            actors: choice.to_vec(),
            issue: None,
            span: tree.name.span,
        }
    }

    fn domain(&mut self, tree: &'a tree::Variable) -> Option<Domain> {
        match &tree.domain {
            tree::Domain::Flag => Some(Domain::Flag),
            tree::Domain::State { values, ordered } => {
                let names: Vec<&Name> = values.iter().collect();
                self.check_list(&names, &format!("the values of `{}`", tree.name.text));
                if values.is_empty() {
                    let message = format!("the state `{}` has no values", tree.name.text);
                    self.report(
                        Diagnostic::new(meaning::CLAUSE, tree.name.span, message)
                            .help("list them: `a | b`, or `a < b` where they have an order"),
                    );
                    return None;
                }
                if ordered.iter().any(|less| Some(less) != ordered.first()) {
                    let message = format!(
                        "the values of `{}` are separated by both `|` and `<`",
                        tree.name.text
                    );
                    let place = names.first()?.span.to(names.last()?.span);
                    self.report(
                        Diagnostic::new(types::MIXED_SEPARATORS, place, message)
                            .help("use `<` throughout where they have an order, otherwise `|`"),
                    );
                    return None;
                }
                Some(Domain::State {
                    values: values.iter().map(|value| value.text.clone()).collect(),
                    ordered: ordered.first().copied().unwrap_or(false),
                })
            }
            tree::Domain::Meter { low, high } => {
                let (least, most) = (i64::from(i32::MIN), i64::from(i32::MAX));
                let ends = [low, high]
                    .map(|end| self.whole(end, least, most, "the end of a meter", end.span));
                let [Some(low_end), Some(high_end)] = ends else { return None };
                if low_end > high_end {
                    let message =
                        format!("the range {}..{} is upside down", low.written, high.written);
                    self.report(
                        Diagnostic::new(types::UPSIDE_DOWN, low.span.to(high.span), message).help(
                            format!("the low end comes first: `{}..{}`", high.written, low.written),
                        ),
                    );
                    return None;
                }
                Some(Domain::Meter {
                    low: i32::try_from(low_end).ok()?,
                    high: i32::try_from(high_end).ok()?,
                })
            }
        }
    }

    /// The value of a domain that a constant names; reported where it is none.
    pub(super) fn value_of(
        &mut self,
        value: &Constant,
        domain: &Domain,
        owner: &str,
    ) -> Option<i32> {
        let (place, written) = match value {
            Constant::Name(name) => (name.span, name.text.clone()),
            Constant::Integer(number) => (number.span, number.written.clone()),
            Constant::Text(text) => (text.span, self.written(text.span)),
        };
        let needed = match (domain, value) {
            (Domain::State { values, .. }, Constant::Name(name)) => {
                let owner = format!("`{owner}`");
                return self.value_in(name, values, "value", &owner);
            }
            (Domain::Flag, Constant::Name(name)) if name.text == "yes" => return Some(1),
            (Domain::Flag, Constant::Name(name)) if name.text == "no" => return Some(0),
            (Domain::Meter { low, high }, Constant::Integer(number)) => {
                if (i64::from(*low)..=i64::from(*high)).contains(&number.value) {
                    return i32::try_from(number.value).ok();
                }
                format!("a whole number from {low} to {high}")
            }
            (Domain::Meter { low, high }, _) => format!("a whole number from {low} to {high}"),
            (Domain::State { values, .. }, _) => {
                format!("one of {}", super::listed(values.iter().map(String::as_str)))
            }
            (Domain::Flag, _) => "`yes` or `no`".to_owned(),
            (Domain::Position(scale), Constant::Name(name)) => {
                let levels = self.model.scales[scale.index()].levels.clone();
                return self.value_in(name, &levels, "level", &format!("the scale of `{owner}`"));
            }
            (Domain::Position(scale), _) => {
                let levels = &self.model.scales[scale.index()].levels;
                format!("one of {}", super::listed(levels.iter().map(String::as_str)))
            }
        };
        let message = format!("`{owner}` cannot be {written}");
        let diagnostic = Diagnostic::new(types::NOT_A_VALUE, place, message);
        let meant = match (domain, written.as_str()) {
            (Domain::Flag, "true" | "1" | "on") => Some("yes"),
            (Domain::Flag, "false" | "0" | "off") => Some("no"),
            _ => None,
        };
        let diagnostic = diagnostic.help(format!("it can be {needed}"));
        self.report(match meant {
            Some(meant) => diagnostic.fix(place, meant),
            None => diagnostic,
        });
        None
    }

    /// The variable of a declaration for these actors; reported where there is none.
    pub(super) fn instance(
        &mut self,
        declared: usize,
        actors: &[ActorId],
        place: Span,
    ) -> Option<VarId> {
        let known = self.declared.get(declared)?;
        if let Some(id) = known.instances.get(actors) {
            return Some(*id);
        }
        if known.broken {
            return None;
        }
        let name = &known.tree.name.text;
        let names = actors.iter().map(|actor| self.model.actors[actor.index()].name.as_str());
        let names: Vec<&str> = names.collect();
        let diagnostic = if known.arity != actors.len() {
            let form = match known.arity {
                0 => format!("`{name}`"),
                1 => format!("`ACTOR.{name}`"),
                _ => format!("`ACTOR.{name}(ACTOR)`"),
            };
            let message = format!("`{name}` is read and written as {form}");
            Diagnostic::new(types::WRONG_ACTORS, place, message)
                .also(known.tree.name.span, "declared here")
                .help(format!("write {form}"))
        } else {
            let whom = names.join("` and `");
            let message = format!("there is no `{name}` of `{whom}`");
            let mut diagnostic = Diagnostic::new(types::NOT_FOR_THIS_ACTOR, place, message);
            if let Some(each) = &known.tree.each {
                diagnostic = diagnostic.also(each.span, "declared only for these");
            }
            diagnostic.help(
                "widen the `for each` of the declaration, or leave the actor out with a filter",
            )
        };
        self.report(diagnostic);
        None
    }

    /// Reports `v(b)` without an owner.
    pub(super) fn report_actors_of(&mut self, reference: &Reference) {
        match self.names.refer(&reference.name.text) {
            Some(Entry::Broken) => {}
            Some(Entry::Variable(declared)) => {
                self.instance(declared, &[], reference.span);
            }
            Some(entry) => {
                self.report_misuse(&reference.name, entry, crate::model::names::Wanted::Variable);
            }
            None => {
                self.report_unknown(&reference.name, crate::model::names::Wanted::Variable, &[])
            }
        }
    }

    /// Reports a variable of each actor that is named without one.
    pub(super) fn report_without_actor(&mut self, name: &Name) {
        if let Some(Entry::Variable(declared)) = self.names.refer(&name.text) {
            self.instance(declared, &[], name.span);
        }
    }
}
