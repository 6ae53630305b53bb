//! Random scenarios as text.

use super::phrases::{ACTIONS, ACTORS, FRONTS, ISSUES, MOODS, RUNGS, Scope, pick};
use super::scenario::{Action, Change, Cond, Decision, Delay, Inject, Position, Rule, Scenario};
use std::fmt::{self, Display};

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

impl Display for Scenario {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scope = self.scope();
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

/// A scenario in which something has been seen, each in its turn.
#[derive(Clone, Debug)]
pub struct Observed(pub Scenario, pub Vec<(u32, Cond)>);

impl Display for Observed {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(scenario, seen) = self;
        write!(to, "{scenario}")?;
        let scope = scenario.scope();
        for (turn, cond) in seen {
            writeln!(to, "observe turn {turn}: {}", scope.cond(cond, 0))?;
        }
        Ok(())
    }
}

impl Scenario {
    fn scope(&self) -> Scope<'_> {
        let actors = ACTORS[..self.actors].iter().map(|it| (*it).to_owned()).collect();
        Scope { scenario: self, actors, pair: false }
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
            let since = position
                .since
                .filter(|_| self.scenario.dated && (issue == 0 || !self.scenario.own_scale))
                .map(|week| week % 7);
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
