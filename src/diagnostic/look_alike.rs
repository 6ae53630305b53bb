//! Names that a reader cannot tell apart, or that hold what nobody sees.
//!
//! What looks alike is taken from Unicode Technical Standard 39, Unicode Security Mechanisms
//! (<https://www.unicode.org/reports/tr39/>).

use unicode_security::MixedScript;

/// What a name looks like: of two that look alike it is the same.
#[must_use]
pub fn skeleton(name: &str) -> String {
    let seen: String = name.chars().filter(|c| !is_unseen(*c)).collect();
    unicode_security::skeleton(&seen).collect()
}

/// The first of these names that looks like another one. Letters that everybody has on the keyboard (`l`
/// and `1`, `m` and `rn`) are told apart by those who write them.
#[must_use]
pub fn look_alike<'a>(name: &str, others: &[&'a str]) -> Option<&'a str> {
    let plain = name.is_ascii();
    let mut others = others.iter().filter(|other| !(plain && other.is_ascii()) && **other != name);
    let looks = skeleton(name);
    others.find(|other| skeleton(other) == looks).copied()
}

/// What is strange about a name by itself: characters in it that nobody sees, or letters of another
/// alphabet beside Latin ones, each of which looks like a Latin one.
#[must_use]
pub fn strange(name: &str) -> Option<String> {
    if name.is_ascii() {
        return None;
    }
    if let Some(unseen) = first_unseen(name) {
        return Some(format!("has a character that nobody sees, U+{:04X}", u32::from(unseen)));
    }
    let latin = name.contains(|c: char| c.is_ascii_alphabetic());
    let looks = skeleton(name);
    let foreign = latin && looks.is_ascii() && !name.is_single_script();
    foreign.then(|| {
        let plain: String = name.chars().filter(char::is_ascii).collect();
        format!("mixes alphabets: it has {}", unlike(name, &plain))
    })
}

/// The characters of a name that another one that looks like it does not have.
#[must_use]
pub fn unlike(name: &str, other: &str) -> String {
    let mut told: Vec<String> = Vec::new();
    for c in name.chars().filter(|c| !c.is_ascii() && !other.contains(*c)) {
        let number = u32::from(c);
        let one = match is_unseen(c) {
            true => format!("U+{number:04X}, which nobody sees"),
            false => format!("`{c}` (U+{number:04X})"),
        };
        if !told.contains(&one) {
            told.push(one);
        }
    }
    told.join(" and ")
}

/// The first character of a name that nobody sees. In scripts whose letters join, joiners change what one
/// sees.
fn first_unseen(name: &str) -> Option<char> {
    let mut before = None;
    name.chars().find(|&c| {
        let joins = matches!(c, '\u{200C}' | '\u{200D}')
            && before.is_some_and(|before| {
                matches!(before, '\u{0600}'..='\u{0DFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{18AF}')
            });
        before = Some(c);
        is_unseen(c) && !joins
    })
}

/// Whether a character that a name may hold shows nothing.
fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{034F}'
            | '\u{115F}'
            | '\u{1160}'
            | '\u{17B4}'
            | '\u{17B5}'
            | '\u{180B}'..='\u{180F}'
            | '\u{200C}'
            | '\u{200D}'
            | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FFA0}'
            | '\u{E0100}'..='\u{E01EF}'
    )
}

#[cfg(test)]
mod tests {
    use super::{look_alike, strange, unlike};

    #[test]
    fn what_looks_alike() {
        for (one, other) in [
            ("russia", "russi\u{430}"),
            ("a\u{200D}\u{200C}b", "ab"),
            ("сор", "cop"),
            ("scope", "ѕсоре"),
            ("fire", "\u{FB01}re"),
        ] {
            let alike = [look_alike(one, &[other]), look_alike(other, &[one])];
            assert_eq!(alike, [Some(other), Some(one)]);
        }
        for (one, other) in
            [("modern", "modem"), ("cafe", "café"), ("l1", "ll"), ("é", "é"), ("мир", "mir")]
        {
            assert_eq!(look_alike(one, &[other]), None, "{one}");
        }
        assert_eq!(unlike("russi\u{430}", "russia"), "`\u{430}` (U+0430)");
        assert_eq!(unlike("a\u{200D}b", "ab"), "U+200D, which nobody sees");
    }

    #[test]
    fn what_is_strange_alone() {
        for name in ["russi\u{430}", "a\u{200D}b", "x\u{3164}", "r\u{FE0F}"] {
            assert!(strange(name).is_some(), "{name}");
        }
        let fine =
            ["russia", "Россия", "café", "日本", "sınır", "Δtension", "می‌خواهم", "क्‍ष", "straße"];
        for name in fine {
            assert_eq!(strange(name), None, "{name}");
        }
    }
}
