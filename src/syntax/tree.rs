//! The tree of one file: what was written, as it was written, with nothing resolved.
//!
//! It is deliberately looser than the language, so that the model can explain mistakes. It keeps
//! comments, the order of everything, and how numbers were written, for a formatter.

#![expect(
    clippy::large_enum_variant,
    reason = "a tree is built once and read often: boxes would only stand in the readers' way"
)]

use crate::source::Span;

/// One file.
#[derive(Clone, Debug, Default)]
pub struct File {
    /// Declarations and imports in their order.
    pub items: Vec<Item>,
    /// All comments but notes (`///`), in their order; a formatter places them by their spans.
    pub comments: Vec<Comment>,
}

/// A comment with its marks (`// ...` or `/* ... */`).
#[derive(Clone, Debug)]
pub struct Comment {
    /// The text with its marks.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// A declaration or an import.
#[derive(Clone, Debug)]
pub struct Item {
    /// What it is.
    pub kind: ItemKind,
    /// The text of the `///` lines before it, without the marks, joined by newlines.
    pub note: Option<String>,
    /// The whole declaration, without its note.
    pub span: Span,
}

/// The kinds of declarations.
#[derive(Clone, Debug)]
pub enum ItemKind {
    /// `import "path"`.
    Import(Text),
    /// `scenario "T" { ... }`.
    Scenario(Scenario),
    /// `source s "T" { ... }`.
    Source(Source),
    /// `actor a "T" { ... }`.
    Actor(Actor),
    /// `group g "T" { ... }`.
    Group(Group),
    /// `relation r "T" { ... }`.
    Relation(Relation),
    /// `scale s { ... }`.
    Scale(Scale),
    /// `issue i "T" on scale s`.
    Issue(Issue),
    /// `position a on i: LEVEL since DATE { ... }`.
    Position(Position),
    /// `ladder "T" { ... }`.
    Ladder(Ladder),
    /// `state`, `flag` or `meter`.
    Variable(Variable),
    /// `param p = LIKELIHOOD`.
    Param(Param),
    /// `lexicon { word = LIKELIHOOD ... }`.
    Lexicon(Lexicon),
    /// `action x "T" at RUNG by GROUP { ... }`.
    Action(Action),
    /// `inject turn 3 { ... }` or `inject DATE { ... }`.
    Inject(Inject),
    /// `rule r "T" ... { ... }`.
    Rule(Rule),
    /// `decision d "T" by ACTOR ... { ... }`.
    Decision(Decision),
    /// `outcome` or `ending`.
    Outcome(Outcome),
    /// `expect ...`.
    Expect(Expect),
    /// `reading r "T" { ... }`.
    Reading(Reading),
    /// A declaration that could not be read; it still declares its name.
    Broken(Broken),
}

/// What is left of a declaration that could not be read. A diagnostic has been given.
#[derive(Clone, Debug)]
pub struct Broken {
    /// The keyword that it began with, e.g. `rule`.
    pub keyword: String,
    /// The name behind it, where one could be read.
    pub name: Option<Name>,
}

/// A name as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The name.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// A string; `value` has its escapes resolved.
#[derive(Clone, Debug)]
pub struct Text {
    /// What it says.
    pub value: String,
    /// Whether it was written with three quotation marks.
    pub multiline: bool,
    /// Where it stands, with its quotation marks.
    pub span: Span,
}

/// A whole number, with how it was written.
#[derive(Clone, Debug)]
pub struct Integer {
    /// Its value; saturated at the ends of `i64`.
    pub value: i64,
    /// As written.
    pub written: String,
    /// Where it stands.
    pub span: Span,
}

/// A date as written, `2024-02-26`; whether there is such a day is checked in the model.
#[derive(Clone, Debug)]
pub struct Date {
    /// As written.
    pub written: String,
    /// Where it stands.
    pub span: Span,
}

/// `2 weeks`, `26 turns`.
#[derive(Clone, Debug)]
pub struct Duration {
    /// How many.
    pub count: Integer,
    /// The unit as written: `day`, `days`, `week`, ..., `turn`, `turns`.
    pub unit: Name,
}

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

/// `action x "T" at RUNG by GROUP { ... }`.
#[derive(Clone, Debug)]
pub struct Action {
    /// The name.
    pub name: Name,
    /// The title.
    pub title: Option<Text>,
    /// `at RUNG` or `to RUNG`, as often as written (more than one is a mistake).
    pub rungs: Vec<ActionRung>,
    /// `by GROUP`, several names where written with commas or `or`.
    pub by: Vec<Name>,
    /// The body, where there is one.
    pub body: Option<Block>,
}

/// `at RUNG` or `to RUNG`.
#[derive(Clone, Debug)]
pub struct ActionRung {
    /// `to` (true) or `at` (false).
    pub to: bool,
    /// The rung.
    pub rung: Name,
}

/// Effects in braces.
#[derive(Clone, Debug)]
pub struct Block {
    /// The effects in the order written.
    pub effects: Vec<Effect>,
    /// With the braces.
    pub span: Span,
}

/// One effect.
#[derive(Clone, Debug)]
pub struct Effect {
    /// What it is.
    pub kind: EffectKind,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of effects.
#[derive(Clone, Debug)]
pub enum EffectKind {
    /// `a does x` or `a does x against b`.
    Event {
        /// The doer.
        actor: Name,
        /// The action.
        action: Name,
        /// The target.
        target: Option<Name>,
    },
    /// `v becomes VALUE`, `a on i becomes LEVEL`.
    Becomes {
        /// What is assigned.
        place: Place,
        /// The value.
        value: Constant,
    },
    /// `raise v by n`, `lower v by n`.
    Step {
        /// `lower` (true) or `raise` (false).
        lower: bool,
        /// What is changed.
        place: Place,
        /// `by n`; 1 where it is left out.
        by: Option<Integer>,
    },
}

/// What an effect writes.
#[derive(Clone, Debug)]
pub enum Place {
    /// A variable.
    Variable(Reference),
    /// `a on i`.
    Position {
        /// The actor.
        actor: Name,
        /// The issue.
        issue: Name,
    },
}

/// `v`, `a.v` or `a.v(b)`; with a quantifier before `a` in conditions.
#[derive(Clone, Debug)]
pub struct Reference {
    /// `any`, `every` ...: then `owner` is a group.
    pub quantifier: Option<Quantifier>,
    /// `a` of `a.v`.
    pub owner: Option<Name>,
    /// `v`.
    pub name: Name,
    /// `b` of `a.v(b)`.
    pub argument: Option<Name>,
    /// The whole.
    pub span: Span,
}

/// `inject turn 3 { ... }`, `inject 2024-05-01 { ... }`.
#[derive(Clone, Debug)]
pub struct Inject {
    /// When.
    pub at: InjectTime,
    /// What.
    pub body: Block,
}

/// When an inject happens.
#[derive(Clone, Debug)]
pub enum InjectTime {
    /// `turn 3`.
    Turn(Integer),
    /// `2024-05-01`.
    Date(Date),
}

/// `rule r "T" for each ... { ... }`.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The name.
    pub name: Name,
    /// The title.
    pub title: Option<Text>,
    /// `for each ...`.
    pub each: Option<Each>,
    /// The clauses in the order written; missing, double and misplaced ones are found in the model.
    pub clauses: Vec<Clause>,
}

/// A clause of a rule or decision.
#[derive(Clone, Debug)]
pub struct Clause {
    /// What it is.
    pub kind: ClauseKind,
    /// Where it stands.
    pub span: Span,
}

/// The clauses of rules and decisions.
#[derive(Clone, Debug)]
pub enum ClauseKind {
    /// `on EVENT or EVENT ...`: each a condition of kind [`CondKind::Event`].
    On(Vec<Cond>),
    /// `when COND`.
    When(Cond),
    /// `while COND`.
    While(Cond),
    /// `if COND`.
    If(Cond),
    /// `then LIKELIHOOD DELAY { ... }`.
    Then(Branch),
    /// `or LIKELIHOOD DELAY { ... }`.
    Or(Branch),
    /// `else DELAY { ... }`.
    Else(Branch),
    /// `option NAME "T" LIKELIHOOD DELAY { ... }`.
    Option {
        /// The name.
        name: Name,
        /// The title.
        title: Option<Text>,
        /// The rest; its block is empty where there are no braces.
        branch: Branch,
    },
    /// `because "..." from s`.
    Because(Quote),
    /// `once`.
    Once,
    /// `priority n`.
    Priority(Integer),
}

/// `LIKELIHOOD DELAY { EFFECTS }`.
#[derive(Clone, Debug)]
pub struct Branch {
    /// The likelihood.
    pub likelihood: Option<Likelihood>,
    /// The delay.
    pub delay: Option<Delay>,
    /// The effects; `None` where there are no braces.
    pub body: Option<Block>,
}

/// `after n turns` or `within n turns`.
#[derive(Clone, Debug)]
pub struct Delay {
    /// `within` (true) or `after` (false).
    pub within: bool,
    /// How long; the unit is checked in the model (`turns`, or a unit of time).
    pub time: Duration,
    /// The whole.
    pub span: Span,
}

/// `decision d "T" by ACTOR for each ... { ... }`.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The name.
    pub name: Name,
    /// The title.
    pub title: Option<Text>,
    /// `by ACTOR`.
    pub by: Option<Name>,
    /// `for each ...`.
    pub each: Option<Each>,
    /// The clauses in the order written.
    pub clauses: Vec<Clause>,
}

/// `outcome o "T" when COND`, `ending o "T" when COND`, `outcome o "T" otherwise`.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// `ending` (true) or `outcome` (false).
    pub ending: bool,
    /// The name.
    pub name: Name,
    /// The title.
    pub title: Option<Text>,
    /// The condition; `None` is `otherwise`.
    pub when: Option<Cond>,
}

/// `expect "TEXT": ...`.
#[derive(Clone, Debug)]
pub struct Expect {
    /// The text that stands first.
    pub text: Option<Text>,
    /// What is expected.
    pub kind: ExpectKind,
    /// What is expected, without `expect` and the text: shown in reports.
    pub span: Span,
}

/// The forms of expectations.
#[derive(Clone, Debug)]
pub enum ExpectKind {
    /// `P(PATH) <= 20%`, `Pmin(...)`, `Pmax(...)`.
    Probability {
        /// `P`, `Pmin` or `Pmax`, as written.
        measure: Name,
        /// Of what.
        path: Path,
        /// How it compares.
        op: CompareOp,
        /// With what.
        value: Number,
    },
    /// `never COND`.
    Never(Cond),
    /// `always COND`.
    Always(Cond),
    /// `possible COND`.
    Possible(Cond),
    /// `certain COND`.
    Certain(Cond),
    /// `A before B`.
    Before(Cond, Cond),
    /// `A leads to B within n turns`.
    LeadsTo {
        /// A.
        cause: Cond,
        /// B.
        effect: Cond,
        /// The limit.
        within: Option<Duration>,
    },
}

/// PATH in an expectation. An outcome's name alone is a [`Path::Ever`] of [`CondKind::Truth`].
#[derive(Clone, Debug)]
pub enum Path {
    /// `COND`, or an outcome's name.
    Ever(Cond),
    /// `COND within n turns`.
    Within(Cond, Duration),
    /// `COND until COND`.
    Until(Cond, Cond),
    /// `always COND`.
    Always(Cond),
}

/// `reading r "T" { ... }`.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The name.
    pub name: Name,
    /// The title.
    pub title: Option<Text>,
    /// The lines in the order written.
    pub parts: Vec<ReadingPart>,
}

/// A line of a reading.
#[derive(Clone, Debug)]
pub struct ReadingPart {
    /// What it is.
    pub kind: ReadingPartKind,
    /// Where it stands.
    pub span: Span,
}

/// The lines of a reading.
#[derive(Clone, Debug)]
pub enum ReadingPartKind {
    /// `voice "..."`.
    Voice(Text),
    /// `because "..." from s`: why the observer reads it so.
    Because(Quote),
    /// `position a on i: LEVEL`.
    Position {
        /// The actor or group.
        actor: Name,
        /// The issue.
        issue: Name,
        /// The level.
        level: Name,
    },
    /// `state v = VALUE`, `flag v = VALUE`, `meter v = VALUE`.
    Initial {
        /// `state`, `flag` or `meter`, as written.
        keyword: Name,
        /// The variable.
        place: Reference,
        /// The value.
        value: Constant,
    },
    /// `param p = LIKELIHOOD`.
    Param {
        /// The param.
        name: Name,
        /// The likelihood.
        value: Likelihood,
    },
    /// `rule r: LIKELIHOOD`.
    Rule {
        /// The rule.
        name: Name,
        /// The likelihood of its first alternative.
        value: Likelihood,
    },
    /// `disable r`.
    Disable(Name),
}

/// A likelihood as written.
#[derive(Clone, Debug)]
pub enum Likelihood {
    /// `60%`, `0.6`.
    Number(Number),
    /// `55%..80%`.
    Range(Number, Number),
    /// A word of the lexicon or a param.
    Word(Name),
}

/// A number with or without a percent sign.
#[derive(Clone, Debug)]
pub struct Number {
    /// Its value: `60%` is 0.6.
    pub value: f64,
    /// As written.
    pub written: String,
    /// Where it stands.
    pub span: Span,
}

/// A condition.
#[derive(Clone, Debug)]
pub struct Cond {
    /// What it is.
    pub kind: CondKind,
    /// Where it stands.
    pub span: Span,
}

/// The forms of conditions.
#[derive(Clone, Debug)]
pub enum CondKind {
    /// `A or B or ...`.
    Or(Vec<Cond>),
    /// `A and B and ...`.
    And(Vec<Cond>),
    /// `not A`.
    Not(Box<Cond>),
    /// `(A)`: kept for the formatter.
    Paren(Box<Cond>),
    /// `any m in g where FILTER (COND)`.
    Each {
        /// `any`, `every`, `no`, `at least n`.
        quantifier: Quantifier,
        /// The member's name.
        variable: Name,
        /// The group.
        group: Name,
        /// The filter.
        filter: Option<Box<Cond>>,
        /// The condition.
        body: Box<Cond>,
    },
    /// `a does x against b`, `a has done x`.
    Event {
        /// The doer.
        subject: Subject,
        /// The action.
        action: Name,
        /// The target.
        target: Option<Name>,
        /// `has done` (true) or `does` (false).
        ever: bool,
    },
    /// `a on i >= LEVEL`.
    Position {
        /// Whose.
        subject: Subject,
        /// The issue.
        issue: Name,
        /// How it compares.
        op: CompareOp,
        /// With what.
        level: Name,
    },
    /// `a borders b`.
    Relation {
        /// The left side.
        subject: Subject,
        /// The relation.
        relation: Name,
        /// The right side.
        object: Name,
    },
    /// `tension > 3`, `front = holding`, `a != b`, `level >= clash`, `turn >= 4`.
    Compare {
        /// The left side.
        left: Arith,
        /// How it compares.
        op: CompareOp,
        /// The right side.
        right: Arith,
    },
    /// `flagname`, `a.flagname`; also an outcome's name in a PATH.
    Truth(Reference),
}

/// An actor, or a quantified group, at the start of a condition.
#[derive(Clone, Debug)]
pub struct Subject {
    /// `any`, `every` ...: then `name` is a group.
    pub quantifier: Option<Quantifier>,
    /// The actor or group.
    pub name: Name,
}

/// `any`, `every`, `no`, `at least n`.
#[derive(Clone, Debug)]
pub struct Quantifier {
    /// Which.
    pub kind: QuantifierKind,
    /// Where it stands.
    pub span: Span,
}

/// The quantifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuantifierKind {
    /// `any`.
    Any,
    /// `every`.
    Every,
    /// `no`.
    No,
    /// `at least n`.
    AtLeast(i64),
}

/// `=`, `!=`, `<`, `<=`, `>`, `>=`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CompareOp {
    /// `=`.
    Equal,
    /// `!=`.
    NotEqual,
    /// `<`.
    Less,
    /// `<=`.
    LessEqual,
    /// `>`.
    Greater,
    /// `>=`.
    GreaterEqual,
}

impl CompareOp {
    /// As written.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessEqual => "<=",
            Self::Greater => ">",
            Self::GreaterEqual => ">=",
        }
    }

    /// Whether it asks for an order, not only for equality.
    #[must_use]
    pub fn needs_order(self) -> bool {
        !matches!(self, Self::Equal | Self::NotEqual)
    }

    /// Whether two values compare so.
    #[must_use]
    pub fn holds<T: PartialOrd>(self, left: T, right: T) -> bool {
        match self {
            Self::Equal => left == right,
            Self::NotEqual => left != right,
            Self::Less => left < right,
            Self::LessEqual => left <= right,
            Self::Greater => left > right,
            Self::GreaterEqual => left >= right,
        }
    }
}

/// One side of a comparison.
#[derive(Clone, Debug)]
pub struct Arith {
    /// What it is.
    pub kind: ArithKind,
    /// Where it stands.
    pub span: Span,
}

/// The forms of arithmetic.
#[derive(Clone, Debug)]
pub enum ArithKind {
    /// A whole number.
    Integer(Integer),
    /// A string: only an attribute can be compared with one.
    Text(Text),
    /// A variable, a value, an actor, `level`, `peak`, `turn`.
    Reference(Reference),
    /// `-A`.
    Negate(Box<Arith>),
    /// `A + B`, `A - B`, `A * B`.
    Binary {
        /// The left side.
        left: Box<Arith>,
        /// Which.
        op: ArithOp,
        /// The right side.
        right: Box<Arith>,
    },
    /// `(A)`.
    Paren(Box<Arith>),
}

/// `+`, `-`, `*`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ArithOp {
    /// `+`.
    Add,
    /// `-`.
    Subtract,
    /// `*`.
    Multiply,
}
