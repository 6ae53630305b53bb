//! E0xxx, the text cannot be read.

use crate::diagnostic::{Code, Page};

/// Something else was expected here.
pub const UNEXPECTED: Code = Code("E0001");
/// A string without its end.
pub const UNTERMINATED_STRING: Code = Code("E0002");
/// A comment without its end.
pub const UNTERMINATED_COMMENT: Code = Code("E0003");
/// A reserved word stands where a name is needed.
pub const RESERVED_WORD: Code = Code("E0004");
/// A backslash with something else behind it than an escape.
pub const BAD_ESCAPE: Code = Code("E0005");
/// Nested deeper than the limit.
pub const TOO_DEEP: Code = Code("E0006");
/// A file larger than the limit.
pub const TOO_LARGE: Code = Code("E0007");
/// A file that is not UTF-8.
pub const BAD_UTF8: Code = Code("E0008");
/// More syntax errors than are told.
pub const TOO_MANY: Code = Code("E0009");
/// A date that is not written as one.
pub const BAD_DATE: Code = Code("E0010");
/// A number that is not written as one, or of the wrong kind.
pub const BAD_NUMBER: Code = Code("E0011");
/// A character that the language does not use.
pub const UNKNOWN_CHARACTER: Code = Code("E0012");
/// A word that begins no declaration.
pub const UNKNOWN_DECLARATION: Code = Code("E0013");
/// A brace or parenthesis without its end.
pub const UNCLOSED: Code = Code("E0014");
/// A value where a condition is needed.
pub const CONDITION_NEEDED: Code = Code("E0015");
/// A condition where a value is needed.
pub const NUMBER_NEEDED: Code = Code("E0016");
/// A unit of time that does not exist.
pub const UNKNOWN_UNIT: Code = Code("E0017");

/// Codes whose example only shows the shape, because the real one is too large or no text: the
/// tests of the syntax stage make those.
pub const ONLY_SHAPE: &[Code] = &[TOO_DEEP, TOO_LARGE, BAD_UTF8, TOO_MANY];

/// The pages of this range.
pub const PAGES: &[Page] = &[
    Page {
        code: UNEXPECTED,
        title: "the text goes on otherwise than the language allows",
        text: "At the marked place something else was expected; the message names what could have \
               stood there. Often a word is misspelt, or one is missing just before. Line breaks \
               and indentation carry no meaning, so a mistake may begin on an earlier line than the \
               one where it is noticed.",
        example: "actor france \"France\" { voice }\n",
        mend: "actor france \"France\" { voice \"Emmanuel Macron, president\" }\n",
    },
    Page {
        code: UNTERMINATED_STRING,
        title: "a string has no end",
        text: "A text between quotation marks ends on the line on which it begins. A text of \
               several lines stands between triple marks, `\"\"\"`.",
        example: "actor france \"France\n",
        mend: "actor france \"France\"\n",
    },
    Page {
        code: UNTERMINATED_COMMENT,
        title: "a comment has no end",
        text: "What begins with `/*` goes on to the next `*/`. Such comments do not nest: the first \
               `*/` ends them all.",
        example: "actor france \"France\"\n\
                  /* to be continued\n",
        mend: "actor france \"France\"\n\
                  /* to be continued */\n",
    },
    Page {
        code: RESERVED_WORD,
        title: "a reserved word stands where a name is needed",
        text: "A few words are kept for the language, because the grammar could not tell them from \
               names: those that begin a declaration (such as `actor`, `state`, `rule`), those that \
               begin a clause (such as `on`, `then`, `option`) and those that join conditions (such \
               as `and`, `not`, `does`, `any`). All others, also `turn`, `level`, `by` or `start`, \
               may be names.",
        example: "state state \"Peace or war\": peace | war\n",
        mend: "state condition \"Peace or war\": peace | war\n",
    },
    Page {
        code: BAD_ESCAPE,
        title: "a backslash with no escape behind it",
        text: "In strings a backslash begins one of the escapes `\\\"`, `\\\\`, `\\n`, `\\t` and \
               `\\u{...}`, the last with the number of a Unicode character in hexadecimal digits.",
        example: "actor france \"Republique fran\\caise\"\n",
        mend: "actor france \"Republique fran\\u{e7}aise\"\n",
    },
    Page {
        code: TOO_DEEP,
        title: "conditions or arithmetic nest too deep",
        text: "Parentheses, `not` and minus signs may nest 200 deep, and a sum may have 200 steps. \
               Nobody could read more; split such a condition with a flag that a rule sets. (The \
               example only shows the shape.)",
        example: "flag talks \"Talks\"\n\
                  outcome agreed \"Agreed\" when ((((talks))))\n",
        mend: "flag talks \"Talks\"\n\
                  outcome agreed \"Agreed\" when talks\n",
    },
    Page {
        code: TOO_LARGE,
        title: "a file is too large",
        text: "A file may have 16 MiB. Split a larger one into several and `import` them. (The \
               example only shows the shape.)",
        example: "// 16 MiB and one byte\n",
        mend: "// less\n",
    },
    Page {
        code: BAD_UTF8,
        title: "a file is not UTF-8",
        text: "Scenarios are text in the encoding UTF-8. The file has a byte that does not belong \
               to any character there; probably it was saved in another encoding. (No text can show \
               this: think of the byte E9 in place of the question mark.)",
        example: "// caf?\n",
        mend: "// café\n",
    },
    Page {
        code: TOO_MANY,
        title: "a file has more syntax errors than are told",
        text: "The first 50 syntax errors of a file are told; what follows the last of them is not \
               read. (The example only shows the shape.)",
        example: "actor\n\
                  actor\n\
                  actor\n",
        mend: "actor france \"France\"\n",
    },
    Page {
        code: BAD_DATE,
        title: "a date is not written as one",
        text: "A date is four digits of the year, two of the month and two of the day, with `-` \
               between them.",
        example: "scenario \"Remarks\" { start 26.2.2024 }\n",
        mend: "scenario \"Remarks\" { start 2024-02-26 }\n",
    },
    Page {
        code: BAD_NUMBER,
        title: "a number is not of the kind that is needed",
        text: "Meters, priorities and arithmetic take whole numbers, turns and durations whole \
               numbers without a sign. Likelihoods are written in percent (`60%`) or as a fraction \
               of one (`0.6`); nothing may stand between the digits.",
        example: "meter tension \"Tension\": 0..10 = 3.5\n",
        mend: "meter tension \"Tension\": 0..10 = 3\n",
    },
    Page {
        code: UNKNOWN_CHARACTER,
        title: "a character has no meaning in the language",
        text: "The language uses letters, digits, `_`, quotation marks (straight ones), brackets `{ \
               }` and `( )`, and a few signs. Any other character may stand only in strings and \
               comments. White space is spaces, tabs and line ends: what word processors and web pages \
               have in their place, no-break spaces for example, looks the same and is told with its number.",
        example: "actor france \"France\";\n",
        mend: "actor france \"France\"\n",
    },
    Page {
        code: UNKNOWN_DECLARATION,
        title: "a word begins no declaration",
        text: "A file is a row of declarations, each beginning with its word: `actor`, `group`, \
               `issue`, `position`, `state`, `flag`, `meter`, `action`, `rule`, `decision`, \
               `outcome` and others.",
        example: "acter france \"France\"\n",
        mend: "actor france \"France\"\n",
    },
    Page {
        code: UNCLOSED,
        title: "a brace or parenthesis is not closed",
        text: "What has been opened must be closed before the next declaration begins.",
        example: "actor france \"France\" { voice \"Emmanuel Macron, president\"\n\
                  actor russia \"Russia\"\n",
        mend: "actor france \"France\" { voice \"Emmanuel Macron, president\" }\n\
                  actor russia \"Russia\"\n",
    },
    Page {
        code: CONDITION_NEEDED,
        title: "a value stands where a condition is needed",
        text: "A condition is true or false: an event, a comparison, a relation, a flag. A number \
               or a string is not; compare it with something.",
        example: "meter tension \"Tension\": 0..10\n\
                  outcome high \"High tension\" when tension + 1\n",
        mend: "meter tension \"Tension\": 0..10\n\
                  outcome high \"High tension\" when tension + 1 > 5\n",
    },
    Page {
        code: NUMBER_NEEDED,
        title: "a condition stands where a value is needed",
        text: "Comparisons and arithmetic take meters, states, attributes and numbers. A comparison \
               is itself true or false, so comparisons cannot be chained as in `0 < tension < 5`: \
               join two of them with `and`.",
        example: "meter tension \"Tension\": 0..10\n\
                  outcome middling \"Middling tension\" when 2 < tension < 5\n",
        mend: "meter tension \"Tension\": 0..10\n\
                  outcome middling \"Middling tension\" when 2 < tension and tension < 5\n",
    },
    Page {
        code: UNKNOWN_UNIT,
        title: "a unit of time does not exist",
        text: "Durations are counted in days, weeks, months, years or turns; the singular reads the \
               same as the plural.",
        example: "scenario \"Remarks\" { turn 2 fortnights }\n",
        mend: "scenario \"Remarks\" { turn 4 weeks }\n",
    },
];
