//! Where something is declared, where it is named, and giving it another name.

use super::declared::{Kind, World};
use super::documents::{Document, Documents};
use super::occurrences::{Occurrence, Symbol};
use super::uri;
use lsp_types::{Location, Position, Range, TextEdit, Uri, WorkspaceEdit};
use std::collections::HashMap;
use std::sync::Arc;

/// A name that stands at a place.
#[derive(Debug)]
pub struct Named {
    /// The file that it stands in.
    pub document: Arc<Document>,
    /// What is declared where that file is read.
    pub world: World,
    /// What is named, and where.
    pub found: Occurrence,
}

/// The name at a place.
#[must_use]
pub fn at(document: &Document, found: &[Occurrence], place: Position) -> Option<Occurrence> {
    let offset = u32::try_from(document.lines.offset(&document.text, place)).ok()?;
    let touches = |one: &&Occurrence| one.span.start <= offset && offset <= one.span.end;
    let inside = found.iter().find(|one| one.span.start <= offset && offset < one.span.end);
    inside.or_else(|| found.iter().find(touches)).cloned()
}

/// The range of an occurrence.
#[must_use]
pub fn range(document: &Document, found: &Occurrence) -> Range {
    let (start, end) = (found.span.start as usize, found.span.end as usize);
    document.lines.range(&document.text, start, end)
}

/// All places where something has its name, in all files that are read together with one.
pub fn places(
    documents: &mut Documents,
    document: &Document,
    symbol: &Symbol,
) -> Vec<(Arc<Document>, Occurrence)> {
    let mut places = Vec::new();
    let related = match symbol {
        Symbol::Local(..) => documents.get(&document.path).into_iter().collect(),
        _ => documents.related(&document.path),
    };
    for document in related {
        let (_, found) = documents.occurrences(&document);
        let same = found.into_iter().filter(|one| one.symbol == *symbol);
        places.extend(same.map(|one| (document.clone(), one)));
    }
    places
}

/// Where something is declared.
pub fn definition(documents: &mut Documents, named: &Named) -> Vec<Location> {
    if let Symbol::Named(name) = &named.found.symbol {
        let declared = named.world.get(name).and_then(|declared| {
            let document = documents.get(named.world.files.get(declared.file)?)?;
            let (start, end) = (declared.name.start as usize, declared.name.end as usize);
            let range = document.lines.range(&document.text, start, end);
            Some(Location { uri: uri::uri(&document.path)?, range })
        });
        return declared.into_iter().collect();
    }
    let places = places(documents, &named.document, &named.found.symbol);
    let declaring = places.iter().filter(|(_, one)| one.declares);
    declaring.filter_map(|(document, one)| location(document, one)).collect()
}

/// All places where something has its name, as locations.
pub fn references(
    documents: &mut Documents,
    named: &Named,
    with_declaration: bool,
) -> Vec<Location> {
    let places = places(documents, &named.document, &named.found.symbol);
    let wanted = places.iter().filter(|(_, one)| with_declaration || !one.declares);
    wanted.filter_map(|(document, one)| location(document, one)).collect()
}

fn location(document: &Document, found: &Occurrence) -> Option<Location> {
    Some(Location { uri: uri::uri(&document.path)?, range: range(document, found) })
}

/// Gives something another name, wherever it has one.
///
/// # Errors
/// What is wrong with the name, or why this has none that can be changed.
#[expect(clippy::mutable_key_type, reason = "the protocol's own type; nothing changes the keys")]
pub fn rename(
    documents: &mut Documents,
    named: &Named,
    name: &str,
) -> Result<WorkspaceEdit, String> {
    can_be_renamed(documents, named)?;
    if let Some(wrong) = crate::syntax::wrong_name(name) {
        return Err(wrong);
    }
    if let Symbol::Named(old) = &named.found.symbol
        && old != name
        && named.world.get(name).is_some()
    {
        return Err(format!("there is already something called `{name}`"));
    }
    let mut changes: HashMap<Uri, Vec<TextEdit>> = HashMap::new();
    for (document, one) in places(documents, &named.document, &named.found.symbol) {
        let Some(uri) = uri::uri(&document.path) else { continue };
        let edit = TextEdit { range: range(&document, &one), new_text: name.to_owned() };
        changes.entry(uri).or_default().push(edit);
    }
    Ok(WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() })
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
        Symbol::Value(..) => {
            places(documents, &named.document, symbol).iter().any(|(_, one)| one.declares)
        }
        Symbol::Local(..) | Symbol::Attribute(_) | Symbol::Choice(..) => true,
    };
    if declared { Ok(()) } else { Err("this is built in, or declared nowhere".to_owned()) }
}
