//! The page of all diagnostics, made of their registry.

use crate::{blocks, console, scenario};
use escalade::diagnostic::{Page, pages};
use std::fmt::Write as _;
use std::path::Path;
use tempfile::TempDir;

/// Files that examples name. Written into the page, so that a reader has them, too.
const FILES: &str = "\
```escalade as=lib.esc
actor library \"Library\"
```

```escalade as=whole-scenario.esc
scenario \"Whole\" { horizon 3 turns }
```

```escalade as=folder/main.esc
scenario \"In a folder\" {}
flag war \"War\"
rule breaks_out \"It breaks out\" {
  while   not war
  then    unlikely { war becomes yes }
  because \"It may.\"
}
outcome fighting \"War\" when war
```

```text as=circle.esc
import \"main.esc\"
```

```text as=facts.md
# Facts

The minister said that nothing
is excluded.
```
";

/// Where the file of defaults lies.
const DEFAULTS: &str = "folder/.escalade.toml";

const INTRODUCTION: &str = "\
# Every diagnostic

Escalade tells all mistakes of a file at once. Each has a code, a place, and mostly a hint. Codes that begin with E
are errors: the scenario cannot be evaluated. Those that begin with W are doubts: it can, but probably says
something else than its author means. `escalade explain E1001` prints what stands here.

Each example below is kept as `main.esc`; beside it lie four small files that some examples name: `lib.esc`,
`whole-scenario.esc`, `circle.esc` and `facts.md`. Those of the file of defaults lie in `folder`, with a scenario.
";

/// What codes that begin alike have in common.
const FAMILIES: [(&str, &str); 8] = [
    ("E0", "The text cannot be read"),
    ("E1", "Names and files"),
    ("E2", "Values, likelihoods and ranges"),
    ("E3", "What cannot mean anything"),
    ("E4", "Found while a scenario is evaluated"),
    ("E5", "The file of defaults"),
    ("E9", "Faults of Escalade"),
    ("W0", "Doubts"),
];

/// The page, its commands still without what they print. In the folder lie the files that examples
/// name afterwards.
pub fn page(folder: &TempDir) -> String {
    blocks::rewritten(FILES, folder);
    let mut page = format!("{INTRODUCTION}\n{FILES}");
    let all: Vec<&Page> = pages::all().collect();
    for family in all.chunk_by(|a, b| a.code.0[..2] == b.code.0[..2]) {
        let prefix = &family[0].code.0[..2];
        let title = FAMILIES.iter().find(|(begins, _)| *begins == prefix);
        let title = title.map_or_else(String::new, |(_, title)| format!(": {}", lower(title)));
        write!(page, "\n## {prefix}{title}\n\n").unwrap();
        for one in family {
            let code = one.code.0;
            writeln!(page, "- [{code}](#{}): {}", code.to_lowercase(), one.title).unwrap();
        }
        family.iter().for_each(|one| page += &told(one, folder.path()));
    }
    page
}

fn lower(title: &str) -> String {
    title[..1].to_lowercase() + &title[1..]
}

fn told(page: &Page, folder: &Path) -> String {
    let code = page.code.0;
    let mut told = format!("\n### {code}\n\n**{}.** {}\n", upper(page.title), page.text);
    let shape = pages::syntax::ONLY_SHAPE.contains(&page.code);
    let undrawn = pages::faults::UNDRAWN.contains(&page.code);
    let defaults = code.starts_with("E5");
    let drawn = !defaults && scenario::draws(code, page.example, folder);
    let kind = match (shape, drawn) {
        (true, _) => "text".to_owned(),
        _ if defaults => format!("toml as={DEFAULTS}"),
        (_, true) => format!("escalade as=main.esc wrong={code}"),
        (_, false) => "escalade as=main.esc".to_owned(),
    };
    if undrawn {
        told += "\nNo text draws it as long as Escalade is sound: the example is read as it should be.\n";
    }
    if shape {
        told +=
            "\nThe example shows only its shape: a real one is too large for a page, or no text.\n";
    }
    write!(told, "\n```{kind}\n{}```\n", page.example).unwrap();
    if !shape && (drawn || shown(page, folder)) {
        write!(told, "\n```console\n$ escalade {}\n```\n", command(code)).unwrap();
    }
    let kind = if defaults { "toml" } else { "escalade" };
    write!(told, "\nMended:\n\n```{kind}\n{}```\n", page.mend).unwrap();
    told
}

/// Whether the command that should show it does.
fn shown(page: &Page, folder: &Path) -> bool {
    let code = page.code.0;
    let file = if code.starts_with("E5") { DEFAULTS } else { "main.esc" };
    std::fs::write(folder.join(file), page.example).unwrap();
    let printed = console::printed(&format!("$ escalade {}", command(code)), &[], folder);
    printed.is_ok_and(|text| text.contains(&format!("[{code}]")))
}

fn upper(title: &str) -> String {
    title[..1].to_uppercase() + &title[1..]
}

/// The command that shows it.
fn command(code: &str) -> &'static str {
    match code {
        "E4002" => "run main.esc --method exact --max-situations 10000",
        "E4003" => "run main.esc --method simulate",
        "E4006" => "run main.esc --method simulate --runs 100",
        _ if code.starts_with("E4") => "run main.esc",
        _ if code.starts_with("E5") => "check folder/main.esc",
        _ => "check main.esc",
    }
}
