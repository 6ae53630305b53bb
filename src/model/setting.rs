//! `--set NAME=VALUE`: a change of the scenario on the command line.

use super::{Change, Domain, Likelihood, Model, ParamId, VarId};
use crate::diagnostic::suggest::did_you_mean;
use crate::syntax::{parse_likelihood, tree};

/// The changes that `NAME=VALUE` asks for. NAME is a param, a state, flag or meter (`a.m` and
/// `a.trust(b)` for those of actors), or `ACTOR.ISSUE`, where a group stands for all its members.
///
/// # Errors
/// A sentence that says what is wrong with the text.
pub fn setting(model: &Model, text: &str) -> Result<Vec<Change>, String> {
    let Some((name, value)) = text.split_once('=') else {
        return Err(format!("`{text}` is no setting: write NAME=VALUE"));
    };
    let (name, value) = (name.trim(), value.trim());
    if let Some(index) = model.params.iter().position(|param| param.name == name) {
        return likelihood(model, value)
            .map(|value| vec![Change::Param(ParamId::new(index), value)]);
    }
    variables(model, name)?
        .into_iter()
        .map(|variable| Ok(Change::Initial(variable, value_of(model, variable, value)?)))
        .collect()
}

/// The variables that a name stands for.
fn variables(model: &Model, name: &str) -> Result<Vec<VarId>, String> {
    let compact: String = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let squeezed: String = name.split_whitespace().collect();
    let alike = |known: &str| known == compact || known.replace(", ", ",") == squeezed;
    let position = model.variables.iter().position(|variable| alike(&variable.name));
    if let Some(index) = position {
        return Ok(vec![VarId::new(index)]);
    }
    if let Some((owner, issue)) = squeezed.split_once('.')
        && model.issues.iter().any(|known| known.name == issue)
    {
        return positions(model, owner, issue);
    }
    let mut names: Vec<String> = model.params.iter().map(|param| param.name.clone()).collect();
    names.extend(model.variables.iter().map(|variable| match variable.issue {
        Some(_) => variable.name.replace(" on ", "."),
        None => variable.name.clone(),
    }));
    Err(match did_you_mean(&squeezed, names.iter().map(String::as_str)) {
        Some(hint) => format!("there is nothing called `{name}` to set: {hint}"),
        None => format!(
            "there is nothing called `{name}` to set: a param, a state, flag or meter, or ACTOR.ISSUE is needed"
        ),
    })
}

/// The positions of an actor, or of all members of a group, on an issue.
fn positions(model: &Model, owner: &str, issue: &str) -> Result<Vec<VarId>, String> {
    let actors = if let Some(group) = model.groups.iter().find(|group| group.name == owner) {
        group.members.clone()
    } else if let Some(index) = model.actors.iter().position(|actor| actor.name == owner) {
        vec![super::ActorId::new(index)]
    } else {
        let names = model.actors.iter().map(|actor| actor.name.as_str());
        let names = names.chain(model.groups.iter().map(|group| group.name.as_str()));
        let hint = did_you_mean(owner, names).map(|hint| format!(": {hint}")).unwrap_or_default();
        return Err(format!("there is no actor or group `{owner}`{hint}"));
    };
    let found: Vec<VarId> = model
        .variables
        .iter()
        .enumerate()
        .filter(|(_, variable)| {
            let about = variable.issue.map(|about| model.issues[about.index()].name.as_str());
            about == Some(issue)
                && variable.actors.first().is_some_and(|actor| actors.contains(actor))
        })
        .map(|(index, _)| VarId::new(index))
        .collect();
    if found.is_empty() {
        return Err(format!(
            "nothing in the scenario states, reads or changes a position of `{owner}` on `{issue}`"
        ));
    }
    Ok(found)
}

/// The value of a variable that a text names: a level, `yes`, a whole number.
///
/// # Errors
/// A sentence that says what its values are.
pub fn value_of(model: &Model, variable: VarId, value: &str) -> Result<i32, String> {
    let known = &model.variables[variable.index()];
    let values: Vec<String> = match &known.domain {
        Domain::State { values, .. } => values.to_vec(),
        Domain::Position(scale) => model.scales[scale.index()].levels.to_vec(),
        Domain::Flag => vec!["no".to_owned(), "yes".to_owned()],
        Domain::Meter { low, high } => {
            return match value.parse::<i32>() {
                Ok(number) if (*low..=*high).contains(&number) => Ok(number),
                _ => Err(format!(
                    "`{}` cannot be {value}: it is a whole number from {low} to {high}",
                    known.name
                )),
            };
        }
    };
    let found = values.iter().position(|known| known == value);
    found.and_then(|index| i32::try_from(index).ok()).ok_or_else(|| {
        let hint = did_you_mean(value, values.iter().map(String::as_str))
            .map(|hint| format!(" ({hint})"))
            .unwrap_or_default();
        format!("`{}` cannot be `{value}`{hint}: it is one of {}", known.name, values.join(", "))
    })
}

/// A number, a range, a word or a param, as in a scenario.
fn likelihood(model: &Model, text: &str) -> Result<Likelihood, String> {
    if let Some(index) = model.params.iter().position(|param| param.name == text) {
        let value = model.params[index].value.clone();
        return Ok(Likelihood { param: Some(ParamId::new(index)), text: text.to_owned(), ..value });
    }
    if let Some(word) = model.lexicon.iter().find(|word| word.name == text) {
        return Ok(Likelihood { text: text.to_owned(), ..word.value.clone() });
    }
    let rounds = |number: &tree::Number| number.rounds_to_an_end();
    let ends = match parse_likelihood(text) {
        Some(tree::Likelihood::Number(number)) if rounds(&number) => {
            return Err(format!("{text} has more digits than are kept"));
        }
        Some(tree::Likelihood::Range(low, high)) if rounds(&low) || rounds(&high) => {
            return Err(format!("{text} has more digits than are kept"));
        }
        Some(tree::Likelihood::Number(number)) => Some((number.value, number.value)),
        Some(tree::Likelihood::Range(low, high)) => Some((low.value, high.value)),
        Some(tree::Likelihood::Word(_)) | None => None,
    };
    match ends {
        Some((low, high)) if low > high => Err(format!("the range {text} is upside down")),
        Some((low, high)) if low < 0.0 || high > 1.0 => {
            Err(format!("a likelihood lies between 0% and 100%, and {text} does not"))
        }
        Some((low, high)) => Ok(Likelihood { low, high, param: None, text: text.to_owned() }),
        None => {
            let words = model.lexicon.iter().chain(&model.params).map(|word| word.name.as_str());
            let hint =
                did_you_mean(text, words).map(|hint| format!(": {hint}")).unwrap_or_default();
            Err(format!("`{text}` is no likelihood{hint}"))
        }
    }
}
