//! Structured text of mutool, as JSON or XML, and XML of pdfminer. Places are points; mutool's JSON has whole ones, and
//! pdfminer counts them from the bottom.

use super::error::LayoutError;
use super::format::Format;
use super::glyphs::most_frequent;
use super::json::Json;
use super::places;
use super::words::{self, Words};
use super::xml::{Element, Xml};
use crate::layout::{Layout, Line, Page, Quad, Rect};

/// Reads `stext.json`.
pub fn read_json(value: &Json<'_>, path: &str, layout: &mut Layout) -> Result<(), LayoutError> {
    let pages = value.get("pages").and_then(Json::list);
    let pages =
        pages.ok_or_else(|| LayoutError::missing(Format::Mutool, format!("{path}/pages"), "a list of pages"))?;
    for (n, document) in pages.iter().enumerate() {
        let mut page = Page { size: places::size(document.number_at("w"), document.number_at("h")), ..Page::default() };
        for (b, block) in document.items("blocks").iter().enumerate() {
            if block.get("type").and_then(Json::text) == Some("image") {
                page.pictures.extend(bbox(block));
            }
            for (l, item) in block.items("lines").iter().enumerate() {
                let text = item.get("text").and_then(Json::words).unwrap_or_default();
                let mut line = Line::new(text, bbox(item).map(Quad::from).unwrap_or_default());
                line.size = item.get("font").and_then(|font| places::length(font.number_at("size")?));
                line.block = Some(b as u32);
                line.element = format!("{path}/pages/{n}/blocks/{b}/lines/{l}");
                words::push(&mut page, line);
            }
        }
        layout.pages.push(page);
    }
    Ok(())
}

fn bbox(value: &Json<'_>) -> Option<Rect> {
    let bbox = value.get("bbox")?;
    let (x, y) = (bbox.number_at("x")?, bbox.number_at("y")?);
    places::rect(x, y, x + bbox.number_at("w")?, y + bbox.number_at("h")?)
}

/// Numbers that are separated by blanks or commas.
fn numbers(text: Option<&str>) -> Option<Vec<f64>> {
    let fields = text?.split([' ', ',']).filter(|field| !field.is_empty());
    fields.map(|field| field.parse().ok()).collect()
}

/// Reads `stext`: pages, blocks, lines, fonts and characters.
pub fn read_xml(xml: &Xml<'_>, layout: &mut Layout) -> Result<(), LayoutError> {
    let first = layout.pages.len();
    for element in xml.elements().filter(|e| e.name() == "page") {
        let mut page =
            Page { size: places::size(element.number("width"), element.number("height")), ..Page::default() };
        for (b, block) in element.named("block").enumerate() {
            for (l, item) in block.named("line").enumerate() {
                let mut words = Words::default();
                let mut sizes = Vec::new();
                for font in item.named("font") {
                    let size = font.number("size").and_then(places::length);
                    for glyph in font.named("char") {
                        let place = numbers(glyph.attribute("quad")).and_then(|quad| around(&quad));
                        words.add(glyph.attribute("c").unwrap_or_default(), place, false);
                        sizes.extend(size.map(|size| (size, 1)));
                    }
                }
                let place = numbers(item.attribute("bbox")).and_then(|sides| places::sides(&sides));
                let mut line = words.line(place.map(Quad::from));
                line.size = most_frequent(sizes.into_iter());
                line.block = Some(b as u32);
                line.element = format!("page {} block {b} line {l}", layout.pages.len());
                words::push(&mut page, line);
            }
        }
        let sides = |image: Element<'_, '_>| places::sides(&numbers(image.attribute("bbox"))?);
        page.pictures.extend(element.named("image").filter_map(sides));
        layout.pages.push(page);
    }
    if layout.pages.len() == first {
        return Err(LayoutError::missing(Format::Mutool, "document", "a page"));
    }
    Ok(())
}

/// The rectangle around the corners of a character.
fn around(quad: &[f64]) -> Option<Rect> {
    let corners: Vec<(f64, f64)> = quad.chunks_exact(2).map(|p| (p[0], p[1])).collect();
    places::quad(&corners).map(|quad| quad.bounds())
}

/// Reads XML of pdfminer.
pub fn read_pdfminer(xml: &Xml<'_>, layout: &mut Layout) -> Result<(), LayoutError> {
    let first = layout.pages.len();
    for element in xml.elements().filter(|e| e.name() == "page") {
        let sides = numbers(element.attribute("bbox")).unwrap_or_default();
        let [left, bottom, right, top] = sides[..] else {
            return Err(LayoutError::missing(Format::PdfMiner, format!("page {}", layout.pages.len()), "its bbox"));
        };
        let place = |e: &Element<'_, '_>| match numbers(e.attribute("bbox"))?[..] {
            [x0, y0, x1, y1] => places::rect(x0 - left, top - y1, x1 - left, top - y0),
            _ => None,
        };
        let mut page = Page { size: places::size(Some(right - left), Some(top - bottom)), ..Page::default() };
        let mut block = None;
        let mut line: Option<Element<'_, '_>> = None;
        let mut loose = Words::default();
        for part in element.descendants() {
            match part.name() {
                "textbox" => block = part.attribute("id").and_then(|id| id.parse().ok()),
                "textline" => {
                    line = Some(part);
                    let mut line = text_line(part, &place);
                    line.block = block;
                    line.element = format!("page {} node {}", layout.pages.len(), part.index());
                    words::push(&mut page, line);
                }
                "image" | "figure" => page.pictures.extend(place(&part)),
                // A glyph in a figure stands in no line.
                "text" if line.is_none_or(|line| !line.contains(&part)) => loose.add(&part.text(), place(&part), false),
                _ => {}
            }
        }
        words::push(&mut page, loose.line(None));
        layout.pages.push(page);
    }
    if layout.pages.len() == first {
        return Err(LayoutError::missing(Format::PdfMiner, "pages", "a page"));
    }
    Ok(())
}

fn text_line(element: Element<'_, '_>, place: &dyn Fn(&Element<'_, '_>) -> Option<Rect>) -> Line {
    let mut words = Words::default();
    let mut sizes = Vec::new();
    for glyph in element.named("text") {
        let text = glyph.text();
        // The last text of a line is its line end.
        words.add(text.trim_end_matches(['\n', '\r']), place(&glyph), false);
        sizes.extend(glyph.number("size").and_then(places::length).map(|size| (size, 1)));
    }
    let mut line = words.line(place(&element).map(Quad::from));
    line.size = most_frequent(sizes.into_iter());
    line
}
