//! E1xxx, a name that is unknown, taken twice or of the wrong kind; files that are missing.

use crate::diagnostic::{Code, Page};

/// A name that nothing declares.
pub const UNKNOWN_NAME: Code = Code("E1001");
/// A name that two declarations take.
pub const NAME_TAKEN: Code = Code("E1002");
/// A name of another kind than the place needs.
pub const WRONG_KIND: Code = Code("E1003");
/// A group where one actor is needed.
pub const GROUP_FOR_ACTOR: Code = Code("E1004");
/// A declaration of a name that is built in.
pub const BUILT_IN: Code = Code("E1005");
/// A value, level or rung that does not exist where it is looked up.
pub const UNKNOWN_VALUE: Code = Code("E1006");
/// A name that stands twice in one list.
pub const LISTED_TWICE: Code = Code("E1007");
/// An attribute or variable that no actor has.
pub const UNKNOWN_OF_ACTOR: Code = Code("E1008");
/// An outcome in the place of a condition.
pub const OUTCOME_AS_CONDITION: Code = Code("E1009");
/// `self` or `target` outside the body of an action.
pub const DOER_OUTSIDE_ACTION: Code = Code("E1010");
/// A file that cannot be read: the one that is run, or an import.
pub const UNREADABLE: Code = Code("E1011");
/// Imports that go in a circle.
pub const IMPORT_CIRCLE: Code = Code("E1012");
/// A declaration that belongs to the file that is run.
pub const NOT_IN_IMPORT: Code = Code("E1013");

/// The pages of this range.
pub const PAGES: &[Page] = &[
    Page {
        code: UNKNOWN_NAME,
        title: "unknown name",
        text: "A name stands here that no declaration of the file or of its imports introduces. Declarations may stand in any order, so it is not that the name comes too early: it is misspelt, or its declaration is missing, or the import that has it.",
        example: r#"actor france "France"
action warn "Warn"
inject turn 0 { frence does warn }
"#,
        mend: r#"actor france "France"
action warn "Warn"
inject turn 0 { france does warn }
"#,
    },
    Page {
        code: NAME_TAKEN,
        title: "a name is taken twice",
        text: "The name of a declaration is unique in its file and its imports, whatever it names: an actor and an action cannot share one. A sentence of the scenario could otherwise mean two things. Values of states, levels, rungs, attributes and the options of a decision are looked up where they belong, and may repeat. A `becomes` line of a position is a rule called ACTOR_ISSUE_N, which takes that name too.",
        example: r#"actor russia "Russia"
action russia "Send the Russians"
inject turn 0 { russia does russia }
"#,
        mend: r#"actor russia "Russia"
action march "Send the Russians"
inject turn 0 { russia does march }
"#,
    },
    Page {
        code: WRONG_KIND,
        title: "a name of the wrong kind",
        text: "The name is declared, but it stands for something else than is needed at this place: an issue where an actor should act, an action where a state should be compared.",
        example: r#"actor france "France"
issue troops "Troops"
action warn "Warn"
inject turn 0 { troops does warn }
"#,
        mend: r#"actor france "France"
action warn "Warn"
inject turn 0 { france does warn }
"#,
    },
    Page {
        code: GROUP_FOR_ACTOR,
        title: "a group where an actor is needed",
        text: "Only an actor acts, holds a position or has attributes. In a condition, a quantifier makes a group of it: `any europeans`, `every europeans`, `no europeans`, `at least 2 europeans`. An effect is always that of one actor: declare the rule with `for each member in europeans`, and it stands for one rule for every member.",
        example: r#"actor france "France"
actor poland "Poland"
group europeans "Europeans" { france, poland }
flag summit "Summit" = yes
action warn "Warn"
rule all_warn { when summit  then { europeans does warn } }
"#,
        mend: r#"actor france "France"
actor poland "Poland"
group europeans "Europeans" { france, poland }
flag summit "Summit" = yes
action warn "Warn"
rule all_warn for each one in europeans { when summit  then { one does warn } }
"#,
    },
    Page {
        code: BUILT_IN,
        title: "a built-in name is declared",
        text: "Some names have their meaning in every scenario: the group `everyone`, the scale `stance`, `level`, `peak`, `turn`, `self` and `target`, the likelihood words `almost_no_chance`, `very_unlikely`, `unlikely`, `roughly_even`, `likely`, `very_likely`, `almost_certain`, and `certain` and `impossible`. None of them can be declared anew, nor name a member of `for each`. No reading can be called `baseline`, as the scenario as written is.",
        example: "param likely = 70%
",
        mend: "param rather_likely = 70%
",
    },
    Page {
        code: UNKNOWN_VALUE,
        title: "no such value",
        text: "The values of a state, the levels of a scale and the rungs of the ladder are looked up where they belong: a state is compared with its own values, a position with the levels of its issue's scale, `level` and `peak` with rungs. The name is none of those.",
        example: r#"state front "Front": holding < strained
outcome trouble "Trouble" when front = straned
"#,
        mend: r#"state front "Front": holding < strained
outcome trouble "Trouble" when front = strained
"#,
    },
    Page {
        code: LISTED_TWICE,
        title: "a name stands twice in a list",
        text: "The members of a group, the values of a state, the levels of a scale, the rungs of the ladder, the attributes of an actor, the options of a decision and the variables of `for each` are lists whose names must differ.",
        example: r#"state front "Front": holding < strained < holding
"#,
        mend: r#"state front "Front": holding < strained < broken
"#,
    },
    Page {
        code: UNKNOWN_OF_ACTOR,
        title: "no actor has this",
        text: "What stands behind an actor's name and a dot is an attribute that some actor declares, or a variable that is declared `for each` member of a group. There is neither of this name.",
        example: r#"actor russia "Russia" { nuclear = yes }
outcome danger "Danger" when russia.nuclaer
"#,
        mend: r#"actor russia "Russia" { nuclear = yes }
outcome danger "Danger" when russia.nuclear
"#,
    },
    Page {
        code: OUTCOME_AS_CONDITION,
        title: "an outcome is no condition",
        text: "An outcome says what a storyline comes to; it changes nothing, and nothing can depend on it. Only an expectation may name it: `expect P(war) <= 20%`. Elsewhere write its condition out, or keep it in a flag that a rule sets.",
        example: r#"flag attack "Attack"
flag panic "Panic"
outcome war "War" when attack
rule run { when war  then { panic becomes yes } }
"#,
        mend: r#"flag attack "Attack"
flag panic "Panic"
outcome war "War" when attack
rule run { when attack  then { panic becomes yes } }
"#,
    },
    Page {
        code: DOER_OUTSIDE_ACTION,
        title: "`self` outside an action",
        text: "In the body of an action `self` is the actor that does it and `target` the one it is done against. Anywhere else there is no such actor: name one.",
        example: r#"actor france "France"
meter strain "Strain" for each a in everyone: 0..5
inject turn 0 { raise self.strain }
"#,
        mend: r#"actor france "France"
meter strain "Strain" for each a in everyone: 0..5
inject turn 0 { raise france.strain }
"#,
    },
    Page {
        code: UNREADABLE,
        title: "a file cannot be read",
        text: "The file that is run, or one that it imports, does not exist or may not be read. The path of an import is relative to the file in which it stands. Names that might come from it are not reported as unknown, unless one is close to a known name.",
        example: r#"import "no-such-file.esc"
actor france "France"
"#,
        mend: r#"import "lib.esc"
actor france "France"
"#,
    },
    Page {
        code: IMPORT_CIRCLE,
        title: "imports go in a circle",
        text: "A file imports itself, directly or through others. Importing a file twice is the same as once, but a circle has no beginning. Put what both need into a third file.",
        example: r#"import "circle.esc"
actor france "France"
"#,
        mend: r#"import "lib.esc"
actor france "France"
"#,
    },
    Page {
        code: NOT_IN_IMPORT,
        title: "this belongs to the file that is run",
        text: "An imported file lends its actors, actions, rules and so on. What is particular to one run, `scenario`, `inject`, `observe`, `expect` and `reading`, belongs to the file that is run, so that an import never changes when a run begins, what is scripted or seen in it, or what is asked of it.",
        example: r#"import "whole-scenario.esc"
actor france "France"
"#,
        mend: r#"import "lib.esc"
actor france "France"
"#,
    },
];
