//! The parts of declarations, as they are compared and shown.

use super::PartChange;
use crate::model::STANCE_NAME;
use crate::source::{Sources, Span};
use crate::syntax::signs;
use crate::syntax::tree::{
    ActionRung, Block, Branch, Clause, ClauseKind, Cond, Constant, Delay, Domain, Each, Integer,
    Item, ItemKind, Likelihood, Name, Position, PositionPart, Quote, ReadingPartKind, ScenarioPart,
    SourceField, Text,
};

/// A part of a declaration.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Which.
    pub part: String,
    /// As people read it.
    pub shown: String,
    /// What is the same where the meaning is: without layout, comments and the order of what has none.
    pub compared: String,
    /// Whether results can hang on it.
    pub matters: bool,
}

impl Part {
    /// A part that is compared as it is shown.
    pub(super) fn new(part: &str, shown: &str, matters: bool) -> Self {
        let shown = sentence(shown);
        Self { part: part.to_owned(), compared: shown.clone(), shown, matters }
    }
}

/// White space as in one line.
pub(super) fn sentence(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a position is called.
pub(super) fn positions_name(tree: &Position) -> String {
    let name = format!("position {} on {}", tree.actor.text, tree.issue.text);
    match &tree.since {
        Some(since) => format!("{name} since {}", since.written),
        None => name,
    }
}

/// The parts that differ between two lists: of several of one name those that have no equal, in order.
pub(super) fn changes(before: &[Part], after: &[Part]) -> Vec<PartChange> {
    let mut gone: Vec<&Part> = Vec::new();
    let mut new: Vec<&Part> = after.iter().collect();
    for part in before {
        let same = |it: &&Part| it.part == part.part && it.compared == part.compared;
        match new.iter().position(same) {
            Some(at) => {
                new.remove(at);
            }
            None => gone.push(part),
        }
    }
    let mut changes = Vec::new();
    for part in gone {
        let pair = new.iter().position(|it| it.part == part.part).map(|at| new.remove(at));
        changes.push(PartChange {
            part: part.part.clone(),
            before: Some(part.shown.clone()),
            after: pair.map(|pair| pair.shown.clone()),
            matters: part.matters || pair.is_some_and(|pair| pair.matters),
        });
    }
    changes.extend(new.into_iter().map(|part| PartChange {
        part: part.part.clone(),
        before: None,
        after: Some(part.shown.clone()),
        matters: part.matters,
    }));
    changes
}

/// The parts of a declaration; those of a reading matter where it is the one that is asked for.
pub(super) fn parts(item: &Item, reading: Option<&str>, sources: &Sources) -> Vec<Part> {
    let mut found = Parts { sources, parts: Vec::new() };
    found.item(item, reading);
    if let Some(note) = &item.note
        && !matches!(item.kind, ItemKind::Scenario(_) | ItemKind::Lexicon(_))
    {
        found.add("note", note, false);
    }
    found.parts
}

struct Parts<'s> {
    sources: &'s Sources,
    parts: Vec<Part>,
}

impl Parts<'_> {
    fn add(&mut self, part: &str, shown: &str, matters: bool) {
        self.parts.push(Part::new(part, shown, matters));
    }

    fn title(&mut self, title: Option<&Text>) {
        if let Some(title) = title {
            self.add("title", &title.value, false);
        }
    }

    /// What is written at a place.
    fn text(&mut self, part: &str, span: Span) {
        self.texts(part, &[span], ", ");
    }

    /// What is written at several places whose order means nothing.
    fn texts(&mut self, part: &str, spans: &[Span], between: &str) {
        let signs = |span: &Span| signs(self.sources.text(*span)).join(" ");
        let mut compared: Vec<String> = spans.iter().map(|span| sentence(&signs(span))).collect();
        compared.sort_unstable();
        let shown: Vec<String> = spans.iter().map(|it| tidy(self.sources.text(*it))).collect();
        let (compared, shown) = (compared.join(", "), shown.join(between));
        self.parts.push(Part { part: part.to_owned(), shown, compared, matters: true });
    }

    fn names(&mut self, part: &str, names: &[Name], ordered: bool) {
        let shown: Vec<&str> = names.iter().map(|name| name.text.as_str()).collect();
        let mut compared = shown.clone();
        if !ordered {
            compared.sort_unstable();
        }
        let compared = compared.join(", ");
        let part = part.to_owned();
        self.parts.push(Part { part, shown: shown.join(", "), compared, matters: true });
    }

    fn quote(&mut self, part: &str, quote: &Quote) {
        let from = quote.from.as_ref().map(|name| format!(" from {}", name.text));
        let text = format!("\"{}\"{}", sentence(&quote.text.value), from.unwrap_or_default());
        self.add(part, &text, false);
    }

    fn each(&mut self, each: Option<&Each>) {
        if let Some(each) = each {
            self.text("members", each.span);
        }
    }

    fn likelihood(&mut self, part: &str, likelihood: Option<&Likelihood>) {
        let (shown, compared) = match likelihood {
            None => return,
            Some(Likelihood::Number(one)) => (one.written.clone(), one.value.to_string()),
            Some(Likelihood::Range(low, high)) => (
                format!("{}..{}", low.written, high.written),
                format!("{}..{}", low.value, high.value),
            ),
            Some(Likelihood::Word(word)) => (word.text.clone(), word.text.clone()),
        };
        self.parts.push(Part { part: part.to_owned(), shown, compared, matters: true });
    }

    fn delay(&mut self, part: &str, delay: Option<&Delay>) {
        if let Some(delay) = delay {
            self.text(part, delay.span);
        }
    }

    fn block(&mut self, part: &str, block: Option<&Block>) {
        if let Some(block) = block {
            let spans: Vec<Span> = block.effects.iter().map(|effect| effect.span).collect();
            self.texts(part, &spans, "; ");
        }
    }

    fn branch(&mut self, which: &str, branch: &Branch) {
        let named = |part: &str| {
            if which.is_empty() { part.to_owned() } else { format!("{which}: {part}") }
        };
        self.likelihood(&named("likelihood"), branch.likelihood.as_ref());
        self.delay(&named("delay"), branch.delay.as_ref());
        self.block(&named("effects"), branch.body.as_ref());
    }

    fn conds(&mut self, part: &str, conds: &[Cond]) {
        let spans: Vec<Span> = conds.iter().map(|cond| cond.span).collect();
        self.texts(part, &spans, " or ");
    }

    fn clauses(&mut self, clauses: &[Clause]) {
        let mut alternative = 1;
        let several = clauses.iter().any(|it| matches!(it.kind, ClauseKind::Or(_)));
        for clause in clauses {
            match &clause.kind {
                ClauseKind::On(events) => self.conds("trigger on", events),
                ClauseKind::When(cond) => self.text("trigger when", cond.span),
                ClauseKind::While(cond) => self.text("trigger while", cond.span),
                ClauseKind::If(cond) => self.text("guard", cond.span),
                ClauseKind::Then(branch) | ClauseKind::Or(branch) => {
                    let which = format!("alternative {alternative}");
                    self.branch(if several { &which } else { "" }, branch);
                    alternative += 1;
                }
                ClauseKind::Else(branch) => self.branch("else", branch),
                ClauseKind::Option { name, title, branch } => {
                    let which = format!("option {}", name.text);
                    self.add(&which, "", true);
                    if let Some(title) = title {
                        self.add(&format!("{which}: title"), &title.value, false);
                    }
                    self.branch(&which, branch);
                }
                ClauseKind::Because(quote) => self.quote("rationale", quote),
                ClauseKind::Once => self.add("once", "", true),
                ClauseKind::Priority(number) => self.integer("priority", number),
            }
        }
    }

    fn integer(&mut self, part: &str, number: &Integer) {
        self.add(part, &number.value.to_string(), true);
    }

    fn rungs(&mut self, rungs: &[ActionRung]) {
        for rung in rungs {
            let word = if rung.to { "to" } else { "at" };
            self.add("rung", &format!("{word} {}", rung.rung.text), true);
        }
    }

    fn position(&mut self, tree: &Position) {
        self.add("level", &tree.level.text, true);
        for part in &tree.parts {
            match part {
                PositionPart::Says(quote) => self.quote("says", quote),
                PositionPart::Because(quote) => self.quote("rationale", quote),
                PositionPart::Becomes { level, when, likelihood, .. } => {
                    let which = format!("becomes {}", level.text);
                    self.text(&format!("{which}: trigger"), when.span);
                    self.likelihood(&format!("{which}: likelihood"), likelihood.as_ref());
                }
            }
        }
    }

    fn domain(&mut self, domain: &Domain) {
        match domain {
            Domain::State { values, ordered } => {
                let ordered = ordered.iter().any(|less| *less);
                self.add("kind", if ordered { "ordered state" } else { "state" }, true);
                self.names("values", values, true);
            }
            Domain::Flag => self.add("kind", "flag", true),
            Domain::Meter { low, high } => {
                self.add("kind", "meter", true);
                self.add("range", &format!("{}..{}", low.value, high.value), true);
            }
        }
    }

    fn constant(&mut self, part: &str, constant: &Constant) {
        match constant {
            Constant::Name(name) => self.add(part, &name.text, true),
            Constant::Integer(number) => self.integer(part, number),
            Constant::Text(text) => self.add(part, &format!("\"{}\"", text.value), true),
        }
    }

    fn item(&mut self, item: &Item, reading: Option<&str>) {
        match &item.kind {
            ItemKind::Import(_) | ItemKind::Broken(_) => {}
            ItemKind::Scenario(tree) => {
                self.title(tree.title.as_ref());
                for part in &tree.parts {
                    match part {
                        ScenarioPart::Summary(text) => self.add("text", &text.value, false),
                        ScenarioPart::Start(date) => self.add("date", &date.written, true),
                        ScenarioPart::Turn(time) | ScenarioPart::Horizon(time) => {
                            let unit = time.unit.text.trim_end_matches('s');
                            let number = time.count.value;
                            let plural = if number == 1 { "" } else { "s" };
                            self.add("length", &format!("{number} {unit}{plural}"), true);
                        }
                    }
                }
            }
            ItemKind::Source(tree) => {
                self.title(tree.title.as_ref());
                for field in &tree.fields {
                    match field {
                        SourceField::By(text) => self.add("by", &text.value, false),
                        SourceField::Date(date) => self.add("date", &date.written, false),
                        SourceField::Url(text) => self.add("url", &text.value, false),
                        SourceField::File(text) => self.add("file", &text.value, false),
                        SourceField::Grade(grade) => self.add("grade", &grade.text, false),
                    }
                }
            }
            ItemKind::Actor(tree) => {
                self.title(tree.title.as_ref());
                tree.voices.iter().for_each(|voice| self.add("voice", &voice.value, false));
                for attribute in &tree.attributes {
                    self.constant(&attribute.key.text, &attribute.value);
                }
            }
            ItemKind::Group(tree) => {
                self.title(tree.title.as_ref());
                self.names("members", &tree.members, false);
            }
            ItemKind::Relation(tree) => {
                self.title(tree.title.as_ref());
                let mut pairs: Vec<String> = Vec::new();
                for pair in &tree.pairs {
                    let (left, right) = (&pair.left.text, &pair.right.text);
                    pairs.push(match (pair.directed, left <= right) {
                        (true, _) => format!("{left} -> {right}"),
                        (false, true) => format!("{left} - {right}"),
                        (false, false) => format!("{right} - {left}"),
                    });
                }
                pairs.sort_unstable();
                self.add("pairs", &pairs.join(", "), true);
            }
            ItemKind::Scale(tree) => {
                self.title(tree.title.as_ref());
                self.names("levels", &tree.levels, true);
            }
            ItemKind::Issue(tree) => {
                self.title(tree.title.as_ref());
                let scale = tree.scale.as_ref().map_or(STANCE_NAME, |scale| scale.text.as_str());
                self.add("scale", scale, true);
            }
            ItemKind::Position(tree) => self.position(tree),
            ItemKind::Ladder(tree) => {
                self.title(tree.title.as_ref());
                let names: Vec<Name> = tree.rungs.iter().map(|rung| rung.name.clone()).collect();
                self.names("rungs", &names, true);
                for rung in &tree.rungs {
                    if let Some(title) = &rung.title {
                        self.add(&format!("rung {}: title", rung.name.text), &title.value, false);
                    }
                }
                if let Some(start) = &tree.start {
                    self.add("start", &start.text, true);
                }
            }
            ItemKind::Variable(tree) => {
                self.title(tree.title.as_ref());
                self.each(tree.each.as_ref());
                self.domain(&tree.domain);
                if let Some(initial) = &tree.initial {
                    self.constant("initial value", initial);
                }
            }
            ItemKind::Param(tree) => {
                self.title(tree.title.as_ref());
                self.likelihood("likelihood", Some(&tree.value));
            }
            ItemKind::Lexicon(tree) => {
                for word in &tree.words {
                    self.likelihood("likelihood", Some(&word.value));
                }
            }
            ItemKind::Action(tree) => {
                self.title(tree.title.as_ref());
                self.rungs(&tree.rungs);
                if !tree.by.is_empty() {
                    self.names("by", &tree.by, false);
                }
                self.block("effects", tree.body.as_ref());
            }
            ItemKind::Inject(tree) => self.block("effects", Some(&tree.body)),
            ItemKind::Rule(tree) => {
                self.title(tree.title.as_ref());
                self.each(tree.each.as_ref());
                self.clauses(&tree.clauses);
            }
            ItemKind::Decision(tree) => {
                self.title(tree.title.as_ref());
                if let Some(by) = &tree.by {
                    self.add("by", &by.text, true);
                }
                self.each(tree.each.as_ref());
                self.clauses(&tree.clauses);
            }
            ItemKind::Outcome(tree) => {
                self.title(tree.title.as_ref());
                self.add("kind", if tree.ending { "ending" } else { "outcome" }, true);
                match &tree.when {
                    Some(cond) => self.text("condition", cond.span),
                    None => self.add("condition", "otherwise", true),
                }
            }
            ItemKind::Expect(tree) => {
                self.text("expected", tree.span);
                self.parts.iter_mut().for_each(|part| part.matters = false);
            }
            ItemKind::Observe(_) => self.text("observed", item.span),
            ItemKind::Reading(tree) => {
                let asked = reading == Some(tree.name.text.as_str());
                self.title(tree.title.as_ref());
                for part in &tree.parts {
                    match &part.kind {
                        ReadingPartKind::Voice(text) => self.add("voice", &text.value, false),
                        ReadingPartKind::Because(quote) => self.quote("rationale", quote),
                        ReadingPartKind::Position { .. }
                        | ReadingPartKind::Initial { .. }
                        | ReadingPartKind::Param { .. }
                        | ReadingPartKind::Rule { .. }
                        | ReadingPartKind::Disable(_) => {
                            self.text("change", part.span);
                            if let Some(last) = self.parts.last_mut() {
                                last.matters = asked;
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The text on one line, without comments.
fn tidy(text: &str) -> String {
    if text.contains("//") || text.contains("/*") {
        return sentence(&signs(text).join(" "));
    }
    sentence(text)
}
