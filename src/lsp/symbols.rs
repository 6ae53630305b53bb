//! What a file, and all files, consist of.

use super::documents::{Document, Documents};
use super::uri::Addresses;
use crate::source::Span;
use crate::syntax::tree::{ClauseKind, Item, ItemKind, Name, Text};
use lsp_types::{
    DocumentSymbol, FoldingRange, FoldingRangeKind, Location, SymbolInformation, SymbolKind,
};

/// The most that is told of all files.
const MOST: usize = 500;

/// The declarations of a file.
#[must_use]
pub fn of_document(document: &Document) -> Vec<DocumentSymbol> {
    document.tree.items.iter().filter_map(|item| symbol(document, item)).collect()
}

/// The declarations of all known files whose name or title holds these letters.
pub fn of_all(
    documents: &mut Documents,
    addresses: &Addresses,
    query: &str,
) -> Vec<SymbolInformation> {
    let query = query.to_lowercase();
    let mut paths: Vec<String> = documents.opened().map(str::to_owned).collect();
    paths.extend(documents.listed.iter().cloned());
    paths.sort();
    paths.dedup();
    let mut found = Vec::new();
    for path in paths {
        let (Some(document), Some(uri)) = (documents.get(&path), addresses.of(&path)) else {
            continue;
        };
        for symbol in of_document(&document) {
            let title = symbol.detail.unwrap_or_default();
            let fits = |text: &str| text.to_lowercase().contains(&query);
            if found.len() < MOST && (fits(&symbol.name) || fits(&title)) {
                let location = Location { uri: uri.clone(), range: symbol.selection_range };
                #[expect(deprecated, reason = "the field must be given")]
                found.push(SymbolInformation {
                    name: symbol.name,
                    kind: symbol.kind,
                    tags: None,
                    deprecated: None,
                    location,
                    container_name: Some(title).filter(|title| !title.is_empty()),
                });
            }
        }
    }
    found
}

fn symbol(document: &Document, item: &Item) -> Option<DocumentSymbol> {
    let named = |name: &Name, title: &Option<Text>| {
        let title = title.as_ref().map(|title| title.value.clone());
        (name.text.clone(), title, name.span)
    };
    let (name, detail, span) = match &item.kind {
        ItemKind::Import(path) => (path.value.clone(), Some("import".to_owned()), path.span),
        ItemKind::Scenario(it) => {
            let title = it.title.as_ref().map(|title| title.value.clone());
            ("scenario".to_owned(), title, item.span)
        }
        ItemKind::Source(it) => named(&it.name, &it.title),
        ItemKind::Actor(it) => named(&it.name, &it.title),
        ItemKind::Group(it) => named(&it.name, &it.title),
        ItemKind::Relation(it) => named(&it.name, &it.title),
        ItemKind::Scale(it) => named(&it.name, &it.title),
        ItemKind::Issue(it) => named(&it.name, &it.title),
        ItemKind::Variable(it) => named(&it.name, &it.title),
        ItemKind::Param(it) => named(&it.name, &it.title),
        ItemKind::Action(it) => named(&it.name, &it.title),
        ItemKind::Rule(it) => named(&it.name, &it.title),
        ItemKind::Decision(it) => named(&it.name, &it.title),
        ItemKind::Outcome(it) => named(&it.name, &it.title),
        ItemKind::Reading(it) => named(&it.name, &it.title),
        ItemKind::Position(it) => {
            let name = format!("{} on {}", it.actor.text, it.issue.text);
            (name, Some(it.level.text.clone()), it.actor.span.to(it.issue.span))
        }
        ItemKind::Ladder(it) => {
            let title = it.title.as_ref().map(|title| title.value.clone());
            ("ladder".to_owned(), title, item.span)
        }
        ItemKind::Lexicon(_) => ("lexicon".to_owned(), None, item.span),
        ItemKind::Inject(_) | ItemKind::Observe(_) | ItemKind::Expect(_) => {
            let whole = document.text.get(item.span.start as usize..item.span.end as usize)?;
            let head = whole.split(['{', '\n']).next().unwrap_or_default().trim_end();
            (head.to_owned(), None, item.span)
        }
        ItemKind::Broken(it) => {
            let name = it.name.as_ref().map_or(it.keyword.clone(), |name| name.text.clone());
            (name, Some(it.keyword.clone()), it.name.as_ref().map_or(item.span, |it| it.span))
        }
    };
    let range =
        |span: Span| document.lines.range(&document.text, span.start as usize, span.end as usize);
    // Inside the whole, as the protocol wants it; a name of no letters is not allowed.
    let inside = span.start >= item.span.start && span.end <= item.span.end;
    let name = if name.trim().is_empty() { "(no name)".to_owned() } else { name };
    #[expect(deprecated, reason = "the field must be given")]
    Some(DocumentSymbol {
        name,
        detail,
        kind: kind(&item.kind),
        tags: None,
        deprecated: None,
        range: range(item.span),
        selection_range: range(if inside { span } else { item.span }),
        children: Some(children(document, item)).filter(|children| !children.is_empty()),
    })
}

/// The rungs of a ladder, the options of a decision, the words of a lexicon.
fn children(document: &Document, item: &Item) -> Vec<DocumentSymbol> {
    let child = |name: &Name, title: Option<&Text>, kind: SymbolKind| {
        let span = name.span;
        let range = document.lines.range(&document.text, span.start as usize, span.end as usize);
        #[expect(deprecated, reason = "the field must be given")]
        DocumentSymbol {
            name: name.text.clone(),
            detail: title.map(|title| title.value.clone()),
            kind,
            tags: None,
            deprecated: None,
            range,
            selection_range: range,
            children: None,
        }
    };
    match &item.kind {
        ItemKind::Ladder(it) => {
            let rungs = it.rungs.iter();
            rungs
                .map(|rung| child(&rung.name, rung.title.as_ref(), SymbolKind::ENUM_MEMBER))
                .collect()
        }
        ItemKind::Decision(it) => it
            .clauses
            .iter()
            .filter_map(|clause| match &clause.kind {
                ClauseKind::Option { name, title, .. } => {
                    Some(child(name, title.as_ref(), SymbolKind::ENUM_MEMBER))
                }
                _ => None,
            })
            .collect(),
        ItemKind::Lexicon(it) => {
            let words = it.words.iter();
            words.map(|word| child(&word.name, word.title.as_ref(), SymbolKind::CONSTANT)).collect()
        }
        _ => Vec::new(),
    }
}

fn kind(item: &ItemKind) -> SymbolKind {
    match item {
        ItemKind::Import(_) => SymbolKind::MODULE,
        ItemKind::Scenario(_) => SymbolKind::NAMESPACE,
        ItemKind::Source(_) => SymbolKind::FILE,
        ItemKind::Actor(_) => SymbolKind::CLASS,
        ItemKind::Group(_) => SymbolKind::ARRAY,
        ItemKind::Relation(_) => SymbolKind::OPERATOR,
        ItemKind::Scale(_) | ItemKind::Ladder(_) => SymbolKind::ENUM,
        ItemKind::Issue(_) => SymbolKind::INTERFACE,
        ItemKind::Position(_) => SymbolKind::PROPERTY,
        ItemKind::Variable(_) => SymbolKind::VARIABLE,
        ItemKind::Param(_) | ItemKind::Lexicon(_) => SymbolKind::CONSTANT,
        ItemKind::Action(_) => SymbolKind::FUNCTION,
        ItemKind::Inject(_) | ItemKind::Observe(_) | ItemKind::Outcome(_) => SymbolKind::EVENT,
        ItemKind::Rule(_) | ItemKind::Decision(_) => SymbolKind::METHOD,
        ItemKind::Expect(_) => SymbolKind::BOOLEAN,
        ItemKind::Reading(_) => SymbolKind::OBJECT,
        ItemKind::Broken(_) => SymbolKind::NULL,
    }
}

/// What can be folded: blocks, and comments over several lines.
#[must_use]
pub fn folding(document: &Document) -> Vec<FoldingRange> {
    let number = |line: usize| u32::try_from(line).unwrap_or(u32::MAX);
    let mut found = Vec::new();
    for (start, end) in crate::syntax::blocks(&document.text) {
        let (first, last) = (document.lines.line(start), document.lines.line(end));
        // The line of `}` stays.
        if last > first + 1 {
            found.push(FoldingRange {
                start_line: number(first),
                end_line: number(last - 1),
                ..FoldingRange::default()
            });
        }
    }
    let mut lines: Vec<(usize, usize)> = Vec::new();
    for comment in &document.tree.comments {
        let first = document.lines.line(comment.span.start as usize);
        let last = document.lines.line(comment.span.end as usize);
        match lines.last_mut() {
            Some((_, end)) if first == *end + 1 => *end = last,
            _ => lines.push((first, last)),
        }
    }
    for (first, last) in lines.into_iter().filter(|(first, last)| last > first) {
        found.push(FoldingRange {
            start_line: number(first),
            end_line: number(last),
            kind: Some(FoldingRangeKind::Comment),
            ..FoldingRange::default()
        });
    }
    found
}
