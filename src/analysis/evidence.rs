//! What a scenario rests on: every claim with its sources, and what becomes of the outcomes without
//! some of them.

use super::comparison::estimates::Estimates;
use crate::model::{DeclarationKind, Grade, Model, Quote, SourceId, Strike};
use crate::source::Span;

/// What a scenario rests on.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// Every claim, by its place.
    pub claims: Vec<Claim>,
    /// The sources that something rests on, in the order of their declaration, with what becomes of the
    /// outcomes without each.
    pub sources: Vec<Without>,
    /// The worst-graded of the sources that can be judged, all together, where not all are graded
    /// alike.
    pub worst: Option<Without>,
}

/// Something that the author takes to be so.
#[derive(Clone, Debug)]
pub struct Claim {
    /// What it is.
    pub kind: ClaimKind,
    /// Its name: that of a rule, decision or reading, or `france on troops`.
    pub name: String,
    /// What it says: the title, or of a position the level.
    pub title: String,
    /// What is given for it, quotations first; empty where nothing is.
    pub reasons: Vec<Reason>,
    /// Whether it does not count, because all of its sources are struck out.
    pub struck: bool,
    /// Since when, for a position that says so.
    pub since: Option<jiff::civil::Date>,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClaimKind {
    /// A position as stated.
    Position,
    /// A `becomes` line, which rests on what its position rests on.
    Becomes,
    /// A rule.
    Rule,
    /// A decision.
    Decision,
    /// A reading. Striking out sources never takes one away: it is somebody's view, not a fact.
    Reading,
}

/// What is given for a claim.
#[derive(Clone, Debug)]
pub struct Reason {
    /// Whether it is quoted (`says`); otherwise it is the author's own reasoning (`because`).
    pub quoted: bool,
    /// The text.
    pub text: String,
    /// The source.
    pub source: Option<SourceId>,
    /// Where it stands.
    pub span: Span,
}

/// What becomes of the outcomes without some sources.
#[derive(Clone, Debug)]
pub struct Without {
    /// The sources.
    pub sources: Vec<SourceId>,
    /// How many positions rest on them, alone or with others.
    pub positions: usize,
    /// How many rules and decisions.
    pub rules: usize,
    /// How many readings.
    pub readings: usize,
    /// How many positions, rules and decisions fall with them.
    pub falling: usize,
    /// The estimates of the outcomes, in their order, without what falls.
    pub outcomes: WithoutThem,
}

/// Estimates without what rests on some sources alone.
#[derive(Clone, Debug, PartialEq)]
pub enum WithoutThem {
    /// The estimate of every outcome.
    Estimates(Estimates),
    /// It cannot be evaluated: why.
    Impossible(String),
    /// It was not looked at: it would take too long, or results are drawn at random.
    NotLookedAt,
}

impl Evidence {
    /// The claims of a scenario and what rests on which source, with nothing evaluated.
    #[must_use]
    pub fn new(model: &Model) -> Self {
        let claims = claims(model);
        let used = |id: &SourceId| claims.iter().any(|claim| claim.names(*id));
        let counted: Vec<SourceId> = (0..model.sources.len())
            .map(SourceId::new)
            .filter(|id| used(id) && !model.struck.contains(id))
            .collect();
        let sources = counted.iter().map(|id| Without::of(&[*id], &claims, model)).collect();
        let worst = worst(model, &counted).map(|ids| Without::of(&ids, &claims, model));
        Self { claims, sources, worst }
    }

    /// The index of the outcome that is told about: the most probable one.
    #[must_use]
    pub fn leading(estimates: &[f64]) -> Option<usize> {
        // Of equals the first.
        (0..estimates.len())
            .rev()
            .max_by(|&one, &other| estimates[one].total_cmp(&estimates[other]))
    }

    /// Claims for which no source is given.
    pub fn unsourced(&self) -> impl Iterator<Item = &Claim> {
        self.claims.iter().filter(|claim| claim.reasons.iter().all(|it| it.source.is_none()))
    }
}

impl Claim {
    /// Whether it names this source.
    #[must_use]
    pub fn names(&self, source: SourceId) -> bool {
        self.reasons.iter().any(|reason| reason.source == Some(source))
    }

    /// Whether it names sources, and all of them are among these.
    fn falls(&self, struck: &[SourceId]) -> bool {
        let mut named = self.reasons.iter().filter_map(|reason| reason.source).peekable();
        named.peek().is_some() && named.all(|source| struck.contains(&source))
    }
}

impl Without {
    fn of(sources: &[SourceId], claims: &[Claim], model: &Model) -> Self {
        let mut without = Self {
            sources: sources.to_vec(),
            positions: 0,
            rules: 0,
            readings: 0,
            falling: 0,
            outcomes: WithoutThem::NotLookedAt,
        };
        let mut struck = model.struck.clone();
        struck.extend(sources);
        for claim in claims.iter().filter(|claim| sources.iter().any(|id| claim.names(*id))) {
            match claim.kind {
                ClaimKind::Position => without.positions += 1,
                ClaimKind::Rule | ClaimKind::Decision => without.rules += 1,
                ClaimKind::Reading => without.readings += 1,
                // It is counted with its position.
                ClaimKind::Becomes => continue,
            }
            let counts = claim.kind != ClaimKind::Reading && !claim.struck;
            without.falling += usize::from(counts && claim.falls(&struck));
        }
        without
    }

    /// What is to be struck out to see it, beside what is struck out already.
    #[must_use]
    pub fn strike(&self, model: &Model) -> Strike {
        let ids = model.struck.iter().chain(&self.sources);
        Strike {
            without: ids.map(|id| model.sources[id.index()].name.clone()).collect(),
            least: None,
        }
    }
}

fn claims(model: &Model) -> Vec<Claim> {
    let mut claims: Vec<Claim> = Vec::new();
    for position in &model.positions {
        let issue = &model.issues[position.issue.index()];
        let levels = &model.scales[issue.scale.index()].levels;
        let level = usize::try_from(position.level).ok().and_then(|level| levels.get(level));
        let mut reasons: Vec<Reason> = position.says.iter().map(|it| reason(it, true)).collect();
        reasons.extend(position.because.iter().map(|it| reason(it, false)));
        claims.push(Claim {
            kind: ClaimKind::Position,
            name: format!("{} on {}", position.by, issue.name),
            title: level.cloned().unwrap_or_default(),
            reasons,
            struck: false,
            since: position.since,
            span: position.span,
        });
    }
    let mut stated = claims.clone();
    stated.sort_by_key(|claim| claim.span);
    for declared in &model.declarations {
        let kind = match declared.kind {
            DeclarationKind::Rule => ClaimKind::Rule,
            DeclarationKind::Decision => ClaimKind::Decision,
            DeclarationKind::Becomes => ClaimKind::Becomes,
        };
        let position = (kind == ClaimKind::Becomes)
            .then(|| {
                stated.partition_point(|claim| {
                    (claim.span.file, claim.span.start) <= (declared.span.file, declared.span.start)
                })
            })
            .and_then(|behind| stated.get(behind.checked_sub(1)?));
        let own = || declared.because.iter().map(|it| reason(it, false)).collect();
        claims.push(Claim {
            kind,
            name: declared.name.clone(),
            title: declared.title.clone(),
            reasons: position.map_or_else(own, |claim| claim.reasons.clone()),
            struck: false,
            since: None,
            span: declared.span,
        });
    }
    claims.extend(model.readings.iter().map(|reading| Claim {
        kind: ClaimKind::Reading,
        name: reading.name.clone(),
        title: reading.title.clone(),
        reasons: reading.because.iter().map(|it| reason(it, false)).collect(),
        struck: false,
        since: None,
        span: reading.span,
    }));
    for claim in &mut claims {
        claim.struck = claim.kind != ClaimKind::Reading && claim.falls(&model.struck);
    }
    claims.sort_by_key(|claim| claim.span);
    claims
}

fn reason(quote: &Quote, quoted: bool) -> Reason {
    Reason { quoted, text: quote.text.clone(), source: quote.source, span: quote.span }
}

/// The worst-graded of these sources that can be judged; none where all are graded alike.
fn worst(model: &Model, among: &[SourceId]) -> Option<Vec<SourceId>> {
    let badness = |id: &SourceId| {
        model.sources[id.index()].grade.as_deref().and_then(Grade::of).and_then(Grade::badness)
    };
    let judged: Vec<(SourceId, (u32, u32))> =
        among.iter().filter_map(|id| Some((*id, badness(id)?))).collect();
    let worst = judged.iter().map(|it| it.1).max()?;
    let best = judged.iter().map(|it| it.1).min()?;
    let ids = judged.iter().filter(|it| it.1 == worst).map(|it| it.0).collect();
    (worst > best).then_some(ids)
}
