//! Actors with their attributes, groups, relations.

use super::{Builder, each_item, said, title_or};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::pages::meaning::{EMPTY_GROUP, GROUP_CIRCLE};
use crate::model::names::{Entry, Wanted};
use crate::model::{Actor, ActorId, AttributeValue, Group, GroupId};
use crate::syntax::tree::{self, Constant};
use rustc_hash::{FxHashMap, FxHashSet};
use std::rc::Rc;

/// The pairs for which a relation holds.
pub(super) type RelationPairs = FxHashSet<(ActorId, ActorId)>;

/// The attributes of all actors, by key.
pub(super) type Attributes = FxHashMap<String, FxHashMap<ActorId, AttributeValue>>;

/// What a group lists, resolved.
struct Listed<'a> {
    members: Vec<(&'a tree::Name, Entry)>,
    name: &'a tree::Name,
}

impl<'a> Builder<'a> {
    pub(super) fn build_people(&mut self) {
        for (item, tree) in each_item!(self.items, Actor) {
            let actor = self.build_actor(item, tree);
            self.model.actors.push(actor);
        }
        self.build_groups();
        for (_, tree) in each_item!(self.items, Relation) {
            let pairs = self.build_relation(tree);
            self.relations.push(pairs);
        }
    }

    fn build_actor(&mut self, item: &'a tree::Item, tree: &'a tree::Actor) -> Actor {
        let keys: Vec<&tree::Name> =
            tree.attributes.iter().map(|attribute| &attribute.key).collect();
        self.check_list(&keys, &format!("the attributes of `{}`", tree.name.text));
        let id = ActorId::new(self.model.actors.len());
        let mut attributes = Vec::new();
        for attribute in &tree.attributes {
            let value = attribute_value(&attribute.value);
            let key = attribute.key.text.clone();
            self.attributes.entry(key.clone()).or_default().insert(id, value.clone());
            attributes.push((key, value));
        }
        Actor {
            name: tree.name.text.clone(),
            title: title_or(tree.title.as_ref(), &tree.name.text),
            voices: tree.voices.iter().filter_map(said).collect(),
            attributes,
            note: item.note.clone(),
            span: tree.name.span,
        }
    }

    fn build_groups(&mut self) {
        let everyone: Vec<ActorId> = (0..self.model.actors.len()).map(ActorId::new).collect();
        self.groups.push(everyone.into());
        let mut listed = Vec::new();
        for (_, tree) in each_item!(self.items, Group) {
            listed.push(self.list_group(tree));
            self.groups.push(Rc::from([]));
        }
        self.fill_groups(&listed);
        self.model.groups = std::iter::once(("everyone", "Everyone".to_owned()))
            .chain(each_item!(self.items, Group).map(|(_, tree)| {
                (tree.name.text.as_str(), title_or(tree.title.as_ref(), &tree.name.text))
            }))
            .zip(&self.groups)
            .map(|((name, title), members)| Group {
                name: name.to_owned(),
                title,
                members: members.to_vec(),
            })
            .collect();
    }

    fn list_group(&mut self, tree: &'a tree::Group) -> Listed<'a> {
        let names: Vec<&tree::Name> = tree.members.iter().collect();
        self.check_list(&names, &format!("the group `{}`", tree.name.text));
        if tree.members.is_empty() {
            let message = format!("the group `{}` has no members", tree.name.text);
            self.report(
                Diagnostic::new(EMPTY_GROUP, tree.name.span, message)
                    .help(format!("name its members: `group {} {{ a, b }}`", tree.name.text)),
            );
        }
        let members = tree
            .members
            .iter()
            .filter_map(|name| Some((name, self.find(name, Wanted::ActorOrGroup)?)))
            .collect();
        Listed { members, name: &tree.name }
    }

    /// Fills the groups in, those that others contain first, without recursion: a chain of
    /// groups may be as long as a file.
    fn fill_groups(&mut self, listed: &[Listed<'a>]) {
        let mut done = vec![false; listed.len()];
        let mut on_path = vec![false; listed.len()];
        for first in 0..listed.len() {
            // A group, and how many of its members have been looked at.
            let mut path = vec![(first, 0)];
            while let Some((group, looked)) = path.last_mut() {
                let group = *group;
                if done[group] {
                    path.pop();
                    continue;
                }
                on_path[group] = true;
                let Some((name, entry)) = listed[group].members.get(*looked) else {
                    self.fill_group(group, &listed[group]);
                    done[group] = true;
                    on_path[group] = false;
                    path.pop();
                    continue;
                };
                *looked += 1;
                let Entry::Group(GroupId(inner @ 1..)) = entry else { continue };
                let inner = *inner as usize - 1;
                if on_path[inner] {
                    let circle: Vec<usize> = path.iter().map(|(group, _)| *group).collect();
                    self.report_circle(name, inner, &circle, listed);
                } else if inner < listed.len() && !done[inner] {
                    path.push((inner, 0));
                }
            }
        }
    }

    fn fill_group(&mut self, group: usize, listed: &Listed<'a>) {
        let mut seen = FxHashSet::default();
        let mut members = Vec::new();
        for (_, entry) in &listed.members {
            let added: Rc<[ActorId]> = match entry {
                Entry::Actor(actor) => Rc::from([*actor]),
                Entry::Group(inner) => self.members(*inner),
                _ => continue,
            };
            if self.spend(added.len() as u64, listed.name.span).is_none() {
                return;
            }
            members.extend(added.iter().copied().filter(|member| seen.insert(*member)));
        }
        self.groups[group + 1] = members.into();
    }

    fn report_circle(
        &mut self,
        name: &tree::Name,
        inner: usize,
        path: &[usize],
        listed: &[Listed],
    ) {
        let from = path.iter().position(|group| *group == inner).unwrap_or(0);
        let mut names: Vec<&str> =
            path[from..].iter().map(|group| listed[*group].name.text.as_str()).collect();
        names.push(&listed[inner].name.text);
        let shown = if names.len() > 8 {
            format!("`{}`, ..., `{}`", names[..3].join("`, `"), names[names.len() - 1])
        } else {
            format!("`{}`", names.join("`, `"))
        };
        let message = format!("the group `{}` contains itself: {shown}", listed[inner].name.text);
        self.report(
            Diagnostic::new(GROUP_CIRCLE, name.span, message)
                .label("this closes the circle")
                .also(listed[inner].name.span, "the group")
                .help("take this member out"),
        );
    }

    fn build_relation(&mut self, tree: &'a tree::Relation) -> RelationPairs {
        let mut pairs = RelationPairs::default();
        for pair in &tree.pairs {
            let left = self.side(&pair.left);
            let right = self.side(&pair.right);
            let (Some(left), Some(right)) = (left, right) else { continue };
            if self
                .spend((left.len() as u64).saturating_mul(right.len() as u64), pair.left.span)
                .is_none()
            {
                break;
            }
            for &one in left.iter() {
                for &other in right.iter() {
                    pairs.insert((one, other));
                    if !pair.directed {
                        pairs.insert((other, one));
                    }
                }
            }
        }
        pairs
    }

    /// The actors that one side of a pair stands for.
    fn side(&mut self, name: &tree::Name) -> Option<Rc<[ActorId]>> {
        match self.find(name, Wanted::ActorOrGroup)? {
            Entry::Actor(actor) => Some(Rc::from([actor])),
            Entry::Group(group) => Some(self.members(group)),
            _ => None,
        }
    }
}

fn attribute_value(value: &Constant) -> AttributeValue {
    match value {
        Constant::Name(name) => match name.text.as_str() {
            "yes" => AttributeValue::Flag(true),
            "no" => AttributeValue::Flag(false),
            other => AttributeValue::Name(other.to_owned()),
        },
        Constant::Integer(number) => AttributeValue::Integer(number.value),
        Constant::Text(text) => AttributeValue::Text(text.value.clone()),
    }
}
