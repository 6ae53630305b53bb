//! Names of the scenario as identifiers of other languages.

use rustc_hash::FxHashSet;

/// Words that PRISM or Storm keep for themselves, and those that exported models use.
const RESERVED: &str = "A C E F G I LRA M MAX MIN P Pmax Pmin R Rmax Rmin S T U W X atLeastOneOf atMostOneOf bool \
    ceil clock const ctmc ctmdp deadlock double dtmc ended endinit endinvariant endmodule endobservables \
    endplayer endrewards endsystem exactlyOneOf exp false filter floor formula func global imdp idtmc init int \
    invariant label log ma max mdp min mod module modules nondeterministic observable \
    observables of player pomdp popta pow probabilistic prob pta rate rewards round scenario \
    sign situation smg stochastic system true turn";

/// What a name is called of which no letter and no digit is left.
const NAMELESS: &str = "_0";

/// Identifiers given so far: ASCII letters, digits and `_`, each once. None begins with two
/// underscores, nor is one alone, which Storm keeps for itself.
#[derive(Clone, Debug, Default)]
pub struct Identifiers {
    taken: FxHashSet<String>,
}

impl Identifiers {
    /// An identifier that nothing else has, as near to `text` as can be.
    pub fn name(&mut self, text: &str) -> String {
        let plain = plain(text);
        let mut name = plain.clone();
        let mut number = 1;
        while RESERVED.split(' ').any(|word| word == name) || !self.taken.insert(name.clone()) {
            number += 1;
            name = format!("{plain}_{number}");
        }
        name
    }
}

/// Letters outside ASCII by their number, everything else that is no letter or digit as `_`.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    for letter in text.chars() {
        if letter.is_ascii_alphanumeric() {
            plain.push(letter);
        } else if letter.is_alphanumeric() {
            plain.push_str(&format!("u{:04x}", u32::from(letter)));
        } else if !plain.ends_with('_') {
            plain.push('_');
        }
    }
    let plain = plain.trim_end_matches('_');
    if plain.is_empty() {
        return NAMELESS.to_owned();
    }
    if plain.starts_with(|first: char| first.is_ascii_digit()) {
        return format!("_{plain}");
    }
    plain.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain_and_different() {
        let mut names = Identifiers::default();
        let given =
            ["a.trust(b)", "a on b", "a_on_b", "max", "Ärger", "3", "", "_", "__", "__a", "_0"];
        let found = given.map(|text| names.name(text));
        let right = ["a_trust_b", "a_on_b", "a_on_b_2", "max_2", "u00c4rger", "_3", "_0"];
        assert_eq!(found[..7], right);
        // Storm takes no name that begins with two underscores.
        assert_eq!(found[7..], ["_0_2", "_0_3", "_a", "_0_4"]);
    }
}
