//! Characters of pdfplumber, as JSON or as CSV. Places are points, also counted from the top (`top`, `bottom`).

use super::documents::Documents;
use super::error::LayoutError;
use super::format::{Format, Syntax};
use super::glyphs::{Glyph, lines};
use super::json::Json;
use super::places;
use super::words;
use crate::layout::{Layout, Page};

/// Reads a value: `{"pages": [{"chars": […]}]}`, or pages.
pub fn read(value: &Json<'_>, path: &str, layout: &mut Layout) -> Result<(), LayoutError> {
    if let Some(pages) = value.get("pages") {
        return read(pages, &format!("{path}/pages"), layout);
    }
    let is_document = |value: &Json<'_>| value.has("chars") || value.has("page_number");
    let documents = Documents { format: Format::PdfPlumber, is_document, expected: "a page with chars" };
    documents.each(value, path, &mut |document, path| {
        let mut page =
            Page { size: places::size(document.number_at("width"), document.number_at("height")), ..Page::default() };
        let glyph = |c: &Json<'_>| Glyph {
            text: "",
            place: (|| {
                places::rect(c.number_at("x0")?, c.number_at("top")?, c.number_at("x1")?, c.number_at("bottom")?)
            })(),
            size: c.number_at("size").and_then(places::length),
        };
        let chars = document.items("chars");
        let glyphs: Vec<Glyph<'_>> = chars
            .iter()
            .map(|c| Glyph { text: c.get("text").and_then(Json::text).unwrap_or_default(), ..glyph(c) })
            .collect();
        put(&glyphs, &format!("{path}/chars"), &mut page);
        let place = |item: &Json<'_>| {
            places::rect(
                item.number_at("x0")?,
                item.number_at("top")?,
                item.number_at("x1")?,
                item.number_at("bottom")?,
            )
        };
        page.pictures.extend(document.items("images").iter().filter_map(place));
        layout.pages.push(page);
        Ok(())
    })
}

fn put(glyphs: &[Glyph<'_>], path: &str, page: &mut Page) {
    let mut first = 0;
    for mut line in lines(glyphs) {
        line.element = format!("{path}/{first}");
        first += line.pieces.len().max(1);
        words::push(page, line);
    }
}

/// The number of a page, what is known of it, and its characters.
type CsvPage = (String, Page, Vec<(String, Glyph<'static>)>);

/// Reads CSV: a row an object of a page; characters have the type `char`.
pub fn read_csv(text: &str, layout: &mut Layout) -> Result<(), LayoutError> {
    let mut records = Records { text, at: 0 };
    let head = records.next().transpose()?.unwrap_or_default();
    let column = |name: &str| head.iter().position(|field| field == name);
    let place_of = |record: &[String]| {
        let number = |name| places::number(record.get(column(name)?)?);
        places::rect(number("x0")?, number("top")?, number("x1")?, number("bottom")?)
    };
    let mut pages: Vec<CsvPage> = Vec::new();
    for record in records {
        let record = record?;
        let field = |name| column(name).and_then(|n| record.get(n)).map_or("", String::as_str);
        if pages.last().is_none_or(|(number, ..)| number != field("page_number")) {
            pages.push((field("page_number").to_string(), Page::default(), Vec::new()));
        }
        let Some((_, page, glyphs)) = pages.last_mut() else { continue };
        match field("object_type") {
            "char" => {
                let size = field("size").trim().parse().ok().and_then(places::length);
                glyphs.push((field("text").to_string(), Glyph { text: "", place: place_of(&record), size }));
            }
            "image" => page.pictures.extend(place_of(&record)),
            _ => {}
        }
    }
    for (number, mut page, glyphs) in pages {
        let glyphs: Vec<Glyph<'_>> =
            glyphs.iter().map(|(text, g)| Glyph { text, place: g.place, size: g.size }).collect();
        put(&glyphs, &format!("page {number} char"), &mut page);
        layout.pages.push(page);
    }
    Ok(())
}

/// The records of a CSV: fields in quotes may hold commas and line ends, and a doubled quote is one.
struct Records<'a> {
    text: &'a str,
    at: usize,
}

impl Iterator for Records<'_> {
    type Item = Result<Vec<String>, LayoutError>;

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.at;
        let mut record = vec![String::new()];
        let mut quoted = false;
        let mut chars = self.text.get(start..)?.char_indices().peekable();
        chars.peek()?;
        while let Some((n, c)) = chars.next() {
            self.at = start + n + c.len_utf8();
            let next = chars.peek().map(|&(_, c)| c);
            match c {
                '"' if quoted && next == Some('"') => {
                    chars.next();
                    self.at += 1;
                    record.last_mut()?.push('"');
                }
                '"' => quoted = !quoted,
                ',' if !quoted => record.push(String::new()),
                '\n' if !quoted => return Some(Ok(record)),
                '\r' if !quoted && next == Some('\n') => {}
                c => record.last_mut()?.push(c),
            }
        }
        if quoted {
            return Some(Err(LayoutError::syntax(Syntax::Table, self.text, start, "a quote that does not end")));
        }
        Some(Ok(record))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_in_quotes_hold_commas_and_quotes() {
        let records: Result<Vec<_>, _> = Records { text: "a,\"b,\"\"c\"\"\"\r\n,渠", at: 0 }.collect();
        assert_eq!(records.expect("CSV"), [["a", "b,\"c\""], ["", "渠"]]);
        assert!(Records { text: "\"a", at: 0 }.any(|record| record.is_err()));
    }
}
