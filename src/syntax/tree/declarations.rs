//! Who and what there is: actors, sources, positions, variables.

use super::{Cond, Date, Duration, Integer, Likelihood, Name, Text};
use crate::source::Span;

/// `scenario "T" { summary "..." start DATE turn DURATION horizon DURATION }`.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// The title.
    pub title: Option<Text>,
    /// Its parts in the order written; a part may wrongly stand twice.
    pub parts: Vec<ScenarioPart>,
}

/// A part of `scenario`.
#[derive(Clone, Debug)]
pub enum ScenarioPart {
    /// `summary "..."`.
    Summary(Text),
    /// `start DATE`.
    Start(Date),
    /// `turn DURATION`.
    Turn(Duration),
    /// `horizon DURATION`; usually in turns.
    Horizon(Duration),
}

/// `source s "T" { ... }`.
#[derive(Clone, Debug)]
pub struct Source {
    /// The name.
    pub name: Name,
    /// The title.
    pub title: Option<Text>,
    /// The fields in the order written.
    pub fields: Vec<SourceField>,
}

/// A field of `source`.
#[derive(Clone, Debug)]
pub enum SourceField {
    /// `by "..."`.
    By(Text),
    /// `date DATE`.
    Date(Date),
    /// `url "..."`.
    Url(Text),
    /// `file "..."`, relative to the scenario file.
    File(Text),
    /// `grade B2`, unchecked.
    Grade(Name),
}

/// `actor a "T" { voice "..." KEY = VALUE }`.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The name.
    pub name: Name,
    /// The title.
    pub title: Option<Text>,
    /// `voice "..."`, in the order written.
    pub voices: Vec<Text>,
    /// The attributes in the order written.
    pub attributes: Vec<Attribute>,
}

/// `KEY = VALUE`.
#[derive(Clone, Debug)]
pub struct Attribute {
    /// The key.
    pub key: Name,
    /// The value.
    pub value: Constant,
}

/// A constant value: of an attribute, of a variable, of `--set`.
#[derive(Clone, Debug)]
pub enum Constant {
    /// `yes`, `no`, or a name that stands for itself.
    Name(Name),
    /// A whole number, perhaps negative.
    Integer(Integer),
    /// A string.
    Text(Text),
}

/// `group g "T" { a, b }`.
#[derive(Clone, Debug)]
pub struct Group {
    /// The name.
    pub name: Name,
    /// The title.
    pub title: Option<Text>,
    /// Actors and groups.
    pub members: Vec<Name>,
}

/// `relation r "T" { a - b, c -> d }`.
#[derive(Clone, Debug)]
pub struct Relation {
    /// The name.
    pub name: Name,
    /// The title.
    pub title: Option<Text>,
    /// The pairs in the order written.
    pub pairs: Vec<Pair>,
}

/// One pair of a relation.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The left side: an actor or a group.
    pub left: Name,
    /// `->` (true) or `-` (false, holds both ways).
    pub directed: bool,
    /// The right side.
    pub right: Name,
}

/// `scale s "T" { low < mid < high }`.
#[derive(Clone, Debug)]
pub struct Scale {
    /// The name.
    pub name: Name,
    /// The title.
    pub title: Option<Text>,
    /// The levels, lowest first.
    pub levels: Vec<Name>,
}

/// `issue i "T" on scale s`.
#[derive(Clone, Debug)]
pub struct Issue {
    /// The name.
    pub name: Name,
    /// The title.
    pub title: Option<Text>,
    /// The scale; `stance` where none is given.
    pub scale: Option<Name>,
}

/// `position a on i: LEVEL since DATE { ... }`.
#[derive(Clone, Debug)]
pub struct Position {
    /// The actor or group.
    pub actor: Name,
    /// The issue.
    pub issue: Name,
    /// The level.
    pub level: Name,
    /// `since DATE`.
    pub since: Option<Date>,
    /// The lines of its body.
    pub parts: Vec<PositionPart>,
}

/// A line in the body of a position.
#[derive(Clone, Debug)]
pub enum PositionPart {
    /// `says "..." from s`.
    Says(Quote),
    /// `because "..." from s`: why the author reads the position so.
    Because(Quote),
    /// `becomes LEVEL when COND: LIKELIHOOD`.
    Becomes {
        /// The new level.
        level: Name,
        /// The trigger.
        when: Cond,
        /// The likelihood; certain where none is given.
        likelihood: Option<Likelihood>,
        /// The whole line.
        span: Span,
    },
}

/// A text with its source: `says "..." from s`, `because "..." from s`.
#[derive(Clone, Debug)]
pub struct Quote {
    /// The text.
    pub text: Text,
    /// The source.
    pub from: Option<Name>,
}

/// `ladder "T" { rung r "T" ... start at r }`.
#[derive(Clone, Debug)]
pub struct Ladder {
    /// An optional name (`ladder kahn "T" { ... }` is allowed and the name unused).
    pub name: Option<Name>,
    /// The title.
    pub title: Option<Text>,
    /// The rungs, lowest first.
    pub rungs: Vec<Rung>,
    /// `start at r`.
    pub start: Option<Name>,
}

/// `rung r "T"`.
#[derive(Clone, Debug)]
pub struct Rung {
    /// The name.
    pub name: Name,
    /// The title.
    pub title: Option<Text>,
}

/// `state`, `flag` or `meter`.
#[derive(Clone, Debug)]
pub struct Variable {
    /// The name.
    pub name: Name,
    /// The title.
    pub title: Option<Text>,
    /// `for each a in g, b in g where ...`.
    pub each: Option<Each>,
    /// What values it takes.
    pub domain: Domain,
    /// `= INITIAL`.
    pub initial: Option<Constant>,
}

/// What values a variable takes.
#[derive(Clone, Debug)]
pub enum Domain {
    /// `state v: x | y` (unordered) or `x < y` (ordered).
    State {
        /// The values.
        values: Vec<Name>,
        /// The separators as written, one fewer than values: `true` is `<`. They must be alike.
        ordered: Vec<bool>,
    },
    /// `flag v`.
    Flag,
    /// `meter v: LOW..HIGH`.
    Meter {
        /// The low end.
        low: Integer,
        /// The high end.
        high: Integer,
    },
}

/// `for each a in g, b in h where COND`.
#[derive(Clone, Debug)]
pub struct Each {
    /// The variables with their groups.
    pub variables: Vec<EachVariable>,
    /// The filter.
    pub filter: Option<Cond>,
    /// The whole clause.
    pub span: Span,
}

/// `a in g`.
#[derive(Clone, Debug)]
pub struct EachVariable {
    /// The variable.
    pub name: Name,
    /// The group.
    pub group: Name,
}

/// `param p "T" = LIKELIHOOD`.
#[derive(Clone, Debug)]
pub struct Param {
    /// The name.
    pub name: Name,
    /// The title.
    pub title: Option<Text>,
    /// The likelihood.
    pub value: Likelihood,
}

/// `lexicon { word = LIKELIHOOD ... }`.
#[derive(Clone, Debug)]
pub struct Lexicon {
    /// The words in the order written.
    pub words: Vec<Param>,
}
