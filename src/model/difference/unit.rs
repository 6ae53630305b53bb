//! What is compared as one: declarations by name, the frame of a scenario field by field.

use super::parts::{Part, parts, positions_name, sentence};
use super::{Ordered, Side};
use crate::model::SourceId;
use crate::source::Sources;
use crate::syntax::signs;
use crate::syntax::tree::{InjectTime, Item, ItemKind, Lexicon, Scenario, ScenarioPart};
use rustc_hash::FxHashSet;

/// The declarations of one name.
#[derive(Clone, Debug, Default)]
pub(super) struct Unit {
    /// Usually one; several where nameless ones share a name, such as injects of one turn.
    pub items: Vec<Item>,
    /// What they say.
    pub parts: Vec<Part>,
    /// Whether they do not count.
    pub struck: bool,
    /// The names that they declare.
    pub declares: Vec<String>,
    /// All words in them.
    pub words: FxHashSet<String>,
}

/// The units of a side, by their names, in their order.
pub(super) fn units(side: Side<'_>, sources: &Sources) -> Ordered<Unit> {
    let struck_out = side.model.sources.iter().enumerate().filter(|it| side.strike.strikes(it.1));
    let names =
        struck_out.map(|(at, _)| side.model.sources[SourceId::new(at).index()].name.as_str());
    let struck = side.written.struck(&names.collect());
    let mut units: Ordered<Unit> = Ordered::default();
    for item in side.written.items().iter().flat_map(pieces) {
        let name = name(&item, sources);
        let falls = struck.contains(&item.span);
        let unit = units.entry(name).or_default();
        unit.parts.extend(parts(&item, side.view.reading.as_deref(), sources));
        if falls {
            unit.struck = true;
            unit.parts.push(Part::new("struck out", "", true));
        }
        unit.declares.extend(declares(&item));
        let words = signs(sources.text(item.span)).into_iter().map(str::to_owned);
        unit.words.extend(words);
        unit.items.push(item);
    }
    for unit in units.values_mut().filter(|unit| unit.items.len() > 1) {
        // The order of those that share a name means nothing.
        unit.parts.sort_by(|one, other| one.compared.cmp(&other.compared));
    }
    units
}

/// A declaration cut into what is compared by itself.
fn pieces(item: &Item) -> Vec<Item> {
    let with = |kind: ItemKind| Item { kind, note: item.note.clone(), span: item.span };
    match &item.kind {
        ItemKind::Scenario(tree) => {
            let title = Scenario { title: tree.title.clone(), parts: Vec::new() };
            let title = tree.title.as_ref().map(|_| with(ItemKind::Scenario(title)));
            let one = |part: &ScenarioPart| {
                with(ItemKind::Scenario(Scenario { title: None, parts: vec![part.clone()] }))
            };
            title.into_iter().chain(tree.parts.iter().map(one)).collect()
        }
        ItemKind::Lexicon(tree) => {
            let one = |word: &crate::syntax::tree::Param| {
                with(ItemKind::Lexicon(Lexicon { words: vec![word.clone()] }))
            };
            tree.words.iter().map(one).collect()
        }
        _ => vec![item.clone()],
    }
}

/// What a declaration is called: `rule r`, `position a on i since D`, `inject turn 3`.
fn name(item: &Item, sources: &Sources) -> String {
    match &item.kind {
        ItemKind::Import(_) => "import".to_owned(),
        ItemKind::Scenario(tree) => match tree.parts.first() {
            None => "scenario title",
            Some(ScenarioPart::Summary(_)) => "scenario summary",
            Some(ScenarioPart::Start(_)) => "scenario start",
            Some(ScenarioPart::Turn(_)) => "scenario turn",
            Some(ScenarioPart::Horizon(_)) => "scenario horizon",
        }
        .to_owned(),
        ItemKind::Source(tree) => format!("source {}", tree.name.text),
        ItemKind::Actor(tree) => format!("actor {}", tree.name.text),
        ItemKind::Group(tree) => format!("group {}", tree.name.text),
        ItemKind::Relation(tree) => format!("relation {}", tree.name.text),
        ItemKind::Scale(tree) => format!("scale {}", tree.name.text),
        ItemKind::Issue(tree) => format!("issue {}", tree.name.text),
        ItemKind::Position(tree) => positions_name(tree),
        ItemKind::Ladder(_) => "ladder".to_owned(),
        ItemKind::Variable(tree) => format!("variable {}", tree.name.text),
        ItemKind::Param(tree) => format!("param {}", tree.name.text),
        ItemKind::Lexicon(tree) => {
            let word = tree.words.first().map(|word| word.name.text.as_str());
            format!("word {}", word.unwrap_or_default())
        }
        ItemKind::Action(tree) => format!("action {}", tree.name.text),
        ItemKind::Inject(tree) => match &tree.at {
            InjectTime::Turn(turn) => format!("inject turn {}", turn.value),
            InjectTime::Date(date) => format!("inject {}", date.written),
        },
        ItemKind::Rule(tree) => format!("rule {}", tree.name.text),
        ItemKind::Decision(tree) => format!("decision {}", tree.name.text),
        ItemKind::Outcome(tree) => format!("outcome {}", tree.name.text),
        ItemKind::Expect(tree) => match &tree.text {
            Some(text) => format!("expect \"{}\"", sentence(&text.value)),
            None => format!("expect {}", sentence(sources.text(tree.span))),
        },
        ItemKind::Observe(_) => sentence(sources.text(item.span)),
        ItemKind::Reading(tree) => format!("reading {}", tree.name.text),
        ItemKind::Broken(tree) => tree.keyword.clone(),
    }
}

/// The names that others may use.
fn declares(item: &Item) -> Vec<String> {
    let name = match &item.kind {
        ItemKind::Actor(tree) => &tree.name,
        ItemKind::Group(tree) => &tree.name,
        ItemKind::Relation(tree) => &tree.name,
        ItemKind::Scale(tree) => &tree.name,
        ItemKind::Issue(tree) => &tree.name,
        ItemKind::Variable(tree) => &tree.name,
        ItemKind::Param(tree) => &tree.name,
        ItemKind::Action(tree) => &tree.name,
        ItemKind::Lexicon(tree) => {
            return tree.words.iter().map(|word| word.name.text.clone()).collect();
        }
        ItemKind::Ladder(tree) => {
            return tree.rungs.iter().map(|rung| rung.name.text.clone()).collect();
        }
        // Only readings name rules, and only expectations outcomes; a source is missed where nothing
        // else can be: mixes without it are not built.
        ItemKind::Source(_)
        | ItemKind::Rule(_)
        | ItemKind::Decision(_)
        | ItemKind::Outcome(_)
        | ItemKind::Reading(_)
        | ItemKind::Import(_)
        | ItemKind::Scenario(_)
        | ItemKind::Position(_)
        | ItemKind::Inject(_)
        | ItemKind::Observe(_)
        | ItemKind::Expect(_)
        | ItemKind::Broken(_) => return Vec::new(),
    };
    vec![name.text.clone()]
}
