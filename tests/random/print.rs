//! Random scenarios as text.

use super::scenario::{
    Action, Change, Cond, Decision, Deed, Delay, Effect, Expectation, Inject, Path, Position, Rule,
    Scenario, Trigger, Variable, Who,
};
use std::fmt::{self, Display, Write as _};

const ACTORS: [&str; 3] = ["aland", "borduria", "corto"];
const ACTIONS: [&str; 3] = ["warn", "deploy", "strike"];
const ISSUES: [&str; 2] = ["basing", "trade"];
const GROUPS: [&str; 2] = ["everyone", "pact"];
const RUNGS: [&str; 4] = ["calm", "crisis", "clash", "war"];
const STANCES: [&str; 7] = ["rejects", "opposes", "wary", "neutral", "open", "supports", "commits"];
const OWN_SCALE: [&str; 3] = ["low", "mid", "high"];
const FRONTS: [&str; 3] = ["holding", "strained", "broken"];
const MOODS: [&str; 3] = ["cool", "hot", "mad"];
const COMPARISONS: [&str; 6] = ["=", "!=", "<", "<=", ">", ">="];
const QUANTIFIERS: [&str; 4] = ["any", "every", "no", "at least 2"];
const EACH: [(&str, &[&str], bool); 8] = [
    ("", &[], false),
    ("", &[], false),
    (" for each x in everyone", &["x"], false),
    (" for each x in pact", &["x"], false),
    (" for each x in everyone where x.nuclear", &["x"], false),
    (" for each x in everyone where x guarantees aland", &["x"], false),
    (" for each x in everyone, y in pact where x != y", &["x", "y"], true),
    (" for each x in everyone, y in everyone where x borders y", &["x", "y"], true),
];
/// Likelihoods that fit beside no, one and two others.
const LIKELIHOODS: [&[&str]; 3] = [
    &["", "75%", "likely", "0.35", "roughly_even", "0%..100%", "impossible", "almost_certain", "q"],
    &["50%", "30%..90%", "40%", "unlikely", "p", "12.5%", "0%..80%"],
    &["p", "25%", "unlikely", "very_unlikely", "10%..60%", "almost_no_chance", "0.3", "30%..90%"],
];
/// Likelihoods of two and of three options.
const SHARES: [&[[&str; 3]]; 2] = [
    &[
        ["", "", ""],
        ["40%", "", ""],
        ["30%..50%", "40%..80%", ""],
        ["likely", "unlikely", ""],
        ["", "p", ""],
    ],
    &[
        ["", "", ""],
        ["unlikely", "", ""],
        ["20%..40%", "10%..50%", ""],
        ["20%..40%", "20%..40%", "30%..50%"],
        ["0%..90%", "0%..90%", ""],
        ["25%", "35%", "40%"],
    ],
];

/// Who can be named in some place.
#[derive(Clone)]
struct Scope<'s> {
    scenario: &'s Scenario,
    actors: Vec<String>,
    /// Whether the last two of them are not the same.
    pair: bool,
}

impl Display for Scenario {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scope = Scope {
            scenario: self,
            actors: ACTORS[..self.actors].iter().map(|it| (*it).to_owned()).collect(),
            pair: false,
        };
        scope.header(to)?;
        scope.declarations(to)?;
        scope.positions(to)?;
        for (index, action) in self.actions.iter().enumerate() {
            scope.action(to, index, action)?;
        }
        for inject in &self.injects {
            scope.inject(to, inject)?;
        }
        for (index, rule) in self.rules.iter().enumerate() {
            scope.rule(to, index, rule)?;
        }
        for (index, decision) in self.decisions.iter().enumerate() {
            scope.decision(to, index, decision)?;
        }
        for (index, (ending, cond)) in self.outcomes.iter().enumerate() {
            let word = if *ending { "ending" } else { "outcome" };
            writeln!(to, "{word} o{index} \"o{index}\" when {}", scope.cond(cond, 0))?;
        }
        if self.otherwise {
            writeln!(to, "outcome rest \"rest\" otherwise")?;
        }
        for expectation in &self.expectations {
            writeln!(to, "expect {}", scope.expectation(expectation))?;
        }
        scope.reading(to)
    }
}

impl Scope<'_> {
    fn header(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "scenario \"Random\" {{")?;
        if self.scenario.dated {
            write!(to, " start 2024-01-15 turn 1 week")?;
        }
        if let Some(horizon) = self.scenario.horizon {
            write!(to, " horizon {horizon} turns")?;
        }
        writeln!(to, " }}")?;
        for (index, actor) in self.actors.iter().enumerate() {
            let nuclear = if self.scenario.nuclear >> index & 1 == 1 { "yes" } else { "no" };
            writeln!(to, "actor {actor} \"{actor}\" {{ nuclear = {nuclear} }}")?;
        }
        writeln!(to, "group pact \"pact\" {{ aland, borduria }}")?;
        let mut borders = vec!["aland - borduria"];
        if self.actors.len() > 2 && self.scenario.borders & 1 == 1 {
            borders.push("borduria - corto");
        }
        if self.scenario.borders & 2 == 2 {
            borders.remove(0);
        }
        if borders.is_empty() {
            borders.push("borduria - aland");
        }
        writeln!(to, "relation borders \"borders\" {{ {} }}", borders.join(", "))?;
        writeln!(to, "relation guarantees \"guarantees\" {{ borduria -> aland }}")
    }

    fn declarations(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let initial = self.scenario.initial;
        writeln!(to, "issue basing \"basing\"")?;
        if self.scenario.own_scale {
            writeln!(to, "scale own {{ low < mid < high }}")?;
            writeln!(to, "issue trade \"trade\" on scale own")?;
            writeln!(to, "position everyone on trade: mid")?;
        } else {
            writeln!(to, "issue trade \"trade\"")?;
        }
        if let Some(start) = self.scenario.ladder {
            let rungs: Vec<_> =
                RUNGS.iter().map(|rung| format!("rung {rung} \"{rung}\"")).collect();
            let start = pick(&RUNGS[..2], start);
            writeln!(to, "ladder \"Ladder\" {{ {} start at {start} }}", rungs.join(" "))?;
        }
        writeln!(to, "state front: {} = {}", FRONTS.join(" < "), pick(&FRONTS, initial[0]))?;
        writeln!(to, "state mood: {} = {}", MOODS.join(" | "), pick(&MOODS, initial[1]))?;
        writeln!(to, "flag talks = {}", if initial[2] & 1 == 1 { "yes" } else { "no" })?;
        writeln!(to, "meter tension: 0..4 = {}", initial[2] % 5)?;
        writeln!(to, "meter posture for each a in everyone: -1..2 = {}", initial[3] % 3)?;
        writeln!(to, "flag alert for each a in everyone")?;
        writeln!(to, "meter trust for each a in everyone, b in everyone where a != b: 0..2 = 1")?;
        writeln!(to, "param p = 20%..30%")?;
        writeln!(to, "param q = likely")
    }

    fn positions(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut known: Vec<(usize, usize, Option<u8>)> = Vec::new();
        for position in &self.scenario.positions {
            let who = usize::from(position.who) % (self.actors.len() + 1);
            let group = who == self.actors.len();
            let issue = if group { 0 } else { usize::from(position.issue) % 2 };
            let since = position.since.filter(|_| self.scenario.dated).map(|week| week % 7);
            let others = || known.iter().filter(|(it, on, _)| (*it, *on) == (who, issue));
            let mixed = others().any(|(_, _, at)| at.is_none() || since.is_none() || *at == since);
            if mixed {
                continue;
            }
            let first = others().next().is_none();
            known.push((who, issue, since));
            self.position(to, position, (who, issue), since, first && !group)?;
        }
        Ok(())
    }

    fn position(
        &self,
        to: &mut fmt::Formatter<'_>,
        position: &Position,
        (who, issue): (usize, usize),
        since: Option<u8>,
        becomes: bool,
    ) -> fmt::Result {
        let name = self.actors.get(who).map_or("pact", String::as_str);
        write!(to, "position {name} on {}: {}", ISSUES[issue], self.level(issue, position.level))?;
        if let Some(week) = since {
            write!(to, " since {}", date(i32::from(week) - 2, 0))?;
        }
        let lines: Vec<String> = position
            .becomes
            .iter()
            .filter(|_| becomes)
            .map(|(level, cond, likelihood)| {
                let likelihood = likelihood.map_or("", |it| pick(LIKELIHOODS[0], it));
                let colon = if likelihood.is_empty() { "" } else { ": " };
                let level = self.level(issue, *level);
                format!("becomes {level} when {}{colon}{likelihood}", self.cond(cond, 0))
            })
            .collect();
        if lines.is_empty() { writeln!(to) } else { writeln!(to, " {{ {} }}", lines.join(" ")) }
    }

    fn action(&self, to: &mut fmt::Formatter<'_>, index: usize, action: &Action) -> fmt::Result {
        let mut inside = self.clone();
        inside.actors.push("self".to_owned());
        if action.targeted {
            inside.actors.push("target".to_owned());
        }
        write!(to, "action {0} \"{0}\"", ACTIONS[index])?;
        if let Some((at, rung)) = action.rung.filter(|_| self.scenario.ladder.is_some()) {
            write!(to, " {} {}", if at { "at" } else { "to" }, pick(&RUNGS, rung))?;
        }
        match action.body.as_slice() {
            [] => writeln!(to),
            body => writeln!(to, " {{ {} }}", inside.effects(body)),
        }
    }

    fn inject(&self, to: &mut fmt::Formatter<'_>, inject: &Inject) -> fmt::Result {
        if inject.by_date && self.scenario.dated {
            write!(to, "inject {}", date(i32::from(inject.turn), 2))?;
        } else {
            write!(to, "inject turn {}", inject.turn)?;
        }
        writeln!(to, " {{ {} }}", self.effects(&inject.effects))
    }

    fn rule(&self, to: &mut fmt::Formatter<'_>, index: usize, rule: &Rule) -> fmt::Result {
        let (each, names, pair) = EACH[usize::from(rule.each) % EACH.len()];
        let mut inside = self.clone();
        inside.actors.extend(names.iter().map(|name| (*name).to_owned()));
        inside.pair = pair;
        writeln!(to, "rule r{index} \"r{index}\"{each} {{")?;
        writeln!(to, "  {}", inside.trigger(&rule.trigger))?;
        if let Some(guard) = &rule.guard {
            writeln!(to, "  if {}", inside.cond(guard, 0))?;
        }
        let likelihoods = LIKELIHOODS[rule.alternatives.len() - 1];
        for (place, (likelihood, delay, effects)) in rule.alternatives.iter().enumerate() {
            let word = if place == 0 { "then" } else { "or" };
            let likelihood = pick(likelihoods, *likelihood);
            writeln!(
                to,
                "  {word} {likelihood}{} {{ {} }}",
                when(*delay),
                inside.effects(effects)
            )?;
        }
        if let Some((delay, effects)) = &rule.otherwise {
            writeln!(to, "  else{} {{ {} }}", when(*delay), inside.effects(effects))?;
        }
        if rule.once {
            writeln!(to, "  once")?;
        }
        if let Some(priority) = rule.priority {
            writeln!(to, "  priority {}", priority % 16)?;
        }
        writeln!(to, "}}")
    }

    fn decision(
        &self,
        to: &mut fmt::Formatter<'_>,
        index: usize,
        decision: &Decision,
    ) -> fmt::Result {
        let mut inside = self.clone();
        if decision.each {
            inside.actors.push("x".to_owned());
            writeln!(to, "decision d{index} \"d{index}\" by x for each x in pact {{")?;
        } else {
            let by = pick(&self.actors, decision.by);
            writeln!(to, "decision d{index} \"d{index}\" by {by} {{")?;
        }
        writeln!(to, "  {}", inside.trigger(&decision.trigger))?;
        if let Some(guard) = &decision.guard {
            writeln!(to, "  if {}", inside.cond(guard, 0))?;
        }
        let shares = SHARES[decision.options.len() - 2];
        let shares = shares[usize::from(decision.shares) % shares.len()];
        for (place, ((delay, effects), share)) in decision.options.iter().zip(shares).enumerate() {
            write!(to, "  option c{place} \"c{place}\" {share}")?;
            match effects.as_slice() {
                [] => writeln!(to)?,
                effects => writeln!(to, "{} {{ {} }}", when(*delay), inside.effects(effects))?,
            }
        }
        if decision.once {
            writeln!(to, "  once")?;
        }
        writeln!(to, "}}")
    }

    fn reading(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.scenario.reading.is_empty() {
            return Ok(());
        }
        let mut lines: Vec<(String, String)> = Vec::new();
        for change in &self.scenario.reading {
            let rules = self.scenario.rules.len();
            let rule = |index: u8| (rules > 0).then(|| format!("r{}", usize::from(index) % rules));
            let line = match change {
                Change::Position(who, issue, level) => {
                    let issue = usize::from(*issue) % 2;
                    let place =
                        format!("position {} on {}", pick(&self.actors, *who), ISSUES[issue]);
                    Some((place, format!(": {}", self.level(issue, *level))))
                }
                Change::Front(value) => {
                    Some(("state front".to_owned(), format!(" = {}", pick(&FRONTS, *value))))
                }
                Change::Param(value) => Some((
                    "param p".to_owned(),
                    format!(" = {}", pick(&["5%", "10%..30%"], *value)),
                )),
                Change::Rule(index, value) => rule(*index).map(|name| {
                    (format!("rule {name}"), format!(": {}", pick(LIKELIHOODS[2], *value)))
                }),
                Change::Disable(index) => {
                    rule(*index).map(|name| (format!("disable {name}"), String::new()))
                }
            };
            let word = |place: &str| place.split(' ').next_back().unwrap().to_owned();
            lines.extend(
                line.filter(|(place, _)| lines.iter().all(|(it, _)| word(it) != word(place))),
            );
        }
        let lines: Vec<_> = lines.iter().map(|(place, value)| format!("{place}{value}")).collect();
        writeln!(to, "reading other \"Another reading\" {{ {} }}", lines.join("  "))
    }

    fn expectation(&self, expectation: &Expectation) -> String {
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

    fn path(&self, path: &Path) -> String {
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

    fn trigger(&self, trigger: &Trigger) -> String {
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

    fn cond(&self, cond: &Cond, depth: usize) -> String {
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
                    0 => format!(" where {member}.nuclear"),
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

    fn who(&self, who: &Who) -> String {
        match who {
            Who::One(index) => pick(&self.actors, *index).to_owned(),
            Who::Some(word, group) => {
                format!("{} {}", pick(&QUANTIFIERS, *word), pick(&GROUPS, *group))
            }
        }
    }

    /// An action with its target; where an event is asked for, the target may be left open.
    fn deed(&self, deed: Deed, asked: bool) -> String {
        let index = usize::from(deed.action) % self.scenario.actions.len();
        let choices = self.actors.len() + usize::from(asked);
        let target = self.actors.get(usize::from(deed.target) % choices);
        match target.filter(|_| self.scenario.actions[index].targeted) {
            Some(target) => format!("{} against {target}", ACTIONS[index]),
            None => ACTIONS[index].to_owned(),
        }
    }

    fn effects(&self, effects: &[Effect]) -> String {
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

    fn variable(&self, variable: Variable) -> String {
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

    fn value(&self, variable: Variable, value: u8) -> &'static str {
        match variable {
            Variable::Front => pick(&FRONTS, value),
            Variable::Mood => pick(&MOODS, value),
            Variable::Talks | Variable::Alert(_) => pick(&["yes", "no"], value),
            Variable::Tension => pick(&["0", "1", "3", "4"], value),
            Variable::Posture(_) | Variable::Trust(..) => pick(&["0", "1", "2"], value),
            Variable::Position(_, issue) => self.level(usize::from(issue) % 2, value),
        }
    }

    fn trust(&self, of: u8, to: u8) -> String {
        if self.pair && of % 2 == 0 {
            return "x.trust(y)".to_owned();
        }
        let count = self.scenario.actors;
        let of = usize::from(of) % count;
        let to = (of + 1 + usize::from(to) % (count - 1)) % count;
        format!("{}.trust({})", ACTORS[of], ACTORS[to])
    }

    fn level(&self, issue: usize, level: u8) -> &'static str {
        if issue == 1 && self.scenario.own_scale {
            pick(&OWN_SCALE, level)
        } else {
            pick(&STANCES, level)
        }
    }
}

fn when(delay: Delay) -> String {
    match delay {
        Delay::None => String::new(),
        Delay::After(turns) => format!(" after {turns} turns"),
        Delay::Within(turns) => format!(" within {turns} turns"),
    }
}

/// A day some weeks after the start, 2024-01-15, and some days more.
fn date(weeks: i32, days: i32) -> String {
    match 15 + 7 * weeks + days {
        day @ 1..=31 => format!("2024-01-{day:02}"),
        day => format!("2024-02-{:02}", day - 31),
    }
}

fn pick<T: AsRef<str>>(all: &[T], index: u8) -> &str {
    all[usize::from(index) % all.len()].as_ref()
}
