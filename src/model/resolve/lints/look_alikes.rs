//! Names that a reader takes for one another.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::look_alike::{skeleton, strange, unlike};
use crate::diagnostic::pages::lints::LOOK_ALIKE;
use crate::model::resolve::Builder;
use crate::source::Span;
use crate::syntax::tree::{ClauseKind, Domain, ItemKind, Name};
use rustc_hash::FxHashMap;

/// A name, and where it is given; nowhere where it is built in.
type Given<'a> = (&'a str, Option<Span>);

impl Builder<'_> {
    /// The names that look like another one of the same place, and those that hold letters which are not
    /// what they look like.
    pub(in crate::model::resolve) fn look_alikes(&self) -> Vec<Diagnostic> {
        let declared = self.names.iter().map(|(name, named)| (name, named.span));
        let members = self.members.iter().map(|(name, span)| (name.as_str(), Some(*span)));
        let mut found = among(declared.chain(members));
        for list in self.lists() {
            found.extend(among(list.into_iter().map(|name| (name.text.as_str(), Some(name.span)))));
        }
        found
    }

    /// The names that are looked up where they belong: values, attributes, options.
    fn lists(&self) -> Vec<Vec<&Name>> {
        let mut lists = vec![Vec::new()];
        for item in self.items {
            match &item.kind {
                ItemKind::Variable(it) => {
                    if let Domain::State { values, .. } = &it.domain {
                        lists.push(values.iter().collect());
                    }
                }
                ItemKind::Scale(it) => lists.push(it.levels.iter().collect()),
                ItemKind::Ladder(it) => {
                    lists.push(it.rungs.iter().map(|rung| &rung.name).collect());
                }
                ItemKind::Decision(it) => lists.push(
                    it.clauses
                        .iter()
                        .filter_map(|clause| match &clause.kind {
                            ClauseKind::Option { name, .. } => Some(name),
                            _ => None,
                        })
                        .collect(),
                ),
                // The attributes of all actors are one list.
                ItemKind::Actor(it) => lists[0].extend(it.attributes.iter().map(|one| &one.key)),
                _ => {}
            }
        }
        lists
    }
}

fn among<'a>(names: impl Iterator<Item = Given<'a>>) -> Vec<Diagnostic> {
    let names: Vec<Given<'_>> = names.collect();
    if names.iter().all(|(name, _)| name.is_ascii()) {
        return Vec::new();
    }
    let mut met: FxHashMap<String, Vec<Given<'_>>> = FxHashMap::default();
    let mut found = Vec::new();
    for (name, span) in names {
        let same = met.entry(skeleton(name)).or_default();
        if same.iter().any(|(other, _)| *other == name) {
            continue;
        }
        let alike = same.iter().find(|(other, _)| !(other.is_ascii() && name.is_ascii()));
        if let Some(span) = span {
            found.extend(match alike {
                Some((other, first)) => Some(alike_doubt(name, span, other, *first)),
                None => strange(name).map(|why| strange_doubt(name, span, &why)),
            });
        }
        same.push((name, span));
    }
    found
}

fn alike_doubt(name: &str, span: Span, other: &str, first: Option<Span>) -> Diagnostic {
    let (mut this, mut that) = (unlike(name, other), unlike(other, name));
    for told in [&mut this, &mut that] {
        if told.is_empty() {
            "has other letters".clone_into(told);
        } else {
            told.insert_str(0, "has ");
        }
    }
    let message = format!("`{name}` looks like `{other}`, and is another name");
    let doubt = Diagnostic::new(LOOK_ALIKE, span, message).label(this);
    let doubt = match first {
        Some(first) => doubt.also(first, that),
        None => doubt,
    };
    doubt.help(
        "write one of the two so that readers can tell them apart, or both in the same letters",
    )
}

fn strange_doubt(name: &str, span: Span, why: &str) -> Diagnostic {
    let message = format!("the name `{name}` {why}");
    Diagnostic::new(LOOK_ALIKE, span, message).help("write it in the letters that it seems to have")
}
