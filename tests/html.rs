//! The report as a page of HTML, and reports evaluated again.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "cli/case.rs"]
mod case;
#[path = "report/fixture.rs"]
mod fixture;

use case::{Case, LIBRARY, READINGS, SOUND};
use escalade::report::html;
use escalade::report::replayed::Recorded;
use escalade::report::text::Limits;
use fixture::Fixture;
use proptest::prelude::*;
use sha2::{Digest, Sha256};

const ALL: Limits = Limits { min_probability: 0.0, depth: 12 };

fn page(fixture: &Fixture) -> String {
    html::run(&fixture.report(), ALL)
}

/// What stands between two marks, all of them.
fn between<'a>(page: &'a str, begin: &str, end: &str) -> Vec<&'a str> {
    page.split(begin).skip(1).map(|rest| rest.split(end).next().unwrap()).collect()
}

/// The page without styles, scripts and drawings.
fn markup(page: &str) -> String {
    let mut text = page.to_owned();
    for (begin, end) in [("<style>", "</style>"), ("<script", "</script>"), ("<svg", "</svg>")] {
        while let Some(at) = text.find(begin) {
            let length = text[at..].find(end).unwrap() + end.len();
            text.replace_range(at..at + length, "");
        }
    }
    let policy = between(&text, "Policy\" content=\"", "\"")[0].to_owned();
    text.replace(&policy, "(policy)")
}

mod pages {
    use super::*;

    #[test]
    fn structure() {
        let markup = markup(&page(&Fixture::with_behind()));
        for (at, _) in markup.match_indices('<') {
            let next = markup[at + 1..].chars().next().unwrap();
            let begins = next.is_ascii_alphabetic() || next == '/' || next == '!';
            assert!(begins, "a bare sign: {}", &markup[at..(at + 40).min(markup.len())]);
        }
        insta::assert_snapshot!(markup);
    }

    /// The policy allows exactly what is in the page: nothing else, and nothing of it is blocked.
    #[test]
    fn the_policy_names_the_style_and_the_script() {
        let page = page(&Fixture::new());
        let policy = between(&page, "Policy\" content=\"", "\"")[0];
        let hash = |text: &&str| {
            let digest = Sha256::digest(text.as_bytes());
            format!("'sha256-{}'", base64(&digest))
        };
        for (begin, end, directive) in
            [("<style>", "</style>", "style-src "), ("<script>", "</script>", "script-src ")]
        {
            let mut expected: Vec<String> = between(&page, begin, end).iter().map(hash).collect();
            let allowed = between(policy, directive, ";")[0];
            let mut allowed: Vec<String> = allowed.split(' ').map(str::to_owned).collect();
            for list in [&mut expected, &mut allowed] {
                list.sort();
                list.dedup();
            }
            assert_eq!(allowed, expected);
        }
        assert!(policy.starts_with("default-src 'none'; ") && !policy.contains("unsafe"));
        assert!(page.find("Content-Security-Policy") < page.find("<title>"), "the policy is late");
    }

    fn base64(bytes: &[u8]) -> String {
        let signs: Vec<char> =
            ('A'..='Z').chain('a'..='z').chain('0'..='9').chain(['+', '/']).collect();
        let bits: Vec<u8> =
            bytes.iter().flat_map(|byte| (0..8).rev().map(move |at| byte >> at & 1)).collect();
        let mut text: String = bits
            .chunks(6)
            .map(|six| (0..6).fold(0, |sum, at| sum << 1 | six.get(at).copied().unwrap_or(0)))
            .map(|six| signs[usize::from(six)])
            .collect();
        while !text.len().is_multiple_of(4) {
            text.push('=');
        }
        text
    }

    #[test]
    fn nothing_is_asked_of_the_network() {
        let page = page(&Fixture::new());
        let markup = markup(&page);
        for word in ["src=", "@import", "<link rel=\"stylesheet", "<iframe", "<object", " style="] {
            assert!(!markup.contains(word), "{word}");
        }
        assert!(!page.contains(" style=\""), "a drawing has a style of its own");
    }

    #[test]
    fn one_reading_only_is_said() {
        let mut fixture = Fixture::new();
        fixture.results.remove(0);
        let page = markup(&page(&fixture));
        assert!(
            page.contains("In one reading only: <strong>") && !page.contains("id=\"readings\"")
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn texts_of_the_scenario_make_no_markup(text in texts()) {
            let mut fixture = Fixture::with_behind();
            // What stands in backticks may become code, and what is written from right to left stands by
            // itself, but nothing else.
            let own = |page: &str| page.matches("code>").count() + page.matches("bdi>").count();
            let tags = |page: &str| page.matches('<').count() - own(page);
            let plain = tags(&markup(&page(&fixture)));
            let model = &mut fixture.model;
            model.title.clone_from(&text);
            model.summary = Some(text.clone());
            model.actors[0].title.clone_from(&text);
            model.actors[0].voices = vec![text.clone(); model.actors[0].voices.len()];
            model.actions[0].title.clone_from(&text);
            model.outcomes[0].title.clone_from(&text);
            model.issues[0].title.clone_from(&text);
            model.sources[0].title.clone_from(&text);
            model.sources[0].by = Some(text.clone());
            model.declarations[0].title.clone_from(&text);
            model.declarations[0].trigger_text.clone_from(&text);
            model.readings[0].title.clone_from(&text);
            for quote in model.positions.iter_mut().flat_map(|position| &mut position.says) {
                quote.text.clone_from(&text);
            }
            if let Some(behind) = &mut fixture.behind {
                behind.model = fixture.model.clone();
            }
            let page = page(&fixture);
            prop_assert_eq!(page.matches("<script").count(), 3);
            prop_assert_eq!(page.matches("</script").count(), 3);
            prop_assert_eq!(tags(&markup(&page)), plain);
            // And what the page carries can be read.
            let recorded = Recorded::read(&page).unwrap();
            prop_assert!(recorded.compared(&fixture.report()).differences.is_empty());
        }
    }

    /// Any texts, and such as try to get out of where they stand.
    fn texts() -> impl Strategy<Value = String> {
        let marks = prop::sample::select(vec![
            "</script>",
            "<script>",
            "<!--",
            "-->",
            "]]>",
            "</style>",
            "\"",
            "'",
            "&",
            "&lt;",
            "<",
            ">",
            "</title>",
            "</svg>",
            "onload=",
            "\u{2028}",
            "\u{202e}",
            "\u{0}",
            "\\",
            "`",
            "${x}",
            "a",
            " ",
        ]);
        prop_oneof![
            any::<String>(),
            prop::collection::vec(marks, 0..12).prop_map(|all| all.concat())
        ]
    }
}

mod replay {
    use super::*;

    const IMPORTING: &str = r#"
import "people/all.esc"
scenario "Importing" { horizon 3 turns }
action go "Go"
inject turn 0 { east does go }
rule again { on east does go then unlikely { east does go } }
outcome gone "Gone" when east has done go
"#;

    fn made(format: &'static str, text: &str) -> Case {
        let case = Case::new().file("a.esc", text);
        case.status(0, ["run", "a.esc", "--format", format, "-o", "report"]);
        case
    }

    #[test]
    fn every_format_says_the_same() {
        for format in ["html", "json", "markdown"] {
            let case = made(format, SOUND);
            let (status, stdout, stderr) = case.parts(["replay", "report"]);
            assert_eq!((status, stderr.as_str()), (0, ""), "{format}\n{stdout}");
            assert!(
                stdout.contains("The same: ") && stdout.contains("to the last digit"),
                "{stdout}"
            );
        }
    }

    #[test]
    fn told() {
        insta::assert_snapshot!(made("html", READINGS).run(["replay", "report"]));
    }

    /// The scenario may be gone or changed: the page carries it. Other forms need the file.
    #[test]
    fn a_changed_scenario() {
        let changed = SOUND.replace("5%..15%", "5%..25%");
        for (format, status, words) in [
            ("html", 0, "the hash is the recorded one"),
            ("json", 3, "THE TEXT IS NOT THE RECORDED ONE"),
            ("markdown", 3, "THE TEXT IS NOT THE RECORDED ONE"),
        ] {
            let case = made(format, SOUND).file("a.esc", &changed);
            let (found, stdout, _) = case.parts(["replay", "report"]);
            assert!(found == status && stdout.contains(words), "{format}: {found}\n{stdout}");
        }
        let case = made("markdown", SOUND).file("a.esc", &changed);
        insta::assert_snapshot!("changed_scenario", case.run(["replay", "report"]));
        // A comment changes the text, and no number.
        let case = made("json", SOUND).file("a.esc", &format!("{SOUND}\n// nothing\n"));
        let (status, stdout, _) = case.parts(["replay", "report"]);
        assert!(status == 0 && stdout.contains("THE TEXT IS NOT THE RECORDED ONE"), "{stdout}");
    }

    #[test]
    fn a_number_that_was_changed_is_found() {
        let case = made("html", SOUND);
        let report = case.read("report");
        let record = between(&report, "id=\"record\">", "</script>")[0];
        let at = record.find("\"estimate\":").unwrap() + "\"estimate\":".len();
        let end = at + record[at..].find(',').unwrap();
        let tampered = format!("{}0.123{}", &record[..at], &record[end..]);
        let case = case.file("report", &report.replace(record, &tampered));
        let (status, stdout, _) = case.parts(["replay", "report"]);
        assert_eq!(status, 3);
        let found = stdout.lines().find(|line| line.contains(" -> ")).unwrap();
        assert!(found.contains("baseline, outcome shots, estimate: 0.123 -> "), "{found}");
        assert_eq!(stdout.lines().filter(|line| line.contains(" -> ")).count(), 1, "{stdout}");
    }

    #[test]
    fn options_and_imports_are_carried() {
        let case = Case::new().file("a.esc", IMPORTING).file("people/all.esc", LIBRARY);
        case.status(0, ["run", "a.esc", "--format", "html", "--horizon", "2", "-o", "report"]);
        let case = Case::new().file("report", &case.read("report"));
        let (status, stdout, _) = case.parts(["replay", "report"]);
        assert!(status == 0 && stdout.contains("horizon 2"), "{stdout}");
        let case = Case::new().file("a.esc", READINGS);
        case.status(
            3,
            [
                "run",
                "a.esc",
                "--format",
                "html",
                "--reading",
                "worse",
                "--set",
                "nerve=99%",
                "-o",
                "report",
            ],
        );
        let (status, stdout, _) = case.parts(["replay", "report"]);
        assert!(status == 0 && stdout.contains("reading worse, set nerve=99%"), "{stdout}");
    }

    #[test]
    fn observations_and_struck_out_sources_are_carried() {
        let case = Case::new().file("a.esc", SOUND);
        case.status(
            0,
            [
                "run",
                "a.esc",
                "--format",
                "html",
                "--observe",
                "turn 1: north does protest",
                "-o",
                "report",
            ],
        );
        let page = case.read("report");
        assert!(page.contains("<h2 id=\"observed-title\">Observed</h2>"));
        let (status, stdout, stderr) = case.parts(["replay", "report"]);
        assert!(status == 0 && stdout.contains("The same: "), "{stdout}{stderr}");
        // An expectation fails without it.
        case.status(
            3,
            ["run", "a.esc", "--format", "html", "--without-source", "report", "-o", "report"],
        );
        let (status, stdout, stderr) = case.parts(["replay", "report"]);
        assert!(status == 0 && stdout.contains("The same: "), "{stdout}{stderr}");
    }

    #[test]
    fn simulations_are_drawn_again() {
        let case = Case::new().file("a.esc", SOUND);
        case.status(
            0,
            [
                "run", "a.esc", "--format", "html", "--method", "simulate", "--runs", "500",
                "--seed", "7", "-o", "report",
            ],
        );
        let (status, stdout, _) = case.parts(["replay", "report", "--threads", "1"]);
        assert!(status == 0 && stdout.contains("500 runs, seed 7"), "{stdout}");
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        let case = made("json", SOUND).file("other.txt", "no report").file("empty", "");
        let damaged = case.read("report").replace("\"results\"", "\"no_results\"");
        let case =
            case.file("damaged", &damaged).file("new.json", r#"{"format": "escalade-run/9"}"#);
        insta::assert_snapshot!("not_a_report", case.run(["replay", "other.txt"]));
        for file in ["other.txt", "empty", "damaged", "new.json", "missing"] {
            let (status, stdout, stderr) = case.parts(["replay", file]);
            assert!(
                status == 4 && stdout.is_empty() && stderr.contains("error"),
                "{file}: {stderr}"
            );
        }
        std::fs::remove_file(case.folder().join("a.esc")).unwrap();
        insta::assert_snapshot!("scenario_gone", case.run(["replay", "report"]));
    }

    /// Whoever wrote a report may have named any file: only a scenario of where one is at work is read
    /// unasked.
    #[test]
    fn a_report_does_not_choose_what_is_read() {
        let case = made("json", SOUND).file("secret.txt", "a password").file("in/x.esc", SOUND);
        let outside = Case::new().file("b.esc", "actor secret {");
        let named = outside.folder().join("b.esc").to_str().unwrap().to_owned();
        let report = case.read("report");
        for (file, why) in [
            ("secret.txt", "is no `.esc` file"),
            ("/etc/passwd", "is no `.esc` file"),
            (named.as_str(), "lies outside the folder that you are in"),
            ("../b.esc", "lies outside the folder that you are in"),
            ("in/../../b.esc", "lies outside the folder that you are in"),
            ("linked.esc", "lies outside the folder that you are in"),
            ("<stdin>", "made from standard input"),
        ] {
            let other = report.replacen("\"file\": \"a.esc\"", &format!("\"file\": \"{file}\""), 1);
            assert_ne!(other, report);
            std::fs::write(case.folder().join("other"), other).unwrap();
            #[cfg(unix)]
            if file == "linked.esc" {
                std::os::unix::fs::symlink(&named, case.folder().join(file)).unwrap();
            }
            let (status, stdout, said) = case.parts(["replay", "other"]);
            assert!(status == 4 && stdout.is_empty(), "{file}: {stdout}{said}");
            assert!(said.contains(why) && said.contains("--scenario FILE"), "{file}: {said}");
            assert!(!said.contains("password") && !said.contains("actor secret"), "{said}");
            // The user may.
            let (status, stdout, said) = case.parts(["replay", "other", "--scenario", "in/x.esc"]);
            assert!(status == 0 && stdout.contains("The same: "), "{file}: {stdout}{said}");
        }
        let case = case.file("a.esc", SOUND);
        case.status(0, ["replay", "report"]);
    }

    #[test]
    fn from_standard_input_and_to_standard_output() {
        let (status, page, _) = Case::new().stdin(SOUND).parts(["run", "-", "--format", "html"]);
        assert!(status == 0 && page.starts_with("<!DOCTYPE html>\n"));
        Case::new().stdin(&page).status(0, ["replay", "-"]);
    }
}
