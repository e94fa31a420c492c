//! ALTO 1 to 4. Places are pixels, tenths of millimetres or 1/1200 inches. Lines are in the order of the document.

use super::error::LayoutError;
use super::format::Format;
use super::places;
use super::words::{self, Words};
use super::xml::{Element, Xml};
use crate::layout::{Layout, Page, Quad, Rect};
use std::collections::HashMap;

/// Reads a file.
pub fn read(xml: &Xml<'_>, layout: &mut Layout) -> Result<(), LayoutError> {
    let first = layout.pages.len();
    let file = File::of(xml);
    for element in xml.elements().filter(|e| e.name() == "Page") {
        let mut page =
            Page { size: places::size(element.number("WIDTH"), element.number("HEIGHT")), ..Page::default() };
        let mut block = None;
        let mut style = None;
        for part in element.descendants() {
            match part.name() {
                "TextBlock" => {
                    block = Some(block.map_or(0, |n| n + 1));
                    style = part.attribute("STYLEREFS");
                }
                "TextLine" => file.line(part, block, style, &mut page),
                "Illustration" => page.pictures.extend(place(&part)),
                "GraphicalElement" => page.rules.extend(place(&part)),
                _ => {}
            }
        }
        layout.pages.push(page);
    }
    if layout.pages.len() == first {
        return Err(LayoutError::missing(Format::Alto, "alto/Layout", "a Page"));
    }
    Ok(())
}

/// What holds for a whole file.
struct File<'x> {
    /// Whether it writes spaces. A file that has any is obeyed; of one that has none, words are joined by blanks.
    spaces: bool,
    /// Whether this program wrote it: blanks stand where it writes spaces, and nowhere else.
    ours: bool,
    /// Sizes of type by the names of styles, in the unit of the places.
    sizes: HashMap<&'x str, f32>,
}

/// Tenths of a millimetre of a point.
const MM10: f64 = 254.0 / 72.0;

/// 1/1200 inches of a point.
const INCH1200: f64 = 1200.0 / 72.0;

impl<'x> File<'x> {
    fn of(xml: &'x Xml<'_>) -> File<'x> {
        let unit = xml.elements().find(|e| e.name() == "MeasurementUnit").map(Element::text).unwrap_or_default();
        // Sizes are points. A file in pixels does not say how many pixels a point has.
        let point = match unit.trim() {
            "mm10" => Some(MM10),
            "inch1200" => Some(INCH1200),
            _ => None,
        };
        let style = |e: Element<'x, '_>| Some((e.attribute("ID")?, places::length(e.number("FONTSIZE")? * point?)?));
        File {
            spaces: xml.elements().any(|e| e.name() == "SP"),
            ours: xml.elements().any(|e| e.name() == "softwareName" && e.text() == "qingyang"),
            sizes: xml.elements().filter(|e| e.name() == "TextStyle").filter_map(style).collect(),
        }
    }

    fn size(&self, styles: Option<&str>) -> Option<f32> {
        styles?.split_ascii_whitespace().find_map(|style| self.sizes.get(style)).copied()
    }

    fn line(&self, element: Element<'_, '_>, block: Option<u32>, style: Option<&str>, page: &mut Page) {
        let mut words = Words::default();
        let mut space = false;
        let mut size = None;
        for part in element.children() {
            match part.name() {
                "String" => {
                    let text = part.attribute("CONTENT").unwrap_or_default();
                    let at = place(&part);
                    match self.spaces && !space {
                        _ if self.ours => words.add(text, at, space),
                        true => words.add(text, at, false),
                        false => words.add_recognised(text, at),
                    }
                    words.certain(part.number("WC").and_then(|certainty| places::certainty(certainty, 1.0)));
                    size = size.or(self.size(part.attribute("STYLEREFS")));
                    space = false;
                }
                "SP" => space = true,
                "HYP" => words.add(part.attribute("CONTENT").unwrap_or_default(), place(&part), false),
                _ => {}
            }
        }
        let mut line = words.line(place(&element).map(Quad::from));
        line.size = size.or(self.size(element.attribute("STYLEREFS"))).or(self.size(style));
        line.block = block;
        line.element = element.attribute("ID").map_or_else(|| format!("node {}", element.index()), str::to_string);
        words::push(page, line);
    }
}

/// The place of an element, or that of its polygon.
fn place(element: &Element<'_, '_>) -> Option<Rect> {
    let sides = || {
        let (left, top) = (element.number("HPOS")?, element.number("VPOS")?);
        places::rect(left, top, left + element.number("WIDTH")?, top + element.number("HEIGHT")?)
    };
    sides().or_else(|| {
        let points = element.child("Shape")?.child("Polygon")?.attribute("POINTS")?;
        places::quad(&super::page_xml::points(points)?).map(|quad| quad.bounds())
    })
}
