//! Where something is declared, and where it is named.

use super::declared::World;
use super::documents::{Document, Documents};
use super::occurrences::{Occurrence, Symbol};
use super::uri::Addresses;
use lsp_types::{Location, Position, Range};
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
pub fn definition(
    documents: &mut Documents,
    addresses: &Addresses,
    named: &Named,
) -> Vec<Location> {
    if let Symbol::Named(name) = &named.found.symbol {
        let declared = named.world.get(name).and_then(|declared| {
            let document = documents.get(named.world.files.get(declared.file)?)?;
            let (start, end) = (declared.name.start as usize, declared.name.end as usize);
            let range = document.lines.range(&document.text, start, end);
            Some(Location { uri: addresses.of(&document.path)?, range })
        });
        return declared.into_iter().collect();
    }
    let places = places(documents, &named.document, &named.found.symbol);
    let declaring = places.iter().filter(|(_, one)| one.declares);
    declaring.filter_map(|(document, one)| location(addresses, document, one)).collect()
}

/// All places where something has its name, as locations.
pub fn references(
    documents: &mut Documents,
    addresses: &Addresses,
    named: &Named,
    with_declaration: bool,
) -> Vec<Location> {
    let places = places(documents, &named.document, &named.found.symbol);
    let wanted = places.iter().filter(|(_, one)| with_declaration || !one.declares);
    wanted.filter_map(|(document, one)| location(addresses, document, one)).collect()
}

fn location(addresses: &Addresses, document: &Document, found: &Occurrence) -> Option<Location> {
    Some(Location { uri: addresses.of(&document.path)?, range: range(document, found) })
}
