//! A page, block by block.

use crate::{FOREIGN, console, scenario, source};
use std::fs;
use std::path::Path;

/// What became of a page.
#[derive(Default)]
pub struct Page {
    /// The page, with what is printed now.
    pub text: String,
    /// What is not as it says.
    pub wrong: Vec<String>,
    /// How many blocks it has.
    pub blocks: usize,
}

/// The page as it should be.
pub fn rewritten(text: &str, folder: &tempfile::TempDir) -> Page {
    let folder = folder.path();
    let mut page = Page::default();
    let mut lines = text.lines().enumerate();
    while let Some((at, line)) = lines.next() {
        page.text += &format!("{line}\n");
        let Some(info) = line.strip_prefix("```") else {
            if line.trim_start().starts_with("```") || line.starts_with("~~~") {
                page.wrong.push(format!("line {}: a block must begin at the margin", at + 1));
            }
            continue;
        };
        page.blocks += 1;
        let body: Vec<&str> =
            lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```").collect();
        let block = Block::new(info, body, folder);
        let wrong = match block.language {
            "console" => {
                block.body.chunk_by(|_, line| !line.starts_with("$ ")).for_each(|part| {
                    let (command, shown) = part.split_first().unwrap();
                    page.text += &format!("{command}\n");
                    match console::printed(command, shown, folder) {
                        Ok(printed) => page.text += &printed,
                        Err(why) => page.wrong.push(format!("line {}: {why}", at + 1)),
                    }
                });
                Vec::new()
            }
            "escalade" => block.as_scenario(),
            foreign if FOREIGN.contains(&foreign) => Vec::new(),
            unknown => vec![format!("nobody checks blocks of `{unknown}`")],
        };
        page.wrong.extend(wrong.iter().map(|why| format!("line {}: {why}", at + 1)));
        if block.language != "console" {
            block.body.iter().for_each(|line| page.text += &format!("{line}\n"));
            block.keep();
        }
        page.text += "```\n";
    }
    page
}

struct Block<'a> {
    language: &'a str,
    attributes: Vec<(&'a str, &'a str)>,
    body: Vec<&'a str>,
    folder: &'a Path,
}

impl<'a> Block<'a> {
    fn new(info: &'a str, body: Vec<&'a str>, folder: &'a Path) -> Self {
        let mut words = info.split(' ');
        let language = words.next().unwrap_or_default();
        let attributes = words.map(|word| word.split_once('=').unwrap_or((word, ""))).collect();
        Self { language, attributes, body, folder }
    }

    fn attribute(&self, wanted: &str) -> Option<&'a str> {
        self.attributes.iter().find(|(name, _)| *name == wanted).map(|(_, value)| *value)
    }

    /// The text, behind the example that it is added to, and with what it includes.
    fn whole(&self) -> String {
        let before = self.attribute("with").and_then(|name| self.example(name));
        before.map_or_else(|| self.text(), |before| format!("{before}\n{}", self.text()))
    }

    fn example(&self, name: &str) -> Option<String> {
        fs::read_to_string(self.folder.join(name)).ok()
    }

    fn text(&self) -> String {
        let each = self.body.iter().map(|line| {
            let included =
                line.strip_prefix("{{#include ").and_then(|rest| rest.strip_suffix("}}"));
            included.map_or_else(
                || format!("{line}\n"),
                |path| fs::read_to_string(source().join(path)).unwrap(),
            )
        });
        each.collect()
    }

    fn keep(&self) {
        if let Some(name) = self.attribute("as") {
            let path = self.folder.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, self.whole()).unwrap();
        }
    }

    /// What is wrong with a block of our language.
    fn as_scenario(&self) -> Vec<String> {
        for (name, value) in &self.attributes {
            match (*name, self.example(value)) {
                ("from", Some(whole)) => {
                    let stands = format!("\n{whole}").contains(&format!("\n{}", self.text()));
                    return if stands { Vec::new() } else { vec![format!("not so in {value}")] };
                }
                ("with", Some(_)) | ("as" | "wrong", _) => {}
                _ => return vec![format!("`{name}={value}` says nothing")],
            }
        }
        let text = self.whole();
        match self.attribute("wrong") {
            None => scenario::errors(&text, self.folder),
            Some(code) => scenario::other_than(code, &text, self.folder),
        }
    }
}
