//! PAGE XML of PRImA, Transkribus, eScriptorium and OCR-D. Places are polygons in pixels. Regions come in the order that the
//! file gives them.

use super::error::{LayoutError, LayoutErrorKind};
use super::format::Format;
use super::places;
use super::words::{self, Words};
use super::xml::{Element, Xml};
use crate::layout::{Layout, Line, Page, Quad, Rect};
use std::collections::HashMap;

/// Reads a file.
pub fn read(xml: &Xml<'_>, layout: &mut Layout) -> Result<(), LayoutError> {
    let first = layout.pages.len();
    let mut empty = 0;
    for element in xml.elements().filter(|e| e.name() == "Page") {
        let size = places::size(element.number("imageWidth"), element.number("imageHeight"));
        let mut reader = Reader { page: Page { size, ..Page::default() }, order: order(element), block: 0, empty: 0 };
        reader.regions(element);
        empty += reader.empty;
        layout.pages.push(reader.page);
    }
    if layout.pages.len() == first {
        return Err(LayoutError::missing(Format::PageXml, "PcGts", "a Page"));
    }
    if empty > 0 && layout.pages[first..].iter().all(|page| page.lines.is_empty()) {
        return Err(LayoutErrorKind::NoText { format: Format::PageXml, lines: empty }.into());
    }
    Ok(())
}

/// The place of each region in the reading order of the file.
fn order<'x>(page: Element<'x, '_>) -> HashMap<&'x str, (bool, usize)> {
    let mut order = HashMap::new();
    let Some(root) = page.child("ReadingOrder") else { return order };
    let mut n = 0;
    ordered(root, &mut |region| {
        order.entry(region).or_insert((false, n));
        n += 1;
    });
    order
}

/// Gives the regions of a group; those with an index come by it.
fn ordered<'x>(group: Element<'x, '_>, take: &mut dyn FnMut(&'x str)) {
    let mut parts: Vec<Element<'x, '_>> = group.children().collect();
    parts.sort_by(|a, b| {
        let index = |e: &Element<'_, '_>| e.number("index").unwrap_or(0.0);
        index(a).total_cmp(&index(b))
    });
    for part in parts {
        if let Some(region) = part.attribute("regionRef") {
            take(region);
        }
        ordered(part, take);
    }
}

struct Reader<'x> {
    page: Page,
    order: HashMap<&'x str, (bool, usize)>,
    block: u32,
    /// Lines without text.
    empty: u64,
}

impl<'x> Reader<'x> {
    /// Reads the regions and lines in an element: those that the file orders by it, the rest where they stand.
    fn regions(&mut self, element: Element<'x, '_>) {
        let mut parts: Vec<Element<'x, '_>> =
            element.children().filter(|e| is_region(e) || e.name() == "TextLine").collect();
        let last = |n: usize| (true, n);
        let places: Vec<(bool, usize)> = parts
            .iter()
            .enumerate()
            .map(|(n, part)| {
                let known = part.attribute("id").and_then(|id| self.order.get(id)).copied();
                known.or_else(|| Some((false, custom_index(part)?))).unwrap_or(last(n))
            })
            .collect();
        let mut order: Vec<usize> = (0..parts.len()).collect();
        order.sort_by_key(|&n| places[n]);
        parts = order.into_iter().map(|n| parts[n]).collect();
        for part in parts {
            match part.name() {
                "TextLine" => self.line(part),
                _ => self.region(part),
            }
        }
    }

    fn region(&mut self, region: Element<'x, '_>) {
        match region.name() {
            "ImageRegion" | "GraphicRegion" | "LineDrawingRegion" | "ChartRegion" => {
                self.page.pictures.extend(bounds(region));
            }
            "SeparatorRegion" => self.page.rules.extend(bounds(region)),
            _ => {}
        }
        let inner = region.children().any(|e| is_region(&e) || e.name() == "TextLine");
        if inner {
            self.regions(region);
        } else if let Some(text) = own_text(region) {
            // A region without lines: its text is all there is.
            self.put(Line::new(text, quad(region).unwrap_or_default()), region);
        }
        self.block += 1;
    }

    fn line(&mut self, element: Element<'x, '_>) {
        let mut words = Words::default();
        match own_text(element).filter(|text| !text.trim().is_empty()) {
            Some(text) => {
                let parts: Vec<(String, Option<Rect>)> =
                    element.named("Word").map(|w| (own_text(w).unwrap_or_default(), bounds(w))).collect();
                let mut line = Line::new(text, quad(element).unwrap_or_default());
                line.pieces = words::pieces_of(&line.text, parts.iter().map(|(text, place)| (text.as_str(), *place)));
                line.confidence = certainty(element);
                self.put(line, element);
            }
            None => {
                for word in element.named("Word") {
                    let text = own_text(word).unwrap_or_else(|| word.named("Glyph").filter_map(own_text).collect());
                    words.add_recognised(&text, bounds(word));
                }
                self.empty += u64::from(words.is_blank());
                let line = words.line(quad(element));
                self.put(line, element);
            }
        }
    }

    fn put(&mut self, mut line: Line, element: Element<'_, '_>) {
        line.block = Some(self.block);
        line.element = element.attribute("id").map_or_else(|| format!("node {}", element.index()), str::to_string);
        words::push(&mut self.page, line);
    }
}

fn is_region(element: &Element<'_, '_>) -> bool {
    element.name().ends_with("Region")
}

/// `custom="readingOrder {index:3;}"`, in which Transkribus says the order again.
fn custom_index(element: &Element<'_, '_>) -> Option<usize> {
    let rest = element.attribute("custom")?.split_once("readingOrder")?.1.split_once("index:")?.1;
    let digits = rest.trim_start().split(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok()
}

/// The text of a level, without those of the levels in it. Of several readings the one with the least index counts.
fn own_text(element: Element<'_, '_>) -> Option<String> {
    let index = |e: &Element<'_, '_>| e.number("index").unwrap_or(0.0);
    let reading = element.named("TextEquiv").min_by(|a, b| index(a).total_cmp(&index(b)))?;
    let text = reading.child("Unicode").or_else(|| reading.child("PlainText"))?;
    Some(text.text().into_owned())
}

fn certainty(element: Element<'_, '_>) -> Option<f32> {
    element.child("TextEquiv")?.number("conf").and_then(|c| places::certainty(c, 1.0))
}

/// The rectangle around the outline of an element.
fn bounds(element: Element<'_, '_>) -> Option<Rect> {
    let coords = element.child("Coords")?;
    let corners = match coords.attribute("points") {
        Some(list) => points(list)?,
        None => coords.named("Point").map(|p| Some((p.number("x")?, p.number("y")?))).collect::<Option<Vec<_>>>()?,
    };
    places::quad(&corners).map(|quad| quad.bounds())
}

fn quad(element: Element<'_, '_>) -> Option<Quad> {
    bounds(element).map(Quad::from)
}

/// Points as `x,y x,y …` or `x y x y …`.
pub fn points(list: &str) -> Option<Vec<(f64, f64)>> {
    let numbers = list.split([' ', ',', '\n', '\t']).filter(|n| !n.is_empty()).map(|n| n.parse().ok());
    let numbers: Vec<f64> = numbers.collect::<Option<_>>()?;
    numbers.len().is_multiple_of(2).then(|| numbers.chunks_exact(2).map(|p| (p[0], p[1])).collect())
}
