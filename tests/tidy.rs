//! The house's invariants: which layer uses which, how long files are, no orphaned snapshots.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "tidy/circles.rs"]
mod circles;

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files below a folder, sorted.
fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

#[test]
fn a_layer_uses_only_what_lies_left_of_it() {
    let layers =
        ["syntax", "model", "engine", "solve", "analysis", "report", "session", "lsp", "cli"];
    for (at, layer) in layers.iter().enumerate() {
        for path in files(&format!("src/{layer}"), "rs") {
            let text = fs::read_to_string(&path).unwrap();
            for right in &layers[at + 1..] {
                let used = text.contains(&format!("crate::{right}::"));
                assert!(!used, "{} uses {right}", path.display());
            }
        }
    }
    for layer in ["diagnostic"] {
        for path in files(&format!("src/{layer}"), "rs") {
            let text = fs::read_to_string(&path).unwrap();
            for right in layers {
                assert!(!text.contains(&format!("crate::{right}::")), "{}", path.display());
            }
        }
    }
}

#[test]
fn only_the_outermost_touch_the_world() {
    for path in files("src", "rs") {
        let outermost = ["src/cli", "src/lsp", "src/session"]
            .map(|folder| path.starts_with(root().join(folder)));
        if outermost.contains(&true)
            || ["src/main.rs", "src/disk.rs"].iter().any(|file| path.ends_with(file))
        {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        for word in ["std::fs", "std::env", "println!", "Instant::now", "SystemTime"] {
            assert!(!code.contains(word), "{} uses {word}", path.display());
        }
    }
}

#[test]
fn files_are_short() {
    for path in files("src", "rs") {
        let lines = fs::read_to_string(&path).unwrap().lines().count();
        assert!(lines <= 500, "{} has {lines} lines: split it", path.display());
    }
}

/// Each snapshot names the test file that it comes from; its own name holds the test's function or
/// the name given in it, and behind `@` the case file, which must still be there.
#[test]
fn no_snapshot_is_orphaned() {
    let cases: Vec<String> = files("tests", "esc")
        .iter()
        .map(|path| path.strip_prefix(root()).unwrap().to_str().unwrap().to_owned())
        .collect();
    for path in files("tests", "snap").into_iter().chain(files("src", "snap")) {
        let shown = path.display();
        let text = fs::read_to_string(&path).unwrap();
        let source = text.lines().find_map(|line| line.strip_prefix("source: "));
        let source = source.unwrap_or_else(|| panic!("{shown} names no source"));
        let source = fs::read_to_string(root().join(source))
            .unwrap_or_else(|_| panic!("{shown}: its test file {source} is gone"));
        let stem = path.file_stem().unwrap().to_str().unwrap();
        let (name, case) = stem.split_once('@').map_or((stem, None), |(n, c)| (n, Some(c)));
        let name = name.rsplit("__").next().unwrap();
        let name = name.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('-');
        let named =
            source.contains(&format!("fn {name}(")) || source.contains(&format!("\"{name}\""));
        // Some names are put together: `{view}_{format}`.
        let words: Vec<&str> = name.split('_').collect();
        let composed = words.len() > 1 && words.iter().all(|word| source.contains(word));
        assert!(named || composed, "{shown}: no test asks for it");
        if let Some(case) = case {
            let found = cases.iter().any(|file| file.ends_with(&format!("/{case}")));
            assert!(found || source.contains(case), "{shown}: its case file is gone");
        }
    }
}

/// Nothing but the project's own files is needed, and nothing of a workplace is named.
#[test]
fn nothing_outside_is_named() {
    for (folder, extension) in
        [("src", "rs"), ("tests", "rs"), ("docs", "md"), ("scenarios", "esc"), ("seeds", "md")]
    {
        for path in files(folder, extension) {
            let text = fs::read_to_string(&path).unwrap();
            for word in [concat!("../", "shared"), concat!("/wo", "rk/")] {
                assert!(!text.contains(word), "{} names {word}", path.display());
            }
        }
    }
}
