//! Azure: Read and Document Intelligence, in pixels or inches. Keys changed from version to version; the shape did not.

use crate::layout::{Layout, Line, Page, Quad};
use crate::reading::error::{LayoutError, LayoutErrorKind};
use crate::reading::format::Format;
use crate::reading::json::Json;
use crate::reading::places;
use crate::reading::words::{self, pieces_of};

/// Keys of the list of pages.
const PAGES: [&str; 3] = ["pages", "readResults", "recognitionResults"];

/// Reads an answer.
pub fn read(value: &Json<'_>, path: &str, layout: &mut Layout) -> Result<(), LayoutError> {
    if let Some(message) = value.get("error").and_then(|error| error.get("message")) {
        let message = message.words().unwrap_or_default().into_owned();
        return Err(LayoutErrorKind::Reported { format: Format::Azure, message }.into());
    }
    if let Some(result) = value.get("analyzeResult") {
        return read(result, &format!("{path}/analyzeResult"), layout);
    }
    let pages = value.first_of(&PAGES).and_then(|(key, pages)| Some((key, pages.list()?)));
    let (key, pages) =
        pages.ok_or_else(|| LayoutError::missing(Format::Azure, path, "a list of pages or readResults"))?;
    for (n, document) in pages.iter().enumerate() {
        let size = places::size(document.number_at("width"), document.number_at("height"));
        let mut page = Page { size, ..Page::default() };
        let level = if document.items("lines").is_empty() { "words" } else { "lines" };
        for (l, item) in document.items(level).iter().enumerate() {
            let Some((_, text)) = item.first_of(&["content", "text"]) else { continue };
            let Some(text) = text.words() else { continue };
            let mut line = Line::new(text.into_owned(), place(item).unwrap_or_default());
            let parts = item.items("words").iter().filter_map(|word| {
                Some((word.first_of(&["content", "text"])?.1.text()?, place(word).map(|quad| quad.bounds())))
            });
            line.pieces = pieces_of(&line.text, parts);
            line.confidence = item.number_at("confidence").and_then(|c| places::certainty(c, 1.0));
            line.element = format!("{path}/{key}/{n}/{level}/{l}");
            words::push(&mut page, line);
        }
        layout.pages.push(page);
    }
    Ok(())
}

fn place(item: &Json<'_>) -> Option<Quad> {
    places::quad(&item.first_of(&["polygon", "boundingBox"])?.1.points()?)
}
