//! The lines of edges: all reactions from one node to another run side by side.

use super::page::{rectangle, written};
use super::text::{shortened, width};
use crate::report::drawing::layout::{Area, Size, Way};
use crate::report::drawing::xml::{escaped, px, shown};
use crate::report::drawing::{Drawing, DrawnEdge, Fact};
use std::fmt::Write as _;

/// Labels of edges.
pub const SIZE: f64 = 9.5;
const PITCH: f64 = 13.0;
const MOST_LABEL: f64 = 150.0;
const APART: f64 = 2.0;

/// All edges from one node to another, in the order of the drawing.
#[derive(Debug)]
pub struct Bundle<'a> {
    /// The index of the node that they come from.
    pub from: usize,
    /// The index of the node that they go to.
    pub to: usize,
    strands: Vec<Strand<'a>>,
}

#[derive(Debug)]
struct Strand<'a> {
    edge: &'a DrawnEdge,
    label: Option<String>,
}

/// How thick the line of an edge is.
fn thickness(edge: &DrawnEdge) -> f64 {
    0.9 + 4.6 * edge.weight.clamp(0.0, 1.0)
}

impl<'a> Bundle<'a> {
    /// The bundles of a drawing, and which of its edges have labels.
    #[must_use]
    pub fn all(drawing: &'a Drawing, labelled: &[bool]) -> Vec<Self> {
        let mut bundles: indexmap::IndexMap<(usize, usize), Vec<Strand<'a>>> =
            indexmap::IndexMap::new();
        for (edge, labelled) in drawing.edges.iter().zip(labelled) {
            let label = (*labelled && !edge.label.is_empty()).then(|| label(edge));
            bundles.entry((edge.from, edge.to)).or_default().push(Strand { edge, label });
        }
        (bundles.into_iter()).map(|((from, to), strands)| Self { from, to, strands }).collect()
    }

    /// The room for the labels.
    #[must_use]
    pub fn label(&self) -> Option<Size> {
        let labels = self.strands.iter().filter_map(|strand| strand.label.as_ref());
        let wide = labels.map(|label| width(label, SIZE)).reduce(f64::max)?;
        Some(Size { width: wide + 6.0, height: PITCH * super::card::count(self.strands.len()) })
    }

    /// How thick the bundle is.
    #[must_use]
    pub fn thickness(&self) -> f64 {
        let lines: f64 = self.strands.iter().map(|strand| thickness(strand.edge)).sum();
        lines + APART * super::card::count(self.strands.len() - 1)
    }

    /// How much it counts.
    #[must_use]
    pub fn weight(&self) -> f64 {
        self.strands.iter().map(|strand| strand.edge.weight.clamp(0.02, 2.0)).sum()
    }

    /// Writes all lines: from `left` to `right`, where they leave or meet the nodes.
    pub fn write(
        &self,
        drawing: &Drawing,
        text: &mut String,
        way: &Way,
        left: (f64, f64),
        right: (f64, f64),
    ) {
        let mut offset = -self.thickness() / 2.0;
        for (at, strand) in self.strands.iter().enumerate() {
            let thick = thickness(strand.edge);
            let tight = offset + thick / 2.0;
            offset += thick + APART;
            let spread =
                PITCH * (super::card::count(at) - super::card::count(self.strands.len() - 1) / 2.0);
            let head = 6.0 + 1.1 * thick;
            let (mut x, mut y) = (left.0, left.1 + tight);
            let mut end = (right.0, right.1 + tight);
            let mut begin = way.begin;
            let point = if way.back { (x, y) } else { end };
            if way.back {
                x += head - 1.0;
                begin += head;
            } else {
                end.0 -= head - 1.0;
            }
            let mut path = format!("M{} {}", px(x), px(y));
            // Level out of the layer of the one node and into that of the other, and at the head.
            x = x.max(begin);
            let _ = write!(path, "H{}", px(x));
            for stop in &way.stops {
                let to = stop.y + if stop.label { spread } else { tight };
                bend(&mut path, (x, y), (stop.left, to));
                if stop.right > stop.left {
                    let _ = write!(path, "H{}", px(stop.right));
                }
                (x, y) = (stop.right, to);
            }
            bend(&mut path, (x, y), ((way.end - if way.back { 0.0 } else { head }).max(x), end.1));
            let _ = write!(path, "H{}", px(end.0));
            let classes = if way.back { "edge back" } else { "edge" };
            open(text, drawing, strand.edge, classes);
            self.stroke(text, strand.edge, &path);
            arrow(text, point, if way.back { -1.0 } else { 1.0 }, head, thick);
            if let (Some(label), Some(area)) = (&strand.label, way.label) {
                write_label(
                    text,
                    label,
                    area.x + area.size.width / 2.0,
                    area.y + area.size.height / 2.0 + spread,
                );
            }
            text.push_str("</g>\n");
        }
    }

    /// The room that a bundle from a node to itself takes above the node.
    #[must_use]
    pub fn loop_height(&self) -> f64 {
        12.0 + PITCH * super::card::count(self.strands.len())
    }

    /// Writes lines from a node to itself, above it.
    pub fn write_loop(&self, drawing: &Drawing, text: &mut String, card: Area) {
        let right = card.x + card.size.width;
        for (at, strand) in self.strands.iter().enumerate() {
            let thick = thickness(strand.edge);
            let step = super::card::count(at);
            let y = card.y - 9.0 - PITCH * step;
            let (from, to) = (right - 12.0 - 9.0 * step, card.x + 12.0 + 9.0 * step);
            let head = 6.0 + 1.1 * thick;
            let path = format!(
                "M{from} {top}V{turn}q0 -6 -6 -6H{back}q-6 0 -6 6V{end}",
                from = px(from),
                top = px(card.y),
                turn = px(y + 6.0),
                back = px(to + 6.0),
                end = px((card.y - head + 1.0).max(y + 6.0)),
            );
            open(text, drawing, strand.edge, "edge back");
            self.stroke(text, strand.edge, &path);
            let half = 2.2 + 0.9 * thick;
            let _ = writeln!(
                text,
                "<path class=\"head\" d=\"M{} {}l-{half} -{head}h{}z\"/>",
                px(to),
                px(card.y),
                px(2.0 * half),
                half = px(half),
                head = px(head)
            );
            if let Some(label) = &strand.label {
                write_label(text, label, (from + to) / 2.0, y);
            }
            text.push_str("</g>\n");
        }
    }

    fn stroke(&self, text: &mut String, edge: &DrawnEdge, path: &str) {
        let dashes = if edge.dashed { " stroke-dasharray=\"5 3\"" } else { "" };
        let width = px(thickness(edge));
        let _ =
            writeln!(text, "<path class=\"line\" stroke-width=\"{width}\"{dashes} d=\"{path}\"/>");
    }
}

fn open(text: &mut String, drawing: &Drawing, edge: &DrawnEdge, classes: &str) {
    let id =
        |node: usize| drawing.nodes.get(node).map(|node| escaped(&node.id)).unwrap_or_default();
    let mut attributes =
        format!("class=\"{classes}\" data-from=\"{}\" data-to=\"{}\"", id(edge.from), id(edge.to));
    for (name, fact) in &edge.facts {
        let value = match fact {
            Fact::Text(value) => escaped(value),
            Fact::Number(value) if value.is_infinite() => "Infinity".to_owned(),
            Fact::Number(value) => value.to_string(),
        };
        let _ = write!(attributes, " data-{name}=\"{value}\"");
    }
    let tip = [edge.label.join(" · ")].into_iter().chain([format!(
        "{} → {}",
        title(drawing, edge.from),
        title(drawing, edge.to)
    )]);
    let tip: Vec<String> = tip.filter(|line| !line.is_empty()).collect();
    let _ = writeln!(text, "<g {attributes}><title>{}</title>", shown(&tip.join(" · ")));
}

fn title(drawing: &Drawing, node: usize) -> &str {
    drawing.nodes.get(node).and_then(|node| node.label.first()).map_or("", String::as_str)
}

/// A label on one line. How often, or how probable, is never cut: the last part where a rule is
/// named before it, otherwise the first.
fn label(edge: &DrawnEdge) -> String {
    let space = width(" ", SIZE);
    let by = edge.facts.iter().any(|(name, _)| *name == "by");
    match (by, edge.label.split_first(), edge.label.split_last()) {
        (true, _, Some((often, name))) if !name.is_empty() => {
            let room = MOST_LABEL - width(often, SIZE) - space;
            format!("{} {often}", rule(&name.join(" "), room))
        }
        (_, Some((first, rest)), _) if !rest.is_empty() => {
            let room = MOST_LABEL - width(first, SIZE) - space;
            format!("{first} {}", shortened(&rest.join(", "), SIZE, room))
        }
        _ => edge.label.join(" "),
    }
}

/// A rule and its alternative: where both do not fit, it is the rule that is cut, as far as its
/// alternative leaves it room.
fn rule(name: &str, room: f64) -> String {
    if width(name, SIZE) <= room {
        return name.to_owned();
    }
    match name.rsplit_once(" (") {
        Some((rule, alternative)) if width(alternative, SIZE) <= 0.6 * room => {
            let rest = room - width(" (", SIZE) - width(alternative, SIZE);
            format!("{} ({alternative}", shortened(rule, SIZE, rest))
        }
        _ => shortened(name, SIZE, room),
    }
}

fn write_label(text: &mut String, label: &str, x: f64, y: f64) {
    let wide = width(label, SIZE) + 6.0;
    text.push_str(&rectangle("paper", x - wide / 2.0, y - 6.0, wide, 12.0));
    text.push_str(&written("small middle-of", x, y + 3.4, label));
}

/// From one layer to the next: level at both ends.
fn bend(path: &mut String, from: (f64, f64), to: (f64, f64)) {
    if (from.1 - to.1).abs() < 0.05 {
        let _ = write!(path, "H{}", px(to.0));
        return;
    }
    let middle = px((from.0 + to.0) / 2.0);
    let _ =
        write!(path, "C{middle} {} {middle} {} {} {}", px(from.1), px(to.1), px(to.0), px(to.1));
}

fn arrow(text: &mut String, point: (f64, f64), direction: f64, head: f64, thick: f64) {
    let half = 2.2 + 0.9 * thick;
    let _ = writeln!(
        text,
        "<path class=\"head\" d=\"M{} {}l{} -{half}v{}z\"/>",
        px(point.0),
        px(point.1),
        px(-direction * head),
        px(2.0 * half),
        half = px(half)
    );
}
