//! What a page about drivers is made from, and what its things are called.

use super::evidence::how_often;
use super::labels;
use crate::analysis::{
    Alternate, DrivenOutcome, Drivers, Flip, FlipOf, Lever, LikelihoodDriver, Replacement, Slope,
    Swing,
};
use crate::model::{DeclarationKind, Model, Outcome, OutcomeId, Reading};
use crate::report::percent::points;
use crate::report::{Repeat, percent};

/// What a page about drivers is made from.
#[derive(Clone, Copy, Debug)]
pub struct DriversReport<'a> {
    /// The scenario's path as the user wrote it.
    pub file: &'a str,
    /// The scenario, as it was read and changed.
    pub model: &'a Model,
    /// What its outcomes hang on.
    pub drivers: &'a Drivers,
    /// What is needed to find the same again.
    pub repeat: &'a Repeat,
    /// The outcomes that were asked for by name; empty for all.
    pub asked: &'a [String],
    /// How many rows a table has on pages for people.
    pub top: usize,
}

/// Values of one thing that come to the same.
#[derive(Clone, Debug)]
pub struct Alike<'a> {
    /// The values, in their order: `wary, neutral`.
    pub values: String,
    /// The outcomes with each of them, as in [`Alternate::estimates`].
    pub estimates: Option<&'a [f64]>,
}

/// How many outcomes pages for people are about, if none was asked for by name.
const LEADING: usize = 3;

/// A likelihood (in percent) that is no further from a short number than this flips at that number; the
/// search stops a little behind it.
const EDGE: f64 = 1e-4;

/// Below this much, a difference is noise of the computation.
const NOISE: f64 = 1e-9;

/// What is less probable, or a smaller change, than this is not worth a line.
const NOTHING: f64 = 5e-4;

impl<'a> DriversReport<'a> {
    /// What pages for people tell of replacements: those that change some of these outcomes, each
    /// with the values that do, or that cannot run; of decisions all options. Values that come to
    /// the same stand together.
    #[must_use]
    pub fn replaced(&self, outcomes: &[usize]) -> Vec<(&'a Replacement, Vec<Alike<'a>>)> {
        let changes = |other: &Alternate| match &other.estimates {
            None => true,
            Some(_) if other.torn.is_some() => true,
            Some(all) => {
                let change = |&at: &usize| (all[at] - self.drivers.outcomes[at].estimate).abs();
                outcomes.iter().map(change).fold(0.0, f64::max) > NOTHING
            }
        };
        let told = |one: &'a Replacement| {
            let whole = one.present.is_none() && one.others.iter().any(changes);
            let values: Vec<&Alternate> =
                one.others.iter().filter(|other| whole || changes(other)).collect();
            (
                one,
                values.chunk_by(|one, other| alike(one, other, outcomes)).map(Alike::of).collect(),
            )
        };
        let mut all: Vec<(_, Vec<_>)> = self.drivers.replacements.iter().map(told).collect();
        all.retain(|(_, values)| !values.is_empty());
        all
    }

    /// The outcomes that pages for people are about, as indices of [`Drivers::outcomes`]: those
    /// asked for; otherwise the most probable.
    #[must_use]
    pub fn leading(&self) -> Vec<usize> {
        let all = 0..self.drivers.outcomes.len();
        if !self.asked.is_empty() {
            return all.collect();
        }
        let possible = |at: &usize| *at == 0 || self.drivers.outcomes[*at].estimate > NOTHING;
        all.filter(possible).take(LEADING).collect()
    }

    /// The reading that it is about; `None` is the scenario as written.
    #[must_use]
    pub fn reading(&self) -> Option<&'a Reading> {
        self.model.readings.get(self.drivers.reading?)
    }

    /// An outcome.
    #[must_use]
    pub fn outcome(&self, id: OutcomeId) -> &'a Outcome {
        &self.model.outcomes[id.index()]
    }

    /// An outcome of [`Drivers::outcomes`].
    #[must_use]
    pub fn driven(&self, at: usize) -> (&'a Outcome, DrivenOutcome) {
        let driven = self.drivers.outcomes[at];
        (self.outcome(driven.outcome), driven)
    }

    /// The likelihoods with a range, by their swing of this outcome, the largest first. Those that do
    /// not move it are left out.
    #[must_use]
    pub fn tornado(&self, outcome: usize) -> Vec<Bar<'a>> {
        let bar = |likelihood: &'a LikelihoodDriver| {
            let swing = likelihood.swing.as_ref()?;
            Some(Bar { likelihood, swing, outcome })
        };
        let mut bars: Vec<Bar<'a>> = self.drivers.likelihoods.iter().filter_map(bar).collect();
        let size = |bar: &Bar<'_>| (bar.swing.spread(bar.outcome) * 1e8).round();
        bars.retain(|bar| size(bar) > 0.0);
        bars.sort_by(|one, other| size(other).total_cmp(&size(one)));
        bars
    }

    /// The likelihoods by the steepest slope of these outcomes.
    #[must_use]
    pub fn steepest(&self, outcomes: &[usize]) -> Vec<&'a LikelihoodDriver> {
        let size = |one: &LikelihoodDriver| {
            let sizes = outcomes.iter().map(|&at| one.slopes[at].size());
            (sizes.fold(0.0, f64::max) * 1e8).round()
        };
        let mut all: Vec<&LikelihoodDriver> = self.drivers.likelihoods.iter().collect();
        all.retain(|one| size(one) > 0.0);
        all.sort_by(|one, other| size(other).total_cmp(&size(one)));
        all
    }

    /// What flips, in words that follow a comma.
    #[must_use]
    pub fn consequence(&self, what: FlipOf, quote: &dyn Fn(&str) -> String) -> String {
        match what {
            FlipOf::Leading { from, to } => format!(
                "the most probable outcome would be {} instead of {}",
                quote(&self.outcome(to).title),
                quote(&self.outcome(from).title)
            ),
            FlipOf::Expectation { index, holds } => {
                let expectation = &self.model.expectations[index];
                let verb = if holds { "would hold" } else { "would no longer hold" };
                format!("the expectation {} {verb}", quote(&expectation.text))
            }
        }
    }

    /// The likelihood that flips something.
    #[must_use]
    pub fn likelihood_of(&self, flip: &Flip) -> &'a LikelihoodDriver {
        &self.drivers.likelihoods[flip.likelihood]
    }
}

/// How an outcome moves over the range of a likelihood.
#[derive(Clone, Copy, Debug)]
pub struct Bar<'a> {
    /// The likelihood.
    pub likelihood: &'a LikelihoodDriver,
    /// Its swing.
    pub swing: &'a Swing,
    /// The outcome, as an index of [`Drivers::outcomes`].
    pub outcome: usize,
}

impl Bar<'_> {
    /// The estimates at the low end, where it turns, and at the high end.
    #[must_use]
    pub fn path(&self) -> Vec<f64> {
        self.swing.path(self.outcome).map(|one| one.estimate).collect()
    }

    /// The estimates at the ends.
    #[must_use]
    pub fn ends(&self) -> [f64; 2] {
        [self.swing.at_low[self.outcome], self.swing.at_high[self.outcome]]
    }

    /// The lowest and the highest estimate.
    #[must_use]
    pub fn extremes(&self) -> [f64; 2] {
        self.swing.extremes(self.outcome).map(|one| one.estimate)
    }

    /// `25% in between`, `8% and 12% in between`, where it is lower or higher there than at both ends.
    #[must_use]
    pub fn between(&self) -> Option<String> {
        let turnings = self.swing.turnings[self.outcome].iter();
        let told: Vec<String> = turnings.map(|one| percent(one.estimate)).collect();
        (!told.is_empty()).then(|| format!("{} in between", told.join(" and ")))
    }

    /// The swing in points: with its sign where it is that from one end to the other.
    #[must_use]
    pub fn points(&self) -> String {
        let [low, high] = self.ends();
        if self.swing.turnings[self.outcome].is_empty() {
            points(high - low)
        } else {
            points(self.swing.spread(self.outcome)).replacen('+', "±", 1)
        }
    }
}

impl<'a> Alike<'a> {
    /// Of these, one of which is there.
    fn of(same: &[&'a Alternate]) -> Self {
        let value = |one: &&Alternate| match &one.torn {
            Some(torn) => format!("{} (contradictory {})", one.value, how_often(torn)),
            None => one.value.clone(),
        };
        let values: Vec<String> = same.iter().map(value).collect();
        let estimates = same.first().and_then(|one| one.estimates.as_deref());
        Self { values: values.join(", "), estimates }
    }
}

/// Whether two values come to the same for these outcomes.
fn alike(one: &Alternate, other: &Alternate, outcomes: &[usize]) -> bool {
    if one.torn.is_some() || other.torn.is_some() {
        return false;
    }
    match (&one.estimates, &other.estimates) {
        (Some(one), Some(other)) => outcomes.iter().all(|&at| (one[at] - other[at]).abs() <= NOISE),
        (None, None) => true,
        (None, Some(_)) | (Some(_), None) => false,
    }
}

/// What a likelihood is: `param`, `rule` or `decision`.
#[must_use]
pub fn kind(model: &Model, lever: Lever) -> &'static str {
    match lever {
        Lever::Param(_) => "param",
        Lever::Alternative(id, _) => match model.declarations[id.index()].kind {
            DeclarationKind::Rule | DeclarationKind::Becomes => "rule",
            DeclarationKind::Decision => "decision",
        },
    }
}

/// The title of what a likelihood belongs to.
#[must_use]
pub fn title(model: &Model, lever: Lever) -> &str {
    match lever {
        Lever::Param(id) => &model.params[id.index()].title,
        Lever::Alternative(id, _) => &model.declarations[id.index()].title,
    }
}

/// The value of a likelihood that flips something and the present one, in percent. The first is rounded
/// away from the present one: with what is printed it has flipped. Where it flips as soon as a short
/// number is passed, that is said, and both have as many decimals as tell them apart.
#[must_use]
pub fn flip_percents(flip: &Flip) -> (String, String) {
    let up = flip.to > flip.from;
    let passed = if up { "just above" } else { "just below" };
    (1..=3)
        .map(|decimals| {
            let unit = 10_f64.powi(decimals);
            let (to, from) = (flip.to * 100.0 * unit, flip.from * 100.0 * unit);
            let beyond = if up { to - to.round() } else { to.round() - to };
            let is_end = flip.to <= 0.0 || flip.to >= 1.0;
            let short = |value: f64| format!("{}%", value.round() / unit);
            if !is_end && (-EDGE..EDGE).contains(&(beyond / unit)) {
                (format!("{passed} {}", short(to)), short(from))
            } else {
                (short(if up { to.ceil() } else { to.floor() }), short(from))
            }
        })
        .find(|(to, from)| to != from)
        .unwrap_or_else(|| (format!("{passed} {}", percent(flip.from)), percent(flip.from)))
}

/// A slope from one side: points of the outcome for one point of the likelihood.
#[must_use]
pub fn slope(value: f64) -> String {
    let hundredths = (value.abs() * 100.0).round();
    let sign = if value < 0.0 { '-' } else { '+' };
    if value.abs() <= 1e-8 {
        "±0".to_owned()
    } else if hundredths < 1.0 {
        format!("{sign}<0.01")
    } else {
        format!("{sign}{:.2}", hundredths / 100.0)
    }
}

/// A slope in a cell of a table: one number where both sides agree.
#[must_use]
pub fn slopes(both: Slope) -> String {
    match (both.single(), both.falling, both.rising) {
        (Some(value), ..) => slope(value),
        (None, Some(falling), Some(rising)) => {
            format!("{} ↓ {} ↑", slope(falling), slope(rising))
        }
        (None, _, _) => "—".to_owned(),
    }
}

/// How to read a tornado.
pub const LEGEND: &str = "the outcome over the range of one likelihood, all others at their \
     estimates: at its low end, where it turns, at its high end; the largest swing first";

/// How to read slopes.
pub const SLOPES: &str = "points of the outcome for one point of the likelihood, from where it stands; \
     two numbers where less (↓) and more (↑) of it take from different alternatives";

/// What is said where nothing flips.
pub const NO_FLIP: &str = "Nothing: no change of a single likelihood does.";

/// What has to be said before the numbers.
#[must_use]
pub fn notes(report: &DriversReport<'_>) -> Vec<String> {
    let drivers = report.drivers;
    let mut notes: Vec<String> = drivers.observation.map(labels::given).into_iter().collect();
    let left = drivers.outcomes.len() - report.leading().len();
    if left > 0 {
        let verb = if left == 1 { "is" } else { "are" };
        notes.push(format!(
            "About the most probable outcomes; {left} more {verb} told by `escalade drivers FILE --outcome NAME`."
        ));
    }
    if drivers.narrow {
        notes.push(
            "Likelihoods were moved only as far as nothing becomes possible that is not so now: all that others \
             could lead to cannot be explored here."
                .to_owned(),
        );
    }
    notes
}

/// What stands on its edge, in sentences.
#[must_use]
pub fn edges(report: &DriversReport<'_>, quote: &dyn Fn(&str) -> String) -> Vec<String> {
    let sentence = |what: &FlipOf| match *what {
        FlipOf::Leading { from, to } => format!(
            "{} and {} are equally probable: any change makes one of them the most probable.",
            quote(&report.outcome(from).title),
            quote(&report.outcome(to).title)
        ),
        FlipOf::Expectation { index, .. } => format!(
            "The expectation {} stands exactly on its limit: any change for the worse breaks it.",
            quote(&report.model.expectations[index].text)
        ),
    };
    report.drivers.edges.iter().map(sentence).collect()
}

#[cfg(test)]
mod tests {
    use super::{Flip, FlipOf, flip_percents};

    #[test]
    fn what_is_printed_has_flipped() {
        let cases = [
            (0.675, 0.491_23, "49.1%", "67.5%"),
            (0.125, 0.179_01, "18%", "12.5%"),
            (0.3, 0.6 + 2e-9, "just above 60%", "30%"),
            (0.3, 0.6 - 2e-9, "just above 60%", "30%"),
            (0.3, 0.2 - 2e-9, "just below 20%", "30%"),
            (0.3, 1.0, "100%", "30%"),
            (0.3, 0.0, "0%", "30%"),
            (0.125_61, 0.125_93, "12.6%", "12.56%"),
            (0.3, 0.3 + 2e-9, "just above 30%", "30%"),
        ];
        for (from, to, printed, present) in cases {
            let what = FlipOf::Expectation { index: 0, holds: false };
            let flip = Flip { likelihood: 0, from, to, what, others_give_way: false };
            assert_eq!(flip_percents(&flip), (printed.to_owned(), present.to_owned()), "{to}");
        }
    }
}
