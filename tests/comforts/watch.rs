//! `escalade watch`, as a process whose files are changed.

use crate::case::{Case, SOUND};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

/// The machine may be busy with other things.
const LONG: Duration = Duration::from_secs(60);

/// A process that watches `a.esc`, and what it prints.
struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    /// Begins, and waits until everything is told that there is to tell at first.
    fn new(case: &Case) -> Self {
        let mut child = Command::new(assert_cmd::cargo::cargo_bin!("escalade"))
            .args(["watch", "a.esc", "--width", "80"])
            .current_dir(case.folder())
            .env_remove("CLICOLOR_FORCE")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, lines) = channel();
        let streams: [Box<dyn std::io::Read + Send>; 2] =
            [Box::new(child.stdout.take().unwrap()), Box::new(child.stderr.take().unwrap())];
        for stream in streams {
            let sender = sender.clone();
            thread::spawn(move || {
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    if sender.send(line).is_err() {
                        return;
                    }
                }
            });
        }
        let watching = Self { child, lines };
        watching.until("watching `a.esc`");
        watching
    }

    /// What is printed up to a line with this text.
    #[track_caller]
    fn until(&self, wanted: &str) -> String {
        let mut printed = String::new();
        while let Ok(line) = self.lines.recv_timeout(LONG) {
            printed += &format!("{line}\n");
            assert!(!line.contains('\u{1b}'), "{line}");
            if line.contains(wanted) {
                return printed;
            }
        }
        panic!("`{wanted}` is not printed: {printed}");
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Writes a file as editors do that put a new one in the place of the old.
fn replace(case: &Case, name: &str, text: &str) {
    let path = |name: &str| -> PathBuf { case.folder().join(name) };
    fs::write(path("a.swp"), text).unwrap();
    fs::rename(path("a.swp"), path(name)).unwrap();
}

#[test]
fn what_changed_is_told_after_each_save() {
    let case = Case::new().file("a.esc", SOUND);
    let watching = Watching::new(&case);
    // Written in place, then replaced.
    let likelier = SOUND.replace("5%..15%", "20%..30%");
    fs::write(case.folder().join("a.esc"), &likelier).unwrap();
    watching.until("a.esc changed");
    watching.until("before and now");
    assert!(watching.until("reactions: ").contains('→'));
    replace(&case, "a.esc", &format!("{likelier}\n// A comment.\n"));
    watching.until("nothing changed in the results");
    // A mistake, while the last results are kept.
    replace(&case, "a.esc", &likelier.replace("does protest", "does protst"));
    watching.until("not evaluated: ");
    replace(&case, "a.esc", &likelier);
    watching.until("nothing changed in the results");
    replace(&case, "a.esc", &format!("{likelier}\nexpect never south has done close\n"));
    watching.until("✗ never south has done close");
    replace(&case, "a.esc", &format!("{likelier}\naction idle \"Idle\"\n"));
    watching.until("- never south has done close");
    watching.until("+ a.esc:");
    replace(&case, "a.esc", &likelier);
    watching.until("- a.esc:");
}

/// A contradiction in one reading takes nothing else along, and is told at each save.
#[test]
fn a_reading_that_contradicts_itself_takes_nothing_along() {
    let text = "scenario \"One reading only\" { horizon 3 turns }
param p = 0%
state s: a | b | c
rule one { when turn = 0 then p   { s becomes b } }
rule two { when turn = 0 then 30% { s becomes c } }
outcome o \"O\" when s = c
reading other \"Another view\" { param p = 10% }
reading third \"A third view\" { rule two: 34% }
";
    let case = Case::new().file("a.esc", text);
    let watching = Watching::new(&case);
    replace(&case, "a.esc", &text.replace("34%", "25%"));
    watching.until("a.esc changed");
    watching.until("READING  third");
    watching.until("34% → 25%");
    watching.until("NOT EVALUATED  other");
    replace(&case, "a.esc", &text.replace("param p = 10%", "rule one: 0%"));
    watching.until("READING  other is new");
    replace(&case, "a.esc", text);
    watching.until("NOT EVALUATED  other");
}

#[test]
fn files_that_it_names_are_watched_also_where_they_are_not_there_yet() {
    let text = format!("import \"lib/more.esc\"\n{SOUND}");
    let case = Case::new().file("a.esc", &text).file("lib/other.txt", "");
    let watching = Watching::new(&case);
    let case = case.file("lib/more.esc", "actor somebody \"Somebody\"\n");
    watching.until("more.esc changed");
    watching.until("OUTCOMES");
    let _case = case.file("lib/more.esc", "// Nothing.\n");
    watching.until("more.esc changed");
    watching.until("nothing changed in the results");
}

#[cfg(unix)]
#[test]
fn an_interruption_ends_it_with_130() {
    let case = Case::new().file("a.esc", SOUND);
    let mut watching = Watching::new(&case);
    let interrupted =
        Command::new("kill").args(["-INT", &watching.child.id().to_string()]).status().unwrap();
    assert!(interrupted.success());
    assert_eq!(watching.child.wait().unwrap().code(), Some(130));
}

#[test]
fn it_ends_when_nobody_reads_any_more() {
    let case = Case::new().file("a.esc", SOUND);
    let mut child = Command::new(assert_cmd::cargo::cargo_bin!("escalade"))
        .args(["watch", "a.esc"])
        .current_dir(case.folder())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert!(child.wait().unwrap().success());
}

#[test]
fn what_cannot_be_watched_is_refused() {
    let case = Case::new().file("a.esc", SOUND);
    case.status(2, ["watch", "-"]);
    case.status(2, ["watch", "a.esc", "--run", "3"]);
    case.status(2, ["watch", "a.esc", "--reading", "none"]);
    case.status(4, ["watch", "missing.esc"]);
}
