//! How fast a scenario is read, explored and bounded: `cargo bench`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use escalade::analysis::{self, Options};
use escalade::diagnostic::Diagnostics;
use escalade::engine::{Detail, Explored, Kept, Limits, Program, explore};
use escalade::model::{self, Model};
use escalade::source::{FileId, Reader, Sources};
use escalade::syntax;
use std::fmt::Write;
use std::hint::black_box;

/// Serves one text as the file `bench.esc`.
struct Memory(String);

impl Reader for Memory {
    fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
        if path == "bench.esc" { Ok(self.0.clone().into_bytes()) } else { std::fs::read(path) }
    }
}

fn model(text: String) -> Model {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    model::load("bench.esc", &Memory(text), &mut sources, &mut diagnostics)
        .unwrap_or_else(|| panic!("{:?}", diagnostics.sorted()))
}

/// Powers in a ring, each with a posture; one that sees a higher neighbour goes up with `up`.
fn spiral(powers: usize, highest: usize, up: &str) -> String {
    let name = |at: usize| format!("p{}", at % powers);
    let all: Vec<String> = (0..powers).map(name).collect();
    let mut text = String::from("scenario \"Spiral\" { horizon 20 turns }\n");
    for power in &all {
        writeln!(text, "actor {power}").unwrap();
    }
    writeln!(text, "group powers {{ {} }}", all.join(", ")).unwrap();
    let pairs: Vec<String> =
        (0..powers).map(|at| format!("{} - {}", name(at), name(at + 1))).collect();
    writeln!(text, "relation faces {{ {} }}", pairs.join(", ")).unwrap();
    write!(
        text,
        "meter posture for each p in powers: 0..{highest} = 1
rule answers for each p in powers {{
  while any q in powers where p faces q (q.posture > p.posture)
  then {up} {{ raise p.posture }}
}}
rule drifts for each p in powers {{
  while no q in powers where p faces q (q.posture > p.posture)
  then 10% {{ raise p.posture }}
  or   20% {{ lower p.posture }}
}}
ending war when any p in powers (p.posture = {highest})
ending peace when every p in powers (p.posture = 0)
"
    )
    .unwrap();
    text
}

/// Many rules of the usual kind.
fn rules(count: usize) -> String {
    let mut text =
        String::from("scenario \"Many\" {}\nactor a\nactor b\nmeter m: 0..9\naction act\n");
    for at in 0..count {
        writeln!(
            text,
            "rule r{at} \"Rule {at}\" {{\n  on a does act\n  if m >= {}\n  then likely within 2 turns {{ b does act against a }}\n  or 10%..20% {{ raise m }}\n  because \"judgement\"\n}}",
            at % 10
        )
        .unwrap();
    }
    text
}

fn reading(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("reading");
    let text = rules(2_000);
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("parse 2,000 rules", |bencher| {
        bencher.iter(|| syntax::parse(FileId(0), black_box(&text), &mut Diagnostics::default()));
    });
    group.bench_function("parse and resolve 2,000 rules", |bencher| {
        bencher.iter(|| model(black_box(text.clone())));
    });
    group.finish();
}

fn exploring(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("exploring");
    group.sample_size(10);
    let program = Program::new(&model(spiral(5, 5, "30%")), Kept::Written);
    let limits = Limits { horizon: None, situations: 10_000_000, memory: usize::MAX };
    let Explored::Whole(graph) = explore(&program, None, Detail::WHOLE, limits, &|_| true) else {
        panic!("not explored")
    };
    group.throughput(Throughput::Elements(graph.len() as u64));
    group.bench_function("spiral of 5 powers, situations", |bencher| {
        bencher.iter(|| explore(black_box(&program), None, Detail::WHOLE, limits, &|_| true));
    });
    group.finish();
}

fn bounds(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("bounds");
    group.sample_size(10);
    for (name, up) in [("estimates", "30%"), ("ranges", "25%..35%")] {
        let model = model(spiral(4, 4, up));
        group.bench_function(format!("spiral of 4 powers, {name}"), |bencher| {
            bencher.iter(|| analysis::evaluate(black_box(&model), None, &Options::default()));
        });
    }
    group.finish();
}

criterion_group!(benches, reading, exploring, bounds);
criterion_main!(benches);
