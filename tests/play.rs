//! Playing: games over a pipe, what they leave behind, and that a game is a storyline of the engine.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "cli/case.rs"]
mod case;
#[path = "play/draws.rs"]
mod draws;
mod loading;
#[path = "play/records.rs"]
mod records;

use case::{CONFLICT, Case};
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

/// `q` ends the game, unless an option is called so.
#[test]
fn one_letter_ends_a_game() {
    let play = |text: &str| {
        let case = Case::new().file("talks.esc", text).stdin("q\n");
        case.parts(["play", "talks.esc", "--as", "north"]).1
    };
    assert!(!play(TALKS).contains("There is no"), "{}", play(TALKS));
    let named = TALKS.replace("option come ", "option q ");
    assert!(play(&named).contains("In what tone?"), "{}", play(&named));
    assert!(!play(TALKS).contains("In what tone?"));
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
