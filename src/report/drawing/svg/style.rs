//! The one style sheet of all drawings and charts.

use super::text::FONTS;
use std::fmt::Write as _;

/// The colours by their parts: the name of the custom property, light, and dark.
const COLOURS: [(&str, &str, &str); 9] = [
    ("paper", "#ffffff", "#15181d"),
    ("ink", "#1c2127", "#e6e9ed"),
    ("faint", "#56606b", "#a2acb8"),
    ("line", "#6a7580", "#8a96a3"),
    ("grid", "#d7dde3", "#363e48"),
    ("back", "#7a3fa8", "#c39af0"),
    ("value", "#1f5582", "#8cc0ee"),
    ("middle", "#6f9fc8", "#4f83b0"),
    ("bounds", "#c6d8e8", "#2f4a63"),
];

/// What has which colour: selector, property, part.
const RULES: [(&str, &str, &str); 20] = [
    (".paper", "fill", "paper"),
    ("text", "fill", "ink"),
    (".faint", "fill", "faint"),
    (".ink", "fill", "ink"),
    (".box", "fill", "paper"),
    (".box", "stroke", "line"),
    (".kind-outcome .box", "stroke", "ink"),
    (".kind-start .box", "fill", "ink"),
    (".kind-start text", "fill", "paper"),
    (".line", "stroke", "line"),
    (".head", "fill", "line"),
    (".grid", "stroke", "grid"),
    (".axis", "stroke", "faint"),
    (".back .line", "stroke", "back"),
    (".back .head", "fill", "back"),
    (".value", "fill", "value"),
    (".middle", "fill", "middle"),
    (".bounds", "fill", "bounds"),
    (".mark", "fill", "grid"),
    (".seam", "stroke", "paper"),
];

/// The style sheet of drawings, for a page that holds several of them or names the hash of what it
/// allows: exactly what stands in each `<style>`.
///
/// Every colour can be set from outside, by `--escalade-paper`, `-ink`, `-faint`, `-line`, `-grid`,
/// `-back`, `-value`, `-middle` and `-bounds`; otherwise they follow the reader's choice of light or
/// dark, and are light in print. Programs that know no custom properties draw in the light ones.
#[must_use]
pub fn sheet() -> String {
    let mut sheet = String::new();
    // Writing to a string cannot fail; so with every `write!` here.
    let _ = write!(
        sheet,
        "\n.escalade-drawing{{font-family:{FONTS}}}\n\
         .escalade-drawing text{{font-size:11px}}\n\
         .escalade-drawing .line{{fill:none}}\n\
         .escalade-drawing .box{{stroke-width:1}}\n\
         .escalade-drawing .kind-outcome .box{{stroke-width:2}}\n\
         .escalade-drawing .heading{{font-size:18px;font-weight:bold}}\n\
         .escalade-drawing .strong{{font-weight:bold}}\n\
         .escalade-drawing .small{{font-size:9.5px}}\n\
         .escalade-drawing .middle-of{{text-anchor:middle}}\n\
         .escalade-drawing .end-of{{text-anchor:end}}\n\
         .escalade-drawing .on-light{{fill:#1c2127}}\n\
         .escalade-drawing .on-dark{{fill:#ffffff}}\n"
    );
    for (selector, property, part) in RULES {
        let light = COLOURS.iter().find(|colour| colour.0 == part).map_or("", |colour| colour.1);
        let _ = writeln!(sheet, ".escalade-drawing {selector}{{{property}:{light}}}");
    }
    sheet.push_str("@supports (--a:b){\n");
    colours(&mut sheet, |&(_, light, _)| light);
    sheet.push_str("@media screen and (prefers-color-scheme:dark){\n");
    colours(&mut sheet, |&(_, _, dark)| dark);
    sheet.push_str("}\n");
    for (selector, property, part) in RULES {
        let _ = writeln!(sheet, ".escalade-drawing {selector}{{{property}:var(--drawn-{part})}}");
    }
    sheet.push_str("}\n");
    sheet
}

fn colours(
    sheet: &mut String,
    which: impl Fn(&(&'static str, &'static str, &'static str)) -> &'static str,
) {
    sheet.push_str(".escalade-drawing{");
    for colour in &COLOURS {
        let (part, value) = (colour.0, which(colour));
        let _ = write!(sheet, "--drawn-{part}:var(--escalade-{part},{value});");
    }
    sheet.push_str("}\n");
}

/// The colour of a rung (from 0, of `count`), from calm to grave, and the class of what is written on it.
/// Each is darker than the one before, so that they can be told apart without colours.
#[must_use]
pub fn rung(index: usize, count: usize) -> (String, &'static str) {
    const STOPS: [[usize; 3]; 6] = [
        [0xd9, 0xec, 0xf2],
        [0xf6, 0xe3, 0xa1],
        [0xf0, 0xb4, 0x5c],
        [0xdb, 0x71, 0x3c],
        [0xb0, 0x2f, 0x35],
        [0x5e, 0x12, 0x2b],
    ];
    // In steps of a 1000th, so that no rounding of floats is in it.
    let last = STOPS.len() - 1;
    let part = (index * 1000 * last / count.saturating_sub(1).max(1)).min(1000 * last);
    let (from, part) =
        (STOPS[(part / 1000).min(last - 1)], part - 1000 * (part / 1000).min(last - 1));
    let to = STOPS[(index * 1000 * last / count.saturating_sub(1).max(1) / 1000).min(last - 1) + 1];
    let mix = |at: usize| (from[at] * (1000 - part) + to[at] * part) / 1000;
    let (red, green, blue) = (mix(0), mix(1), mix(2));
    let light = 299 * red + 587 * green + 114 * blue > 140_000;
    (format!("#{red:02x}{green:02x}{blue:02x}"), if light { "on-light" } else { "on-dark" })
}
