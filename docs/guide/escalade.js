// Colours for Escalade in the book: the book's own highlighter does not know the language.
(() => {
  const DECLARATIONS =
    "action actor decision ending expect flag group import inject issue ladder lexicon meter " +
    "observe outcome param position reading relation rule scale scenario source state";
  const OPERATORS =
    "against and any because becomes before does else every has if in leads no not on once " +
    "option or then until when while";
  // These have a meaning where a line or a block begins, and are names elsewhere.
  const LINES =
    "by|date|disable|file|grade|horizon|lower|priority|raise|rung|says|start|summary|turn|url|voice";
  const LIKELIHOODS =
    "almost_certain almost_no_chance certain impossible likely roughly_even unlikely very_likely " +
    "very_unlikely yes";

  hljs.registerLanguage("escalade", (hljs) => ({
    keywords: { keyword: `${DECLARATIONS} ${OPERATORS}`, literal: LIKELIHOODS },
    contains: [
      hljs.C_LINE_COMMENT_MODE,
      hljs.C_BLOCK_COMMENT_MODE,
      { className: "string", begin: '"""', end: '"""' },
      { className: "string", begin: '"', end: '"', illegal: "\\n", contains: [hljs.BACKSLASH_ESCAPE] },
      { className: "number", begin: "\\b\\d{4}-\\d\\d-\\d\\d\\b" },
      { className: "number", begin: "\\b\\d+(\\.\\d+)?%?" },
      { className: "keyword", begin: `(?<=^\\s*|[{] +|  )\\b(${LINES})\\b(?= )` },
      { className: "keyword", begin: "(?<=[\"\\w%] +)\\b(at|by|to|from|since|where|after|within)\\b(?= +\\w)" },
      { className: "keyword", begin: "(?<=(inject|observe) +)turn\\b" },
      { className: "keyword", begin: "(?<=[\"\\w] +)otherwise\\b(?= *$)" },
      { className: "keyword", begin: "(?<=expect +|: +|\\()(never|always|possible|certain)\\b(?= +[\\w(])" },
      { className: "built_in", begin: "\\b(P|Pmin|Pmax)(?=\\()" },
      { className: "keyword", begin: "\\bfor each\\b|\\bhas done\\b|\\bat least\\b" },
    ],
  }));

  for (const block of document.querySelectorAll("code.language-escalade")) {
    // What the highlighter has guessed is taken back.
    block.textContent = block.textContent;
    block.className = "language-escalade";
    hljs.highlightBlock(block);
  }
})();
