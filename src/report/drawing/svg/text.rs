//! How wide a text is, and how it breaks into lines.

use crate::report::isolate::{CLOSE, OPEN, carried_over};

/// The fonts of drawings. Widths are those of DejaVu Sans, the widest of them, so that no label is
/// wider than its box in any.
pub const FONTS: &str = "'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', 'Noto Sans', \
                         'DejaVu Sans', sans-serif";

/// The advances of the characters from space to `~` in DejaVu Sans 2.37, in thousandths of the size
/// of the font.
const ADVANCES: [u16; 95] = [
    318, 401, 460, 838, 637, 951, 780, 275, 391, 391, 500, 838, 318, 361, 318, 337, 637, 637, 637,
    637, 637, 637, 637, 637, 637, 637, 337, 337, 838, 838, 838, 531, 1000, 685, 687, 699, 771, 632,
    576, 775, 752, 295, 295, 656, 558, 863, 749, 788, 604, 788, 695, 635, 611, 732, 685, 989, 686,
    611, 686, 391, 337, 391, 838, 500, 500, 613, 635, 550, 635, 616, 353, 635, 634, 278, 278, 580,
    278, 975, 634, 612, 635, 635, 412, 521, 393, 634, 592, 818, 592, 592, 525, 637, 337, 637, 838,
];

/// What other characters take at most: Latin, Greek and Cyrillic letters, and signs; nearly all
/// take less.
const OTHER: u16 = 860;

/// What a character takes that is as wide as two.
const WIDE: u16 = 1100;

/// How much wider bold letters are.
const BOLD: f64 = 1.15;

/// The width of a text in pixels, in letters of this size.
#[must_use]
pub fn width(text: &str, size: f64) -> f64 {
    let thousandths: u32 = text.chars().map(|c| u32::from(advance(c))).sum();
    f64::from(thousandths) * size / 1000.0
}

/// The width of a text in bold letters of this size.
#[must_use]
pub fn bold_width(text: &str, size: f64) -> f64 {
    width(text, size) * BOLD
}

fn advance(c: char) -> u16 {
    let ascii = (c as usize).checked_sub(0x20).and_then(|at| ADVANCES.get(at));
    match (ascii, unicode_width::UnicodeWidthChar::width(c)) {
        (Some(&advance), _) => advance,
        _ if matches!(c, OPEN | CLOSE) => 0,
        (None, Some(2)) => WIDE,
        (None, Some(0)) => 0,
        (None, _) if c == '…' || c == '—' => 1000,
        (None, _) => OTHER,
    }
}

/// A text in at most so many lines of at most this width; what does not fit ends with an ellipsis.
#[must_use]
pub fn wrap(text: &str, size: f64, most: f64, lines: usize) -> Vec<String> {
    let mut wrapped: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace().flat_map(|word| pieces(word, size, most)) {
        let longer = if line.is_empty() { word.clone() } else { format!("{line} {word}") };
        if line.is_empty() || width(&longer, size) <= most {
            line = longer;
        } else {
            wrapped.push(std::mem::replace(&mut line, word));
        }
    }
    wrapped.push(line);
    if wrapped.len() > lines {
        let rest = wrapped.split_off(lines.saturating_sub(1)).join(" ");
        wrapped.push(shortened(&rest, size, most));
    }
    carried_over(wrapped)
}

/// The text, or as much of it as fits with an ellipsis behind.
#[must_use]
pub fn shortened(text: &str, size: f64, most: f64) -> String {
    if width(text, size) <= most {
        return text.to_owned();
    }
    let mut short = String::new();
    let mut taken = width("…", size);
    for c in text.chars() {
        taken += f64::from(advance(c)) * size / 1000.0;
        if taken > most {
            break;
        }
        short.push(c);
    }
    format!("{}…", short.trim_end())
}

/// A word that is too long for a line in pieces that fit.
fn pieces(word: &str, size: f64, most: f64) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut taken = 0.0;
    for c in word.chars() {
        let wide = f64::from(advance(c)) * size / 1000.0;
        if taken + wide > most && taken > 0.0 {
            pieces.push(String::new());
            taken = 0.0;
        }
        taken += wide;
        if let Some(last) = pieces.last_mut() {
            last.push(c);
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::{shortened, width, wrap};

    #[test]
    fn every_line_fits() {
        let text =
            "Warn of a direct confrontation Donaudampfschifffahrtsgesellschaftskapitän 核兵器";
        for most in [30.0, 60.0, 120.0] {
            for line in wrap(text, 11.0, most, 20) {
                assert!(width(&line, 11.0) <= most, "{line}");
            }
        }
        assert_eq!(wrap(text, 11.0, 120.0, 2).len(), 2);
        assert!(wrap(text, 11.0, 120.0, 2)[1].ends_with('…'));
        assert_eq!(wrap("", 11.0, 120.0, 2), [""]);
    }

    #[test]
    fn what_fits_is_not_shortened() {
        assert_eq!(shortened("abc", 10.0, 100.0), "abc");
        assert_eq!(shortened("abcdefgh", 10.0, 40.0), "abcd…");
    }
}
