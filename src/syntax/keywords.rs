//! The words that the grammar keeps for itself.

use std::sync::LazyLock;

/// The words that begin a declaration.
pub const DECLARATIONS: [&str; 24] = [
    "action", "actor", "decision", "ending", "expect", "flag", "group", "import", "inject",
    "issue", "ladder", "lexicon", "meter", "observe", "outcome", "param", "position", "reading",
    "relation", "rule", "scale", "scenario", "source", "state",
];

/// The other reserved words: with the declarations', they are what `reserved` in the grammar says.
pub(super) const OPERATORS: [&str; 23] = [
    "against", "and", "any", "because", "becomes", "before", "does", "else", "every", "has", "if",
    "in", "leads", "no", "not", "on", "once", "option", "or", "then", "until", "when", "while",
];

/// The words that have a meaning in their place and are names everywhere else.
const CONTEXTUAL: [&str; 35] = [
    "P",
    "Pmax",
    "Pmin",
    "after",
    "always",
    "at",
    "by",
    "certain",
    "date",
    "disable",
    "done",
    "each",
    "file",
    "for",
    "from",
    "grade",
    "horizon",
    "least",
    "lower",
    "never",
    "otherwise",
    "possible",
    "priority",
    "raise",
    "rung",
    "says",
    "since",
    "start",
    "summary",
    "to",
    "turn",
    "url",
    "voice",
    "where",
    "within",
];

/// Whether a word begins a declaration.
pub(super) fn is_declaration(word: &str) -> bool {
    DECLARATIONS.binary_search(&word).is_ok()
}

/// Whether a word cannot be a name.
pub(super) fn is_reserved(word: &str) -> bool {
    is_declaration(word) || OPERATORS.binary_search(&word).is_ok()
}

/// Whether the grammar has a meaning for a word, anywhere. Asked for every word of a text, most
/// of which their first letter and their length tell from all keywords.
pub(super) fn is_keyword(word: &str) -> bool {
    let first = word.bytes().next().and_then(|first| KEYWORDS.get(usize::from(first)));
    first.is_some_and(|keywords| keywords.contains(&word))
}

/// All words of the grammar by their first byte.
static KEYWORDS: LazyLock<Vec<Vec<&str>>> = LazyLock::new(|| {
    let mut keywords = vec![Vec::new(); 128];
    for word in DECLARATIONS.into_iter().chain(OPERATORS).chain(CONTEXTUAL) {
        keywords[usize::from(word.as_bytes()[0])].push(word);
    }
    keywords
});

/// Whether what begins with this word has a name behind it. So has what begins with a word that
/// was perhaps meant to be a keyword.
pub(super) fn declares_name(word: &str) -> bool {
    const NAMELESS: [&str; 8] =
        ["expect", "import", "inject", "ladder", "lexicon", "observe", "position", "scenario"];
    !NAMELESS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::{CONTEXTUAL, DECLARATIONS, OPERATORS, is_reserved};
    use crate::syntax::grammar::{Grammar, Rule};
    use pest::Parser;

    #[test]
    fn the_grammar_reserves_the_same_words() {
        assert!(DECLARATIONS.is_sorted() && OPERATORS.is_sorted() && CONTEXTUAL.is_sorted());
        for word in DECLARATIONS.iter().chain(&OPERATORS) {
            assert!(is_reserved(word));
            assert!(Grammar::parse(Rule::name, word).is_err(), "{word} is no name");
            let longer = format!("{word}_");
            assert!(Grammar::parse(Rule::name, &longer).is_ok(), "{longer} is a name");
        }
        for word in CONTEXTUAL {
            assert!(Grammar::parse(Rule::name, word).is_ok(), "{word} is a name");
        }
    }
}
