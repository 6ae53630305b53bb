//! Titles in scripts that are written from right to left, on pages that are written from left to right.
//!
//! A number or a sign behind such a title would be drawn on its other side, as a part of it. So on pages every text
//! of the scenario stands by itself: marks of our own, which no text may have, go around it as long as
//! sentences are put together, and each page writes them in its own way: `bdi` in HTML, the isolates of
//! Unicode elsewhere (<https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates>). Names, and the lines
//! of a scenario, have no marks around them: their words in such a script are found when they are written.

use crate::analysis::Evidence;
use crate::model::{AttributeValue, Model, Quote};
use std::borrow::Cow;

/// Before a text that stands by itself; no character, so that no text has it.
pub const OPEN: char = '\u{FDD0}';
/// Behind it.
pub const CLOSE: char = '\u{FDD1}';

/// The scenario with every text for people marked; its names stay what they are.
#[must_use]
pub fn isolated(model: &Model) -> Model {
    let mut model = model.clone();
    mark(&mut model.title);
    model.summary.iter_mut().for_each(mark);
    for source in &mut model.sources {
        mark(&mut source.title);
        source.by.iter_mut().for_each(mark);
    }
    for actor in &mut model.actors {
        mark(&mut actor.title);
        actor.voices.iter_mut().for_each(mark);
        actor.note.iter_mut().for_each(mark);
        for (_, value) in &mut actor.attributes {
            if let AttributeValue::Text(text) = value {
                mark(text);
            }
        }
    }
    model.groups.iter_mut().for_each(|group| mark(&mut group.title));
    model.issues.iter_mut().for_each(|issue| mark(&mut issue.title));
    for position in &mut model.positions {
        position.says.iter_mut().chain(&mut position.because).for_each(mark_quote);
    }
    if let Some(ladder) = &mut model.ladder {
        mark(&mut ladder.title);
        ladder.rungs.iter_mut().for_each(|rung| mark(&mut rung.title));
    }
    model.variables.iter_mut().for_each(|variable| mark(&mut variable.title));
    model.params.iter_mut().for_each(|param| mark(&mut param.title));
    model.lexicon.iter_mut().for_each(|word| mark(&mut word.title));
    for action in &mut model.actions {
        mark(&mut action.title);
        action.note.iter_mut().for_each(mark);
    }
    for declaration in &mut model.declarations {
        mark(&mut declaration.title);
        declaration.because.iter_mut().for_each(mark_quote);
        declaration.note.iter_mut().for_each(mark);
        declaration.option_titles.iter_mut().for_each(mark);
    }
    for outcome in &mut model.outcomes {
        mark(&mut outcome.title);
        outcome.note.iter_mut().for_each(mark);
    }
    model.expectations.iter_mut().filter_map(|one| one.title.as_mut()).for_each(mark);
    for reading in &mut model.readings {
        mark(&mut reading.title);
        reading.voices.iter_mut().for_each(mark);
        reading.because.iter_mut().for_each(mark_quote);
    }
    model
}

/// What is given for claims, marked the same way.
#[must_use]
pub fn isolated_evidence(evidence: &Evidence) -> Evidence {
    let mut evidence = evidence.clone();
    let reasons = evidence.claims.iter_mut().flat_map(|claim| &mut claim.reasons);
    reasons.for_each(|reason| mark(&mut reason.text));
    evidence
}

fn mark_quote(quote: &mut Quote) {
    mark(&mut quote.text);
}

/// Marks a text that has letters of such a script.
fn mark(text: &mut String) {
    if text.contains(|c: char| runs_left(c) || is_mark(c)) {
        let plain = bare(text);
        *text = format!("{OPEN}{plain}{CLOSE}");
    }
}

/// The text without marks.
#[must_use]
pub fn bare(text: &str) -> String {
    text.chars().filter(|c| !is_mark(*c)).collect()
}

/// The text with marks as the isolates of Unicode.
#[must_use]
pub fn with_isolates(text: &str) -> String {
    let sign = |c| match c {
        OPEN => '\u{2068}',
        CLOSE => '\u{2069}',
        other => other,
    };
    marked(text).chars().map(sign).collect()
}

/// The text with marks also around names, and around words in quotations of the scenario; every mark has
/// its other half.
#[must_use]
pub fn marked(text: &str) -> Cow<'_, str> {
    if !text.contains(|c: char| runs_left(c) || is_mark(c)) {
        return Cow::Borrowed(text);
    }
    let mut words = Words::default();
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            OPEN => {
                words.end();
                words.out.push(OPEN);
                depth += 1;
            }
            CLOSE if depth > 0 => {
                words.out.push(CLOSE);
                depth -= 1;
            }
            CLOSE => {}
            c if depth > 0 => words.out.push(c),
            c => words.take(c),
        }
    }
    words.end();
    words.out.extend(std::iter::repeat_n(CLOSE, depth));
    Cow::Owned(words.out)
}

/// The lines that a text was broken into: what is open at the end of one goes on in the next.
#[must_use]
pub fn carried_over(lines: Vec<String>) -> Vec<String> {
    let mut open = 0_usize;
    let carried = lines.into_iter().map(|line| {
        let begins = open;
        for c in line.chars().filter(|c| is_mark(*c)) {
            open = if c == OPEN { open + 1 } else { open.saturating_sub(1) };
        }
        if begins == 0 { line } else { format!("{}{line}", OPEN.to_string().repeat(begins)) }
    });
    carried.collect()
}

/// Text under way, with the words from right to left at its end: what is sure to belong to them, and what does
/// if more of them follow.
#[derive(Default)]
struct Words {
    out: String,
    run: String,
    between: String,
}

impl Words {
    fn take(&mut self, c: char) {
        let inside = !self.run.is_empty();
        if runs_left(c) {
            let between = std::mem::take(&mut self.between);
            self.run.push_str(&between);
            self.run.push(c);
        } else if inside && self.between.is_empty() && (c.is_alphanumeric() || c == '_') {
            self.run.push(c);
        } else if inside && matches!(c, ' ' | '-' | '\'' | '’') {
            self.between.push(c);
        } else {
            self.end();
            self.out.push(c);
        }
    }

    fn end(&mut self) {
        if !self.run.is_empty() {
            self.out.push(OPEN);
            self.out.push_str(&std::mem::take(&mut self.run));
            self.out.push(CLOSE);
        }
        self.out.push_str(&std::mem::take(&mut self.between));
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, OPEN | CLOSE)
}

/// Whether a character belongs to a script that is written from right to left: the blocks of Hebrew, Arabic,
/// Syriac, Thaana, N'Ko and what else Unicode keeps for such scripts.
fn runs_left(c: char) -> bool {
    matches!(
        c,
        '\u{590}'..='\u{8FF}'
            | '\u{FB1D}'..='\u{FDCF}'
            | '\u{FDF0}'..='\u{FDFF}'
            | '\u{FE70}'..='\u{FEFC}'
            | '\u{10800}'..='\u{10FFF}'
            | '\u{1E800}'..='\u{1EFFF}'
    )
}

#[cfg(test)]
mod tests {
    use super::{CLOSE, OPEN, carried_over, marked, with_isolates};

    /// The text with its marks as brackets.
    fn shown(text: &str) -> String {
        marked(text).replace(OPEN, "⟨").replace(CLOSE, "⟩")
    }

    #[test]
    fn names_stand_by_themselves() {
        assert_eq!(shown("front >= 3"), "front >= 3");
        assert_eq!(shown("חזית >= 3"), "⟨חזית⟩ >= 3");
        assert_eq!(shown("חזית_2 = מתוח and x"), "⟨חזית_2⟩ = ⟨מתוח⟩ and x");
        assert_eq!(shown("outcome o \"עימות בים\" when"), "outcome o \"⟨עימות בים⟩\" when");
    }

    #[test]
    fn every_mark_has_its_other_half() {
        assert_eq!(shown(&format!("a {OPEN}שלב 2{CLOSE}: 3%")), "a ⟨שלב 2⟩: 3%");
        assert_eq!(shown(&format!("{OPEN}שלב")), "⟨שלב⟩");
        assert_eq!(shown(&format!("{CLOSE}a")), "a");
        assert_eq!(with_isolates("ירי (1)"), "\u{2068}ירי\u{2069} (1)");
        let lines = vec![format!("{OPEN}שלב"), format!("2{CLOSE}: 3%")];
        assert_eq!(carried_over(lines)[1], format!("{OPEN}2{CLOSE}: 3%"));
    }
}
