//! Scenarios of any size, to measure how loading grows with them.

use std::fmt::Write;

/// A kind of scenario: what there is many of, and what makes it.
pub struct Kind {
    /// What there is many of.
    pub name: &'static str,
    /// The scenario with so many of them.
    pub text: fn(usize) -> String,
    /// How many of them are worth measuring: most scenarios are then about a megabyte.
    pub many: usize,
}

/// All kinds that have no mistake.
pub const GOOD: [Kind; 22] = [
    Kind { name: "rules", text: rules, many: 10_000 },
    Kind { name: "rules with names of their own", text: own_names, many: 10_000 },
    Kind { name: "nested conditions", text: nested, many: 2_000 },
    Kind { name: "flat conditions", text: flat, many: 50_000 },
    Kind { name: "arithmetic", text: arithmetic, many: 50_000 },
    Kind { name: "rules written out", text: written_out, many: 10_000 },
    Kind { name: "actors", text: actors, many: 10_000 },
    Kind { name: "members of groups", text: members, many: 10_000 },
    Kind { name: "pairs of a relation", text: pairs, many: 10_000 },
    Kind { name: "attributes", text: attributes, many: 10_000 },
    Kind { name: "issues and positions", text: positions, many: 10_000 },
    Kind { name: "dated positions", text: history, many: 10_000 },
    Kind { name: "lines of a position", text: shifts, many: 10_000 },
    Kind { name: "variables", text: variables, many: 10_000 },
    Kind { name: "values of a state", text: values, many: 10_000 },
    Kind { name: "params and words", text: params, many: 10_000 },
    Kind { name: "actions", text: actions, many: 10_000 },
    Kind { name: "injects", text: injects, many: 10_000 },
    Kind { name: "options of a decision", text: options, many: 10_000 },
    Kind { name: "outcomes", text: outcomes, many: 10_000 },
    Kind { name: "expectations and readings", text: questions, many: 5_000 },
    Kind { name: "sources, quotes and notes", text: quotes, many: 5_000 },
];

/// All kinds that are nothing but mistakes, or have one in the middle.
pub const BAD: [Kind; 6] = [
    Kind { name: "a slip among rules", text: slip, many: 10_000 },
    Kind { name: "a slip in each rule", text: slips, many: 10_000 },
    Kind { name: "unknown names", text: unknown, many: 10_000 },
    Kind { name: "names taken twice", text: twice, many: 10_000 },
    Kind { name: "a brace that is not closed", text: open, many: 10_000 },
    Kind { name: "outcomes that overlap", text: overlapping, many: 10_000 },
];

/// The parts of a text one after the other.
fn each(count: usize, mut part: impl FnMut(&mut String, usize)) -> String {
    let mut text = String::new();
    for number in 0..count {
        part(&mut text, number);
    }
    text
}

/// A list of so many names with something between them.
fn list(count: usize, stem: &str, between: &str) -> String {
    let names: Vec<String> = (0..count).map(|number| format!("{stem}{number}")).collect();
    names.join(between)
}

/// What the rules below speak of.
fn setting() -> String {
    let mut text = String::from(
        "scenario \"Many\" { start 2024-02-26 turn 2 weeks horizon 26 turns }
source paris \"Remarks at the conference\" { by \"Presidency\" date 2024-02-26 }
issue troops \"Ground troops\"
ladder { rung talk rung presence rung clash }
state front \"Front line\": holding < strained < collapsing
meter tension \"Tension\": 0..10 = 3
action warn \"Warn\" at talk { raise tension }
action send \"Send trainers\" at presence { front becomes strained }
action strike \"Strike\" at clash { raise tension by 3 }
action settle \"Settle\" to talk
",
    );
    for number in 0..40 {
        writeln!(text, "actor a{number} \"Actor {number}\" {{ nuclear = yes }}").unwrap();
    }
    text.push_str("group allies { a0, a1, a2 }\n");
    text
}

/// A rule of six lines as an analyst writes it.
fn rule(text: &mut String, number: usize) {
    let (who, whom) = (number % 40, number * 7 % 40);
    write!(
        text,
        "
rule r{number} \"Rule number {number}\" {{
  on      a{whom} does warn or a{who} does send against a{whom}
  if      a{who} on troops >= open and tension > {} and front != holding
  then    likely {{ a{who} does strike against a{whom} }}
  or      10%..20% within 3 turns {{ a{who} on troops becomes wary  raise tension by 2 }}
  because \"a force from the alliance would make a clash hard to avoid\" from paris
}}
",
        number % 9
    )
    .unwrap();
}

const END: &str = "inject turn 0 { a0 does warn }
rule begin for each a in everyone {
  while tension > 1
  then  likely   { a does warn  a on troops becomes open }
  or    unlikely { a does settle }
  because \"so\" from paris
}
outcome calm \"Calm\" otherwise
";

fn rules(count: usize) -> String {
    setting() + &each(count, rule) + END
}

fn own_names(count: usize) -> String {
    let rules = each(count, |text, number| {
        let next = (number + 1) % count;
        write!(
            text,
            "actor w{number} \"Actor {number}\"
action act_{number} \"Act {number}\" at talk {{ raise m{number} }}
meter m{number} \"Meter {number}\": 0..5
rule r{number} \"Rule {number}\" {{
  on      w{number} does act_{number}
  if      m{number} < 4 and w{next} on troops >= neutral
  then    55%..80% {{ w{next} does act_{next} }}
  or      5% {{ m{number} becomes 0 }}
  because \"one thing leads to another\" from paris
}}
"
        )
        .unwrap();
    });
    setting() + &rules + "inject turn 0 { w0 does act_0 }\n" + END
}

/// Conditions as deep as they may be, about 500 bytes each.
fn nested(count: usize) -> String {
    const DEEP: usize = 190;
    let rules = each(count, |text, number| {
        write!(text, "rule r{number} {{ when ").unwrap();
        for _ in 0..DEEP {
            text.push('(');
        }
        text.push_str("tension > 3");
        for level in 0..DEEP {
            text.push_str(if level % 38 == 37 { " or tension = 2)" } else { ")" });
        }
        text.push_str(" then { a1 does warn } because \"so\" from paris }\n");
    });
    setting() + &rules + END
}

/// One condition of so many comparisons.
fn flat(count: usize) -> String {
    let parts: Vec<String> = (0..count)
        .map(|number| match number % 3 {
            0 => format!("tension > {}", number % 10),
            1 => format!("a{} does warn", number % 40),
            _ => "front != holding".to_owned(),
        })
        .collect();
    let (first, second) = parts.split_at(parts.len() / 2);
    format!(
        "{}rule r {{ when {} or {} then {{ a1 does warn }} because \"so\" from paris }}\n{END}",
        setting(),
        first.join(" and "),
        second.join(" or ")
    )
}

fn arithmetic(count: usize) -> String {
    let sums = each(count / 10, |text, _| {
        text.push_str(" and tension + 2 * tension - 3 * (tension + 1) <= tension * 4 + 7");
    });
    format!(
        "{}rule r {{ when tension > 1{sums} then {{ a1 does warn }} because \"so\" from paris }}\n{END}",
        setting()
    )
}

/// A few declarations that stand for so many rules.
fn written_out(count: usize) -> String {
    let actors = (count as f64).sqrt().ceil() as usize;
    let all = each(actors, |text, number| {
        writeln!(text, "actor w{number} \"Actor {number}\"").unwrap();
    });
    format!(
        "{}{all}group powers {{ {} }}
meter trust \"Trust\" for each a in powers: 0..5 = 3
rule answers \"Answer\" for each a, b in powers {{
  on   a does warn against b
  if   a.trust > 2 and b on troops <= neutral
  then likely {{ b does strike against a  lower b.trust }}
  or   unlikely {{ a on troops becomes wary }}
  because \"so\" from paris
}}
rule spreads for each a in powers {{
  while any m in powers (m.trust < a.trust)
  then 5% {{ lower a.trust }}
  because \"so\" from paris
}}
inject turn 0 {{ w0 does warn against w1 }}
{END}",
        setting(),
        list(actors, "w", ", ")
    )
    .replace("for each a, b in powers", "for each a in powers, b in powers where a != b")
}

fn actors(count: usize) -> String {
    let all = each(count, |text, number| {
        writeln!(text, "actor w{number} \"Actor {number}\" {{ voice \"Somebody\" big = yes }}")
            .unwrap();
    });
    let rule =
        "rule r { when any everyone does warn then { a1 does warn } because \"so\" from paris }\n";
    setting() + &all + rule + END
}

fn members(count: usize) -> String {
    let all = each(count, |text, number| writeln!(text, "actor w{number}").unwrap());
    let groups = each(count / 10, |text, number| {
        let before = if number % 10 == 0 { "a0".to_owned() } else { format!("g{}", number - 1) };
        writeln!(
            text,
            "group g{number} \"Group\" {{ {before}, w{}, w{}, w{} }}",
            number * 10,
            number * 10 + 4,
            number * 10 + 5
        )
        .unwrap();
    });
    format!("{}{all}{groups}group all {{ {} }}\n{END}", setting(), list(count, "w", ", "))
}

fn pairs(count: usize) -> String {
    let all = each(count, |text, number| writeln!(text, "actor w{number}").unwrap());
    let pairs: Vec<String> =
        (0..count).map(|number| format!("w{number} - w{}", (number + 1) % count)).collect();
    format!(
        "{}{all}relation faces {{ {} }}\nrule r {{ when w0 faces w1 then {{ a1 does warn }} }}\n{END}",
        setting(),
        pairs.join(", ")
    )
}

fn attributes(count: usize) -> String {
    let fields = each(count, |text, number| writeln!(text, "  key{number} = {number}").unwrap());
    format!("{}actor w {{\n{fields}}}\n{END}", setting())
}

fn positions(count: usize) -> String {
    let all = each(count / 10, |text, number| {
        writeln!(text, "issue i{number} \"Issue {number}\"").unwrap();
        for actor in 0..10 {
            writeln!(
                text,
                "position a{actor} on i{number}: wary {{ says \"a remark about {number}\" from paris }}"
            )
            .unwrap();
        }
    });
    let rules = each(count / 10, |text, number| {
        writeln!(
            text,
            "rule r{number} {{ when a1 on i{number} >= wary then {{ raise a2 on i{number} }} because \"so\" }}"
        )
        .unwrap();
    });
    setting() + &all + &rules + END
}

fn history(count: usize) -> String {
    let all = each(count, |text, number| {
        let (year, month, day) = (1900 + number / 336, number / 28 % 12 + 1, number % 28 + 1);
        writeln!(text, "position a1 on troops: wary since {year}-{month:02}-{day:02}").unwrap();
    });
    setting() + &all + END
}

fn shifts(count: usize) -> String {
    let all = each(count, |text, number| {
        writeln!(text, "  becomes supports when tension >= {}: likely", number % 10).unwrap();
    });
    format!("{}position a1 on troops: open {{\n{all}}}\n{END}", setting())
}

fn variables(count: usize) -> String {
    let all = each(count, |text, number| {
        match number % 3 {
            0 => writeln!(text, "meter v{number} \"Meter\": 0..10 = 3"),
            1 => writeln!(text, "state v{number} \"State\": low < middle < high = middle"),
            _ => writeln!(text, "flag v{number} \"Flag\""),
        }
        .unwrap();
    });
    let rules = each(count, |text, number| {
        match number % 3 {
            0 => {
                writeln!(text, "rule r{number} {{ when v{number} > 3 then {{ raise v{number} }} }}")
            }
            1 => writeln!(
                text,
                "rule r{number} {{ when v{number} >= low then {{ v{number} becomes high }} }}"
            ),
            _ => writeln!(
                text,
                "rule r{number} {{ when not v{number} then {{ v{number} becomes yes }} }}"
            ),
        }
        .unwrap();
    });
    setting() + &all + &rules + END
}

/// Long lists of values: of a state, a scale and the ladder.
fn values(count: usize) -> String {
    let rules = each(count, |text, number| {
        writeln!(
            text,
            "rule r{number} {{ when long = v{number} then {{ long becomes v{number} }} }}"
        )
        .unwrap();
    });
    let rungs = each(count, |text, number| writeln!(text, "  rung rung{number}").unwrap());
    format!(
        "{}state long \"Long\": {}\nscale wide {{ {} }}\nissue far on scale wide\n{rules}{END}",
        setting().replace("ladder { ", &format!("ladder {{\n{rungs}  ")),
        list(count, "v", " < "),
        list(count, "l", " < "),
    )
}

fn params(count: usize) -> String {
    let all = each(count, |text, number| {
        writeln!(
            text,
            "param p{number} \"Param\" = 20%..40%\nlexicon {{ word{number} = 30%..60% }}"
        )
        .unwrap();
    });
    let rules = each(count, |text, number| {
        writeln!(
            text,
            "rule r{number} {{ when tension > 3 then p{number} {{ raise tension }} or word{number} {{ lower tension }} }}"
        )
        .unwrap();
    });
    setting() + &all + &rules + END
}

fn actions(count: usize) -> String {
    let all = each(count, |text, number| {
        writeln!(text, "action x{number} \"Act\" at presence by allies {{ raise tension by 2 }}")
            .unwrap();
    });
    let rules = each(count, |text, number| {
        writeln!(
            text,
            "rule r{number} {{ on any allies does x{number} then {{ a1 does x{number} against a2 }} }}"
        )
        .unwrap();
    });
    setting() + &all + &rules + END
}

fn injects(count: usize) -> String {
    let all = each(count, |text, number| {
        writeln!(
            text,
            "inject turn {} {{ a{} does warn  raise tension }}",
            number % 26,
            number % 40
        )
        .unwrap();
    });
    setting() + &all + END
}

fn options(count: usize) -> String {
    let all = each(count, |text, number| {
        writeln!(text, "  option o{number} \"Option\" {{ a1 does warn }}").unwrap();
    });
    format!("{}decision d by a1 {{\n  when tension > 3\n{all}}}\n{END}", setting())
}

fn outcomes(count: usize) -> String {
    let all = each(count, |text, number| {
        writeln!(
            text,
            "outcome o{number} \"Outcome\" when tension > {} and a{} on troops >= open",
            number % 10,
            number % 40
        )
        .unwrap();
    });
    setting() + &all + END
}

fn questions(count: usize) -> String {
    let all = each(count, |text, number| {
        writeln!(
            text,
            "outcome o{number} \"Outcome\" when tension > 3 and a{} has done warn
expect P(o{number}) <= 20%
expect never tension > 9 and front = holding
reading e{number} \"Reading\" {{ position a1 on troops: wary  meter tension = 4  rule begin: unlikely }}",
            number % 40
        )
        .unwrap();
    });
    setting() + &all + END
}

fn quotes(count: usize) -> String {
    let all = each(count, |text, number| {
        writeln!(
            text,
            "/// A note on source {number},
/// of two lines. /* no comment */
source s{number} \"Source {number}\" {{ by \"Somebody\" date 2024-02-26 url \"https://example.org/{number}\" grade B2 }}
/* A comment between two declarations. */
rule r{number} {{ when tension > 3 then {{ raise tension }} because \"they said \\\"so\\\" themselves\" from s{number} }} // Behind it."
        )
        .unwrap();
    });
    setting() + &all + END
}

fn slip(count: usize) -> String {
    let (before, after) =
        (each(count / 2, rule), each(count - count / 2, |text, number| rule(text, number + count)));
    setting() + &before + "rule slip { when tension >> 3 then { a1 does warn } }\n" + &after + END
}

fn slips(count: usize) -> String {
    setting() + &each(count, rule).replace("and tension", "an tension") + END
}

fn unknown(count: usize) -> String {
    let mut text = own_names(count);
    text.push_str(&each(count, |text, number| {
        writeln!(
            text,
            "rule s{number} {{ on w_{number} does act{number} then {{ mm{number} becomes 0 }} }}"
        )
        .unwrap();
    }));
    text
}

fn twice(count: usize) -> String {
    setting() + &each(count, |text, number| writeln!(text, "actor w{}", number / 2).unwrap()) + END
}

fn open(count: usize) -> String {
    let all = each(count, rule);
    setting() + "rule open { when tension > 3\n" + &all + END
}

fn overlapping(count: usize) -> String {
    let all = each(count, |text, _| text.push_str(" or tension > 3"));
    format!("{}{END}", outcomes(count))
        .replace("outcome calm", &format!("outcome long when front = holding{all}\noutcome calm"))
}
