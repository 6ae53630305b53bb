//! How a scenario is evaluated.

use super::memory;
use crate::analysis::{self, Questions};
use crate::model::Grade;

/// How a scenario is evaluated.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cli", derive(clap::Args))]
#[cfg_attr(feature = "cli", command(next_help_heading = "How it is evaluated"))]
pub struct Options {
    /// Evaluate this reading only, `baseline` for the scenario as written [default: that, and all
    /// readings]
    #[cfg_attr(feature = "cli", arg(long, value_name = "NAME", value_parser = super::name::composed))]
    pub reading: Option<String>,
    /// Set a param, the initial value of a state, flag or meter, or ACTOR.ISSUE to a level; also in
    /// readings that change the same; repeatable
    #[cfg_attr(feature = "cli", arg(long, value_name = "NAME=VALUE", value_parser = super::name::composed))]
    pub set: Vec<String>,
    /// Tell everything given that this was seen, beside what the scenario observes, e.g.
    /// "turn 3: russia does warn" or "2024-04-08: front >= strained"; repeatable
    #[cfg_attr(feature = "cli", arg(long, value_name = "TURN: CONDITION"))]
    pub observe: Vec<String>,
    /// Strike out a source: rules, decisions and positions that rest on struck-out sources alone do
    /// not count; repeatable
    #[cfg_attr(feature = "cli", arg(long, value_name = "NAME", value_parser = super::name::composed))]
    pub without_source: Vec<String>,
    /// Strike out sources with a worse grade, e.g. C3; what cannot be judged (F, 6, no grade) is kept
    #[cfg_attr(feature = "cli", arg(long, value_name = "GRADE", value_parser = super::amounts::grade))]
    pub min_grade: Option<Grade>,
    /// Look this many turns ahead, whatever the scenario says
    #[cfg_attr(feature = "cli", arg(long, value_name = "N", value_parser = super::amounts::turns()))]
    pub horizon: Option<u32>,
    /// How the numbers are found
    #[cfg_attr(feature = "cli", arg(long, value_enum, default_value_t = Method::Auto))]
    pub method: Method,
    /// Explore at most this many situations
    #[cfg_attr(feature = "cli", arg(long, value_name = "N", default_value_t = 10_000_000))]
    pub max_situations: usize,
    /// Use at most about this much memory, e.g. 500MB or 8GB [default: three quarters of what is free]
    #[cfg_attr(feature = "cli", arg(long, value_name = "SIZE", value_parser = super::memory::size))]
    pub max_memory: Option<usize>,
    /// Draw this many storylines when simulating
    #[cfg_attr(feature = "cli", arg(long, value_name = "N", default_value_t = 100_000, value_parser = clap::value_parser!(u64).range(1..)))]
    pub runs: u64,
    /// The seed of the draws when simulating or playing
    #[cfg_attr(feature = "cli", arg(long, value_name = "S", default_value_t = 0))]
    pub seed: u64,
    /// Draw this run of a simulation only, counted from 0, and tell its storyline
    #[cfg_attr(feature = "cli", arg(long, value_name = "I"))]
    pub run: Option<u64>,
    /// Use this many threads [default: as many as there are cores]
    #[cfg_attr(feature = "cli", arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..)))]
    pub threads: Option<u16>,
    /// Find this many storylines for each outcome [default: 1 for people, 3 for machines]
    #[cfg_attr(feature = "cli", arg(long, value_name = "N", value_parser = super::amounts::storylines))]
    pub storylines: Option<usize>,
}

/// How the numbers are found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Method {
    #[default]
    /// Exactly, as long as the limit on situations allows it
    Auto,
    /// Exactly: every situation is explored
    Exact,
    /// From storylines that are drawn at random
    Simulate,
}

impl Method {
    /// As it is written on the command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Exact => "exact",
            Self::Simulate => "simulate",
        }
    }
}

/// Who reads the results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// People: one storyline to each outcome tells enough.
    People,
    /// Machines.
    Machines,
    /// A test, which only looks whether expectations hold.
    Tests,
}

impl Audience {
    fn storylines(self) -> usize {
        match self {
            Self::People => 1,
            Self::Machines => 3,
            Self::Tests => 0,
        }
    }

    fn questions(self) -> Questions {
        match self {
            Self::People | Self::Machines => Questions::All,
            Self::Tests => Questions::Expectations,
        }
    }
}

/// Which results are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The scenario as written, then all readings; or the one reading asked for.
    All,
    /// The scenario as written, or the one reading asked for.
    One,
    /// The same; of all other readings only whether they can be evaluated.
    Sound,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            reading: None,
            set: Vec::new(),
            observe: Vec::new(),
            without_source: Vec::new(),
            min_grade: None,
            horizon: None,
            method: Method::Auto,
            max_situations: 10_000_000,
            max_memory: None,
            runs: 100_000,
            seed: 0,
            run: None,
            threads: None,
            storylines: None,
        }
    }
}

impl Options {
    /// What the analysis is asked, for this audience.
    #[must_use]
    pub fn limits(&self, audience: Audience) -> analysis::Options {
        analysis::Options {
            max_situations: self.max_situations,
            // What the situations leave is for the values that are found of them.
            max_memory: self.max_memory.unwrap_or_else(memory::usual) / 2,
            questions: audience.questions(),
            storylines: self.storylines.unwrap_or(audience.storylines()),
            ..analysis::Options::default()
        }
    }
}
