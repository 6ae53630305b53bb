//! The parser that pest makes from `grammar/escalade.pest`.

use pest_derive::Parser;

/// The parser; [`Rule`] has a variant for each rule of the grammar.
#[derive(Parser)]
#[grammar = "grammar/escalade.pest"]
pub struct Grammar;
