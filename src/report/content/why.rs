//! Why something happens, and why not, in sentences: the same words for every kind of page.

use super::causes;
use super::labels::{self, counted};
use crate::analysis::{
    Barrier, Cause, Margin, Measured, NodeKind, Obstacle, Part, Subject, Way, Why,
};
use crate::model::{DeclId, DeclarationKind, Model, Quote};
use crate::report::Repeat;
use crate::report::percent;
use crate::report::text::interval;

/// What a page of `why` is made from.
#[derive(Clone, Copy, Debug)]
pub struct WhyReport<'a> {
    /// The scenario's path as the user wrote it.
    pub file: &'a str,
    /// The scenario as evaluated: under its reading, with the changes of the command line.
    pub model: &'a Model,
    /// The answer.
    pub why: &'a Why,
    /// What is needed to make the same page again.
    pub repeat: &'a Repeat,
}

/// Barriers told at most.
const BARRIERS: usize = 8;
/// Margins told at most.
const MARGINS: usize = 3;

impl WhyReport<'_> {
    /// What is said where nothing could bring it about.
    pub const OUT_OF_REACH: &'static str =
        "No rule or decision of the scenario could bring it about.";

    /// Whether nothing could bring it about.
    #[must_use]
    pub fn is_out_of_reach(&self) -> bool {
        self.why.barriers.is_empty() && self.why.others.is_empty()
    }

    /// What it is about, by its title.
    #[must_use]
    pub fn title(&self) -> String {
        subject_title(self.model, self.why.subject)
    }

    /// How likely it is and when, in a sentence or two.
    #[must_use]
    pub fn summary(&self) -> String {
        let why = self.why;
        let title = self.title();
        let given = self.given();
        if !why.possible {
            return format!(
                "“{title}” cannot happen, whatever the likelihoods and decisions.{given}"
            );
        }
        let (verb, again) = match why.subject {
            Subject::Outcome(_) | Subject::Rung(_) => ("is reached", "is"),
            Subject::Event(_) | Subject::Change(..) => ("happens", "does"),
        };
        let (chance, bounds) = (percent(why.probability), interval(Some(why.bounds)));
        let when = why.mean_turn.map(|turn| match labels::mean_turn(self.model, turn) {
            when if why.probability < 1.0 => {
                format!("; where it {again}, on average first in {when}")
            }
            when => format!(", on average first in {when}"),
        });
        let doubt = if why.probability <= 0.0 {
            " It is possible only under other likelihoods or decisions than the estimates."
        } else {
            ""
        };
        format!(
            "“{title}” {verb} with a probability of {chance} {bounds}{}.{doubt}{given}",
            when.unwrap_or_default()
        )
    }

    /// That all is told given what was observed, where something was.
    fn given(&self) -> String {
        self.why.observation.map_or_else(String::new, |seen| format!(" {}", labels::given(seen)))
    }

    /// How much the storylines carry, and what one is.
    #[must_use]
    pub fn carried(&self) -> String {
        let why = self.why;
        let share = percent(why.share());
        let carried = match why.accounts.len() {
            0 => return "No storyline leads there by the estimates.".to_owned(),
            1 => format!("The most probable storyline carries {share} of it."),
            count => format!("The {count} most probable storylines carry {share} of it."),
        };
        if why.subject.is_otherwise(self.model) {
            return carried;
        }
        format!(
            "{carried} A storyline is told by what leads there; turns and dates are those of its likeliest course."
        )
    }

    /// Whether there is anything to tell of why it does not happen.
    #[must_use]
    pub fn has_barriers(&self) -> bool {
        !(self.why.barriers.is_empty() && self.why.others.is_empty() && self.why.possible)
    }

    /// The barriers that are told: first the conditions, then the rules, then those behind them.
    pub fn barriers(&self) -> impl Iterator<Item = &Barrier> {
        let behind = self.why.barriers.iter().filter(|barrier| barrier.behind.is_some());
        self.direct().take(BARRIERS).chain(behind)
    }

    /// The barriers of the subject itself.
    fn direct(&self) -> impl Iterator<Item = &Barrier> {
        self.why.barriers.iter().filter(|barrier| barrier.behind.is_none())
    }

    /// What is left out of the barriers, if anything is.
    #[must_use]
    pub fn barriers_left_out(&self) -> Option<String> {
        let more = self.direct().count().saturating_sub(BARRIERS);
        let (their, are) = if more == 1 { ("its", "is") } else { ("their", "are") };
        (more > 0).then(|| {
            format!(
                "{} had {their} chance less often and {are} in the JSON of `escalade why` only.",
                counted(more, "more rule")
            )
        })
    }

    /// What a barrier is about, in a sentence.
    #[must_use]
    pub fn barrier(&self, barrier: &Barrier) -> String {
        let behind = barrier.behind.as_ref();
        let behind = behind.map(|cond| format!("for `{}`, ", self.model.condition_text(cond)));
        let sentence = match &barrier.way {
            Way::Condition => self.condition(barrier),
            Way::Nothing => "no rule or decision of the scenario could bring it about.".to_owned(),
            Way::Rule { declaration, members, alternatives, drawn } => {
                let name = self.declaration(*declaration);
                let who = causes::choices(self.model, members);
                let by: Vec<String> = alternatives
                    .iter()
                    .flatten()
                    .map(|name| alternative_text(self.model, *declaration, name))
                    .collect();
                let by =
                    if by.is_empty() { String::new() } else { format!(" by {}", by.join(" or ")) };
                let drawn = if *drawn < 1.0 - NOISE {
                    format!("and each time does so with a probability of {}", percent(*drawn))
                } else {
                    "and each time does so for sure".to_owned()
                };
                let chance = if barrier.chance <= NOISE {
                    "never had its chance".to_owned()
                } else {
                    format!("had its chance in {} of storylines, {drawn}", percent(barrier.chance))
                };
                format!("{name}{who} could bring it about{by}: it {chance}.")
            }
        };
        capital(&format!("{}{sentence}", behind.unwrap_or_default()))
    }

    fn condition(&self, barrier: &Barrier) -> String {
        let text = |one: &Obstacle| format!("`{}`", self.model.condition_text(&one.condition));
        if let [only] = &barrier.obstacles[..] {
            let never = if only.stood > NOISE {
                format!("which never held in {} of storylines", percent(only.stood))
            } else {
                "which held in every storyline".to_owned()
            };
            return format!("It needs {}, {never}{}.", text(only), margins(only, true));
        }
        let whole = joined(barrier.obstacles.iter().map(text).collect());
        format!("It needs {whole}, all at once in {} of storylines.", percent(barrier.chance))
    }

    /// How one condition stood in the way, in a sentence; `None` where it never did.
    #[must_use]
    pub fn obstacle(&self, barrier: &Barrier, obstacle: &Obstacle) -> Option<String> {
        let alone = barrier.obstacles.len() == 1;
        if alone && barrier.way == Way::Condition {
            return None;
        }
        let text = self.model.condition_text(&obstacle.condition);
        let kind = match obstacle.part {
            Part::Outcome | Part::Trigger => "",
            Part::Guard => " (its `if`)",
        };
        let stood = percent(obstacle.stood);
        let never = obstacle.stood <= NOISE;
        let sentence = if alone {
            if never {
                return None;
            }
            format!("Needs `{text}`{kind}: it never held in {stood} of storylines")
        } else if obstacle.held <= NOISE {
            format!("Needs `{text}`{kind}, which held in no storyline")
        } else if obstacle.rest <= NOISE {
            format!(
                "Needs `{text}`{kind}, which held at some time in {} of storylines, but never did all the rest hold",
                percent(obstacle.held)
            )
        } else if never {
            return None;
        } else {
            format!(
                "Needs `{text}`{kind}: in {stood} of storylines all the rest held at some time, but never together with this"
            )
        };
        Some(format!("{sentence}{}.", margins(obstacle, alone)))
    }

    /// For an outcome that is reached where no other is: what the others took.
    #[must_use]
    pub fn others(&self) -> Option<String> {
        let mut others: Vec<_> =
            self.why.others.iter().filter(|(_, probability)| *probability > NOISE).collect();
        if self.why.others.is_empty() {
            return None;
        }
        others.sort_by(|one, other| other.1.total_cmp(&one.1));
        if others.is_empty() {
            return Some("It is reached where no other outcome is, and none ever was.".to_owned());
        }
        let one = |(id, probability): &&(crate::model::OutcomeId, f64)| {
            let title = &self.model.outcomes[id.index()].title;
            format!("“{title}” in {}", percent(*probability))
        };
        let all = joined(others.iter().map(one).collect());
        Some(format!("It is reached where no other outcome is; storylines came to {all}."))
    }

    /// What brought something about, in words.
    #[must_use]
    pub fn cause(&self, cause: &Cause) -> String {
        causes::cause(self.model, cause)
    }

    /// The rationale of what brought something about, where there is one.
    #[must_use]
    pub fn because(&self, cause: &Cause) -> Option<&Quote> {
        causes::because(self.model, cause)
    }

    /// A rationale with its source: `“...” (Remarks at the conference, French presidency, B2)`.
    #[must_use]
    pub fn quoted(&self, quote: &Quote) -> String {
        causes::quoted(self.model, quote)
    }

    /// The head of a turn: `turn 3, 2024-04-08`.
    #[must_use]
    pub fn turn(&self, turn: u32) -> String {
        labels::turn(self.model, turn)
    }

    /// The title of something that happens.
    #[must_use]
    pub fn happening(&self, kind: &NodeKind) -> String {
        labels::node(self.model, kind)
    }

    /// How it was found.
    #[must_use]
    pub fn method(&self) -> String {
        format!(
            "Exact: all {} and the {} between them were looked at.",
            counted(self.why.situations, "situation"),
            counted(self.why.transitions, "transition"),
        )
    }

    /// A rule or decision by kind and title.
    fn declaration(&self, id: DeclId) -> String {
        declaration_text(self.model, id)
    }
}

/// Below this much, a probability is noise of the computation.
const NOISE: f64 = 1e-9;

/// How near a condition came, as the end of a sentence; `alone` where nothing else has to hold.
fn margins(obstacle: &Obstacle, alone: bool) -> String {
    // What it was when the rest first held is then only what it was at the start.
    if obstacle.margins.is_empty() || (alone && obstacle.measure == Measured::First) {
        return String::new();
    }
    let how = match obstacle.measure {
        Measured::Nearest => "it came no nearer than",
        Measured::First => "counted over all storylines, when the rest first held it was",
    };
    // `in 62%` stands behind what it was.
    let part = |margin: &Margin| format!("{} (in {})", margin.value, percent(margin.probability));
    let mut parts: Vec<&Margin> = obstacle.margins.iter().collect();
    parts.sort_by(|one, other| other.probability.total_cmp(&one.probability));
    let mut told: Vec<String> = parts.iter().take(MARGINS).map(|one| part(one)).collect();
    if parts.len() > MARGINS {
        let rest: f64 = parts[MARGINS..].iter().map(|margin| margin.probability).sum();
        told.push(format!("something else (in {})", percent(rest)));
    }
    format!("; {how} {}", told.join(", "))
}

/// The title of a subject.
#[must_use]
pub fn subject_title(model: &Model, subject: Subject) -> String {
    match subject {
        Subject::Outcome(id) => model.outcomes[id.index()].title.clone(),
        Subject::Rung(rung) => {
            let rung = model.ladder.as_ref().and_then(|ladder| ladder.rungs.get(rung));
            rung.map(|rung| rung.title.clone()).unwrap_or_default()
        }
        Subject::Event(pattern) => model.event_title(&crate::model::Event {
            actor: pattern.actor,
            action: pattern.action,
            target: pattern.target,
        }),
        Subject::Change(variable, change) => {
            labels::node(model, &NodeKind::Change(variable, change))
        }
    }
}

/// A rule or decision by kind and title: `the decision “What Paris does next”`.
#[must_use]
pub fn declaration_text(model: &Model, id: DeclId) -> String {
    let declaration = &model.declarations[id.index()];
    let kind = match declaration.kind {
        DeclarationKind::Rule => "the rule",
        DeclarationKind::Becomes => "the position line",
        DeclarationKind::Decision => "the decision",
    };
    format!("{kind} “{}”", declaration.title)
}

/// An alternative in words: `alternative 2`, `its else`, `option send`.
#[must_use]
pub fn alternative_text(model: &Model, id: DeclId, name: &str) -> String {
    match model.declarations[id.index()].kind {
        DeclarationKind::Decision => format!("option `{name}`"),
        DeclarationKind::Rule | DeclarationKind::Becomes if name == "else" => {
            "its `else`".to_owned()
        }
        DeclarationKind::Rule | DeclarationKind::Becomes => format!("alternative {name}"),
    }
}

/// `a`, `a and b`, `a, b and c`.
#[must_use]
pub fn joined(mut parts: Vec<String>) -> String {
    match parts.pop() {
        None => String::new(),
        Some(last) if parts.is_empty() => last,
        Some(last) => format!("{} and {last}", parts.join(", ")),
    }
}

/// With a capital first letter.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
