//! E9xxx, faults of Escalade itself.

use crate::diagnostic::{Code, Page};

/// Something that was read has been lost, and nothing has been said of it.
pub const LOST: Code = Code("E9001");

/// Codes that no text draws as long as Escalade is sound: tests cannot run their examples.
pub const UNDRAWN: &[Code] = &[LOST];

/// The pages of this range.
pub const PAGES: &[Page] = &[Page {
    code: LOST,
    title: "a fault of Escalade: something that is written would be left out",
    text: "Nothing is wrong with the scenario. A part of it has been read and then lost, and no error says why; any number \
           would be that of another scenario, so there are none. Please report it with the declaration at the marked place. The \
           exit status is 4. Until it is mended, it may help to write the place otherwise.",
    example: "actor aland \"Aland\"
flag talks \"Talks\"
outcome open \"Talks\" when not talks
",
    mend: "actor aland \"Aland\"
flag talks \"Talks\"
outcome open \"Talks\" when not (talks)
",
}];
