//! The last step of a turn: endings, and which `when` rules have their chance.

use super::expansion::Expansion;
use super::program::Program;

/// Finishes a situation, unpacked in `values`; says the first ending that holds, as its outcome
/// plus 1, or 0.
///
/// On entry the slot of a `when` rule says that its condition did not hold before; on return, that
/// the rule has its chance. In an ending nothing more arrives or has a chance: what was under way
/// makes no difference any more and is cleared.
pub fn finish(program: &Program, values: &mut [i32]) -> u32 {
    let holds = program.endings.iter().find(|(_, test)| test.holds(values));
    if let Some((outcome, _)) = holds {
        still(program, values);
        return *outcome as u32 + 1;
    }
    for rule in &program.rules {
        let Some(armed) = rule.armed else { continue };
        let spent = rule.spent.is_some_and(|spent| values[spent as usize] != 0);
        let now = values[armed as usize] != 0 && !spent && rule.condition.holds(values);
        values[armed as usize] = i32::from(now);
    }
    0
}

/// All that can come of an expansion, finished: the values of each combination of the groups' ends,
/// the last group's fastest, with the ending that holds there as its outcome plus 1, or 0.
#[must_use]
pub fn successors(program: &Program, out: &Expansion) -> Vec<(Vec<i32>, u32)> {
    let mut all = vec![out.base.clone()];
    for group in &out.groups {
        let each = |words: &Vec<u64>, end: usize| {
            words.iter().zip(out.delta(end)).map(|(word, delta)| word ^ delta).collect()
        };
        all = all
            .iter()
            .flat_map(|words| group.ends.clone().map(move |end| each(words, end)))
            .collect();
    }
    let values = |words: Vec<u64>| {
        let mut values = vec![0; program.layout.slots()];
        program.layout.unpack(&words, &mut values);
        let ending = finish(program, &mut values);
        (values, ending)
    };
    all.into_iter().map(values).collect()
}

fn still(program: &Program, values: &mut [i32]) {
    for chain in &program.chains {
        let slots = chain.first_slot..chain.first_slot + chain.length;
        slots.for_each(|slot| values[slot as usize] = 0);
    }
    for rule in &program.rules {
        for slot in rule.armed.iter().chain(&rule.spent) {
            values[*slot as usize] = 0;
        }
    }
}
