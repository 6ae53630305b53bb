//! The words of the language that the rules of the grammar stand for.

use super::grammar::Rule;

/// How an error names what a rule stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Word {
    /// What is meant: `a likelihood`.
    Meaning(&'static str),
    /// What is written: `then`.
    Written(&'static str),
    /// Nothing that an error would name.
    Nothing,
}

/// What a rule is called.
pub(super) fn word(expected: Rule) -> Word {
    match expected {
        Rule::item => Word::Meaning("a declaration"),
        Rule::name | Rule::answer => Word::Meaning("a name"),
        Rule::text => Word::Meaning("a string"),
        Rule::whole | Rule::integer => Word::Meaning("a whole number"),
        Rule::number => Word::Meaning("a number"),
        Rule::date => Word::Meaning("a date"),
        Rule::duration => Word::Meaning("a duration"),
        Rule::unit => Word::Meaning("a unit of time"),
        Rule::constant => Word::Meaning("a value"),
        Rule::likelihood | Rule::likelihood_word => Word::Meaning("a likelihood"),
        Rule::attribute => Word::Meaning("an attribute"),
        Rule::pair => Word::Meaning("two actors"),
        Rule::each_variable => Word::Meaning("a member and its group"),
        Rule::named_likelihood => Word::Meaning("a named likelihood"),
        Rule::rule_clause | Rule::decision_clause => Word::Meaning("a clause"),
        Rule::effect => Word::Meaning("an effect"),
        Rule::place => Word::Meaning("a variable or a position"),
        Rule::condition
        | Rule::parenthesis
        | Rule::subject
        | Rule::quantified
        | Rule::ordered
        | Rule::path => Word::Meaning("a condition"),
        Rule::quantifier | Rule::at_least => Word::Meaning("a quantifier"),
        Rule::event => Word::Meaning("an event"),
        Rule::related => Word::Meaning("a relation"),
        Rule::expectation => Word::Meaning("an expectation"),
        Rule::reading_part => Word::Meaning("a line of the reading"),
        Rule::open_brace | Rule::block => Word::Written("{"),
        Rule::close_brace => Word::Written("}"),
        Rule::open_paren | Rule::argument => Word::Written("("),
        Rule::close_paren => Word::Written(")"),
        Rule::comma => Word::Written(","),
        Rule::colon => Word::Written(":"),
        Rule::dot | Rule::member => Word::Written("."),
        Rule::range_sign => Word::Written(".."),
        Rule::bar => Word::Written("|"),
        Rule::arrow => Word::Written("->"),
        Rule::dash | Rule::negative | Rule::minus => Word::Written("-"),
        Rule::assign | Rule::equal | Rule::initial => Word::Written("="),
        Rule::not_equal => Word::Written("!="),
        Rule::less => Word::Written("<"),
        Rule::less_equal => Word::Written("<="),
        Rule::greater => Word::Written(">"),
        Rule::greater_equal => Word::Written(">="),
        Rule::plus => Word::Written("+"),
        Rule::times => Word::Written("*"),
        Rule::kw_import | Rule::import => Word::Written("import"),
        Rule::kw_scenario | Rule::scenario => Word::Written("scenario"),
        Rule::kw_source | Rule::source => Word::Written("source"),
        Rule::kw_actor | Rule::actor => Word::Written("actor"),
        Rule::kw_group | Rule::group => Word::Written("group"),
        Rule::kw_relation | Rule::relation => Word::Written("relation"),
        Rule::kw_scale | Rule::word_scale | Rule::scale => Word::Written("scale"),
        Rule::kw_issue | Rule::issue => Word::Written("issue"),
        Rule::kw_position | Rule::position | Rule::reading_position => Word::Written("position"),
        Rule::kw_ladder | Rule::ladder => Word::Written("ladder"),
        Rule::kw_state | Rule::state | Rule::variable | Rule::reading_initial => {
            Word::Written("state")
        }
        Rule::kw_flag | Rule::flag => Word::Written("flag"),
        Rule::kw_meter | Rule::meter => Word::Written("meter"),
        Rule::kw_param | Rule::param | Rule::reading_param => Word::Written("param"),
        Rule::kw_lexicon | Rule::lexicon => Word::Written("lexicon"),
        Rule::kw_action | Rule::action => Word::Written("action"),
        Rule::kw_inject | Rule::inject => Word::Written("inject"),
        Rule::kw_rule | Rule::rule_declaration | Rule::reading_rule => Word::Written("rule"),
        Rule::kw_decision | Rule::decision => Word::Written("decision"),
        Rule::kw_outcome | Rule::outcome => Word::Written("outcome"),
        Rule::kw_ending => Word::Written("ending"),
        Rule::kw_expect | Rule::expect => Word::Written("expect"),
        Rule::kw_observe | Rule::observe => Word::Written("observe"),
        Rule::kw_reading | Rule::reading => Word::Written("reading"),
        Rule::kw_summary | Rule::summary => Word::Written("summary"),
        Rule::kw_start | Rule::start => Word::Written("start"),
        Rule::kw_turn | Rule::turn | Rule::inject_turn => Word::Written("turn"),
        Rule::kw_horizon | Rule::horizon => Word::Written("horizon"),
        Rule::kw_by | Rule::source_by | Rule::action_by | Rule::decision_by | Rule::step_by => {
            Word::Written("by")
        }
        Rule::kw_date | Rule::source_date => Word::Written("date"),
        Rule::kw_url | Rule::source_url => Word::Written("url"),
        Rule::kw_file | Rule::source_file => Word::Written("file"),
        Rule::kw_grade | Rule::source_grade => Word::Written("grade"),
        Rule::kw_voice | Rule::voice => Word::Written("voice"),
        Rule::kw_says | Rule::says => Word::Written("says"),
        Rule::kw_from | Rule::from => Word::Written("from"),
        Rule::kw_since | Rule::since => Word::Written("since"),
        Rule::kw_rung | Rule::rung => Word::Written("rung"),
        Rule::kw_at | Rule::word_at | Rule::action_at => Word::Written("at"),
        Rule::kw_to | Rule::word_to | Rule::action_to => Word::Written("to"),
        Rule::kw_for => Word::Written("for"),
        Rule::kw_each | Rule::word_each => Word::Written("each"),
        Rule::kw_in | Rule::word_in | Rule::each_member => Word::Written("in"),
        Rule::kw_where | Rule::filter => Word::Written("where"),
        Rule::kw_on
        | Rule::word_on
        | Rule::on_scale
        | Rule::on_clause
        | Rule::on_issue
        | Rule::compared => Word::Written("on"),
        Rule::kw_when | Rule::word_when | Rule::when_clause => Word::Written("when"),
        Rule::kw_while | Rule::while_clause => Word::Written("while"),
        Rule::kw_if | Rule::if_clause => Word::Written("if"),
        Rule::kw_then | Rule::then_clause => Word::Written("then"),
        Rule::kw_else | Rule::else_clause => Word::Written("else"),
        Rule::kw_option | Rule::option_clause => Word::Written("option"),
        Rule::kw_because | Rule::because => Word::Written("because"),
        Rule::kw_once | Rule::once => Word::Written("once"),
        Rule::kw_priority | Rule::priority => Word::Written("priority"),
        Rule::kw_after | Rule::delay => Word::Written("after"),
        Rule::kw_within | Rule::limit => Word::Written("within"),
        Rule::kw_raise | Rule::step => Word::Written("raise"),
        Rule::kw_lower => Word::Written("lower"),
        Rule::kw_becomes | Rule::word_becomes | Rule::shift | Rule::assignment => {
            Word::Written("becomes")
        }
        Rule::kw_otherwise | Rule::word_otherwise => Word::Written("otherwise"),
        Rule::kw_disable | Rule::disable => Word::Written("disable"),
        Rule::kw_and | Rule::word_and => Word::Written("and"),
        Rule::kw_or | Rule::word_or | Rule::or_clause | Rule::infix_or => Word::Written("or"),
        Rule::kw_not | Rule::word_not => Word::Written("not"),
        Rule::kw_any => Word::Written("any"),
        Rule::kw_every => Word::Written("every"),
        Rule::kw_no | Rule::word_no => Word::Written("no"),
        Rule::kw_least | Rule::word_least => Word::Written("least"),
        Rule::kw_does | Rule::does => Word::Written("does"),
        Rule::kw_has => Word::Written("has"),
        Rule::kw_done | Rule::word_done => Word::Written("done"),
        Rule::kw_against | Rule::target => Word::Written("against"),
        Rule::kw_never | Rule::never => Word::Written("never"),
        Rule::kw_always | Rule::always => Word::Written("always"),
        Rule::kw_possible | Rule::possible => Word::Written("possible"),
        Rule::kw_certain | Rule::certain => Word::Written("certain"),
        Rule::kw_before | Rule::before => Word::Written("before"),
        Rule::kw_leads => Word::Written("leads"),
        Rule::kw_until | Rule::until => Word::Written("until"),
        Rule::ladder_start => Word::Written("start at"),
        Rule::each => Word::Written("for each"),
        Rule::has_done => Word::Written("has done"),
        Rule::probability | Rule::measure => Word::Written("P"),
        Rule::leads_to => Word::Written("leads to"),
        Rule::EOI
        | Rule::file
        | Rule::next_item
        | Rule::WHITESPACE
        | Rule::name_start
        | Rule::name_char
        | Rule::reserved
        | Rule::line_text
        | Rule::block_text
        | Rule::digits
        | Rule::compare
        | Rule::scenario_part
        | Rule::source_field
        | Rule::actor_field
        | Rule::position_part
        | Rule::quote
        | Rule::ladder_part
        | Rule::action_part
        | Rule::branch
        | Rule::branch_start
        | Rule::deed
        | Rule::prefix
        | Rule::infix
        | Rule::sign
        | Rule::operand
        | Rule::only_likelihood
        | Rule::only_constant => Word::Nothing,
    }
}
