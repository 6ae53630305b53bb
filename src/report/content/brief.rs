//! A report in a few sentences: what is asked, what is most probable, how sure that is, and what it
//! rests on. Plain texts, in which titles stand as the scenario has them.

use super::labels::counted;
use crate::analysis::{Answers, Claim, ClaimKind, Evidence, Method, OutcomeAnswer};
use crate::model::{BASELINE, Model, Outcome};
use crate::report::text::JUDGEMENT;
use crate::report::{Report, percent};

/// More than this in all: outcomes do not exclude each other.
const MORE_THAN_ALL: f64 = 1.000_001;

/// Outcomes less likely than this are not told of in the summary.
const WORTH_TELLING: f64 = 0.01;

/// The parts of a brief: what each is about, and its sentences.
#[must_use]
pub fn brief(report: &Report<'_>) -> Vec<(&'static str, String)> {
    let Some(main) = report.main() else { return Vec::new() };
    let mut parts = vec![("What is asked", asked(report.model))];
    let ranked = ranked(report.model, main);
    if let Some(&(first, answer)) = ranked.first() {
        parts.push(("Most probably", most_probably(report.model, main, &ranked)));
        let mut sure = how_sure(main, answer, &ranked);
        sure.extend(in_readings(report, first));
        for (name, _) in report.not_evaluated() {
            sure.push(match name {
                BASELINE => "The scenario as written cannot be evaluated.".to_owned(),
                name => format!("The reading `{name}` cannot be evaluated."),
            });
        }
        parts.push(("How sure that is", sure.join(" ")));
    }
    parts.push(("What it rests on", rests(report.evidence)));
    if let Some(text) = expected(report.model, main) {
        parts.push(("Held against expectations", text));
    }
    parts
}

fn asked(model: &Model) -> String {
    model.summary.as_deref().unwrap_or(&model.title).trim().to_owned()
}

type Ranked<'a> = (&'a Outcome, &'a OutcomeAnswer);

/// The outcomes, the likeliest first.
fn ranked<'a>(model: &'a Model, answers: &'a Answers) -> Vec<Ranked<'a>> {
    let mut ranked: Vec<Ranked<'a>> = model.outcomes.iter().zip(&answers.outcomes).collect();
    ranked.sort_by(|(_, one), (_, other)| other.estimate.total_cmp(&one.estimate));
    ranked
}

fn most_probably(model: &Model, main: &Answers, ranked: &[Ranked<'_>]) -> String {
    let Some(((first, answer), others)) = ranked.split_first() else { return String::new() };
    let mut text = format!("“{}”: {}.", first.title, percent(answer.estimate));
    let worth: Vec<String> = (others.iter())
        .filter(|(_, answer)| answer.estimate >= WORTH_TELLING)
        .map(|(outcome, answer)| format!("“{}” {}", outcome.title, percent(answer.estimate)))
        .collect();
    if !worth.is_empty() {
        text += &format!(" Then {}.", worth.join(", "));
    }
    let seldom = others.len() - worth.len();
    if seldom > 0 {
        let those = if seldom == 1 { "One other outcome stays" } else { "The others stay each" };
        text += &format!(" {those} below {}.", percent(WORTH_TELLING));
    }
    let sum: f64 = ranked.iter().map(|(_, answer)| answer.estimate).sum();
    if sum > MORE_THAN_ALL {
        text += " Outcomes do not exclude each other.";
    }
    text + &level(model, main)
}

/// How far up the ladder it goes.
fn level(model: &Model, main: &Answers) -> String {
    let Some(ladder) = &model.ladder else { return String::new() };
    let rungs: Vec<_> = ladder.rungs.iter().zip(&main.ladder).collect();
    let likely = rungs.iter().rev().find(|(_, answer)| answer.estimate >= 0.5);
    let Some((rung, answer)) = likely else { return String::new() };
    let mut text = format!(" The level reaches “{}” in {}", rung.title, percent(answer.estimate));
    if let Some((top, answer)) = rungs.last().filter(|(top, _)| top.name != rung.name) {
        text += &format!(", its highest rung, “{}”, in {}", top.title, percent(answer.estimate));
    }
    text + "."
}

fn how_sure(main: &Answers, answer: &OutcomeAnswer, ranked: &[Ranked<'_>]) -> Vec<String> {
    if let (Method::Simulated { runs, .. }, Some(interval)) = (main.method, answer.confidence) {
        return vec![format!(
            "Simulated from {}: with 95% confidence it is between {} and {}; what the ranges allow, only an exact evaluation knows.",
            counted(usize::try_from(runs).unwrap_or(usize::MAX), "storyline"),
            percent(interval.low),
            percent(interval.high),
        )];
    }
    let Some(both) = answer.both else { return Vec::new() };
    if both.high - both.low <= 1e-8 {
        return vec!["Nothing is left open: no range and no decision moves it.".to_owned()];
    }
    let mut texts = vec![format!(
        "Inside the ranges of likelihood given, and whatever anybody decides, it lies between {} and {}.",
        percent(both.low),
        percent(both.high)
    )];
    let rival = (ranked.iter().skip(1))
        .filter_map(|(outcome, answer)| Some((outcome, answer.both?.high)))
        .max_by(|one, other| one.1.total_cmp(&other.1));
    texts.extend(rival.map(|(outcome, high)| {
        if high < both.low {
            "It stays the most probable outcome everywhere inside them.".to_owned()
        } else {
            let title = &outcome.title;
            format!("“{title}” can come to {}: which of them is likelier is not settled by what the scenario says.", percent(high))
        }
    }));
    texts
}

/// Whether other readings of the facts come to the same.
fn in_readings(report: &Report<'_>, first: &Outcome) -> Option<String> {
    let others = report.results.get(1..).filter(|others| !others.is_empty())?;
    let differing: Vec<String> = (others.iter())
        .filter_map(|answers| {
            let (top, answer) = *ranked(report.model, answers).first()?;
            let reading = report.reading(answers)?;
            (top.name != first.name).then(|| {
                format!("“{}” it is “{}” ({})", reading.title, top.title, percent(answer.estimate))
            })
        })
        .collect();
    if differing.is_empty() {
        let all = match others.len() {
            1 => "the other reading".to_owned(),
            count => format!("all {count} other readings"),
        };
        return Some(format!("In {all} of the facts the same outcome is the most probable."));
    }
    Some(format!("Read as {}.", differing.join("; as ")))
}

fn rests(evidence: &Evidence) -> String {
    let share = |kinds: &[ClaimKind], what: &str, lacks: &str, bare: fn(&Claim) -> bool| {
        let own = evidence.claims.iter().filter(|claim| kinds.contains(&claim.kind));
        let (all, without) = (own.clone().count(), own.filter(|claim| bare(claim)).count());
        let without = match without {
            0 => format!("all with {lacks}"),
            count if count == all => format!("none with {lacks}"),
            count => format!("{count} without {lacks}"),
        };
        (all > 0).then(|| format!("{} ({without})", counted(all, what)))
    };
    let unsourced = |claim: &Claim| claim.reasons.iter().all(|reason| reason.source.is_none());
    let unexplained = |claim: &Claim| claim.reasons.is_empty();
    let positions = share(&[ClaimKind::Position], "position", "a source", unsourced);
    let rules = share(&[ClaimKind::Rule, ClaimKind::Decision], "rule", "a rationale", unexplained);
    let rules = rules.map(|text| text.replacen("rules", "rules and decisions", 1));
    let mut parts: Vec<String> = positions.into_iter().chain(rules).collect();
    if !evidence.sources.is_empty() {
        parts.push(counted(evidence.sources.len(), "source"));
    }
    let parts = if parts.is_empty() { String::new() } else { format!("{}. ", parts.join(", ")) };
    format!("{parts}{JUDGEMENT}")
}

fn expected(model: &Model, main: &Answers) -> Option<String> {
    let all = model.expectations.len();
    if all == 0 || main.expectations.is_empty() {
        return None;
    }
    let holding = main.expectations.iter().filter(|answer| answer.holds).count();
    Some(if holding == all {
        format!("{} that the author states: all hold.", counted(all, "expectation"))
    } else {
        format!("{holding} of {} that the author states hold.", counted(all, "expectation"))
    })
}
