//! How random scenarios are drawn.

use super::scenario::{
    Action, Change, Cond, Decision, Deed, Delay, Effect, Expectation, Inject, Path, Position, Rule,
    Scenario, Trigger, Variable, Who,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{BoxedStrategy, Just, Strategy, any, prop_oneof};

/// Scenarios with a horizon of 1 to 4 turns.
pub fn scenarios() -> impl Strategy<Value = Scenario> {
    let world = (
        2..=3_usize,
        1..=4_u32,
        any::<bool>(),
        option::of(any::<u8>()),
        any::<bool>(),
        any::<(u8, u8)>(),
        any::<[u8; 4]>(),
        vec(position(), 0..4),
    );
    let deeds = (vec(action(), 1..4), injects(), vec(rule(), 1..5), vec(decision(), 0..2));
    let ends = (
        vec((proptest::bool::weighted(0.3), cond()), 1..4),
        any::<bool>(),
        vec(expectation(), 0..5),
        vec(change(), 0..3),
    );
    (world, deeds, ends).prop_map(
        |(
            (actors, horizon, dated, ladder, own_scale, (nuclear, borders), initial, positions),
            (actions, injects, rules, decisions),
            (outcomes, otherwise, expectations, reading),
        )| Scenario {
            actors,
            horizon: Some(horizon),
            dated,
            ladder,
            own_scale,
            nuclear,
            borders,
            initial,
            positions,
            actions,
            injects,
            rules,
            decisions,
            outcomes,
            otherwise,
            expectations,
            reading,
        },
    )
}

fn position() -> impl Strategy<Value = Position> {
    let becomes = vec((any::<u8>(), cond(), option::of(any::<u8>())), 0..2);
    (any::<(u8, u8, u8)>(), option::weighted(0.3, any::<u8>()), becomes).prop_map(
        |((who, issue, level), since, becomes)| Position { who, issue, level, since, becomes },
    )
}

fn action() -> impl Strategy<Value = Action> {
    (option::of(any::<(bool, u8)>()), any::<bool>(), vec(effect(), 0..3))
        .prop_map(|(rung, targeted, body)| Action { rung, targeted, body })
}

/// Mostly something happens at once.
fn injects() -> impl Strategy<Value = Vec<Inject>> {
    let first = option::weighted(0.8, (any::<u8>(), deed()));
    (first, vec(inject(), 0..3)).prop_map(|(first, mut injects)| {
        injects.extend(first.map(|(who, deed)| Inject {
            turn: 0,
            by_date: false,
            effects: vec![Effect::Does(who, deed)],
        }));
        injects
    })
}

fn inject() -> impl Strategy<Value = Inject> {
    (prop_oneof![3 => Just(0_u8), 2 => 1..4_u8], any::<bool>(), vec(effect(), 1..3))
        .prop_map(|(turn, by_date, effects)| Inject { turn, by_date, effects })
}

fn rule() -> impl Strategy<Value = Rule> {
    let each = prop_oneof![3 => Just(0_u8), 2 => any::<u8>()];
    let alternatives = vec((any::<u8>(), delay(), vec(effect(), 1..3)), 1..4);
    let otherwise = option::weighted(0.3, (delay(), vec(effect(), 1..3)));
    let flags = (proptest::bool::weighted(0.3), option::of(any::<u8>()));
    (each, trigger(), option::weighted(0.4, cond()), alternatives, otherwise, flags).prop_map(
        |(each, trigger, guard, alternatives, otherwise, (once, priority))| Rule {
            each,
            trigger,
            guard,
            alternatives,
            otherwise,
            once,
            priority,
        },
    )
}

fn decision() -> impl Strategy<Value = Decision> {
    let options = vec((delay(), vec(effect(), 0..3)), 2..4);
    let rest = (any::<u8>(), proptest::bool::weighted(0.3));
    let by = (proptest::bool::weighted(0.2), any::<u8>());
    (by, trigger(), option::weighted(0.3, cond()), options, rest).prop_map(
        |((each, by), trigger, guard, options, (shares, once))| Decision {
            each,
            by,
            trigger,
            guard,
            options,
            shares,
            once,
        },
    )
}

fn trigger() -> impl Strategy<Value = Trigger> {
    prop_oneof![
        3 => vec((who(), deed()), 1..3).prop_map(Trigger::On),
        2 => cond().prop_map(Trigger::When),
        2 => cond().prop_map(Trigger::While),
    ]
}

fn delay() -> impl Strategy<Value = Delay> {
    prop_oneof![
        4 => Just(Delay::None),
        1 => (1..4_u8).prop_map(Delay::After),
        1 => (1..4_u8).prop_map(Delay::Within),
    ]
}

fn who() -> impl Strategy<Value = Who> {
    prop_oneof![
        2 => any::<u8>().prop_map(Who::One),
        1 => any::<(u8, u8)>().prop_map(|(word, group)| Who::Some(word, group)),
    ]
}

fn deed() -> impl Strategy<Value = Deed> {
    any::<(u8, u8)>().prop_map(|(action, target)| Deed { action, target })
}

/// Conditions.
pub fn cond() -> BoxedStrategy<Cond> {
    let leaf = prop_oneof![
        2 => (who(), deed()).prop_map(|(who, deed)| Cond::Does(who, deed)),
        2 => (who(), deed()).prop_map(|(who, deed)| Cond::HasDone(who, deed)),
        2 => (who(), any::<(u8, u8, u8)>())
            .prop_map(|(who, (issue, op, level))| Cond::Position(who, issue, op, level)),
        2 => any::<(u8, u8)>().prop_map(|(op, value)| Cond::Front(op, value)),
        1 => any::<(bool, u8)>().prop_map(|(is, value)| Cond::Mood(is, value)),
        1 => Just(Cond::Talks),
        1 => who().prop_map(Cond::Alert),
        1 => (who(), any::<(u8, u8)>()).prop_map(|(who, (op, value))| Cond::Posture(who, op, value)),
        2 => any::<(u8, u8, u8)>()
            .prop_map(|(form, op, value)| Cond::Arithmetic(form, op, value)),
        2 => any::<(bool, u8, u8)>().prop_map(|(peak, op, rung)| Cond::Level(peak, op, rung)),
        1 => any::<(u8, u8)>().prop_map(|(op, turn)| Cond::Turn(op, turn)),
        1 => (who(), any::<u8>()).prop_map(|(who, other)| Cond::Borders(who, other)),
    ];
    leaf.prop_recursive(2, 4, 2, |inner| {
        prop_oneof![
            (any::<(u8, u8, u8)>(), inner.clone()).prop_map(|((word, group, filter), inner)| {
                Cond::Member(word, group, filter, Box::new(inner))
            }),
            inner.clone().prop_map(|inner| Cond::Not(Box::new(inner))),
            (inner.clone(), inner.clone())
                .prop_map(|(left, right)| Cond::And(Box::new(left), Box::new(right))),
            (inner.clone(), inner)
                .prop_map(|(left, right)| Cond::Or(Box::new(left), Box::new(right))),
        ]
    })
    .boxed()
}

fn effect() -> impl Strategy<Value = Effect> {
    prop_oneof![
        4 => (any::<u8>(), deed()).prop_map(|(who, deed)| Effect::Does(who, deed)),
        2 => (variable(), any::<u8>()).prop_map(|(variable, value)| Effect::Assign(variable, value)),
        2 => (variable(), any::<bool>(), 1..3_u8)
            .prop_map(|(variable, up, by)| Effect::Step(variable, up, by)),
    ]
}

fn variable() -> impl Strategy<Value = Variable> {
    prop_oneof![
        2 => Just(Variable::Front),
        1 => Just(Variable::Mood),
        1 => Just(Variable::Talks),
        2 => Just(Variable::Tension),
        1 => any::<u8>().prop_map(Variable::Posture),
        1 => any::<u8>().prop_map(Variable::Alert),
        1 => any::<(u8, u8)>().prop_map(|(of, to)| Variable::Trust(of, to)),
        1 => any::<(u8, u8)>().prop_map(|(who, issue)| Variable::Position(who, issue)),
    ]
}

fn expectation() -> impl Strategy<Value = Expectation> {
    let path = prop_oneof![
        any::<u8>().prop_map(Path::Outcome),
        (cond(), option::of(1..4_u8)).prop_map(|(cond, limit)| Path::Ever(cond, limit)),
        (cond(), cond()).prop_map(|(before, cond)| Path::Until(before, cond)),
        cond().prop_map(Path::Always),
    ];
    prop_oneof![
        3 => (any::<u8>(), path, any::<u8>(), 0..=20_u8)
            .prop_map(|(measure, path, op, value)| Expectation::Probability(measure, path, op, value)),
        1 => cond().prop_map(Expectation::Never),
        1 => cond().prop_map(Expectation::Always),
        1 => cond().prop_map(Expectation::Possible),
        1 => cond().prop_map(Expectation::Certain),
        1 => (cond(), cond()).prop_map(|(first, second)| Expectation::Before(first, second)),
        1 => (cond(), cond(), option::of(1..4_u8))
            .prop_map(|(cause, effect, limit)| Expectation::LeadsTo(cause, effect, limit)),
    ]
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        any::<(u8, u8, u8)>().prop_map(|(who, issue, level)| Change::Position(who, issue, level)),
        any::<u8>().prop_map(Change::Front),
        any::<u8>().prop_map(Change::Param),
        any::<(u8, u8)>().prop_map(|(rule, likelihood)| Change::Rule(rule, likelihood)),
        any::<u8>().prop_map(Change::Disable),
    ]
}
