//! Scenarios from text.

#![allow(dead_code, reason = "each test binary uses its part")]

use escalade::diagnostic::{Diagnostic, Diagnostics};
use escalade::model::{self, Model};
use escalade::source::{Reader, Sources};

/// Situations, decisions, delays, endings: a bit of everything, and a `when` that arms again.
pub const WHOLE: &str = r#"
scenario "Everything at once" { horizon 12 turns }
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
  option calm 20% after 2 turns { lower a.heat by 2 }
}
rule again { when not called  then 50% { raise b.heat } }
ending fight when level >= force
outcome tense when mood = angry
outcome quiet otherwise
"#;

/// What the scenario of this text means; where it has errors, what they say.
pub fn model(text: &str) -> Result<Model, String> {
    let (model, told) = read(text);
    model.ok_or_else(|| told.iter().map(|it| format!("{}: {}\n", it.code, it.message)).collect())
}

/// What it means, if anything, and all that is said of it.
pub fn read(text: &str) -> (Option<Model>, Vec<Diagnostic>) {
    let mut diagnostics = Diagnostics::default();
    let model = model::load("scenario.esc", &Text(text), &mut Sources::default(), &mut diagnostics);
    (model, diagnostics.sorted())
}

/// One file in memory.
struct Text<'t>(&'t str);

impl Reader for Text<'_> {
    fn read(&self, _: &str) -> std::io::Result<Vec<u8>> {
        Ok(self.0.as_bytes().to_vec())
    }
}
