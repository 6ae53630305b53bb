//! `// escalade: allow(CODE)`: what a scenario's author has seen and lets stand.

mod comment;
mod reach;

use crate::diagnostic::lint;
use crate::diagnostic::pages::lints::{NEEDLESS_ALLOW, NO_SUCH_LINT};
use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};
use crate::syntax::tree;
use comment::{Asked, asked};
use reach::{Layer, Reach, reach};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// All that the comments of a scenario's files allow.
#[derive(Debug, Default)]
pub(super) struct Allows {
    all: Vec<Allow>,
    /// For each lint and layer of a file, where it is allowed.
    places: FxHashMap<(FileId, Layer, Code), Places>,
    /// What is wrong with the comments.
    wrong: Vec<Diagnostic>,
}

/// By where a stretch of a file begins, where it ends, and the number of what allows something there.
type Places = BTreeMap<u32, (u32, usize)>;

/// One lint that a comment allows.
#[derive(Debug)]
struct Allow {
    code: Code,
    /// Where the comment names it.
    named: Span,
    written: String,
    /// Whether something was found there.
    used: bool,
}

impl Allows {
    /// Adds what the comments of a file allow.
    pub(super) fn read(&mut self, file: FileId, text: &str, tree: &tree::File) {
        for comment in &tree.comments {
            match asked(&comment.text) {
                Asked::Nothing => {}
                Asked::Unclear => {
                    let message = "this comment to escalade is not understood";
                    let told = Diagnostic::new(NO_SUCH_LINT, comment.span, message)
                        .help("write `// escalade: allow(CODE)`, several codes or names separated by commas");
                    self.wrong.push(told);
                }
                Asked::Allow(names) => {
                    let reach = reach(comment.span, text, tree);
                    for (at, name) in names {
                        let start = comment.span.start as usize + at;
                        self.add(&reach, name, Span::new(file, start, start + name.len()));
                    }
                }
            }
        }
    }

    fn add(&mut self, reach: &[Reach], written: &str, named: Span) {
        let Some(code) = lint::find(written) else {
            self.wrong.push(unknown(written, named));
            return;
        };
        let number = self.all.len();
        self.all.push(Allow { code, named, written: written.to_owned(), used: false });
        for Reach { layer, start, end } in reach {
            let places = self.places.entry((named.file, *layer, code)).or_default();
            places.entry(*start).or_insert((*end, number));
        }
    }

    /// Whether a doubt of this lint at this place is allowed; the nearest comment counts as used.
    pub(super) fn allow(&mut self, code: Code, place: Span) -> bool {
        let nearest = Layer::NEAREST_FIRST.iter().find_map(|layer| {
            let places = self.places.get(&(place.file, *layer, code))?;
            let (_, (end, number)) = places.range(..=place.start).next_back()?;
            (place.start < *end).then_some(*number)
        });
        if let Some(number) = nearest {
            self.all[number].used = true;
        }
        nearest.is_some()
    }

    /// What is wrong with the comments themselves.
    pub(super) fn take_wrong(&mut self) -> Vec<Diagnostic> {
        std::mem::take(&mut self.wrong)
    }

    /// The comments of a file that allow what was not found there.
    pub(super) fn needless(&self, file: FileId) -> Vec<Diagnostic> {
        // One that allows needless ones speaks of those beside it.
        let left = self.all.iter().filter(|allow| !allow.used && allow.code != NEEDLESS_ALLOW);
        left.filter(|allow| allow.named.file == file)
            .map(|allow| {
                let message =
                    format!("`{}` is allowed where nothing of it was found", allow.written);
                Diagnostic::new(NEEDLESS_ALLOW, allow.named, message)
                    .help("take it out, so that it does not hide what comes later")
            })
            .collect()
    }
}

fn unknown(written: &str, named: Span) -> Diagnostic {
    let error = crate::diagnostic::lint::page(written).is_some();
    let message = if error {
        format!("`{written}` is an error, which cannot be allowed")
    } else {
        format!("there is no lint `{written}`")
    };
    let help = match did_you_mean(written, lint::words()) {
        _ if error => "mend what it tells of".to_owned(),
        Some(hint) => hint,
        None => "`escalade explain` lists all: those with a `W` can be allowed".to_owned(),
    };
    Diagnostic::new(NO_SUCH_LINT, named, message).help(help)
}
