//! Likelihoods as they are written: with more digits than a judgement has, or words beside numbers.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::pages::lints::{FALSE_PRECISION, MIXED};
use crate::model::names::Entry;
use crate::model::resolve::Builder;
use crate::model::resolve::likelihoods::{IN_SO_MANY_WORDS, word_of};
use crate::syntax::tree::{
    Clause, ClauseKind, ItemKind, Likelihood, Name, Number, PositionPart, ReadingPartKind,
};

/// More digits behind the point than this are too many whatever stands there.
const MOST_DECIMALS: usize = 20;

impl Builder<'_> {
    /// Doubts about how likelihoods are written.
    pub(in crate::model::resolve) fn odd_numbers(&self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let mut look = |likelihood: &Likelihood| found.extend(too_exact(likelihood));
        for item in self.items {
            match &item.kind {
                ItemKind::Rule(rule) => likelihoods(&rule.clauses).for_each(&mut look),
                ItemKind::Decision(decision) => likelihoods(&decision.clauses).for_each(&mut look),
                ItemKind::Param(param) => look(&param.value),
                ItemKind::Lexicon(lexicon) => {
                    lexicon.words.iter().for_each(|word| look(&word.value));
                }
                ItemKind::Position(position) => {
                    for part in &position.parts {
                        if let PositionPart::Becomes { likelihood: Some(given), .. } = part {
                            look(given);
                        }
                    }
                }
                ItemKind::Reading(reading) => {
                    for part in &reading.parts {
                        if let ReadingPartKind::Param { value, .. }
                        | ReadingPartKind::Rule { value, .. } = &part.kind
                        {
                            look(value);
                        }
                    }
                }
                _ => {}
            }
        }
        let draws = self.items.iter().filter_map(|item| match &item.kind {
            ItemKind::Rule(rule) => Some((&rule.name, &rule.clauses)),
            ItemKind::Decision(decision) => Some((&decision.name, &decision.clauses)),
            _ => None,
        });
        found.extend(draws.filter_map(|(name, clauses)| self.mixed(name, clauses)));
        found
    }

    /// A word and a bare number in one draw: the word is a range, and the number has no room at all.
    fn mixed(&self, name: &Name, clauses: &[Clause]) -> Option<Diagnostic> {
        let vague = |word: &&Name| {
            let known = self.names.get(&word.text).map(|named| named.entry);
            matches!(known, Some(Entry::Word(_))) && !IN_SO_MANY_WORDS.contains(&word.text.as_str())
        };
        let word = likelihoods(clauses).find_map(|given| match given {
            Likelihood::Word(word) => Some(word).filter(vague),
            Likelihood::Number(_) | Likelihood::Range(..) => None,
        })?;
        let number = likelihoods(clauses).find_map(|given| match given {
            Likelihood::Number(number) => {
                Some(number).filter(|number| 0.0 < number.value && number.value < 1.0)
            }
            Likelihood::Range(..) | Likelihood::Word(_) => None,
        })?;
        let message = format!(
            "`{}` mixes the word `{}` with the bare number {}",
            name.text, word.text, number.written
        );
        let help = match word_of(number.value) {
            Some(word) => {
                format!("write both as words, or the number as a range or a word such as `{word}`")
            }
            None => "write the number as a range, or give it a word in a `lexicon`".to_owned(),
        };
        Some(
            Diagnostic::new(MIXED, number.span, message)
                .label("exactly this, whatever the bounds")
                .also(word.span, "anything in a range")
                .help(help),
        )
    }
}

/// The likelihoods of a draw's alternatives or options.
fn likelihoods(clauses: &[Clause]) -> impl Iterator<Item = &Likelihood> {
    clauses.iter().filter_map(|clause| match &clause.kind {
        ClauseKind::Then(branch) | ClauseKind::Or(branch) | ClauseKind::Option { branch, .. } => {
            branch.likelihood.as_ref()
        }
        ClauseKind::On(_)
        | ClauseKind::When(_)
        | ClauseKind::While(_)
        | ClauseKind::If(_)
        | ClauseKind::Else(_)
        | ClauseKind::Because(_)
        | ClauseKind::Once
        | ClauseKind::Priority(_) => None,
    })
}

fn too_exact(likelihood: &Likelihood) -> Vec<Diagnostic> {
    let (numbers, range) = match likelihood {
        Likelihood::Number(number) => (vec![number], false),
        Likelihood::Range(low, high) => (vec![low, high], true),
        Likelihood::Word(_) => (Vec::new(), false),
    };
    let doubtful = numbers.into_iter().filter(|number| is_too_exact(&number.written));
    doubtful.map(|number| doubt(number, range)).collect()
}

fn doubt(number: &Number, range: bool) -> Diagnostic {
    let message = format!("{} claims more than a judgement can know", number.written);
    let percent = number.value * 100.0;
    let near = 100.0 - percent < 1.0 || percent < 1.0;
    let help = match (near, (5.0..=95.0).contains(&percent)) {
        (true, _) => "round it to two digits that count".to_owned(),
        (false, true) => format!("write `{percent:.0}%`"),
        (false, false) => {
            let tenths = format!("{percent:.1}");
            format!("write `{}%`", tenths.trim_end_matches(".0"))
        }
    };
    let help = match word_of(number.value).filter(|_| !range) {
        Some(word) => format!("{help}, or a range, or a word such as `{word}`"),
        None if range => help,
        None => format!("{help}, or a range"),
    };
    Diagnostic::new(FALSE_PRECISION, number.span, message).help(help)
}

/// Whether a number has more digits than whole percents, near the ends (below 5%, above 95%) than
/// tenths of one, and nearer than 1% than two digits. Zeros at the end count for nothing.
fn is_too_exact(written: &str) -> bool {
    let (digits, hidden) = match written.strip_suffix('%') {
        Some(digits) => (digits, 0),
        // Two of the digits behind the point are those of whole percents.
        None => (written, 2),
    };
    let Some((whole, fraction)) = digits.split_once('.') else { return false };
    let fraction = fraction.trim_end_matches('0');
    let decimals = fraction.len().saturating_sub(hidden);
    if decimals == 0 {
        return false;
    }
    let all = format!("{whole}{fraction}").parse::<u128>();
    let (Ok(value), true) = (all, decimals <= MOST_DECIMALS) else { return true };
    let percent = 10_u128.pow(u32::try_from(decimals).unwrap_or_default());
    // How far it is from the nearer end.
    let far = value.min((100 * percent).saturating_sub(value));
    if far >= percent { far >= 5 * percent || decimals > 1 } else { far >= 100 }
}

#[cfg(test)]
mod tests {
    use super::is_too_exact;

    #[test]
    fn judgement_has_few_digits() {
        for fine in [
            "63%", "0.63", "60.0%", "0.5", "4.5%", "0.045", "97.5%", "99.9%", "99.95%", "0.25%",
            "0.0025", "1", "100%", "0.00001%",
        ] {
            assert!(!is_too_exact(fine), "{fine}");
        }
        for odd in [
            "63.7%",
            "0.637",
            "0.123",
            "33.33%",
            "5.5%",
            "94.5%",
            "4.25%",
            "98.55%",
            "0.125%",
            "0.333333333333333333333333333333333333333333",
        ] {
            assert!(is_too_exact(odd), "{odd}");
        }
    }
}
