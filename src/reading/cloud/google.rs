//! Google: Vision gives symbols with breaks between them and no lines; Document AI gives lines as places in one text.

use crate::layout::{Layout, Line, Page, Quad, Rect};
use crate::reading::error::{LayoutError, LayoutErrorKind};
use crate::reading::format::Format;
use crate::reading::json::Json;
use crate::reading::places;
use crate::reading::words::{self, Words, pieces_of};

/// Reads an answer of Vision, or a document of Document AI.
pub fn read(value: &Json<'_>, path: &str, layout: &mut Layout) -> Result<(), LayoutError> {
    if let Some(answers) = value.get("responses").and_then(Json::list) {
        let path = |n: usize| format!("{path}/responses/{n}");
        return answers.iter().enumerate().try_for_each(|(n, answer)| read(answer, &path(n), layout));
    }
    if let Some(message) = value.get("error").and_then(|error| error.get("message")) {
        let message = message.words().unwrap_or_default().into_owned();
        return Err(LayoutErrorKind::Reported { format: Format::Google, message }.into());
    }
    if let Some(annotation) = value.get("fullTextAnnotation") {
        let pages = annotation.items("pages").iter().enumerate();
        pages.for_each(|(n, page)| layout.pages.push(symbols(page, &format!("{path}/fullTextAnnotation/pages/{n}"))));
        return Ok(());
    }
    if let Some(annotations) = value.get("textAnnotations").and_then(Json::list) {
        layout.pages.push(annotated(annotations, &format!("{path}/textAnnotations")));
        return Ok(());
    }
    if value.has("pages") {
        return document(value, path, layout);
    }
    // A picture without text has an empty answer.
    if matches!(value, Json::Object(_)) {
        layout.pages.push(Page::default());
        return Ok(());
    }
    Err(LayoutError::missing(Format::Google, path, "fullTextAnnotation or pages"))
}

/// A polygon in pixels, or in shares of the page. A coordinate of 0 is left out of the file.
fn polygon(value: Option<&Json<'_>>, size: Option<(f32, f32)>) -> Option<Quad> {
    let value = value?;
    let of = |key| value.get(key).and_then(Json::points).filter(|points| !points.is_empty());
    let pixels = of("vertices").and_then(|points| places::quad(&points));
    pixels.or_else(|| {
        let (width, height) = size.unwrap_or((1.0, 1.0));
        let scaled = of("normalizedVertices")?.into_iter().map(|(x, y)| (x * f64::from(width), y * f64::from(height)));
        places::quad(&scaled.collect::<Vec<_>>())
    })
}

/// A page of Vision. A line ends where a symbol says so, and with its paragraph.
fn symbols(document: &Json<'_>, path: &str) -> Page {
    let size = places::size(document.number_at("width"), document.number_at("height"));
    let mut page = Page { size, ..Page::default() };
    let mut number = 0;
    for (b, block) in document.items("blocks").iter().enumerate() {
        for (p, paragraph) in block.items("paragraphs").iter().enumerate() {
            let mut words = Words::default();
            let mut first = 0;
            for (w, word) in paragraph.items("words").iter().enumerate() {
                let of_word = polygon(word.get("boundingBox"), size).map(|quad| quad.bounds());
                for symbol in word.items("symbols") {
                    let text = symbol.get("text").and_then(Json::words).unwrap_or_default();
                    let place = polygon(symbol.get("boundingBox"), size).map(|quad| quad.bounds()).or(of_word);
                    words.add(&text, place, false);
                    words.certain(symbol.number_at("confidence").and_then(|c| places::certainty(c, 1.0)));
                    match break_after(symbol) {
                        Some("SPACE" | "SURE_SPACE") => words.add(" ", None, false),
                        Some("EOL_SURE_SPACE" | "LINE_BREAK" | "HYPHEN") => {
                            let element = format!("{path}/blocks/{b}/paragraphs/{p}/words/{first}");
                            put(std::mem::take(&mut words), number, element, &mut page);
                            first = w + 1;
                        }
                        _ => {}
                    }
                }
            }
            put(words, number, format!("{path}/blocks/{b}/paragraphs/{p}/words/{first}"), &mut page);
            number += 1;
        }
    }
    page
}

fn put(words: Words, block: u32, element: String, page: &mut Page) {
    let mut line = words.line(None);
    line.block = Some(block);
    line.element = element;
    words::push(page, line);
}

fn break_after<'j>(symbol: &'j Json<'_>) -> Option<&'j str> {
    let found = symbol.get("property")?.get("detectedBreak")?;
    let before = matches!(found.get("isPrefix"), Some(Json::Bool(true)));
    found.get("type")?.text().filter(|_| !before)
}

/// The first annotation has the whole text, the others its words.
fn annotated(annotations: &[Json<'_>], path: &str) -> Page {
    let mut page = Page::default();
    let text = |a: &Json<'_>| a.get("description").and_then(Json::words).unwrap_or_default().into_owned();
    let Some((whole, parts)) = annotations.split_first() else { return page };
    let place = |a: &Json<'_>| polygon(a.get("boundingPoly"), None);
    let mut line = Line::new(text(whole), place(whole).unwrap_or_default());
    let parts: Vec<(String, Option<Rect>)> =
        parts.iter().map(|part| (text(part), place(part).map(|quad| quad.bounds()))).collect();
    line.pieces = pieces_of(&line.text, parts.iter().map(|(text, place)| (text.as_str(), *place)));
    line.element = format!("{path}/0");
    words::push(&mut page, line);
    page
}

/// A stretch of the text of a document.
struct Stretch {
    start: usize,
    end: usize,
    page: usize,
    quad: Quad,
    confidence: Option<f32>,
    element: String,
}

/// A document of Document AI. Text that no line has belongs to the line before it.
fn document(value: &Json<'_>, path: &str, layout: &mut Layout) -> Result<(), LayoutError> {
    let text = value.get("text").and_then(Json::words).unwrap_or_default();
    // Offsets count characters.
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.len());
    let byte = |n: f64| bytes[(n.max(0.0) as usize).min(bytes.len() - 1)];
    let first = layout.pages.len();
    let mut stretches = Vec::new();
    for (p, page) in value.items("pages").iter().enumerate() {
        let size = page.get("dimension").and_then(|d| places::size(d.number_at("width"), d.number_at("height")));
        layout.pages.push(Page { size, ..Page::default() });
        let levels = ["lines", "paragraphs", "blocks", "tokens"];
        let Some((level, items)) =
            page.first_of(&levels).filter(|(_, items)| items.list().is_some_and(|i| !i.is_empty()))
        else {
            continue;
        };
        for (n, item) in items.list().unwrap_or_default().iter().enumerate() {
            let Some(place) = item.get("layout") else { continue };
            let quad = polygon(place.get("boundingPoly"), size).unwrap_or_default();
            let confidence = place.number_at("confidence").and_then(|c| places::certainty(c, 1.0));
            for segment in place.get("textAnchor").map(|a| a.items("textSegments")).unwrap_or_default() {
                let start = byte(segment.number_at("startIndex").unwrap_or(0.0));
                let end = byte(segment.number_at("endIndex").unwrap_or(0.0));
                let element = format!("{path}/pages/{p}/{level}/{n}");
                stretches.push(Stretch { start, end, page: first + p, quad, confidence, element });
            }
        }
    }
    if stretches.is_empty() && !text.trim().is_empty() {
        let pages = (layout.pages.len() - first) as u64;
        return Err(LayoutErrorKind::NoPlaces { format: Format::Google, pages }.into());
    }
    stretches.sort_by_key(|s| (s.start, s.end));
    let mut done = 0;
    let ends: Vec<usize> = stretches.iter().skip(1).map(|s| s.start).chain([text.len()]).collect();
    for (n, (stretch, next)) in stretches.into_iter().zip(ends).enumerate() {
        let start = if n == 0 { 0 } else { done };
        let end = stretch.end.max(next).max(start);
        done = end;
        let mut line = Line::new(text.get(start..end).unwrap_or_default().trim_end(), stretch.quad);
        line.confidence = stretch.confidence;
        line.element = stretch.element;
        words::push(&mut layout.pages[stretch.page], line);
    }
    Ok(())
}
