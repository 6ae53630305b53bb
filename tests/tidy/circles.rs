//! No circles between the files of a layer, but for those named here, which only become fewer and smaller.

use super::{files, root};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// The files of each circle that there still is. None may have more than [`MOST`].
const KNOWN: &[&[&str]] = &[
    &["analysis/reactions/aftermath/endless.rs", "analysis/reactions/aftermath/mod.rs"],
    &[
        "analysis/reactions/delays.rs",
        "analysis/reactions/last_writers.rs",
        "analysis/reactions/ledger.rs",
        "analysis/reactions/orbit_means.rs",
    ],
    &["analysis/why/barriers.rs", "analysis/why/followed_back.rs"],
    &[
        "cli/commands/sweep/mod.rs",
        "cli/commands/sweep/parquet.rs",
        "cli/commands/sweep/part.rs",
        "cli/commands/sweep/table.rs",
    ],
    &["cli/files.rs", "cli/load.rs"],
    &[
        "diagnostic/code.rs",
        "diagnostic/mod.rs",
        "diagnostic/pages/faults.rs",
        "diagnostic/pages/mod.rs",
    ],
    &["engine/batch.rs", "engine/explore.rs"],
    &[
        "engine/compile.rs",
        "engine/program.rs",
        "engine/symmetry/compare.rs",
        "engine/symmetry/encode.rs",
        "engine/symmetry/loose.rs",
        "engine/symmetry/mod.rs",
        "engine/symmetry/permutation.rs",
    ],
    &["lsp/declared.rs", "lsp/occurrences.rs"],
    &["model/cond.rs", "model/rules.rs"],
    &[
        "model/difference/mod.rs",
        "model/difference/parts.rs",
        "model/difference/unit.rs",
        "model/difference/view.rs",
    ],
    &["model/load.rs", "model/quotation.rs"],
    &["report/content/causes.rs", "report/content/why.rs"],
    &["report/content/labels.rs", "report/percent.rs", "report/text/mod.rs"],
    &["report/html/data.rs", "report/html/evidence.rs", "report/html/page.rs"],
    &["solve/chances.rs", "solve/values/given_observations.rs"],
    &[
        "syntax/hints/forms.rs",
        "syntax/lower/mod.rs",
        "syntax/lower/nodes.rs",
        "syntax/mod.rs",
        "syntax/pieces.rs",
        "syntax/reader.rs",
    ],
    &["syntax/hints/mod.rs", "syntax/mistake.rs"],
    &["syntax/tree/declarations.rs", "syntax/tree/rules.rs"],
];

/// How many files the largest circle has; six are to be the most.
const MOST: usize = 7;

/// A module, or something in one, by its names from the root.
type Path = Vec<String>;

/// Modules by their path from the crate's root, each with its file and its text without tests.
struct Modules(BTreeMap<Vec<String>, (String, String)>);

impl Modules {
    fn new() -> Self {
        let module = |path: &std::path::PathBuf| {
            let file = path.strip_prefix(root().join("src")).unwrap().to_str().unwrap().to_owned();
            let names = file.trim_end_matches(".rs").split('/').map(str::to_owned);
            let names: Vec<String> = names.filter(|name| name != "mod" && name != "lib").collect();
            let text = fs::read_to_string(path).unwrap();
            let code = text.split("#[cfg(test)]\nmod").next().unwrap().lines();
            let code: Vec<&str> =
                code.filter(|line| !line.trim_start().starts_with("//")).collect();
            (names, (file, code.join("\n")))
        };
        Self(files("src", "rs").iter().map(module).collect())
    }

    /// The paths that a module names, from the root; those that it only hands on are told apart.
    fn named(&self, own: &[String]) -> (Vec<Path>, Vec<(String, Path)>) {
        let (mut used, mut handed) = (Vec::new(), Vec::new());
        let text = &self.0[own].1;
        for statement in text.split(';') {
            let trimmed = statement.trim_start();
            // What stands before `use` on its line: nothing, or who may use it from there.
            let before = |at: usize| trimmed[..at].rsplit('\n').next().unwrap_or_default().trim();
            let import = trimmed
                .rfind("use ")
                .filter(|&at| matches!(before(at), "" | "pub" | "pub(crate)" | "pub(super)"));
            if let Some(at) = import {
                for path in leaves(&trimmed[at + 4..]) {
                    let Some(path) = self.absolute(own, &path) else { continue };
                    match before(at) {
                        "" => used.push(path),
                        _ => handed.push((path.last().unwrap().clone(), path)),
                    }
                }
            }
            for start in ["crate::", "super::"] {
                for (at, _) in statement.match_indices(start) {
                    let path: String = statement[at..]
                        .chars()
                        .take_while(|c| c.is_alphanumeric() || matches!(c, '_' | ':'))
                        .collect();
                    let names: Vec<String> =
                        path.trim_end_matches(':').split("::").map(str::to_owned).collect();
                    if import.is_none() {
                        used.extend(self.absolute(own, &names));
                    }
                }
            }
        }
        (used, handed)
    }

    /// A path as seen from a module, from the root; `None` where it leads out of the crate.
    fn absolute(&self, own: &[String], path: &[String]) -> Option<Vec<String>> {
        let ups = path.iter().take_while(|name| *name == "super").count();
        let rest = &path[ups..];
        match rest.first().map(String::as_str) {
            _ if ups > 0 => Some([&own[..own.len().checked_sub(ups)?], rest].concat()),
            Some("crate") => Some(rest[1..].to_vec()),
            Some("self") => Some([own, &rest[1..]].concat()),
            Some(_) => {
                let child = [own, &rest[..1]].concat();
                self.0.contains_key(&child).then(|| [own, rest].concat())
            }
            None => None,
        }
    }

    /// For each file the files of its layer that it uses, through whatever hands them on.
    fn uses(&self) -> BTreeMap<String, BTreeSet<String>> {
        let mut handed: BTreeMap<Vec<String>, Vec<String>> = BTreeMap::new();
        for own in self.0.keys() {
            for (name, path) in self.named(own).1 {
                handed.insert([&own[..], &[name]].concat(), path);
            }
        }
        let file = |path: &[String]| {
            let mut path = path.to_vec();
            for _ in 0..8 {
                let found = (1..=path.len()).rev().find_map(|end| {
                    let known = !self.0.contains_key(&path[..end]);
                    handed.get(&path[..end]).filter(|_| known).map(|to| [to, &path[end..]].concat())
                });
                let Some(next) = found else { break };
                path = next;
            }
            (1..=path.len()).rev().find_map(|end| self.0.get(&path[..end])).map(|it| it.0.clone())
        };
        let mut uses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (own, (name, _)) in &self.0 {
            let layer = |file: &str| file.split('/').next().map(str::to_owned);
            let named = self.named(own).0;
            let all = named.iter().filter_map(|path| file(path));
            let own_layer = all.filter(|to| to != name && layer(to) == layer(name)).collect();
            uses.insert(name.clone(), own_layer);
        }
        uses
    }
}

/// The paths that a `use` names: `a::{b, c::D}` are two.
fn leaves(text: &str) -> Vec<Vec<String>> {
    let text = text.trim();
    let Some((before, inside)) = text.split_once('{') else {
        let path = text.split(" as ").next().unwrap_or(text);
        return vec![path.split("::").map(|name| name.trim().to_owned()).collect()];
    };
    let before: Vec<String> = before.trim_end_matches(':').split("::").map(str::to_owned).collect();
    let inside = inside.trim_end_matches('}');
    let (mut parts, mut depth, mut begin) = (Vec::new(), 0, 0);
    for (at, sign) in inside.char_indices() {
        match sign {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&inside[begin..at]);
                begin = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&inside[begin..]);
    let part = |part: &&str| !part.trim().is_empty();
    let all = parts.into_iter().filter(part).flat_map(leaves);
    all.map(|path| {
        let path = if path == ["self"] { Vec::new() } else { path };
        [&before[..], &path].concat()
    })
    .collect()
}

/// All that can be reached.
fn reached<'a>(uses: &'a BTreeMap<String, BTreeSet<String>>, from: &'a str) -> BTreeSet<&'a str> {
    let (mut found, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(file) = open.pop() {
        for to in &uses[file] {
            if found.insert(to.as_str()) {
                open.push(to);
            }
        }
    }
    found
}

#[test]
fn files_use_each_other_one_way() {
    let uses = Modules::new().uses();
    assert!(uses.values().map(BTreeSet::len).sum::<usize>() > 500, "imports are not read");
    let all: BTreeMap<&str, BTreeSet<&str>> =
        uses.keys().map(|file| (file.as_str(), reached(&uses, file))).collect();
    let mut circles: BTreeSet<Vec<&str>> = BTreeSet::new();
    for (file, reached) in &all {
        if reached.contains(file) {
            let both = reached.iter().filter(|to| all[*to].contains(file));
            circles.insert(both.copied().collect());
        }
    }
    let known: BTreeSet<Vec<&str>> = KNOWN.iter().map(|circle| circle.to_vec()).collect();
    let new: Vec<_> = circles.difference(&known).collect();
    let gone: Vec<_> = known.difference(&circles).collect();
    assert!(new.is_empty(), "new circles of files: {new:#?}");
    assert!(gone.is_empty(), "gone, and to be struck out of the list: {gone:#?}");
    assert!(circles.iter().all(|circle| circle.len() <= MOST));
}
