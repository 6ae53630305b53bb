/**
 * The grammar of Escalade for editors.
 *
 * What is a scenario and what not is decided by `grammar/escalade.pest`. This grammar reads every text
 * that that one reads, and is looser where an editor gains nothing from being strict: it says what
 * each piece is, also in a text that is being written.
 *
 * Reserved words are never names. All other words of the language may be names, too: they are
 * keywords only where a keyword may stand, and where a name may stand there as well, both are tried.
 */

/// <reference types="tree-sitter-cli/dsl" />
// @ts-check

const RESERVED = [
  'action', 'actor', 'against', 'and', 'any', 'because', 'becomes', 'before', 'decision', 'does',
  'else', 'ending', 'every', 'expect', 'flag', 'group', 'has', 'if', 'import', 'in', 'inject',
  'issue', 'ladder', 'leads', 'lexicon', 'meter', 'no', 'not', 'observe', 'on', 'once', 'option',
  'or', 'outcome', 'param', 'position', 'reading', 'relation', 'rule', 'scale', 'scenario', 'source',
  'state', 'then', 'until', 'when', 'while',
];

/** How tight operators bind. `or` is at 0, so that it may also begin the next alternative of a rule. */
const BINDS = { or: 0, and: 1, not: 2, compare: 3, sum: 4, product: 5, negative: 6 };

/** One or more, with something between them. */
const separated = (separator, rule) => seq(rule, repeat(seq(separator, rule)));

/** Any number between braces. */
const braces = rule => seq('{', repeat(rule), '}');

/** Names between braces, with commas. */
const names = rule => seq('{', optional(seq(separated(',', rule), optional(','))), '}');

/** Words of the language where they are names. */
const name_of = ($, ...words) => alias(words.length > 1 ? choice(...words) : words[0], $.identifier);

const name = $ => field('name', $.identifier);
const title = $ => optional(field('title', $.string));
const quoted = $ => seq(field('text', $.string), optional(seq('from', field('source', $.identifier))));
const against = $ => optional(seq('against', field('target', $.identifier)));

module.exports = grammar({
  name: 'escalade',

  word: $ => $.identifier,
  extras: $ => [/[\s\uFEFF]/, $.note, $.comment],
  reserved: { global: _ => RESERVED },
  supertypes: $ => [$.declaration, $.condition, $.effect],

  conflicts: $ => [
    // The `or` after a condition or an event may begin the next alternative.
    [$.on_clause],
    [$.if_clause, $.binary_condition],
    [$.when_clause, $.binary_condition],
    [$.while_clause, $.binary_condition],
    // `raise m by 2`, and `raise m` before an effect on something named `by`.
    [$.step],
    // `option a priority { }` has a likelihood of that name, `option a priority 3` none.
    [$.option_clause],
    // `m.f(a)`, and a filter `m.f` before a condition in parentheses that touch it.
    [$.member],
    // After a name, a word that may be a relation or what follows the condition.
    [$.condition, $._who],
  ],

  rules: {
    source_file: $ => repeat($.declaration),

    declaration: $ => choice(
      $.import_declaration,
      $.scenario_declaration,
      $.source_declaration,
      $.actor_declaration,
      $.group_declaration,
      $.relation_declaration,
      $.scale_declaration,
      $.issue_declaration,
      $.position_declaration,
      $.ladder_declaration,
      $.state_declaration,
      $.flag_declaration,
      $.meter_declaration,
      $.param_declaration,
      $.lexicon_declaration,
      $.action_declaration,
      $.inject_declaration,
      $.observe_declaration,
      $.rule_declaration,
      $.decision_declaration,
      $.outcome_declaration,
      $.expect_declaration,
      $.reading_declaration,
    ),

    // ------------------------------------------------------------------------ who and what

    import_declaration: $ => seq('import', field('path', $.string)),

    scenario_declaration: $ => seq('scenario', title($), braces($.setting)),
    setting: $ => choice(
      seq('summary', $.string),
      seq('start', $.date),
      seq(choice('turn', 'horizon'), $.duration),
    ),

    source_declaration: $ => seq('source', name($), title($), optional(braces($.source_field))),
    source_field: $ => choice(
      seq(choice('by', 'url', 'file'), $.string),
      seq('date', $.date),
      seq('grade', field('grade', $.identifier)),
    ),

    actor_declaration: $ => seq(
      'actor', name($), title($), optional(braces(choice($.voice, $.attribute))),
    ),
    voice: $ => seq('voice', $.string),
    attribute: $ => seq(
      field('name', choice($.identifier, name_of($, 'voice'))), '=', field('value', $._constant),
    ),

    group_declaration: $ => seq(
      'group', name($), title($), names(field('member', $.identifier)),
    ),

    relation_declaration: $ => seq('relation', name($), title($), names($.pair)),
    pair: $ => seq(field('from', $.identifier), choice('->', '-'), field('to', $.identifier)),

    scale_declaration: $ => seq(
      'scale', name($), title($), '{', separated('<', field('level', $.identifier)), '}',
    ),
    issue_declaration: $ => seq(
      'issue', name($), title($), optional(seq('on', 'scale', field('scale', $.identifier))),
    ),

    position_declaration: $ => seq(
      'position', $._stated,
      optional(seq('since', field('since', $.date))),
      optional(braces(choice($.says, $.because, $.shift))),
    ),
    _stated: $ => seq(
      field('actor', $.identifier), 'on', field('issue', $.identifier),
      ':', field('level', $.identifier),
    ),
    says: $ => seq('says', quoted($)),
    because: $ => seq('because', quoted($)),
    shift: $ => seq(
      'becomes', field('level', $.identifier), 'when', field('condition', $.condition),
      optional(seq(':', field('likelihood', $.likelihood))),
    ),

    ladder_declaration: $ => seq(
      'ladder', optional(name($)), title($), braces(choice($.rung, $.ladder_start)),
    ),
    rung: $ => seq('rung', name($), title($)),
    ladder_start: $ => seq('start', 'at', field('rung', $.identifier)),

    // ------------------------------------------------------------------------ variables

    state_declaration: $ => seq(
      'state', name($), title($), optional($.each), ':',
      separated(choice('|', '<'), field('value', $._answer)), optional($._initial),
    ),
    flag_declaration: $ => seq('flag', name($), title($), optional($.each), optional($._initial)),
    meter_declaration: $ => seq(
      'meter', name($), title($), optional($.each), ':',
      field('lowest', $._integer), '..', field('highest', $._integer), optional($._initial),
    ),
    _initial: $ => seq('=', field('initial', $._constant)),

    each: $ => seq('for', 'each', separated(',', $.each_variable), optional($.filter)),
    each_variable: $ => seq(name($), 'in', field('group', $.identifier)),
    filter: $ => seq('where', field('condition', $.condition)),

    param_declaration: $ => seq('param', $._defined),
    lexicon_declaration: $ => seq('lexicon', braces($.definition)),
    definition: $ => $._defined,
    _defined: $ => seq(name($), title($), '=', field('likelihood', $.likelihood)),

    // ------------------------------------------------------------------------ what may happen

    action_declaration: $ => seq(
      'action', name($), title($), repeat(choice($.reach, $.doers)), optional($.block),
    ),
    reach: $ => seq(choice('at', 'to'), field('rung', $.identifier)),
    doers: $ => seq('by', separated(choice(',', 'or'), field('actor', $.identifier))),

    inject_declaration: $ => seq('inject', $._moment, $.block),
    observe_declaration: $ => seq('observe', $._moment, ':', field('condition', $.condition)),
    _moment: $ => choice(seq('turn', field('turn', $.integer)), field('date', $.date)),

    rule_declaration: $ => seq(
      'rule', name($), title($), optional($.each),
      braces(choice(
        $.on_clause, $.when_clause, $.while_clause, $.if_clause, $.then_clause, $.or_clause,
        $.else_clause, $.because, $.once, $.priority,
      )),
    ),

    decision_declaration: $ => seq(
      'decision', name($), title($),
      optional(seq('by', field('actor', $.identifier))), optional($.each),
      braces(choice(
        $.on_clause, $.when_clause, $.while_clause, $.if_clause, $.option_clause, $.because, $.once,
        $.priority,
      )),
    ),

    on_clause: $ => seq('on', separated('or', $.deed)),
    when_clause: $ => seq('when', field('condition', $.condition)),
    while_clause: $ => seq('while', field('condition', $.condition)),
    if_clause: $ => seq('if', field('condition', $.condition)),
    then_clause: $ => seq('then', $._branch),
    or_clause: $ => seq('or', $._branch),
    else_clause: $ => seq('else', optional($.delay), $.block),
    option_clause: $ => seq(
      'option', field('name', $._answer), title($),
      optional(field('likelihood', $.likelihood)), optional($.delay), optional($.block),
    ),
    _branch: $ => seq(optional(field('likelihood', $.likelihood)), optional($.delay), $.block),
    once: _ => 'once',
    priority: $ => seq('priority', $._integer),

    delay: $ => seq(choice('after', 'within'), $.duration),

    block: $ => braces($.effect),
    effect: $ => choice($.deed, $.assignment, $.step),
    step: $ => seq(
      choice('raise', 'lower'), field('variable', $._place),
      optional(seq('by', field('by', $._integer))),
    ),
    assignment: $ => seq(field('variable', $._place), 'becomes', field('value', $._constant)),
    _place: $ => choice($._subject_name, $.stance, $.member),

    outcome_declaration: $ => seq(
      choice('outcome', 'ending'), name($), title($),
      choice(seq('when', field('condition', $.condition)), 'otherwise'),
    ),

    // ------------------------------------------------------------------------ conditions

    condition: $ => choice(
      $.binary_condition,
      $.unary_condition,
      $.parenthesized_condition,
      $.member_condition,
      $.deed,
      $.past_deed,
      $.related,
      $.stance,
      $.member,
      $._subject_name,
      name_of($, 'no'),
      $.integer,
      $.string,
    ),

    binary_condition: $ => {
      const operators = [
        ['or', BINDS.or],
        ['and', BINDS.and],
        [choice('=', '!=', '<', '<=', '>', '>='), BINDS.compare],
        [choice('+', '-'), BINDS.sum],
        ['*', BINDS.product],
      ];
      return choice(...operators.map(([operator, binds]) => prec.left(binds, seq(
        field('left', $.condition), field('operator', operator), field('right', $.condition),
      ))));
    },
    unary_condition: $ => choice(
      prec(BINDS.not, seq(field('operator', 'not'), field('operand', $.condition))),
      prec(BINDS.negative, seq(field('operator', '-'), field('operand', $.condition))),
    ),
    parenthesized_condition: $ => seq(choice('(', alias($._touching, '(')), $.condition, ')'),

    /** `any m in g where F (COND)`. */
    member_condition: $ => seq(
      $.quantifier, name($), 'in', field('group', $.identifier), optional($.filter),
      field('condition', $.parenthesized_condition),
    ),

    quantifier: $ => choice('any', 'every', 'no', seq('at', 'least', $.integer)),
    quantified: $ => seq($.quantifier, field('group', $.identifier)),
    _who: $ => choice($._subject_name, $.quantified),
    // Words that may begin something else where a name may stand.
    _subject_name: $ => choice(
      $.identifier,
      prec(-1, name_of(
        $, 'at', 'by', 'raise', 'lower', 'P', 'Pmin', 'Pmax', 'never', 'always', 'possible', 'certain',
      )),
    ),

    deed: $ => seq(
      field('actor', $._who), 'does', field('action', $.identifier), against($),
    ),
    past_deed: $ => seq(
      field('actor', $._who), 'has', 'done', field('action', $.identifier), against($),
    ),
    /** `a borders b`. */
    related: $ => seq(
      field('from', $._who),
      field('relation', choice($.identifier, name_of($, 'priority', 'within', 'says'))),
      field('to', $.identifier),
    ),
    /** `a on i`. */
    stance: $ => seq(field('actor', $._who), 'on', field('issue', $.identifier)),
    /** `a.m`, `a.m(b)`: there the parenthesis touches the name. */
    member: $ => seq(
      field('actor', $._who), '.', name($),
      optional(seq(alias($._touching, '('), field('argument', $.identifier), ')')),
    ),
    _touching: _ => token.immediate(prec(1, '(')),

    // ------------------------------------------------------------------------ expectations

    expect_declaration: $ => seq(
      'expect', optional(seq(field('title', $.string), ':')),
      choice($.probability, $.judgement, $.ordered),
    ),
    probability: $ => seq(
      field('measure', choice('P', 'Pmin', 'Pmax')), choice('(', alias($._touching, '(')), $._path, ')',
      field('operator', choice('=', '!=', '<', '<=', '>', '>=')), field('value', $._number),
    ),
    judgement: $ => seq(choice('never', 'always', 'possible', 'certain'), $.condition),
    ordered: $ => seq(
      field('first', $.condition),
      choice(
        seq('before', field('second', $.condition)),
        seq('leads', 'to', field('second', $.condition), optional($.limit)),
      ),
    ),
    _path: $ => choice(
      seq('always', $.condition),
      seq($.condition, optional(choice($.limit, seq('until', $.condition)))),
    ),
    limit: $ => seq('within', $.duration),

    // ------------------------------------------------------------------------ readings

    reading_declaration: $ => seq(
      'reading', name($), title($),
      braces(choice(
        $.voice, $.because, $.reading_position, $.reading_initial, $.reading_param, $.reading_rule,
        $.disable,
      )),
    ),
    reading_position: $ => seq('position', $._stated),
    reading_initial: $ => seq(
      choice('state', 'flag', 'meter'), field('variable', $._place), '=', field('value', $._constant),
    ),
    reading_param: $ => seq('param', name($), '=', field('likelihood', $.likelihood)),
    reading_rule: $ => seq('rule', name($), ':', field('likelihood', $.likelihood)),
    disable: $ => seq('disable', field('rule', $.identifier)),

    // ------------------------------------------------------------------------ values

    // What may be chosen, or be the case, may also be `no`.
    _answer: $ => choice($.identifier, name_of($, 'no')),
    _constant: $ => choice($._answer, $._integer, $.string),

    likelihood: $ => choice(
      seq($._number, optional(seq('..', $._number))),
      $.identifier,
      name_of($, 'after', 'within', 'priority'),
    ),
    duration: $ => seq($.integer, field('unit', $.identifier)),

    _integer: $ => choice($.integer, $.negative),
    negative: $ => seq('-', $.integer),
    _number: $ => choice($.integer, $.decimal, $.percentage),

    date: _ => /\d{4}-\d{2}-\d{2}/,
    integer: _ => /\d+/,
    decimal: _ => /\d+\.\d+/,
    percentage: _ => /\d+(\.\d+)?%/,

    string: $ => choice(
      seq(
        '"',
        repeat(choice(alias($._line_text, $.string_content), $.escape_sequence)),
        token.immediate('"'),
      ),
      seq(
        '"""',
        repeat(choice(alias($._block_text, $.string_content), $.escape_sequence)),
        token.immediate(prec(2, '"""')),
      ),
    ),
    _line_text: _ => token.immediate(prec(1, /[^"\\\n]+/)),
    _block_text: _ => token.immediate(prec(1, /([^"\\]|""?[^"\\])+|"/)),
    escape_sequence: _ => token.immediate(/\\(u\{[^}"\n]*\}|.)/),

    identifier: _ => /[\p{XID_Start}_]\p{XID_Continue}*/,

    // Of two matches the longer counts, and of two that are alike the first: four strokes are no note.
    note: _ => token(/\/\/\/([^\/\n][^\n]*)?/),
    comment: _ => token(choice(/\/\/[^\n]*/, seq('/*', /[^*]*\*+([^/*][^*]*\*+)*/, '/'))),
  },
});
