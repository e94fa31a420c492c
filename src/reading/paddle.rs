//! PaddleOCR and what is built on it: PaddleOCR 2 and 3, PaddleX, RapidOCR, Umi-OCR and services with PP-OCR in them. A line is
//! a polygon and its text; places are pixels of the picture, and no file of these has words.

use super::documents::Documents;
use super::error::{LayoutError, LayoutErrorKind};
use super::format::Format;
use super::json::Json;
use super::places;
use super::sniff::is_row;
use super::words::{self, pieces_of};
use crate::layout::{Layout, Line, Page, Quad};

/// Reads a value of PaddleOCR or RapidOCR.
pub fn read(value: &Json<'_>, path: &str, layout: &mut Layout) -> Result<(), LayoutError> {
    match value {
        Json::Null => layout.pages.push(Page::default()),
        Json::Object(_) => object(value, path, layout)?,
        Json::List(items) => list(items, path, layout)?,
        _ => return Err(LayoutError::missing(Format::PaddleOcr, path, "lines of [polygon, text]")),
    }
    Ok(())
}

/// A result of PaddleOCR 3 or PaddleX, bare or in the wrappings of its files and services.
fn object(value: &Json<'_>, path: &str, layout: &mut Layout) -> Result<(), LayoutError> {
    for wrapper in ["res", "result", "prunedResult", "ocr_res"] {
        if let Some(inner) = value.get(wrapper) {
            return read(inner, &format!("{path}/{wrapper}"), layout);
        }
    }
    if let Some(results) = value.get("ocrResults").and_then(Json::list) {
        for (n, result) in results.iter().enumerate() {
            let first = layout.pages.len();
            read(result, &format!("{path}/ocrResults/{n}"), layout)?;
            let size = size_of(value.get("dataInfo"), n);
            layout.pages[first..].iter_mut().for_each(|page| page.size = page.size.or(size));
        }
        return Ok(());
    }
    let mut page = Page::default();
    match value.first_of(&["rec_texts", "rec_text", "txts", "ocr_results"]) {
        Some((key @ "ocr_results", rows)) => {
            let rows = rows.list().ok_or_else(|| missing(&format!("{path}/{key}")))?;
            page.size = size_of(value.get("dimensions"), 0);
            objects(rows, &format!("{path}/{key}"), &mut page);
        }
        Some((key, texts)) => columns(value, key, texts, path, &mut page)?,
        None if is_object_row(value) => objects(std::slice::from_ref(value), path, &mut page),
        None => return Err(missing(path)),
    }
    layout.pages.push(page);
    Ok(())
}

fn missing(path: &str) -> LayoutError {
    LayoutError::missing(Format::PaddleOcr, path, "a list of texts (rec_texts)")
}

/// Width and height, of the picture or of a page of a PDF.
fn size_of(info: Option<&Json<'_>>, page: usize) -> Option<(f32, f32)> {
    let info = info?;
    let info = info.items("pages").get(page).unwrap_or(info);
    places::size(info.number_at("width"), info.number_at("height"))
}

/// Lines as columns: texts, certainties and polygons. Of the lists of polygons the first counts that is as long as the texts:
/// `dt_polys` also has lines that were dropped.
fn columns(value: &Json<'_>, key: &str, texts: &Json<'_>, path: &str, page: &mut Page) -> Result<(), LayoutError> {
    let texts = texts.list().ok_or_else(|| missing(&format!("{path}/{key}")))?;
    let fits = |key: &&str| value.items(key).len() == texts.len();
    let polygons = ["rec_polys", "rec_boxes", "boxes", "dt_polys"].iter().find(|key| fits(key));
    let polygons = polygons.map(|key| value.items(key)).unwrap_or_default();
    let certainties = ["rec_scores", "rec_score", "scores"].iter().find(|key| fits(key));
    let certainties = certainties.map(|key| value.items(key)).unwrap_or_default();
    let (parts, boxes) = (value.items("text_word"), value.items("text_word_boxes"));
    for (n, text) in texts.iter().enumerate() {
        let Some(text) = text.words() else { continue };
        let mut line = Line::new(text.into_owned(), place(polygons.get(n)).unwrap_or_default());
        line.confidence = certainty(certainties.get(n));
        if let (Some(parts), Some(boxes)) = (parts.get(n).and_then(Json::list), boxes.get(n).and_then(Json::list)) {
            let parts = parts
                .iter()
                .zip(boxes)
                .filter_map(|(part, place)| Some((part.text()?, places::sides(&place.numbers()?))));
            line.pieces = pieces_of(&line.text, parts);
        }
        line.element = format!("{path}/{key}/{n}");
        words::push(page, line);
    }
    Ok(())
}

/// A polygon of four points, or the sides of a rectangle.
fn place(value: Option<&Json<'_>>) -> Option<Quad> {
    let value = value?;
    match value.numbers() {
        Some(sides) if sides.len() == 4 => places::sides(&sides).map(Quad::from),
        _ => places::quad(&value.points()?),
    }
}

fn certainty(value: Option<&Json<'_>>) -> Option<f32> {
    places::certainty(value?.number()?, 1.0)
}

/// A list: rows of one page, objects of one page, or pages.
fn list(items: &[Json<'_>], path: &str, layout: &mut Layout) -> Result<(), LayoutError> {
    let row = |item: &Json<'_>| item.list().is_some_and(is_row);
    if items.iter().all(|item| *item == Json::Null) {
        // `[]`, `[null]` and `(None, None)`: a picture in which nothing was read.
        layout.pages.push(Page::default());
        return Ok(());
    }
    if items.iter().any(row) || items.iter().any(is_object_row) {
        let mut page = Page::default();
        for (n, item) in items.iter().enumerate() {
            let path = format!("{path}/{n}");
            match item.list() {
                Some(row) => tuple(row, &path, &mut page)?,
                None => objects(std::slice::from_ref(item), &path, &mut page),
            }
        }
        layout.pages.push(page);
        return Ok(());
    }
    // RapidOCR 1 returns its lines and the seconds that it took.
    let seconds = |item: &Json<'_>| item.number().is_some() || item.numbers().is_some_and(|n| !n.is_empty());
    for (n, item) in items.iter().enumerate().filter(|(n, item)| *n == 0 || !seconds(item)) {
        read(item, &format!("{path}/{n}"), layout)?;
    }
    Ok(())
}

/// `[polygon, text, certainty]` or `[polygon, [text, certainty]]`.
fn tuple(row: &[Json<'_>], path: &str, page: &mut Page) -> Result<(), LayoutError> {
    let (text, certain) = match row.get(1) {
        Some(Json::List(pair)) => (pair.first(), pair.get(1)),
        text => (text, row.get(2)),
    };
    let text = text.and_then(Json::words);
    let text = text.ok_or_else(|| LayoutError::missing(Format::PaddleOcr, path, "[polygon, text]"))?;
    let mut line = Line::new(text.into_owned(), place(row.first()).unwrap_or_default());
    line.confidence = certainty(certain);
    line.element = path.to_string();
    words::push(page, line);
    Ok(())
}

fn is_object_row(item: &Json<'_>) -> bool {
    item.first_of(&["txt", "text", "rec_txt"]).is_some_and(|(_, text)| text.words().is_some())
}

/// Lines as objects with a text and a box. The path is that of the list, or of the one line.
fn objects(rows: &[Json<'_>], path: &str, page: &mut Page) {
    for (n, row) in rows.iter().enumerate() {
        let Some((_, text)) = row.first_of(&["txt", "text", "rec_txt"]) else { continue };
        let Some(text) = text.words() else { continue };
        let polygon = row.first_of(&["box", "poly", "points", "text_region"]).map(|(_, value)| value);
        let mut line = Line::new(text.into_owned(), place(polygon).unwrap_or_default());
        line.confidence = certainty(row.first_of(&["score", "confidence"]).map(|(_, value)| value));
        line.element = if rows.len() == 1 { path.to_string() } else { format!("{path}/{n}") };
        words::push(page, line);
    }
}

/// The code of Umi-OCR for a picture that was read.
const READ: f64 = 100.0;

/// The code for a picture without text.
const NOTHING_TO_READ: f64 = 101.0;

/// Reads a result of Umi-OCR or of an engine of its: `{"code": 100, "data": [{"text", "score", "box"}]}`.
pub fn read_umi(value: &Json<'_>, path: &str, layout: &mut Layout) -> Result<(), LayoutError> {
    let is_document = |value: &Json<'_>| value.has("code");
    let documents = Documents { format: Format::UmiOcr, is_document, expected: "an object with code and data" };
    documents.each(value, path, &mut |result, path| {
        let mut page = Page::default();
        let code = result.number_at("code").unwrap_or_default();
        match result.get("data") {
            Some(Json::List(rows)) => {
                for (n, row) in rows.iter().enumerate() {
                    objects(std::slice::from_ref(row), &format!("{path}/data/{n}"), &mut page);
                }
            }
            _ if code == NOTHING_TO_READ => {}
            // The option `data.format: text` gives the text without places.
            Some(Json::Text(text)) if code == READ => {
                let mut line = Line::new(text.clone().into_owned(), Quad::default());
                line.element = format!("{path}/data");
                words::push(&mut page, line);
            }
            data => {
                let message = data.and_then(Json::words).unwrap_or_default();
                let message = format!("code {code}: {message}");
                return Err(LayoutErrorKind::Reported { format: Format::UmiOcr, message }.into());
            }
        }
        layout.pages.push(page);
        Ok(())
    })
}
