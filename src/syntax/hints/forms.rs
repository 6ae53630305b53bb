//! How declarations are written: what is said where nothing better is known.

/// How a declaration is written, by its first word.
pub(super) fn form(keyword: &str) -> Option<String> {
    let form = FORMS.iter().find(|form| form.split(' ').next() == Some(keyword));
    form.map(|form| format!("for example: `{form}`"))
}

/// One for each kind.
const FORMS: [&str; 24] = [
    "import \"actors.esc\"",
    "scenario \"Title\" { start 2024-02-26  turn 1 week  horizon 26 turns }",
    "source s \"Title\" { by \"Who\"  date 2024-02-26  url \"https://...\"  grade B2 }",
    "actor a \"Title\" { role = power }",
    "group g \"Title\" { a, b }",
    "relation borders \"Title\" { a - b, c -> d }",
    "scale s { low < middle < high }",
    "issue i \"Title\" on scale s",
    "position a on i: supports { says \"...\" from s }",
    "ladder \"Title\" { rung calm \"Title\"  rung clash \"Title\" }",
    "state front \"Title\": calm < tense = calm",
    "flag f \"Title\" = yes",
    "meter m \"Title\": 0..10 = 3",
    "param p \"Title\" = 20%..40%",
    "lexicon { maybe = 30%..50% }",
    "action x \"Title\" at clash { f becomes yes }",
    "inject turn 3 { a does x }",
    "rule r \"Title\" { on a does x  then likely { b does y }  because \"...\" }",
    "decision d \"Title\" by a { when f  option x \"Title\" 40% { a does x }  option y \"Title\" }",
    "outcome o \"Title\" when a has done x and f",
    "ending o \"Title\" when a has done x and f",
    "expect P(o within 5 turns) <= 30%",
    "observe turn 3: a does x",
    "reading r \"Title\" { position a on i: opposes  rule r1: unlikely  disable r2 }",
];

/// What a word was perhaps meant to begin, where it begins no declaration.
pub(in crate::syntax) fn declaration_meant(word: &str) -> Option<&'static str> {
    Some(match word {
        "start" | "turn" | "horizon" | "summary" => "it stands in `scenario \"Title\" { ... }`",
        "include" | "use" => "other files are taken in with `import \"actors.esc\"`",
        "country" | "player" | "agent" | "party" => "who acts is declared with `actor`",
        "event" => "what happens by script is an `inject`, what actors can do an `action`",
        "variable" | "var" | "let" | "enum" | "bool" | "int" => {
            "what changes is a `state`, a `flag` or a `meter`"
        }
        "likelihood" | "probability" => "a likelihood with a name is a `param`",
        "reaction" | "trigger" => "a reaction is a `rule`",
        "choice" => "what an actor chooses is a `decision`",
        "assert" | "test" => "what must hold is written with `expect`",
        "result" | "goal" => "where it may end is an `outcome` or an `ending`",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{FORMS, form};
    use crate::diagnostic::Diagnostics;
    use crate::source::FileId;
    use crate::syntax::{DECLARATIONS, parse};

    #[test]
    fn forms_can_be_read() {
        for form in FORMS {
            let mut diagnostics = Diagnostics::default();
            parse(FileId(0), form, &mut diagnostics);
            assert!(!diagnostics.has_errors(), "{form}");
        }
    }

    #[test]
    fn every_declaration_has_one() {
        for keyword in DECLARATIONS {
            assert!(form(keyword).is_some(), "{keyword}");
        }
    }
}
