//! The model stage: what scenarios mean, and what is said about mistakes in them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use escalade::diagnostic::Diagnostics;
use escalade::model::{self, Model};
use escalade::source::{Reader, Sources};
use std::collections::BTreeMap;

/// Files in memory.
#[derive(Default)]
struct Files(BTreeMap<String, Vec<u8>>);

impl Files {
    fn of(files: &[(&str, &str)]) -> Self {
        let entry = |(path, text): &(&str, &str)| ((*path).to_owned(), text.as_bytes().to_vec());
        Self(files.iter().map(entry).collect())
    }
}

impl Reader for Files {
    fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
        self.0.get(path).cloned().ok_or_else(|| std::io::Error::from(std::io::ErrorKind::NotFound))
    }
}

/// What loading `main.esc` of these files gives.
fn load(files: &Files) -> (Option<Model>, Sources, Diagnostics) {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let model = model::load("main.esc", files, &mut sources, &mut diagnostics);
    (model, sources, diagnostics)
}

#[test]
#[ignore]
fn conformance() {
    let mut failed = 0;
    for entry in std::fs::read_dir(std::env::var("CONF").unwrap()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|e| e != "esc") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let (model, sources, diagnostics) = load(&Files::of(&[("main.esc", &text)]));
        if model.is_none() {
            failed += 1;
            println!("{}", path.display());
            for d in diagnostics.sorted() {
                if d.code.severity().word() == "error" {
                    println!(
                        "  {} {:?} {} {:?}",
                        d.code,
                        sources.file(d.primary.span.file).place(d.primary.span.start),
                        d.message,
                        d.help
                    );
                }
            }
        }
    }
    println!("failed {failed}");
}

/// Files on the disk.
struct Disk;
impl Reader for Disk {
    fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
        std::fs::read(path)
    }
}

#[test]
#[ignore]
fn one() {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let model = model::load(&std::env::var("ONE").unwrap(), &Disk, &mut sources, &mut diagnostics);
    for d in diagnostics.sorted() {
        println!(
            "  {} {:?} {} [{}] {:?}",
            d.code,
            sources.file(d.primary.span.file).place(d.primary.span.start),
            d.message,
            sources.text(d.primary.span),
            d.help
        );
    }
    if std::env::var("SHOW").is_ok() {
        println!("{model:#?}");
    }
}
