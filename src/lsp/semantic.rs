//! Semantic tokens: what each name is.

use super::declared::{Kind, World};
use super::documents::Document;
use super::occurrences::{Occurrence, Symbol};
use crate::model::WORDS;
use lsp_types::{SemanticToken, SemanticTokenModifier, SemanticTokenType, SemanticTokensLegend};

/// The types, by their numbers.
const TYPES: [SemanticTokenType; 14] = [
    SemanticTokenType::CLASS,
    SemanticTokenType::ENUM,
    SemanticTokenType::FUNCTION,
    SemanticTokenType::INTERFACE,
    SemanticTokenType::VARIABLE,
    SemanticTokenType::ENUM_MEMBER,
    SemanticTokenType::PARAMETER,
    SemanticTokenType::METHOD,
    SemanticTokenType::EVENT,
    SemanticTokenType::NAMESPACE,
    SemanticTokenType::OPERATOR,
    SemanticTokenType::PROPERTY,
    SemanticTokenType::TYPE,
    SemanticTokenType::new("likelihood"),
];

/// What the numbers of tokens mean.
#[must_use]
pub fn legend() -> SemanticTokensLegend {
    SemanticTokensLegend {
        token_types: TYPES.to_vec(),
        token_modifiers: vec![
            SemanticTokenModifier::DECLARATION,
            SemanticTokenModifier::DEFAULT_LIBRARY,
        ],
    }
}

/// The names of a file, each told by how far it is from the one before.
#[must_use]
pub fn tokens(document: &Document, world: &World, found: &[Occurrence]) -> Vec<SemanticToken> {
    let mut tokens = Vec::new();
    let (mut line, mut character) = (0, 0);
    let mut behind = 0;
    for one in found {
        let Some((token_type, built_in)) = token_type(&one.symbol, world) else { continue };
        if one.span.start < behind || one.span.end <= one.span.start {
            continue;
        }
        behind = one.span.end;
        let (start, end) = (one.span.start as usize, one.span.end as usize);
        let range = document.lines.range(&document.text, start, end);
        if range.start.line != range.end.line {
            continue;
        }
        let delta_line = range.start.line - line;
        let before = if delta_line == 0 { character } else { 0 };
        tokens.push(SemanticToken {
            delta_line,
            delta_start: range.start.character - before,
            length: range.end.character - range.start.character,
            token_type,
            token_modifiers_bitset: u32::from(one.declares) | (u32::from(built_in) << 1),
        });
        (line, character) = (range.start.line, range.start.character);
    }
    tokens
}

/// The number of the type of what a name is the name of, and whether it is built in.
fn token_type(symbol: &Symbol, world: &World) -> Option<(u32, bool)> {
    let (wanted, built_in) = match symbol {
        Symbol::Named(name) => match world.get(name) {
            Some(declared) => (of_kind(declared.kind)?, false),
            None if name == "everyone" => (SemanticTokenType::ENUM, true),
            None => {
                let word = WORDS.iter().any(|(word, _, _)| word == name);
                (word.then(|| SemanticTokenType::new("likelihood"))?, true)
            }
        },
        Symbol::Local(..) => (SemanticTokenType::PARAMETER, false),
        Symbol::Value(..) | Symbol::Choice(..) => (SemanticTokenType::ENUM_MEMBER, false),
        Symbol::Attribute(_) => (SemanticTokenType::PROPERTY, false),
    };
    let number = TYPES.iter().position(|one| *one == wanted)?;
    Some((u32::try_from(number).ok()?, built_in))
}

fn of_kind(kind: Kind) -> Option<SemanticTokenType> {
    Some(match kind {
        Kind::Source => SemanticTokenType::NAMESPACE,
        Kind::Actor => SemanticTokenType::CLASS,
        Kind::Group => SemanticTokenType::ENUM,
        Kind::Relation => SemanticTokenType::OPERATOR,
        Kind::Scale => SemanticTokenType::TYPE,
        Kind::Issue => SemanticTokenType::INTERFACE,
        Kind::State { .. } | Kind::Flag | Kind::Meter => SemanticTokenType::VARIABLE,
        Kind::Param | Kind::Word => SemanticTokenType::new("likelihood"),
        Kind::Action => SemanticTokenType::FUNCTION,
        Kind::Rule | Kind::Shift | Kind::Decision => SemanticTokenType::METHOD,
        Kind::Outcome | Kind::Ending => SemanticTokenType::EVENT,
        Kind::Reading => SemanticTokenType::NAMESPACE,
        Kind::Broken => return None,
    })
}
