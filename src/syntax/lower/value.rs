//! Names, numbers, dates, durations, constants and likelihoods.

use super::nodes::Pair;
use super::{Lowering, Parts};
use crate::diagnostic::pages::syntax::UNKNOWN_UNIT;
use crate::diagnostic::{Diagnostic, suggest};
use crate::syntax::grammar::Rule;
use crate::syntax::tree::{Constant, Date, Duration, Integer, Likelihood, Name, Number};

/// The units of time, and turns.
const UNITS: [&str; 10] =
    ["day", "days", "week", "weeks", "month", "months", "year", "years", "turn", "turns"];

impl Lowering<'_> {
    /// A name, or a keyword that stands for one.
    pub fn name(&self, pair: Pair) -> Name {
        Name::written(self.written(pair), self.span(pair))
    }

    /// A whole number; it saturates.
    pub fn integer(&self, pair: Pair) -> Integer {
        let written = self.written(pair);
        let least = if written.starts_with('-') { i64::MIN } else { i64::MAX };
        let value = written.parse().unwrap_or(least);
        Integer { value, written: written.to_owned(), span: self.span(pair) }
    }

    /// A number, perhaps in percent.
    pub fn number(&self, pair: Pair) -> Number {
        let written = self.written(pair);
        let (digits, percent) =
            written.strip_suffix('%').map_or((written, false), |digits| (digits, true));
        // The double nearest to the decimal: dividing by 100 would round twice.
        let value = if percent { format!("{digits}e-2").parse() } else { digits.parse() };
        let value = value.unwrap_or(f64::INFINITY);
        Number { value, written: written.to_owned(), span: self.span(pair) }
    }

    /// A date, unchecked.
    pub fn date(&self, pair: Pair) -> Date {
        Date { written: self.written(pair).to_owned(), span: self.span(pair) }
    }
}

impl Parts<'_, '_> {
    /// The date that follows.
    pub fn date(&mut self) -> Option<Date> {
        let pair = self.take(Rule::date)?;
        Some(self.lowering.date(pair))
    }

    /// The whole number that follows, with or without a sign, as `rule` says.
    pub fn integer(&mut self, rule: Rule) -> Option<Integer> {
        let pair = self.take(rule)?;
        Some(self.lowering.integer(pair))
    }

    /// The number that follows.
    pub fn number(&mut self) -> Option<Number> {
        let pair = self.take(Rule::number)?;
        Some(self.lowering.number(pair))
    }

    /// The duration that follows.
    pub fn duration(&mut self) -> Option<Duration> {
        self.inside(Rule::duration, |duration| {
            let count = duration.integer(Rule::whole)?;
            let unit = duration.take(Rule::unit)?;
            duration.unit(unit).map(|unit| Duration { count, unit })
        })
    }

    /// A unit of time; an unknown one is told.
    fn unit(&self, pair: Pair) -> Option<Name> {
        let unit = self.lowering.name(pair);
        if UNITS.contains(&unit.text.as_str()) {
            return Some(unit);
        }
        let message = format!("`{}` is no unit of time", unit.text);
        let help = suggest::did_you_mean(&unit.text, UNITS.into_iter()).unwrap_or_else(|| {
            "the units are days, weeks, months, years and turns, each also in the singular".into()
        });
        self.lowering.tell(Diagnostic::new(UNKNOWN_UNIT, unit.span, message).help(help));
        None
    }

    /// The constant that follows.
    pub fn constant(&mut self) -> Option<Constant> {
        self.inside(Rule::constant, |constant| {
            let value = constant.next()?;
            Some(match constant.lowering.rule(value) {
                Rule::integer => Constant::Integer(constant.lowering.integer(value)),
                Rule::text => Constant::Text(constant.lowering.text(value)),
                _ => Constant::Name(constant.lowering.name(value)),
            })
        })
    }

    /// The likelihood that follows: a number, a range or a word.
    pub fn likelihood(&mut self) -> Option<Likelihood> {
        self.inside(Rule::likelihood, |likelihood| {
            let Some(low) = likelihood.number() else {
                let word = likelihood.take(Rule::likelihood_word)?;
                return Some(Likelihood::Word(likelihood.lowering.name(word)));
            };
            Some(match likelihood.number() {
                Some(high) => Likelihood::Range(low, high),
                None => Likelihood::Number(low),
            })
        })
    }
}
