//! Textract: `Blocks` of which those of the type `LINE` have the text. Places are shares of the page.

use crate::layout::{Layout, Line, Page, Rect};
use crate::reading::error::{LayoutError, LayoutErrorKind};
use crate::reading::format::Format;
use crate::reading::json::Json;
use crate::reading::places;
use crate::reading::words::{self, pieces_of};
use std::collections::HashMap;

/// Reads an answer.
pub fn read(value: &Json<'_>, path: &str, layout: &mut Layout) -> Result<(), LayoutError> {
    let text = |key| value.get(key).and_then(Json::text);
    if text("JobStatus").is_some_and(|status| status == "FAILED") {
        let message = text("StatusMessage").unwrap_or("the job failed").to_string();
        return Err(LayoutErrorKind::Reported { format: Format::Textract, message }.into());
    }
    let blocks = value.get("Blocks").and_then(Json::list);
    let blocks = blocks.ok_or_else(|| LayoutError::missing(Format::Textract, format!("{path}/Blocks"), "a list"))?;
    let words: HashMap<&str, &Json<'_>> = blocks
        .iter()
        .filter(|block| kind(block) == "WORD")
        .filter_map(|block| Some((block.get("Id")?.text()?, block)))
        .collect();
    let level = if blocks.iter().any(|block| kind(block) == "LINE") { "LINE" } else { "WORD" };
    let mut pages: Vec<(Option<f64>, Page)> = Vec::new();
    for (n, block) in
        blocks.iter().enumerate().filter(|(_, block)| matches!(kind(block), k if k == level || k == "PAGE"))
    {
        let number = block.number_at("Page");
        let at = pages.iter().rposition(|(known, _)| *known == number).unwrap_or_else(|| {
            pages.push((number, Page { size: Some((1.0, 1.0)), ..Page::default() }));
            pages.len() - 1
        });
        let Some(text) = block.get("Text").and_then(Json::words).filter(|_| kind(block) == level) else { continue };
        let polygon = block.get("Geometry").and_then(|g| places::quad(&g.get("Polygon")?.points()?));
        let mut line = Line::new(text.into_owned(), polygon.unwrap_or_default());
        let children = block.items("Relationships").iter().flat_map(|r| r.items("Ids"));
        let children =
            children.filter_map(|id| words.get(id.text()?)).filter_map(|w| Some((w.get("Text")?.text()?, bounds(w))));
        line.pieces = pieces_of(&line.text, children);
        line.confidence = block.number_at("Confidence").and_then(|c| places::certainty(c, 100.0));
        line.element = format!("{path}/Blocks/{n}");
        words::push(&mut pages[at].1, line);
    }
    layout.pages.extend(pages.into_iter().map(|(_, page)| page));
    Ok(())
}

fn kind<'j>(block: &'j Json<'_>) -> &'j str {
    block.get("BlockType").and_then(Json::text).unwrap_or_default()
}

fn bounds(block: &Json<'_>) -> Option<Rect> {
    let sides = block.get("Geometry")?.get("BoundingBox")?;
    let (left, top) = (sides.number_at("Left")?, sides.number_at("Top")?);
    places::rect(left, top, left + sides.number_at("Width")?, top + sides.number_at("Height")?)
}
