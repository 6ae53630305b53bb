//! What a comment asks of the program.

/// What a comment asks.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Asked<'t> {
    /// Nothing: it speaks to people.
    Nothing,
    /// Something that cannot be told.
    Unclear,
    /// To let these be, each with its offset in the comment.
    Allow(Vec<(usize, &'t str)>),
}

/// Reads a comment with its marks. Behind the closing bracket anything may follow, such as a reason.
pub(super) fn asked(comment: &str) -> Asked<'_> {
    let said = comment.trim_start_matches(['/', '*']).trim_start();
    let Some(asked) = said.strip_prefix("escalade:") else { return Asked::Nothing };
    let listed = asked.trim_start().strip_prefix("allow").map(str::trim_start);
    let listed = listed.and_then(|rest| rest.strip_prefix('(')?.split_once(')'));
    let Some((listed, _)) = listed else { return Asked::Unclear };
    let base = listed.as_ptr() as usize - comment.as_ptr() as usize;
    let mut names = Vec::new();
    let mut offset = base;
    for part in listed.split(',') {
        let name = part.trim();
        if name.is_empty() {
            return Asked::Unclear;
        }
        names.push((offset + part.len() - part.trim_start().len(), name));
        offset += part.len() + 1;
    }
    Asked::Allow(names)
}

#[cfg(test)]
mod tests {
    use super::{Asked, asked};

    fn names(comment: &str) -> Vec<&str> {
        let Asked::Allow(names) = asked(comment) else { return Vec::new() };
        names.iter().for_each(|(at, name)| assert!(comment[*at..].starts_with(name)));
        names.into_iter().map(|(_, name)| name).collect()
    }

    #[test]
    fn names_are_found() {
        assert_eq!(names("// escalade: allow(W0011)"), ["W0011"]);
        assert_eq!(names("//escalade:allow( W0011 ,unused ): a reason"), ["W0011", "unused"]);
        assert_eq!(names("/* escalade: allow (unused) */"), ["unused"]);
    }

    #[test]
    fn other_comments_ask_nothing() {
        assert_eq!(asked("// allow(W0011)"), Asked::Nothing);
        assert_eq!(asked("// what escalade: allow(...) does"), Asked::Nothing);
    }

    #[test]
    fn slips_are_told() {
        for comment in [
            "// escalade: alow(W0011)",
            "// escalade: allow W0011",
            "// escalade: allow(W0011",
            "// escalade: allow()",
            "// escalade: allow(W0011,)",
        ] {
            assert_eq!(asked(comment), Asked::Unclear, "{comment}");
        }
    }
}
