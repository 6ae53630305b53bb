//! The text of a scenario as it must read in another folder.

use super::Given;
use crate::diagnostic::Diagnostics;
use crate::source::{FileId, SourceFile};
use crate::syntax;
use crate::syntax::tree::{Clause, ClauseKind, Item, ItemKind, Likelihood, SourceField, Text};

/// The text of a file as it must read in another folder, without its observations and expectations:
/// paths of imports and of sources' files go through `way`, the path from there to the folder of the
/// file; notes of what is left out become comments. A path from the root of the disk stays. The options
/// of the decisions named in `open` lose their likelihoods: they are equally likely. What a file of
/// defaults has given stands in the text, for there may be another one there.
#[must_use]
pub fn moved(file: &SourceFile, way: &str, open: &[&str], given: Option<&Given>) -> String {
    // What is wrong with it was told when it was read.
    let tree = syntax::parse(FileId(0), &file.text, &mut Diagnostics::default());
    let mut text = file.text.to_string();
    let mut horizon = given.and_then(|given| given.horizon);
    for item in tree.items.iter().rev() {
        match &item.kind {
            ItemKind::Import(path) => replace(&mut text, path, way),
            ItemKind::Source(source) => {
                for field in source.fields.iter().rev() {
                    if let SourceField::File(path) = field {
                        replace(&mut text, path, way);
                    }
                }
            }
            ItemKind::Decision(decision) if open.contains(&decision.name.text.as_str()) => {
                decision.clauses.iter().rev().for_each(|clause| level(&mut text, clause));
            }
            ItemKind::Scenario(_) => {
                if let Some(turns) = horizon.take() {
                    let brace = item.span.end as usize - 1;
                    text.insert_str(brace, &format!("\n  horizon {turns} turns\n"));
                }
            }
            ItemKind::Observe(_) | ItemKind::Expect(_) => leave_out(&mut text, item),
            _ => {}
        }
    }
    let horizon = horizon.map(|turns| format!("\n\nscenario {{ horizon {turns} turns }}"));
    text.push_str(&horizon.unwrap_or_default());
    if let Some(given) = given.filter(|given| !given.words.is_empty()) {
        let words =
            given.words.iter().map(|(word, likelihood)| format!("  {word} = {likelihood}\n"));
        text.push_str(&format!("\n\nlexicon {{\n{}}}\n", words.collect::<String>()));
    }
    text
}

fn replace(text: &mut String, path: &Text, way: &str) {
    if way.is_empty() || path.value.starts_with('/') {
        return;
    }
    let new = format!("{way}/{}", path.value).replace('\\', "\\\\").replace('"', "\\\"");
    text.replace_range(path.span.start as usize..path.span.end as usize, &format!("\"{new}\""));
}

/// Takes the likelihood of an option out.
fn level(text: &mut String, clause: &Clause) {
    let ClauseKind::Option { branch, .. } = &clause.kind else { return };
    let span = match &branch.likelihood {
        None => return,
        Some(Likelihood::Number(number)) => number.span,
        Some(Likelihood::Range(low, high)) => low.span.to(high.span),
        Some(Likelihood::Word(word)) => word.span,
    };
    text.replace_range(span.start as usize..span.end as usize, "");
}

fn leave_out(text: &mut String, item: &Item) {
    let (start, end) = (item.span.start as usize, item.span.end as usize);
    text.replace_range(start..end, "");
    let mut at = text[..start].trim_end_matches([' ', '\t']).len();
    // A note stands on the lines before; without a declaration it would be one of the next.
    while let Some(line) = text[..at].strip_suffix('\n') {
        let begin = line.rfind('\n').map_or(0, |at| at + 1);
        let indent = line[begin..].len() - line[begin..].trim_start().len();
        if !line[begin + indent..].starts_with("///") {
            break;
        }
        text.replace_range(begin + indent..begin + indent + 3, "//");
        at = begin;
    }
}
