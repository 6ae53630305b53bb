//! What every scenario has without declaring it.

/// The likelihood words, with their ends from 0 to 1: those of US Intelligence Community Directive
/// 203, and the two certainties.
pub const WORDS: [(&str, f64, f64); 9] = [
    ("almost_no_chance", 0.01, 0.05),
    ("very_unlikely", 0.05, 0.20),
    ("unlikely", 0.20, 0.45),
    ("roughly_even", 0.45, 0.55),
    ("likely", 0.55, 0.80),
    ("very_likely", 0.80, 0.95),
    ("almost_certain", 0.95, 0.99),
    ("certain", 1.0, 1.0),
    ("impossible", 0.0, 0.0),
];

/// The name of the scale of issues that name none.
pub const STANCE_NAME: &str = "stance";

/// The other names that stand for something without being declared.
const OTHERS: [&str; 6] = ["everyone", "level", "peak", "self", "target", "turn"];

/// Whether a name stands for something without being declared.
#[must_use]
pub fn is_built_in(name: &str) -> bool {
    name == STANCE_NAME || OTHERS.contains(&name) || WORDS.iter().any(|(word, ..)| *word == name)
}

/// The levels of that scale, lowest first.
pub const STANCE: [&str; 7] =
    ["rejects", "opposes", "wary", "neutral", "open", "supports", "commits"];

/// What the scenario as written is called among its readings.
pub const BASELINE: &str = "baseline";
