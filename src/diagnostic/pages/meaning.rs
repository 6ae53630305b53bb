//! E3xxx, what is written cannot mean anything.

use crate::diagnostic::{Code, Page};

/// A group without members.
pub const EMPTY_GROUP: Code = Code("E3001");
/// Groups that contain each other.
pub const GROUP_CIRCLE: Code = Code("E3002");
/// Likelihoods that are defined by each other.
pub const LIKELIHOOD_CIRCLE: Code = Code("E3003");
/// A position that is asked for and nowhere stated.
pub const NO_POSITION: Code = Code("E3004");
/// Two positions of one actor on one issue with the same date.
pub const SAME_DATE: Code = Code("E3005");
/// A date in a scenario without a calendar.
pub const NO_CALENDAR: Code = Code("E3006");
/// A date before the start.
pub const BEFORE_START: Code = Code("E3007");
/// An actor doing what `by` does not allow.
pub const NOT_ALLOWED: Code = Code("E3008");
/// Two values for one variable in one block.
pub const CONFLICT: Code = Code("E3009");
/// An event without the target that its action needs.
pub const NO_TARGET: Code = Code("E3010");
/// A rule without a trigger, or with several.
pub const ONE_TRIGGER: Code = Code("E3011");
/// A rule without `then`.
pub const NO_THEN: Code = Code("E3012");
/// A clause that does not belong where it stands.
pub const CLAUSE: Code = Code("E3013");
/// A decision with fewer than two options.
pub const FEW_OPTIONS: Code = Code("E3014");
/// Something that a scenario has only once.
pub const DECLARED_TWICE: Code = Code("E3015");
/// A quotation that is not in the file of its source.
pub const QUOTATION: Code = Code("E3016");
/// A file of a source that cannot be read.
pub const SOURCE_FILE: Code = Code("E3017");
/// Two outcomes that are `otherwise`.
pub const OTHERWISE_TWICE: Code = Code("E3018");
/// A reading that changes what it cannot.
pub const CHANGE: Code = Code("E3019");
/// More than the stated limits allow.
pub const LIMIT: Code = Code("E3020");
/// A decision without the actor that decides.
pub const NO_DECIDER: Code = Code("E3021");

/// The pages of this range.
pub const PAGES: &[Page] = &[
    Page {
        code: EMPTY_GROUP,
        title: "a group without members",
        text: "A group without members makes `every` true and `any` false for ever, which nobody means.",
        example: r#"group nobody "Nobody" { }
"#,
        mend: r#"actor france "France"
group somebody "Somebody" { france }
"#,
    },
    Page {
        code: GROUP_CIRCLE,
        title: "a group contains itself",
        text: "A group may list other groups and then has all their members; but not one that, in the end, lists the group itself.",
        example: r#"actor france "France"
group allies "Allies" { france, friends }
group friends "Friends" { allies }
"#,
        mend: r#"actor france "France"
group allies "Allies" { france }
group friends "Friends" { allies }
"#,
    },
    Page {
        code: LIKELIHOOD_CIRCLE,
        title: "likelihoods are defined by each other",
        text: "A param or a word of the lexicon may be defined by another one, but somewhere there must be a number.",
        example: "param calm = steady
param steady = calm
",
        mend: "param calm = steady
param steady = 70%
",
    },
    Page {
        code: NO_POSITION,
        title: "a position that nobody states",
        text: "An actor of whom nothing is said is `neutral` on issues of the scale `stance`. Other scales have no such middle: where a condition or an effect asks for a position on one, the scenario must state with what it begins, on the day of the start at the latest.",
        example: r#"scale size { small < large }
actor france "France"
issue budget "Budget" on scale size
outcome spent "Spent" when france on budget = large
"#,
        mend: r#"scale size { small < large }
actor france "France"
issue budget "Budget" on scale size
position france on budget: small
outcome spent "Spent" when france on budget = large
"#,
    },
    Page {
        code: SAME_DATE,
        title: "two positions with one date",
        text: "Several positions of one actor on one issue are its history, told apart by their dates (`since`); one without a date counts as the earliest. Two with the same date, or two without, leave open which one holds. An actor that is in two groups gets the position of both: state one of its own.",
        example: r#"actor france "France"
issue troops "Troops"
position france on troops: open
position france on troops: wary
"#,
        mend: r#"scenario "S" { start 2024-02-26  turn 1 week }
actor france "France"
issue troops "Troops"
position france on troops: open
position france on troops: wary since 2024-03-10
"#,
    },
    Page {
        code: NO_CALENDAR,
        title: "a date without a calendar",
        text: "An inject or observation with a date, or a position `since` a date, needs to know in which turn it falls: the scenario must say when it starts (`start`) and how long a turn is (`turn`).",
        example: r#"flag summit "Summit"
inject 2024-05-01 { summit becomes yes }
"#,
        mend: r#"scenario "S" { start 2024-02-26  turn 2 weeks }
flag summit "Summit"
inject 2024-05-01 { summit becomes yes }
"#,
    },
    Page {
        code: BEFORE_START,
        title: "a date before the start",
        text: "What is injected or observed happens in some turn, and the first turn begins with the start of the scenario. What was before belongs into the initial values; positions alone may lie before the start, as a history.",
        example: r#"scenario "S" { start 2024-02-26  turn 2 weeks }
flag summit "Summit"
inject 2024-02-01 { summit becomes yes }
"#,
        mend: r#"scenario "S" { start 2024-01-26  turn 2 weeks }
flag summit "Summit"
inject 2024-02-01 { summit becomes yes }
"#,
    },
    Page {
        code: NOT_ALLOWED,
        title: "an actor may not do this",
        text: "An action with `by` belongs to the actors that it names, alone or as members of groups. An effect makes another actor do it. Under `for each` it may be one of the members that is not among them.",
        example: r#"actor france "France"
actor russia "Russia"
action veto "Veto" by france
inject turn 1 { russia does veto }
"#,
        mend: r#"actor france "France"
actor russia "Russia"
action veto "Veto" by france, russia
inject turn 1 { russia does veto }
"#,
    },
    Page {
        code: CONFLICT,
        title: "two values at once",
        text: "All effects in one pair of braces happen at the same moment, so the order in which they stand means nothing, and a variable cannot become two things. Under `for each` two members may be the same actor.",
        example: r#"flag war "War"
inject turn 1 { war becomes yes  war becomes no }
"#,
        mend: r#"flag war "War"
inject turn 1 { war becomes yes }
inject turn 2 { war becomes no }
"#,
    },
    Page {
        code: NO_TARGET,
        title: "an event without a target",
        text: "The body of the action says what happens to its `target`, but this event has none: nobody is named with `against`.",
        example: r#"actor russia "Russia"
actor poland "Poland"
meter harm "Harm" for each a in everyone: 0..5
action strike "Strike" { raise target.harm }
inject turn 1 { russia does strike }
"#,
        mend: r#"actor russia "Russia"
actor poland "Poland"
meter harm "Harm" for each a in everyone: 0..5
action strike "Strike" { raise target.harm }
inject turn 1 { russia does strike against poland }
"#,
    },
    Page {
        code: ONE_TRIGGER,
        title: "exactly one trigger is needed",
        text: "A rule or decision has its chance when its trigger says so: `on` an event, `when` a condition begins to hold, `while` it holds. There is exactly one. What must hold besides goes into `if`.",
        example: r#"flag war "War"
flag talks "Talks" = yes
rule outbreak {
  if talks
  then 5% { war becomes yes }
}
"#,
        mend: r#"flag war "War"
flag talks "Talks" = yes
rule outbreak {
  while not war
  if talks
  then 5% { war becomes yes }
}
"#,
    },
    Page {
        code: NO_THEN,
        title: "a rule without `then`",
        text: "A rule says what happens when it has its chance: `then LIKELIHOOD { EFFECTS }`, perhaps followed by `or` with further alternatives, and `else`.",
        example: r#"flag war "War"
rule outbreak { while war  because "all is said" }
"#,
        mend: r#"flag war "War"
rule outbreak { while war  then 10% { war becomes no }  because "it tires" }
"#,
    },
    Page {
        code: CLAUSE,
        title: "a clause out of place",
        text: "Each clause has its place, and most stand at most once: `or` follows `then`, `else` comes once and without a likelihood, options belong to decisions, `then` to rules. Lists of rungs, levels and values must not be empty.",
        example: r#"flag war "War"
rule outbreak {
  while not war
  then 5% { war becomes yes }
  once
  once
}
"#,
        mend: r#"flag war "War"
rule outbreak {
  while not war
  then 5% { war becomes yes }
  once
}
"#,
    },
    Page {
        code: FEW_OPTIONS,
        title: "fewer than two options",
        text: r#"A decision chooses between at least two options. One of them may do nothing: `option wait "Wait"`. What happens without a choice is a rule."#,
        example: r#"actor france "France"
flag summit "Summit"
decision invite by france {
  when not summit
  option call "Call a summit" { summit becomes yes }
}
"#,
        mend: r#"actor france "France"
flag summit "Summit"
decision invite by france {
  when not summit
  option call "Call a summit" { summit becomes yes }
  option wait "Wait"
}
"#,
    },
    Page {
        code: DECLARED_TWICE,
        title: "there is only one of this",
        text: "There is one `scenario` and one `ladder`, and each of their parts, as each field of a source, stands once.",
        example: r#"scenario "S" { horizon 3 turns }
scenario "T" { horizon 4 turns }
"#,
        mend: r#"scenario "S" { horizon 4 turns }
"#,
    },
    Page {
        code: QUOTATION,
        title: "a quotation that is not in its source",
        text: "Where a source names a `file`, what a position `says` from it must stand there word for word; white space and the shape of quotation marks do not count. A rationale (`because`) is in the author's own words, so of it only what stands in quotation marks is looked up. The nearest passage is shown. (The file of the example, `facts.md`, says: The minister said that nothing is excluded.)",
        example: r#"source wire "Wire report" { file "facts.md" }
actor france "France"
issue troops "Troops"
position france on troops: open { says "nothing is included" from wire }
"#,
        mend: r#"source wire "Wire report" { file "facts.md" }
actor france "France"
issue troops "Troops"
position france on troops: open { says "nothing is excluded" from wire }
"#,
    },
    Page {
        code: SOURCE_FILE,
        title: "the file of a source cannot be read",
        text: "The path is relative to the file that declares the source. A source without a `file` is fine: then its quotations are not looked up.",
        example: r#"source wire "Wire report" { file "no-such-file.md" }
"#,
        mend: r#"source wire "Wire report" { file "facts.md" }
"#,
    },
    Page {
        code: OTHERWISE_TWICE,
        title: "two outcomes are `otherwise`",
        text: "`otherwise` is what a storyline comes to that reached none of the other outcomes. There can be one.",
        example: r#"flag war "War"
outcome fight "Fight" when war
outcome peace "Peace" otherwise
outcome quiet "Quiet" otherwise
"#,
        mend: r#"flag war "War"
outcome fight "Fight" when war
outcome peace "Peace" otherwise
"#,
    },
    Page {
        code: CHANGE,
        title: "a reading that cannot be",
        text: "A reading changes positions, initial values, params, the first likelihood of rules, and which rules there are; each at most once. A position of a group is, as in the scenario, that of the members that state none of their own: where all do, the line would change nothing.",
        example: r#"flag war "War"
reading dark "Dark" {
  flag war = yes
  flag war = no
}
"#,
        mend: r#"flag war "War"
reading dark "Dark" {
  flag war = yes
}
"#,
    },
    Page {
        code: LIMIT,
        title: "a limit is passed",
        text: "So that every scenario is read in reasonable time, there are limits: a million rules and a hundred thousand variables with `for each` written out, ten million choices to go through in one `for each`, ten million parts of conditions, effects and groups, a thousand files, imports a hundred deep, 64 megabytes a file. Of more than a thousand mistakes only the first thousand are shown.",
        example: r#"actor a1 "1"
actor a2 "2"
actor a3 "3"
actor a4 "4"
actor a5 "5"
actor a6 "6"
actor a7 "7"
actor a8 "8"
flag war "War"
rule crowd for each a in everyone, b in everyone, c in everyone, d in everyone,
                    e in everyone, f in everyone, g in everyone, h in everyone {
  while not war
  then 1% { war becomes yes }
}
"#,
        mend: r#"actor a1 "1"
actor a2 "2"
flag war "War"
rule crowd for each a in everyone, b in everyone where a != b {
  while not war
  then 1% { war becomes yes }
}
"#,
    },
    Page {
        code: NO_DECIDER,
        title: "a decision without a decider",
        text: "Somebody takes a decision: `decision NAME by ACTOR`. What happens without anybody's choice is a rule.",
        example: r#"actor france "France"
flag summit "Summit"
decision invite {
  when not summit
  option call "Call a summit" { summit becomes yes }
  option wait "Wait"
}
"#,
        mend: r#"actor france "France"
flag summit "Summit"
decision invite by france {
  when not summit
  option call "Call a summit" { summit becomes yes }
  option wait "Wait"
}
"#,
    },
];
