//! Points that have no answers do not end a sweep: their rows say why.

use super::{escalade, folder, rows};
use std::fs;

fn table(text: &str, arguments: &[&str]) -> (i32, Vec<Vec<String>>, String) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.esc"), text).unwrap();
    let (status, table, said) = escalade(folder.path(), &[&["sweep", "a.esc"], arguments].concat());
    (status, rows(&table), said)
}

const TWO_PARAMS: &str = "
scenario \"Two words as params\" { horizon 2 turns }
meter m: 0..3 = 1
param up   = likely
param down = unlikely
rule a { while turn >= 0 then up { raise m } or down { lower m } }
rule b { while m > 2 then up { lower m } }
outcome o when m = 3
";

/// Params that would add up to more than 1 in some rule give way, in all rules at once.
#[test]
fn a_sample_takes_params_less_far_up() {
    let (status, rows, said) = table(TWO_PARAMS, &["--sample", "40", "--seed", "3"]);
    assert_eq!((status, said.as_str(), rows.len()), (0, "", 40));
    let mut gave_way = 0;
    for row in &rows {
        let (up, down): (f64, f64) = (row[1].parse().unwrap(), row[2].parse().unwrap());
        assert!((0.55..=0.8).contains(&up) && (0.2..=0.45).contains(&down), "{row:?}");
        assert!(up + down <= 1.0 + 1e-12, "{row:?}");
        gave_way += usize::from(up + down > 1.0 - 1e-12);
        assert!(!row[4].is_empty() && row.last().unwrap().is_empty(), "{row:?}");
    }
    // About half of the square lies above the diagonal.
    assert!((10..=30).contains(&gave_way), "{gave_way}");
}

/// A param twice in a rule counts twice; one defined by another gives way with it; what stands in the
/// rule itself gives way by the same share.
#[test]
fn all_that_stands_in_a_rule_gives_way_together() {
    let text = "
scenario \"S\" { horizon 1 turn }
meter m: 0..3 = 1
param p = 10%..60%
param q = p
rule a { while turn >= 0 then p { raise m } or q { lower m } or 0%..50% { raise m by 2 } or 5% { m becomes 0 } }
outcome o when m = 3
";
    let (status, rows, said) = table(text, &["--sample", "30"]);
    assert_eq!((status, said.as_str()), (0, ""));
    let mut full = 0;
    for row in &rows {
        let (p, own): (f64, f64) = (row[1].parse().unwrap(), row[2].parse().unwrap());
        let sum = 2.0 * p + own + 0.05;
        assert!(sum <= 1.0 + 1e-12, "{row:?}");
        full += usize::from(sum > 1.0 - 1e-12);
    }
    assert!(full > 5, "{full}");
}

/// Options of a decision that has no others are taken further up, until they add up to 1.
#[test]
fn options_fill_the_whole() {
    let text = "
scenario \"S\" { horizon 1 turn }
actor x
action go by x
action stay by x
decision d by x { while turn >= 0 option one 30%..60% { x does go } option two 35%..70% { x does stay } }
outcome o when x has done go
";
    let (status, rows, said) = table(text, &["--sample", "20"]);
    assert_eq!((status, said.as_str(), rows.len()), (0, "", 20));
    for row in &rows {
        let (one, two): (f64, f64) = (row[1].parse().unwrap(), row[2].parse().unwrap());
        assert!((one + two - 1.0).abs() < 1e-12, "{row:?}");
        assert!((0.3..=0.6001).contains(&one) && (0.35..=0.7001).contains(&two), "{row:?}");
    }
}

#[test]
fn an_impossible_corner_of_a_grid_is_a_row_that_says_so() {
    let (status, rows, said) =
        table(TWO_PARAMS, &["--vary", "up=50%,90%", "--vary", "down=5%,20%"]);
    assert_eq!((status, rows.len()), (0, 4));
    let reason = "the alternatives of `a` add up to more than 100%: their low ends to 110%";
    for (at, row) in rows.iter().enumerate() {
        assert_eq!(row.last().unwrap() == reason, at == 3, "{row:?}");
        assert_eq!(row[3].is_empty(), at == 3, "{row:?}");
    }
    let told = format!(
        "warning: at 1 point (point 3: up=90%, down=20%) the answers are left empty: {reason}\n"
    );
    assert_eq!(said, told);
    // Nothing but such points is a failure.
    let (status, rows, _) = table(TWO_PARAMS, &["--vary", "up=90%", "--vary", "down=20%,30%"]);
    assert_eq!((status, rows.len()), (1, 2));
}

const CLASH: &str = "
scenario \"S\" { horizon 3 turns }
state s: calm | x | y
param p = 0%
meter start: 0..2 = 0
rule one { while turn = 1 then p { s becomes x } }
rule two { while turn = 1 if start > 0 then p { s becomes y } }
outcome o when s = x
";

/// A contradiction at one point is that of this point, also where the same situations are explored for
/// others.
#[test]
fn a_contradiction_is_that_of_its_point() {
    let (status, rows, said) = table(CLASH, &["--vary", "p=0%,30%,100%", "--vary", "start=0,1"]);
    assert_eq!((status, rows.len()), (1, 6), "{said}");
    for (row, (p, start)) in rows.iter().zip([(0, 0), (0, 1), (30, 0), (30, 1), (100, 0), (100, 1)])
    {
        let clash = p > 0 && start == 1;
        assert_eq!(row.last().unwrap().contains("`one` and `two`"), clash, "{row:?}");
        let answer = if clash { String::new() } else { format!("{}", f64::from(p) / 100.0) };
        assert_eq!(row[4], answer, "{row:?}");
    }
    assert!(said.contains("at 2 points (first point 3: p=30%, start=1)"), "{said}");
}

/// A limit that some points reach ends with status 4, when all others are told.
#[test]
fn a_limit_is_that_of_its_points() {
    let text = "
scenario \"S\" { horizon 9 turns }
meter m: 0..9 = 0
flag walks = yes
param p = 0%
rule walk { while walks then p { raise m } }
outcome o when m >= 1
";
    let arguments = ["--vary", "walks=no,yes", "--vary", "p=0%,50%", "--max-situations", "5"];
    let (status, rows, said) = table(text, &arguments);
    assert_eq!(status, 4, "{said}");
    let empty: Vec<bool> = rows.iter().map(|row| row[4].is_empty()).collect();
    assert_eq!(empty, [false, false, false, true], "{rows:?}");
    assert!(rows[3].last().unwrap().contains("more than 5 situations"), "{rows:?}");
    assert!(said.contains("point 3: walks=yes, p=50%"), "{said}");
}

/// All points of a sweep that is taken apart are what their points alone give.
#[test]
fn what_is_taken_apart_stays_right() {
    let folder = folder();
    let text = CLASH.replace("param p = 0%", "param p = 0%\nparam q = 50%").replace(
        "rule two { while turn = 1 if start > 0 then p",
        "rule three { while turn = 2 then q { lower start } or 20%..40% { raise start } }\nrule two { while turn = 1 if start > 0 then p",
    );
    fs::write(folder.path().join("b.esc"), text).unwrap();
    let arguments =
        ["sweep", "b.esc", "--vary", "p=0%,20%", "--vary", "q=0%,10%,60%", "--vary", "start=0,1"];
    let (status, table, said) = escalade(folder.path(), &arguments);
    assert_eq!(status, 1, "{said}");
    for row in rows(&table) {
        let sets = [format!("p={}", row[1]), format!("q={}", row[2]), format!("start={}", row[3])];
        let mut run = vec!["run", "b.esc", "--format", "json"];
        sets.iter().for_each(|set| run.extend(["--set", set]));
        let (status, stdout, _) = escalade(folder.path(), &run);
        assert_eq!(status == 0, row.last().unwrap().is_empty(), "{row:?}");
        if status == 0 {
            let report: serde_json::Value = serde_json::from_str(&stdout).unwrap();
            let outcome = &report["results"][0]["outcomes"][0];
            let near = |cell: &str, value: &serde_json::Value| {
                (cell.parse::<f64>().unwrap() - value.as_f64().unwrap()).abs() < 1e-12
            };
            assert!(near(&row[5], &outcome["estimate"]), "{row:?}");
            assert!(near(&row[6], &outcome["bounds"]["both"][0]), "{row:?}");
            assert!(near(&row[7], &outcome["bounds"]["both"][1]), "{row:?}");
        }
    }
}
