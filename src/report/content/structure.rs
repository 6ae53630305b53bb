//! The reactions of a scenario as a graph, in sentences: the same words for every kind of page.

use super::labels::{self, counted};
use super::needs::aside;
use super::why::{alternative_text, declaration_text, joined};
use crate::analysis::{
    By, Chokepoint, Chokepoints, Down, Firebreaks, OffRamp, Reaction, RoundStep, Spiral, Structure,
};
use crate::model::{DeclId, Model, OutcomeId};
use crate::report::Repeat;
use crate::report::percent;
use crate::report::percent::number;

/// What a page of `structure` is made from.
#[derive(Clone, Copy, Debug)]
pub struct StructureReport<'a> {
    /// The scenario's path as the user wrote it.
    pub file: &'a str,
    /// The scenario as evaluated: under its reading, with the changes of the command line.
    pub model: &'a Model,
    /// The answer.
    pub structure: &'a Structure,
    /// What is needed to make the same page again.
    pub repeat: &'a Repeat,
}

/// A section of a page.
#[derive(Clone, Debug)]
pub struct Section {
    /// Its title.
    pub title: &'static str,
    /// A word on how to read it.
    pub note: String,
    /// What it says.
    pub paragraphs: Vec<Paragraph>,
}

/// A sentence or two, with a list below.
#[derive(Clone, Debug)]
pub struct Paragraph {
    /// The sentences.
    pub text: String,
    /// The items of the list.
    pub items: Vec<String>,
}

/// Members of a spiral told by name at most.
const MEMBERS: usize = 12;
/// Off-ramps told at most.
const RAMPS: usize = 12;
/// Below this much, a difference is noise of the computation.
const NOISE: f64 = 1e-9;

impl StructureReport<'_> {
    /// All sections, in their order.
    #[must_use]
    pub fn sections(&self) -> Vec<Section> {
        vec![self.spirals(), self.chokepoints(), self.firebreaks(), self.off_ramps()]
    }

    /// How it was found.
    #[must_use]
    pub fn method(&self) -> String {
        format!(
            "Exact: chokepoints and off-ramps were looked for in all {} and the {} between them; every firebreak was evaluated with its rules left out.",
            counted(self.structure.situations, "situation"),
            counted(self.structure.transitions, "transition"),
        )
    }

    fn spirals(&self) -> Section {
        let all = &self.structure.spirals;
        let mut paragraphs: Vec<Paragraph> = all.iter().map(|one| self.spiral(one)).collect();
        if all.is_empty() {
            paragraphs.push(said("No reaction leads back to itself."));
        }
        let note = "reactions that lead back to themselves".to_owned();
        Section { title: "Spirals", note, paragraphs }
    }

    fn spiral(&self, spiral: &Spiral) -> Paragraph {
        let head = spiral.round.first().map(|step| self.title(&step.reaction)).unwrap_or_default();
        let rounds = if spiral.rounds.is_infinite() {
            "It goes round for ever in some storylines".to_owned()
        } else {
            format!(
                "It is expected to come back to its beginning {}, and {} where it begins",
                times(spiral.rounds),
                times(spiral.rounds_once_begun)
            )
        };
        let mut items: Vec<String> = spiral.round.iter().map(|step| self.step(step)).collect();
        items.push(format!("back to “{head}”"));
        let others: Vec<&Reaction> = spiral
            .members
            .iter()
            .filter(|one| spiral.round.iter().all(|step| step.reaction.id != one.id))
            .collect();
        let mut also = String::new();
        if !others.is_empty() {
            let names = others.iter().take(MEMBERS).map(|one| format!("“{}”", self.title(one)));
            let mut names: Vec<String> = names.collect();
            if others.len() > MEMBERS {
                names.push(counted(others.len() - MEMBERS, "more reaction"));
            }
            also = format!(" Also in it: {}.", joined(names));
        }
        let text = format!(
            "A spiral of {} that begins with “{head}” ({}). {rounds}.{also} A shortest round:",
            counted(spiral.members.len(), "reaction"),
            percent(spiral.members.first().map_or(0.0, |one| one.probability)),
        );
        Paragraph { text, items }
    }

    fn step(&self, step: &RoundStep) -> String {
        let by = self.by(&step.by, step.alternative.as_ref());
        format!("“{}”, then by {by}", self.title(&step.reaction))
    }

    fn chokepoints(&self) -> Section {
        let all = &self.structure.chokepoints;
        let mut paragraphs: Vec<Paragraph> = all.iter().map(|one| self.chokepoint(one)).collect();
        if all.is_empty() {
            paragraphs.push(said("No outcome with a condition is possible."));
        }
        let note = "reactions that every storyline to an outcome passes; certain ones left out";
        Section { title: "Chokepoints", note: note.to_owned(), paragraphs }
    }

    fn chokepoint(&self, one: &Chokepoints) -> Paragraph {
        let outcome = self.outcome(one.outcome);
        let chance = percent(one.probability);
        if one.reactions.is_empty() {
            let none = match one.certain {
                0 => "there are ways round each".to_owned(),
                1 => "what every storyline to it passes, one reaction, is certain".to_owned(),
                count => {
                    format!("what every storyline to it passes, {count} reactions, is certain")
                }
            };
            return said(&format!("{outcome} ({chance}) has none: {none}."));
        }
        let item = |points: &[Chokepoint]| {
            let reaction = &points[0].reaction;
            let turn = reaction.mean_turn.map(|turn| labels::mean_turn(self.model, turn));
            let turn = turn.map(|turn| format!(", on average in {turn}")).unwrap_or_default();
            let titles = points.iter().map(|one| format!("“{}”", self.title(&one.reaction)));
            format!(
                "{} ({}{turn}); where {}, {} get there",
                joined(titles.collect()),
                percent(reaction.probability),
                if points.len() == 1 { "it happens" } else { "they happen" },
                percent(points[0].then)
            )
        };
        Paragraph {
            text: format!("{outcome} ({chance}) is never reached without:"),
            items: one.reactions.chunk_by(come_together).map(item).collect(),
        }
    }

    fn firebreaks(&self) -> Section {
        let below = percent(self.structure.below);
        let mut paragraphs: Vec<Paragraph> =
            self.structure.firebreaks.iter().map(|one| self.firebreak(one)).collect();
        if !self.structure.already.is_empty() {
            let one = |(id, probability): &(OutcomeId, f64)| {
                format!("{} ({})", self.outcome(*id), percent(*probability))
            };
            let names = joined(self.structure.already.iter().map(one).collect());
            paragraphs.push(said(&format!("Below {below} as things stand: {names}.")));
        }
        if paragraphs.is_empty() {
            paragraphs.push(said("No outcome with a condition is possible."));
        }
        let note =
            format!("the smallest sets of rules that, prevented, keep an outcome below {below}");
        Section { title: "Firebreaks", note, paragraphs }
    }

    fn firebreak(&self, one: &Firebreaks) -> Paragraph {
        let (outcome, chance) = (self.outcome(one.outcome), percent(one.probability));
        let below = percent(self.structure.below);
        let Some(first) = one.sets.first() else {
            return said(&format!(
                "{outcome} ({chance}) stays at {below} or above whatever was tried: all sets of up to {}, and larger ones that grow from the best.",
                counted(one.searched, "rule")
            ));
        };
        let size = first.rules.len();
        let found = match (size, one.count) {
            (1, 1) => "one rule alone does it".to_owned(),
            (1, count) => format!("any one of {count} rules does it"),
            (size, 1) => format!("no fewer than {size} rules do it, in one way"),
            (size, count) => format!("no fewer than {size} rules do it, in {count} ways"),
        };
        let smallest = if size > one.searched + 1 {
            format!(
                " All sets of up to {} were evaluated; larger ones only as they grow from the best.",
                counted(one.searched, "rule")
            )
        } else {
            String::new()
        };
        let more = if one.count > one.sets.len() {
            format!("; the {} that leave least", one.sets.len())
        } else {
            String::new()
        };
        let item = |set: &crate::analysis::Firebreak| {
            let names = set.rules.iter().map(|&id| self.declaration(id)).collect();
            let torn = set.torn.as_ref().map_or(String::new(), aside);
            format!("{} (leaves {}){torn}", joined(names), percent(set.remaining))
        };
        Paragraph {
            text: format!("{outcome} ({chance}): {found}{more}.{smallest}"),
            items: one.sets.iter().map(item).collect(),
        }
    }

    fn off_ramps(&self) -> Section {
        let all = &self.structure.off_ramps;
        let mut items: Vec<String> = all.iter().take(RAMPS).map(|one| self.off_ramp(one)).collect();
        if all.len() > RAMPS {
            items.push(format!(
                "{} more, taken less often, in the JSON of `escalade structure` only",
                all.len() - RAMPS
            ));
        }
        let text = if all.is_empty() {
            "Nothing leads back down.".to_owned()
        } else {
            "How often each is expected to be taken in a storyline:".to_owned()
        };
        let note =
            "reactions that lower the level, or bring a variable back towards where it began";
        let paragraphs = vec![Paragraph { text, items }];
        Section { title: "Off-ramps", note: note.to_owned(), paragraphs }
    }

    fn off_ramp(&self, ramp: &OffRamp) -> String {
        let never = ramp.expected <= 0.0;
        let what = match ramp.down {
            Down::Level if never => "would lower the level".to_owned(),
            Down::Level => "lowers the level".to_owned(),
            Down::Variable(id) => {
                let variable = &self.model.variables[id.index()];
                let initial = self.model.value_name(id, variable.initial);
                format!("back towards {initial}")
            }
        };
        let turn = ramp.mean_turn.map(|turn| labels::mean_turn(self.model, turn));
        let turn = turn.map(|turn| format!(", on average in {turn}")).unwrap_or_default();
        let times = if never {
            "but never does: it was no higher, or something else in the same turn held it up"
                .to_owned()
        } else {
            times(ramp.expected)
        };
        // Alternatives of one rule follow each other.
        let mut by: Vec<String> = (ramp.by)
            .chunk_by(|one, other| one.0 == other.0)
            .map(|same| self.by_any(same))
            .collect();
        by.dedup();
        let by = if by.is_empty() { String::new() } else { format!("; by {}", by.join(" or ")) };
        format!("“{}”: {what}, {times}{turn}{by}", self.title(&ramp.reaction))
    }

    /// What leads down, by any of these alternatives of the same.
    fn by_any(&self, same: &[(By, Option<String>)]) -> String {
        let Some(((by, alternative), others)) = same.split_first() else { return String::new() };
        let mut text = self.by(by, alternative.as_ref());
        for name in others.iter().filter_map(|(_, name)| name.as_ref()) {
            if let By::Declaration(id) = by {
                text += &format!(" or {}", alternative_text(self.model, *id, name));
            }
        }
        text
    }

    /// What connects two reactions, in words.
    fn by(&self, by: &By, alternative: Option<&String>) -> String {
        match by {
            By::Declaration(id) => match alternative {
                Some(name) => {
                    format!(
                        "{}, {}",
                        self.declaration(*id),
                        alternative_text(self.model, *id, name)
                    )
                }
                None => self.declaration(*id),
            },
            By::Inject(at) => format!("the script ({})", self.model.injects[*at].name),
            By::Action(id) => format!("the action “{}”", self.model.actions[id.index()].title),
            By::Outcome(id) => self.outcome(*id),
        }
    }

    fn declaration(&self, id: DeclId) -> String {
        declaration_text(self.model, id)
    }

    fn outcome(&self, id: OutcomeId) -> String {
        format!("“{}”", self.model.outcomes[id.index()].title)
    }

    /// The title of a reaction.
    #[must_use]
    pub fn title(&self, reaction: &Reaction) -> String {
        labels::node(self.model, &reaction.kind)
    }
}

/// How often: `less than 0.1 times`, `once`, `1.5 times`.
fn times(expected: f64) -> String {
    match number(expected).as_str() {
        _ if expected < 0.05 => "less than 0.1 times".to_owned(),
        "∞" => "for ever".to_owned(),
        "1" => "once".to_owned(),
        number => format!("{number} times"),
    }
}

/// Whether two reactions happen as often, at the same time, and lead there as often: they are told
/// as one.
fn come_together(one: &Chokepoint, other: &Chokepoint) -> bool {
    let numbers = |point: &Chokepoint| {
        let turn = point.reaction.mean_turn.unwrap_or(-1.0);
        [point.reaction.probability, turn, point.then]
    };
    numbers(one).iter().zip(numbers(other)).all(|(one, other)| (one - other).abs() <= NOISE)
}

fn said(text: &str) -> Paragraph {
    Paragraph { text: text.to_owned(), items: Vec::new() }
}
