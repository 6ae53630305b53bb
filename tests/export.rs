//! Models for other checkers: how they read, that every scenario has one, and what is refused.
//! `.ci/storm` holds their answers against another checker's.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "cli/case.rs"]
mod case;
mod loading;

use case::Case;
use escalade::diagnostic::Diagnostics;
use escalade::model::{self, Model};
use escalade::report::export::{Exported, Form, Language, Options, Ranges, Refusal, export};
use escalade::source::{Reader, Sources};
use std::path::{Path, PathBuf};

/// Two powers that watch each other: their rules write nothing in common.
const APART: &str = r#"
scenario "Two powers" { horizon 3 turns }
actor east
actor west
group powers { east, west }
relation faces { east - west }
meter posture for each p in powers: 0..2 = 1
rule answers for each p in powers {
  while any q in powers where p faces q (q.posture > p.posture)
  then 25%..35% { raise p.posture }
}
rule drifts for each p in powers {
  while no q in powers where p faces q (q.posture > p.posture)
  then 10% { raise p.posture }
  or   20% { lower p.posture }
}
ending  war   "It comes to \"war\"" when any p in powers (p.posture = 2)
outcome quiet "Nothing\nhappens"    otherwise
expect P(war) < 90%
expect Pmax(war) < 95%
expect never west.posture > 1
"#;

/// A choice and a chance that write the same.
const TOGETHER: &str = r#"
scenario "A border" { horizon 4 turns }
actor north
actor south
ladder "Rungs" { rung words rung shots }
state mood: calm < tense < angry
action shell at shots { raise mood }
action protest
inject turn 0 { north does protest }
decision replies by south {
  on north does protest
  option fire 30% { south does shell against north }
  option wait
  once
}
rule again { on south does shell then 40%..60% within 2 turns { north does shell } else { mood becomes calm } }
rule tires { when mood >= angry then { mood becomes tense } priority 1 }
outcome angry when mood = angry
outcome calm  otherwise
expect Pmin(calm) > 10%
expect mood = tense before mood = angry
"#;

/// One range at first, later two.
const RANGES: &str = r#"
scenario "Ranges" { horizon 3 turns }
meter m: 0..2
flag talks
rule goes { while m < 2 then 20%..40% { raise m } or 10%..30% { talks becomes yes } }
rule stops { while m = 1 then unlikely { m becomes 0 } }
outcome high when m = 2
"#;

const ESTIMATE: (bool, Ranges) = (false, Ranges::Estimate);
const FREE: (bool, Ranges) = (true, Ranges::Corners);

fn exported(
    text: &str,
    language: Language,
    (decisions, ranges): (bool, Ranges),
) -> Result<Exported, Refusal> {
    of(&loading::model(text).unwrap(), language, (decisions, ranges))
}

fn of(
    model: &Model,
    language: Language,
    (decisions, ranges): (bool, Ranges),
) -> Result<Exported, Refusal> {
    let head = [model.title.clone()];
    export(model, Options { language, decisions, ranges, situations: 100_000 }, &head)
}

fn shown(text: &str, language: Language, freedom: (bool, Ranges)) -> String {
    let Exported { model, properties } = exported(text, language, freedom).unwrap();
    format!("{model}\n------\n{properties}")
}

#[test]
fn rules_apart_as_modules() {
    insta::assert_snapshot!(shown(APART, Language::Prism(Form::Auto), ESTIMATE));
}

#[test]
fn rules_apart_with_ranges_as_choices() {
    insta::assert_snapshot!(shown(APART, Language::Prism(Form::Auto), FREE));
}

#[test]
fn ranges_as_intervals_and_where_several_are_drawn_as_choices() {
    let intervals = (false, Ranges::Intervals);
    insta::assert_snapshot!(shown(RANGES, Language::Prism(Form::Auto), intervals));
}

#[test]
fn choices_as_situations() {
    let decisions = (true, Ranges::Estimate);
    insta::assert_snapshot!(shown(TOGETHER, Language::Prism(Form::Situations), decisions));
}

#[test]
fn rules_together_as_automata() {
    insta::assert_snapshot!(shown(&entangled(), Language::Jani, ESTIMATE));
}

/// Many rules write one meter: too much to write out what they do together.
fn entangled() -> String {
    let rule = |at: usize| format!("rule r{at} {{ while m <= {at} then 10% {{ raise m }} }}\n");
    let rules: String = (0..8).map(rule).collect();
    format!("scenario \"Many\" {{}}\nmeter m: 0..9\n{rules}outcome high when m >= 5\n")
}

#[test]
fn rules_that_write_the_same_are_no_modules() {
    let refused = exported(&entangled(), Language::Prism(Form::Rules), ESTIMATE);
    assert_eq!(refused.err(), Some(Refusal::Together));
}

struct Disk;

impl Reader for Disk {
    fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
        std::fs::read(path)
    }
}

/// Shipped scenarios and conformance cases.
fn scenarios() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["scenarios", "tests/conformance/named", "tests/conformance/random"];
    let entries = folders.iter().flat_map(|folder| std::fs::read_dir(root.join(folder)).unwrap());
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "esc"))
        .collect();
    files.sort();
    files
}

#[test]
fn every_scenario_is_exported_the_same_way_twice() {
    let languages =
        [Language::Jani, Language::Prism(Form::Auto), Language::Prism(Form::Situations)];
    for path in scenarios() {
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        let file = path.to_str().unwrap();
        let model = model::load(file, &Disk, &mut sources, &mut diagnostics).unwrap();
        for language in languages {
            for freedom in [ESTIMATE, (true, Ranges::Estimate)] {
                let once = of(&model, language, freedom).unwrap();
                let twice = of(&model, language, freedom).unwrap();
                assert!(once.model == twice.model, "{}", path.display());
                assert!(once.properties == twice.properties, "{}", path.display());
                if language == Language::Jani {
                    serde_json::from_str::<serde_json::Value>(&once.model).unwrap();
                }
            }
        }
    }
}

#[test]
fn model_and_properties_go_to_files() {
    let case = Case::new().file("a.esc", APART);
    case.status(0, ["export", "a.esc", "--to", "prism", "--properties", "a.props", "-o", "a.pm"]);
    assert!(case.read("a.pm").contains("\nmodule east_posture_module\n"));
    assert!(case.read("a.props").contains("\"not_quiet\": P=? [ F<=3 \"war\" ];"));
    case.status(0, ["export", "a.esc", "--to", "jani", "--horizon", "7", "-o", "a.jani"]);
    assert!(case.read("a.jani").contains("\"step-bounds\":{\"upper\":7}"));
}

#[test]
fn options_that_do_not_fit_are_explained() {
    let case = Case::new().file("a.esc", APART).file("b.esc", &entangled());
    insta::assert_snapshot!(
        [
            case.run(["export", "a.esc", "--to", "jani", "--ranges", "intervals"]),
            case.run(["export", "a.esc", "--to", "jani", "--form", "situations"]),
            case.run(["export", "a.esc", "--to", "jani", "--properties", "a.props"]),
            case.run([
                "export",
                "a.esc",
                "--to",
                "prism",
                "--form",
                "rules",
                "--ranges",
                "intervals"
            ]),
            case.run([
                "export",
                "a.esc",
                "--to",
                "prism",
                "--form",
                "situations",
                "--max-situations",
                "2"
            ]),
            case.run(["export", "b.esc", "--to", "prism", "--form", "rules"]),
        ]
        .join("\n")
    );
}

/// What is struck out is not in the model, and the head says so.
#[test]
fn sources_are_struck_out() {
    let text =
        APART.replace("actor east\n", "actor east\nsource rumour \"A rumour\" { grade D4 }\n");
    let text = text.replace(
        "then 10% { raise p.posture }\n  or   20% { lower p.posture }\n",
        "then 10% { raise p.posture }\n  or   20% { lower p.posture }\n  because \"so they say\" from rumour\n",
    );
    let case = Case::new().file("a.esc", &text);
    let (_, whole, _) = case.parts(["export", "a.esc", "--to", "prism"]);
    for [option, value] in [["--without-source", "rumour"], ["--min-grade", "C3"]] {
        let (status, without, said) =
            case.parts(["export", "a.esc", "--to", "prism", option, value]);
        assert_eq!(status, 0, "{said}");
        assert!(whole.contains("0.2") && !without.contains("0.2"), "{without}");
        let told =
            if option == "--min-grade" { "grade C3 or better" } else { "without source rumour" };
        assert!(without.contains(told), "{without}");
    }
    let unknown = case.parts(["export", "a.esc", "--to", "prism", "--without-source", "rumor"]);
    assert!(unknown.0 == 2 && unknown.2.contains("did you mean `rumour`"), "{}", unknown.2);
}
