//! MinerU: `middle.json` with blocks and lines, `content_list.json` with paragraphs, and the pages of blocks of its newer
//! back ends. Places are points in the first, thousandths of the page in the second, shares of the page in the last.

use super::error::LayoutError;
use super::format::Format;
use super::json::Json;
use super::words::{self, Words};
use super::{places, tables};
use crate::layout::{Layout, Line, Page, Quad, Rect};

/// Reads a value.
pub fn read(value: &Json<'_>, path: &str, layout: &mut Layout) -> Result<(), LayoutError> {
    if let Some(pages) = value.get("pdf_info").and_then(Json::list) {
        pages.iter().enumerate().for_each(|(n, page)| middle(page, &format!("{path}/pdf_info/{n}"), layout));
        return Ok(());
    }
    let items =
        value.list().ok_or_else(|| LayoutError::missing(Format::MinerU, path, "pdf_info, or a list of entries"))?;
    if items.iter().any(|item| matches!(item, Json::Object(_))) {
        entries(items, path, layout);
    } else {
        items.iter().enumerate().for_each(|(n, page)| blocks(page, &format!("{path}/{n}"), layout));
    }
    Ok(())
}

fn bbox(value: &Json<'_>) -> Option<Rect> {
    places::sides(&value.get("bbox")?.numbers()?)
}

fn kind<'j>(value: &'j Json<'_>) -> &'j str {
    value.get("type").and_then(Json::text).unwrap_or_default()
}

/// A page of `middle.json`: its paragraphs in their order, then what MinerU takes for furniture.
fn middle(document: &Json<'_>, path: &str, layout: &mut Layout) {
    let size = document.get("page_size").and_then(Json::numbers).unwrap_or_default();
    let mut page = Page { size: places::size(size.first().copied(), size.get(1).copied()), ..Page::default() };
    let paragraphs = if document.has("para_blocks") { "para_blocks" } else { "preproc_blocks" };
    let mut number = 0;
    for key in [paragraphs, "discarded_blocks"] {
        for (n, item) in document.items(key).iter().enumerate() {
            middle_block(item, number, &format!("{path}/{key}/{n}"), &mut page);
            number += 1;
        }
    }
    layout.pages.push(page);
}

/// A block with lines, or with blocks inside.
fn middle_block(block: &Json<'_>, number: u32, path: &str, page: &mut Page) {
    if matches!(kind(block), "image" | "chart" | "image_body") && !block.has("blocks") {
        page.pictures.extend(bbox(block));
    }
    for (n, inner) in block.items("blocks").iter().enumerate() {
        middle_block(inner, number, &format!("{path}/blocks/{n}"), page);
    }
    for (n, item) in block.items("lines").iter().enumerate() {
        let mut words = Words::default();
        for span in item.items("spans") {
            let text = span.first_of(&["content", "html"]).and_then(|(_, text)| text.words()).unwrap_or_default();
            let text = if kind(span) == "table" { tables::text(&text) } else { text.into_owned() };
            words.add_recognised(&text, bbox(span));
            words.certain(span.number_at("score").and_then(|score| places::certainty(score, 1.0)));
        }
        let mut line = words.line(bbox(item).map(Quad::from));
        line.block = Some(number);
        line.element = format!("{path}/lines/{n}");
        words::push(page, line);
    }
}

/// Keys of an entry that hold text: one text or a list of them, in the order in which they are printed.
const TEXTS: [&str; 14] = [
    "text",
    "content",
    "img_caption",
    "image_caption",
    "table_caption",
    "code_caption",
    "table_body",
    "code_body",
    "list_items",
    "img_footnote",
    "image_footnote",
    "table_footnote",
    "code_footnote",
    "chart_caption",
];

/// Places in a list of entries are thousandths of the page.
const THOUSANDTHS: f32 = 1000.0;

/// The entries of `content_list.json`. A page is there once, where its first entry stands.
fn entries(items: &[Json<'_>], path: &str, layout: &mut Layout) {
    let mut pages: Vec<(Option<f64>, Page)> = Vec::new();
    for (n, entry) in items.iter().enumerate() {
        let number = entry.number_at("page_idx");
        let at = pages.iter().rposition(|(known, _)| *known == number).unwrap_or_else(|| {
            pages.push((number, Page::default()));
            pages.len() - 1
        });
        let Some((_, page)) = pages.get_mut(at) else { continue };
        let place = bbox(entry);
        page.size = page.size.or(place.map(|_| (THOUSANDTHS, THOUSANDTHS)));
        if matches!(kind(entry), "image" | "chart") {
            page.pictures.extend(place);
        }
        for key in TEXTS {
            let texts = match entry.get(key) {
                Some(Json::List(texts)) => texts.as_slice(),
                Some(text) => std::slice::from_ref(text),
                None => continue,
            };
            for text in texts.iter().filter_map(Json::words) {
                let text = if key == "table_body" { tables::text(&text) } else { text.into_owned() };
                put(text, place, n, format!("{path}/{n}/{key}"), page);
            }
        }
    }
    layout.pages.extend(pages.into_iter().map(|(_, page)| page));
}

fn put(text: String, place: Option<Rect>, block: usize, element: String, page: &mut Page) {
    let mut line = Line::new(text, place.map(Quad::from).unwrap_or_default());
    line.block = Some(block as u32);
    line.element = element;
    words::push(page, line);
}

/// A page as a list of blocks with `content`: one text, or texts inside objects and lists.
fn blocks(items: &Json<'_>, path: &str, layout: &mut Layout) {
    let mut page = Page::default();
    for (n, block) in items.list().unwrap_or_default().iter().enumerate() {
        let mut texts = Vec::new();
        gather(block.get("content").unwrap_or(&Json::Null), false, &mut texts);
        for text in texts {
            put(text, bbox(block), n, format!("{path}/{n}/content"), &mut page);
        }
    }
    layout.pages.push(page);
}

/// The texts of a content: the parts of one list are one text.
fn gather(value: &Json<'_>, inline: bool, texts: &mut Vec<String>) {
    match value {
        Json::Text(text) if inline => match texts.last_mut() {
            Some(last) => last.push_str(text),
            None => texts.push(text.to_string()),
        },
        Json::Text(text) => texts.push(text.to_string()),
        Json::List(items) => {
            let parts = items.iter().any(|item| item.get("content").is_some_and(|c| c.text().is_some()));
            if parts {
                texts.push(String::new());
            }
            items.iter().for_each(|item| gather(item, parts, texts));
        }
        Json::Object(entries) => {
            let printed =
                |key: &str| key == "content" || key == "html" || key.ends_with("_content") || key.ends_with("items");
            let is_text = |key: &str, value: &Json<'_>| printed(key) || matches!(value, Json::List(_));
            let parts = entries.iter().filter(|(key, value)| is_text(key, value));
            parts.for_each(|(key, value)| match value.text().filter(|_| key == "html") {
                Some(html) => texts.push(tables::text(html)),
                None => gather(value, inline, texts),
            });
        }
        _ => {}
    }
}
