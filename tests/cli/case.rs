//! One run of the binary in a folder of its own: what it wrote where, and its exit status.

#![allow(dead_code, reason = "each test binary uses its part")]

use assert_cmd::Command;
use std::fs;
use std::path::Path;

/// A folder with files, and what standard input says.
pub struct Case {
    folder: tempfile::TempDir,
    stdin: String,
}

impl Case {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), stdin: String::new() }
    }

    pub fn file(self, path: &str, text: &str) -> Self {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    pub fn stdin(mut self, text: &str) -> Self {
        self.stdin = text.to_owned();
        self
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.folder.path().join(path)).unwrap()
    }

    /// The names of the files in the folder, sorted.
    pub fn files(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// Exit status, standard output, standard error.
    pub fn parts<const N: usize>(&self, arguments: [&str; N]) -> (i32, String, String) {
        self.parts_of(&arguments)
    }

    /// The same of any number of words.
    pub fn parts_of(&self, arguments: &[&str]) -> (i32, String, String) {
        self.end(self.command(arguments).env_remove("CLICOLOR_FORCE"))
    }

    /// The same where the environment asks for colours whatever the output is.
    pub fn forced(&self, arguments: &[&str]) -> (i32, String, String) {
        self.end(self.command(arguments).env("CLICOLOR_FORCE", "1"))
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("escalade"));
        command.args(arguments).current_dir(self.folder.path()).env_remove("NO_COLOR");
        command
    }

    fn end(&self, command: &mut Command) -> (i32, String, String) {
        let output = command.write_stdin(self.stdin.clone()).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }

    /// Everything about a run in one text, for a snapshot.
    pub fn run<const N: usize>(&self, arguments: [&str; N]) -> String {
        let (status, stdout, stderr) = self.parts(arguments);
        format!(
            "$ escalade {}\n-- status {status}\n-- stdout\n{stdout}-- stderr\n{stderr}--\n",
            arguments.join(" ")
        )
    }

    #[track_caller]
    pub fn status<const N: usize>(&self, status: i32, arguments: [&str; N]) {
        let (actual, stdout, stderr) = self.parts(arguments);
        assert_eq!(actual, status, "{arguments:?}\n{stdout}\n{stderr}");
    }
}

/// No errors, no warnings, all expectations hold.
pub const SOUND: &str = r#"
scenario "The bridge" {
  summary "Two states and a bridge."
  start 2025-03-03
  turn 1 week
  horizon 6 turns
}
source report "What the observers saw" { by "The observers" date 2025-03-01 grade B2 }
actor north "North"
actor south "South"
issue talks "Talks"
position north on talks: wary { says "we do not exclude talks" from report }
position south on talks: open { says "we are open to talks" from report }
ladder "Rungs" {
  rung words "Statements"
  rung closure "The bridge is closed"
  rung force "Shots are fired"
}
meter tension "Tension": 0..5 = 1
action protest "Protest" at words by north
action close "Close the bridge" at closure by south { raise tension by 2 }
action shoot "Fire across" at force by north { raise tension by 2 }
inject turn 0 { south does close }
rule north_protests "North protests" {
  on south does close
  if north on talks <= neutral and south on talks >= open
  then almost_certain { north does protest }
  because "it has protested each time before" from report
}
rule north_shoots "A patrol loses its nerve" {
  while tension >= 3
  if north has done protest
  then 5%..15% { north does shoot against south }
  because "there were two close calls" from report
}
decision south_answers "What South does next" by south {
  on north does protest
  option calm "Calm down" 70% { lower tension by 2 }
  option wait "Wait"
  because "its government is divided" from report
}
ending shots "Shots are fired" when level >= force
outcome stuck "Nothing more" otherwise
expect P(shots) <= 60%
expect possible tension = 5
"#;

/// Two mistakes, in two declarations.
pub const BROKEN: &str = r#"
scenario "Broken" { horizon 3 turns }
actor north "North"
action protest "Protest"
rule one "One" {
  when turn >= 1
  then likly { north does protest }
}
rule two "Two" {
  when turn >= 1
  then { nort does protest }
}
"#;

/// No error, but warnings.
pub const DOUBTFUL: &str = r#"
scenario "Doubtful" { horizon 3 turns }
actor north "North"
action protest "Protest"
rule one "One" {
  when turn >= 1
  then 50% { north does protest }
}
outcome protested "Protested" when north has done protest
"#;

/// One expectation fails.
pub const FAILING: &str = r#"
scenario "Failing" { horizon 3 turns }
source report "Report"
actor north "North"
action protest "Protest"
rule one "One" {
  when turn >= 1
  then 50% { north does protest }
  because "so it is" from report
}
outcome protested "Protested" when north has done protest
expect P(protested) <= 60%
expect "no protest": never north has done protest
"#;

/// An expectation that holds, but not in one of the readings.
pub const READINGS: &str = r#"
scenario "Readings" { horizon 3 turns }
source report "Report"
actor north "North"
action protest "Protest"
param nerve "Nerve" = 20%..40%
rule one "One" {
  when turn >= 1
  then nerve { north does protest }
  because "so it is" from report
}
outcome protested "Protested" when north has done protest
expect P(protested) <= 60%
reading better "It is a bluff" { voice "The embassy" param nerve = unlikely }
reading worse "It is serious" { voice "The staff" param nerve = 90% }
"#;

/// Two rules give one variable different values in one turn.
pub const CONFLICT: &str = r#"
scenario "Conflict" { horizon 3 turns }
source report "Report"
state front "Front": calm | north | south
rule one "One" { when turn >= 1 then 50% { front becomes north } because "so it is" from report }
rule two "Two" { when turn >= 1 then 50% { front becomes south } because "so it is" from report }
outcome moved "Moved" when front != calm
"#;

/// Declarations to be imported.
pub const LIBRARY: &str = r#"
actor east "East"
"#;
