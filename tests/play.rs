//! Playing: games over a pipe, what they leave behind, and that a game is a storyline of the engine.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, dead_code)]

#[path = "cli/case.rs"]
mod case;
mod loading;

use case::{CONFLICT, Case};
use escalade::analysis::play::{Game, Outlook, Stage};
use escalade::analysis::{self, Options};
use escalade::engine::draw::Distribution;
use escalade::model::{ActorId, Model, OutcomeId};
use insta::assert_snapshot;
use std::path::Path;

fn shipped(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name);
    std::fs::read_to_string(path).unwrap()
}

/// A folder with a shipped scenario as `played/NAME`, and the documents that it quotes.
fn beside_its_sources(name: &str) -> Case {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let mut case = Case::new().file(&format!("played/{name}"), &shipped(name));
    for entry in std::fs::read_dir(seeds).unwrap() {
        let path = entry.unwrap().path();
        let seed = format!("seeds/{}", path.file_name().unwrap().to_str().unwrap());
        case = case.file(&seed, &std::fs::read_to_string(path).unwrap());
    }
    case
}

/// Two actors, one of whom is played: a delay, two decisions in one turn, one of a pair.
const TALKS: &str = r#"
scenario "Talks" { horizon 6 turns }
source report "Report" { by "Observers" grade B2 }
actor north "North"
actor south "South"
meter trust "Trust" for each a in everyone, b in everyone where a != b: 0..3 = 1
flag signed "Signed"
action invite "Invite"
action come "Come"
action sign "Sign" { signed becomes yes }
inject turn 0 { south does invite }
decision answer "Does North come?" by north {
  on south does invite
  option come "Come" 60% after 2 turns { north does come }
  option stay "Stay away"
  because "it was asked" from report
}
decision tone "In what tone?" by north {
  on south does invite
  option warm "Warmly" 50% { raise north.trust(south) by 1 }
  option cold "Coldly"     { lower south.trust(north) by 1 }
  option rude "Rudely"  0% { lower south.trust(north) by 2 }
}
rule signs "They sign" { on north does come if north.trust(south) >= 1 then 50% { south does sign } because "they met" from report }
outcome done "Signed" when signed
outcome open "Not signed" otherwise
"#;

#[test]
fn western_troops_as_france() {
    let case = beside_its_sources("western-troops.esc")
        .stdin("?\nwhy\nplan\nbogus\n\n9\nplann\ntrainers\n");
    let arguments = ["play", "played/western-troops.esc", "--as", "france", "--seed", "3"];
    assert_snapshot!("western_troops", case.run(arguments));
}

#[test]
fn cuban_missiles_as_usa() {
    let answers = "quarantine\nstatus\n?\nfirst\nhold\nhistory\nundo\nstrike\nquit\n";
    let case = beside_its_sources("cuban-missiles-1962.esc").stdin(answers);
    let arguments = ["play", "played/cuban-missiles-1962.esc", "--as", "usa", "-o", "game.md"];
    assert_snapshot!("cuban_missiles", case.run(arguments));
    assert_snapshot!("cuban_missiles_transcript", case.read("game.md"));
}

#[test]
fn decisions_of_one_turn_are_asked_one_after_the_other() {
    let case = Case::new().file("talks.esc", TALKS).stdin("come\nstatus\n?\n2\nstatus\n");
    assert_snapshot!("talks", case.run(["play", "talks.esc", "--as", "north"]));
}

#[test]
fn the_same_answers_lead_to_the_same() {
    let play = |answers: &str, seed: &str| {
        let case = beside_its_sources("july-crisis-1914.esc").stdin(answers);
        let arguments = [
            "play",
            "played/july-crisis-1914.esc",
            "--as",
            "russia",
            "--as",
            "austria",
            "--seed",
            seed,
        ];
        case.parts(arguments)
    };
    let answers = "1\n2\n1\n1\n1\n1\n1\n";
    assert_eq!(play(answers, "7"), play(answers, "7"));
    let seeds: Vec<String> = (0..6).map(|seed| play(answers, &seed.to_string()).1).collect();
    assert!(seeds.iter().any(|other| *other != seeds[0]), "the seed makes no difference");
    // Taking a decision back and taking it again changes nothing in what it comes to.
    let closing = |text: &str| text.split("HOW IT WENT").nth(1).unwrap().to_owned();
    let there_and_back = play("2\nundo\n1\n2\n1\n1\n1\n1\n1\n", "7").1;
    assert_eq!(closing(&there_and_back), closing(&play(answers, "7").1));
}

#[test]
fn input_may_end_anywhere() {
    for answers in ["", "\n", "plan", "?", "undo\n", "\u{0}\u{ff}\n", &"x".repeat(100_000)] {
        let case = beside_its_sources("western-troops.esc").stdin(answers);
        let arguments =
            ["play", "played/western-troops.esc", "--as", "france", "--seed", "3", "-o", "t.md"];
        let (status, stdout, stderr) = case.parts(arguments);
        assert_eq!((status, stderr.as_str()), (0, ""), "{answers:.20}");
        assert!(stdout.contains("HOW IT WENT") && case.read("t.md").contains("## Outcomes"));
    }
    let case = Case::new().file("talks.esc", TALKS).stdin(&"nonsense\n".repeat(2000));
    let (status, stdout, _) = case.parts(["play", "talks.esc", "--as", "north"]);
    assert_eq!(status, 4);
    assert!(stdout.contains("So many answers") && stdout.contains("HOW IT WENT"), "{stdout}");
}

#[test]
fn mistakes_of_the_command_line_are_told() {
    let case = Case::new()
        .file("talks.esc", TALKS)
        .file("none.esc", "actor north \"North\"\n")
        .file("seen.esc", &format!("{TALKS}\nobserve turn 1: signed\n"));
    let mut told = String::new();
    for arguments in [
        ["play", "talks.esc", "--as", "nort"],
        ["play", "talks.esc", "--as", "west"],
        ["play", "talks.esc", "--as", "south"],
        ["play", "none.esc", "--as", "north"],
        ["play", "missing.esc", "--as", "north"],
        ["play", "-", "--as", "north"],
        ["play", "talks.esc", "--as=north", "--observe=turn 1: signed"],
        ["play", "talks.esc", "--as=north", "--method=simulate"],
        ["play", "talks.esc", "--as=north", "--record=talks.esc"],
        ["play", "talks.esc", "--as=north", "-onowhere/game.md"],
        ["play", "talks.esc", "--as=north", "-o-"],
    ] {
        told += &case.run(arguments);
    }
    told += &case.run(["play", "talks.esc", "--as=north", "-o", "game", "--record", "./game"]);
    let (status, _, stderr) = case.parts(["play", "seen.esc", "--as", "north"]);
    told += &format!("seen.esc: status {status}: {stderr}");
    assert_snapshot!("mistakes", told);
    assert_eq!(case.read("talks.esc"), TALKS);
}

#[test]
fn contradictions_are_told_where_the_game_comes_to_them() {
    let text = format!(
        "{CONFLICT}\nactor north \"North\"\naction move \"Move\"\ndecision moves \"Does North move?\" by north {{ when turn >= 0 option go {{ north does move }} option stay }}\n"
    );
    let mut told = None;
    for seed in 0..40 {
        let case = Case::new().file("c.esc", &text).stdin("?\ngo\n");
        let arguments =
            ["play", "c.esc", "--as", "north", "--seed", &seed.to_string(), "-o", "t.md"];
        let (status, stdout, stderr) = case.parts(arguments);
        assert!(stdout.contains("How likely the outcomes are cannot be told"), "{stdout}");
        if status != 0 {
            told = Some((status, stderr, case.read("t.md")));
            break;
        }
    }
    let (status, stderr, transcript) = told.unwrap();
    assert_eq!(status, 1);
    for part in ["E4", "`one`", "`two`", "north does move"] {
        assert!(stderr.contains(part), "{part}: {stderr}");
    }
    assert!(transcript.contains("contradicts itself"), "{transcript}");
}

#[cfg(unix)]
#[test]
fn ctrl_c_at_a_question_ends_the_game_and_keeps_it() {
    use std::io::Read as _;
    use std::process::{Command, Stdio};
    let case = Case::new().file("talks.esc", TALKS);
    let mut game = Command::new(assert_cmd::cargo::cargo_bin!("escalade"))
        .args(["play", "talks.esc", "--as", "north", "-o", "game.md"])
        .current_dir(case.folder())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut stdout, mut shown) = (game.stdout.take().unwrap(), Vec::new());
    while !shown.ends_with(b"help: ") {
        let mut byte = [0];
        stdout.read_exact(&mut byte).unwrap();
        shown.push(byte[0]);
    }
    // The question is open a moment after it is printed.
    std::thread::sleep(std::time::Duration::from_millis(500));
    let pid = game.id().to_string();
    assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    stdout.read_to_end(&mut shown).unwrap();
    assert_eq!(game.wait().unwrap().code(), Some(130));
    assert!(String::from_utf8(shown).unwrap().contains("HOW IT WENT"));
    assert!(case.read("game.md").contains("It was left in turn 0"));
}

/// What a record says of a game, given which `run` tells everything.
fn recorded(case: &Case, file: &str, arguments: &[&str]) -> (i32, serde_json::Value) {
    let mut all = vec!["run", file, "--format", "json"];
    all.extend(arguments);
    let output = assert_cmd::Command::new(assert_cmd::cargo::cargo_bin!("escalade"))
        .args(all)
        .current_dir(case.folder())
        .output()
        .unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    let answers = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{stderr}"));
    (output.status.code().unwrap(), answers)
}

/// The estimates of the outcomes of the first result, and its nodes.
fn told(answers: &serde_json::Value) -> (Vec<f64>, Vec<(String, f64)>) {
    let result = &answers["results"][0];
    let outcomes = result["outcomes"].as_array().unwrap();
    let outcomes = outcomes.iter().map(|one| one["estimate"].as_f64().unwrap()).collect();
    let nodes = result["reactions"]["nodes"].as_array().unwrap().iter();
    let node = |one: &serde_json::Value| {
        (one["id"].as_str().unwrap().to_owned(), one["probability"].as_f64().unwrap())
    };
    (outcomes, nodes.map(node).collect())
}

#[test]
fn a_record_is_run_given_the_game() {
    let games = [
        ("western-troops.esc", "france", "plan\ntrainers\n", "3"),
        ("cuban-missiles-1962.esc", "usa", "quarantine\nfirst\nhold\n", "0"),
        ("july-crisis-1914.esc", "russia", "1\n2\n1\n1\n", "5"),
        ("tariff-spiral.esc", "corvane", "1\n1\n2\n1\n1\n1\n1\n1\n", "1"),
    ];
    for (name, actor, answers, seed) in games {
        let case = beside_its_sources(name).stdin(answers).file("kept/empty", "");
        let path = format!("played/{name}");
        let arguments = ["play", &path, "--as", actor, "--seed", seed, "--record", "kept/game.esc"];
        let (status, stdout, stderr) = case.parts(arguments);
        assert_eq!(status, 0, "{name}: {stderr}");
        case.status(0, ["check", "kept/game.esc"]);
        let (status, answers) = recorded(&case, "kept/game.esc", &[]);
        assert_eq!(status, 0, "{name}");
        let (outcomes, nodes) = told(&answers);
        // The game came to its end: every outcome is reached or not.
        assert!(stdout.contains("The game is over"), "{name}: {stdout}");
        for (outcome, line) in outcomes.iter().zip(outcome_lines(&stdout)) {
            let expected = if line.ends_with("not reached") { 0.0 } else { 1.0 };
            assert!((outcome - expected).abs() < 1e-9, "{name}: {outcome} {line}");
        }
        // Everything that happens given the record is certain.
        let open: Vec<_> = nodes.iter().filter(|(_, value)| *value < 1.0 - 1e-9).collect();
        assert!(open.is_empty(), "{name}: {open:?}");
    }
}

fn outcome_lines(stdout: &str) -> Vec<&str> {
    let table = stdout.split("\nOUTCOMES\n").nth(1).unwrap();
    let lines = table.lines().skip(1).take_while(|line| !line.is_empty());
    lines.filter(|line| line.ends_with("reached") || line.ends_with('%')).collect()
}

/// What is decided shows only later, in ways that look alike for a while, or not at all.
const HIDDEN: &str = r#"
scenario "Hidden" { horizon 7 turns }
actor a "A"
actor b "B"
meter m "M": 0..4 = 1
action x "X"
action y "Y"
action z "Z"
inject turn 0 { b does z }
decision d "What does A do?" by a {
  on b does z
  option soon  "X soon"    after 2 turns  { a does x }
  option some  "Y some time" within 4 turns { a does y }
  option both  "Both later" after 5 turns  { a does x  a does y }
  option never "Nothing"
}
rule up   "Up"   { while m < 3 then 30% within 3 turns { raise m by 1 } or 20% { lower m by 1 } }
rule same "Same" { while m = 2 then 50% { m becomes 1 raise m by 1 } }
outcome done "Done" when a has done x
outcome none "None" otherwise
"#;

#[test]
fn a_record_tells_one_course_from_all_that_look_alike() {
    for (answer, seed) in [("soon", "0"), ("some", "1"), ("both", "2"), ("never", "3")] {
        let case = Case::new().file("h.esc", HIDDEN).stdin(answer);
        let arguments = ["play", "h.esc", "--as", "a", "--record", "game.esc", "--seed", seed];
        let (status, stdout, _) = case.parts(arguments);
        assert!(status == 0 && stdout.contains("The game is over"), "{stdout}");
        let (status, answers) = recorded(&case, "game.esc", &[]);
        assert_eq!(status, 0);
        let (_, nodes) = told(&answers);
        // A value that went up and down in one turn nobody has seen.
        let seen = |id: &str| id.contains(" does ") || id.starts_with("outcome ");
        let open = |(id, value): &&(String, f64)| seen(id) && *value < 1.0 - 1e-9;
        let open: Vec<_> = nodes.iter().filter(open).collect();
        assert!(open.is_empty(), "seed {seed}, {open:?}");
    }
}

#[test]
fn what_the_baseline_never_does_can_be_recorded() {
    let case = Case::new().file("talks.esc", TALKS).stdin("come\nrude\n");
    case.status(0, ["play", "talks.esc", "--as", "north", "--record", "game.esc"]);
    assert!(case.read("game.esc").contains("equally likely"), "{}", case.read("game.esc"));
    let (status, answers) = recorded(&case, "game.esc", &[]);
    assert_eq!(status, 0);
    let (_, nodes) = told(&answers);
    let came = nodes.iter().find(|(id, _)| id == "north does come").unwrap();
    assert!((came.1 - 1.0).abs() < 1e-9, "{nodes:?}");
    // In an imported file nothing can be changed: the record says what to do.
    let (head, rest) = TALKS.split_once("source report").unwrap();
    let case = Case::new()
        .file(
            "talks.esc",
            &format!("{head}\nimport \"lib.esc\"\ninject turn 0 {{ south does invite }}\n"),
        )
        .file(
            "lib.esc",
            &format!("source report{rest}").replace("inject turn 0 { south does invite }", ""),
        )
        .stdin("come\nrude\n");
    case.status(0, ["play", "talks.esc", "--as", "north", "--record", "game.esc"]);
    assert!(case.read("game.esc").contains("It is imported"), "{}", case.read("game.esc"));
}

#[test]
fn a_record_stands_without_what_was_seen_and_expected_and_with_its_imports() {
    let library = "source note \"Note\" { file \"note.md\" }\nactor west \"West\"\n";
    let text = format!(
        "import \"lib/people.esc\"\n/// Seen by all.\nobserve turn 1: not signed\n{TALKS}\n/// Why not?\nexpect P(done) <= 0%\nexpect never signed\nsource here \"Here\" {{ file \"a \\\"b\\\".md\" }}\nposition west on peace: open {{ says \"so\" from note says \"so\" from here }}\nissue peace \"Peace\"\n"
    );
    let case = Case::new()
        .file("in/talks.esc", &text)
        .file("in/lib/people.esc", library)
        .file("in/lib/note.md", "so it is")
        .file("in/a \"b\".md", "so it is")
        .file("out/deep/empty", "")
        .stdin("come\nwarm\n");
    let arguments = [
        "play",
        "in/talks.esc",
        "--as",
        "north",
        "--set",
        "signed=no",
        "--record",
        "out/deep/game.esc",
    ];
    let (status, _, stderr) = case.parts(arguments);
    assert_eq!(status, 0, "{stderr}");
    assert_snapshot!("record", case.read("out/deep/game.esc"));
    case.status(0, ["check", "out/deep/game.esc"]);
    assert_eq!(recorded(&case, "out/deep/game.esc", &["--set", "signed=no"]).0, 0);
}

/// A bit of everything, as in the tests of simulation: delays, `once`, endings, a `when` that arms again.
const WHOLE: &str = r#"
scenario "Everything at once" { horizon 4 turns }
actor a
actor b
ladder "Rungs" { rung words rung force }
meter heat for each p in everyone: 0..3 = 1
state mood: calm < tense < angry
flag called
action shout at words { raise self.heat }
action hit at force
rule shouts for each p in everyone {
  while p.heat > 0
  then 30% { p does shout }
  or 20% within 3 turns { lower p.heat }
  else { mood becomes calm }
}
rule darkens { while a.heat + b.heat > 2  then 40% { raise mood } or 10% { lower mood } priority 1 }
rule calls { once  when mood >= tense  then likely after 2 turns { called becomes yes } }
decision answers by b {
  on a does shout
  option hit 10%..30% { b does hit against a }
  option wait
  option calm 20% within 2 turns { lower a.heat by 2 }
}
decision asks by a {
  when mood >= tense
  option soothe 40% { mood becomes calm }
  option wait
}
rule again { when not called  then 50% { raise b.heat } }
ending fight when level >= force
outcome tense when mood = angry
outcome quiet otherwise
"#;

/// The same without an end in time.
fn endless() -> Model {
    let mut model = loading::model(WHOLE).unwrap();
    model.horizon = None;
    model
}

/// Numbers from 0 to 1, as good as any for a test.
struct Lot(u64);

impl Lot {
    fn next(&mut self) -> f64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as f64 / (1_u64 << 31) as f64
    }

    fn option(&mut self, model: &Model, rule: usize) -> usize {
        let shares = Distribution::of_decision(&model.rules[rule].alternatives).estimate;
        let mut rest = self.next();
        shares
            .iter()
            .position(|share| {
                rest -= share;
                rest < 0.0
            })
            .unwrap_or(shares.len() - 1)
    }
}

/// Plays to the end with options drawn by the baseline policy.
fn play_out(game: &mut Game<'_>, lot: &mut Lot) {
    let model = &game.stage().model;
    while game.end().is_none() {
        match game.decision() {
            Some(decision) => game.choose(lot.option(model, decision.rule)),
            None => _ = game.go_on().unwrap(),
        }
    }
}

fn reached(game: &Game<'_>) -> Vec<bool> {
    let model = &game.stage().model;
    let last = game.moments().len() - 1;
    let holds = |at| game.has_reached(OutcomeId::new(at), last);
    let any = (0..model.outcomes.len()).any(holds);
    let outcomes = model.outcomes.iter().enumerate();
    outcomes.map(|(at, one)| one.condition.as_ref().map_or(!any, |_| holds(at))).collect()
}

#[test]
fn games_are_storylines_of_the_engine_as_often_as_it_says() {
    const GAMES: u64 = 600;
    let model = loading::model(WHOLE).unwrap();
    let stage = Stage::new(&model);
    let mut outlook = Outlook::explore(&stage, &Options::default()).unwrap();
    let exact = analysis::evaluate(&model, None, &Options::default()).unwrap();
    for players in [vec![], vec![1], vec![0, 1]] {
        let players: Vec<ActorId> = players.into_iter().map(ActorId::new).collect();
        let mut counts = vec![0_u64; model.outcomes.len()];
        for seed in 0..GAMES {
            let mut game = Game::begin(&stage, &players, seed).unwrap();
            play_out(&mut game, &mut Lot(seed));
            let found = reached(&game);
            counts.iter_mut().zip(&found).for_each(|(count, one)| *count += u64::from(*one));
            if seed % 40 == 0 {
                // Its situations are those of the graph, and its end is what the outlook says.
                let last = game.moments().len() - 1;
                let values =
                    outlook.from(&game, last).expect("every transition is one of the graph");
                let expected: Vec<f64> =
                    found.iter().map(|one| f64::from(u8::from(*one))).collect();
                assert_eq!(values, expected);
            }
        }
        for (count, outcome) in counts.iter().zip(&exact.outcomes) {
            let share = *count as f64 / GAMES as f64;
            let sigma = (outcome.estimate * (1.0 - outcome.estimate) / GAMES as f64).sqrt();
            // Few comparisons: one beyond four and a half of these is no chance.
            assert!((share - outcome.estimate).abs() < 4.5 * sigma, "{share} {}", outcome.estimate);
        }
    }
}

#[test]
fn an_outlook_is_the_mean_of_those_of_its_options() {
    for model in [loading::model(WHOLE).unwrap(), loading::model(TALKS).unwrap(), endless()] {
        let stage = Stage::new(&model);
        let players = stage.deciders();
        let mut outlook = Outlook::explore(&stage, &Options::default()).unwrap();
        let mut asked = 0;
        for seed in 0..10 {
            let mut game = Game::begin(&stage, &players, seed).unwrap();
            let mut lot = Lot(seed);
            while game.end().is_none() && game.now().turn < 50 {
                let Some(decision) = game.decision() else {
                    game.go_on().unwrap();
                    continue;
                };
                let options = outlook.options(&game, decision).unwrap();
                if game.now().choices.is_empty() {
                    let last = game.moments().len() - 1;
                    let now = outlook.from(&game, last).unwrap();
                    let shares =
                        Distribution::of_decision(&model.rules[decision.rule].alternatives)
                            .estimate;
                    for (at, now) in now.iter().enumerate() {
                        let parts = options.iter().zip(&shares);
                        let mean: f64 = parts.map(|(values, share)| values[at] * share).sum();
                        assert!((mean - now).abs() < 1e-7, "{mean} {now}");
                    }
                }
                asked += 1;
                game.choose(lot.option(&model, decision.rule));
            }
        }
        assert!(asked >= 10, "{asked}");
    }
}

#[test]
fn another_choice_changes_no_other_draw() {
    let model = loading::model(WHOLE).unwrap();
    let stage = Stage::new(&model);
    let players = [ActorId::new(1)];
    for seed in 0..40 {
        let mut game = Game::begin(&stage, &players, seed).unwrap();
        play_out(&mut game, &mut Lot(seed));
        let story = |game: &Game<'_>| format!("{:?}", game.moments());
        let before = story(&game);
        let mut taken: Vec<usize> = Vec::new();
        let turns: Vec<_> = game.moments().iter().flat_map(|one| one.choices.clone()).collect();
        taken.extend(turns.iter().map(|choice| choice.option));
        let mut count = 0;
        while game.undo() {
            count += 1;
        }
        assert_eq!(count, taken.len());
        let mut again = taken.iter();
        while game.end().is_none() {
            match game.decision() {
                Some(_) => game.choose(*again.next().unwrap()),
                None => _ = game.go_on().unwrap(),
            }
        }
        assert_eq!(story(&game), before);
    }
}

#[test]
fn all_shipped_scenarios_can_be_played_by_everybody() {
    for name in [
        "western-troops.esc",
        "cuban-missiles-1962.esc",
        "july-crisis-1914.esc",
        "tariff-spiral.esc",
    ] {
        let model = loading::model(&shipped(name)).unwrap_or_else(|why| panic!("{name}: {why}"));
        let stage = Stage::new(&model);
        for seed in 0..20 {
            let mut game = Game::begin(&stage, &stage.deciders(), seed).unwrap();
            play_out(&mut game, &mut Lot(seed));
            assert!(game.now().turn <= model.horizon.unwrap(), "{name}");
        }
    }
}

#[test]
fn without_a_horizon_a_game_ends_when_nothing_can_happen_or_is_decided() {
    let still = "actor a\naction x\ninject turn 0 { a does x }\ndecision d by a { on a does x option go { a does x } option stay }\n";
    let case = Case::new().file("s.esc", still).stdin("go\ngo\nstay\n");
    let (status, stdout, _) = case.parts(["play", "s.esc", "--as", "a"]);
    assert!(status == 0 && stdout.contains("Nothing can happen any more"), "{stdout}");
    let idle = format!(
        "{still}meter m: 0..1\nrule r {{ while m = 0 then 0%..1% {{ raise m }} }}\nrule s {{ while m = 1 then {{ lower m }} }}\n"
    );
    let case = Case::new().file("i.esc", &idle).stdin("stay\n");
    let (status, stdout, _) = case.parts(["play", "i.esc", "--as", "a"]);
    assert!(status == 0 && stdout.contains("For 1000 turns"), "{stdout}");
}
