//! What comparisons say, in words, for every form of report.

use super::results::{ExpectationChange, Value, ValueChange};
use super::{ComparisonReport, SideReport};
use crate::analysis::{Attribution, Bundle, SharesMethod};
use crate::model::{Difference, PartChange, Status};
use crate::report::percent::points;
use crate::report::text::{interval, method as method_of};
use crate::report::{counted, percent};
use crate::source::{Sources, Span};

/// A share below half a tenth of a point is not told alone.
const SMALL: f64 = 5e-4;

/// The sign of a difference.
pub(super) fn sign(status: Status) -> char {
    match status {
        Status::Added => '+',
        Status::Removed => '-',
        Status::Changed => '~',
    }
}

/// `line 12`, `line 12 → 14`; nothing for what stands on the command line.
pub(super) fn place(difference: &Difference, sources: &Sources) -> String {
    let line = |span: Span| sources.file(span.file).place(span.start).line;
    match (difference.left.map(line), difference.right.map(line)) {
        (Some(before), Some(after)) if before != after => format!("line {before} → {after}"),
        (Some(line), _) | (None, Some(line)) => format!("line {line}"),
        (None, None) => String::new(),
    }
}

/// `likelihood: unlikely → likely`.
pub(super) fn part(part: &PartChange) -> String {
    let PartChange { part, before, after, matters: _ } = part;
    match (before, after) {
        (Some(before), Some(after)) => format!("{part}: {before} → {after}"),
        (None, Some(_)) if part == "struck out" => part.clone(),
        (Some(_), None) if part == "struck out" => "no longer struck out".to_owned(),
        (Some(before), None) if before.is_empty() => format!("without {part}"),
        (None, Some(after)) if after.is_empty() => format!("with {part}"),
        (Some(before), None) => format!("{part}: {before} → none"),
        (None, Some(after)) => format!("{part}: none → {after}"),
        (None, None) => part.clone(),
    }
}

/// How many differences there are.
pub(super) fn count(differences: &[Difference]) -> String {
    if differences.is_empty() {
        return "no difference in meaning".to_owned();
    }
    let matter = differences.iter().filter(|it| it.matters).count();
    let without = differences.len() - matter;
    let all = counted(differences.len(), "difference");
    match (matter, without) {
        (_, 0) => all,
        (0, _) => format!("{all}, none of which results can hang on"),
        (_, _) => format!("{all}, {without} of them without effect on results"),
    }
}

/// `12% → 22% (+10)`.
pub(super) fn change(before: f64, after: f64) -> String {
    format!("{} → {} ({})", percent(before), percent(after), points(after - before))
}

/// The estimates of an outcome or rung.
pub(super) fn estimates(one: &ValueChange) -> String {
    let estimate = |value: Option<Value>| value.map(|value| value.estimate);
    match (estimate(one.before), estimate(one.after)) {
        (Some(before), Some(after)) => change(before, after),
        (Some(before), None) => format!("{} → {}", percent(before), one.lacking),
        (None, Some(after)) => format!("{} → {}", one.lacking, percent(after)),
        (None, None) => String::new(),
    }
}

/// `[1%..5%] → [2%..8%]`.
pub(super) fn around(one: &ValueChange) -> String {
    let told = |value: Option<Value>| value.map(|value| interval(value.around)).unwrap_or_default();
    let (before, after) = (told(one.before), told(one.after));
    match (before.is_empty(), after.is_empty()) {
        (false, false) if before == after => before,
        (false, false) => format!("{before} → {after}"),
        (true, _) => after,
        (_, true) => before,
    }
}

/// The names of the differences of a bundle: `rule a with new variable b, rule c`.
pub(super) fn bundle(report: &ComparisonReport<'_>, bundle: &Bundle) -> String {
    const MOST: usize = 4;
    let of = |status: Status, before: &str| {
        let all = bundle.differences.iter().map(|&at| &report.differences[at]);
        let mut names: Vec<&str> =
            all.filter(|it| it.status == status).map(|it| it.name.as_str()).collect();
        let more = names.len().saturating_sub(MOST);
        names.truncate(MOST);
        let more = if more > 0 { format!(", {more} more") } else { String::new() };
        (!names.is_empty()).then(|| format!("{before}{}{more}", names.join(", ")))
    };
    let told =
        [of(Status::Changed, ""), of(Status::Added, "new "), of(Status::Removed, "taking out ")];
    told.into_iter().flatten().collect::<Vec<_>>().join(" with ")
}

/// The parts of the change of one outcome, by its index among those both sides have, the largest
/// first: points and what they are due to. What is too small to be told alone is one part.
pub(super) fn shares(
    report: &ComparisonReport<'_>,
    attribution: &Attribution,
    at: usize,
) -> Vec<(f64, String)> {
    let share = |bundle: &Bundle| bundle.shares.get(at).copied().unwrap_or_default();
    let mut told: Vec<&Bundle> =
        attribution.bundles.iter().filter(|it| share(it).abs() >= SMALL).collect();
    told.sort_by(|one, other| share(other).abs().total_cmp(&share(one).abs()));
    let mut parts: Vec<(f64, String)> =
        told.iter().map(|it| (share(it), bundle(report, it))).collect();
    let small: Vec<f64> =
        attribution.bundles.iter().map(share).filter(|it| it.abs() < SMALL).collect();
    let rest: f64 = small.iter().sum();
    if !parts.is_empty() && rest.abs() > 1e-8 {
        parts.push((rest, counted(small.len(), "small part")));
    }
    parts
}

/// The outcomes that both sides have: those that are attributed, in this order.
pub(super) fn attributed(outcomes: &[ValueChange]) -> impl Iterator<Item = &ValueChange> {
    outcomes.iter().filter(|one| one.difference().is_some())
}

/// How the shares were found.
pub(super) fn method(attribution: &Attribution) -> String {
    let what = "The parts of a change are Shapley values: what each difference changes on average over all orders in which the differences could be made, so that they add up to the whole.";
    let bundles = counted(attribution.bundles.len(), "difference");
    match attribution.method {
        SharesMethod::Exact => format!("{what} Exact over {bundles}."),
        SharesMethod::Orders(count) => format!(
            "{what} Here over {count} orders of {bundles}: as listed, drawn with a fixed seed, and the reverse of each; they add up all the same."
        ),
    }
}

/// Whether an expectation holds, and what it comes to.
pub(super) fn expectation(one: &ExpectationChange) -> String {
    let told = |found: Option<(bool, Option<f64>)>| match found {
        None => "not expected".to_owned(),
        Some((holds, actual)) => {
            let holds = if holds { "holds" } else { "fails" };
            match actual {
                Some(actual) => format!("{holds} ({})", percent(actual)),
                None => holds.to_owned(),
            }
        }
    };
    format!("{} → {}", told(one.before), told(one.after))
}

/// How the numbers of both sides were found, once where that is the same.
pub(super) fn methods(sides: &[SideReport<'_>; 2]) -> Vec<String> {
    let evaluated = sides.iter().filter(|side| side.failure.is_none());
    let mut told: Vec<String> = evaluated.map(|side| method_of(side.answers)).collect();
    told.dedup();
    told
}

/// Why a side could not be evaluated, with the code.
pub(super) fn failures<'a>(sides: &'a [SideReport<'_>; 2]) -> impl Iterator<Item = String> + 'a {
    let all = sides.iter().filter_map(|side| side.failure);
    all.flat_map(|failure| failure.diagnostics())
        .map(|one| format!("{}: {}", one.code, one.message))
}

/// What is compared.
pub(super) fn heading(sides: &[SideReport<'_>; 2]) -> (String, String) {
    let [left, right] = sides;
    if left.file == right.file {
        return (left.view.to_owned(), right.view.to_owned());
    }
    let name = |side: &SideReport<'_>| {
        if side.view == "as written" { side.file.to_owned() } else { side.name() }
    };
    (name(left), name(right))
}
