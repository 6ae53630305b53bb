//! What may stand at a place of a text, also of one that cannot be read: told from the words and
//! signs before it.

use super::declared::{Kind, World};
use super::occurrences::Owner;
use crate::syntax::{Piece, pieces_before};

/// What may stand at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A declaration.
    Declaration,
    /// A line of the body of a declaration of this keyword.
    Part(String),
    /// An effect.
    Effect,
    /// The beginning of a condition.
    Condition,
    /// What is asked in an expectation.
    Expectation,
    /// A condition or the name of an outcome.
    Path,
    /// An event: an actor, or a quantifier.
    Event,
    /// Words that go on with these: `does`, `has done`, `on` ...
    AfterActor,
    /// An actor.
    Actor,
    /// An actor or a group.
    ActorOrGroup,
    /// A group.
    Group,
    /// An action.
    Action,
    /// An issue.
    Issue,
    /// A scale.
    Scale,
    /// A source.
    Source,
    /// A rung.
    Rung,
    /// A value of one of these.
    Value(Owner),
    /// A level of an issue of this name.
    Level(String),
    /// `yes` or `no`.
    Truth,
    /// A likelihood.
    Likelihood,
    /// A variable that can be raised or lowered, or an actor.
    Steps,
    /// A variable of an actor, or an attribute: what follows `a.`.
    Member,
    /// A variable of this keyword.
    Variable(String),
    /// A param.
    Param,
    /// A rule, or a decision as well.
    Rule {
        /// Decisions, too.
        or_decision: bool,
    },
    /// One of these words.
    Words(&'static [&'static str]),
    /// Nothing that could be listed: a name that is given here, a text, a number.
    Nothing,
}

/// What is known of a place.
#[derive(Clone, Debug)]
pub struct Context {
    /// What may stand there.
    pub expected: Expected,
    /// The names of members that `for each` or a quantifier has given before it.
    pub locals: Vec<String>,
    /// The keyword of the declaration that it stands in.
    pub keyword: Option<String>,
}

const CLAUSES: [&str; 8] = ["on", "when", "while", "if", "then", "or", "else", "option"];

/// What may stand at this offset, at which a word may begin.
#[must_use]
pub fn context(text: &str, offset: usize, world: &World) -> Context {
    let pieces = pieces_before(text, offset);
    let scan = Scan { pieces: &pieces, world, locals: locals(&pieces) };
    let keyword = pieces.first().filter(|first| is_declaration(first.text));
    let keyword = keyword.map(|first| first.text.to_owned());
    let in_text = pieces.last().is_some_and(|last| last.open);
    let expected = if in_text { Expected::Nothing } else { scan.expected() };
    Context { expected, locals: scan.locals, keyword }
}

fn is_declaration(word: &str) -> bool {
    crate::syntax::DECLARATIONS.contains(&word)
}

/// `for each a in g, b in h`, `any m in g`.
fn locals(pieces: &[Piece<'_>]) -> Vec<String> {
    let mut found = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        if piece.text == "in" && at > 1 {
            let before = pieces[at - 2].text;
            let binds = matches!(before, "each" | "," | "any" | "every" | "no")
                || before.bytes().all(|byte| byte.is_ascii_digit());
            if binds {
                found.push(pieces[at - 1].text.to_owned());
            }
        }
    }
    found
}

struct Scan<'a> {
    pieces: &'a [Piece<'a>],
    world: &'a World,
    locals: Vec<String>,
}

impl Scan<'_> {
    /// A piece, counted back from the place: 1 is the last.
    fn back(&self, count: usize) -> &str {
        self.pieces.len().checked_sub(count).map_or("", |at| self.pieces[at].text)
    }

    fn is_actor(&self, name: &str) -> bool {
        let declared = self.world.get(name).map(|declared| declared.kind);
        matches!(declared, Some(Kind::Actor | Kind::Group))
            || matches!(name, "self" | "target" | "everyone")
            || self.locals.iter().any(|local| local == name)
    }

    /// The keyword of the declaration.
    fn keyword(&self) -> &str {
        self.pieces.first().map_or("", |first| first.text)
    }

    /// How many braces are open.
    fn depth(&self) -> usize {
        self.pieces.iter().fold(0_usize, |depth, piece| match piece.text {
            "{" => depth + 1,
            "}" => depth.saturating_sub(1),
            _ => depth,
        })
    }

    /// The keyword of the clause, and whether something stands between it and the place.
    fn clause(&self) -> Option<&str> {
        let since = self.pieces.iter().rev().take_while(|it| !matches!(it.text, "{" | "}"));
        since.map(|piece| piece.text).find(|word| CLAUSES.contains(word))
    }

    fn expected(&self) -> Expected {
        let (last, before) = (self.back(1), self.back(2));
        let keyword = self.keyword();
        if self.pieces.is_empty() || !is_declaration(keyword) {
            return Expected::Declaration;
        }
        match last {
            "from" => Expected::Source,
            "does" | "done" => Expected::Action,
            "against" => Expected::Actor,
            "raise" | "lower" => Expected::Steps,
            "in" => Expected::Group,
            "has" => Expected::Words(&["done"]),
            "leads" => Expected::Words(&["to"]),
            "at" if keyword == "ladder" || keyword == "action" => Expected::Rung,
            "to" if keyword == "action" => Expected::Rung,
            "to" if before == "leads" => Expected::Condition,
            "scale" if before == "on" => Expected::Scale,
            "on" => self.after_on(before),
            "by" if matches!(keyword, "action" | "decision") => Expected::ActorOrGroup,
            "." => Expected::Member,
            "any" | "every" | "no" => Expected::Group,
            "becomes" => self.after_becomes(),
            "then" => Expected::Likelihood,
            "or" => self.after_or(),
            "and" | "not" | "when" | "while" | "if" | "where" | "until" | "before" => {
                Expected::Condition
            }
            "never" | "always" | "possible" | "certain" if keyword == "expect" => {
                Expected::Condition
            }
            "(" if matches!(before, "P" | "Pmax" | "Pmin") => Expected::Path,
            "(" if self.back(3) == "." => Expected::Actor,
            "(" => Expected::Condition,
            "=" | "<" | ">" => self.after_comparison(),
            ":" => self.after_colon(),
            "," => self.after_comma(),
            "-" if keyword == "relation" => Expected::ActorOrGroup,
            "disable" => Expected::Rule { or_decision: true },
            "{" => self.in_block(),
            _ => self.otherwise(last, before),
        }
    }

    fn after_on(&self, before: &str) -> Expected {
        match self.keyword() {
            "position" if self.depth() == 0 => Expected::Issue,
            "issue" => Expected::Words(&["scale"]),
            _ if self.is_actor(before) => Expected::Issue,
            _ => Expected::Event,
        }
    }

    fn after_or(&self) -> Expected {
        let at = self.pieces.len() - 1;
        let rule = self.keyword() == "rule" && self.depth() == 1;
        let alternative = rule && (self.pieces[at].begins_line || self.back(2) == "}");
        match self.clause_before(at) {
            _ if alternative => Expected::Likelihood,
            Some("on") => Expected::Event,
            _ if self.keyword() == "action" => Expected::ActorOrGroup,
            _ => Expected::Condition,
        }
    }

    fn clause_before(&self, at: usize) -> Option<&str> {
        let since = self.pieces[..at].iter().rev().take_while(|it| !matches!(it.text, "{" | "}"));
        since.map(|piece| piece.text).find(|word| CLAUSES.contains(word) && *word != "or")
    }

    /// What is assigned: `becomes` is the last word.
    fn after_becomes(&self) -> Expected {
        let begins =
            matches!(self.back(2), "{" | "}") || self.pieces[self.pieces.len() - 1].begins_line;
        if self.keyword() == "position" && self.depth() == 1 && begins {
            return self.positions_level();
        }
        if self.back(3) == "on" {
            return Expected::Level(self.back(2).to_owned());
        }
        let name = match self.back(2) {
            // `a.trust(b)`.
            ")" => self.back(5),
            name => name,
        };
        self.value_of(name)
    }

    fn positions_level(&self) -> Expected {
        // `position a on i ...`
        match self.pieces.get(3) {
            Some(issue) => Expected::Level(issue.text.to_owned()),
            None => Expected::Nothing,
        }
    }

    /// A value of what has this name.
    fn value_of(&self, name: &str) -> Expected {
        if matches!(name, "level" | "peak") {
            return Expected::Rung;
        }
        match self.world.get(name).map(|declared| declared.kind) {
            Some(Kind::State { .. }) => Expected::Value(Owner::Variable(name.to_owned())),
            Some(Kind::Flag) => Expected::Truth,
            Some(Kind::Actor) => Expected::Actor,
            _ if self.locals.iter().any(|local| local == name) => Expected::Actor,
            _ => Expected::Nothing,
        }
    }

    fn after_comparison(&self) -> Expected {
        let sign = |piece: &Piece<'_>| matches!(piece.text, "=" | "<" | ">" | "!");
        let signs = self.pieces.iter().rev().take_while(|piece| sign(piece)).count();
        let (left, on) = (self.back(signs + 1), self.back(signs + 2));
        match self.keyword() {
            "param" | "lexicon" => Expected::Likelihood,
            "relation" => Expected::ActorOrGroup,
            "state" if self.depth() == 0 && self.back(1) == "=" => {
                Expected::Value(Owner::Variable(self.back_name()))
            }
            "flag" => Expected::Truth,
            "actor" => Expected::Truth,
            "reading"
                if self.pieces.iter().rev().nth(signs + 1).is_some_and(|it| it.text == "param") =>
            {
                Expected::Likelihood
            }
            _ if on == "on" => Expected::Level(left.to_owned()),
            _ if left == ")" => self.value_of(self.back(signs + 4)),
            _ => self.value_of(left),
        }
    }

    /// The name that the declaration gives.
    fn back_name(&self) -> String {
        self.pieces.get(1).map_or("", |name| name.text).to_owned()
    }

    fn after_colon(&self) -> Expected {
        match self.keyword() {
            "position" if self.depth() == 0 => self.positions_level(),
            // `becomes LEVEL when COND: LIKELIHOOD`
            "position" => Expected::Likelihood,
            "reading" if self.back(3) == "on" => Expected::Level(self.back(2).to_owned()),
            "reading" => Expected::Likelihood,
            "expect" => Expected::Expectation,
            "observe" => Expected::Condition,
            _ => Expected::Nothing,
        }
    }

    fn after_comma(&self) -> Expected {
        match self.keyword() {
            "group" | "relation" => Expected::ActorOrGroup,
            "action" => Expected::ActorOrGroup,
            _ => Expected::Nothing,
        }
    }

    /// Behind `{`.
    fn in_block(&self) -> Expected {
        match (self.keyword(), self.depth()) {
            ("group" | "relation", _) => Expected::ActorOrGroup,
            ("scale" | "lexicon", _) => Expected::Nothing,
            ("action" | "inject", _) | ("rule" | "decision", 2..) => Expected::Effect,
            (keyword, _) => Expected::Part(keyword.to_owned()),
        }
    }

    fn otherwise(&self, last: &str, before: &str) -> Expected {
        let keyword = self.keyword();
        let depth = self.depth();
        if self.pieces.len() == 1 {
            return match keyword {
                "position" => Expected::ActorOrGroup,
                "expect" => Expected::Expectation,
                "inject" | "observe" => Expected::Words(&["turn"]),
                _ => Expected::Nothing,
            };
        }
        if keyword == "position" && self.pieces.len() == 2 {
            return Expected::Words(&["on"]);
        }
        if keyword == "reading" && depth == 1 {
            match last {
                "position" => return Expected::ActorOrGroup,
                "param" => return Expected::Param,
                "rule" => return Expected::Rule { or_decision: false },
                "state" | "flag" | "meter" => return Expected::Variable(last.to_owned()),
                _ if before == "position" => return Expected::Words(&["on"]),
                _ => {}
            }
        }
        if last.starts_with('"') && matches!(before, "because" | "says") {
            return Expected::Words(&["from"]);
        }
        let all_digits = !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit());
        if all_digits && before == "least" {
            return Expected::Group;
        }
        if matches!(last, "after" | "within" | "priority" | "least") {
            return Expected::Nothing;
        }
        if last == "at" {
            return Expected::Words(&["least"]);
        }
        if keyword == "decision" && self.clause() == Some("option") && depth == 1 {
            // `option NAME "Title" LIKELIHOOD`
            return match (last, before) {
                ("option", _) => Expected::Nothing,
                (_, "option") => Expected::Likelihood,
                (title, _) if title.starts_with('"') => Expected::Likelihood,
                _ => self.part(),
            };
        }
        let conditional = match keyword {
            "rule" | "decision" => depth == 1 && self.clause().is_some(),
            "outcome" | "ending" | "expect" | "observe" | "position" => true,
            _ => depth > 0,
        };
        if conditional && self.is_actor(last) && !matches!(before, "against" | "from" | "by") {
            return Expected::AfterActor;
        }
        if last == "}" && depth == 0 {
            return Expected::Declaration;
        }
        self.part()
    }

    /// What may begin here, if something is complete before it.
    fn part(&self) -> Expected {
        match (self.keyword(), self.depth()) {
            ("action", 0) => Expected::Words(&["at", "to", "by"]),
            (_, 0) => Expected::Declaration,
            ("group" | "relation" | "scale" | "lexicon", _) => Expected::Nothing,
            ("action" | "inject", _) | ("rule" | "decision", 2..) => Expected::Effect,
            (keyword, _) => Expected::Part(keyword.to_owned()),
        }
    }
}
