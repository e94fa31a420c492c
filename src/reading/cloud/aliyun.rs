//! Aliyun: `Data` is JSON inside a string. Where text is turned, width and height of its box are exchanged, so only the
//! corners `pos` count.

use crate::layout::{Layout, Line, Page};
use crate::reading::error::LayoutError;
use crate::reading::format::Format;
use crate::reading::json::{self, Json};
use crate::reading::places;
use crate::reading::words;

/// Reads an answer, or its `Data` alone.
pub fn read(value: &Json<'_>, path: &str, layout: &mut Layout) -> Result<(), LayoutError> {
    let missing = || LayoutError::missing(Format::Aliyun, path, "prism_wordsInfo");
    if let Some(data) = value.get("Data") {
        let path = format!("{path}/Data");
        return match data {
            Json::Text(text) => {
                let inner = json::values(text)?;
                inner.iter().try_for_each(|inner| read(inner, &path, layout))
            }
            data => read(data, &path, layout),
        };
    }
    let size = places::size(value.number_at("width"), value.number_at("height"));
    let mut page = Page { size, ..Page::default() };
    for (i, image) in value.items("subImages").iter().enumerate() {
        let rows = image.get("blockInfo").map(|info| info.items("blockDetails")).unwrap_or_default();
        for (n, row) in rows.iter().enumerate() {
            let element = format!("{path}/subImages/{i}/blockInfo/blockDetails/{n}");
            put(row, ["blockContent", "blockPoints", "blockConfidence"], element, &mut page);
        }
    }
    match value.get("prism_wordsInfo").and_then(Json::list) {
        Some(rows) => {
            for (n, row) in rows.iter().enumerate() {
                put(row, ["word", "pos", "prob"], format!("{path}/prism_wordsInfo/{n}"), &mut page);
            }
        }
        None if value.has("subImages") => {}
        None => return Err(missing()),
    }
    layout.pages.push(page);
    Ok(())
}

fn put(row: &Json<'_>, [text, polygon, certainty]: [&str; 3], element: String, page: &mut Page) {
    let Some(text) = row.get(text).and_then(Json::words) else { return };
    let quad = row.get(polygon).and_then(Json::points).and_then(|points| places::quad(&points));
    let mut line = Line::new(text.into_owned(), quad.unwrap_or_default());
    line.confidence = row.number_at(certainty).and_then(|c| places::certainty(c, 100.0));
    line.element = element;
    words::push(page, line);
}
