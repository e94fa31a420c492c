//! PP-StructureV3 and PaddleOCR-VL: blocks with labels, and beside them the lines of PaddleOCR if there are any. The lines are
//! taken where they are, since blocks repeat their text.

use super::documents::Documents;
use super::error::LayoutError;
use super::format::Format;
use super::json::Json;
use super::{paddle, places, tables, words};
use crate::layout::{Layout, Line, Page, Quad, Rect};

/// Labels of blocks that are pictures.
const PICTURES: [&str; 4] = ["image", "figure", "chart", "seal"];

/// Reads a value.
pub fn read(value: &Json<'_>, path: &str, layout: &mut Layout) -> Result<(), LayoutError> {
    for wrapper in ["res", "result", "prunedResult"] {
        if let Some(inner) = value.get(wrapper) {
            return read(inner, &format!("{path}/{wrapper}"), layout);
        }
    }
    if let Some(results) = value.get("layoutParsingResults") {
        return read(results, &format!("{path}/layoutParsingResults"), layout);
    }
    let is_document = |value: &Json<'_>| {
        value.has("parsing_res_list") || value.has("prunedResult") || value.has("res") || is_list_of_blocks(value)
    };
    let documents = Documents { format: Format::PpStructure, is_document, expected: "parsing_res_list" };
    documents.each(value, path, &mut |document, path| match document {
        Json::List(blocks) => one(None, blocks, path, layout),
        _ if document.has("parsing_res_list") => {
            let blocks = document.items("parsing_res_list");
            one(Some(document), blocks, &format!("{path}/parsing_res_list"), layout)
        }
        _ => read(document, path, layout),
    })
}

fn is_list_of_blocks(value: &Json<'_>) -> bool {
    value.list().is_some_and(|items| items.iter().any(|item| item.has("block_label")))
}

/// One page.
fn one(document: Option<&Json<'_>>, blocks: &[Json<'_>], path: &str, layout: &mut Layout) -> Result<(), LayoutError> {
    let places: Vec<Option<Rect>> =
        blocks.iter().map(|b| places::sides(&b.get("block_bbox").and_then(Json::numbers)?)).collect();
    let first = layout.pages.len();
    let lines = document.and_then(|d| d.get("overall_ocr_res")).filter(|ocr| ocr.has("rec_texts"));
    match lines {
        Some(ocr) => {
            let path = path.strip_suffix("/parsing_res_list").unwrap_or(path);
            paddle::read(ocr, &format!("{path}/overall_ocr_res"), layout)?;
            for line in layout.pages[first..].iter_mut().flat_map(|page| &mut page.lines) {
                line.block = block_of(&places, line);
            }
        }
        None => layout.pages.push(blocks_alone(blocks, &places, path)),
    }
    let is_picture = |b: &Json<'_>| b.get("block_label").and_then(Json::text).is_some_and(|l| PICTURES.contains(&l));
    let pictures = blocks.iter().zip(&places).filter(|(block, _)| is_picture(block)).filter_map(|(_, place)| *place);
    if let (Some(page), Some(document)) = (layout.pages.get_mut(first), document.or(Some(&Json::Null))) {
        page.size = page.size.or(places::size(document.number_at("width"), document.number_at("height")));
        page.pictures.extend(pictures);
    }
    Ok(())
}

/// The block in which the middle of a line lies.
fn block_of(places: &[Option<Rect>], line: &Line) -> Option<u32> {
    let bounds = line.quad.bounds();
    let (x, y) = ((bounds.left + bounds.right) / 2.0, (bounds.top + bounds.bottom) / 2.0);
    let inside = |r: &Rect| r.left <= x && x <= r.right && r.top <= y && y <= r.bottom;
    places.iter().position(|place| place.as_ref().is_some_and(inside)).map(|n| n as u32)
}

/// A page of which there are blocks and no lines.
fn blocks_alone(blocks: &[Json<'_>], places: &[Option<Rect>], path: &str) -> Page {
    let mut page = Page::default();
    for (n, (block, place)) in blocks.iter().zip(places).enumerate() {
        let Some(text) = block.get("block_content").and_then(Json::words) else { continue };
        let table = block.get("block_label").and_then(Json::text) == Some("table");
        let text = if table { tables::text(&text) } else { text.into_owned() };
        let mut line = Line::new(text, place.map(Quad::from).unwrap_or_default());
        line.block = Some(n as u32);
        line.element = format!("{path}/{n}");
        words::push(&mut page, line);
    }
    page
}
