//! Wxxxx, doubts.

use crate::diagnostic::{Code, Page};

/// A rule that never has its chance.
pub const NEVER_A_CHANCE: Code = Code("W0001");
/// An action that nobody takes.
pub const NEVER_DONE: Code = Code("W0002");
/// A declaration that nothing uses.
pub const UNUSED: Code = Code("W0003");
/// A claim without a source.
pub const NO_SOURCE: Code = Code("W0004");
/// A rule without a rationale.
pub const NO_RATIONALE: Code = Code("W0005");
/// An inject, an observation, a delay or a limit after the end of the run.
pub const BEYOND_HORIZON: Code = Code("W0006");
/// A member that hides a declaration of the same name.
pub const SHADOWED: Code = Code("W0007");
/// Outcomes that overlap without an order in time.
pub const OVERLAP: Code = Code("W0008");

/// The pages of the first eight; the others stand in [`super::lints`].
pub const PAGES: &[Page] = &[
    Page {
        code: NEVER_A_CHANCE,
        title: "a rule that never has its chance",
        text: "Whatever happens, the trigger of the rule or its guard cannot hold: nothing causes its events, its comparison lies outside the ends of the variable, it asks for a position that is neither stated, in a reading either, nor brought about, or no choice of members passes its filter. This is found without running the scenario; `escalade test` also names rules that no storyline ever used.",
        example: r#"actor france "France"
action warn "Warn"
action strike "Strike"
inject turn 0 { france does warn }
flag war "War"
rule answer { on france does strike  then { war becomes yes } }
rule attack { on france does warn against france  then { france does strike } }
"#,
        mend: r#"actor france "France"
action warn "Warn"
action strike "Strike"
inject turn 0 { france does warn }
flag war "War"
rule answer { on france does strike  then { war becomes yes } }
rule attack { on france does warn  then { france does strike } }
"#,
    },
    Page {
        code: NEVER_DONE,
        title: "an action that nobody takes",
        text: "No rule, decision, inject or body of an action makes an actor do this.",
        example: r#"actor france "France"
action warn "Warn"
action strike "Strike"
inject turn 0 { france does warn }
"#,
        mend: r#"actor france "France"
action warn "Warn"
inject turn 0 { france does warn }
"#,
    },
    Page {
        code: UNUSED,
        title: "an unused declaration",
        text: "Nothing in the scenario refers to this declaration. In an imported file that is fine and not reported.",
        example: r#"flag war "War"
param risk = 20%
outcome fight "Fight" when war
"#,
        mend: r#"flag war "War"
param risk = 20%
rule outbreak { while not war  then risk { war becomes yes } }
outcome fight "Fight" when war
"#,
    },
    Page {
        code: NO_SOURCE,
        title: "a claim without a source",
        text: r#"Where an actor stands is a matter of fact: say who said so, and where. A judgement of the author's is written as `because "..." from SOURCE`, with a source that says it is judgement.

So are words that somebody is said to have used: a `says`, or what stands in quotation marks within a `because`. A rationale in the author's own words needs no source."#,
        example: r#"actor france "France"
issue troops "Troops"
position france on troops: open
outcome sent "Sent" when france on troops = commits
"#,
        mend: r#"source speech "Speech" { by "President" }
actor france "France"
issue troops "Troops"
position france on troops: open { says "nothing is excluded" from speech }
outcome sent "Sent" when france on troops = commits
"#,
    },
    Page {
        code: NO_RATIONALE,
        title: "a rule without a rationale",
        text: "A rule claims that one thing may follow from another. Say why: the reader of a report sees it beside the reaction.",
        example: r#"flag war "War"
rule outbreak { while not war  then 5% { war becomes yes } }
"#,
        mend: r#"flag war "War"
rule outbreak { while not war  then 5% { war becomes yes }  because "accidents happen" }
"#,
    },
    Page {
        code: BEYOND_HORIZON,
        title: "something after the end of the run",
        text: "With a horizon of n turns the run ends with situation n. What is injected later never happens, nothing later can be observed, a delay of more turns than there are does not arrive, and a limit that is longer (`within 12 turns` under a horizon of 6) is looked at only up to the end.",
        example: r#"scenario "S" { horizon 3 turns }
flag war "War"
inject turn 5 { war becomes yes }
"#,
        mend: r#"scenario "S" { horizon 6 turns }
flag war "War"
inject turn 5 { war becomes yes }
"#,
    },
    Page {
        code: SHADOWED,
        title: "a member hides a declaration",
        text: "The name that `for each` or a quantifier gives to a member is also the name of a declaration. Where the member is known, the name stands for the member, which a reader may not expect.",
        example: r#"actor france "France"
actor russia "Russia"
meter strain "Strain" for each france in everyone: 0..5
outcome bad "Bad" when france.strain > 3
"#,
        mend: r#"actor france "France"
actor russia "Russia"
meter strain "Strain" for each a in everyone: 0..5
outcome bad "Bad" when france.strain > 3
"#,
    },
    Page {
        code: OVERLAP,
        title: "outcomes without an order in time",
        text: "Whenever the one outcome is reached, the other is reached in the same situation: their conditions are alike, or the other one is an ending with a wider condition, which would have stopped the storyline before. Neither comes first, so the report cannot tell them apart in time.",
        example: r#"meter tension "Tension": 0..10
ending crisis "Crisis" when tension >= 5
ending war "War" when tension >= 8
"#,
        mend: r#"meter tension "Tension": 0..10
outcome crisis "Crisis" when tension >= 5
ending war "War" when tension >= 8
"#,
    },
];
