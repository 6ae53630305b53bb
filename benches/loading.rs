//! How fast scenarios of many kinds are read, checked and laid out: `cargo bench --bench loading`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod texts;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use escalade::diagnostic::Diagnostics;
use escalade::model;
use escalade::source::{FileId, Reader, Sources};
use escalade::syntax;
use std::hint::black_box;

/// Serves one text, whatever is asked for.
struct Memory(String);

impl Reader for Memory {
    fn read(&self, _: &str) -> std::io::Result<Vec<u8>> {
        Ok(self.0.clone().into_bytes())
    }
}

fn reading(c: &mut Criterion) {
    let mut group = c.benchmark_group("read");
    group.sample_size(10);
    for kind in texts::GOOD.iter().chain(&texts::BAD) {
        let text = (kind.text)(kind.many);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(kind.name, |b| {
            b.iter(|| syntax::parse(FileId(0), black_box(&text), &mut Diagnostics::default()));
        });
    }
    group.finish();
}

fn checking(c: &mut Criterion) {
    let mut group = c.benchmark_group("load");
    group.sample_size(10);
    for kind in texts::GOOD.iter().chain(&texts::BAD) {
        let text = Memory((kind.text)(kind.many));
        group.throughput(Throughput::Bytes(text.0.len() as u64));
        group.bench_function(kind.name, |b| {
            b.iter(|| {
                let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
                model::load("bench.esc", black_box(&text), &mut sources, &mut diagnostics)
            });
        });
    }
    group.finish();
}

/// The canonical layout, of what is read without an error.
fn laying_out(c: &mut Criterion) {
    let mut group = c.benchmark_group("layout");
    group.sample_size(10);
    for kind in texts::GOOD {
        let text = (kind.text)(kind.many);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(kind.name, |b| b.iter(|| syntax::format(black_box(&text)).unwrap()));
    }
    group.finish();
}

/// Ten and a hundred times the rules take ten and a hundred times as long.
fn growing(c: &mut Criterion) {
    let mut group = c.benchmark_group("rules");
    group.sample_size(10);
    for count in [1_000_usize, 10_000, 100_000] {
        let text = Memory((texts::GOOD[0].text)(count));
        group.throughput(Throughput::Elements(count as u64));
        group.bench_function(count.to_string(), |b| {
            b.iter(|| {
                let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
                model::load("bench.esc", black_box(&text), &mut sources, &mut diagnostics)
            });
        });
    }
    group.finish();
}

criterion_group!(benches, reading, checking, laying_out, growing);
criterion_main!(benches);
