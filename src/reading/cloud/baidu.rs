//! Baidu: `words_result`, in pixels. The basic service gives no places.

use crate::layout::{Layout, Line, Page, Quad, Rect};
use crate::reading::error::{LayoutError, LayoutErrorKind};
use crate::reading::format::Format;
use crate::reading::json::Json;
use crate::reading::places;
use crate::reading::words::{self, pieces_of};

/// Reads an answer.
pub fn read(value: &Json<'_>, path: &str, layout: &mut Layout) -> Result<(), LayoutError> {
    if let Some(code) = value.number_at("error_code").filter(|code| *code != 0.0) {
        let message = value.get("error_msg").and_then(Json::words).unwrap_or_default();
        let message = format!("{code}: {message}");
        return Err(LayoutErrorKind::Reported { format: Format::Baidu, message }.into());
    }
    let rows = value.get("words_result").and_then(Json::list);
    let rows = rows.ok_or_else(|| LayoutError::missing(Format::Baidu, format!("{path}/words_result"), "a list"))?;
    let mut page = Page::default();
    for (n, row) in rows.iter().enumerate() {
        let Some(text) = row.get("words").and_then(Json::words) else { continue };
        let polygon = row.get("vertexes_location").and_then(Json::points).and_then(|points| places::quad(&points));
        let quad = polygon.or_else(|| location(row).map(Quad::from)).unwrap_or_default();
        let mut line = Line::new(text.into_owned(), quad);
        let glyphs = row.items("chars").iter();
        line.pieces =
            pieces_of(&line.text, glyphs.filter_map(|glyph| Some((glyph.get("char")?.text()?, location(glyph)))));
        let probability = row.get("probability").and_then(|p| p.number_at("average"));
        line.confidence = probability.and_then(|p| places::certainty(p, 1.0));
        line.block = paragraph(value, n);
        line.element = format!("{path}/words_result/{n}");
        words::push(&mut page, line);
    }
    layout.pages.push(page);
    Ok(())
}

fn location(value: &Json<'_>) -> Option<Rect> {
    let location = value.get("location")?;
    let (left, top) = (location.number_at("left")?, location.number_at("top")?);
    places::rect(left, top, left + location.number_at("width")?, top + location.number_at("height")?)
}

/// The paragraph that names a line.
fn paragraph(value: &Json<'_>, line: usize) -> Option<u32> {
    let names = |paragraph: &Json<'_>| {
        paragraph.items("words_result_idx").iter().any(|index| index.number() == Some(line as f64))
    };
    value.items("paragraphs_result").iter().position(names).map(|n| n as u32)
}
