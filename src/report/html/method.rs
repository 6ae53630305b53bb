//! How the numbers were found, how exact they are, and how to find them again.

use super::escape::escaped;
use super::page::Page;
use crate::analysis::{Answers, Method};
use crate::report::Report;
use crate::report::content::method::{OUTSIDE, accuracy, options};
use crate::report::text::{JUDGEMENT, method};
use std::fmt::Write as _;

/// Writes the method, its accuracy, and what is needed to repeat it.
pub fn write(page: &mut Page, report: &Report<'_>, main: &Answers) {
    page.section("method", "Method");
    page.paragraph("", &format!("{} {}", method(main), accuracy(report.model, main)));
    if main.method == Method::Exact {
        page.paragraph("", "Bounds are exact, not sampled: every reaction may have any likelihood in its range, and everybody may decide anything, in every situation anew.");
    }
    page.paragraph("", JUDGEMENT);
    let repeat = report.repeat;
    let rows = [
        ("version", format!("escalade {}", repeat.version)),
        ("file", report.file.to_owned()),
        ("hash of its text", repeat.text_hash.clone()),
        ("options", options(repeat)),
        ("to repeat it", "escalade replay REPORT, with this file".to_owned()),
    ];
    let mut list = String::from("<dl class=\"facts\">\n");
    for (name, value) in rows {
        let _ = writeln!(list, "<div><dt>{name}</dt><dd>{}</dd></div>", escaped(&value));
    }
    for file in &repeat.files {
        let outside = if file.outside { format!(" ({OUTSIDE})") } else { String::new() };
        let (path, hash) = (escaped(&file.path), &file.sha256);
        let _ = writeln!(
            list,
            "<div><dt>read</dt><dd>{path}{outside}<br><code>{hash}</code></dd></div>"
        );
    }
    page.add(&(list + "</dl>"));
}
