//! What the result of an expectation rests on, where that is less than it seems.

use super::counted;
use crate::analysis::ExpectationAnswer;
use crate::model::{Expectation, ExpectationKind, Model, Path};

/// Beside an expectation: that it holds of nothing, and that not all turns of its limit were looked at.
#[must_use]
pub fn remark(
    model: &Model,
    expectation: &Expectation,
    answer: &ExpectationAnswer,
) -> Option<String> {
    let never = answer.never.and_then(|at| expectation.subjects.get(at));
    let never = never.map(|subject| format!("holds: `{}` never happens", subject.text));
    let horizon = model.horizon.filter(|horizon| limit(&expectation.kind) > Some(*horizon));
    let cut = horizon.map(|turns| {
        format!("looks only {} ahead, to the end of the run", counted(turns as usize, "turn"))
    });
    let told: Vec<String> = never.into_iter().chain(cut).collect();
    (!told.is_empty()).then(|| told.join("; "))
}

/// How many turns an expectation is about, where it says so.
fn limit(kind: &ExpectationKind) -> Option<u32> {
    match kind {
        ExpectationKind::LeadsTo(_, _, limit)
        | ExpectationKind::Probability { path: Path::Ever(_, limit), .. } => *limit,
        ExpectationKind::Probability { .. }
        | ExpectationKind::Never(_)
        | ExpectationKind::Always(_)
        | ExpectationKind::Possible(_)
        | ExpectationKind::Certain(_)
        | ExpectationKind::Before(..) => None,
    }
}
