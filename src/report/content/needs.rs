//! The rules that something needs, in sentences: the same words for every kind of page.

use super::evidence::how_often;
use super::labels::counted;
use super::why::{WhyReport, declaration_text, joined};
use crate::analysis::{Search, Torn};
use crate::model::DeclId;

/// That without some rules others contradict each other, as an aside.
pub(crate) fn aside(torn: &Torn) -> String {
    format!(" (then {} {}: those lead nowhere)", how_often(torn), torn.what)
}

impl WhyReport<'_> {
    /// The rules without which it cannot happen, in sentences.
    #[must_use]
    pub fn needs(&self) -> Vec<String> {
        let needs = &self.why.needs;
        if !self.why.possible {
            return Vec::new();
        }
        let sets = &needs.sets;
        let torn = |at: usize| needs.torn.get(at).and_then(Option::as_ref).map_or("".into(), aside);
        let mut told = Vec::new();
        match sets.first().map_or(0, Vec::len) {
            0 => {}
            1 if sets.len() == 1 => {
                let name = declaration_text(self.model, sets[0][0]);
                told.push(format!(
                    "It cannot happen without {name}: with it left out, no storyline leads there{}.",
                    torn(0)
                ));
            }
            1 => {
                told.push(format!(
                    "Each of these {} alone is needed: with any one of them left out it cannot happen.",
                    sets.len()
                ));
                told.extend(sets.iter().flatten().enumerate().map(|(at, &id)| {
                    format!("- {}{}", declaration_text(self.model, id), torn(at))
                }));
            }
            size => {
                let names = |set: &Vec<DeclId>| {
                    joined(set.iter().map(|&id| declaration_text(self.model, id)).collect())
                };
                if let [only] = &sets[..] {
                    told.push(format!(
                        "No single rule is needed; it cannot happen without {}, all {size} left out{}.",
                        names(only),
                        torn(0)
                    ));
                } else {
                    told.push(format!(
                        "It can still happen with any {} left out, but not with all {size} of any of these sets.",
                        if size == 2 { "single rule".to_owned() } else { format!("{} rules", size - 1) }
                    ));
                    let all = sets.iter().enumerate();
                    told.extend(all.map(|(at, set)| format!("- {}{}", names(set), torn(at))));
                }
            }
        }
        told.extend(match needs.search {
            Search::Complete => None,
            Search::More => Some("There are more sets of that size.".to_owned()),
            Search::NoneUpTo(size) => Some(format!(
                "It can still happen with any {}{} left out; larger sets were not all searched.",
                if size == 1 {
                    "one rule or decision".to_owned()
                } else {
                    format!("{size} rules and decisions")
                },
                match self.why.observation {
                    Some(_) => " that what was observed does not rest on",
                    None => "",
                }
            )),
            Search::Scripted => Some(
                "It happens by what the scenario scripts, whatever rules are left out.".to_owned(),
            ),
            Search::GivenUp(count) => Some(format!(
                "The search for the smallest sets was given up after {} of all situations.",
                counted(count, "exploration")
            )),
        });
        told
    }
}
