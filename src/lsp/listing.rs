//! The scenario files in a folder.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

/// How many files are listed at most.
const MOST: usize = 2000;
/// How many entries of folders are looked at, at most.
const MOST_ENTRIES: usize = 100_000;

/// The paths of the `.esc` files below these folders; hidden ones and those of other tools are left out.
#[must_use]
pub fn scenario_files(folders: Vec<String>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut waiting: Vec<PathBuf> = folders.into_iter().map(PathBuf::from).collect();
    let mut looked_at = 0;
    while let Some(folder) = waiting.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries.flatten() {
            looked_at += 1;
            if found.len() >= MOST || looked_at > MOST_ENTRIES {
                return found;
            }
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let Ok(kind) = entry.file_type() else { continue };
            if name.starts_with('.') {
                continue;
            }
            if kind.is_dir() {
                let foreign = matches!(&*name, "node_modules" | "target");
                if !foreign {
                    waiting.push(entry.path());
                }
            } else if name.ends_with(".esc") {
                found.insert(entry.path().to_string_lossy().replace('\\', "/"));
            }
        }
    }
    found
}
