//! Loading large scenarios: in time that grows as their text does, and to the same tree however
//! the text is shared out. And evaluating: in time that grows as what occurs does.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "cli/case.rs"]
mod case;
#[path = "growth/occurs.rs"]
mod occurs;
#[path = "../benches/texts/mod.rs"]
mod texts;

use escalade::diagnostic::{Diagnostic, Diagnostics, Severity};
use escalade::model;
use escalade::source::{FileId, Reader, Sources};
use escalade::syntax;
use std::time::{Duration, Instant};

struct Memory(String);

impl Reader for Memory {
    fn read(&self, _: &str) -> std::io::Result<Vec<u8>> {
        Ok(self.0.clone().into_bytes())
    }
}

fn load(text: String) -> (bool, Vec<Diagnostic>) {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let model = model::load("big.esc", &Memory(text), &mut sources, &mut diagnostics);
    (model.is_some(), diagnostics.sorted())
}

/// The least time that loading takes in some runs.
fn time(text: &str) -> Duration {
    let run = |_| {
        let text = text.to_owned();
        let start = Instant::now();
        load(text);
        start.elapsed()
    };
    (0..3).map(run).min().unwrap()
}

#[test]
fn what_is_good_has_no_errors() {
    for kind in &texts::GOOD {
        let (loads, found) = load((kind.text)(kind.many / 50));
        let errors = found.iter().filter(|one| one.severity == Severity::Error);
        assert!(loads, "{}: {:?}", kind.name, errors.collect::<Vec<_>>());
    }
}

/// Eight times as much takes about eight times as long; were it quadratic anywhere, 64 times.
#[test]
fn time_grows_as_the_text_does() {
    const TIMES: usize = 8;
    for kind in texts::GOOD.iter().chain(&texts::BAD) {
        let (small, large) = (kind.many / 10, kind.many / 10 * TIMES);
        let large = time(&(kind.text)(large));
        // What is as quick as this may take any multiple of next to nothing.
        if large < Duration::from_millis(300) {
            continue;
        }
        let ratio = large.as_secs_f64() / time(&(kind.text)(small)).as_secs_f64();
        assert!(ratio < 4.0 * TIMES as f64, "{}: {ratio:.0} times as long", kind.name);
    }
}

/// A text in one line is read from its beginning to its end; in lines, it is read in shares.
#[test]
fn shares_make_no_difference() {
    for name in
        ["rules", "rules with names of their own", "nested conditions", "issues and positions"]
    {
        let kind = texts::GOOD.iter().find(|kind| kind.name == name).unwrap();
        let lines = (kind.text)(kind.many / 20);
        let line = lines.replace('\n', " ");
        let read = |text: &str| {
            let mut diagnostics = Diagnostics::default();
            format!("{:?}", syntax::parse(FileId(0), text, &mut diagnostics))
        };
        assert!(read(&lines) == read(&line), "{name}");
    }
}

#[test]
fn threads_make_no_difference() {
    for kind in texts::GOOD.iter().chain(&texts::BAD) {
        let text = (kind.text)(kind.many / 20);
        let on = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| {
                let mut diagnostics = Diagnostics::default();
                let tree = syntax::parse(FileId(0), &text, &mut diagnostics);
                format!("{tree:?} {:?}", diagnostics.sorted())
            })
        };
        assert!(on(1) == on(4), "{}", kind.name);
    }
}

/// One slip hides nothing, wherever it stands among the shares.
#[test]
fn a_slip_is_told_once() {
    let kind = texts::BAD.iter().find(|kind| kind.name == "a slip among rules").unwrap();
    let (loads, found) = load((kind.text)(2_000));
    let errors: Vec<_> = found.iter().filter(|one| one.severity == Severity::Error).collect();
    assert!(!loads && errors.len() == 1, "{errors:?}");
}
