//! The smallest sets of rules without which something cannot happen.
//!
//! A set of rules that prevents something must break every storyline to it. A storyline that goes
//! on unchanged without some rules is broken only by leaving out one of those that came about on it.
//! So the search branches over them, storyline by storyline (hitting sets, Reiter 1987), smallest
//! sets first, and explores all situations only where every storyline known so far is broken. What
//! is left out may also have prevented something: a set counts only when the situations without it
//! have been explored.

use super::accounts::derivations;
use super::answer::{Needs, Search};
use super::derivation::{Arrival, Deriving};
use super::reaching::Reaching;
use super::subject::Subject;
use crate::analysis::answer::Failure;
use crate::analysis::options::Options;
use crate::analysis::torn::Torn;
use crate::analysis::unfolded::Ground;
use crate::engine::Program;
use crate::engine::program::Origin;
use crate::engine::test::Test;
use crate::model::{DeclId, Model};
use std::collections::{BTreeMap, BTreeSet};

/// Larger sets are not looked for.
const LARGEST: usize = 4;
/// How many sets are told.
const SETS: usize = 12;
/// How often all situations are explored at most.
const EXPLORATIONS: usize = 200;
/// The same for what is reached where nothing else is: that seldom needs any rule.
const EXPLORATIONS_OTHERWISE: usize = 50;
/// How many situations are explored at most, all explorations together.
const SITUATIONS: usize = 20_000_000;
/// How many sets are looked at at most.
const LOOKED_AT: usize = 20_000;

/// The smallest sets of rules without which a subject cannot happen; it is possible with all.
#[must_use]
pub fn needs(model: &Model, ground: &Ground, subject: Subject, options: &Options) -> Needs {
    let mut hunt = Hunt {
        model,
        ground,
        subject,
        options,
        known: Vec::new(),
        explored: BTreeMap::new(),
        seen: BTreeSet::new(),
        blocking: BTreeSet::new(),
        situations: 0,
    };
    hunt.run()
}

/// The program in which rules of these declarations never have their chance; situations are packed
/// as in the program with them.
#[must_use]
pub fn without(program: &Program, left_out: &[DeclId]) -> Program {
    let mut program = program.clone();
    for rule in &mut program.rules {
        if left_out.contains(&rule.declaration) {
            rule.guard = Test::Const(false);
        }
    }
    program
}

/// What exploring without some rules came to.
#[derive(Clone, Debug)]
enum Without {
    /// It cannot happen, at least not where nothing contradicts itself.
    Impossible(Option<Torn>),
    /// It can, and one of these must be left out too if it is not to.
    Possible(Vec<DeclId>),
}

struct Hunt<'a> {
    model: &'a Model,
    ground: &'a Ground,
    subject: Subject,
    options: &'a Options,
    /// Storylines that come to it.
    known: Vec<Vec<Arrival>>,
    explored: BTreeMap<Vec<DeclId>, Without>,
    seen: BTreeSet<Vec<DeclId>>,
    blocking: BTreeSet<Vec<DeclId>>,
    situations: usize,
}

/// There is no room for more.
struct GivenUp;

impl Hunt<'_> {
    fn run(&mut self) -> Needs {
        for size in 0..=LARGEST {
            self.seen.clear();
            if let Err(GivenUp) = self.extend(&mut Vec::new(), size) {
                // All smaller sets have been looked at.
                let search = match size {
                    2.. if self.blocking.is_empty() => Search::NoneUpTo(size - 1),
                    _ => Search::GivenUp(self.explored.len()),
                };
                return self.needs(search);
            }
            if !self.blocking.is_empty() {
                let more = self.blocking.len() > SETS;
                let search = if more { Search::More } else { Search::Complete };
                return self.needs(search);
            }
            if let Some(Without::Possible(breakers)) = self.explored.get(&Vec::new())
                && breakers.is_empty()
            {
                return self.needs(Search::Scripted);
            }
        }
        self.needs(Search::NoneUpTo(LARGEST))
    }

    /// The sets that have been found.
    fn needs(&self, search: Search) -> Needs {
        let sets: Vec<Vec<DeclId>> = self.blocking.iter().take(SETS).cloned().collect();
        let torn = |set: &Vec<DeclId>| match self.explored.get(set) {
            Some(Without::Impossible(torn)) => torn.clone(),
            Some(Without::Possible(_)) | None => None,
        };
        Needs { torn: sets.iter().map(torn).collect(), sets, search }
    }

    /// Looks at all sets of `size` that hold those left out so far.
    fn extend(&mut self, left_out: &mut Vec<DeclId>, size: usize) -> Result<(), GivenUp> {
        let mut key = left_out.clone();
        key.sort_unstable();
        if !self.seen.insert(key.clone()) {
            return Ok(());
        }
        if self.seen.len() > LOOKED_AT {
            return Err(GivenUp);
        }
        let Some(breakers) = self.breakers(&key)? else {
            self.blocking.insert(key);
            return Ok(());
        };
        if left_out.len() < size {
            for breaker in breakers {
                left_out.push(breaker);
                self.extend(left_out, size)?;
                left_out.pop();
            }
        }
        Ok(())
    }

    /// One of which rules must be left out too; `None` where it cannot happen without those.
    fn breakers(&mut self, left_out: &Vec<DeclId>) -> Result<Option<Vec<DeclId>>, GivenUp> {
        let told = |without: &Without| match without {
            Without::Impossible(_) => None,
            Without::Possible(breakers) => Some(breakers.clone()),
        };
        if let Some(known) = self.explored.get(left_out) {
            return Ok(told(known));
        }
        let program = without(&self.ground.program, left_out);
        let mut deriving = Deriving::new(&program);
        for path in &self.known {
            if let Some(breakers) = breakers(self.model, &mut deriving, path) {
                return Ok(Some(breakers));
            }
        }
        let otherwise = self.subject.is_otherwise(self.model);
        let most = if otherwise { EXPLORATIONS_OTHERWISE } else { EXPLORATIONS };
        if self.explored.len() >= most || self.situations > SITUATIONS {
            return Err(GivenUp);
        }
        let found = self.explore(program)?;
        let result = told(&found);
        self.explored.insert(left_out.clone(), found);
        Ok(result)
    }

    fn explore(&mut self, program: Program) -> Result<Without, GivenUp> {
        // What is left out may have kept others apart: where these then contradict each other, a
        // storyline leads nowhere.
        let options = Options { torn: true, ..self.options.clone() };
        let ground = match Ground::of(self.model, program, &options) {
            Ok(ground) => ground,
            // What was observed rests on these rules: nothing is to be said of leaving them out.
            Err(Failure::Scenario(_)) => return Ok(Without::Possible(Vec::new())),
            Err(Failure::Limit(_) | Failure::Stopped) => return Err(GivenUp),
        };
        self.situations += ground.graph().len();
        let reaching = Reaching::new(self.model, &ground, self.subject);
        if !reaching.is_possible(&ground) {
            return Ok(Without::Impossible(Torn::of(self.model, ground.solver())));
        }
        let otherwise = self.subject.is_otherwise(self.model);
        let path = reaching.some_path(&ground).filter(|_| !otherwise || self.lasts());
        let broken_by = path
            .as_ref()
            .and_then(|path| breakers(self.model, &mut Deriving::new(&ground.program), path));
        match (path, broken_by) {
            (Some(path), Some(breakers)) => {
                self.known.push(path);
                Ok(Without::Possible(breakers))
            }
            // Nothing is known of what it rests on: any rule that has its chance may break it.
            _ => {
                let chances = self.model.rules.iter().zip(&ground.graph().chances);
                let all: BTreeSet<DeclId> = chances
                    .filter(|(_, chance)| **chance)
                    .map(|(rule, _)| rule.declaration)
                    .collect();
                Ok(Without::Possible(all.into_iter().collect()))
            }
        }
    }

    /// Whether storylines end.
    fn lasts(&self) -> bool {
        self.model.horizon.is_some()
    }
}

/// The rules that came about on a path, in the order of their declaration: leaving out any others
/// leaves it as it is. `None` where the path is not possible.
fn breakers(model: &Model, deriving: &mut Deriving<'_>, path: &[Arrival]) -> Option<Vec<DeclId>> {
    let mut all = BTreeSet::new();
    for derivation in derivations(deriving, path)? {
        all.extend(derivation.spent);
        for fired in derivation.fired {
            if let Origin::Rule(rule, _) = fired.origin {
                all.insert(model.rules[rule as usize].declaration);
            }
        }
    }
    Some(all.into_iter().collect())
}
