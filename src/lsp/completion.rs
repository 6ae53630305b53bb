//! Completion: what may stand at a place, with what it means.

use super::context::{Context, Expected, context};
use super::declared::{Kind, World};
use super::documents::Document;
use super::occurrences::Owner;
use super::range_text;
use crate::model::{STANCE_NAME, WORDS};
use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionTextEdit, InsertTextFormat, Position, TextEdit,
};

/// What may stand at a place. `snippets`: whether the client lets places be filled in.
#[must_use]
pub fn completion(
    document: &Document,
    world: &World,
    at: Position,
    snippets: bool,
) -> Vec<CompletionItem> {
    let text = &document.text;
    let offset = document.lines.offset(text, at);
    let word = |character: char| character == '_' || character.is_alphanumeric();
    let start = text[..offset]
        .rfind(|character| !word(character))
        .map_or(0, |last| last + text[last..].chars().next().map_or(1, char::len_utf8));
    // Inside a number nothing is completed.
    if text[start..offset].starts_with(|first: char| first.is_ascii_digit()) {
        return Vec::new();
    }
    let range = document.lines.range(text, start, offset);
    let found = context(text, start, world);
    let mut list = List { world, context: &found, items: Vec::new() };
    list.fill(&found.expected);
    let mut items = list.items;
    for (at, item) in items.iter_mut().enumerate() {
        let mut new_text = item.insert_text.take().unwrap_or_else(|| item.label.clone());
        if !snippets && item.insert_text_format.take().is_some() {
            new_text = without_places(&new_text);
        }
        item.text_edit = Some(CompletionTextEdit::Edit(TextEdit { range, new_text }));
        // In the order of the language and of the file, not of the alphabet.
        item.sort_text = Some(format!("{at:05}"));
    }
    items
}

/// What a snippet inserts where nothing can be filled in: `${1:name}` is `name`, `$2` nothing.
fn without_places(snippet: &str) -> String {
    let mut text = String::with_capacity(snippet.len());
    let mut rest = snippet;
    while let Some((before, place)) = rest.split_once('$') {
        text.push_str(before);
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        rest = match place.strip_prefix('{').and_then(|inside| inside.split_once('}')) {
            Some((inside, behind)) => {
                text.push_str(inside.split_once(':').map_or("", |(_, usual)| usual));
                behind
            }
            None => &place[digits(place)..],
        };
    }
    text.push_str(rest);
    text
}

struct List<'a> {
    world: &'a World,
    context: &'a Context,
    items: Vec<CompletionItem>,
}

impl List<'_> {
    fn push(&mut self, label: &str, kind: CompletionItemKind, detail: impl Into<String>) {
        let detail = Some(detail.into()).filter(|detail| !detail.is_empty());
        let label = label.to_owned();
        self.items.push(CompletionItem { label, kind: Some(kind), detail, ..Default::default() });
    }

    fn words(&mut self, words: &[&str]) {
        words.iter().for_each(|word| self.push(word, CompletionItemKind::KEYWORD, ""));
    }

    fn snippets(&mut self, all: &[(&str, &str)]) {
        for (label, snippet) in all {
            self.push(label, CompletionItemKind::SNIPPET, "");
            if let Some(item) = self.items.last_mut() {
                item.kind = Some(CompletionItemKind::KEYWORD);
                item.insert_text = Some((*snippet).to_owned());
                item.insert_text_format = Some(InsertTextFormat::SNIPPET);
            }
        }
    }

    /// What is declared and of a kind.
    fn declared(&mut self, kind: CompletionItemKind, wanted: impl Fn(Kind) -> bool) {
        let world = self.world;
        for (name, declared) in world.iter().filter(|(_, declared)| wanted(declared.kind)) {
            let title = declared.title.clone().unwrap_or_default();
            let word = declared.kind.word();
            let detail =
                if title.is_empty() { word.to_owned() } else { format!("{title} ({word})") };
            self.push(name, kind, detail);
        }
    }

    fn actors(&mut self) {
        let locals = self.context.locals.clone();
        for local in &locals {
            self.push(local, CompletionItemKind::VARIABLE, "a member that `in` names here");
        }
        if self.context.keyword.as_deref() == Some("action") {
            self.push("self", CompletionItemKind::VARIABLE, "the doer of the action");
            self.push("target", CompletionItemKind::VARIABLE, "the target of the action");
        }
        self.declared(CompletionItemKind::CLASS, |kind| kind == Kind::Actor);
    }

    fn groups(&mut self) {
        self.declared(CompletionItemKind::ENUM, |kind| kind == Kind::Group);
        self.push("everyone", CompletionItemKind::ENUM, "all actors (group)");
    }

    fn values(&mut self, owner: &Owner) {
        let titles: Vec<Option<String>> = match owner {
            Owner::Ladder => self.world.rungs.iter().map(|rung| rung.title.clone()).collect(),
            Owner::Variable(_) | Owner::Scale(_) => Vec::new(),
        };
        let values = self.world.values(owner);
        let count = values.len();
        for (at, value) in values.iter().enumerate() {
            let title = titles.get(at).cloned().flatten();
            let detail = title.unwrap_or_else(|| format!("{} of {count}", at + 1));
            self.push(value, CompletionItemKind::ENUM_MEMBER, detail);
        }
    }

    fn likelihoods(&mut self) {
        for (word, low, high) in WORDS {
            self.push(word, CompletionItemKind::CONSTANT, range_text(low, high));
        }
        let world = self.world;
        for (name, declared) in world.iter() {
            if !matches!(declared.kind, Kind::Param | Kind::Word) {
                continue;
            }
            // Not the one that is being written.
            let Some((low, high)) = world.likelihood(name) else { continue };
            let title = declared.title.as_deref().or(declared.note.as_deref()).unwrap_or_default();
            let detail = format!("{} {title}", range_text(low, high));
            self.push(name, CompletionItemKind::CONSTANT, detail.trim());
        }
    }

    fn conditions(&mut self) {
        self.actors();
        self.declared(CompletionItemKind::FIELD, Kind::is_variable);
        self.words(&["any", "every", "no"]);
        self.snippets(&[("at least", "at least ${1:2} ")]);
        self.words(&["not"]);
        self.push("level", CompletionItemKind::VARIABLE, "where on the ladder it is");
        self.push("peak", CompletionItemKind::VARIABLE, "the highest rung so far");
        self.push("turn", CompletionItemKind::VARIABLE, "the number of the turn");
    }

    fn fill(&mut self, expected: &Expected) {
        match expected {
            Expected::Declaration => self.snippets(&DECLARATIONS),
            Expected::Part(keyword) => self.part(keyword),
            Expected::Effect => {
                self.actors();
                self.declared(CompletionItemKind::FIELD, Kind::is_variable);
                self.words(&["raise", "lower"]);
            }
            Expected::Condition => self.conditions(),
            Expected::Expectation => {
                self.snippets(&[
                    ("P", "P($1) ${2:<=} ${3:20}%"),
                    ("Pmax", "Pmax($1) <= ${2:30}%"),
                    ("Pmin", "Pmin($1) >= ${2:5}%"),
                ]);
                self.words(&["never", "always", "possible", "certain"]);
                self.conditions();
            }
            Expected::Path => {
                let outcome = |kind| matches!(kind, Kind::Outcome | Kind::Ending);
                self.declared(CompletionItemKind::EVENT, outcome);
                self.words(&["always"]);
                self.conditions();
            }
            Expected::Event => {
                self.actors();
                self.words(&["any", "every", "no"]);
            }
            Expected::AfterActor => {
                self.words(&["does"]);
                self.snippets(&[("has done", "has done ")]);
                self.words(&["on"]);
                self.declared(CompletionItemKind::OPERATOR, |kind| kind == Kind::Relation);
            }
            Expected::Actor => self.actors(),
            Expected::ActorOrGroup => {
                self.actors();
                self.groups();
            }
            Expected::Group => self.groups(),
            Expected::Action => {
                self.declared(CompletionItemKind::FUNCTION, |kind| kind == Kind::Action);
            }
            Expected::Issue => {
                self.declared(CompletionItemKind::INTERFACE, |kind| kind == Kind::Issue);
            }
            Expected::Scale => {
                self.declared(CompletionItemKind::ENUM, |kind| kind == Kind::Scale);
                self.push(STANCE_NAME, CompletionItemKind::ENUM, "the built-in scale");
            }
            Expected::Source => {
                self.declared(CompletionItemKind::FILE, |kind| kind == Kind::Source);
            }
            Expected::Rung => self.values(&Owner::Ladder),
            Expected::Value(owner) => self.values(owner),
            Expected::Level(issue) => {
                let scale = self.world.scale_of(issue);
                self.values(&Owner::Scale(scale));
            }
            Expected::Truth => self.words(&["yes", "no"]),
            Expected::Likelihood => self.likelihoods(),
            Expected::Steps => {
                let steps = |kind| matches!(kind, Kind::Meter | Kind::State { ordered: true });
                self.declared(CompletionItemKind::FIELD, steps);
                self.actors();
            }
            Expected::Member => {
                let world = self.world;
                for (name, declared) in world.iter().filter(|(_, it)| it.for_each) {
                    let title = declared.title.clone().unwrap_or_default();
                    self.push(name, CompletionItemKind::FIELD, title);
                }
                for key in &world.attributes {
                    self.push(key, CompletionItemKind::PROPERTY, "attribute");
                }
            }
            Expected::Variable(keyword) => {
                self.declared(CompletionItemKind::FIELD, |kind| kind.word() == keyword);
            }
            Expected::Param => {
                self.declared(CompletionItemKind::CONSTANT, |kind| kind == Kind::Param);
            }
            Expected::Rule { or_decision } => {
                let wanted = |kind| match kind {
                    Kind::Rule | Kind::Shift => true,
                    Kind::Decision => *or_decision,
                    _ => false,
                };
                self.declared(CompletionItemKind::METHOD, wanted);
            }
            Expected::Words(words) => self.words(words),
            Expected::Nothing => {}
        }
    }

    fn part(&mut self, keyword: &str) {
        match keyword {
            "scenario" => self.words(&["summary", "start", "turn", "horizon"]),
            "source" => self.words(&["by", "date", "url", "file", "grade"]),
            "actor" => {
                self.snippets(&[("voice", "voice \"$1\"")]);
                for key in &self.world.attributes {
                    self.push(key, CompletionItemKind::PROPERTY, "attribute");
                }
            }
            "position" => self.snippets(&[
                ("says", "says \"$1\" from $2"),
                ("because", "because \"$1\" from $2"),
                ("becomes", "becomes ${1:level} when $2: ${3:likely}"),
            ]),
            "ladder" => {
                self.snippets(&[("rung", "rung ${1:name} \"$2\""), ("start at", "start at ")])
            }
            "rule" => {
                self.words(&["on", "when", "while", "if"]);
                self.snippets(&[
                    ("then", "then ${1:likely} { $2 }"),
                    ("or", "or ${1:unlikely} { $2 }"),
                    ("else", "else { $1 }"),
                    ("because", "because \"$1\" from $2"),
                ]);
                self.words(&["once", "priority"]);
            }
            "decision" => {
                self.words(&["on", "when", "while", "if"]);
                self.snippets(&[
                    ("option", "option ${1:name} \"$2\" { $3 }"),
                    ("because", "because \"$1\" from $2"),
                ]);
                self.words(&["once", "priority"]);
            }
            "reading" => {
                self.snippets(&[("voice", "voice \"$1\"")]);
                self.words(&[
                    "position", "param", "rule", "state", "flag", "meter", "disable", "because",
                ]);
            }
            _ => {}
        }
    }
}

/// The declarations, each with what it is made of.
const DECLARATIONS: [(&str, &str); 24] = [
    (
        "scenario",
        "scenario \"${1:Title}\" {\n  start   ${2:2024-01-01}\n  turn    ${3:1 week}\n  horizon ${4:26} turns\n}\n$0",
    ),
    (
        "source",
        "source ${1:name} \"${2:Title}\" {\n  by    \"$3\"\n  date  ${4:2024-01-01}\n  grade ${5:B2}\n}\n$0",
    ),
    ("actor", "actor ${1:name} \"${2:Title}\""),
    ("group", "group ${1:name} \"${2:Title}\" { $3 }"),
    ("relation", "relation ${1:name} \"${2:Title}\" { $3 - $4 }"),
    ("scale", "scale ${1:name} { ${2:low} < ${3:high} }"),
    ("issue", "issue ${1:name} \"${2:Title}\""),
    ("position", "position ${1:actor} on ${2:issue}: ${3:neutral} {\n  says \"$4\" from $5\n}"),
    (
        "ladder",
        "ladder \"${1:Title}\" {\n  rung ${2:words} \"${3:Words}\"\n  rung ${4:force} \"${5:Force}\"\n}",
    ),
    ("state", "state ${1:name} \"${2:Title}\": ${3:low} < ${4:high}"),
    ("flag", "flag ${1:name} \"${2:Title}\""),
    ("meter", "meter ${1:name} \"${2:Title}\": ${3:0}..${4:10} = ${5:0}"),
    ("param", "param ${1:name} = ${2:likely}"),
    ("lexicon", "lexicon {\n  ${1:word} = ${2:30}%..${3:60}%\n}"),
    ("action", "action ${1:name} \"${2:Title}\" at ${3:rung}"),
    ("inject", "inject turn ${1:0} { ${2:actor} does ${3:action} }"),
    ("observe", "observe turn ${1:1}: $2"),
    (
        "rule",
        "rule ${1:name} \"${2:Title}\" {\n  on      $3\n  then    ${4:likely} { $5 }\n  because \"$6\"\n}",
    ),
    (
        "decision",
        "decision ${1:name} \"${2:Title}\" by ${3:actor} {\n  on      $4\n  option  ${5:act} \"${6:Act}\" { $7 }\n  option  ${8:wait} \"${9:Wait}\"\n}",
    ),
    ("outcome", "outcome ${1:name} \"${2:Title}\" when $3"),
    ("ending", "ending ${1:name} \"${2:Title}\" when $3"),
    ("expect", "expect \"${1:What is meant}\": P($2) <= ${3:20}%"),
    ("reading", "reading ${1:name} \"${2:Title}\" {\n  voice \"$3\"\n  $0\n}"),
    ("import", "import \"${1:lib.esc}\""),
];

#[cfg(test)]
mod tests {
    use super::{DECLARATIONS, without_places};

    #[test]
    fn snippets_can_be_plain_text() {
        assert_eq!(without_places("P($1) ${2:<=} ${3:20}%"), "P() <= 20%");
        assert_eq!(without_places("reading ${1:name} {\n  $0\n}"), "reading name {\n  \n}");
        for (_, snippet) in DECLARATIONS {
            assert!(
                !without_places(snippet).contains(['$', ':']) || snippet.contains(": "),
                "{snippet}"
            );
        }
    }
}
