//! Links between pages.

use std::fs;
use std::path::Path;

/// The lines of a page that are no code.
fn prose(text: &str) -> impl Iterator<Item = &str> {
    let mut code = false;
    text.lines().filter(move |line| {
        code ^= line.starts_with("```");
        !code
    })
}

/// The targets of all links of a page.
pub fn links(text: &str) -> impl Iterator<Item = &str> {
    prose(text).flat_map(|line| line.split("](").skip(1)).filter_map(|rest| rest.split(')').next())
}

/// The links of a page that lead nowhere.
pub fn broken(page: &Path) -> Vec<String> {
    let text = fs::read_to_string(page).unwrap();
    let here = page.parent().unwrap();
    let inside = links(&text).filter(|link| !link.contains("://"));
    let lost = inside.filter(|link| {
        let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
        let target = if path.is_empty() { page.to_owned() } else { here.join(path) };
        let found = if anchor.is_empty() {
            target.exists()
        } else {
            fs::read_to_string(target).is_ok_and(|text| anchors(&text).any(|one| one == anchor))
        };
        !found
    });
    lost.map(|link| format!("{}: {link}", page.display())).collect()
}

/// The anchors of a page's headings, as mdBook and code hosts make them.
fn anchors(text: &str) -> impl Iterator<Item = String> {
    prose(text).filter(|line| line.starts_with('#')).map(|line| {
        let heading = line.trim_start_matches('#').trim().to_lowercase();
        let kept = heading.chars().filter_map(|sign| match sign {
            ' ' => Some('-'),
            _ => (sign.is_alphanumeric() || "-_".contains(sign)).then_some(sign),
        });
        kept.collect()
    })
}
