//! How far an `allow` reaches, by where its comment stands.

use crate::source::Span;
use crate::syntax::tree::{self, Clause, Item, ItemKind, Likelihood, PositionPart, Quote};

/// What an `allow` holds for. Within one, places do not overlap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Layer {
    /// A line.
    Line,
    /// A clause of a declaration.
    Clause,
    /// A declaration.
    Declaration,
    /// The file.
    File,
}

impl Layer {
    /// All layers, the narrowest first.
    pub(super) const NEAREST_FIRST: [Self; 4] =
        [Self::Line, Self::Clause, Self::Declaration, Self::File];
}

/// A stretch of a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reach {
    pub(super) layer: Layer,
    /// The offset of its first byte.
    pub(super) start: u32,
    /// The offset behind its last byte.
    pub(super) end: u32,
}

/// Where the `allow` of a comment holds, the comment itself included: behind something on its line,
/// for that line and the declarations that begin on it; alone on its line, for what follows (the
/// next clause within a declaration, the next declaration between two); at the head of a file, with
/// an empty line behind it, for the whole file.
pub(super) fn reach(comment: Span, text: &str, tree: &tree::File) -> Vec<Reach> {
    let (at, end) = (comment.start as usize, comment.end as usize);
    let line_start = text[..at].rfind('\n').map_or(0, |line_break| line_break + 1);
    let line_end = text[end..].find('\n').map_or(text.len(), |line_break| end + line_break);
    let next = tree.items.partition_point(|item| item.span.end <= comment.start);
    if !text[line_start..at].trim().is_empty() {
        return at_end_of_line(line_start, line_end, &tree.items);
    }
    match tree.items.get(next) {
        Some(item) if item.span.start < comment.start => vec![in_declaration(comment, text, item)],
        _ if next == 0 && empty_line_follows(&text[line_end..]) => vec![whole_file()],
        Some(item) => vec![reaching(Layer::Declaration, comment.start, item.span.end)],
        None => vec![reaching(Layer::Declaration, comment.start, comment.end)],
    }
}

fn reaching(layer: Layer, start: u32, end: u32) -> Reach {
    Reach { layer, start, end }
}

fn whole_file() -> Reach {
    reaching(Layer::File, 0, u32::MAX)
}

/// Whether, behind further lines of comments, an empty line or nothing follows.
fn empty_line_follows(rest: &str) -> bool {
    let mut lines = rest.split('\n').skip(1).map(str::trim);
    let next = lines.find(|line| !line.starts_with("//") || line.starts_with("///"));
    next.is_none_or(str::is_empty)
}

fn at_end_of_line(start: usize, end: usize, items: &[Item]) -> Vec<Reach> {
    let clip = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
    let (start, end) = (clip(start), clip(end));
    let first = items.partition_point(|item| item.span.start < start);
    let begun = items[first..].iter().take_while(|item| item.span.start < end);
    let begun = begun.map(|item| reaching(Layer::Declaration, item.span.start, item.span.end));
    begun.chain([reaching(Layer::Line, start, end)]).collect()
}

/// Up to the end of the next clause; where a declaration has none, of the next line that says something.
fn in_declaration(comment: Span, text: &str, item: &Item) -> Reach {
    let next = clauses(item).into_iter().find(|clause| clause.start >= comment.end);
    if let Some(clause) = next {
        return reaching(Layer::Clause, comment.start, clause.end);
    }
    let mut end = comment.end as usize;
    for line in text[end..item.span.end as usize].split_inclusive('\n') {
        end += line.len();
        let said = line.trim();
        if !said.is_empty() && !said.starts_with("//") {
            break;
        }
    }
    reaching(Layer::Clause, comment.start, u32::try_from(end).unwrap_or(u32::MAX))
}

/// The places of a declaration's clauses, in their order.
fn clauses(item: &Item) -> Vec<Span> {
    let written = |clauses: &[Clause]| clauses.iter().map(|clause| clause.span).collect();
    match &item.kind {
        ItemKind::Rule(rule) => written(&rule.clauses),
        ItemKind::Decision(decision) => written(&decision.clauses),
        ItemKind::Reading(reading) => reading.parts.iter().map(|part| part.span).collect(),
        ItemKind::Position(position) => position.parts.iter().map(part).collect(),
        ItemKind::Lexicon(lexicon) => {
            lexicon.words.iter().map(|word| word.name.span.to(likelihood(&word.value))).collect()
        }
        ItemKind::Import(_)
        | ItemKind::Scenario(_)
        | ItemKind::Source(_)
        | ItemKind::Actor(_)
        | ItemKind::Group(_)
        | ItemKind::Relation(_)
        | ItemKind::Scale(_)
        | ItemKind::Issue(_)
        | ItemKind::Ladder(_)
        | ItemKind::Variable(_)
        | ItemKind::Param(_)
        | ItemKind::Action(_)
        | ItemKind::Inject(_)
        | ItemKind::Observe(_)
        | ItemKind::Outcome(_)
        | ItemKind::Expect(_)
        | ItemKind::Broken(_) => Vec::new(),
    }
}

fn part(part: &PositionPart) -> Span {
    match part {
        PositionPart::Says(quote) | PositionPart::Because(quote) => quoted(quote),
        PositionPart::Becomes { span, .. } => *span,
    }
}

fn quoted(quote: &Quote) -> Span {
    quote.from.as_ref().map_or(quote.text.span, |from| quote.text.span.to(from.span))
}

fn likelihood(likelihood: &Likelihood) -> Span {
    match likelihood {
        Likelihood::Number(number) => number.span,
        Likelihood::Range(low, high) => low.span.to(high.span),
        Likelihood::Word(name) => name.span,
    }
}
