// The TextMate grammar. `npm run build` writes it to escalade.tmLanguage.json, which is kept, since other
// tools read it, too.
//
// TextMate sees one line at a time. Each declaration is a region that ends where the next begins: words
// that begin a declaration are reserved. Words that may also be names are keywords only inside the
// region, and next to what makes them keywords there.

const NAME = '[\\p{L}_][\\p{L}\\p{M}\\p{N}_]*';
const DECLARATIONS = [
  'action', 'actor', 'decision', 'ending', 'expect', 'flag', 'group', 'import', 'inject', 'issue',
  'ladder', 'lexicon', 'meter', 'observe', 'outcome', 'param', 'position', 'reading', 'relation', 'rule',
  'scale', 'scenario', 'source', 'state',
];
const RESERVED = [
  ...DECLARATIONS, 'against', 'and', 'any', 'because', 'becomes', 'before', 'does', 'else', 'every',
  'has', 'if', 'in', 'leads', 'no', 'not', 'on', 'once', 'option', 'or', 'then', 'until', 'when', 'while',
];
const LIKELIHOODS = [
  'almost_no_chance', 'very_unlikely', 'unlikely', 'roughly_even', 'likely', 'very_likely',
  'almost_certain', 'certain', 'impossible',
];
const any = words => `(?:${words.join('|')})`;
const OTHER = `(?!${any(RESERVED)}\\b)${NAME}`;
const DECLARATION = `\\b${any(DECLARATIONS)}\\b`;
// What is left open ends where a line begins with a declaration.
const NEW_DECLARATION = `^(?=${any(DECLARATIONS)}\\b)`;
const NUMBER = '\\d+(?:\\.\\d+)?%?';
const DELAY = `\\b(?:after|within)\\s+\\d+\\s+${NAME}`;

const SCOPES = {
  declaration: 'storage.type',
  clause: 'keyword.control',
  field: 'keyword.other',
  effect: 'keyword.other.effect',
  operator: 'keyword.operator.wordlike',
  sign: 'keyword.operator',
  who: 'entity.name.type',
  what: 'entity.name.function',
  label: 'entity.name.label',
  issue: 'variable.other.property',
  variable: 'variable.other.readwrite',
  parameter: 'variable.parameter',
  value: 'variable.other.enummember',
  constant: 'variable.other.constant',
  source: 'entity.name.namespace',
  builtin: 'variable.language',
  language: 'constant.language',
  number: 'constant.numeric',
  unit: 'keyword.other.unit',
  measure: 'support.function',
};
const scope = kind => ({ name: `${SCOPES[kind]}.escalade` });
const captures = kinds => Object.fromEntries(kinds.map((kind, at) => [at + 1, scope(kind)]));

/** What is matched on one line, with the kinds of its groups. */
const match = (regex, ...kinds) => ({ match: regex, captures: captures(kinds) });
const word = (kind, ...words) => match(`\\b(${words.join('|')})\\b`, kind);
const include = (...names) => names.map(name => ({ include: `#${name}` }));

/** A region. */
const region = (begin, kinds, end, patterns) => ({
  begin, beginCaptures: captures(kinds), end, patterns,
});

/** Between braces. */
const braces = (...patterns) => ({
  begin: '\\{',
  beginCaptures: { 0: { name: 'punctuation.section.braces.begin.escalade' } },
  end: `(\\})|${NEW_DECLARATION}`,
  endCaptures: { 1: { name: 'punctuation.section.braces.end.escalade' } },
  patterns: [...include('layout'), ...patterns],
});

/** A declaration with a name and a kind of name, its head, and what its braces hold. */
const declaration = (words, kind, head, body) => region(
  `\\b(${words})\\b(?:\\s+(${OTHER}))?`, ['declaration', kind], `(?<=\\})|(?=${DECLARATION})`,
  [...include('layout'), ...(body ? [braces(...body)] : []), ...head],
);

const likelihoods = include('delay', 'likelihood');

const repository = {
  layout: { patterns: include('note', 'comment', 'string') },

  note: {
    name: 'comment.line.documentation.escalade',
    match: '(///)(?!/).*$',
    captures: { 1: { name: 'punctuation.definition.comment.escalade' } },
  },
  comment: {
    patterns: [
      {
        name: 'comment.line.double-slash.escalade',
        match: '(//).*$',
        captures: { 1: { name: 'punctuation.definition.comment.escalade' } },
      },
      {
        name: 'comment.block.escalade',
        begin: '/\\*', end: '\\*/',
        captures: { 0: { name: 'punctuation.definition.comment.escalade' } },
      },
    ],
  },
  string: {
    patterns: [
      {
        name: 'string.quoted.triple.escalade',
        begin: '"""', end: '"""',
        beginCaptures: { 0: { name: 'punctuation.definition.string.begin.escalade' } },
        endCaptures: { 0: { name: 'punctuation.definition.string.end.escalade' } },
        patterns: include('escape'),
      },
      {
        name: 'string.quoted.double.escalade',
        begin: '"', end: '(")|$',
        beginCaptures: { 0: { name: 'punctuation.definition.string.begin.escalade' } },
        endCaptures: { 1: { name: 'punctuation.definition.string.end.escalade' } },
        patterns: include('escape'),
      },
    ],
  },
  escape: {
    patterns: [
      { name: 'constant.character.escape.escalade', match: '\\\\(?:["\\\\nt]|u\\{[0-9a-fA-F]{1,6}\\})' },
      { name: 'invalid.illegal.escape.escalade', match: '\\\\(?:u\\{[^}"]*\\}?|.)' },
    ],
  },

  number: {
    patterns: [
      { name: 'constant.numeric.date.escalade', match: '\\b\\d{4}-\\d{2}-\\d{2}\\b' },
      { name: 'constant.numeric.percentage.escalade', match: '\\b\\d+(?:\\.\\d+)?%' },
      { name: 'constant.numeric.escalade', match: '\\b\\d+(?:\\.\\d+)?\\b' },
    ],
  },
  duration: match(`\\b(\\d+)\\s+(${NAME})`, 'number', 'unit'),
  delay: match(`\\b(after|within)\\s+(\\d+)\\s+(${NAME})`, 'field', 'number', 'unit'),
  likelihood: {
    patterns: [
      { ...match('(\\.\\.)', 'sign') },
      ...include('number'),
      { name: 'support.constant.likelihood.escalade', match: `\\b${any(LIKELIHOODS)}\\b` },
      { name: 'variable.other.constant.escalade', match: `\\b${OTHER}\\b` },
    ],
  },
  /** `= VALUE`, `becomes VALUE`. */
  constant: {
    patterns: [
      word('language', 'yes', 'no'),
      { ...match('(-)?\\b(\\d+)\\b', 'sign', 'number') },
      { name: 'variable.other.enummember.escalade', match: `\\b${OTHER}\\b` },
    ],
  },
  because: {
    patterns: [
      word('clause', 'because'),
      match(`\\b(from)\\s+(${OTHER})`, 'field', 'source'),
    ],
  },

  condition: { patterns: include('layout', 'related', 'term') },
  /** `a borders b`: three names with nothing between them. */
  related: match(`\\b(${OTHER})\\s+(${OTHER})\\s+(${OTHER})`, 'who', 'what', 'who'),
  term: {
    patterns: [
      ...include('layout', 'number'),
      match(`\\b(does)\\s+(${OTHER})`, 'operator', 'what'),
      match(`\\b(has)\\s+(done)\\s+(${OTHER})`, 'operator', 'operator', 'what'),
      match(`\\b(against)\\s+(self|target)\\b`, 'operator', 'builtin'),
      match(`\\b(against)\\s+(${OTHER})`, 'operator', 'who'),
      match(`\\b(on)\\s+(${OTHER})`, 'operator', 'issue'),
      match(`\\b(at)\\s+(least)\\s+(\\d+)`, 'operator', 'operator', 'number'),
      match(`\\b(any|every)\\b(?:\\s+(${OTHER}))?`, 'operator', 'who'),
      // A value before what may follow a condition, otherwise a quantifier.
      match(
        `\\b(no)\\s+(?!priority\\s+-?\\d|within\\s+\\d|says\\s*")(${OTHER})`, 'operator', 'who',
      ),
      match(`\\b(in)\\s+(${OTHER})(?:\\s+(where)\\b)?`, 'operator', 'who', 'field'),
      word('operator', 'and', 'or', 'not', 'does', 'has', 'against', 'on', 'in', 'until'),
      word('language', 'yes', 'no'),
      match('\\b(level|peak|turn)\\b(?=\\s*(?:[=<>]|!=))', 'builtin'),
      match(`(!=|<=|>=|[=<>])\\s*(?!${any(['yes', 'no'])}\\b)(${OTHER})\\b(?!\\s*(?:\\.|\\bon\\b))`, 'sign', 'value'),
      match(`\\b(${OTHER})\\s+(?=(?:does|has|on)\\b)`, 'who'),
      match(`\\b(${OTHER})\\s*(?=\\.(?!\\.))`, 'who'),
      match(`(?<!\\.)\\.\\s*(${OTHER})(?:\\((${OTHER})\\))?`, 'issue', 'who'),
      match('(!=|<=|>=|[-=<>+*])', 'sign'),
      { match: `\\b${NAME}\\b` },
    ],
  },

  /** `{ france does warn  raise tension by 1 }`. */
  effects: {
    ...braces(
      match(`\\b(becomes)\\s+(yes|no)\\b`, 'effect', 'language'),
      match(`\\b(becomes)\\s+(${OTHER})`, 'effect', 'value'),
      match(`\\b(raise|lower)\\b(?!\\s*(?:\\.|\\b(?:becomes|does|on)\\b))`, 'effect'),
      match('\\b(by)\\s+(-)?(\\d+)\\b', 'field', 'sign', 'number'),
      match(`\\b(self|target)\\b(?=\\s*(?:\\.|\\b(?:does|on)\\b))`, 'builtin'),
      match('\\b(becomes)\\b', 'effect'),
      ...include('term'),
    ),
  },

  each: region('\\b(for)\\s+(each)\\b', ['field', 'field'], `(?=[{:])|(?=${DECLARATION})`, [
    match(`\\b(${OTHER})\\s+(in)\\s+(${OTHER})`, 'parameter', 'operator', 'who'),
    word('field', 'where'),
    ...include('condition'),
  ]),

  /** What may stand between the braces of a rule or a decision. */
  clauses: {
    patterns: [
      ...include('effects', 'because'),
      match('(?:^|(?<=[{}]))\\s*(on)\\b', 'clause'),
      region(
        `\\b(then|or(?=\\s*(?:(?:${OTHER}|${NUMBER}(?:\\.\\.${NUMBER})?)\\s*)?(?:${DELAY}\\s*)?\\{)|else)\\b`,
        ['clause'], `(?=[{}])|${NEW_DECLARATION}`, [...include('layout'), ...likelihoods],
      ),
      region(
        `\\b(option)\\b(?:\\s+(${OTHER}))?`, ['clause', 'label'],
        `(?=[{}]|\\bpriority\\s+-?\\d|\\b${any(['option', 'because', 'once', 'on', 'when', 'while', 'if', ...DECLARATIONS])}\\b)`,
        [...include('layout'), ...likelihoods],
      ),
      word('clause', 'when', 'while', 'if', 'once'),
      match('\\b(priority)\\s+(-)?(\\d+)\\b', 'clause', 'sign', 'number'),
      ...include('condition'),
    ],
  },

  declarations: {
    patterns: [
      declaration('import', 'label', []),
      declaration('scenario', 'label', [], [
        word('field', 'summary', 'start', 'turn', 'horizon'),
        ...include('duration', 'number'),
      ]),
      declaration('source', 'source', [], [
        match('\\b(by|url|file)\\b(?=\\s*(?:"|$))', 'field'),
        match('\\b(date)\\b(?=\\s*(?:\\d|$))', 'field'),
        match(`\\b(grade)(?:\\s+(${OTHER}))?`, 'field', 'value'),
        ...include('number'),
      ]),
      declaration('actor', 'who', [], [
        match('\\b(voice)\\b(?=\\s*(?:"|$))', 'field'),
        match(`\\b(${OTHER})\\s*(=)`, 'issue', 'sign'),
        ...include('constant'),
      ]),
      declaration('group', 'who', [], [match(`\\b(${OTHER})`, 'who')]),
      declaration('relation', 'what', [], [
        match('(->|-)', 'sign'),
        match(`\\b(${OTHER})`, 'who'),
      ]),
      declaration('scale', 'who', [], [
        match('(<)', 'sign'),
        match(`\\b(${OTHER})`, 'value'),
      ]),
      declaration('issue', 'issue', [
        match(`\\b(on)\\s+(scale)\\s+(${OTHER})`, 'field', 'field', 'who'),
        word('field', 'on'),
      ]),
      declaration('position', 'who', [
        match(`\\b(on)\\s+(${OTHER})`, 'operator', 'issue'),
        match('\\b(since)\\s+(\\d{4}-\\d{2}-\\d{2})\\b', 'field', 'number'),
        match(`(?<=[:\\s])(${OTHER})`, 'value'),
      ], [
        match('\\b(says)\\b(?=\\s*(?:"|$))', 'clause'),
        ...include('because'),
        match(`\\b(becomes)\\s+(${OTHER})`, 'clause', 'value'),
        word('clause', 'becomes', 'when'),
        region(':', [], `(?=\\}|\\bsays\\s*"|\\b(?:because|becomes)\\b)|${NEW_DECLARATION}`, [
          ...include('layout'), ...likelihoods,
        ]),
        ...include('condition'),
      ]),
      declaration('ladder', 'who', [], [
        match(`\\b(start)\\s+(at)\\b(?:\\s+(${OTHER}))?`, 'field', 'field', 'value'),
        match(`\\b(rung)\\b(?:\\s+(${OTHER}))?`, 'field', 'value'),
      ]),
      declaration('state|flag|meter', 'variable', [
        ...include('each', 'number'),
        match(`(\\.\\.|[-=<|])`, 'sign'),
        ...include('constant'),
      ]),
      declaration('param', 'constant', [match('(=)', 'sign'), ...include('likelihood')]),
      declaration('lexicon', 'constant', [], [
        match(`\\b(${OTHER})(?=\\s*(?:=|"))`, 'constant'),
        match('(=)', 'sign'),
        ...include('likelihood'),
      ]),
      declaration('action', 'what', [
        ...include('effects'),
        match(`\\b(at|to)\\s+(${OTHER})`, 'field', 'value'),
        match(`\\b(or)\\s+(${OTHER})`, 'field', 'who'),
        word('field', 'at', 'to', 'or'),
        match(`\\b(by)\\b(?:\\s+(${OTHER}))?`, 'field', 'who'),
        match(`\\b(${OTHER})`, 'who'),
      ]),
      region('\\b(inject)\\b', ['declaration'], `(?<=\\})|(?=${DECLARATION})`, [
        ...include('layout', 'effects'),
        match('\\b(turn)(?:\\s+(\\d+))?\\b', 'field', 'number'),
        ...include('number'),
      ]),
      region('\\b(observe)\\b', ['declaration'], `(?=${DECLARATION})`, [
        match('\\b(turn)\\s+(\\d+)(?=\\s*:)', 'field', 'number'),
        ...include('condition'),
      ]),
      declaration('rule', 'label', include('each'), include('clauses')),
      declaration(
        'decision', 'label',
        [match(`\\b(by)\\s+(${OTHER})`, 'field', 'who'), ...include('each')],
        include('clauses'),
      ),
      declaration('outcome|ending', 'label', [
        word('clause', 'when'),
        match('\\b(otherwise)\\b(?!\\s*(?:[=<>!.+*-]|\\b(?:and|or|does|has|on)\\b))', 'clause'),
        ...include('condition'),
      ]),
      region('\\b(expect)\\b', ['declaration'], `(?=${DECLARATION})`, [
        match('\\b(Pmin|Pmax|P)\\s*(?=\\()', 'measure'),
        match(
          `(?<!before )\\b(never|always|possible|certain)\\b(?=\\s*$|\\s+(?!${any(['before', 'leads', 'and', 'or', 'does', 'has', 'on', 'until'])}\\b)[\\p{L}_\\d("-])`,
          'clause',
        ),
        match('\\b(leads)\\s+(to)\\b', 'clause', 'clause'),
        word('clause', 'before', 'until'),
        ...include('delay', 'condition'),
      ]),
      declaration('reading', 'label', [], [
        match('\\b(voice)\\b(?=\\s*(?:"|$))', 'field'),
        ...include('because'),
        match(`\\b(disable)\\s+(${OTHER})`, 'field', 'label'),
        match(`\\b(position)\\s+(${OTHER})\\s+(on)\\s+(${OTHER})\\s*:\\s*(${OTHER})`, 'field', 'who', 'operator', 'issue', 'value'),
        match(`\\b(rule)\\s+(${OTHER})`, 'field', 'label'),
        match(`\\b(param)\\s+(${OTHER})`, 'field', 'constant'),
        match(`\\b(state|flag|meter)\\s+(${OTHER})(?!\\s*[.])`, 'field', 'variable'),
        word('field', 'position', 'rule', 'param', 'state', 'flag', 'meter', 'disable'),
        match(`\\b(${OTHER})\\s*(?=\\.(?!\\.))`, 'who'),
        match(`(?<!\\.)\\.\\s*(${OTHER})(?:\\((${OTHER})\\))?`, 'issue', 'who'),
        match('([-=])', 'sign'),
        word('language', 'yes', 'no'),
        word('operator', 'on'),
        ...include('likelihood'),
      ]),
    ],
  },
};

export const grammar = {
  $schema: 'https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json',
  name: 'Escalade',
  scopeName: 'source.escalade',
  fileTypes: ['esc'],
  patterns: include('layout', 'declarations'),
  repository,
};
