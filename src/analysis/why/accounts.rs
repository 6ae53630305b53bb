//! The storylines that carry most of a probability, told with what brought each thing about.

use super::ancestry::{Course, Happened};
use super::answer::{Account, AccountStep, Cause, Happening};
use super::derivation::{Arrival, Derivation, Deriving, Moment};
use super::reaching::{Reaching, arrivals};
use super::routes::{Route, milestones, routes};
use super::subject::Subject;
use crate::analysis::answer::By;
use crate::analysis::names;
use crate::analysis::reactions::firing::nodes;
use crate::analysis::storylines::likeliest_paths::Found;
use crate::analysis::unfolded::Ground;
use crate::engine::Graph;
use crate::engine::program::{Origin, Program};
use crate::model::{Cond, Expr, Model};
use crate::solve::visits::incoming::Back;
use crate::syntax::tree::CompareOp;
use indexmap::IndexMap;
use indexmap::map::Entry;

/// How many paths are looked at for each storyline that is told, to see what leads there.
const PATHS: usize = 16;

/// The storylines that carry most of `probability`, at most `count`.
#[must_use]
pub fn accounts(
    model: &Model,
    ground: &Ground,
    subject: Subject,
    reaching: &Reaching,
    probability: f64,
    count: usize,
) -> Vec<Account> {
    if count == 0 || probability <= 0.0 {
        return Vec::new();
    }
    let back = Back::new(ground.graph());
    let paths = reaching.paths(ground, &back, count.saturating_mul(PATHS));
    let merged = merged(ground.graph(), paths).into_iter();
    let route = |path: Found| Route {
        probability: path.probability,
        course: arrivals(ground.graph(), &path.leaves),
    };
    let mut deriving = Deriving::new(&ground.program);
    let routes = match reaching {
        Reaching::Otherwise(_) => merged.take(count).map(route).collect(),
        Reaching::Situations(_) | Reaching::Nodes(..) => {
            let mut leads = |arrivals: &Vec<Arrival>| -> Vec<u32> {
                let Some(derivations) = derivations(&mut deriving, arrivals) else {
                    return Vec::new();
                };
                let course = Course { model, ground, arrivals, derivations: &derivations };
                let leading = leading(course, subject, reaching).unwrap_or_default();
                let mut nodes: Vec<u32> = leading.into_iter().map(|(_, node)| node).collect();
                nodes.sort_unstable();
                nodes.dedup();
                nodes
            };
            let leading: Vec<Vec<u32>> = merged.map(|path| leads(&route(path).course)).collect();
            routes(ground, reaching, &milestones(&leading), count)
        }
    };
    let tell = |Route { probability: found, course: arrivals }: Route| {
        let derivations = derivations(&mut deriving, &arrivals)?;
        let course = Course { model, ground, arrivals: &arrivals, derivations: &derivations };
        let share = (found / probability).min(1.0);
        Some(Account { probability: found, share, steps: steps(course, subject, reaching) })
    };
    routes.into_iter().take(count).filter_map(tell).collect()
}

/// Paths on which the same happens as one, the most probable first.
fn merged(graph: &Graph, paths: Vec<Found>) -> Vec<Found> {
    let mut merged: IndexMap<Vec<(usize, u32)>, Found> = IndexMap::new();
    for path in paths {
        let labels = path.leaves.iter().map(|&leaf| graph.label(leaf)).enumerate();
        let happens = labels.filter(|(_, label)| !graph.happened(*label).is_empty()).collect();
        match merged.entry(happens) {
            Entry::Occupied(mut other) => other.get_mut().probability += path.probability,
            Entry::Vacant(place) => _ = place.insert(path),
        }
    }
    let mut merged: Vec<Found> = merged.into_values().collect();
    merged.sort_by(|one, other| other.probability.total_cmp(&one.probability));
    merged
}

/// How each arrival of a path came about; `None` where one cannot.
#[must_use]
pub fn derivations(deriving: &mut Deriving<'_>, arrivals: &[Arrival]) -> Option<Vec<Derivation>> {
    let mut all = vec![deriving.beginning()];
    for pair in arrivals.windows(2) {
        all.push(deriving.derive(&pair[0].words, &pair[1])?);
    }
    Some(all)
}

fn steps(course: Course<'_>, subject: Subject, reaching: &Reaching) -> Vec<AccountStep> {
    let leading = leading(course, subject, reaching);
    let mut steps = Vec::new();
    for (turn, arrival) in course.arrivals.iter().enumerate() {
        let happening = |&node: &u32| {
            let kind = names::kind(course.model, &course.ground.program, node);
            Happening {
                kind,
                id: names::id(course.model, kind),
                leads_there: leading.as_ref().is_none_or(|all| all.contains(&(turn, node))),
                causes: causes(course, turn, node),
            }
        };
        let mut happenings: Vec<Happening> = arrival.happened.iter().map(happening).collect();
        happenings.sort_by(|one, other| one.id.cmp(&other.id));
        if !happenings.is_empty() {
            steps.push(AccountStep { turn: turn as u32, happenings });
        }
    }
    steps
}

/// What of a storyline leads to where it comes; `None` where all of it does.
fn leading(course: Course<'_>, subject: Subject, reaching: &Reaching) -> Option<Happened> {
    let last = course.arrivals.len() - 1;
    let from = match (subject, reaching) {
        (_, Reaching::Otherwise(_)) => return None,
        (_, Reaching::Nodes(wanted, _)) => {
            let happened = course.arrivals[last].happened.iter();
            happened.filter(|node| wanted.contains(node)).map(|&node| (last, node)).collect()
        }
        (Subject::Outcome(id), Reaching::Situations(_)) => {
            let cond = course.model.outcomes[id.index()].condition.as_ref()?;
            course.makers(last, cond)
        }
        (_, Reaching::Situations(_)) => {
            // Where it begins at the rung asked for, nothing led there.
            let level = Cond::Compare(Expr::Level, CompareOp::GreaterEqual, Expr::Const(0));
            course.makers(last, &level)
        }
    };
    Some(course.ancestry(from))
}

/// What brought a node about.
fn causes(course: Course<'_>, turn: usize, node: u32) -> Vec<Cause> {
    let fired = course.derivations[turn].fired.iter().filter_map(|fired| {
        let drawn = match fired.moment {
            Moment::Now => None,
            Moment::Due(chain) => course.drawn(chain, turn).map(|drawn| drawn as u32),
            Moment::Later(..) => return None,
        };
        Some((fired.block, drawn))
    });
    let happened = &course.arrivals[turn].happened;
    brought_about(course.model, &course.ground.program, happened, fired, node)
}

/// What brought a node about in a turn in which all this happened, and these blocks came about: each
/// with the turn of its draw, where it had been under way.
#[must_use]
pub fn brought_about(
    model: &Model,
    program: &Program,
    happened: &[u32],
    fired: impl IntoIterator<Item = (u32, Option<u32>)>,
    node: u32,
) -> Vec<Cause> {
    let mut found = Vec::new();
    for (block, drawn) in fired {
        let block = &program.blocks[block as usize];
        if nodes(program, &block.effects).contains(&node) {
            found.push(cause(model, block.origin, drawn));
        }
    }
    for &event in happened {
        if let Some(effects) = program.events.get(event as usize)
            && nodes(program, &effects.body).contains(&node)
        {
            let by = By::Action(model.events[event as usize].event.action);
            found.push(Cause { by, alternative: None, members: Vec::new(), drawn: None });
        }
    }
    found.sort();
    found.dedup();
    found
}

/// What effects come from; `drawn` is the turn of the draw of what had been under way.
#[must_use]
pub fn cause(model: &Model, origin: Origin, drawn: Option<u32>) -> Cause {
    match origin {
        Origin::Inject(at) => {
            Cause { by: By::Inject(at as usize), alternative: None, members: Vec::new(), drawn }
        }
        Origin::Rule(rule, alternative) => {
            let rule = &model.rules[rule as usize];
            Cause {
                by: By::Declaration(rule.declaration),
                alternative: alternative_name(model, rule.declaration, alternative),
                members: rule.members.clone(),
                drawn,
            }
        }
    }
}

/// What an alternative is called in the reaction graph; `None` where there is only one.
#[must_use]
pub fn alternative_name(
    model: &Model,
    declaration: crate::model::DeclId,
    alternative: u32,
) -> Option<String> {
    let names = &model.declarations[declaration.index()].alternatives;
    names.get(alternative as usize).cloned().unwrap_or_else(|| Some("else".to_owned()))
}
