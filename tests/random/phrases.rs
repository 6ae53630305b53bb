//! What random scenarios say: conditions, effects, events, expectations.

use super::scenario::{Cond, Deed, Effect, Expectation, Path, Scenario, Trigger, Variable, Who};
use std::fmt::Write as _;

pub const ACTORS: [&str; 3] = ["aland", "borduria", "corto"];
pub const ACTIONS: [&str; 3] = ["warn", "deploy", "strike"];
pub const ISSUES: [&str; 2] = ["basing", "trade"];
const GROUPS: [&str; 2] = ["everyone", "pact"];
pub const RUNGS: [&str; 4] = ["calm", "crisis", "clash", "war"];
const STANCES: [&str; 7] = ["rejects", "opposes", "wary", "neutral", "open", "supports", "commits"];
const OWN_SCALE: [&str; 3] = ["low", "mid", "high"];
pub const FRONTS: [&str; 3] = ["holding", "strained", "broken"];
pub const MOODS: [&str; 3] = ["cool", "hot", "mad"];
const COMPARISONS: [&str; 6] = ["=", "!=", "<", "<=", ">", ">="];
const QUANTIFIERS: [&str; 4] = ["any", "every", "no", "at least 2"];

/// Who can be named in some place.
#[derive(Clone)]
pub struct Scope<'s> {
    /// Where.
    pub scenario: &'s Scenario,
    /// The names.
    pub actors: Vec<String>,
    /// Whether the last two of them are not the same.
    pub pair: bool,
}

impl Scope<'_> {
    pub fn expectation(&self, expectation: &Expectation) -> String {
        let cond = |cond: &Cond| format!("({})", self.cond(cond, 0));
        match expectation {
            Expectation::Probability(measure, path, op, value) => {
                let measure = pick(&["P", "Pmin", "Pmax"], *measure);
                let op = pick(&["<", "<=", ">", ">=", "="], *op);
                format!("{measure}({}) {op} {}%", self.path(path), u32::from(*value) * 5)
            }
            Expectation::Never(it) => format!("never {}", cond(it)),
            Expectation::Always(it) => format!("always {}", cond(it)),
            Expectation::Possible(it) => format!("possible {}", cond(it)),
            Expectation::Certain(it) => format!("certain {}", cond(it)),
            Expectation::Before(first, second) => {
                format!("{} before {}", cond(first), cond(second))
            }
            Expectation::LeadsTo(cause, effect, limit) => {
                let limit = limit.map_or(String::new(), |limit| format!(" within {limit} turns"));
                format!("{} leads to {}{limit}", cond(cause), cond(effect))
            }
        }
    }

    pub fn path(&self, path: &Path) -> String {
        let cond = |cond: &Cond| format!("({})", self.cond(cond, 0));
        match path {
            Path::Outcome(index) => {
                let stated = self.scenario.outcomes.len();
                let index = usize::from(*index) % (stated + usize::from(self.scenario.otherwise));
                if index < stated { format!("o{index}") } else { "rest".to_owned() }
            }
            Path::Ever(it, None) => cond(it),
            Path::Ever(it, Some(limit)) => format!("{} within {limit} turns", cond(it)),
            Path::Until(before, it) => format!("{} until {}", cond(before), cond(it)),
            Path::Always(it) => format!("always {}", cond(it)),
        }
    }

    pub fn trigger(&self, trigger: &Trigger) -> String {
        match trigger {
            Trigger::On(events) => {
                let events: Vec<_> = events
                    .iter()
                    .map(|(who, deed)| format!("{} does {}", self.who(who), self.deed(*deed, true)))
                    .collect();
                format!("on {}", events.join(" or "))
            }
            Trigger::When(cond) => format!("when {}", self.cond(cond, 0)),
            Trigger::While(cond) => format!("while {}", self.cond(cond, 0)),
        }
    }

    pub fn cond(&self, cond: &Cond, depth: usize) -> String {
        let op = |op: u8| pick(&COMPARISONS, op);
        match cond {
            Cond::Does(who, deed) => format!("{} does {}", self.who(who), self.deed(*deed, true)),
            Cond::HasDone(who, deed) => {
                format!("{} has done {}", self.who(who), self.deed(*deed, true))
            }
            Cond::Position(who, issue, it, level) => {
                let issue = usize::from(*issue) % 2;
                format!(
                    "{} on {} {} {}",
                    self.who(who),
                    ISSUES[issue],
                    op(*it),
                    self.level(issue, *level)
                )
            }
            Cond::Front(it, value) => format!("front {} {}", op(*it), pick(&FRONTS, *value)),
            Cond::Mood(is, value) => {
                format!("mood {} {}", if *is { "=" } else { "!=" }, pick(&MOODS, *value))
            }
            Cond::Talks => "talks".to_owned(),
            Cond::Alert(who) => format!("{}.alert", self.who(who)),
            Cond::Posture(who, it, value) => {
                format!("{}.posture {} {}", self.who(who), op(*it), value % 3)
            }
            Cond::Arithmetic(form, it, value) => {
                let left = match form % 4 {
                    0 => "tension".to_owned(),
                    1 => format!("{}.posture + tension", pick(&self.actors, *value)),
                    2 => self.trust(*value, *it),
                    _ => format!("2 * tension - {}.posture", pick(&self.actors, *value)),
                };
                format!("{left} {} {}", op(*it), value % 4)
            }
            Cond::Level(peak, it, rung) if self.scenario.ladder.is_some() => {
                let word = if *peak { "peak" } else { "level" };
                format!("{word} {} {}", op(*it), pick(&RUNGS, *rung))
            }
            Cond::Turn(it, turn) | Cond::Level(_, it, turn) => {
                format!("turn {} {}", op(*it), turn % 4)
            }
            Cond::Borders(who, other) => {
                format!("{} borders {}", self.who(who), pick(&self.actors, *other))
            }
            Cond::Member(word, group, filter, inner) => {
                let member = format!("m{depth}");
                let filter = match filter % 4 {
                    0 => format!(" where ({member}.nuclear)"),
                    1 => format!(" where {member} != {}", pick(&self.actors, *group)),
                    2 => format!(" where {member} borders {}", pick(&self.actors, *word)),
                    _ => String::new(),
                };
                let mut inside = self.clone();
                inside.pair = false;
                inside.actors.insert(0, member.clone());
                let (word, group) = (pick(&QUANTIFIERS, *word), pick(&GROUPS, *group));
                format!("{word} {member} in {group}{filter} ({})", inside.cond(inner, depth + 1))
            }
            Cond::Not(inner) => format!("not ({})", self.cond(inner, depth + 1)),
            Cond::And(left, right) => {
                format!("({} and {})", self.cond(left, depth + 1), self.cond(right, depth + 1))
            }
            Cond::Or(left, right) => {
                format!("({} or {})", self.cond(left, depth + 1), self.cond(right, depth + 1))
            }
        }
    }

    pub fn who(&self, who: &Who) -> String {
        match who {
            Who::One(index) => pick(&self.actors, *index).to_owned(),
            Who::Some(word, group) => {
                format!("{} {}", pick(&QUANTIFIERS, *word), pick(&GROUPS, *group))
            }
        }
    }

    /// An action with its target; where an event is asked for, the target may be left open.
    pub fn deed(&self, deed: Deed, asked: bool) -> String {
        let index = usize::from(deed.action) % self.scenario.actions.len();
        let choices = self.actors.len() + usize::from(asked);
        let target = self.actors.get(usize::from(deed.target) % choices);
        match target.filter(|_| self.scenario.actions[index].targeted) {
            Some(target) => format!("{} against {target}", ACTIONS[index]),
            None => ACTIONS[index].to_owned(),
        }
    }

    pub fn effects(&self, effects: &[Effect]) -> String {
        let mut text = String::new();
        let mut assigned = Vec::new();
        for effect in effects {
            let one = match effect {
                Effect::Does(who, deed) => {
                    format!("{} does {}", pick(&self.actors, *who), self.deed(*deed, false))
                }
                Effect::Assign(variable, value) => {
                    let kind = std::mem::discriminant(variable);
                    if assigned.contains(&kind) {
                        continue;
                    }
                    assigned.push(kind);
                    format!(
                        "{} becomes {}",
                        self.variable(*variable),
                        self.value(*variable, *value)
                    )
                }
                Effect::Step(Variable::Mood | Variable::Talks | Variable::Alert(_), up, by) => {
                    format!("{} tension by {by}", if *up { "raise" } else { "lower" })
                }
                Effect::Step(variable, up, by) => {
                    let word = if *up { "raise" } else { "lower" };
                    format!("{word} {} by {by}", self.variable(*variable))
                }
            };
            let _ = write!(text, "{}{one}", if text.is_empty() { "" } else { "  " });
        }
        text
    }

    pub fn variable(&self, variable: Variable) -> String {
        match variable {
            Variable::Front => "front".to_owned(),
            Variable::Mood => "mood".to_owned(),
            Variable::Talks => "talks".to_owned(),
            Variable::Tension => "tension".to_owned(),
            Variable::Posture(who) => format!("{}.posture", pick(&self.actors, who)),
            Variable::Alert(who) => format!("{}.alert", pick(&self.actors, who)),
            Variable::Trust(of, to) => self.trust(of, to),
            Variable::Position(who, issue) => {
                format!("{} on {}", pick(&self.actors, who), ISSUES[usize::from(issue) % 2])
            }
        }
    }

    pub fn value(&self, variable: Variable, value: u8) -> &'static str {
        match variable {
            Variable::Front => pick(&FRONTS, value),
            Variable::Mood => pick(&MOODS, value),
            Variable::Talks | Variable::Alert(_) => pick(&["yes", "no"], value),
            Variable::Tension => pick(&["0", "1", "3", "4"], value),
            Variable::Posture(_) | Variable::Trust(..) => pick(&["0", "1", "2"], value),
            Variable::Position(_, issue) => self.level(usize::from(issue) % 2, value),
        }
    }

    pub fn trust(&self, of: u8, to: u8) -> String {
        if self.pair && of.is_multiple_of(2) {
            return "x.trust(y)".to_owned();
        }
        let count = self.scenario.actors;
        let of = usize::from(of) % count;
        let to = (of + 1 + usize::from(to) % (count - 1)) % count;
        format!("{}.trust({})", ACTORS[of], ACTORS[to])
    }

    pub fn level(&self, issue: usize, level: u8) -> &'static str {
        if issue == 1 && self.scenario.own_scale {
            pick(&OWN_SCALE, level)
        } else {
            pick(&STANCES, level)
        }
    }
}

/// The thing of this number, counted round and round.
pub fn pick<T: AsRef<str>>(all: &[T], index: u8) -> &str {
    all[usize::from(index) % all.len()].as_ref()
}
