//! Tencent: `TextDetections`, in pixels, bare or under `Response`.

use crate::layout::{Layout, Line, Page};
use crate::reading::error::{LayoutError, LayoutErrorKind};
use crate::reading::format::Format;
use crate::reading::json::{self, Json};
use crate::reading::places;
use crate::reading::words;

/// Reads an answer.
pub fn read(value: &Json<'_>, path: &str, layout: &mut Layout) -> Result<(), LayoutError> {
    if let Some(response) = value.get("Response") {
        return read(response, &format!("{path}/Response"), layout);
    }
    if let Some(error) = value.get("Error") {
        let message = error.get("Message").and_then(Json::words).unwrap_or_default().into_owned();
        return Err(LayoutErrorKind::Reported { format: Format::Tencent, message }.into());
    }
    let rows = value.get("TextDetections").and_then(Json::list);
    let rows = rows.ok_or_else(|| LayoutError::missing(Format::Tencent, format!("{path}/TextDetections"), "a list"))?;
    let mut page = Page::default();
    for (n, row) in rows.iter().enumerate() {
        let Some(text) = row.get("DetectedText").and_then(Json::words) else { continue };
        let quad = row.get("Polygon").and_then(Json::points).and_then(|points| places::quad(&points));
        let mut line = Line::new(text.into_owned(), quad.unwrap_or_default());
        line.confidence = row.number_at("Confidence").and_then(|c| places::certainty(c, 100.0));
        line.block = row.get("AdvancedInfo").and_then(Json::text).and_then(paragraph);
        line.element = format!("{path}/TextDetections/{n}");
        words::push(&mut page, line);
    }
    layout.pages.push(page);
    Ok(())
}

/// The number of a paragraph, in JSON inside a string.
fn paragraph(info: &str) -> Option<u32> {
    let values = json::values(info).ok()?;
    let number = values.first()?.get("Parag")?.number_at("ParagNo")?;
    (0.0..1e9).contains(&number).then_some(number as u32)
}
