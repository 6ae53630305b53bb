//! E2xxx, values, levels, likelihoods and ranges.

use crate::diagnostic::{Code, Page};

/// A comparison by order of what has none.
pub const NO_ORDER: Code = Code("E2001");
/// A comparison of things of different kinds.
pub const DIFFERENT_KINDS: Code = Code("E2002");
/// Something that is neither true nor false in the place of a condition.
pub const NOT_A_CONDITION: Code = Code("E2003");
/// A likelihood below 0% or above 100%.
pub const LIKELIHOOD_OUTSIDE: Code = Code("E2004");
/// A range whose low end is above its high end.
pub const UPSIDE_DOWN: Code = Code("E2005");
/// Alternatives whose low ends add up to more than 100%.
pub const SUM_ABOVE_ONE: Code = Code("E2006");
/// Options that cannot add up to 100%.
pub const OPTIONS_DO_NOT_ADD_UP: Code = Code("E2007");
/// A value that the variable cannot take.
pub const NOT_A_VALUE: Code = Code("E2008");
/// A raise or lower of what has no order.
pub const NO_STEPS: Code = Code("E2009");
/// A variable with too few or too many actors.
pub const WRONG_ACTORS: Code = Code("E2010");
/// An attribute or variable that other actors have, and this one has not.
pub const NOT_FOR_THIS_ACTOR: Code = Code("E2011");
/// A rung without a ladder.
pub const NO_LADDER: Code = Code("E2012");
/// `turn` within a calculation.
pub const TURN_ALONE: Code = Code("E2013");
/// A number that is too small or too large for its place.
pub const NUMBER_OUT_OF_RANGE: Code = Code("E2014");
/// A length of time that does not fit its place.
pub const DURATION: Code = Code("E2015");
/// A day that the calendar does not have.
pub const NOT_A_DATE: Code = Code("E2016");
/// A grade that the Admiralty code does not have.
pub const NOT_A_GRADE: Code = Code("E2017");
/// A state that mixes `|` and `<`.
pub const MIXED_SEPARATORS: Code = Code("E2018");
/// A calculation with something that is no number.
pub const NOT_A_NUMBER: Code = Code("E2019");
/// A filter that depends on what happens.
pub const NOT_KNOWN_BEFORE: Code = Code("E2020");

/// The pages of this range.
pub const PAGES: &[Page] = &[
    Page {
        code: NO_ORDER,
        title: "no order to compare by",
        text: "`<`, `<=`, `>` and `>=` need an order. Numbers, positions, rungs and states declared with `<` have one; states declared with `|`, flags, actors, names and texts have none and can only be equal or not.",
        example: r#"state mood "Mood": calm | angry
outcome bad "Bad" when mood > calm
"#,
        mend: r#"state mood "Mood": calm < angry
outcome bad "Bad" when mood > calm
"#,
    },
    Page {
        code: DIFFERENT_KINDS,
        title: "different kinds are compared",
        text: "Both sides of a comparison must be of one kind: a number and a number, a state and one of its values, two states with the same values, an actor and an actor, an attribute that is a text and a text.",
        example: r#"state front "Front": holding < strained
outcome bad "Bad" when front = 1
"#,
        mend: r#"state front "Front": holding < strained
outcome bad "Bad" when front = strained
"#,
    },
    Page {
        code: NOT_A_CONDITION,
        title: "neither true nor false",
        text: "A name alone is a condition only if it is a flag, or an attribute that is `yes` or `no`. A state, a meter or the level must be compared with something, an actor must do something or stand somewhere.",
        example: r#"meter tension "Tension": 0..10
outcome bad "Bad" when tension
"#,
        mend: r#"meter tension "Tension": 0..10
outcome bad "Bad" when tension > 5
"#,
    },
    Page {
        code: LIKELIHOOD_OUTSIDE,
        title: "a likelihood outside 0% to 100%",
        text: "A likelihood lies between 0% and 100%. It is written as a percentage (`60%`) or as a fraction (`0.6`).",
        example: r#"flag war "War"
rule outbreak { when not war  then 120% { war becomes yes } }
"#,
        mend: r#"flag war "War"
rule outbreak { when not war  then 20% { war becomes yes } }
"#,
    },
    Page {
        code: UPSIDE_DOWN,
        title: "a range is upside down",
        text: "The low end of a range comes first, of a likelihood as of a meter.",
        example: "param risk = 40%..20%
",
        mend: "param risk = 20%..40%
",
    },
    Page {
        code: SUM_ABOVE_ONE,
        title: "alternatives add up to more than 100%",
        text: "At most one of the alternatives of a rule happens, and one option of a decision is chosen, so their likelihoods must fit into 100% together. Ranges may overlap, for somewhere in them there may be room for all; but when even the low ends add up to more than 100%, there is none.",
        example: r#"flag war "War"
flag peace "Peace"
rule end {
  when not war
  then likely { war becomes yes }
  or   likely { peace becomes yes }
}
"#,
        mend: r#"flag war "War"
flag peace "Peace"
rule end {
  when not war
  then likely   { war becomes yes }
  or   unlikely { peace becomes yes }
}
"#,
    },
    Page {
        code: OPTIONS_DO_NOT_ADD_UP,
        title: "options add up to less than 100%",
        text: "A decision always ends in one of its options. Where every option gives a likelihood, they must be able to add up to exactly 100%: here even the high ends stay below. Leave the likelihood of one out, and it gets what the others leave.",
        example: r#"actor france "France"
flag summit "Summit"
decision invite by france {
  when not summit
  option call "Call a summit" 30% { summit becomes yes }
  option wait "Wait" 40%
}
"#,
        mend: r#"actor france "France"
flag summit "Summit"
decision invite by france {
  when not summit
  option call "Call a summit" 30% { summit becomes yes }
  option wait "Wait"
}
"#,
    },
    Page {
        code: NOT_A_VALUE,
        title: "not a value of this variable",
        text: "A flag is `yes` or `no`, a meter a whole number between its ends, a state one of its values.",
        example: r#"meter tension "Tension": 0..10 = 12
"#,
        mend: r#"meter tension "Tension": 0..12 = 12
"#,
    },
    Page {
        code: NO_STEPS,
        title: "this cannot be raised or lowered",
        text: "`raise` and `lower` move meters, positions and states with an order (`a < b`). A flag or a state without an order (`a | b`) gets a value with `becomes`.",
        example: r#"flag war "War"
inject turn 1 { raise war }
"#,
        mend: r#"flag war "War"
inject turn 1 { war becomes yes }
"#,
    },
    Page {
        code: WRONG_ACTORS,
        title: "a variable with the wrong number of actors",
        text: "A variable that is declared `for each a in g` exists once for each member and is read and written as `a.m`; one that is declared for pairs as `a.m(b)`; any other by its name alone. More than two members are not possible.",
        example: r#"actor france "France"
meter strain "Strain" for each a in everyone: 0..5
outcome bad "Bad" when strain > 3
"#,
        mend: r#"actor france "France"
meter strain "Strain" for each a in everyone: 0..5
outcome bad "Bad" when france.strain > 3
"#,
    },
    Page {
        code: NOT_FOR_THIS_ACTOR,
        title: "this actor does not have it",
        text: "Other actors have the attribute or variable, but this one has not. A missing attribute that is `yes` or `no` with the others counts as `no`, a missing name or text is equal to nothing; but there is no number to take in the place of a missing one, and a variable exists only for the members it is declared for.",
        example: r#"actor france "France" { divisions = 8 }
actor malta "Malta"
outcome bad "Bad" when malta.divisions > 3
"#,
        mend: r#"actor france "France" { divisions = 8 }
actor malta "Malta" { divisions = 0 }
outcome bad "Bad" when malta.divisions > 3
"#,
    },
    Page {
        code: NO_LADDER,
        title: "there is no ladder",
        text: "`level`, `peak` and the `at` and `to` of actions speak of rungs, but the scenario declares no ladder.",
        example: r#"actor france "France"
action warn "Warn" at signalling
inject turn 0 { france does warn }
"#,
        mend: r#"ladder "Ladder" { rung signalling  rung clash }
actor france "France"
action warn "Warn" at signalling
inject turn 0 { france does warn }
"#,
    },
    Page {
        code: TURN_ALONE,
        title: "`turn` must stand alone",
        text: "Only where a condition compares the turn with something that does not change with it, can situations at different turns be one situation. So `turn` stands alone on its side; calculate on the other one.",
        example: r#"meter pause "Pause": 0..5 = 2
outcome late "Late" when turn + 1 > pause
"#,
        mend: r#"meter pause "Pause": 0..5 = 2
outcome late "Late" when turn > pause
"#,
    },
    Page {
        code: NUMBER_OUT_OF_RANGE,
        title: "a number out of range",
        text: "The number is too small or too large for what it stands for. The text of the diagnostic names both limits.",
        example: r#"meter tension "Tension": 0..10
inject turn 1 { raise tension by 0 }
"#,
        mend: r#"meter tension "Tension": 0..10
inject turn 1 { raise tension by 1 }
"#,
    },
    Page {
        code: DURATION,
        title: "a length of time that does not fit",
        text: "Delays and limits are counted in turns. They may be told in days, weeks, months or years where the scenario says how long a turn is, and where they come to a whole number of turns; a month is no whole number of weeks. A horizon is rounded up. The length of a turn itself is told in a unit of time.",
        example: r#"scenario "S" { start 2024-01-01  turn 2 weeks }
flag war "War"
rule slow { when not war  then likely after 3 weeks { war becomes yes } }
"#,
        mend: r#"scenario "S" { start 2024-01-01  turn 2 weeks }
flag war "War"
rule slow { when not war  then likely after 4 weeks { war becomes yes } }
"#,
    },
    Page {
        code: NOT_A_DATE,
        title: "no such day",
        text: "A date is a year, a month and a day, `2024-02-26`. The calendar has no such day.",
        example: r#"scenario "S" { start 2023-02-29 }
"#,
        mend: r#"scenario "S" { start 2024-02-29 }
"#,
    },
    Page {
        code: NOT_A_GRADE,
        title: "no such grade",
        text: "The Admiralty code grades the reliability of a source with a letter from A (completely reliable) to F (cannot be judged), and the credibility of its information with a digit from 1 (confirmed) to 6 (cannot be judged).",
        example: r#"source wire "Wire report" { grade G2 }
"#,
        mend: r#"source wire "Wire report" { grade F2 }
"#,
    },
    Page {
        code: MIXED_SEPARATORS,
        title: "`|` and `<` are mixed",
        text: "The values of a state have an order, `a < b < c`, or they have none, `a | b | c`. There is no order of some of them only.",
        example: r#"state front "Front": holding < strained | broken
"#,
        mend: r#"state front "Front": holding < strained < broken
"#,
    },
    Page {
        code: NOT_A_NUMBER,
        title: "this cannot be calculated with",
        text: "`+`, `-` and `*` work on whole numbers: numbers, meters and attributes that are whole numbers. To move a state with an order by some steps, use `raise` and `lower`.",
        example: r#"state front "Front": holding < strained < broken
meter tension "Tension": 0..10
outcome bad "Bad" when tension + front > 3
"#,
        mend: r#"state front "Front": holding < strained < broken
meter tension "Tension": 0..10
outcome bad "Bad" when tension > 3 and front > holding
"#,
    },
    Page {
        code: NOT_KNOWN_BEFORE,
        title: "a filter depends on what happens",
        text: "A filter (`where`) decides for which members a declaration is written out, or which a quantifier counts, before anything runs. It can ask for attributes, relations, names and equality. What changes while the scenario runs belongs into the rule's `if`, or into the condition behind the quantifier.",
        example: r#"actor france "France"
actor poland "Poland"
meter strain "Strain" for each a in everyone: 0..5
rule tire for each a in everyone where a.strain > 2 { while turn >= 0  then { lower a.strain } }
"#,
        mend: r#"actor france "France"
actor poland "Poland"
meter strain "Strain" for each a in everyone: 0..5
rule tire for each a in everyone { while a.strain > 2  then { lower a.strain } }
"#,
    },
];
