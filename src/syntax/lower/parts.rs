//! Taking the pairs inside a pair one after the other.

use super::Lowering;
use super::nodes::{Pair, Run};
use crate::source::Span;
use crate::syntax::grammar::Rule;
use crate::syntax::tree::{Name, Text};

/// What stands inside one pair, taken from the front.
#[derive(Debug)]
pub(in crate::syntax) struct Parts<'l, 't> {
    /// Where mistakes are told.
    pub lowering: &'l Lowering<'t>,
    span: Span,
    pairs: Run,
}

impl<'l, 't> Parts<'l, 't> {
    /// The parts of a pair.
    pub fn of(lowering: &'l Lowering<'t>, pair: Pair) -> Self {
        Self { lowering, span: lowering.span(pair), pairs: lowering.nodes.inside(pair) }
    }

    /// The parts of a text.
    pub(super) fn over(lowering: &'l Lowering<'t>, pairs: Run) -> Self {
        Self { lowering, span: Span::new(lowering.file, 0, 0), pairs }
    }

    /// The place of the whole.
    pub fn span(&self) -> Span {
        self.span
    }

    /// Whether the whole begins with this keyword, which must not be the beginning of another that
    /// could stand there.
    pub fn begins_with(&self, keyword: &str) -> bool {
        let Span { start, end, .. } = self.span;
        let whole = self.lowering.text.get(start as usize..end as usize);
        whole.is_some_and(|whole| whole.starts_with(keyword))
    }

    /// The next part, whatever it is.
    pub fn next(&mut self) -> Option<Pair> {
        let next = self.pairs.take(&self.lowering.nodes)?;
        self.lowering.nodes.mark_read(next);
        Some(next)
    }

    /// The next part if it is of this rule. Keywords and signs in front of it, which only held
    /// the text together, are passed over.
    pub fn take(&mut self, rule: Rule) -> Option<Pair> {
        loop {
            let next = self.lowering.rule(self.pairs.first()?);
            if next == rule {
                return self.next();
            }
            if !is_mark(next) {
                return None;
            }
            self.next();
        }
    }

    /// The next part, if its rule is one of those wanted.
    pub fn next_if(&mut self, wanted: impl FnOnce(Rule) -> bool) -> Option<Pair> {
        let first = self.pairs.first()?;
        if wanted(self.lowering.rule(first)) { self.next() } else { None }
    }

    /// Whether the next part is this keyword or sign; it is taken then.
    pub fn mark(&mut self, rule: Rule) -> bool {
        self.next_if(|next| next == rule).is_some()
    }

    /// What stands inside the next part, which must be of this rule.
    pub fn inside<T>(
        &mut self,
        rule: Rule,
        read: impl FnOnce(&mut Parts<'l, 't>) -> Option<T>,
    ) -> Option<T> {
        let pair = self.take(rule)?;
        read(&mut Parts::of(self.lowering, pair))
    }

    /// The same of a part that may be missing: `Some(None)` then. `None` is a mistake inside.
    pub fn optional<T>(
        &mut self,
        rule: Rule,
        read: impl FnOnce(&mut Parts<'l, 't>) -> Option<T>,
    ) -> Option<Option<T>> {
        match self.take(rule) {
            Some(pair) => read(&mut Parts::of(self.lowering, pair)).map(Some),
            None => Some(None),
        }
    }

    /// Everything that follows, but keywords and signs, each read with its rule.
    pub fn all<T>(
        &mut self,
        mut read: impl FnMut(&mut Parts<'l, 't>, Rule) -> Option<T>,
    ) -> Option<Vec<T>> {
        let mut all = Vec::with_capacity(self.pairs.count(&self.lowering.nodes));
        while let Some(pair) = self.matter() {
            let rule = self.lowering.rule(pair);
            all.push(read(&mut Parts::of(self.lowering, pair), rule)?);
        }
        Some(all)
    }

    /// The next part that is no keyword or sign.
    pub fn matter(&mut self) -> Option<Pair> {
        loop {
            let pair = self.next()?;
            if !is_mark(self.lowering.rule(pair)) {
                return Some(pair);
            }
        }
    }

    /// The next part, if it is a name.
    pub fn name(&mut self) -> Option<Name> {
        let pair = self.take(Rule::name)?;
        Some(self.lowering.name(pair))
    }

    /// The next part, if it is a name or `no`.
    pub fn answer(&mut self) -> Option<Name> {
        let pair = self.take(Rule::answer)?;
        Some(self.lowering.name(pair))
    }

    /// The next part, if it is a string.
    pub fn text(&mut self) -> Option<Text> {
        let pair = self.take(Rule::text)?;
        Some(self.lowering.text(pair))
    }
}

/// Whether a rule is a keyword or a sign that says no more than its place does.
#[rustfmt::skip]
pub(super) fn is_mark(rule: Rule) -> bool {
    match rule {
        Rule::open_brace | Rule::close_brace | Rule::open_paren | Rule::close_paren | Rule::comma
        | Rule::colon | Rule::dot | Rule::range_sign | Rule::bar | Rule::arrow | Rule::dash
        | Rule::assign | Rule::less | Rule::word_scale | Rule::word_at | Rule::word_to
        | Rule::word_each | Rule::word_in | Rule::word_on | Rule::word_when | Rule::word_or
        | Rule::word_becomes | Rule::word_otherwise | Rule::word_least | Rule::word_done => true,
        Rule::item | Rule::name | Rule::answer | Rule::text | Rule::whole | Rule::integer
        | Rule::number | Rule::date | Rule::duration | Rule::unit | Rule::constant
        | Rule::likelihood | Rule::likelihood_word | Rule::attribute | Rule::pair
        | Rule::each_variable | Rule::named_likelihood | Rule::rule_clause | Rule::decision_clause
        | Rule::effect | Rule::place | Rule::condition | Rule::parenthesis | Rule::subject
        | Rule::quantified | Rule::ordered | Rule::path | Rule::quantifier | Rule::at_least
        | Rule::event | Rule::related | Rule::expectation | Rule::reading_part | Rule::block
        | Rule::argument | Rule::member | Rule::negative | Rule::minus | Rule::equal
        | Rule::initial | Rule::not_equal | Rule::less_equal | Rule::greater | Rule::greater_equal
        | Rule::plus | Rule::times | Rule::kw_import | Rule::import | Rule::kw_scenario
        | Rule::scenario | Rule::kw_source | Rule::source | Rule::kw_actor | Rule::actor
        | Rule::kw_group | Rule::group | Rule::kw_relation | Rule::relation | Rule::kw_scale
        | Rule::scale | Rule::kw_issue | Rule::issue | Rule::kw_position | Rule::position
        | Rule::reading_position | Rule::kw_ladder | Rule::ladder | Rule::kw_state | Rule::state
        | Rule::variable | Rule::reading_initial | Rule::kw_flag | Rule::flag | Rule::kw_meter
        | Rule::meter | Rule::kw_param | Rule::param | Rule::reading_param | Rule::kw_lexicon
        | Rule::lexicon | Rule::kw_action | Rule::action | Rule::kw_inject | Rule::inject
        | Rule::kw_rule | Rule::rule_declaration | Rule::reading_rule | Rule::kw_decision
        | Rule::decision | Rule::kw_outcome | Rule::outcome | Rule::kw_ending | Rule::kw_expect
        | Rule::expect | Rule::kw_observe | Rule::observe | Rule::kw_reading | Rule::reading
        | Rule::kw_summary | Rule::summary | Rule::kw_start | Rule::start | Rule::kw_turn
        | Rule::turn | Rule::inject_turn | Rule::kw_horizon | Rule::horizon | Rule::kw_by
        | Rule::source_by | Rule::action_by | Rule::decision_by | Rule::step_by | Rule::kw_date
        | Rule::source_date | Rule::kw_url | Rule::source_url | Rule::kw_file | Rule::source_file
        | Rule::kw_grade | Rule::source_grade | Rule::kw_voice | Rule::voice | Rule::kw_says
        | Rule::says | Rule::kw_from | Rule::from | Rule::kw_since | Rule::since | Rule::kw_rung
        | Rule::rung | Rule::kw_at | Rule::action_at | Rule::kw_to | Rule::action_to
        | Rule::kw_for | Rule::kw_each | Rule::kw_in | Rule::each_member | Rule::kw_where
        | Rule::filter | Rule::kw_on | Rule::on_scale | Rule::on_clause | Rule::on_issue
        | Rule::compared | Rule::kw_when | Rule::when_clause | Rule::kw_while | Rule::while_clause
        | Rule::kw_if | Rule::if_clause | Rule::kw_then | Rule::then_clause | Rule::kw_else
        | Rule::else_clause | Rule::kw_option | Rule::option_clause | Rule::kw_because
        | Rule::because | Rule::kw_once | Rule::once | Rule::kw_priority | Rule::priority
        | Rule::kw_after | Rule::delay | Rule::kw_within | Rule::limit | Rule::kw_raise
        | Rule::step | Rule::kw_lower | Rule::kw_becomes | Rule::shift | Rule::assignment
        | Rule::kw_otherwise | Rule::kw_disable | Rule::disable | Rule::kw_and | Rule::word_and
        | Rule::kw_or | Rule::or_clause | Rule::infix_or | Rule::kw_not | Rule::word_not
        | Rule::kw_any | Rule::kw_every | Rule::kw_no | Rule::word_no | Rule::kw_least
        | Rule::kw_does | Rule::does | Rule::kw_has | Rule::kw_done | Rule::kw_against
        | Rule::target | Rule::kw_never | Rule::never | Rule::kw_always | Rule::always
        | Rule::kw_possible | Rule::possible | Rule::kw_certain | Rule::certain | Rule::kw_before
        | Rule::before | Rule::kw_leads | Rule::kw_until | Rule::until | Rule::ladder_start
        | Rule::each | Rule::has_done | Rule::probability | Rule::measure | Rule::leads_to
        | Rule::EOI | Rule::file | Rule::next_item | Rule::WHITESPACE | Rule::name_start
        | Rule::name_char | Rule::reserved | Rule::line_text | Rule::block_text | Rule::digits
        | Rule::compare | Rule::scenario_part | Rule::source_field | Rule::actor_field
        | Rule::position_part | Rule::quote | Rule::ladder_part | Rule::action_part | Rule::branch
        | Rule::branch_start | Rule::deed | Rule::prefix | Rule::infix | Rule::sign
        | Rule::operand | Rule::only_likelihood | Rule::only_constant => false,
    }
}
