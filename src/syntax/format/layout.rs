//! Strings and comments over several lines, moved with the lines that they stand on.

/// The lines of a string between triple marks, its text standing at this indentation. What it says
/// does not change: the indentation that all its lines share is layout.
pub(super) fn block_text(written: &str, indentation: usize) -> Vec<String> {
    let plain = written.replace("\r\n", "\n");
    let mut lines: Vec<&str> = plain.split('\n').collect();
    let first = lines.remove(0);
    let last_blank = lines.last().is_some_and(|line| line.trim() == "\"\"\"");
    let counted = if last_blank { lines.len().saturating_sub(1) } else { lines.len() };
    let shared = lines[..counted]
        .iter()
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.len() - line.trim_start_matches([' ', '\t']).len())
        .min()
        .unwrap_or(0);
    let empty = lines[..counted].iter().all(|line| line.trim().is_empty());
    // Nothing but spaces: then they are what it says.
    let pad = if empty { String::new() } else { " ".repeat(indentation) };
    let mut moved = vec![first.to_owned()];
    moved.extend(lines[..counted].iter().map(|line| match line.get(shared..) {
        Some(rest) if !rest.is_empty() => format!("{pad}{rest}"),
        _ => String::new(),
    }));
    if last_blank {
        moved.push(format!("{}\"\"\"", " ".repeat(indentation)));
    }
    moved
}

/// The lines of a comment whose first line moves from one column to another: the others move with
/// it, as far as there are spaces to move over.
pub(super) fn block_comment(written: &str, from: usize, to: usize) -> Vec<String> {
    let plain = written.replace("\r\n", "\n");
    let mut lines = plain.split('\n');
    let first = lines.next().unwrap_or_default().trim_end().to_owned();
    let rest = lines.map(|line| {
        let line = line.trim_end();
        let spaces = line.len() - line.trim_start_matches(' ').len();
        match spaces {
            _ if line.is_empty() => String::new(),
            // What is not indented is laid out in a way of its own.
            0 => line.to_owned(),
            _ => {
                let indented = (spaces + to).saturating_sub(from).max(1);
                format!("{}{}", " ".repeat(indented), &line[spaces..])
            }
        }
    });
    std::iter::once(first).chain(rest).collect()
}

#[cfg(test)]
mod tests {
    use super::{block_comment, block_text};

    #[test]
    fn a_text_moves_as_a_whole() {
        let written = "\"\"\"\n  one\n    two\n\n  three\n \"\"\"";
        let moved = block_text(written, 4);
        assert_eq!(moved, ["\"\"\"", "    one", "      two", "", "    three", "    \"\"\""]);
        assert_eq!(block_text("\"\"\"a\n b\"\"\"", 2), ["\"\"\"a", "  b\"\"\""]);
    }

    #[test]
    fn a_comment_keeps_its_shape() {
        assert_eq!(block_comment("/* a\n   * b\n*/", 2, 4), ["/* a", "     * b", "*/"]);
        assert_eq!(block_comment("/* a\n b */", 9, 0), ["/* a", " b */"]);
    }
}
