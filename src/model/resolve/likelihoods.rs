//! Likelihoods: numbers, ranges, words and params.

use super::{Builder, title_or};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::pages::{meaning, types};
use crate::model::names::{Entry, Wanted};
use crate::model::{Likelihood, Param, ParamId, WORDS, exact};
use crate::syntax::tree::{self, Name, Number};
use num_rational::BigRational;
use num_traits::{One, ToPrimitive};

/// The words that leave nothing open.
pub(super) const IN_SO_MANY_WORDS: [&str; 2] = ["certain", "impossible"];

/// The built-in word whose range a probability lies in.
pub(super) fn word_of(value: f64) -> Option<&'static str> {
    let fits = |(_, low, high): &&(&str, f64, f64)| (*low..=*high).contains(&value);
    WORDS.iter().find(fits).map(|(word, ..)| *word)
}

/// How far a sum of likelihoods that were computed, not written, may miss by rounding.
const ROUNDING: f64 = 1e-15;

/// A param or a word, and how far it has been found out.
pub(super) struct NamedLikelihood<'a> {
    tree: Option<&'a tree::Param>,
    param: Option<ParamId>,
    state: State,
}

enum State {
    /// Not looked at.
    Open,
    /// Being found out: to meet it again is a circle.
    Underway,
    /// Found out; `None` where it was wrong.
    Known(Option<Likelihood>),
}

impl<'a> NamedLikelihood<'a> {
    fn value(&self) -> Option<Likelihood> {
        match &self.state {
            State::Known(value) => value.clone(),
            State::Open | State::Underway => None,
        }
    }

    /// The param that it is; `None` for a word.
    pub(super) fn param(&self) -> Option<ParamId> {
        self.param
    }

    /// One that a file declares.
    pub(super) fn written(tree: &'a tree::Param, param: Option<ParamId>) -> Self {
        Self { tree: Some(tree), param, state: State::Open }
    }
}

impl<'a> Builder<'a> {
    pub(super) fn declare_built_in_words(&mut self) {
        for (word, low, high) in WORDS {
            let number = self.likelihoods.len();
            let value = Likelihood { low, high, param: None, text: word.to_owned() };
            self.likelihoods.push(NamedLikelihood {
                tree: None,
                param: None,
                state: State::Known(Some(value)),
            });
            self.names.declare(word, Entry::Word(number), None);
        }
    }

    pub(super) fn build_params(&mut self) {
        for number in 0..self.likelihoods.len() {
            self.find_out(number);
        }
        let wrong = self.likelihoods.iter().find(|likelihood| likelihood.value().is_none());
        if let Some(tree) = wrong.and_then(|likelihood| likelihood.tree) {
            self.leave_out(tree.name.span);
        }
        for likelihood in &self.likelihoods {
            // A wrong one has been reported; it keeps its number.
            let value = likelihood.value().unwrap_or_else(certain);
            let name = likelihood.tree.map_or(&value.text, |tree| &tree.name.text).clone();
            let title = title_or(likelihood.tree.and_then(|tree| tree.title.as_ref()), &name);
            let param = Param { name, title, value };
            match likelihood.param {
                Some(_) => self.model.params.push(param),
                None => self.model.lexicon.push(param),
            }
        }
    }

    /// Finds out what a named likelihood is worth, and what it is defined by first; without
    /// recursion, for a chain of them may be as long as a file.
    fn find_out(&mut self, number: usize) {
        let mut path = vec![number];
        while let Some(&number) = path.last() {
            let Some(tree) = self.likelihoods[number].tree else { return };
            if matches!(self.likelihoods[number].state, State::Known(_)) {
                path.pop();
                continue;
            }
            self.likelihoods[number].state = State::Underway;
            if let tree::Likelihood::Word(name) = &tree.value
                && let Some(Entry::Param(inner) | Entry::Word(inner)) =
                    self.names.get(&name.text).map(|named| named.entry)
            {
                match self.likelihoods[inner].state {
                    State::Open => {
                        path.push(inner);
                        continue;
                    }
                    State::Underway => {
                        self.report_likelihood_circle(&tree.name, name);
                        self.likelihoods[number].state = State::Known(None);
                        continue;
                    }
                    State::Known(_) => {}
                }
            }
            let value = self.likelihood(&tree.value);
            self.likelihoods[number].state = State::Known(value);
        }
    }

    fn report_likelihood_circle(&mut self, of: &Name, name: &Name) {
        let message = format!("the likelihood `{}` is defined by itself", of.text);
        self.report(
            Diagnostic::new(meaning::LIKELIHOOD_CIRCLE, name.span, message)
                .label("this closes the circle")
                .also(of.span, "defined here")
                .help("give one of the circle a number, a range or a word"),
        );
    }

    /// A likelihood with its ends checked.
    pub(super) fn likelihood(&mut self, tree: &tree::Likelihood) -> Option<Likelihood> {
        match tree {
            tree::Likelihood::Number(number) => {
                let value = self.probability(number)?;
                Some(Likelihood {
                    low: value,
                    high: value,
                    param: None,
                    text: number.written.clone(),
                })
            }
            tree::Likelihood::Range(low, high) => self.range(low, high),
            tree::Likelihood::Word(name) => self.named_likelihood(name),
        }
    }

    fn range(&mut self, low: &Number, high: &Number) -> Option<Likelihood> {
        let low_value = self.probability(low);
        let high_value = self.probability(high);
        let (low_value, high_value) = (low_value?, high_value?);
        let text = format!("{}..{}", low.written, high.written);
        if low_value > high_value {
            let message = format!("the range {text} is upside down");
            self.report(
                Diagnostic::new(types::UPSIDE_DOWN, low.span.to(high.span), message)
                    .help(format!("the low end comes first: `{}..{}`", high.written, low.written)),
            );
            return None;
        }
        Some(Likelihood { low: low_value, high: high_value, param: None, text })
    }

    fn named_likelihood(&mut self, name: &Name) -> Option<Likelihood> {
        let (Entry::Param(number) | Entry::Word(number)) = self.find(name, Wanted::Likelihood)?
        else {
            return None;
        };
        let named = &self.likelihoods[number];
        let State::Known(value) = &named.state else { return None };
        let mut value = value.clone()?;
        value.param = named.param.or(value.param);
        value.text.clone_from(&name.text);
        Some(value)
    }

    /// A number from 0 to 1.
    pub(super) fn probability(&mut self, number: &Number) -> Option<f64> {
        if (0.0..=1.0).contains(&number.value) {
            if number.rounds_to_an_end() {
                let end = if number.value > 0.5 { "certain" } else { "impossible" };
                let message = format!(
                    "{} has more digits than are kept: it would count as `{end}`",
                    number.written
                );
                self.report(
                    Diagnostic::new(types::LIKELIHOOD_OUTSIDE, number.span, message)
                        .help(format!("write at most 15 digits that are not 0 or 9, or `{end}`")),
                );
                return None;
            }
            return Some(number.value);
        }
        let message = format!("a likelihood lies between 0% and 100%, not at {}", number.written);
        let mut diagnostic = Diagnostic::new(types::LIKELIHOOD_OUTSIDE, number.span, message);
        if number.value > 1.0 && number.value <= 100.0 && !number.written.contains(['%', '.']) {
            let percent = format!("{}%", number.written);
            diagnostic = diagnostic.help(format!("write `{percent}`")).fix(number.span, percent);
        }
        self.report(diagnostic);
        None
    }
}

/// The likelihood of what is sure to happen.
pub(super) fn certain() -> Likelihood {
    Likelihood { low: 1.0, high: 1.0, param: None, text: "certain".to_owned() }
}

/// Why the likelihoods of a rule's alternatives, or a decision's options, cannot be, where they
/// cannot. Each is its low and its high end, `None` where an option gives none.
pub(in crate::model) fn sum_mistake(
    ends: &[Option<(f64, f64)>],
    decision: bool,
) -> Option<SumMistake> {
    let low = || ends.iter().flatten().map(|(low, _)| *low);
    if above_one(low()) > ROUNDING {
        return Some(SumMistake::AboveOne(low().sum()));
    }
    let all_given = ends.iter().all(Option::is_some);
    let high = || ends.iter().flatten().map(|(_, high)| *high);
    if decision && all_given && above_one(high()) < -ROUNDING {
        return Some(SumMistake::BelowOne(high().sum()));
    }
    None
}

/// How far decimals add up to more than 1, exactly where it is little.
fn above_one(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let above = values.clone().sum::<f64>() - 1.0;
    if above.abs() > 1e-9 {
        return above;
    }
    let sum: BigRational = values.map(exact).sum();
    (sum - BigRational::one()).to_f64().unwrap_or(above)
}

/// Likelihoods that cannot be together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::model) enum SumMistake {
    /// The low ends add up to this.
    AboveOne(f64),
    /// All options have likelihoods, and their high ends add up to only this.
    BelowOne(f64),
}

impl SumMistake {
    /// The diagnostic of this mistake in a rule or decision.
    pub(in crate::model) fn diagnostic(
        self,
        place: crate::source::Span,
        decision: bool,
        name: &str,
    ) -> Diagnostic {
        let parts = if decision { "options" } else { "alternatives" };
        match self {
            Self::AboveOne(sum) => Diagnostic::new(
                types::SUM_ABOVE_ONE,
                place,
                format!(
                    "the {parts} of `{name}` add up to more than 100%: their low ends to {}",
                    percent(sum)
                ),
            )
            .help("lower some of the likelihoods: of these only one can happen"),
            Self::BelowOne(sum) => Diagnostic::new(
                types::OPTIONS_DO_NOT_ADD_UP,
                place,
                format!(
                    "the options of `{name}` add up to less than 100%: their high ends to {}",
                    percent(sum)
                ),
            )
            .help("raise some of them, or leave one out: it gets what the others leave"),
        }
    }
}

/// A probability as people write it, without needless digits.
fn percent(value: f64) -> String {
    let text = format!("{:.4}", value * 100.0);
    format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
}
