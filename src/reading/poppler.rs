//! poppler: `pdftotext -bbox-layout` and `-bbox`, and `pdftohtml -xml`. Places are points, in `pdftohtml` pixels at its zoom.
//! `pdftotext` does not say the size of type; the height of a word is that of its font.

use super::error::LayoutError;
use super::format::Format;
use super::places;
use super::words::{self, Words};
use super::xml::{Element, Xml};
use crate::layout::{Layout, Line, Page, Quad, Rect};
use std::collections::HashMap;

/// Reads XHTML of `-bbox-layout`, or of `-bbox`, in which each word is a line.
pub fn read_bbox(xml: &Xml<'_>, layout: &mut Layout) -> Result<(), LayoutError> {
    let pages = xml.elements().filter(|e| e.name() == "page");
    let first = layout.pages.len();
    for element in pages {
        let mut page =
            Page { size: places::size(element.number("width"), element.number("height")), ..Page::default() };
        let (mut block, mut lines) = (None, 0);
        let mut inside = 0;
        for part in element.descendants() {
            match part.name() {
                "block" => block = Some(block.map_or(0, |n| n + 1)),
                "line" => {
                    let mut words = Words::default();
                    part.named("word").for_each(|word| words.add(&word.text(), sides(&word), true));
                    inside += part.named("word").count();
                    let mut line = words.line(sides(&part).map(Quad::from));
                    line.block = block;
                    line.element = format!("page {} line {lines}", layout.pages.len());
                    lines += 1;
                    words::push(&mut page, line);
                }
                // Words outside any line: those of `-bbox`.
                "word" if inside == 0 => {
                    let mut line = Line::new(part.text(), sides(&part).map(Quad::from).unwrap_or_default());
                    line.element = format!("page {} word {lines}", layout.pages.len());
                    lines += 1;
                    words::push(&mut page, line);
                }
                "word" => inside -= 1,
                _ => {}
            }
        }
        layout.pages.push(page);
    }
    if layout.pages.len() == first {
        return Err(LayoutError::missing(Format::PopplerBbox, "doc", "a page"));
    }
    Ok(())
}

fn sides(element: &Element<'_, '_>) -> Option<Rect> {
    let of = |name| element.number(name);
    places::rect(of("xMin")?, of("yMin")?, of("xMax")?, of("yMax")?)
}

/// Reads `pdftohtml -xml`. A text set downwards has no width and the height of one letter.
pub fn read_html(xml: &Xml<'_>, layout: &mut Layout) -> Result<(), LayoutError> {
    let first = layout.pages.len();
    // Later pages name the fonts of earlier ones.
    let fonts: HashMap<&str, f32> = xml.elements().filter(|e| e.name() == "fontspec").filter_map(font).collect();
    for element in xml.elements().filter(|e| e.name() == "page") {
        let mut page =
            Page { size: places::size(element.number("width"), element.number("height")), ..Page::default() };
        for (n, text) in element.named("text").enumerate() {
            let words = text.text();
            let mut line = Line::new(words, Quad::default());
            line.quad = downwards(&text, &line.text).or_else(|| bounds(&text)).map(Quad::from).unwrap_or_default();
            line.size = text.attribute("font").and_then(|font| fonts.get(font)).copied();
            line.element = format!("page {} text {n}", layout.pages.len());
            words::push(&mut page, line);
        }
        page.pictures.extend(element.named("image").filter_map(|image| bounds(&image)));
        layout.pages.push(page);
    }
    if layout.pages.len() == first {
        return Err(LayoutError::missing(Format::PdfToHtml, "pdf2xml", "a page"));
    }
    Ok(())
}

fn font<'x>(element: Element<'x, '_>) -> Option<(&'x str, f32)> {
    Some((element.attribute("id")?, places::length(element.number("size")?)?))
}

fn bounds(element: &Element<'_, '_>) -> Option<Rect> {
    let (left, top) = (element.number("left")?, element.number("top")?);
    places::rect(left, top, left + element.number("width")?, top + element.number("height")?)
}

fn downwards(element: &Element<'_, '_>, text: &str) -> Option<Rect> {
    let (left, top, height) = (element.number("left")?, element.number("top")?, element.number("height")?);
    let letters = text.chars().count() as f64;
    (element.number("width")? == 0.0).then(|| places::rect(left, top, left + height, top + height * letters))?
}
