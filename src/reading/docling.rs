//! docling: paragraphs with labels, in the order of the body's references. Places are points, from the top or the bottom of
//! the page as each says.

use super::error::LayoutError;
use super::format::Format;
use super::json::Json;
use super::places;
use super::words;
use crate::layout::{Layout, Line, Page, Quad, Rect};
use std::collections::HashMap;

/// Lists of a document that hold items with text, in the order in which items without a reference come.
const LISTS: [&str; 3] = ["texts", "tables", "pictures"];

/// Reads a value.
pub fn read(value: &Json<'_>, path: &str, layout: &mut Layout) -> Result<(), LayoutError> {
    if value.get("texts").and_then(Json::list).is_none() {
        return Err(LayoutError::missing(Format::Docling, format!("{path}/texts"), "a list of texts"));
    }
    let mut reader = Reader { document: value, path, pages: Vec::new(), seen: HashMap::new() };
    if let Some(Json::Object(pages)) = value.get("pages") {
        for (number, page) in pages {
            let size = page.get("size").unwrap_or(&Json::Null);
            let size = places::size(size.number_at("width"), size.number_at("height"));
            reader.pages.push((number.parse().unwrap_or_default(), Page { size, ..Page::default() }));
        }
    }
    if let Some(body) = value.get("body") {
        reader.children(body, 0);
    }
    for list in LISTS {
        for n in 0..value.items(list).len() {
            reader.item(&format!("#/{list}/{n}"), 0);
        }
    }
    layout.pages.extend(reader.pages.into_iter().map(|(_, page)| page));
    Ok(())
}

struct Reader<'j, 'a> {
    document: &'j Json<'a>,
    path: &'j str,
    /// Pages with their numbers.
    pages: Vec<(u32, Page)>,
    /// Items that have been read, by their references.
    seen: HashMap<String, ()>,
}

/// Groups nest so deep at most; the references of a file could also go round in a circle.
const MAX_DEPTH: usize = 64;

impl Reader<'_, '_> {
    fn children(&mut self, item: &Json<'_>, depth: usize) {
        for child in item.items("children").iter().chain(item.items("captions")) {
            if let Some(reference) = child.get("$ref").and_then(Json::text) {
                self.item(reference, depth + 1);
            }
        }
    }

    /// Reads an item once, and then its children.
    fn item(&mut self, reference: &str, depth: usize) {
        let Some(rest) = reference.strip_prefix("#/") else { return };
        let Some((list, number)) = rest.split_once('/') else { return };
        let document = self.document;
        let Some(item) = number.parse().ok().and_then(|n: usize| document.items(list).get(n)) else { return };
        if depth > MAX_DEPTH || self.seen.insert(reference.to_string(), ()).is_some() {
            return;
        }
        let number = self.seen.len() as u32;
        let prov = item.items("prov").first().unwrap_or(&Json::Null);
        let page = self.page(prov.number_at("page_no").unwrap_or(1.0) as u32);
        let place = place_of(prov, self.pages[page].1.size);
        let target = &mut self.pages[page].1;
        let mut put = |text: String, place: Option<Rect>| {
            let mut line = Line::new(text, place.map(Quad::from).unwrap_or_default());
            line.block = Some(number);
            line.element = format!("{}/{rest}", self.path);
            words::push(target, line);
        };
        if let Some(text) = item.get("text").and_then(Json::words) {
            put(text.into_owned(), place);
        }
        if let Some(data) = item.get("data") {
            put(table(data), place);
        }
        if list == "pictures" {
            target.pictures.extend(place);
        }
        self.children(item, depth);
    }

    fn page(&mut self, number: u32) -> usize {
        self.pages.iter().position(|(known, _)| *known == number).unwrap_or_else(|| {
            self.pages.push((number, Page::default()));
            self.pages.len() - 1
        })
    }
}

fn place_of(prov: &Json<'_>, size: Option<(f32, f32)>) -> Option<Rect> {
    let bbox = prov.get("bbox")?;
    let (left, right) = (bbox.number_at("l")?, bbox.number_at("r")?);
    let (top, bottom) = (bbox.number_at("t")?, bbox.number_at("b")?);
    if bbox.get("coord_origin").and_then(Json::text) == Some("BOTTOMLEFT") {
        let height = f64::from(size.filter(|size| size.1 > 0.0)?.1);
        return places::rect(left, height - top, right, height - bottom);
    }
    places::rect(left, top, right, bottom)
}

/// The cells of a table: a row a line.
fn table(data: &Json<'_>) -> String {
    let mut text = String::new();
    let mut row = None;
    for cell in data.items("table_cells") {
        let here = cell.number_at("start_row_offset_idx");
        let Some(words) = cell.get("text").and_then(Json::words) else { continue };
        if row.is_some() {
            text.push(if row == Some(here) { ' ' } else { '\n' });
        }
        row = Some(here);
        text.push_str(&words);
    }
    text
}
