//! What is said to slips.

use crate::diagnostic::Diagnostics;
use crate::source::FileId;

/// The hint of the first mistake in a text.
fn hint(text: &str) -> String {
    let mut diagnostics = Diagnostics::default();
    crate::syntax::parse(FileId(0), text, &mut diagnostics);
    let first = diagnostics.sorted().into_iter().next();
    first.and_then(|first| first.help).unwrap_or_default()
}

#[track_caller]
fn says(text: &str, part: &str) {
    assert!(hint(text).contains(part), "{text}: {:?} has no {part:?}", hint(text));
}

#[test]
fn names_and_texts() {
    says("actor new-york \"New York\"", "`_` for the `-`");
    says("actor New York \"New York\"", "a name is one word: `New_York`");
    says("actor c Central", "quotation marks");
    says("rule r { on a does x then { b does x } because so }", "quotation marks");
    says("source s { grade 2B }", "a letter and a digit");
    says("-- who acts", "a comment begins with `//`");
    says("}", "no `{` is open");
}

#[test]
fn values() {
    for range in ["20-40%", "20%-40%", "20%–40%", "20% to 40%"] {
        says(&format!("param p = {range}"), "two points");
    }
    says("meter m: 0-5", "two points");
    says("meter m: 0..5, 1", "behind `=`");
    says("meter m = 1", "behind `:`");
    says("state s: x, y", "stands `|`");
    says("group g = a, b", "in braces");
    says("meter m \"M\" 0..5", "behind `:`");
    says("state s \"S\" x | y", "behind `:`");
    says("actor a { role: power }", "written with `=`");
    says("source s { url \"x\", grade B2 }", "leave it out");
}

#[test]
fn clauses() {
    says("rule r { on a does x then very likely { b does x } }", "one word: `very_likely`");
    says("rule r { on a does x then almost certain { } }", "one word: `almost_certain`");
    says("rule r { on a does x then likely b does x }", "stands in braces");
    says("rule r { on a does x then likely in 2 turns { b does x } }", "`within 2 turns`");
    says("rule r { on a does x then { b does x } otherwise { } }", "write `else`");
    says("rule r { on a does x then { b does x, b does y } }", "nothing between");
    says("rule r { on a does x then { b does x and b does y } }", "nothing between");
    says("rule r { on a does x, then { b does x } }", "leave it out");
    says("rule r { on a does x then { f = yes } }", "written `f becomes yes`");
    says("rule r { on a does x then { m += 1 } }", "`raise m by 1`");
    says("rule r on a does x then likely { b does x }", "in braces");
    says("rule r \"R\" when f then likely { b does x }", "in braces");
    says("decision d by a when f option x { }", "in braces");
    says("outcome o \"O\" if f", "behind `when`");
    says("outcome o \"O\": f", "behind `when`");
}

#[test]
fn conditions() {
    says("outcome o when s == x", "written `=`");
    says("outcome o when m => 3", "`>=`");
    says("outcome o when m is 3", "written `=`");
    says("outcome o when !(m > 3)", "`not`");
    says("outcome o when all x in g: x.deal", "`every m in g (COND)`");
    says("outcome o when f and each g has done x", "`every g has done x`");
    says("outcome o when some g on i >= open", "`any g has done x`");
    says("outcome o when not (exists m in g (m.f))", "`any m in g (COND)`");
    says("outcome o when count(g, f) >= 2", "`at least 2 m in g (COND)`");
    says("outcome o when every x in g: x.f", "in parentheses");
    says("outcome o when at least two g has done x", "the number");
    says("outcome o when deal(a)", "`a.v`");
    says("outcome o when f || h", "write `or`");
    says("outcome o when m between 2 and 3", "join comparisons");
    says("outcome o when m in 2..3", "join comparisons");
    says("outcome o when a has not done x", "`not a has done x`");
    says("outcome o when turn > 3 weeks", "counts in turns");
    says("outcome o after 3 turns", "behind `when`");
    // What is declared, and what `for each` binds, may be called so.
    says("flag f for each all has", "for example: `flag f");
    says("outcome o when a signed", "`a has done x`");
    says("expect a has done x", "what is expected of it");
}

#[test]
fn triggers() {
    says("rule r { on f then likely { b does x } }", "`when COND`");
    says("rule r { on f becomes yes then likely { b does x } }", "`when COND`");
    says("rule r { on turn 3 then likely { b does x } }", "`when COND`");
    says("rule r { on a sign then likely { b does x } }", "`on a does x`");
    says("rule r { on a has done x then likely { b does x } }", "write `does`");
    says("rule r { on all g does x then likely { b does x } }", "`every g has done x`");
    says("rule r { after a does x then likely { b does x } }", "behind `on`");
    says("rule r for all m in g { }", "`for each m in g`");
    says("rule r for m in g { }", "`for each m in g`");
    says("rule r for each g { }", "name the member");
    says("rule r { on a does x unless f then likely { b does x } }", "`if not (...)`");
}

#[test]
fn effects() {
    let effect = |effect: &str, part: &str| {
        says(&format!("rule r {{ on a does x then likely {{ {effect} }} because \"\" }}"), part);
    };
    for set in ["set f yes", "f := yes", "f = yes", "a on i: supports", "f to yes"] {
        effect(set, "written `f becomes yes`");
    }
    for raise in ["m becomes m + 1", "increase m by 1", "m raise 1", "m += 1", "reduce m by 1"] {
        effect(raise, "`raise m by 1`");
    }
    effect("raise m 2", "by how much");
    effect("f", "`a does x`");
    effect("not f", "`f becomes no`");
    effect("escalate to r1", "`action NAME at RUNG`");
    effect("b hits a", "`a does x against b`");
    effect("b does hit to a", "behind `against`");
    effect("b does hit on a", "behind `against`");
    effect("b does not hit", "leave it out");
    effect("any g does hit", "`for each m in g`");
    effect("deal for b becomes yes", "`a.v`");
    effect("position a on i becomes supports", "leave the word");
    effect("b does hit if f", "before `then`");
    effect("b does hit after 2 turns", "before the braces");
    effect("b does hit, b does run", "with nothing between");
    effect("b dose hit", "did you mean `does`");
}

#[test]
fn branches() {
    let rule = |branch: &str, part: &str| {
        says(&format!("rule r {{ on a does x then {branch} because \"\" }}"), part);
    };
    rule("1 in 3 { b does x }", "a number or a range");
    rule("p = 0.6 { b does x }", "alone behind `then`");
    rule("with probability 0.6 { b does x }", "alone behind `then`");
    rule("60%: { b does x }", "in braces");
    rule("likely: b does x", "in braces");
    rule("likely { b does x } else likely { b does y }", "has no likelihood");
    rule("likely { b does x } or else { b does y }", "alone");
    rule("likely after 2-3 turns { b does x }", "one number");
    rule("{ b does x } likely", "before the braces");
    rule("{ b does x } 60%", "before the braces");
    rule("{ b does x } and { b does y }", "in the same braces");
    rule("{ b does x } source p", "behind the rationale");
    rule("{ b does x } from p", "behind the rationale");
}

#[test]
fn declarations() {
    says("position a on on i: open", "stands twice");
    says("rule r { on a does x then { b does y } because \"so\" from from s }", "stands twice");
    says("actor (a) \"A\"", "for example");
    says("rule r { on a does x then { b does x } } because \"so\" }", "one too many");
    says("position a: i = supports", "for example: `position a on i: supports");
    says("issue j { stance }", "for example: `issue i");
    says("expect P(o) is 30%", "for example: `expect P(o");
    says("expect o < 30%", "asked with `P(...)`");
    says("relation borders a - b", "in braces");
    says("group h (a, b)", "in braces");
    says("group north sea { a, b }", "`north_sea`");
    says("lexicon { maybe 30%..50% }", "`lexicon { maybe = 30%..50% }`");
    says("decision d for each m in g by m { }", "before `for each`");
    says("turn 1 week", "in `scenario");
    says("include \"a.esc\"", "`import");
    says("flag f\ncountry a \"A\"", "`actor`");
}

/// That the fix of the first mistake makes this of a text, which then has none.
#[track_caller]
fn mends(text: &str, expected: &str) {
    let told = |text: &str| {
        let mut diagnostics = Diagnostics::default();
        crate::syntax::parse(FileId(0), text, &mut diagnostics);
        diagnostics.sorted()
    };
    let fix = told(text).into_iter().next().and_then(|first| first.fix);
    assert!(fix.is_some(), "{text} has no fix");
    let Some(fix) = fix else { return };
    let mut mended = text.to_owned();
    mended.replace_range(fix.span.start as usize..fix.span.end as usize, &fix.text);
    assert_eq!(mended, expected);
    assert!(told(&mended).is_empty(), "{mended}");
}

#[test]
fn fixes() {
    mends("outcome o when s == x", "outcome o when s = x");
    mends("outcome o when m => 3", "outcome o when m >= 3");
    mends("outcome o when m =< 3", "outcome o when m <= 3");
    mends("outcome o when m <> 3", "outcome o when m != 3");
    mends("outcome o when m ≤ 3", "outcome o when m <= 3");
    mends("outcome o when f||g", "outcome o when f or g");
    mends("outcome o when f && g", "outcome o when f and g");
    mends("outcome o when (!f)", "outcome o when (not f)");
    mends("outcome o if f", "outcome o when f");
    mends("outcome o when all g has done x", "outcome o when every g has done x");
    mends("outcome o when exists m in g (m.f)", "outcome o when any m in g (m.f)");
    mends("param p = 20%–40%", "param p = 20%..40%");
    mends("flag f;", "flag f");
    mends("actor new-york", "actor new_york");
    mends("position a on on i: open", "position a on i: open");
    mends(
        "rule r { on a does x then { f = yes } }",
        "rule r { on a does x then { f becomes yes } }",
    );
    mends(
        "rule r { on a does x then { f:=yes } }",
        "rule r { on a does x then { f becomes yes } }",
    );
    mends("rule r { on a has x then { } }", "rule r { on a does x then { } }");
    mends("rule r { on all g does x then { } }", "rule r { on every g does x then { } }");
    mends("rule r { on a does x, then { } }", "rule r { on a does x then { } }");
    mends(
        "rule r { on a does x then { } otherwise { } }",
        "rule r { on a does x then { } else { } }",
    );
    mends(
        "rule r { on a does x then { a does x, b does x } }",
        "rule r { on a does x then { a does x b does x } }",
    );
    mends(
        "rule r { on a does x then { a does x on b } }",
        "rule r { on a does x then { a does x against b } }",
    );
    mends(
        "rule r { on a does x then very likely { } }",
        "rule r { on a does x then very_likely { } }",
    );
    mends(
        "rule r { on a does x then { } because \"so\" from from s }",
        "rule r { on a does x then { } because \"so\" from s }",
    );
    mends("flag f }", "flag f ");
}
