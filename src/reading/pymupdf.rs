//! PyMuPDF: `get_text` with `dict`, `rawdict`, `json`, `rawjson`, `words` or `blocks`. Places are points. The size of type is
//! exact. A line set downwards may come as one line for each glyph.

use super::documents::Documents;
use super::error::LayoutError;
use super::format::Format;
use super::glyphs::most_frequent;
use super::json::Json;
use super::places;
use super::sniff::is_word;
use super::words::{self, Words};
use crate::layout::{Layout, Line, Page, Quad, Rect};

/// The number that a block of a picture has as its type.
const PICTURE: f64 = 1.0;

/// Reads a value: a page, a list of pages or blocks, or an object of pages by number.
pub fn read(value: &Json<'_>, path: &str, layout: &mut Layout) -> Result<(), LayoutError> {
    let is_document = |value: &Json<'_>| value.has("blocks") || is_list_of_blocks(value) || is_list_of_words(value);
    let documents = Documents { format: Format::PyMuPdf, is_document, expected: "a list of blocks or words" };
    documents.each(value, path, &mut |document, path| {
        let mut page =
            Page { size: places::size(document.number_at("width"), document.number_at("height")), ..Page::default() };
        match document.get("blocks").unwrap_or(document).list() {
            Some(items) if items.first().is_some_and(|item| item.list().is_some()) => rows(items, path, &mut page),
            Some(items) => {
                let path = if document.has("blocks") { format!("{path}/blocks") } else { path.to_string() };
                items.iter().enumerate().for_each(|(n, item)| block(item, n as u32, &format!("{path}/{n}"), &mut page));
            }
            None => return Err(LayoutError::missing(Format::PyMuPdf, format!("{path}/blocks"), "a list of blocks")),
        }
        layout.pages.push(page);
        Ok(())
    })
}

fn is_list_of_blocks(value: &Json<'_>) -> bool {
    let block = |item: &Json<'_>| item.has("bbox") && (item.has("lines") || item.has("image") || item.has("number"));
    value.list().is_some_and(|items| items.first().is_some_and(block))
}

fn is_list_of_words(value: &Json<'_>) -> bool {
    value.list().is_some_and(|items| items.first().and_then(Json::list).is_some_and(is_word))
}

fn bbox(value: &Json<'_>) -> Option<Rect> {
    places::sides(&value.get("bbox")?.numbers()?)
}

fn block(block: &Json<'_>, number: u32, path: &str, page: &mut Page) {
    if block.number_at("type") == Some(PICTURE) {
        page.pictures.extend(bbox(block));
    }
    let mut column: Option<Line> = None;
    for (n, item) in block.items("lines").iter().enumerate() {
        let mut line = line_of(item);
        line.block = Some(number);
        line.element = format!("{path}/lines/{n}");
        if !is_glyph_downwards(item, &line) {
            column.take().into_iter().for_each(|column| words::push(page, column));
            words::push(page, line);
            continue;
        }
        match &mut column {
            Some(column) if goes_on(column, &line) => append(column, line),
            _ => {
                column.replace(line).into_iter().for_each(|column| words::push(page, column));
            }
        }
    }
    column.into_iter().for_each(|column| words::push(page, column));
}

fn line_of(item: &Json<'_>) -> Line {
    let mut words = Words::default();
    let mut sizes = Vec::new();
    for span in item.items("spans") {
        let before = words.text().len();
        match span.get("text").and_then(Json::words) {
            Some(text) => words.add(&text, bbox(span), false),
            None => {
                for glyph in span.items("chars") {
                    words.add(&glyph.get("c").and_then(Json::words).unwrap_or_default(), bbox(glyph), false);
                }
            }
        }
        let size = span.number_at("size").and_then(places::length);
        sizes.extend(size.map(|size| (size, words.text()[before..].chars().count())));
    }
    let mut line = words.line(bbox(item).map(Quad::from));
    line.size = most_frequent(sizes.into_iter());
    line
}

/// Whether a line is one glyph of a column that is set downwards.
fn is_glyph_downwards(item: &Json<'_>, line: &Line) -> bool {
    item.number_at("wmode") == Some(1.0) && line.text.chars().count() == 1
}

/// Whether a glyph stands in the column, below what is there.
fn goes_on(column: &Line, glyph: &Line) -> bool {
    let (column, glyph) = (column.quad.bounds(), glyph.quad.bounds());
    let middle = (glyph.left + glyph.right) / 2.0;
    column.left < middle && middle < column.right && glyph.top >= column.bottom - glyph.height() / 2.0
}

fn append(column: &mut Line, glyph: Line) {
    let start = column.text.len();
    column.text.push_str(&glyph.text);
    column.quad = column.quad.bounds().union(&glyph.quad.bounds()).into();
    let pieces = glyph.pieces.into_iter();
    column.pieces.extend(pieces.map(|mut piece| {
        piece.range = start + piece.range.start..start + piece.range.end;
        piece
    }));
}

/// Numbers of a word: its sides, the text, then block, line and word. A block has its text, its number and its type.
const BLOCK_LENGTH: usize = 7;

/// Words or blocks as lists.
fn rows(rows: &[Json<'_>], path: &str, page: &mut Page) {
    let mut current: Option<(Option<f64>, Option<f64>, Words, usize)> = None;
    for (n, row) in rows.iter().enumerate() {
        let Some(row) = row.list() else { continue };
        let sides: Option<Vec<f64>> = row.iter().take(4).map(Json::number).collect();
        let place = sides.and_then(|sides| places::sides(&sides));
        let Some(text) = row.get(4).and_then(Json::words) else { continue };
        let number = |n: usize| row.get(n).and_then(Json::number);
        if row.len() == BLOCK_LENGTH && number(6) == Some(PICTURE) {
            page.pictures.extend(place);
            continue;
        }
        let (block, line) = (number(5), if row.len() == BLOCK_LENGTH { Some(n as f64) } else { number(6) });
        match &mut current {
            Some((b, l, words, _)) if (*b, *l) == (block, line) => words.add(&text, place, true),
            _ => {
                current.take().into_iter().for_each(|line| push_row(line, path, page));
                let mut words = Words::default();
                words.add(&text, place, false);
                current = Some((block, line, words, n));
            }
        }
    }
    current.into_iter().for_each(|line| push_row(line, path, page));
}

fn push_row((block, _, words, first): (Option<f64>, Option<f64>, Words, usize), path: &str, page: &mut Page) {
    let mut line = words.line(None);
    line.block = block.filter(|b| (0.0..1e9).contains(b)).map(|b| b as u32);
    line.element = format!("{path}/{first}");
    words::push(page, line);
}
