//! What the guide and the README show is so.
//!
//! Each page is read block by block, in a copy of the guide's examples:
//!
//! - `console` holds commands behind `$` and what they print. `[…]` stands for lines left out; behind it
//!   the text goes on with the next line that is printed so. `$ cat FILE` shows a file; what is piped
//!   into `jq` is compared where there is a `jq`. `< FILE` gives a command a file to read.
//! - `escalade` is a scenario, or the declarations of one, and is checked. `from=FILE` says that it
//!   stands so in an example, `with=FILE` that it is added to one, `as=FILE` that it is kept for
//!   commands further down, `wrong=CODE` that it is meant to draw this diagnostic and no other error.
//! - Other languages are those of [`FOREIGN`]; with `as=FILE` they are kept, too.
//!
//! With `GUIDE=update` in the environment the pages are written anew.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "guide/blocks.rs"]
mod blocks;
#[path = "guide/console.rs"]
mod console;
#[path = "guide/diagnostics.rs"]
mod diagnostics;
#[path = "guide/links.rs"]
mod links;
#[path = "guide/scenario.rs"]
mod scenario;

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

/// What a page may hold that is not ours.
const FOREIGN: [&str; 12] = [
    "sh", "text", "yaml", "python", "prism", "problog", "netlogo", "gambit", "toml", "lua", "json",
    "elisp",
];

/// The page that is made of the registry of diagnostics.
const DIAGNOSTICS: &str = "diagnostics.md";

#[test]
fn what_is_shown_is_what_is_printed() {
    let pages = pages();
    let pages = pages.iter().filter(|page| !page.ends_with(DIAGNOSTICS));
    let checked: Vec<(usize, Vec<String>)> = thread::scope(|scope| {
        let threads: Vec<_> = pages.map(|page| scope.spawn(|| checked(page))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let (blocks, wrong): (Vec<usize>, Vec<Vec<String>>) = checked.into_iter().unzip();
    let wrong = wrong.concat();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(blocks.iter().sum::<usize>() > 100);
}

/// How many blocks a page has, and what is wrong with them.
fn checked(page: &Path) -> (usize, Vec<String>) {
    let found = blocks::rewritten(&fs::read_to_string(page).unwrap(), &examples());
    (found.blocks, settled(page, &found))
}

#[test]
fn all_diagnostics_are_told() {
    let folder = examples();
    let found = blocks::rewritten(&diagnostics::page(&folder), &folder);
    let wrong = settled(&source().join(DIAGNOSTICS), &found);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The book colours what the grammar reserves.
#[test]
fn reserved_words_have_a_colour() {
    let grammar = fs::read_to_string(root().join("grammar/escalade.pest")).unwrap();
    let colours = fs::read_to_string(root().join("docs/guide/escalade.js")).unwrap();
    let coloured: Vec<&str> = colours.split(|c: char| !(c.is_alphabetic() || c == '_')).collect();
    let reserved = grammar.split("\nreserved =").nth(1).unwrap().split("\n}").next().unwrap();
    let words: Vec<&str> = reserved.split('"').skip(1).step_by(2).collect();
    assert!(words.len() > 40, "{words:?}");
    for word in words {
        assert!(coloured.contains(&word), "docs/guide/escalade.js does not know `{word}`");
    }
}

/// Compares a page with what it should be, or writes it.
fn settled(page: &Path, found: &blocks::Page) -> Vec<String> {
    let name = page.strip_prefix(root()).unwrap().display();
    let text = fs::read_to_string(page).unwrap_or_default();
    let mut wrong: Vec<String> = found.wrong.iter().map(|why| format!("{name}, {why}")).collect();
    if !wrong.is_empty() || text == found.text {
        return wrong;
    }
    if std::env::var("GUIDE").is_ok_and(|value| value == "update") {
        fs::write(page, &found.text).unwrap();
        return wrong;
    }
    let pairs = text.lines().zip(found.text.lines());
    let same = pairs.take_while(|(shown, printed)| shown == printed).count();
    let rest = |text: &str| text.lines().skip(same).take(12).collect::<Vec<_>>().join("\n");
    wrong.push(format!(
        "{name}, from line {}, shows\n{}\nbut with GUIDE=update it would be\n{}",
        same + 1,
        rest(&text),
        rest(&found.text)
    ));
    wrong
}

/// Every page stands in the table of contents, and everything there is a page.
#[test]
fn all_pages_are_listed() {
    let contents = fs::read_to_string(source().join("SUMMARY.md")).unwrap();
    let listed: Vec<PathBuf> = links::links(&contents).map(|link| source().join(link)).collect();
    let pages: Vec<PathBuf> =
        pages().into_iter().filter(|page| !page.ends_with("README.md")).collect();
    let unlisted: Vec<_> = pages.iter().filter(|page| !listed.contains(page)).collect();
    let missing: Vec<_> = listed.iter().filter(|page| !pages.contains(page)).collect();
    assert!(
        unlisted.is_empty() && missing.is_empty(),
        "{unlisted:?} unlisted, {missing:?} missing"
    );
}

#[test]
fn links_lead_somewhere() {
    let wrong: Vec<String> = pages().iter().flat_map(|page| links::broken(page)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// But for those that pages show for their mistakes, `wrong-….esc`.
#[test]
fn examples_have_no_mistakes() {
    let folder = examples();
    let wrong: Vec<String> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|it| it == "esc"))
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), path))
        .filter(|(name, _)| !name.starts_with("wrong-"))
        .flat_map(|(name, path)| {
            let errors = scenario::errors(&fs::read_to_string(path).unwrap(), folder.path());
            errors.into_iter().map(move |error| format!("{name}: {error}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The tutorial's document is the one that the shipped scenario rests on.
#[test]
fn the_account_is_the_seed() {
    let seed = fs::read(root().join("seeds/western-troops.md")).unwrap();
    assert!(seed == fs::read(source().join("examples/account.txt")).unwrap());
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Where the guide's pages are.
fn source() -> PathBuf {
    root().join("docs/guide/src")
}

/// All pages: the guide's, without its table of contents and its examples, and the README.
fn pages() -> Vec<PathBuf> {
    let mut pages = vec![root().join("README.md")];
    let mut folders = vec![source()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("examples") {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "md") && !path.ends_with("SUMMARY.md")
            {
                pages.push(path);
            }
        }
    }
    pages.sort();
    pages
}

/// A copy of the examples, for commands that write files.
fn examples() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&source().join("examples"), folder.path());
    folder
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            fs::create_dir(&target).unwrap();
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}
