//! What an interrupted sweep has left is gone on with, if it is what it was.

use super::{escalade, folder, sweep};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

const VARY: [&str; 2] = ["--vary", "temper=0%..90%:2%"];

fn resume(folder: &Path) -> (i32, String) {
    let arguments = [&["sweep", "a.esc"], &VARY[..], &["-o", "t.csv", "--resume"]].concat();
    let (status, _, said) = escalade(folder, &arguments);
    (status, said)
}

/// A table as it is while it is worked on: behind each row a hash of all before it.
fn marked(table: &str) -> String {
    let head = table.match_indices('\n').nth(1).unwrap().0 + 1;
    let (mut part, mut marks) = (table[..head].to_owned(), Sha256::new());
    marks.update(&table[..head]);
    for row in table[head..].lines() {
        marks.update(row);
        let mark: String =
            marks.clone().finalize()[..8].iter().map(|byte| format!("{byte:02x}")).collect();
        part += &format!("{row}\t#{mark}\n");
    }
    part
}

/// Whenever a sweep is killed, what it has left is gone on with; also before its first row.
#[test]
fn a_killed_sweep_goes_on() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    let long = ["--sample", "500"];
    let whole = sweep(folder.path(), &long);
    for wait in [2, 5, 10, 20, 40, 80, 160, 320, 640] {
        let mut child = Command::new(assert_cmd::cargo::cargo_bin!("escalade"))
            .args(["sweep", "a.esc", "--sample", "500", "-o", "t.csv"])
            .current_dir(folder.path())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(wait));
        child.kill().unwrap();
        child.wait().unwrap();
        let there: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
        assert!(there.len() <= 3, "{there:?}");
        if let Ok(part) = fs::read_to_string(path("t.csv.part")) {
            assert!(marked(&whole).starts_with(&part), "{part}");
        }
        let said = sweep(folder.path(), &[&long[..], &["-o", "t.csv", "--resume"]].concat());
        assert_eq!(said, "");
        assert_eq!(fs::read_to_string(path("t.csv")).unwrap(), whole, "{wait}");
        fs::remove_file(path("t.csv")).unwrap();
    }
}

#[test]
fn an_interrupted_sweep_goes_on() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    let whole = sweep(folder.path(), &VARY);
    let part = marked(&whole);
    // Wherever it was cut off, also before the first row, and in the head.
    let head = part.match_indices('\n').nth(1).unwrap().0 + 1;
    for cut in [0, 1, 20, head - 1, head, head + 3, part.len() - 1, part.len()] {
        fs::write(path("t.csv.part"), &part[..cut]).unwrap();
        assert_eq!(resume(folder.path()), (0, String::new()), "{cut}");
        assert_eq!(fs::read_to_string(path("t.csv")).unwrap(), whole, "{cut}");
        assert!(!path("t.csv.part").exists());
    }
    // Rows without marks are nobody's: they are evaluated again.
    fs::write(path("t.csv.part"), &whole[..whole.len() / 2]).unwrap();
    let (status, said) = resume(folder.path());
    assert!(status == 0 && said.starts_with("`t.csv.part`: 0 rows kept; what follows"), "{said}");
    assert_eq!(fs::read_to_string(path("t.csv")).unwrap(), whole);
}

/// Whatever is done to rows, none is taken that is not as it was written.
#[test]
fn damaged_rows_are_evaluated_again() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    let whole = sweep(folder.path(), &VARY);
    let part = marked(&whole);
    let lines: Vec<&str> = part.lines().take(8).collect();
    let joined = |lines: &[&str]| lines.join("\n") + "\n";
    let with = |at: usize, line: &str| {
        let mut lines = lines.clone();
        lines[at] = line;
        joined(&lines)
    };
    let swapped = |one: usize, other: usize| {
        let mut lines = lines.clone();
        lines.swap(one, other);
        joined(&lines)
    };
    let without = |at: usize| joined(&[&lines[..at], &lines[at + 1..]].concat());
    let doubled = |at: usize| joined(&[&lines[..=at], &lines[at..]].concat());
    let (row, mark) = lines[4].rsplit_once('\t').unwrap();
    let first = row.split_once(',').unwrap();
    let damages = [
        ("a digit is changed", with(4, &lines[4].replacen("0.", "0.1", 1))),
        ("a number is none", with(4, &format!("{},NaN\t{mark}", first.0))),
        ("the point is another", with(4, &format!("9,{}\t{mark}", first.1))),
        ("a row is empty", with(4, "")),
        ("a mark is changed", with(4, &format!("{row}\t#0123456789abcdef"))),
        ("a mark is gone", with(4, row)),
        ("rows are swapped", swapped(4, 5)),
        ("the first is missing", without(2)),
        ("one is missing", without(4)),
        ("one is doubled", doubled(4)),
        ("the last is doubled", doubled(7)),
        ("zeros", joined(&lines[..6]) + "\0\0\0\n"),
        ("something else follows", joined(&lines[..6]) + "# a comment\n"),
        ("a head follows", joined(&[&lines[..6], &lines[..2]].concat())),
        ("line ends of Windows", part.replace('\n', "\r\n").replacen("\r\n", "\n", 2)),
    ];
    for (what, text) in damages {
        fs::write(path("t.csv.part"), text).unwrap();
        let (status, said) = resume(folder.path());
        assert_eq!(status, 0, "{what}: {said}");
        assert!(
            said.contains("is not as it was written, and is evaluated again"),
            "{what}: {said}"
        );
        assert_eq!(fs::read_to_string(path("t.csv")).unwrap(), whole, "{what}");
    }
    // No text at all, torn.
    fs::write(path("t.csv.part"), [joined(&lines[..5]).as_bytes(), &[0xFF, 0xFE]].concat())
        .unwrap();
    assert_eq!(resume(folder.path()), (0, String::new()));
    assert_eq!(fs::read_to_string(path("t.csv")).unwrap(), whole);
}

/// A part of another sweep is refused, also one that is not the first; it is said what differs.
#[test]
fn a_part_of_another_sweep_is_refused() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    let text = fs::read_to_string(path("a.esc")).unwrap();
    for shard in [None, Some("1/2"), Some("2/2")] {
        let base = match shard {
            None => vec!["sweep", "a.esc", "-o", "t.csv"],
            Some(shard) => vec!["sweep", "a.esc", "-o", "t.csv", "--shard", shard],
        };
        // A part, as it lies there before it is complete.
        fs::write(path("a.esc"), &text).unwrap();
        let (_, table, _) =
            escalade(folder.path(), &[&["sweep", "a.esc"], &VARY[..], &base[4..]].concat());
        let part = table.split_inclusive('\n').take(4).collect::<String>();
        let mut other = vec![
            (text.replace("60%", "61%"), vec![VARY[0], VARY[1]], "the scenario has changed since"),
            (text.clone(), vec!["--vary", "temper=0%..90%:3%"], "`vary` was"),
            (text.clone(), vec!["--sample", "46"], "`sample` was not given, and is 46"),
            (text.clone(), vec![VARY[0], VARY[1], "--seed", "2"], "other options"),
            (text.clone(), vec![VARY[0], VARY[1], "--horizon", "3"], "other options"),
        ];
        if shard != Some("1/2") {
            other.push((text.clone(), vec![VARY[0], VARY[1], "--shard", "1/2"], "`shard` was"));
        }
        for (changed, arguments, why) in other {
            if arguments.contains(&"--shard") && shard.is_some() {
                continue;
            }
            fs::write(path("a.esc"), changed).unwrap();
            fs::write(path("t.csv.part"), &part).unwrap();
            let (status, _, said) =
                escalade(folder.path(), &[&base[..], &arguments, &["--resume"]].concat());
            assert_eq!(status, 4, "{shard:?} {why}: {said}");
            assert!(said.contains("was left by another sweep (") && said.contains(why), "{said}");
            assert_eq!(fs::read_to_string(path("t.csv.part")).unwrap(), part);
            assert!(!path("t.csv").exists());
        }
        fs::write(path("a.esc"), &text).unwrap();
        let (status, ..) = escalade(folder.path(), &[&base[..], &VARY, &["--resume"]].concat());
        assert_eq!(status, 0);
        assert_eq!(fs::read_to_string(path("t.csv")).unwrap(), table);
        fs::remove_file(path("t.csv")).unwrap();
    }
}

/// What was not left by a sweep stays, whatever it is; a link is not followed.
#[test]
fn what_is_somebody_elses_stays() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    for resume in [&[][..], &["--resume"]] {
        for text in ["mine", "something else\n", "# {\"format\":\"other/1\"}\n"] {
            fs::write(path("t.csv.part"), text).unwrap();
            let arguments = [&["sweep", "a.esc", "-o", "t.csv"], &VARY[..], resume].concat();
            let (status, _, said) = escalade(folder.path(), &arguments);
            assert_eq!(status, 4, "{said}");
            assert!(said.contains("`t.csv.part` was") && said.contains("move it away"), "{said}");
            assert_eq!(fs::read_to_string(path("t.csv.part")).unwrap(), text);
            assert!(!path("t.csv").exists());
        }
        fs::remove_file(path("t.csv.part")).unwrap();
        #[cfg(unix)]
        for target in ["kept", "gone"] {
            fs::write(path("kept"), "").unwrap();
            std::os::unix::fs::symlink(target, path("t.csv.part")).unwrap();
            let arguments = [&["sweep", "a.esc", "-o", "t.csv"], &VARY[..], resume].concat();
            let (status, _, said) = escalade(folder.path(), &arguments);
            assert!(status == 4 && said.contains("`t.csv.part` is a link"), "{said}");
            assert!(path("t.csv.part").is_symlink() && !path("gone").exists());
            assert_eq!(fs::read_to_string(path("kept")).unwrap(), "");
            fs::remove_file(path("t.csv.part")).unwrap();
        }
    }
    // One that a sweep has left is begun anew, unless it is to be gone on with.
    fs::write(
        path("t.csv.part"),
        "# {\"format\":\"escalade-sweep/1\",\"file\":\"b.esc\"}\npoint\n0\n",
    )
    .unwrap();
    let whole = sweep(folder.path(), &VARY);
    sweep(folder.path(), &[&VARY[..], &["-o", "t.csv"]].concat());
    assert_eq!(fs::read_to_string(path("t.csv")).unwrap(), whole);
    // And a sweep that cannot begin leaves nothing.
    let (status, ..) =
        escalade(folder.path(), &["sweep", "a.esc", "--vary", "temper=x", "-o", "u.csv"]);
    assert!(status == 2 && !path("u.csv.part").exists());
}

/// Two sweeps into one file: the second is refused, the first is whole.
#[test]
#[cfg(unix)]
fn one_sweep_at_a_time() {
    let folder = folder();
    let long = ["sweep", "a.esc", "--sample", "3000", "-o", "t.csv"];
    let mut first = Command::new(assert_cmd::cargo::cargo_bin!("escalade"))
        .args(long)
        .current_dir(folder.path())
        .spawn()
        .unwrap();
    let part = folder.path().join("t.csv.part");
    while fs::read_to_string(&part).is_ok_and(|text| text.is_empty()) || !part.exists() {
        assert!(first.try_wait().unwrap().is_none(), "it was too quick");
    }
    let mut refused = 0;
    for more in [&[][..], &["--resume"]] {
        let (status, _, said) = escalade(folder.path(), &[&long[..], more].concat());
        refused +=
            usize::from(status == 4 && said.contains("another sweep is writing `t.csv.part`"));
    }
    assert!(first.wait().unwrap().success());
    assert_eq!(refused, 2);
    let (_, whole, _) = escalade(folder.path(), &long[..4]);
    assert_eq!(fs::read_to_string(folder.path().join("t.csv")).unwrap(), whole);
}
