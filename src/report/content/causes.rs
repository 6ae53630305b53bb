//! What brought something about, in words: the rule or decision, its rationale and its source.

use super::why::{alternative_text, declaration_text};
use crate::analysis::{By, Cause};
use crate::model::{ActorId, DeclId, DeclarationKind, Effect, Model, Quote};

/// What brought something about: `the rule “Moscow warns” (for Poland), drawn in turn 3`.
#[must_use]
pub fn cause(model: &Model, cause: &Cause) -> String {
    let what = match &cause.by {
        By::Declaration(id) => {
            let alternative = cause.alternative.as_ref();
            let alternative = alternative
                .map(|name| format!(", {}", alternative_text(model, *id, name)))
                .unwrap_or_default();
            let who = choices(model, std::slice::from_ref(&cause.members));
            format!("{}{who}{alternative}", declaration_text(model, *id))
        }
        By::Inject(at) => format!("scripted ({})", model.injects[*at].name),
        By::Action(id) => format!("comes with “{}”", model.actions[id.index()].title),
        By::Outcome(id) => format!("“{}”", model.outcomes[id.index()].title),
    };
    match cause.drawn {
        Some(turn) => format!("{what}, drawn in turn {turn}"),
        None => what,
    }
}

/// The rationale of what brought something about, where there is one.
#[must_use]
pub fn because<'a>(model: &'a Model, cause: &Cause) -> Option<&'a Quote> {
    match &cause.by {
        By::Declaration(id) => {
            let because = model.declarations[id.index()].because.as_ref();
            because.or_else(|| stated(model, *id))
        }
        By::Inject(_) | By::Action(_) | By::Outcome(_) => None,
    }
}

/// For a line of a position: what was said, or the rationale of the position.
fn stated(model: &Model, id: DeclId) -> Option<&Quote> {
    if model.declarations[id.index()].kind != DeclarationKind::Becomes {
        return None;
    }
    let rule = model.rules.iter().find(|rule| rule.declaration == id)?;
    let effects = rule.alternatives.iter().flat_map(|one| &one.branch.effects);
    let variable = effects.into_iter().find_map(|effect| match effect {
        Effect::Assign(variable, _) => Some(&model.variables[variable.index()]),
        Effect::Event(_) | Effect::Step(..) => None,
    })?;
    let (actor, issue) = (variable.actors.first()?, variable.issue?);
    let mut positions = model.positions.iter();
    let position = positions.find(|one| one.issue == issue && one.actors.contains(actor))?;
    position.says.first().or(position.because.first())
}

/// A rationale with its source: `“...” (Remarks at the conference, French presidency, B2)`.
#[must_use]
pub fn quoted(model: &Model, quote: &Quote) -> String {
    let source = quote.source.map(|id| &model.sources[id.index()]);
    let Some(source) = source else { return format!("“{}”", quote.text) };
    let mut parts = vec![source.title.clone()];
    parts.extend(source.by.clone());
    parts.extend(source.date.map(|date| date.to_string()));
    parts.extend(source.grade.clone());
    format!("“{}” ({})", quote.text, parts.join(", "))
}

/// ` (for Poland)`: choices of members, where there are any.
#[must_use]
pub fn choices(model: &Model, members: &[Vec<ActorId>]) -> String {
    let title = |id: &ActorId| model.actors[id.index()].title.as_str();
    let one = |members: &Vec<ActorId>| members.iter().map(title).collect::<Vec<_>>().join(" and ");
    let all: Vec<String> = members.iter().filter(|one| !one.is_empty()).map(one).collect();
    match all.len() {
        0 => String::new(),
        1..=3 => format!(" (for {})", all.join("; ")),
        count => format!(" (for {} and {} more)", all[..2].join("; "), count - 2),
    }
}
