//! Single values, as the command line's `--set NAME=VALUE` takes them.

use super::grammar::{Grammar, Rule};
use super::lower::{Lowering, Parts};
use super::outline::Outline;
use super::tree::{Constant, Likelihood};
use crate::source::FileId;
use pest::Parser;
use std::ops::Range;

/// No file: where spans point to that belong to none.
const NOWHERE: FileId = FileId(u32::MAX);

/// The likelihood that a text consists of; its places belong to no file.
#[must_use]
pub fn parse_likelihood(text: &str) -> Option<Likelihood> {
    read(Rule::only_likelihood, text, |value| value.likelihood())
}

/// The likelihood that a place in a file consists of, which need not be one of this language.
#[must_use]
pub fn likelihood_in(file: FileId, text: &str, place: Range<usize>) -> Option<Likelihood> {
    read_in(file, text, place, Rule::only_likelihood, |value| value.likelihood())
}

/// The constant that a text consists of; its places belong to no file.
#[must_use]
pub fn parse_constant(text: &str) -> Option<Constant> {
    read(Rule::only_constant, text, |value| value.constant())
}

fn read<T>(
    wanted: Rule,
    text: &str,
    lower: impl FnOnce(&mut Parts<'_, '_>) -> Option<T>,
) -> Option<T> {
    read_in(NOWHERE, text, 0..text.len(), wanted, lower)
}

fn read_in<T>(
    file: FileId,
    text: &str,
    place: Range<usize>,
    wanted: Rule,
    lower: impl FnOnce(&mut Parts<'_, '_>) -> Option<T>,
) -> Option<T> {
    let base = place.start;
    let flat = Outline::of(file, text.get(place)?).flat;
    let pairs = Grammar::parse(wanted, &flat).ok()?;
    let lowering = Lowering::new(file, text, base, pairs);
    let value = lower(&mut lowering.parts())?;
    lowering.into_mistakes().is_empty().then_some(value)
}

#[cfg(test)]
mod tests {
    use super::{parse_constant, parse_likelihood};
    use crate::syntax::tree::{Constant, Likelihood};

    #[test]
    fn likelihoods() {
        assert!(matches!(parse_likelihood("60%"), Some(Likelihood::Number(n)) if n.value == 0.6));
        assert!(matches!(parse_likelihood("0.5..0.7"), Some(Likelihood::Range(..))));
        assert!(matches!(parse_likelihood(" likely "), Some(Likelihood::Word(_))));
        assert!(parse_likelihood("").is_none());
        assert!(parse_likelihood("60% 70%").is_none());
    }

    #[test]
    fn constants() {
        assert!(matches!(parse_constant("-3"), Some(Constant::Integer(n)) if n.value == -3));
        assert!(matches!(parse_constant("no"), Some(Constant::Name(n)) if n.text == "no"));
        assert!(matches!(parse_constant("\"a\""), Some(Constant::Text(t)) if t.value == "a"));
        assert!(parse_constant("\"\\q\"").is_none());
        assert!(parse_constant("3.5").is_none());
    }
}
