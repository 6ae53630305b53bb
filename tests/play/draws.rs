//! Games are storylines of the engine.

use super::{TALKS, case::Case, loading, shipped};
use escalade::analysis::play::{Game, Outlook, Stage};
use escalade::analysis::{self, Options};
use escalade::engine::draw::Distribution;
use escalade::model::{ActorId, Model, OutcomeId};

/// A bit of everything, on a shorter way, and with a second decision.
fn whole() -> String {
    let decision = "decision asks by a {\n  when mood >= tense\n  option soothe 40% { mood becomes calm }\n  option wait\n}\n";
    loading::WHOLE
        .replace("horizon 12 turns", "horizon 4 turns")
        .replace("after 2 turns { lower", "within 2 turns { lower")
        .replace("rule again", &format!("{decision}rule again"))
}

/// The same without an end in time.
fn endless() -> Model {
    let mut model = loading::model(&whole()).unwrap();
    model.horizon = None;
    model
}

/// Numbers from 0 to 1, as good as any for a test.
struct Lot(u64);

impl Lot {
    fn next(&mut self) -> f64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as f64 / (1_u64 << 31) as f64
    }

    fn option(&mut self, model: &Model, rule: usize) -> usize {
        let shares = Distribution::of_decision(&model.rules[rule].alternatives).estimate;
        let mut rest = self.next();
        shares
            .iter()
            .position(|share| {
                rest -= share;
                rest < 0.0
            })
            .unwrap_or(shares.len() - 1)
    }
}

/// Plays to the end with options drawn by the baseline policy.
fn play_out(game: &mut Game<'_>, lot: &mut Lot) {
    let model = &game.stage().model;
    while game.end().is_none() {
        match game.decision() {
            Some(decision) => game.choose(lot.option(model, decision.rule)),
            None => _ = game.go_on().unwrap(),
        }
    }
}

fn reached(game: &Game<'_>) -> Vec<bool> {
    let model = &game.stage().model;
    let last = game.moments().len() - 1;
    let holds = |at| game.has_reached(OutcomeId::new(at), last);
    let any = (0..model.outcomes.len()).any(holds);
    let outcomes = model.outcomes.iter().enumerate();
    outcomes.map(|(at, one)| one.condition.as_ref().map_or(!any, |_| holds(at))).collect()
}

#[test]
fn games_are_storylines_of_the_engine_as_often_as_it_says() {
    const GAMES: u64 = 600;
    let model = loading::model(&whole()).unwrap();
    let stage = Stage::new(&model);
    let mut outlook = Outlook::explore(&stage, &Options::default()).unwrap();
    let exact = analysis::evaluate(&model, None, &Options::default()).unwrap();
    for players in [vec![], vec![1], vec![0, 1]] {
        let players: Vec<ActorId> = players.into_iter().map(ActorId::new).collect();
        let mut counts = vec![0_u64; model.outcomes.len()];
        for seed in 0..GAMES {
            let mut game = Game::begin(&stage, &players, seed).unwrap();
            play_out(&mut game, &mut Lot(seed));
            let found = reached(&game);
            counts.iter_mut().zip(&found).for_each(|(count, one)| *count += u64::from(*one));
            if seed % 40 == 0 {
                // Its situations are those of the graph, and its end is what the outlook says.
                let last = game.moments().len() - 1;
                let values =
                    outlook.from(&game, last).expect("every transition is one of the graph");
                let expected: Vec<f64> =
                    found.iter().map(|one| f64::from(u8::from(*one))).collect();
                assert_eq!(values, expected);
            }
        }
        for (count, outcome) in counts.iter().zip(&exact.outcomes) {
            let share = *count as f64 / GAMES as f64;
            let sigma = (outcome.estimate * (1.0 - outcome.estimate) / GAMES as f64).sqrt();
            // Few comparisons: one beyond four and a half of these is no chance.
            assert!((share - outcome.estimate).abs() < 4.5 * sigma, "{share} {}", outcome.estimate);
        }
    }
}

#[test]
fn an_outlook_is_the_mean_of_those_of_its_options() {
    for model in [loading::model(&whole()).unwrap(), loading::model(TALKS).unwrap(), endless()] {
        let stage = Stage::new(&model);
        let players = stage.deciders();
        let mut outlook = Outlook::explore(&stage, &Options::default()).unwrap();
        let mut asked = 0;
        for seed in 0..10 {
            let mut game = Game::begin(&stage, &players, seed).unwrap();
            let mut lot = Lot(seed);
            while game.end().is_none() && game.now().turn < 50 {
                let Some(decision) = game.decision() else {
                    game.go_on().unwrap();
                    continue;
                };
                let options = outlook.options(&game, decision).unwrap();
                if game.now().choices.is_empty() {
                    let last = game.moments().len() - 1;
                    let now = outlook.from(&game, last).unwrap();
                    let shares =
                        Distribution::of_decision(&model.rules[decision.rule].alternatives)
                            .estimate;
                    for (at, now) in now.iter().enumerate() {
                        let parts = options.iter().zip(&shares);
                        let mean: f64 = parts.map(|(values, share)| values[at] * share).sum();
                        assert!((mean - now).abs() < 1e-7, "{mean} {now}");
                    }
                }
                asked += 1;
                game.choose(lot.option(&model, decision.rule));
            }
        }
        assert!(asked >= 10, "{asked}");
    }
}

#[test]
fn another_choice_changes_no_other_draw() {
    let model = loading::model(&whole()).unwrap();
    let stage = Stage::new(&model);
    let players = [ActorId::new(1)];
    for seed in 0..40 {
        let mut game = Game::begin(&stage, &players, seed).unwrap();
        play_out(&mut game, &mut Lot(seed));
        let story = |game: &Game<'_>| format!("{:?}", game.moments());
        let before = story(&game);
        let mut taken: Vec<usize> = Vec::new();
        let turns: Vec<_> = game.moments().iter().flat_map(|one| one.choices.clone()).collect();
        taken.extend(turns.iter().map(|choice| choice.option));
        let mut count = 0;
        while game.undo() {
            count += 1;
        }
        assert_eq!(count, taken.len());
        let mut again = taken.iter();
        while game.end().is_none() {
            match game.decision() {
                Some(_) => game.choose(*again.next().unwrap()),
                None => _ = game.go_on().unwrap(),
            }
        }
        assert_eq!(story(&game), before);
    }
}

#[test]
fn all_shipped_scenarios_can_be_played_by_everybody() {
    for name in [
        "western-troops.esc",
        "cuban-missiles-1962.esc",
        "july-crisis-1914.esc",
        "tariff-spiral.esc",
    ] {
        let model = loading::model(&shipped(name)).unwrap_or_else(|why| panic!("{name}: {why}"));
        let stage = Stage::new(&model);
        for seed in 0..20 {
            let mut game = Game::begin(&stage, &stage.deciders(), seed).unwrap();
            play_out(&mut game, &mut Lot(seed));
            assert!(game.now().turn <= model.horizon.unwrap(), "{name}");
        }
    }
}

#[test]
fn without_a_horizon_a_game_ends_when_nothing_can_happen_or_is_decided() {
    let still = "actor a\naction x\ninject turn 0 { a does x }\ndecision d by a { on a does x option go { a does x } option stay }\n";
    let case = Case::new().file("s.esc", still).stdin("go\ngo\nstay\n");
    let (status, stdout, _) = case.parts(["play", "s.esc", "--as", "a"]);
    assert!(status == 0 && stdout.contains("Nothing can happen any more"), "{stdout}");
    let idle = format!(
        "{still}meter m: 0..1\nrule r {{ while m = 0 then 0%..1% {{ raise m }} }}\nrule s {{ while m = 1 then {{ lower m }} }}\n"
    );
    let case = Case::new().file("i.esc", &idle).stdin("stay\n");
    let (status, stdout, _) = case.parts(["play", "i.esc", "--as", "a"]);
    assert!(status == 0 && stdout.contains("For 1000 turns"), "{stdout}");
}

/// A rule that is added, or that stands elsewhere, leaves the luck of all others as it was.
#[test]
fn other_rules_leave_a_game_as_it_was() {
    let text = whole();
    let moved = {
        // The last rule first.
        let at = text.rfind("\nrule ").unwrap() + 1;
        let end = text[at..].find("\n}\n").map_or(text.len(), |end| at + end + 3);
        format!("{}{}{}", &text[..at], &text[end..], &text[at..end])
    };
    let added = format!(
        "action hum \"Hums\"\nrule hums {{ while turn >= 0 then 50% {{ a does hum }} }}\n{text}"
    );
    let course = |text: &str, seed: u64| -> Vec<Vec<String>> {
        let model = loading::model(text).unwrap();
        let stage = Stage::new(&model);
        let mut game = Game::begin(&stage, &[], seed).unwrap();
        while game.end().is_none() {
            game.go_on().unwrap();
        }
        let own = |one: &analysis::Happening| !one.id.contains("hum");
        let moment = |moment: &analysis::play::Moment| {
            moment.happenings.iter().filter(|one| own(one)).map(|one| one.id.clone()).collect()
        };
        game.moments().iter().map(moment).collect()
    };
    let mut differ = false;
    for seed in 0..20 {
        let plain = course(&text, seed);
        differ |= plain != course(&text, 0);
        assert_eq!(plain, course(&moved, seed), "{moved}");
        assert_eq!(plain, course(&added, seed), "{added}");
    }
    assert!(differ);
}
