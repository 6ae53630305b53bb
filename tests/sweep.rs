//! Sweeps: their points, their parts, and that each row is what evaluating its point alone gives.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "sweep/empty.rs"]
mod empty;
#[path = "sweep/resumed.rs"]
mod resumed;

use assert_cmd::Command;
use std::path::Path;
use tempfile::TempDir;

const SCENARIO: &str = "
scenario \"Quarrel\" { horizon 6 turns }
actor a
actor b
param temper = 10%..40%
meter anger for each p in everyone: 0..4 = 1
state mood: calm | tense
action shout
rule shouts for each p in everyone {
  while p.anger > 0
  then temper { p does shout }
  or 5%..10% { lower p.anger }
}
rule hears for each p in everyone, q in everyone where p != q {
  on q does shout
  then 60% { raise p.anger }
}
rule sulks { while mood = tense  then 20% { raise a.anger } }
ending fight when every p in everyone (p.anger = 4)
outcome peace when every p in everyone (p.anger = 0)
";

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.esc"), SCENARIO).unwrap();
    folder
}

fn escalade(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = Command::cargo_bin("escalade")
        .unwrap()
        .current_dir(folder)
        .args(arguments)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn sweep(folder: &Path, arguments: &[&str]) -> String {
    let (status, stdout, stderr) = escalade(folder, &[&["sweep", "a.esc"], arguments].concat());
    assert_eq!(status, 0, "{stderr}");
    stdout
}

/// The rows below the head, as cells.
fn rows(table: &str) -> Vec<Vec<String>> {
    let cells = |line: &str| line.split(',').map(str::to_owned).collect();
    table.lines().skip(2).map(cells).collect()
}

#[test]
fn each_row_is_what_its_point_alone_gives() {
    let folder = folder();
    let table = sweep(
        folder.path(),
        &["--vary", "temper=0%..80%:20%", "--vary", "a.anger=0..4:2", "--vary", "mood=calm,tense"],
    );
    let head = table.lines().nth(1).unwrap();
    assert_eq!(
        head,
        "point,temper,a.anger,mood,situations,fight,fight_low,fight_high,fight_mean_turn,peace,peace_low,peace_high,peace_mean_turn,why_empty"
    );
    let rows = rows(&table);
    assert_eq!(rows.len(), 5 * 3 * 2);
    for row in rows.iter().step_by(7) {
        let sets = [
            format!("temper={}", row[1]),
            format!("a.anger={}", row[2]),
            format!("mood={}", row[3]),
        ];
        let mut arguments = vec!["run", "a.esc", "--format", "json"];
        sets.iter().for_each(|set| arguments.extend(["--set", set]));
        let (status, stdout, stderr) = escalade(folder.path(), &arguments);
        assert_eq!(status, 0, "{stderr}");
        let report: serde_json::Value = serde_json::from_str(&stdout).unwrap();
        for (at, outcome) in report["results"][0]["outcomes"].as_array().unwrap().iter().enumerate()
        {
            let near = |cell: &str, value: &serde_json::Value| match value.as_f64() {
                Some(value) => (cell.parse::<f64>().unwrap() - value).abs() < 1e-10,
                None => cell.is_empty(),
            };
            let cells = &row[5 + 4 * at..];
            assert!(near(&cells[0], &outcome["estimate"]), "{row:?} {outcome}");
            assert!(near(&cells[1], &outcome["bounds"]["both"][0]), "{row:?} {outcome}");
            assert!(near(&cells[2], &outcome["bounds"]["both"][1]), "{row:?} {outcome}");
            assert!(near(&cells[3], &outcome["mean_turn"]), "{row:?} {outcome}");
        }
    }
}

#[test]
fn the_parts_are_the_whole() {
    let folder = folder();
    let vary = ["--vary", "temper=0%..90%:1%"];
    let whole = sweep(folder.path(), &vary);
    for count in [1, 3, 7, 200] {
        let mut together = String::new();
        for number in 1..=count {
            let shard = format!("{number}/{count}");
            let part = sweep(folder.path(), &[&vary[..], &["--shard", &shard]].concat());
            // Each says of itself how it was made.
            let head: serde_json::Value =
                serde_json::from_str(part.lines().next().unwrap().strip_prefix("# ").unwrap())
                    .unwrap();
            assert_eq!(head["shard"], serde_json::json!([number, count]));
            assert_eq!(head["text_hash"].as_str().unwrap().len(), 64);
            together += &part;
        }
        let uncommented = |table: &str| {
            let lines = table.split_inclusive('\n').filter(|line| !line.starts_with('#'));
            lines.collect::<String>()
        };
        assert_eq!(uncommented(&together), uncommented(&whole), "{count}");
    }
    let one = sweep(folder.path(), &[&vary[..], &["--threads", "1"]].concat());
    assert_eq!(one, whole);
}

#[test]
fn a_sample_has_one_point_in_every_slice() {
    let folder = folder();
    let table = sweep(folder.path(), &["--sample", "40", "--seed", "3"]);
    assert!(table.lines().nth(1).unwrap().starts_with("point,temper,shouts.2,situations"));
    let rows = rows(&table);
    for (column, low, high) in [(1, 0.1, 0.4), (2, 0.05, 0.1)] {
        let mut slices: Vec<usize> = rows
            .iter()
            .map(|row| ((row[column].parse::<f64>().unwrap() - low) / (high - low) * 40.0) as usize)
            .collect();
        slices.sort_unstable();
        assert_eq!(slices, (0..40).collect::<Vec<_>>());
    }
    assert_eq!(sweep(folder.path(), &["--sample", "40", "--seed", "3"]), table);
    assert_ne!(sweep(folder.path(), &["--sample", "40", "--seed", "4"]), table);
}

#[test]
fn what_cannot_be_varied_is_explained() {
    let folder = folder();
    for (arguments, said) in [
        (&[][..], "nothing is varied"),
        (&["--vary", "tempr=0%..10%:5%"], "did you mean `temper`"),
        (&["--vary", "temper"], "NAME=LOW..HIGH:STEP"),
        (&["--vary", "temper=50%..10%:5%"], "upside down"),
        (&["--vary", "temper=0%..10%:-5%"], "above 0"),
        (&["--vary", "temper=0%..100%:0.000000001%"], "ten million"),
        (&["--vary", "a.anger=0..9"], "from 0 to 4"),
        (&["--vary", "mood=calm,glum"], "one of calm, tense"),
        (&["--vary", "temper=1%,2%", "--vary", "temper=3%"], "twice"),
        (&["--sample", "3", "--vary", "mood=calm"], "params over a range"),
        (&["--vary", "temper=1%,2%", "--shard", "3/2"], "I/N"),
        (&["--vary", "temper=1%,2%", "--method", "simulate"], "exactly"),
    ] {
        let (status, _, stderr) =
            escalade(folder.path(), &[&["sweep", "a.esc"], arguments].concat());
        assert_eq!(status, 2, "{arguments:?}: {stderr}");
        assert!(stderr.contains(said), "{arguments:?}: {stderr}");
    }
}

/// Where it cannot come to what was observed there is nothing to answer: the row says no more.
#[test]
fn points_that_cannot_be_observed_are_left_empty() {
    let folder = folder();
    let arguments =
        ["--vary", "temper=0%,20%,40%", "--observe", "turn 1: a does shout or b does shout"];
    let (status, table, said) =
        escalade(folder.path(), &[&["sweep", "a.esc"], &arguments[..]].concat());
    assert_eq!(status, 0, "{said}");
    let told = "warning: at 1 point (point 0: temper=0%) the answers are left empty: ";
    assert!(said.contains(told), "{said}");
    let rows = rows(&table);
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[0][..2], ["0", "0"]);
    let (last, answers) = rows[0][2..].split_last().unwrap();
    assert!(answers.iter().all(String::is_empty) && rows[0].len() == rows[1].len());
    assert!(!last.is_empty() && rows[1].last().unwrap().is_empty());
    assert!(!rows[1][2].is_empty() && !rows[1][3].is_empty());
    #[cfg(feature = "parquet")]
    {
        let file = [&arguments[..], &["--format", "parquet", "-o", "a.parquet"]].concat();
        let (status, _, said) = escalade(folder.path(), &[&["sweep", "a.esc"], &file[..]].concat());
        assert!(status == 0 && said.contains("at 1 point"), "{said}");
    }
}
