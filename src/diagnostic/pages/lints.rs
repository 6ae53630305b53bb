//! W0009 and up, doubts about how judgement is written down.

use crate::diagnostic::{Code, Page};

/// An actor that never reacts.
pub const ONE_SIDED: Code = Code("W0009");
/// A word beside a bare number in one draw.
pub const MIXED: Code = Code("W0010");
/// A likelihood with more digits than a judgement has.
pub const FALSE_PRECISION: Code = Code("W0011");
/// A reading that another one holds, or that changes nothing.
pub const ALIKE_READINGS: Code = Code("W0012");
/// An actor that acts against its own position.
pub const AGAINST_POSITION: Code = Code("W0013");
/// A chance that comes again every turn until it is all but certain.
pub const NEAR_CERTAIN: Code = Code("W0014");
/// An `allow` that names no lint.
pub const NO_SUCH_LINT: Code = Code("W0015");
/// An `allow` that allows nothing.
pub const NEEDLESS_ALLOW: Code = Code("W0016");
/// An outcome that can never be reached.
pub const DEAD_OUTCOME: Code = Code("W0017");

/// A text that says nothing.
pub const EMPTY_TEXT: Code = Code("W0018");
/// An expectation that holds because what it speaks of can never happen.
pub const HOLLOW: Code = Code("W0019");
/// A quantifier over too few members.
pub const TOO_FEW: Code = Code("W0020");
/// A name that a reader takes for another one.
pub const LOOK_ALIKE: Code = Code("W0021");

/// The pages of this range.
pub const PAGES: &[Page] = &[
    Page {
        code: ONE_SIDED,
        title: "an actor that never reacts",
        text: r#"Something is done to the actor, or an inject makes it act, but no rule, decision or `becomes` line ever makes it do anything or changes what it holds. Escalation is what somebody answers: an actor without an answer is scenery, or was forgotten. Where it really has no say, `// escalade: allow(one-sided-actor)` before it says so."#,
        example: r#"actor france "France"
actor russia "Russia"
action warn "Warn"
action strike "Strike"
inject turn 0 { france does warn against russia }
rule end { on france does warn  then 5% { france does strike against russia }  because "so" }
"#,
        mend: r#"actor france "France"
actor russia "Russia"
action warn "Warn"
action strike "Strike"
inject turn 0 { france does warn against russia }
rule end { on france does warn  then 5% { russia does strike against france }  because "so" }
rule answer { on russia does strike  then likely { france does strike against russia }  because "so" }
"#,
    },
    Page {
        code: MIXED,
        title: "a likelihood word beside a bare number",
        text: r#"A word stands for a range, and bounds let it vary over all of it; a bare number beside it in the same rule or decision stays exactly what it is. So the bounds say that one of two judgements is uncertain and the other is not at all, which is seldom meant. Write both in words, or both as ranges or numbers. Params, `certain` and `impossible` may stand beside anything."#,
        example: r#"flag war "War"
flag talks "Talks"
rule what_next {
  while not war
  then likely { talks becomes yes }
  or   12% { war becomes yes }
  because "so"
}
outcome fight "Fight" when war and not talks
"#,
        mend: r#"flag war "War"
flag talks "Talks"
rule what_next {
  while not war
  then likely { talks becomes yes }
  or   very_unlikely { war becomes yes }
  because "so"
}
outcome fight "Fight" when war and not talks
"#,
    },
    Page {
        code: FALSE_PRECISION,
        title: "a likelihood with more digits than a judgement has",
        text: r#"Nobody can tell 63.7% from 64%. Digits that nobody can know make a judgement look like a measurement, and invite trust that it has not earned. Whole percents are fine everywhere; below 5% and above 95% tenths are, and below 1% and above 99% two digits that count. What has been counted, say in a study, can be allowed: `// escalade: allow(false-precision)`, with the study behind it."#,
        example: r#"flag war "War"
param accident = 12.5%
rule outbreak { when not war  then accident { war becomes yes }  because "so" }
"#,
        mend: r#"flag war "War"
param accident = 10%..15%
rule outbreak { when not war  then accident { war becomes yes }  because "so" }
"#,
    },
    Page {
        code: ALIKE_READINGS,
        title: "readings that overlap",
        text: r#"Readings are set side by side to show what different views of the same facts come to. One that changes nothing stands beside itself; of two that change the same, or of which one holds all changes of the other, only a part tells the views apart. A reading without any change is fine: it gives the scenario as written a voice."#,
        example: r#"flag war "War"
param risk = 20%
rule outbreak { when not war  then risk { war becomes yes }  because "so" }
reading calm "Calm" { param risk = 5% }
reading quiet "Quiet" { param risk = 0.05 }
"#,
        mend: r#"flag war "War"
param risk = 20%
rule outbreak { when not war  then risk { war becomes yes }  because "so" }
reading calm "Calm" { param risk = 5% }
reading grim "Grim" { param risk = 40% }
"#,
    },
    Page {
        code: AGAINST_POSITION,
        title: "an actor that acts against its own position",
        text: r#"Where a rule lets an actor do something only from some position on (`if a on troops >= supports`), the action goes with that position. Here an actor does it, in a rule that does not ask for its position or in an inject, although its stated position is never one of those: nothing in the scenario and none of its readings moves it there (an inject in turn 0 is held against the position at the start). Either the position or the deed is wrong, or something between them is missing.

What counts as going with a position: what a rule with a single alternative does after looking at exactly one position of the doer. Where rules differ, any position that one of them allows will do. Decisions are not looked at, for their options are choices."#,
        example: r#"source press "Press"
actor france "France"
actor germany "Germany"
issue troops "Troops"
position france on troops: supports { says "we shall go" from press }
position germany on troops: rejects { says "never" from press }
action send "Send troops"
inject turn 0 { france does send }
rule join for each a in everyone { while a on troops >= supports  then 5% { a does send }  because "so" }
rule drawn_in { on france does send  then likely { germany does send }  because "so" }
"#,
        mend: r#"source press "Press"
actor france "France"
actor germany "Germany"
issue troops "Troops"
position france on troops: supports { says "we shall go" from press }
position germany on troops: rejects { says "never" from press }
action send "Send troops"
inject turn 0 { france does send }
rule join for each a in everyone { while a on troops >= supports  then 5% { a does send }  because "so" }
rule drawn_in { on france does send  then likely { germany on troops becomes supports }  because "so" }
"#,
    },
    Page {
        code: NEAR_CERTAIN,
        title: "a chance that comes again until it is all but certain",
        text: r#"A rule with `while` draws every turn. 5% a turn comes to 74% over 26 turns, 12% to 96%: what looks like a small risk decides the scenario. This is told where an alternative brings an outcome about at once, the chance adds up to 95% or more within the horizon, and there is no way back: nothing can end its condition without the outcome having come about, and no other ending can come between. Without a horizon every such chance is certain in the end.

Where the condition does not hold from the start, half of the horizon is taken to be left. A chance of 95% or more in one turn is not told: it says itself what it is."#,
        example: r#"scenario "S" { horizon 26 turns }
flag war "War"
rule accident { while not war  then 15% { war becomes yes }  because "so" }
ending fought "War" when war
"#,
        mend: r#"scenario "S" { horizon 26 turns }
flag war "War"
rule accident { while not war  then 1%..2% { war becomes yes }  because "so" }
ending fought "War" when war
"#,
    },
    Page {
        code: NO_SUCH_LINT,
        title: "an `allow` that is not understood",
        text: r#"A comment `// escalade: allow(CODE)` lets a doubt stand. It takes the codes or names of warnings, several separated by commas, and anything may follow behind the bracket, such as a reason. Errors cannot be allowed: a scenario with one cannot be evaluated."#,
        example: r#"// escalade: allow(false-precison)
param risk = 12.5%
flag war "War"
rule outbreak { when not war  then risk { war becomes yes }  because "so" }
"#,
        mend: r#"// escalade: allow(false-precision)
param risk = 12.5%
flag war "War"
rule outbreak { when not war  then risk { war becomes yes }  because "so" }
"#,
    },
    Page {
        code: NEEDLESS_ALLOW,
        title: "an `allow` that allows nothing",
        text: r#"What the comment allows was not found where it holds: behind something, on its line and in the declarations that begin there; alone on its line, in the next declaration, or, within one, in the next clause; at the head of the file with an empty line behind it, in the whole file. Take it out, or it hides what comes there later. In files that are imported it is not told: others may need it."#,
        example: r#"flag war "War"
// escalade: allow(false-precision)
param risk = 12%
rule outbreak { when not war  then risk { war becomes yes }  because "so" }
"#,
        mend: r#"flag war "War"
param risk = 12%
rule outbreak { when not war  then risk { war becomes yes }  because "so" }
"#,
    },
    Page {
        code: DEAD_OUTCOME,
        title: "an outcome that can never be reached",
        text: r#"Whatever happens, its condition cannot hold: no action that anybody takes leads up to the rung, nobody does what it asks for, its comparison lies outside the ends of the variable, or nothing moves a position so far. The report would say 0%, which reads like a finding. This is found without running the scenario, and only where it is sure; an outcome may still turn out to have a probability of 0%."#,
        example: r#"ladder { rung words  rung clash  rung war }
actor france "France"
actor russia "Russia"
action warn "Warn" at words
action strike "Strike" at clash
inject turn 0 { france does warn }
rule answer { on france does warn  then 20% { russia does strike against france }  because "so" }
rule again { on russia does strike  then 50% { france does strike against russia }  because "so" }
outcome all_out "War" when level >= war
"#,
        mend: r#"ladder { rung words  rung clash  rung war }
actor france "France"
actor russia "Russia"
action warn "Warn" at words
action strike "Strike" at clash
action invade "Invade" at war
inject turn 0 { france does warn }
rule answer { on france does warn  then 20% { russia does strike against france }  because "so" }
rule again { on russia does strike  then 50% { france does invade against russia }  because "so" }
outcome all_out "War" when level >= war
"#,
    },
    Page {
        code: EMPTY_TEXT,
        title: "a text that says nothing",
        text: r#"A title, a summary, a quotation or a rationale has no letter or sign that anybody could see: it is empty, or only white space. It counts as left out, so that reports show the name in the place of an empty title, and a position with an empty quotation has no source. That a rule has an empty rationale is told as a rule without one."#,
        example: r#"actor france ""
actor russia "Russia"
action warn "Warn"
inject turn 0 { france does warn }
rule answer { on france does warn  then 20% { russia does warn }  because "so" }
rule again { on russia does warn  then 20% { france does warn }  because "so" }
"#,
        mend: r#"actor france "France"
actor russia "Russia"
action warn "Warn"
inject turn 0 { france does warn }
rule answer { on france does warn  then 20% { russia does warn }  because "so" }
rule again { on russia does warn  then 20% { france does warn }  because "so" }
"#,
    },
    Page {
        code: HOLLOW,
        title: "an expectation that holds of nothing",
        text: r#"`A leads to B` holds where A never happens, `A before B` where B never does, and the probability of what cannot happen is below any ceiling. Such an expectation succeeds whatever the scenario says, and reads like a finding. This is found without running the scenario, and only where it is sure; where it shows only in the results, `run` and `test` say beside the expectation that what it speaks of never happens.

That something never happens may of course be what is expected: `never A` and `P(A) = 0%` are not told. Of `never A and B` it is told if one of the two cannot happen by itself."#,
        example: r#"actor france "France"
actor russia "Russia"
action warn "Warn"
action strike "Strike"
inject turn 0 { france does warn }
rule answer { on france does warn  then 20% { russia does strike }  because "so" }
rule again { on russia does strike  then 20% { france does strike }  because "so" }
expect russia does warn leads to france does strike
"#,
        mend: r#"actor france "France"
actor russia "Russia"
action warn "Warn"
action strike "Strike"
inject turn 0 { france does warn }
rule answer { on france does warn  then 20% { russia does strike }  because "so" }
rule again { on russia does strike  then 20% { france does strike }  because "so" }
expect france has done warn before france does strike
"#,
    },
    Page {
        code: TOO_FEW,
        title: "a quantifier over too few members",
        text: r#"`at least 4` of three members never holds, `any` of nobody neither, and `every` and `no` of nobody always do. How many members there are is known before anything runs: those of the group that pass the filter. Under `for each` this is told only where it is so for every choice."#,
        example: r#"actor france "France"
actor russia "Russia"
group powers "Powers" { france, russia }
action warn "Warn"
inject turn 0 { france does warn }
rule answer { on france does warn  then 20% { russia does warn }  because "so" }
rule again { on russia does warn  then 20% { france does warn }  because "so" }
rule alarm { when not at least 3 powers has done warn  then 20% { russia does warn }  because "so" }
"#,
        mend: r#"actor france "France"
actor russia "Russia"
group powers "Powers" { france, russia }
action warn "Warn"
inject turn 0 { france does warn }
rule answer { on france does warn  then 20% { russia does warn }  because "so" }
rule again { on russia does warn  then 20% { france does warn }  because "so" }
rule alarm { when not at least 2 powers has done warn  then 20% { russia does warn }  because "so" }
"#,
    },
    Page {
        code: LOOK_ALIKE,
        title: "a name that looks like another one",
        text: r#"Two names look the same and are not: one has a letter of another alphabet, such as a Cyrillic `а` for a Latin one, or a character that nobody sees. Whoever reads the scenario takes them for one, and what is said of one is missing of the other; so it may also be done on purpose. It is told, too, of a name alone that mixes Latin letters with others that look like them, or holds what nobody sees: whoever types what they read will not find it. Spelling a letter with an accent in one character or in two makes no other name."#,
        example: "actor russia \"Russia\"\nactor russi\u{430} \"Russia\"\naction warn \"Warn\"\ninject turn 0 { russi\u{430} does warn }\noutcome warned \"Warned\" when russia has done warn\n",
        mend: "actor russia \"Russia\"\naction warn \"Warn\"\ninject turn 0 { russia does warn }\noutcome warned \"Warned\" when russia has done warn\n",
    },
];
