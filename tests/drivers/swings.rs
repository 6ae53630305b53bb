//! Swings over a whole range, and what contradicts itself where something is replaced.

use super::{drivers, loading, near, near_to, only_slopes, with};
use escalade::analysis::DriversOptions;

/// Both ends of the range may give less than what lies between them: `p (1 - p)`, and with `q`.
#[test]
fn a_swing_is_the_spread_over_the_whole_range() {
    let text = "
scenario \"In between\" { horizon 3 turns }
param p = 20%..79%
param q = 48%..52%
state s: a | b | c | d | e
rule one   { while s = a then p { s becomes b } else { s becomes e } }
rule two   { while s = b then p { s becomes e } else { s becomes c } }
rule three { while s = c then q { s becomes d } else { s becomes e } }
outcome hit when s = d
outcome miss when s = e
";
    let model = loading::model(text).unwrap();
    let drivers = drivers(&model, &DriversOptions::default());
    let hit = |p: f64, q: f64| p * (1.0 - p) * q;
    let at = drivers.outcomes.iter().position(|it| it.outcome.index() == 0).unwrap();
    assert_eq!(drivers.likelihoods[0].name, "p", "it moves the outcome most");
    let swing = |name: &str| {
        drivers.likelihoods.iter().find(|it| it.name == name).unwrap().swing.clone().unwrap()
    };
    let p = swing("p");
    near(p.at_low[at], hit(0.2, 0.5));
    near(p.at_high[at], hit(0.79, 0.5));
    let [least, most] = p.extremes(at);
    near(least.estimate, hit(0.2, 0.5));
    near(most.estimate, hit(0.5, 0.5));
    near_to(most.value, 0.5, 1e-4);
    near(p.spread(at), hit(0.5, 0.5) - hit(0.2, 0.5));
    let q = swing("q");
    assert!(q.turnings[at].is_empty());
    near(q.spread(at), hit(0.495, 0.52) - hit(0.495, 0.48));
    // The same of what is left over.
    let miss = 1 - at;
    near(p.extremes(miss)[0].estimate, 1.0 - hit(0.5, 0.5));
}

/// A likelihood that is drawn again and again, in a rule that gives way from one value on, and in a
/// part that is never left: the extremes are those of a fine grid.
#[test]
fn swings_are_those_of_a_fine_grid() {
    let texts = [
        // Often: (1 - (1 - p)^5) (1 - p)^k, with the kink of the other alternative.
        "
scenario \"Often\" { horizon 8 turns }
state s: a | b | c | d
meter m: 0..3
rule one { while s = a  then 5%..70% { s becomes b }  or 20%..60% { raise m }  or 10% { s becomes d } }
rule two { while s = b and m < 3  then 30% { s becomes c }  else { raise m } }
outcome c when s = c and m = 2
outcome d when s = d and m >= 1
outcome b when s = b and m = 0
",
        "
scenario \"For ever\" {}
param p = 1%..90%
state s: a | b | c | d
rule one { while s = a  then p { s becomes b }  or 10% { s becomes d } }
rule two { while s = b  then p { s becomes d }  or 8% { s becomes c } }
outcome c when s = c
outcome d when s = d
",
        "
scenario \"Decided\" { horizon 4 turns }
actor a
state s: x | y | z
decision d by a { while s = x  option one 10%..80% { s becomes y }  option two 5%..90% { s becomes z }  option three 5%..60% }
outcome y when s = y
outcome z when s = z
outcome none otherwise
",
    ];
    for text in texts {
        let model = loading::model(text).unwrap();
        let drivers = drivers(&model, &only_slopes());
        let mut turning = 0;
        for likelihood in &drivers.likelihoods {
            let Some(swing) = &likelihood.swing else { continue };
            const STEPS: u32 = 200;
            let value = |step: u32| {
                swing.low + (swing.high - swing.low) * f64::from(step) / f64::from(STEPS)
            };
            let grid: Vec<Vec<f64>> = (0..=STEPS)
                .filter_map(|step| with(&model, &drivers, likelihood.what, value(step)))
                .collect();
            for at in 0..drivers.outcomes.len() {
                let [least, most] = swing.extremes(at);
                let values = || grid.iter().map(|all| all[at]);
                let (low, high) = (values().fold(1.0, f64::min), values().fold(0.0, f64::max));
                assert!(least.estimate <= low + 1e-9, "{} {low} {least:?}", likelihood.name);
                assert!(most.estimate >= high - 1e-9, "{} {high} {most:?}", likelihood.name);
                // A grid misses a little.
                near_to(least.estimate, low, 1e-4);
                near_to(most.estimate, high, 1e-4);
                for one in [least, most] {
                    let there = with(&model, &drivers, likelihood.what, one.value);
                    there.iter().for_each(|all| near_to(all[at], one.estimate, 1e-8));
                }
                turning += swing.turnings[at].len();
            }
        }
        assert!(turning > 0, "{text}");
    }
}

/// A value that makes rules contradict each other on some storylines is told with how often.
#[test]
fn replaced_values_may_contradict() {
    let text = "
scenario \"Replaced\" { horizon 2 turns }
state s: a | b | c
flag g = yes
rule one { while s = a  then 20% { s becomes b } }
rule two { while s = a  if not g  then 50% { s becomes c } }
outcome b when s = b
outcome rest otherwise
";
    let model = loading::model(text).unwrap();
    let drivers = drivers(&model, &DriversOptions::default());
    let g = drivers.replacements.iter().find(|one| one.name == "g").unwrap();
    let (b, rest) = (drivers.outcomes[0].outcome.index(), drivers.outcomes[1].outcome.index());
    let found = g.others[0].estimates.as_ref().unwrap();
    // In each of two turns: b alone 10%, c alone 40%, both 10%, neither 40%.
    let known = [0.1 + 0.4 * 0.1, 0.4 + 0.4 * (0.4 + 0.4)];
    near(found[0], known[b]);
    near(found[1], known[rest]);
    let torn = g.others[0].torn.as_ref().unwrap();
    near(torn.probability, 0.1 + 0.4 * 0.1);
    assert!(torn.what.contains("`one` and `two`"), "{}", torn.what);
}
