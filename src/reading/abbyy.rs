//! XML of ABBYY FineReader. Places are pixels; sizes of type are points. Text stands in characters, or in their formatting.

use super::error::LayoutError;
use super::format::Format;
use super::glyphs::most_frequent;
use super::places;
use super::words::{self, Words};
use super::xml::{Child, Element, Xml};
use crate::layout::{Layout, Page, Quad, Rect};

/// Points of an inch.
const POINTS: f64 = 72.0;

/// Reads a file.
pub fn read(xml: &Xml<'_>, layout: &mut Layout) -> Result<(), LayoutError> {
    let first = layout.pages.len();
    for element in xml.elements().filter(|e| e.name() == "page") {
        let mut page =
            Page { size: places::size(element.number("width"), element.number("height")), ..Page::default() };
        let point = element.number("resolution").filter(|r| *r > 0.0).map(|resolution| resolution / POINTS);
        let mut block = None;
        for part in element.descendants() {
            match part.name() {
                "block" => {
                    block = Some(block.map_or(0, |n| n + 1));
                    match part.attribute("blockType") {
                        Some("Picture" | "RasterPicture" | "VectorPicture") => page.pictures.extend(sides(&part)),
                        Some("Separator") => page.rules.extend(sides(&part)),
                        _ => {}
                    }
                }
                "line" => line(part, point, block, &mut page),
                _ => {}
            }
        }
        layout.pages.push(page);
    }
    if layout.pages.len() == first {
        return Err(LayoutError::missing(Format::Abbyy, "document", "a page"));
    }
    Ok(())
}

fn line(element: Element<'_, '_>, point: Option<f64>, block: Option<u32>, page: &mut Page) {
    let mut words = Words::default();
    let mut sizes = Vec::new();
    for formatting in element.named("formatting") {
        let before = words.text().len();
        for child in formatting.nodes() {
            match child {
                Child::Element(part) if part.name() == "charParams" => glyph(part, &mut words),
                Child::Element(part) if part.name() != "wordRecVariants" => words.add(&part.text(), None, false),
                Child::Element(_) => {}
                // White space between the elements of characters is not text.
                Child::Text(text) if text.trim().is_empty() && formatting.child("charParams").is_some() => {}
                Child::Text(text) => words.add(text, None, false),
            }
        }
        // The size has a dot at its end in some versions: `9.`.
        let size = formatting.attribute("fs").and_then(|size| size.trim_end_matches('.').parse::<f64>().ok());
        let size = size.zip(point).and_then(|(size, point)| places::length(size * point));
        sizes.extend(size.map(|size| (size, words.text()[before..].chars().count())));
    }
    let mut line = words.line(sides(&element).map(Quad::from));
    line.size = most_frequent(sizes.into_iter());
    line.block = block;
    line.element = format!("node {}", element.index());
    words::push(page, line);
}

/// A character; other readings of it, inside, are left out.
fn glyph(element: Element<'_, '_>, words: &mut Words) {
    let own: String =
        element.nodes().filter_map(|child| if let Child::Text(text) = child { Some(text) } else { None }).collect();
    words.add(&own, sides(&element), false);
    words.certain(element.number("charConfidence").and_then(|c| places::certainty(c, 100.0)));
}

fn sides(element: &Element<'_, '_>) -> Option<Rect> {
    let of = |name| element.number(name);
    places::rect(of("l")?, of("t")?, of("r")?, of("b")?)
}
