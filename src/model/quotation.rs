//! Quotations: whether they stand in the files of their sources.

use super::load::{self, Near};
use super::{DeclarationKind, Model, Quote, SourceId};
use crate::diagnostic::pages::meaning::{QUOTATION, SOURCE_FILE};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::{QuotedFile, Reader, Sources, sha256, unreadable_because};
use crate::syntax::composed;
use crate::syntax::tree::{Item, ItemKind, SourceField, Text};
use rustc_hash::FxHashMap;

/// For how many missing quotations the nearest passage is looked for: each search reads a file.
const MOST_SEARCHES: usize = 100;
/// How many words are shown before and after the nearest passage.
const AROUND: usize = 3;
/// The longest passage that is shown, in characters.
const LONGEST_SHOWN: usize = 300;

/// Looks up every quotation from a source that names a `file`: `says` texts whole, and of
/// rationales, which are the author's words, what stands in quotation marks in them.
pub(super) fn check(
    model: &Model,
    items: &[Item],
    reader: &dyn Reader,
    near: &Near<'_>,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) {
    let documents = documents(items, reader, near, sources, diagnostics);
    let mut searches = 0;
    for (quote, passage) in passages(model) {
        let Some(document) = quote.source.and_then(|source| documents.get(&source)) else {
            continue;
        };
        if document.contains(&passage) {
            continue;
        }
        searches += 1;
        let shown = searches <= MOST_SEARCHES && !document.outside;
        let nearest = if shown { document.nearest(&passage) } else { None };
        diagnostics.push(missing(quote, document, nearest));
    }
}

fn missing(quote: &Quote, document: &Document, nearest: Option<String>) -> Diagnostic {
    let message = format!("this quotation is not in `{}`", document.path);
    let diagnostic = Diagnostic::new(QUOTATION, quote.span, message);
    diagnostic.help(match nearest {
        Some(nearest) => format!("the nearest passage there is: “{nearest}”"),
        None => "quote what the file says, word for word".to_owned(),
    })
}

/// What must stand in a source's file, with the text that claims so.
fn passages(model: &Model) -> Vec<(&Quote, String)> {
    let mut passages = Vec::new();
    let rationales = model
        .positions
        .iter()
        .flat_map(|position| &position.because)
        .chain(
            model
                .declarations
                .iter()
                .filter(|declaration| declaration.kind != DeclarationKind::Becomes)
                .filter_map(|declaration| declaration.because.as_ref()),
        )
        .chain(model.readings.iter().flat_map(|reading| &reading.because));
    for quote in model.positions.iter().flat_map(|position| &position.says) {
        passages.push((quote, quote.text.clone()));
    }
    for quote in rationales {
        passages.extend(quoted_parts(&quote.text).into_iter().map(|part| (quote, part)));
    }
    passages
}

/// The parts of a text that stand in double quotation marks.
pub(super) fn quoted_parts(text: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut open: Option<String> = None;
    for letter in text.chars() {
        let mark = matches!(letter, '"' | '“' | '”' | '„' | '«' | '»');
        match (&mut open, mark) {
            (Some(_), true) => parts.extend(open.take()),
            (None, true) => open = Some(String::new()),
            (Some(part), false) => part.push(letter),
            (None, false) => {}
        }
    }
    parts
}

/// The text that a source's quotations are looked up in.
struct Document {
    path: String,
    text: String,
    /// Whether it lies so far from the scenario that nothing of it must be shown: it may be anybody's.
    outside: bool,
    /// The text with white space and quotation marks made alike.
    plain: String,
}

fn documents(
    items: &[Item],
    reader: &dyn Reader,
    near: &Near<'_>,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> FxHashMap<SourceId, Document> {
    let mut documents = FxHashMap::default();
    let declared = items.iter().filter_map(|item| match &item.kind {
        ItemKind::Source(source) => Some(source),
        _ => None,
    });
    for (index, source) in declared.enumerate() {
        let file = source.fields.iter().find_map(|field| match field {
            SourceField::File(file) => Some(file),
            SourceField::By(_)
            | SourceField::Date(_)
            | SourceField::Url(_)
            | SourceField::Grade(_) => None,
        });
        if let Some(file) = file
            && let Some(document) = document(file, reader, near, sources, diagnostics)
        {
            documents.insert(SourceId::new(index), document);
        }
    }
    documents
}

fn document(
    file: &Text,
    reader: &dyn Reader,
    near: &Near<'_>,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Document> {
    let path = load::located(reader, &sources.file(file.span.file).path, &file.value);
    match reader.read(&path) {
        Ok(bytes) => {
            let outside = near.is_outside(&path);
            let sha256 = sha256(&bytes);
            sources.quoted.push(QuotedFile { path, sha256, outside });
            let text = String::from_utf8_lossy(&bytes).into_owned();
            Some(Document {
                plain: plain(&without_quote_marks(&text)),
                path: file.value.clone(),
                text,
                outside,
            })
        }
        Err(error) => {
            let why = unreadable_because(&error);
            let message = format!("the source's file `{}` cannot be read: {why}", file.value);
            diagnostics.push(
                Diagnostic::new(SOURCE_FILE, file.span, message)
                    .label(format!("looked for at `{path}`"))
                    .help("a path is relative to the file that names it; without a `file`, quotations are not looked up"),
            );
            None
        }
    }
}

impl Document {
    fn contains(&self, passage: &str) -> bool {
        self.plain.contains(&plain(passage))
    }

    /// The passage of as many words, and a few around, that has the most words in common, if it has any.
    fn nearest(&self, passage: &str) -> Option<String> {
        let text = without_quote_marks(&self.text);
        let words: Vec<&str> = text.split_whitespace().collect();
        let wanted: Vec<String> = passage.split_whitespace().map(bare_word).collect();
        let length = wanted.len().min(words.len());
        let mut missing: FxHashMap<&str, i64> = FxHashMap::default();
        for word in &wanted {
            *missing.entry(word).or_default() += 1;
        }
        let bare: Vec<String> = words.iter().map(|word| bare_word(word)).collect();
        let (mut common, mut best, mut best_at) = (0_i64, 0_i64, 0);
        for at in 0..words.len() {
            if let Some(count) = missing.get_mut(bare[at].as_str()) {
                common += i64::from(*count > 0);
                *count -= 1;
            }
            if at >= length
                && let Some(count) = missing.get_mut(bare[at - length].as_str())
            {
                *count += 1;
                common -= i64::from(*count > 0);
            }
            if common > best {
                (best, best_at) = (common, at);
            }
        }
        if best == 0 {
            return None;
        }
        let first = (best_at + 1).saturating_sub(length + AROUND);
        let last = (best_at + AROUND).min(words.len() - 1);
        let shown = words[first..=last].join(" ");
        Some(shorten(&shown))
    }
}

fn shorten(text: &str) -> String {
    if text.chars().count() <= LONGEST_SHOWN {
        return text.to_owned();
    }
    let shown: String = text.chars().take(LONGEST_SHOWN).collect();
    format!("{shown} ...")
}

/// The text without the marks that Markdown puts before the lines of a quoted paragraph.
fn without_quote_marks(text: &str) -> String {
    text.lines()
        .map(|line| line.trim_start().trim_start_matches('>'))
        .collect::<Vec<_>>()
        .join("\n")
}

/// A word as it is compared for nearness: small letters, no punctuation around it.
fn bare_word(word: &str) -> String {
    word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase()
}

/// The text with white space, quotation marks and the spelling of letters made alike.
fn plain(text: &str) -> String {
    let text = &*composed(text);
    let mut plain = String::with_capacity(text.len());
    let mut space = false;
    for letter in text.chars() {
        if letter.is_whitespace() {
            space = !plain.is_empty();
            continue;
        }
        if space {
            plain.push(' ');
            space = false;
        }
        plain.push(match letter {
            '\'' | '‘' | '’' | '‚' | '‹' | '›' | '“' | '”' | '„' | '«' | '»' | '`' | '´' => {
                '"'
            }
            other => other,
        });
    }
    plain
}
