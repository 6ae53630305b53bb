//! What the grammar says of each place that the formatter has to know.

use crate::syntax::grammar::Rule;
use pest::Token;
use pest::iterators::Pairs;

/// What stands at a place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Mark {
    /// A line of its own begins here: a declaration, a clause, an effect.
    pub line: Option<Rule>,
    /// How a sign is written.
    pub tight: Tight,
    /// A line that is too long may be broken before it.
    pub break_before: Option<Break>,
}

/// Where a sign keeps no space.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Tight {
    /// A space on either side.
    #[default]
    No,
    /// None before it: `,`, `:`, `)`.
    Before,
    /// None behind it: `(`, the sign of a negative term.
    Behind,
    /// None at all: `.`, `..`, the parentheses of an argument.
    Both,
}

/// A place where a line that is too long may be broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Break {
    /// The lower, the sooner.
    pub level: u8,
    /// Whether lines are filled, or else broken at every place of the level.
    pub fill: bool,
}

/// A list is filled, after what else there is has been broken.
const LIST: Break = Break { level: 200, fill: true };

/// The marks of a text.
#[derive(Debug, Default)]
pub(super) struct Marks(Vec<(usize, Mark, Option<usize>)>);

impl Marks {
    /// What the grammar has found in a share of a text, which begins at the offset `base`.
    pub fn of(pairs: Pairs<'_, Rule>, base: usize) -> Self {
        let mut marks = Self::default();
        let mut open: Vec<Rule> = Vec::new();
        let (mut depth, mut filters) = (0_u8, 0_u8);
        // Whether the lexeme behind the next one may begin a line of a list.
        let mut behind_comma = false;
        for token in pairs.tokens() {
            match token {
                Token::Start { rule: Rule::EOI, .. } | Token::End { rule: Rule::EOI, .. } => {}
                Token::Start { rule, pos } => {
                    depth = depth.saturating_add(u8::from(rule == Rule::parenthesis));
                    filters = filters.saturating_add(u8::from(rule == Rule::filter));
                    let within = Within { parent: open.last().copied(), depth, filters };
                    let mut mark = mark(rule, within);
                    if behind_comma {
                        mark.break_before = Some(LIST);
                    }
                    behind_comma = rule == Rule::comma;
                    marks.add(base + pos.pos(), mark);
                    open.push(rule);
                }
                Token::End { rule, pos } => {
                    depth -= u8::from(rule == Rule::parenthesis && depth > 0);
                    filters -= u8::from(rule == Rule::filter && filters > 0);
                    open.pop();
                    if is_whole(rule) {
                        marks.ends(base + pos.pos());
                    }
                }
            }
        }
        marks
    }

    /// Adds those of the share behind these.
    pub fn append(&mut self, mut next: Self) {
        self.0.append(&mut next.0);
    }

    /// Adds what is known of a place: what was found there first stays.
    fn add(&mut self, at: usize, mark: Mark) {
        match self.0.last_mut() {
            Some((last, known, _)) if *last == at => {
                known.line = known.line.or(mark.line);
                known.break_before = known.break_before.or(mark.break_before);
                if known.tight == Tight::No {
                    known.tight = mark.tight;
                }
            }
            _ => self.0.push((at, mark, None)),
        }
    }

    /// The last lexeme ends here.
    fn ends(&mut self, at: usize) {
        if let Some((_, _, end)) = self.0.last_mut() {
            *end = Some(at);
        }
    }

    /// For asking in the order of the text.
    pub fn cursor(&self) -> Cursor<'_> {
        Cursor(&self.0)
    }
}

/// Goes through the marks of a text.
#[derive(Debug)]
pub(super) struct Cursor<'m>(&'m [(usize, Mark, Option<usize>)]);

impl Cursor<'_> {
    /// The mark at an offset, and where the lexeme there ends if the grammar says so. Offsets must
    /// be asked for in their order.
    pub fn at(&mut self, offset: usize) -> (Mark, Option<usize>) {
        let passed = self.0.iter().take_while(|(at, _, _)| *at < offset).count();
        self.0 = &self.0[passed..];
        match self.0.first() {
            Some((at, mark, end)) if *at == offset => (*mark, *end),
            _ => (Mark::default(), None),
        }
    }
}

/// Where a rule of the grammar stands.
#[derive(Clone, Copy, Debug)]
struct Within {
    parent: Option<Rule>,
    /// In how many parentheses of conditions.
    depth: u8,
    /// In how many filters.
    filters: u8,
}

fn mark(rule: Rule, within: Within) -> Mark {
    let line = begins_line(rule, within.parent).then_some(rule);
    Mark { line, tight: tight(rule, within.parent), break_before: break_before(rule, within) }
}

/// Whether the grammar's rule is one lexeme, which may be several tokens.
fn is_whole(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::number
            | Rule::whole
            | Rule::integer
            | Rule::date
            | Rule::range_sign
            | Rule::arrow
            | Rule::not_equal
            | Rule::less_equal
            | Rule::greater_equal
    )
}

fn begins_line(rule: Rule, parent: Option<Rule>) -> bool {
    match rule {
        Rule::import
        | Rule::scenario
        | Rule::source
        | Rule::actor
        | Rule::group
        | Rule::relation
        | Rule::scale
        | Rule::issue
        | Rule::position
        | Rule::ladder
        | Rule::state
        | Rule::flag
        | Rule::meter
        | Rule::param
        | Rule::lexicon
        | Rule::action
        | Rule::inject
        | Rule::rule_declaration
        | Rule::decision
        | Rule::outcome
        | Rule::expect
        | Rule::observe
        | Rule::reading
        | Rule::summary
        | Rule::start
        | Rule::turn
        | Rule::horizon
        | Rule::source_by
        | Rule::source_date
        | Rule::source_url
        | Rule::source_file
        | Rule::source_grade
        | Rule::voice
        | Rule::attribute
        | Rule::says
        | Rule::shift
        | Rule::because
        | Rule::rung
        | Rule::ladder_start
        | Rule::on_clause
        | Rule::when_clause
        | Rule::while_clause
        | Rule::if_clause
        | Rule::then_clause
        | Rule::or_clause
        | Rule::else_clause
        | Rule::option_clause
        | Rule::once
        | Rule::priority
        | Rule::effect
        | Rule::reading_position
        | Rule::reading_initial
        | Rule::reading_param
        | Rule::reading_rule
        | Rule::disable => true,
        Rule::named_likelihood => parent == Some(Rule::lexicon),
        _ => false,
    }
}

fn tight(rule: Rule, parent: Option<Rule>) -> Tight {
    match rule {
        Rule::comma | Rule::colon => Tight::Before,
        Rule::dot | Rule::range_sign => Tight::Both,
        Rule::open_paren if matches!(parent, Some(Rule::argument | Rule::probability)) => {
            Tight::Both
        }
        Rule::close_paren => Tight::Before,
        Rule::open_paren | Rule::negative => Tight::Behind,
        _ => Tight::No,
    }
}

fn break_before(rule: Rule, within: Within) -> Option<Break> {
    let nested = 2 * within.depth.min(40) + 2 * u8::from(within.filters > 0);
    let level = match rule {
        Rule::each | Rule::expectation => 0,
        Rule::word_when if within.parent == Some(Rule::outcome) => 0,
        Rule::limit if within.parent != Some(Rule::leads_to) => return None,
        Rule::filter | Rule::before | Rule::leads_to | Rule::limit => 1,
        Rule::infix_or => 2 + nested,
        Rule::word_or => 2,
        Rule::word_and => 3 + nested,
        Rule::bar => return Some(LIST),
        Rule::less if matches!(within.parent, Some(Rule::state | Rule::scale)) => {
            return Some(LIST);
        }
        _ => return None,
    };
    Some(Break { level, fill: false })
}
