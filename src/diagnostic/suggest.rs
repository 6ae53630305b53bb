//! Did you mean: the name that was probably meant.

use super::look_alike::{look_alike, unlike};

/// Longer names are not compared: nobody mistypes them by a letter or two, and comparing them
/// takes the square of their length.
const LONGEST: usize = 64;

/// The candidate that is closest to `name`, if one is close enough to be meant. Letter case
/// counts for nothing. Of equally close ones it is the more alike at its beginning, then the
/// first in the alphabet, whatever order they come in.
#[must_use]
pub fn closest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let length = name.chars().count();
    if length > LONGEST {
        return None;
    }
    let name = name.to_lowercase();
    candidates
        .filter_map(|candidate| Some((distance(&name, length, candidate)?, candidate)))
        .min_by(|(left_distance, left), (right_distance, right)| {
            let alike = |candidate: &str| strsim::jaro_winkler(&name, &candidate.to_lowercase());
            left_distance
                .cmp(right_distance)
                .then_with(|| alike(right).total_cmp(&alike(left)))
                .then_with(|| left.cmp(right))
        })
        .map(|(_, candidate)| candidate)
}

/// The hint of a diagnostic: ``did you mean `candidate`?``, if one is close enough, or looks like it.
#[must_use]
pub fn did_you_mean<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<String> {
    let candidates: Vec<&str> = candidates.collect();
    let Some(alike) = look_alike(name, &candidates) else {
        let closest = closest(name, candidates.into_iter());
        return closest.map(|candidate| format!("did you mean `{candidate}`?"));
    };
    let mut hint = format!("did you mean `{alike}`? it looks the same");
    for (who, unlike) in [("this", unlike(name, alike)), ("that", unlike(alike, name))] {
        if !unlike.is_empty() {
            hint.push_str(&format!(", but {who} has {unlike}"));
        }
    }
    Some(hint)
}

/// What is said where no `kind` of this name is known: what was probably meant, or `otherwise`.
#[must_use]
pub fn no_such<'a>(
    kind: &str,
    name: &str,
    known: impl Iterator<Item = &'a str>,
    otherwise: impl FnOnce() -> String,
) -> String {
    let hint = did_you_mean(name, known).unwrap_or_else(otherwise);
    format!("there is no {kind} `{name}`; {hint}")
}

/// The same of what a scenario declares: what was probably meant, or all that there are.
#[must_use]
pub fn none_declared<'a>(
    kind: &str,
    name: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> String {
    no_such(kind, name, known.clone(), || match known.collect::<Vec<_>>() {
        none if none.is_empty() => format!("the scenario has no {kind}s"),
        all => format!("there are {}", all.join(", ")),
    })
}

/// The name that a hint of [`did_you_mean`] asks for.
#[must_use]
pub fn meant(hint: &str) -> Option<&str> {
    let (name, rest) = hint.strip_prefix("did you mean `")?.split_once('`')?;
    rest.starts_with('?').then_some(name)
}

/// How many letters must be changed, left out, added or swapped; `None` if too many to be a slip.
fn distance(name: &str, length: usize, candidate: &str) -> Option<usize> {
    let candidate_length = candidate.chars().count();
    let allowed = match length.max(candidate_length) {
        0..=1 => 0,
        2..=5 => 1,
        6..=8 => 2,
        longest => longest / 3,
    };
    if candidate_length > LONGEST || length.abs_diff(candidate_length) > allowed {
        return None;
    }
    let distance = strsim::damerau_levenshtein(name, &candidate.to_lowercase());
    (distance <= allowed).then_some(distance)
}

#[cfg(test)]
mod tests {
    use super::{closest, did_you_mean, meant};

    #[test]
    fn a_slip_is_found() {
        let names = ["france", "germany", "poland"];
        assert_eq!(closest("frence", names.into_iter()), Some("france"));
        assert_eq!(closest("FRANCE", names.into_iter()), Some("france"));
        assert_eq!(closest("polnad", names.into_iter()), Some("poland"));
    }

    #[test]
    fn another_word_is_not() {
        assert_eq!(closest("spain", ["france", "poland"].into_iter()), None);
        assert_eq!(closest("a", ["b", "ab"].into_iter()), Some("ab"));
        assert_eq!(closest("x", ["y"].into_iter()), None);
        assert_eq!(closest(&"x".repeat(1000), ["x".repeat(1001).as_str()].into_iter()), None);
    }

    #[test]
    fn ties_do_not_hang_on_the_order() {
        assert_eq!(closest("strike", ["striker", "strikes"].into_iter()), Some("striker"));
        assert_eq!(closest("strike", ["strikes", "striker"].into_iter()), Some("striker"));
    }

    #[test]
    fn what_looks_the_same_is_told() {
        let hint = did_you_mean("russi\u{430}", ["prussia", "russia"].into_iter());
        let told = "did you mean `russia`? it looks the same, but this has `\u{430}` (U+0430)";
        assert_eq!(hint.as_deref(), Some(told));
        assert_eq!(hint.as_deref().and_then(meant), Some("russia"));
    }

    #[test]
    fn the_hint_is_a_question() {
        let hint = did_you_mean("warm", ["warn"].into_iter());
        assert_eq!(hint.as_deref(), Some("did you mean `warn`?"));
        assert_eq!(hint.as_deref().and_then(meant), Some("warn"));
    }
}
