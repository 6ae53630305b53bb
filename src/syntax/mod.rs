//! From text to the tree: the grammar, lowering and recovery.
//!
//! Guaranteed after this stage: every piece of the text that could be read is in the tree, with
//! its place; names are not resolved, kinds are not checked.

mod grammar;
mod keywords;
mod limits;
mod lower;
mod outline;
mod tokens;
pub mod tree;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::FileId;
use grammar::{Grammar, Rule};
use lower::Lowering;
use outline::Outline;
use pest::Parser;
use std::cell::RefCell;

/// Reads a file.
pub fn parse(file: FileId, text: &str, diagnostics: &mut Diagnostics) -> tree::File {
    let outline = Outline::of(file, text);
    let mut told: Vec<Diagnostic> = Vec::new();
    let mut items = Vec::new();
    match Grammar::parse(Rule::file, text) {
        Ok(pairs) => {
            let lowering = Lowering { file, base: 0, diagnostics: RefCell::default() };
            items.extend(pairs.filter_map(|pair| lowering.item(pair)));
            told = lowering.diagnostics.into_inner();
        }
        Err(error) => {
            let at = match error.location {
                pest::error::InputLocation::Pos(at) => at,
                pest::error::InputLocation::Span((at, _)) => at,
            };
            let span = crate::source::Span::new(file, at, at);
            let code = crate::diagnostic::pages::syntax::UNEXPECTED;
            told.push(Diagnostic::new(code, span, "unexpected text"));
        }
    }
    let troubles = outline.troubles.into_iter().map(|(_, diagnostic)| diagnostic);
    for diagnostic in troubles.chain(told) {
        diagnostics.push(diagnostic);
    }
    tree::File { items, comments: Vec::new() }
}
