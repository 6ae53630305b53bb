//! The command line end to end: each command, its exit status, and what goes where.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "cli/case.rs"]
mod case;
#[path = "cli/failures.rs"]
mod failures;
#[cfg(unix)]
#[path = "cli/folders.rs"]
mod folders;
#[path = "cli/hollow.rs"]
mod hollow;
#[path = "cli/hostile.rs"]
mod hostile;
#[cfg(unix)]
#[path = "cli/outputs.rs"]
mod outputs;

mod check {
    use super::case::{BROKEN, Case, DOUBTFUL, SOUND};

    #[test]
    fn a_sound_scenario() {
        insta::assert_snapshot!(Case::new().file("a.esc", SOUND).run(["check", "a.esc"]));
    }

    #[test]
    fn errors_of_all_files_go_to_standard_error() {
        let case = Case::new().file("a.esc", BROKEN).file("b.esc", SOUND);
        insta::assert_snapshot!(case.run(["check", "a.esc", "b.esc", "--format", "short"]));
    }

    #[test]
    fn an_import_must_be_a_file() {
        let case = Case::new().file("a.esc", "import \"folder\"\nactor a").file("folder/b", "");
        let (status, _, said) = case.parts(["check", "a.esc", "--format", "short"]);
        assert!(status == 1 && said.contains("E1011") && said.contains("not a file"), "{said}");
    }

    #[test]
    fn errors_in_full() {
        insta::assert_snapshot!(Case::new().file("a.esc", BROKEN).run(["check", "a.esc"]));
    }

    #[test]
    fn errors_as_json_go_to_standard_output() {
        let case = Case::new().file("a.esc", BROKEN);
        insta::assert_snapshot!(case.run(["check", "a.esc", "--format", "json"]));
    }

    #[test]
    fn warnings_fail_only_where_denied() {
        let case = Case::new().file("a.esc", DOUBTFUL);
        case.status(0, ["check", "a.esc"]);
        case.status(1, ["check", "a.esc", "--deny", "warnings"]);
    }

    #[test]
    fn standard_input_has_a_name() {
        let case = Case::new().stdin(BROKEN);
        insta::assert_snapshot!(case.run(["check", "-", "--format", "short"]));
    }

    #[test]
    fn a_missing_file_does_not_hide_the_others() {
        let case = Case::new().file("b.esc", SOUND);
        insta::assert_snapshot!(case.run(["check", "a.esc", "b.esc"]));
    }

    #[test]
    fn the_result_can_go_to_a_file() {
        let case = Case::new().file("a.esc", BROKEN);
        case.run(["check", "a.esc", "--format", "short", "-o", "out.txt"]);
        insta::assert_snapshot!(case.read("out.txt"));
    }
}

mod run {
    use super::case::{BROKEN, CONFLICT, Case, DOUBTFUL, FAILING, READINGS, SOUND};

    #[test]
    fn text() {
        insta::assert_snapshot!(Case::new().file("a.esc", SOUND).run(["run", "a.esc"]));
    }

    #[test]
    fn json_and_markdown() {
        let case = Case::new().file("a.esc", READINGS);
        insta::assert_snapshot!("json", case.run(["run", "a.esc", "--format", "json"]));
        insta::assert_snapshot!("markdown", case.run(["run", "a.esc", "--format", "markdown"]));
    }

    #[test]
    fn errors_in_full_and_no_report() {
        insta::assert_snapshot!(Case::new().file("a.esc", BROKEN).run(["run", "a.esc"]));
    }

    #[test]
    fn warnings_in_one_line() {
        let (_, stdout, stderr) = Case::new().file("a.esc", DOUBTFUL).parts(["run", "a.esc"]);
        assert!(stdout.contains("OUTCOMES"), "{stdout}");
        assert!(stderr.lines().count() == 1 && stderr.contains("escalade check a.esc"), "{stderr}");
    }

    #[test]
    fn a_failed_expectation_comes_after_the_report() {
        insta::assert_snapshot!(Case::new().file("a.esc", FAILING).run(["run", "a.esc"]));
    }

    #[test]
    fn a_failed_expectation_counts_where_it_is_asked_for() {
        let case = Case::new().file("a.esc", READINGS);
        // In the reading the expectation fails, in the scenario as written it holds.
        case.status(0, ["run", "a.esc"]);
        case.status(3, ["run", "a.esc", "--reading", "worse"]);
    }

    #[test]
    fn conflicts_show_only_while_it_runs() {
        insta::assert_snapshot!(Case::new().file("a.esc", CONFLICT).run(["run", "a.esc"]));
    }

    #[test]
    fn an_unknown_reading() {
        let case = Case::new().file("a.esc", READINGS);
        insta::assert_snapshot!(case.run(["run", "a.esc", "--reading", "worst"]));
    }

    #[test]
    fn settings_count_and_wrong_ones_are_explained() {
        let case = Case::new().file("a.esc", READINGS);
        let (_, stdout, _) =
            case.parts(["run", "a.esc", "--set", "nerve=100%", "--format", "json"]);
        assert!(stdout.contains("\"nerve=100%\""), "{stdout}");
        insta::assert_snapshot!(case.run(["run", "a.esc", "--set", "nerves=100%"]));
    }

    #[test]
    fn a_limit_is_reached() {
        let case = Case::new().file("a.esc", SOUND);
        insta::assert_snapshot!(case.run([
            "run",
            "a.esc",
            "--max-situations",
            "1",
            "--method",
            "exact"
        ]));
    }

    #[test]
    fn too_many_situations_are_simulated_with_a_notice() {
        let case = Case::new().file("a.esc", SOUND);
        let few = ["run", "a.esc", "--max-situations", "1", "--runs", "1000", "--format", "json"];
        let (status, stdout, stderr) = case.parts(few);
        assert_eq!(status, 0, "{stderr}");
        assert!(stdout.contains("\"method\": \"simulate\""), "{stdout}");
        assert!(stderr.starts_with("too large to evaluate exactly"), "{stderr}");
    }

    #[test]
    fn a_simulation_repeats_with_its_seed() {
        let case = Case::new().file("a.esc", SOUND);
        let with = |seed, threads| {
            let (status, stdout, _) = case.parts([
                "run",
                "a.esc",
                "--method",
                "simulate",
                "--runs",
                "2000",
                "--seed",
                seed,
                "--threads",
                threads,
            ]);
            assert_eq!(status, 0);
            stdout
        };
        assert_eq!(with("1", "1"), with("1", "2"));
        assert_ne!(with("1", "1"), with("2", "1"));
    }

    #[test]
    fn a_file_is_written_whole_or_not_at_all() {
        let case = Case::new().stdin(BROKEN).file("a.esc", SOUND).file("out.txt", "before");
        case.status(4, ["run", "a.esc", "-o", "missing/out.txt"]);
        case.status(1, ["run", "-", "-o", "out.txt"]);
        assert_eq!(case.read("out.txt"), "before");
        let (status, stdout, _) = case.parts(["run", "a.esc", "-o", "out.txt"]);
        assert_eq!((status, stdout.as_str()), (0, ""));
        assert!(case.read("out.txt").contains("OUTCOMES"));
        assert_eq!(case.files(), ["a.esc", "out.txt"]);
    }

    #[test]
    fn colour_only_where_asked_for() {
        let case = Case::new().file("a.esc", SOUND);
        let (_, plain, _) = case.parts(["run", "a.esc"]);
        let (_, painted, _) = case.parts(["run", "a.esc", "--color", "always"]);
        assert!(!plain.contains('\u{1b}') && painted.contains('\u{1b}'));
    }

    #[test]
    fn the_same_bytes_on_any_number_of_threads() {
        let case = Case::new().file("a.esc", READINGS);
        let one = case.parts(["run", "a.esc", "--format", "json", "--threads", "1"]);
        let two = case.parts(["run", "a.esc", "--format", "json", "--threads", "2"]);
        assert_eq!(one, two);
    }

    #[test]
    fn user_text_cannot_steer_the_terminal() {
        let text = SOUND.replace("North", "North\\u{1b}[2J\\n|\\\"]<b>");
        let case = Case::new().file("a.esc", &text);
        for format in ["text", "markdown"] {
            let (_, stdout, stderr) = case.parts(["run", "a.esc", "--format", format]);
            assert!(!stdout.contains('\u{1b}') && !stderr.contains('\u{1b}'), "{stdout}");
        }
    }
}

mod test {
    use super::case::{BROKEN, Case, FAILING, LIBRARY, SOUND};

    #[test]
    fn a_folder_with_everything_in_it() {
        let case = Case::new()
            .file("all/a.esc", SOUND)
            .file("all/b.esc", FAILING)
            .file("all/deep/c.esc", BROKEN)
            .file("all/lib/d.esc", LIBRARY)
            .file("all/notes.txt", "not a scenario");
        insta::assert_snapshot!(case.run(["test", "all"]));
        insta::assert_snapshot!("json", case.run(["test", "all", "--format", "json"]));
    }

    #[test]
    fn snapshots_are_written_held_against_and_renewed() {
        let case = Case::new().file("a.esc", SOUND);
        let mut story = String::new();
        story.push_str(&case.run(["test", "a.esc"]));
        story.push_str(&case.run(["test", "a.esc", "--accept"]));
        story.push_str(&case.run(["test", "a.esc"]));
        let case = case.file("a.esc", &SOUND.replace("5%..15%", "10%..20%"));
        story.push_str(&case.run(["test", "a.esc"]));
        story.push_str(&case.run(["test", "a.esc", "--accept"]));
        story.push_str(&case.run(["test", "a.esc"]));
        insta::assert_snapshot!(story);
        insta::assert_snapshot!("kept", case.read("a.esc.snap"));
    }

    #[test]
    fn statuses() {
        let case = Case::new().file("a.esc", SOUND).file("b.esc", FAILING).file("c.esc", BROKEN);
        case.status(0, ["test", "a.esc"]);
        case.status(3, ["test", "a.esc", "b.esc"]);
        case.status(1, ["test", "a.esc", "b.esc", "c.esc"]);
        case.status(4, ["test", "nowhere"]);
    }

    #[test]
    fn nothing_to_test() {
        let case = Case::new().file("lib/d.esc", LIBRARY);
        insta::assert_snapshot!(case.run(["test", "lib"]));
    }
}

mod graph {
    use super::case::{Case, SOUND};

    #[test]
    fn every_view_in_every_format() {
        let case = Case::new().file("a.esc", SOUND);
        for view in ["reactions", "situations", "influence"] {
            for format in ["dot", "mermaid", "graphml", "json"] {
                let output = case.run([
                    "graph",
                    "a.esc",
                    "--view",
                    view,
                    "--format",
                    format,
                    "--horizon",
                    "3",
                ]);
                insta::assert_snapshot!(format!("{view}_{format}"), output);
            }
        }
    }
}

mod explain {
    use super::case::Case;
    use escalade::diagnostic::pages;

    #[test]
    fn every_code_has_its_page() {
        for page in pages::all() {
            let (status, stdout, stderr) = Case::new().parts(["explain", page.code.0]);
            assert_eq!((status, stderr.as_str()), (0, ""), "{}", page.code);
            assert!(stdout.starts_with(&format!("{}: ", page.code)), "{stdout}");
        }
    }

    #[test]
    fn all_codes_are_listed() {
        let (status, stdout, _) = Case::new().parts(["explain"]);
        assert_eq!(status, 0);
        assert!(pages::all().all(|page| stdout.contains(page.code.0)));
    }

    #[test]
    fn an_unknown_code() {
        let (status, stdout, stderr) = Case::new().parts(["explain", "E9999"]);
        assert_eq!((status, stdout.as_str()), (2, ""));
        assert!(stderr.contains("there is no code `E9999`"), "{stderr}");
    }
}

mod new {
    use super::case::Case;

    #[test]
    fn the_starter_has_no_doubts_and_runs() {
        let case = Case::new();
        insta::assert_snapshot!(case.run(["new", "border-crisis"]));
        assert!(case.read("border-crisis.esc").contains("scenario \"Border crisis\" {"));
        insta::assert_snapshot!(
            "check",
            case.run(["check", "border-crisis.esc", "--deny", "warnings"])
        );
        insta::assert_snapshot!("run", case.run(["run", "border-crisis.esc"]));
    }

    #[test]
    fn nothing_is_overwritten() {
        let case = Case::new().file("a.esc", "mine");
        insta::assert_snapshot!(case.run(["new", "a"]));
        case.status(4, ["new", "b", "-o", "a.esc"]);
        assert_eq!(case.read("a.esc"), "mine");
        assert_eq!(case.files(), ["a.esc"]);
    }

    #[test]
    fn to_standard_output() {
        let case = Case::new();
        let (status, stdout, stderr) = case.parts(["new", "-"]);
        assert_eq!((status, stderr.as_str()), (0, ""));
        assert!(stdout.contains("scenario \"A new scenario\" {"));
        assert!(case.files().is_empty());
    }
}

mod command_line {
    use super::case::{Case, SOUND};
    use std::io::Read;
    use std::process::{Command, Stdio};

    #[test]
    fn wrong_ones_end_with_2() {
        let case = Case::new().file("a.esc", SOUND);
        case.status(2, ["fly"]);
        case.status(2, ["run"]);
        case.status(2, ["run", "a.esc", "--method", "guess"]);
        case.status(2, ["run", "a.esc", "--threads", "0"]);
        case.status(2, ["run", "a.esc", "--min-probability", "2"]);
        case.status(4, ["run", "missing.esc"]);
        case.status(4, ["run", "."]);
    }

    #[test]
    fn help_and_version_end_with_0() {
        Case::new().status(0, ["--help"]);
        Case::new().status(0, ["run", "--help"]);
        Case::new().status(0, ["--version"]);
    }

    #[test]
    fn a_closed_pipe_is_no_error() {
        let case = Case::new();
        let mut child = Command::new(assert_cmd::cargo::cargo_bin!("escalade"))
            .args(["new", "-"])
            .current_dir(case.folder())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let mut stderr = String::new();
        child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
        assert!(child.wait().unwrap().success());
        assert_eq!(stderr, "");
    }
}
