//! Scenarios in the languages of established model checkers: the same situations, probabilities,
//! choices and questions, for PRISM and Storm.
//!
//! A scenario goes out by its rules where the other language can say them: as automata that keep
//! what is drawn in variables of one turn (JANI), or as modules that write nothing in common (both).
//! Otherwise its situations are listed. The properties ask for the outcomes and what the scenario
//! expects.

mod automata;
mod expression;
mod groups;
mod identifiers;
mod jani;
mod network;
mod number;
mod parts;
mod passing;
mod prism;
mod properties;
mod row;
mod settlement;
mod situations;
mod slots;
mod source;
mod together;
mod writers;

pub use situations::Refused;

use crate::engine::expansion::Expansion;
use crate::engine::finish::successors;
use crate::engine::turn::Turn;
use crate::engine::{Freedom, Kept, Program};
use crate::model::Model;
use identifiers::Identifiers;
use properties::{Openness, Properties};
use slots::Slot;
use source::Source;

/// The language of an exported model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// PRISM's own.
    Prism(Form),
    /// JANI; always by rules, with the properties in it.
    Jani,
}

/// What a model in the language of PRISM is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Rules where the scenario falls apart into small groups of them, otherwise situations.
    Auto,
    /// Modules of rules.
    Rules,
    /// One list of all situations.
    Situations,
}

/// What becomes of likelihoods with a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ranges {
    /// Their estimates.
    Estimate,
    /// The ends of what they allow, as choices.
    Corners,
    /// Intervals where these say exactly the same, otherwise as with corners. Only for PRISM.
    Intervals,
}

/// How a scenario is exported.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Into which language.
    pub language: Language,
    /// Whether actors choose freely at decisions, not by the baseline policy.
    pub decisions: bool,
    /// What becomes of ranges.
    pub ranges: Ranges,
    /// At most so many situations are listed.
    pub situations: usize,
}

/// A scenario in another language.
#[derive(Clone, Debug)]
pub struct Exported {
    /// The model.
    pub model: String,
    /// The properties, in the language of PRISM; in JANI they are in the model.
    pub properties: String,
}

/// Why a scenario is not exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Its situations cannot be listed.
    Situations(Refused),
    /// Its rules do not fall apart into small groups.
    Together,
}

/// Exports a model, already changed for its reading. `head` says what it is, line by line.
///
/// # Errors
/// It cannot be said in that form.
pub fn export(model: &Model, options: Options, head: &[String]) -> Result<Exported, Refusal> {
    let program = Program::new(model, Kept::Written);
    let mut begin = Expansion::default();
    Turn::new(&program).begin(&mut begin);
    if !begin.conflicts.is_empty() {
        return Err(Refusal::Situations(Refused::Contradiction));
    }
    let initial = successors(&program, &begin).swap_remove(0).0;
    let source = Source { model, program: &program, freedom: freedom(options), initial: &initial };
    let mut names = Identifiers::default();
    let slots = slots::slots(model, &program, &mut names);
    let openness =
        Openness { chooses: source.chooses(), everything: open(&program, source.freedom) };
    let asked = Properties::of(model, &program, openness, &mut names);
    match options.language {
        Language::Jani => {
            let network = groups::groups(&source, &slots, &mut names.clone())
                .unwrap_or_else(|| automata::automata(&source, &slots, &mut names));
            let head = told(head, &source, options, true);
            let model = jani::network(&model.title, &head, &network, &asked);
            Ok(Exported { model, properties: String::new() })
        }
        Language::Prism(form) => prism(&source, options, form, &slots, &asked, names, head),
    }
}

fn prism(
    source: &Source<'_>,
    options: Options,
    form: Form,
    slots: &[Slot],
    asked: &Properties,
    mut names: Identifiers,
    head: &[String],
) -> Result<Exported, Refusal> {
    let intervals = options.ranges == Ranges::Intervals && source.chooses();
    let rules = match form {
        Form::Auto if intervals => None,
        Form::Auto | Form::Rules => groups::groups(source, slots, &mut names.clone()),
        Form::Situations => None,
    };
    let head = told(head, source, options, rules.is_some());
    let model = match (rules, form) {
        (Some(network), _) => prism::network(&head, &network, &asked.labels),
        (None, Form::Rules) => return Err(Refusal::Together),
        (None, Form::Auto | Form::Situations) => {
            let labels = &asked.labels;
            let most = options.situations;
            let all = situations::situations(source, slots, labels, intervals, most, &mut names)
                .map_err(Refusal::Situations)?;
            prism::situations(&head, &all, labels)
        }
    };
    Ok(Exported { model, properties: prism::properties(&head, asked) })
}

fn freedom(options: Options) -> Freedom {
    match (options.decisions, options.ranges) {
        (false, Ranges::Estimate) => Freedom::Estimate,
        (false, Ranges::Corners | Ranges::Intervals) => Freedom::Likelihoods,
        (true, Ranges::Estimate) => Freedom::Decisions,
        (true, Ranges::Corners | Ranges::Intervals) => Freedom::Both,
    }
}

/// Whether a freedom leaves open everything that the scenario does.
fn open(program: &Program, freedom: Freedom) -> bool {
    let corners = |freedom| program.draws.iter().map(move |draw| draw.corners(freedom).len());
    corners(freedom).eq(corners(Freedom::Both))
}

/// What the model is, line by line.
fn told(head: &[String], source: &Source<'_>, options: Options, rules: bool) -> Vec<String> {
    let mut told = head.to_vec();
    told.push(
        if rules {
            "By rules: one step is one turn, which all modules take together."
        } else {
            "By situations: one step is one turn; sorted by their labels, each with what is not as at the start."
        }
        .to_owned(),
    );
    let decides = source.program.draws.iter().any(|draw| draw.decides);
    if decides {
        let free = "Decisions are choices: minimum and maximum are over every policy.";
        let baseline = "Decisions follow the baseline policy.";
        told.push(if options.decisions { free } else { baseline }.to_owned());
    }
    let both = source.program.draws.iter().any(|draw| !draw.decides && draw.varies());
    if both {
        told.push(
            match options.ranges {
                Ranges::Estimate => "Likelihoods with a range are at their estimates.",
                Ranges::Corners => "Likelihoods with a range are choices among the ends of what they allow, in every situation anew.",
                Ranges::Intervals => "Likelihoods with a range are intervals where only one is drawn; where several are, choices among the ends of what they allow.",
            }
            .to_owned(),
        );
    }
    if let Some(horizon) = source.model.horizon {
        told.push(format!("The scenario ends after {horizon} turns: ask for no more steps."));
    }
    told
}
