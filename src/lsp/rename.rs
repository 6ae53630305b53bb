//! Giving something another name, without changing what anything means.
//!
//! The texts are changed, read again and held against what they were: every name in them must still stand
//! for what it stood for, and nothing must be wrong that was not, or the change is refused.

use super::declared::Kind;
use super::documents::{Document, Documents, Texts};
use super::navigation::{self, Named};
use super::occurrences::{Occurrence, Owner, Symbol};
use super::uri::Addresses;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model;
use crate::source::Sources;
use crate::syntax::composed;
use crate::syntax::tree::{ItemKind, PositionPart};
use lsp_types::{TextEdit, Uri, WorkspaceEdit};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// Gives something another name, wherever it has one.
///
/// # Errors
/// What is wrong with the name, what would change its meaning, or why this has no name that can be
/// changed.
pub fn rename(
    documents: &mut Documents,
    addresses: &Addresses,
    named: &Named,
    name: &str,
) -> Result<WorkspaceEdit, String> {
    can_be_renamed(documents, named)?;
    if let Some(wrong) = crate::syntax::wrong_name(name) {
        return Err(wrong);
    }
    let name = &*composed(name);
    if named.found.symbol.name() == name {
        return Ok(WorkspaceEdit::default());
    }
    let files = Files::of(documents, named);
    is_free(documents, &files, named, name)?;
    let renaming = Renaming::new(named, name, &files);
    let changes: Vec<Change> =
        files.all.iter().filter_map(|file| renaming.change(documents, file)).collect();
    check(documents, &renaming, &changes)?;
    Ok(edit(addresses, changes))
}

/// Whether something has a name that can be changed.
///
/// # Errors
/// Why not.
pub fn can_be_renamed(documents: &mut Documents, named: &Named) -> Result<(), String> {
    let symbol = &named.found.symbol;
    let declared = match symbol {
        Symbol::Named(name) => match named.world.get(name).map(|declared| declared.kind) {
            Some(Kind::Shift) => return Err(format!("`{name}` is named after its position")),
            kind => kind.is_some(),
        },
        Symbol::Value(..) => navigation::places(documents, &named.document, symbol)
            .iter()
            .any(|(_, one)| one.declares),
        Symbol::Local(..) | Symbol::Attribute(_) | Symbol::Choice(..) => true,
    };
    if declared { Ok(()) } else { Err("this is built in, or declared nowhere".to_owned()) }
}

/// Whether nothing else has the name where it would stand.
fn is_free(
    documents: &mut Documents,
    files: &Files,
    named: &Named,
    name: &str,
) -> Result<(), String> {
    let Named { world, found, .. } = named;
    let taken = match &found.symbol {
        Symbol::Named(_) | Symbol::Local(..) if name == "yes" || model::is_built_in(name) => {
            Some(format!("`{name}` is built in, and cannot be the name of anything else"))
        }
        Symbol::Named(_) | Symbol::Local(..) if world.get(name).is_some() => {
            Some(format!("there is already something called `{name}`"))
        }
        Symbol::Named(_) => files.member(documents, name),
        Symbol::Local(..) => None,
        Symbol::Value(..) if name == "yes" => Some("`yes` is a value of flags".to_owned()),
        Symbol::Value(owner, _) if world.has_value(owner, name) => {
            Some(format!("there is already a value `{name}` beside it"))
        }
        Symbol::Attribute(_) if world.attributes.iter().any(|key| key == name) => {
            Some(format!("actors already have an attribute `{name}`"))
        }
        Symbol::Attribute(_) if world.get(name).is_some_and(|it| it.kind.is_variable()) => {
            Some(format!("there is already a variable `{name}`, which would be read in its place"))
        }
        Symbol::Choice(decision, _) => files.option(documents, decision, name),
        Symbol::Value(..) | Symbol::Attribute(_) => None,
    };
    taken.map_or(Ok(()), Err)
}

/// The files that may hold a name, with everything that is read together with them.
struct Files {
    all: Vec<Arc<Document>>,
}

impl Files {
    /// Those that are read together with one that gives the name.
    fn of(documents: &mut Documents, named: &Named) -> Self {
        let symbol = &named.found.symbol;
        if matches!(symbol, Symbol::Local(..)) {
            return Self { all: vec![named.document.clone()] };
        }
        let mut met: BTreeMap<String, Arc<Document>> = BTreeMap::new();
        let mut waiting = vec![named.document.path.clone()];
        while let Some(path) = waiting.pop() {
            for root in documents.readers_of(&path) {
                for file in documents.run_of(&root) {
                    if met.insert(file.path.clone(), file.clone()).is_some() {
                        continue;
                    }
                    let (_, found) = documents.occurrences(&file);
                    let gives = |one: &Occurrence| {
                        one.symbol == *symbol
                            && (one.declares || matches!(symbol, Symbol::Attribute(_)))
                    };
                    if found.iter().any(gives) {
                        waiting.push(file.path.clone());
                    }
                }
            }
        }
        Self { all: met.into_values().collect() }
    }

    /// That a member has a name, if one has.
    fn member(&self, documents: &mut Documents, name: &str) -> Option<String> {
        let given = |one: &Occurrence| {
            one.declares && matches!(&one.symbol, Symbol::Local(local, _) if local == name)
        };
        let at = self.first(documents, given)?;
        Some(format!("a member is called `{name}` {at}: one of the two would hide the other"))
    }

    /// That a decision has an option of a name, if it has.
    fn option(&self, documents: &mut Documents, of: &str, name: &str) -> Option<String> {
        let same = Symbol::Choice(of.to_owned(), name.to_owned());
        let at = self.first(documents, |one| one.symbol == same)?;
        Some(format!("`{of}` already has an option `{name}`, {at}"))
    }

    /// Where the first name of a kind stands.
    fn first(
        &self,
        documents: &mut Documents,
        wanted: impl Fn(&Occurrence) -> bool,
    ) -> Option<String> {
        self.all.iter().find_map(|file| {
            let (_, found) = documents.occurrences(file);
            found.iter().find(|one| wanted(one)).map(|one| place(file, one.span.start))
        })
    }
}

/// What becomes of names.
struct Renaming {
    /// The file that was asked in: members have their names there only.
    path: String,
    symbol: Symbol,
    name: String,
    /// What positions' `becomes` lines are called changes with their actors and issues.
    lines: BTreeMap<String, String>,
}

impl Renaming {
    fn new(named: &Named, name: &str, files: &Files) -> Self {
        let (path, symbol) = (named.document.path.clone(), named.found.symbol.clone());
        let mut lines = BTreeMap::new();
        if let Symbol::Named(old) = &symbol {
            let new = |one: &str| if one == old { name.to_owned() } else { one.to_owned() };
            let positions = files.all.iter().flat_map(|file| &file.tree.items);
            for item in positions {
                let ItemKind::Position(it) = &item.kind else { continue };
                let (actor, issue) = (&it.actor.text, &it.issue.text);
                let becomes = |part: &&PositionPart| matches!(part, PositionPart::Becomes { .. });
                for at in 1..=it.parts.iter().filter(becomes).count() {
                    let line = format!("{actor}_{issue}_{at}");
                    lines.insert(line, format!("{}_{}_{at}", new(actor), new(issue)));
                }
            }
            lines.retain(|old, new| old != new);
        }
        Self { path, symbol, name: name.to_owned(), lines }
    }

    /// What is written in the place of a name in a file; nothing where it stays.
    fn instead<'a>(&'a self, path: &str, symbol: &Symbol) -> Option<&'a str> {
        if *symbol == self.symbol {
            let elsewhere = matches!(symbol, Symbol::Local(..)) && path != self.path;
            return (!elsewhere).then_some(&self.name);
        }
        match symbol {
            Symbol::Named(name) => self.lines.get(name).map(String::as_str),
            _ => None,
        }
    }

    /// What a name stands for afterwards. `moved`: where something of the file stands then.
    fn afterwards(&self, path: &str, symbol: &Symbol, moved: impl Fn(u32) -> u32) -> Symbol {
        let same = || symbol.name().to_owned();
        let name = self.instead(path, symbol).map_or_else(same, str::to_owned);
        let declared = |name: &str| {
            let named = Symbol::Named(name.to_owned());
            self.instead(path, &named).unwrap_or(name).to_owned()
        };
        match symbol {
            Symbol::Named(_) => Symbol::Named(name),
            Symbol::Local(_, at) => Symbol::Local(name, moved(*at)),
            Symbol::Value(owner, _) => {
                let owner = match owner {
                    Owner::Variable(of) => Owner::Variable(declared(of)),
                    Owner::Scale(of) => Owner::Scale(declared(of)),
                    Owner::Ladder => Owner::Ladder,
                };
                Symbol::Value(owner, name)
            }
            Symbol::Attribute(_) => Symbol::Attribute(name),
            Symbol::Choice(of, _) => Symbol::Choice(declared(of), name),
        }
    }

    /// The changes of a file, if there are any.
    fn change(&self, documents: &mut Documents, file: &Arc<Document>) -> Option<Change> {
        let (_, found) = documents.occurrences(file);
        let one = |one: &Occurrence| {
            let instead = self.instead(&file.path, &one.symbol)?;
            Some((one.span.start as usize, one.span.end as usize, instead.to_owned()))
        };
        let parts: Vec<_> = found.iter().filter_map(one).collect();
        (!parts.is_empty()).then(|| Change { file: file.clone(), parts })
    }
}

/// What changes in a file.
struct Change {
    file: Arc<Document>,
    /// From where to where, and what stands there then; in their order.
    parts: Vec<(usize, usize, String)>,
}

impl Change {
    /// The text of the file afterwards.
    fn text(&self) -> String {
        let mut text = String::with_capacity(self.file.text.len());
        let mut behind = 0;
        for (start, end, instead) in &self.parts {
            text.push_str(&self.file.text[behind..*start]);
            text.push_str(instead);
            behind = *end;
        }
        text.push_str(&self.file.text[behind..]);
        text
    }

    /// Where something of the file stands afterwards.
    fn moved(&self, offset: u32) -> u32 {
        let before = self.parts.iter().take_while(|(start, ..)| *start < offset as usize);
        let by = |(start, end, instead): &(usize, usize, String)| {
            instead.len() as i64 - (*end as i64 - *start as i64)
        };
        let moved = i64::from(offset) + before.map(by).sum::<i64>();
        u32::try_from(moved).unwrap_or(u32::MAX)
    }
}

/// Whether everything still means what it meant, in all that is read together with what changes.
fn check(documents: &mut Documents, renaming: &Renaming, changes: &[Change]) -> Result<(), String> {
    let mut after = documents.clone();
    changes.iter().for_each(|change| after.open(&change.file.path, change.text()));
    let changed: Vec<&String> = changes.iter().map(|change| &change.file.path).collect();
    let roots: BTreeSet<String> =
        changed.into_iter().flat_map(|path| documents.readers_of(path)).collect();
    for root in &roots {
        let (world, world_after) = (documents.world_of(root), after.world_of(root));
        let (run, run_after) = (documents.run_of(root), after.run_of(root));
        for (file, file_after) in run.iter().zip(&run_after) {
            let before = super::occurrences::occurrences(&file.tree.items, &file.text, &world);
            let now = super::occurrences::occurrences(
                &file_after.tree.items,
                &file_after.text,
                &world_after,
            );
            let change = changes.iter().find(|change| change.file.path == file.path);
            let moved = |at: u32| change.map_or(at, |change| change.moved(at));
            let expected = before.iter().map(|one| {
                let symbol = renaming.afterwards(&file.path, &one.symbol, moved);
                (moved(one.span.start), symbol, one.declares)
            });
            let found: Vec<_> =
                now.iter().map(|one| (one.span.start, &one.symbol, one.declares)).collect();
            let mut wrong = expected.enumerate().filter(|(at, (start, symbol, declares))| {
                found.get(*at) != Some(&(*start, symbol, *declares))
            });
            let first = wrong.next().map(|(at, _)| before[at].span.start);
            let first = first.or_else(|| now.get(before.len()).map(|_| 0));
            if let Some(start) = first {
                let place = place(file, start);
                let name = &renaming.name;
                return Err(format!("with the name `{name}` something else is meant {place}"));
            }
        }
        bring_nothing(documents, &after, root)?;
    }
    Ok(())
}

/// Whether nothing is wrong with what is run that was not.
fn bring_nothing(before: &Documents, after: &Documents, root: &str) -> Result<(), String> {
    let (before, after) = (told(before, root), told(after, root));
    let of = |all: &[(Diagnostic, String)], one: &Diagnostic| {
        all.iter().filter(|(other, _)| other.code == one.code).count()
    };
    let known = |message: &str| before.iter().any(|(one, _)| one.message == message);
    let more = |(one, _): &&(Diagnostic, String)| of(&after, one) > of(&before, one);
    let new: Vec<&(Diagnostic, String)> = after.iter().filter(more).collect();
    let Some((first, place)) =
        new.iter().find(|(one, _)| !known(&one.message)).or_else(|| new.first())
    else {
        return Ok(());
    };
    Err(format!("it would bring a {}, {place}: {}", first.severity.word(), first.message))
}

/// What is wrong with what is run, with where it is.
fn told(documents: &Documents, root: &str) -> Vec<(Diagnostic, String)> {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    // Nothing is asked of the model.
    let _ = model::load(root, &Texts(documents.texts()), &mut sources, &mut diagnostics);
    let told = diagnostics.sorted().into_iter().map(|one| {
        let file = sources.file(one.primary.span.file);
        let line = file.place(one.primary.span.start).line;
        let place = format!("in line {line} of `{}`", name(&file.path));
        (one, place)
    });
    told.collect()
}

/// `in line 3 of `a.esc``.
fn place(file: &Document, offset: u32) -> String {
    let line = file.lines.line(offset as usize) + 1;
    format!("in line {line} of `{}`", name(&file.path))
}

/// The name of a file without its folder.
fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

#[expect(clippy::mutable_key_type, reason = "the protocol's own type; nothing changes the keys")]
fn edit(addresses: &Addresses, changes: Vec<Change>) -> WorkspaceEdit {
    let mut edits: HashMap<Uri, Vec<TextEdit>> = HashMap::new();
    for Change { file, parts } in changes {
        let Some(uri) = addresses.of(&file.path) else { continue };
        let edit = |(start, end, new_text)| TextEdit {
            range: file.lines.range(&file.text, start, end),
            new_text,
        };
        edits.entry(uri).or_default().extend(parts.into_iter().map(edit));
    }
    WorkspaceEdit { changes: Some(edits), ..WorkspaceEdit::default() }
}
