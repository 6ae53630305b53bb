//! E5xxx, the file of defaults.

use crate::diagnostic::{Code, Page};

/// What is no TOML.
pub const NOT_TOML: Code = Code("E5001");
/// A key that the file of defaults does not have, or a lint that does not exist.
pub const UNKNOWN_KEY: Code = Code("E5002");
/// A value of the wrong kind, or a level that does not exist.
pub const BAD_VALUE: Code = Code("E5003");
/// A text that is no likelihood, or a word that cannot be one.
pub const NO_LIKELIHOOD: Code = Code("E5004");

/// The pages of this range.
pub const PAGES: &[Page] = &[
    Page {
        code: NOT_TOML,
        title: "a file of defaults that is no TOML",
        text: "The file `.escalade.toml` holds the defaults of the scenarios in its folder and below: a `horizon` in turns, likelihood words under `[lexicon]`, levels under `[lints]`. It is written in TOML: a key, an equals sign, and a value; texts stand in quotation marks.",
        example: "horizon = 26 turns\n",
        mend: "horizon = 26\n",
    },
    Page {
        code: UNKNOWN_KEY,
        title: "an unknown key in the file of defaults",
        text: "The file of defaults has `horizon`, `[lexicon]` and `[lints]`; under `[lints]` stand the codes or names of warnings, which `escalade explain` lists. Errors have no level: a scenario with one cannot be evaluated.",
        example: "[lints]\nfalse-precison = \"deny\"\n",
        mend: "[lints]\nfalse-precision = \"deny\"\n",
    },
    Page {
        code: BAD_VALUE,
        title: "a wrong value in the file of defaults",
        text: "`horizon` is a whole number of turns. A lint has one of the levels `allow` (it is not told), `warn` (a warning, which all are unless something else is said) and `deny` (an error).",
        example: "[lints]\nunsourced = \"error\"\n",
        mend: "[lints]\nunsourced = \"deny\"\n",
    },
    Page {
        code: NO_LIKELIHOOD,
        title: "a word of the file of defaults without a likelihood",
        text: "Under `[lexicon]` each likelihood word stands with what it means, in quotation marks and written as in a scenario: a number, a range, or another word.",
        example: "[lexicon]\nplausible = \"30% to 60%\"\n",
        mend: "[lexicon]\nplausible = \"30%..60%\"\n",
    },
];
