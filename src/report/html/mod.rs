//! The report of `run` as one page of HTML that needs nothing else: no network, no other file.
//!
//! Texts of the scenario reach the page through `escape::escaped` or as JSON, and nothing on the
//! page can run but the one script whose hash stands in its policy.

mod bar;
mod data;
mod drivers;
mod escape;
mod evidence;
mod expectations;
mod graph;
mod ladder;
mod list;
mod method;
mod numbers;
mod observed;
mod outcomes;
mod page;
mod places;
mod positions;
mod readings;
mod rules;
mod storylines;
mod structure;
mod summary;
mod text;
mod why;

use super::Report;
use super::isolate::{isolated, isolated_evidence};
use super::record::whole;
use super::text::Limits;
use page::Page;

/// The report of `run` as a page of HTML.
#[must_use]
pub fn run(report: &Report<'_>, limits: Limits) -> String {
    // What can be evaluated again is what the scenario says; everything else is for reading.
    let record = whole(report);
    let (model, evidence) = (isolated(report.model), isolated_evidence(report.evidence));
    let report = &Report { model: &model, evidence: &evidence, ..*report };
    let mut page = Page::new(report, record);
    let Some(main) = report.main() else { return page.finish() };
    observed::write(&mut page, report, main);
    summary::write(&mut page, report);
    outcomes::write(&mut page, report.model, main);
    ladder::write(&mut page, report.model, main);
    graph::write(&mut page, report, main, limits);
    storylines::write(&mut page, report.model, main);
    why::write(&mut page, report, main);
    drivers::write(&mut page, report, main);
    structure::write(&mut page, report, main);
    readings::write(&mut page, report);
    positions::write(&mut page, report);
    rules::write(&mut page, report, main);
    evidence::write(&mut page, report, main);
    expectations::write(&mut page, report, main);
    text::write(&mut page, report);
    method::write(&mut page, report, main);
    page.finish()
}
