//! What reports of evidence say in words.

use super::labels::counted;
use super::why::capital;
use crate::analysis::{
    Answers, Claim, ClaimKind, Estimates, Evidence, Reason, Torn, Without, WithoutThem,
};
use crate::model::{Grade, Model, Source, SourceId};
use crate::report::percent::{percent, points};

/// How much rests on a source: `3 positions, 1 rule`.
#[must_use]
pub fn carries(without: &Without) -> String {
    let counts =
        [(without.positions, "position"), (without.rules, "rule"), (without.readings, "reading")];
    let words: Vec<String> = (counts.iter().filter(|(count, _)| *count > 0))
        .map(|&(count, what)| counted(count, what))
        .collect();
    words.join(", ")
}

/// The grade with its words: `B2 (usually reliable, probably true)`; `not graded`.
#[must_use]
pub fn grade(source: &Source) -> String {
    let Some(signs) = &source.grade else { return "not graded".to_owned() };
    match Grade::of(signs) {
        Some(grade) => format!("{signs} ({})", grade.in_words()),
        None => signs.clone(),
    }
}

/// What a claim says: `france on troops: open`, or the name of a rule.
#[must_use]
pub fn claim(claim: &Claim) -> String {
    match claim.kind {
        ClaimKind::Position => match claim.since {
            Some(since) => format!("{}: {} since {since}", claim.name, claim.title),
            None => format!("{}: {}", claim.name, claim.title),
        },
        ClaimKind::Becomes | ClaimKind::Rule | ClaimKind::Decision => claim.name.clone(),
        ClaimKind::Reading => format!("reading {}", claim.name),
    }
}

/// Quotations in quotation marks, reasoning as it is.
#[must_use]
pub fn reasons<'a>(reasons: impl Iterator<Item = &'a Reason>) -> String {
    let one = |reason: &Reason| {
        if reason.quoted { format!("“{}”", reason.text) } else { reason.text.clone() }
    };
    reasons.map(one).collect::<Vec<_>>().join("; ")
}

/// The names of sources.
#[must_use]
pub fn names(model: &Model, sources: &[SourceId]) -> String {
    let name = |id: &SourceId| model.sources[id.index()].name.as_str();
    sources.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// The estimate of the leading outcome without some sources: `75.2% (+2.1)`.
#[must_use]
pub fn leading_without(main: &Answers, without: &Without) -> String {
    let Some(leading) = leading(main) else { return String::new() };
    match &without.outcomes {
        WithoutThem::Estimates(found) => {
            let (Some(&now), before) =
                (found.outcomes.get(leading), main.outcomes[leading].estimate)
            else {
                return String::new();
            };
            format!("{} ({})", percent(now), points(now - before))
        }
        WithoutThem::Impossible(_) => "impossible".to_owned(),
        WithoutThem::NotLookedAt => "-".to_owned(),
    }
}

/// The outcome that is told about.
#[must_use]
pub fn leading(main: &Answers) -> Option<usize> {
    let estimates: Vec<f64> = main.outcomes.iter().map(|answer| answer.estimate).collect();
    Evidence::leading(&estimates)
}

/// What becomes of the outcomes without the worst-graded sources, in sentences.
#[must_use]
pub fn worst(model: &Model, main: &Answers, worst: &Without) -> String {
    let graded = |id: &SourceId| {
        let source = &model.sources[id.index()];
        format!("{} ({})", source.name, source.grade.as_deref().unwrap_or_default())
    };
    let graded: Vec<String> = worst.sources.iter().map(graded).collect();
    let what = if graded.len() == 1 { "source" } else { "sources" };
    let falls = match worst.falling {
        0 => "nothing falls: what rests on it has other sources, too".to_owned(),
        1 => "1 claim falls".to_owned(),
        count => format!("{count} claims fall"),
    };
    let begin = format!(
        "Without the worst-graded {what} that can be judged, {}, {falls}",
        graded.join(", ")
    );
    match &worst.outcomes {
        WithoutThem::NotLookedAt => format!("{begin}; what that changes was not looked at."),
        WithoutThem::Impossible(why) => format!("{begin}, and it cannot be evaluated: {why}."),
        WithoutThem::Estimates(_) if worst.falling == 0 => format!("{begin}."),
        WithoutThem::Estimates(found) => {
            let torn = found.torn.as_ref().map(|torn| format!(" {}", capital(&torn_apart(torn))));
            let changed = changed(model, main, &found.outcomes);
            format!("{begin}: {changed}.{}", torn.unwrap_or_default())
        }
    }
}

/// That storylines come to a contradiction, in a sentence.
#[must_use]
pub fn torn_apart(torn: &Torn) -> String {
    format!("{}, {}: these count as leading nowhere.", how_often(torn), torn.what)
}

/// In how many storylines it comes to a contradiction.
#[must_use]
pub fn how_often(torn: &Torn) -> String {
    if torn.probability > 0.0 {
        format!("in {} of storylines", percent(torn.probability))
    } else {
        "under other likelihoods".to_owned()
    }
}

/// The leading outcome and the three others that change most.
fn changed(model: &Model, main: &Answers, found: &[f64]) -> String {
    const OTHERS: usize = 3;
    const SMALL: f64 = 5e-4;
    let first = leading(main);
    let difference = |at: usize| found[at] - main.outcomes[at].estimate;
    let known = found.len().min(main.outcomes.len());
    let mut others: Vec<usize> =
        (0..known).filter(|&at| Some(at) != first && difference(at).abs() >= SMALL).collect();
    others.sort_by(|&one, &other| difference(other).abs().total_cmp(&difference(one).abs()));
    others.truncate(OTHERS);
    let one = |at: usize| {
        let (before, now) = (main.outcomes[at].estimate, found[at]);
        let title = &model.outcomes[at].title;
        format!("“{title}” {} → {} ({})", percent(before), percent(now), points(now - before))
    };
    first.into_iter().chain(others).map(one).collect::<Vec<_>>().join(", ")
}

/// Without which sources rules contradict each other, what cannot be judged, what is struck out, and what is
/// the author's alone.
#[must_use]
pub fn remarks(model: &Model, evidence: &Evidence) -> Vec<String> {
    let mut texts = Vec::new();
    for without in &evidence.sources {
        let name = names(model, &without.sources);
        match &without.outcomes {
            WithoutThem::Estimates(Estimates { torn: Some(torn), .. }) => {
                texts.push(format!("Without {name}: {}", torn_apart(torn)));
            }
            WithoutThem::Impossible(why) => {
                texts.push(format!("Without {name} it cannot be evaluated: {why}."));
            }
            WithoutThem::Estimates(_) | WithoutThem::NotLookedAt => {}
        }
    }
    if !model.struck.is_empty() {
        let fallen = evidence.claims.iter().filter(|claim| claim.struck);
        let fallen: Vec<String> = fallen.map(claim).collect();
        let fallen = match fallen.len() {
            0 => "nothing falls with it".to_owned(),
            _ => format!("with it fall: {}", fallen.join(", ")),
        };
        texts.push(format!("Struck out: {}; {fallen}.", names(model, &model.struck)));
    }
    let unknown = cannot_be_judged(model, evidence);
    if !unknown.is_empty() {
        let graded = |id: &SourceId| {
            let source = &model.sources[id.index()];
            let grade = source.grade.as_deref().unwrap_or("not graded");
            format!("{} ({grade})", source.name)
        };
        let unknown: Vec<String> = unknown.iter().map(graded).collect();
        texts.push(format!(
            "Cannot be judged, which is not the worst grade but none: {}.",
            unknown.join(", ")
        ));
    }
    let of = |kinds: &[ClaimKind]| {
        let all = evidence.claims.iter().filter(|claim| kinds.contains(&claim.kind)).count();
        let bare = evidence.unsourced().filter(|claim| kinds.contains(&claim.kind)).count();
        (all, bare)
    };
    let (all, bare) = of(&[ClaimKind::Position]);
    if bare > 0 {
        texts.push(format!("{bare} of {} without a source.", counted(all, "position")));
    }
    let (all, bare) = of(&[ClaimKind::Rule, ClaimKind::Decision]);
    if bare > 0 {
        texts.push(format!("{bare} of {} and decisions without a source.", counted(all, "rule")));
    }
    texts
}

/// Sources with claims of which one sign at least says that it cannot be judged, or without a grade.
#[must_use]
pub fn cannot_be_judged(model: &Model, evidence: &Evidence) -> Vec<SourceId> {
    let judged = |id: &SourceId| {
        let grade = model.sources[id.index()].grade.as_deref().and_then(Grade::of);
        grade.and_then(Grade::badness).is_some()
    };
    let used = evidence.sources.iter().flat_map(|source| &source.sources).copied();
    used.filter(|id| !judged(id)).collect()
}

/// The sources with claims, struck-out ones too, in the order of their declaration.
#[must_use]
pub fn used(model: &Model, evidence: &Evidence) -> Vec<SourceId> {
    let all = (0..model.sources.len()).map(SourceId::new);
    all.filter(|id| evidence.claims.iter().any(|claim| claim.names(*id))).collect()
}
