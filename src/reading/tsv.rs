//! Tables of tesseract and of `pdftotext -tsv`: a row a word, with the numbers of its page, block, paragraph and line. Nothing is
//! quoted, so a `"` is a character.

use super::error::LayoutError;
use super::format::{Format, Syntax};
use super::places;
use super::words::{self, Words};
use crate::layout::{Layout, Page};

/// Columns of a table; the last is the text, which a row without text may lack.
const COLUMNS: usize = 12;

/// The line that the rows are in.
#[derive(Default)]
struct Current<'a> {
    /// Page, paragraph, block and line, in the order of the table.
    key: Vec<&'a str>,
    words: Words,
    block: u32,
    /// The byte where its first row begins.
    start: usize,
}

/// Reads a table of tesseract or poppler.
pub fn read(text: &str, format: Format, layout: &mut Layout) -> Result<(), LayoutError> {
    let mut current = Current::default();
    let mut blocks = 0;
    for (at, row) in rows(text).filter(|(_, row)| !row.trim().is_empty()).skip(1) {
        let mut fields: Vec<&str> = row.splitn(COLUMNS, '\t').collect();
        if fields.len() == COLUMNS - 1 {
            fields.push("");
        }
        let [level, page, upper, lower, line, _, left, top, width, height, certainty, word] = fields[..] else {
            return Err(LayoutError::syntax(Syntax::Table, text, at, "a row without 12 columns"));
        };
        let number = places::number;
        if level == "1" {
            current.end(layout);
            let size = places::size(number(width), number(height));
            layout.pages.push(Page { size, ..Page::default() });
        }
        if level != "5" {
            continue;
        }
        let key = vec![page, upper, lower, line];
        if key != current.key {
            current.end(layout);
            blocks += u32::from(current.key.get(..3) != key.get(..3));
            (current.key, current.start, current.block) = (key, at, blocks - 1);
        }
        let place = || {
            let (left, top) = (number(left)?, number(top)?);
            places::rect(left, top, left + number(width)?, top + number(height)?)
        };
        if format == Format::PopplerTsv {
            current.words.add(word, place(), true);
        } else if !word.trim().is_empty() {
            current.words.add_recognised(word, place());
            current.words.certain(number(certainty).and_then(|c| places::certainty(c, 100.0)));
        }
    }
    current.end(layout);
    Ok(())
}

impl Current<'_> {
    /// Ends the line; the next may have the same numbers.
    fn end(&mut self, layout: &mut Layout) {
        let words = std::mem::take(&mut self.words);
        if words.is_blank() {
            return;
        }
        if layout.pages.is_empty() {
            layout.pages.push(Page::default());
        }
        let mut line = words.line(None);
        line.block = Some(self.block);
        line.element = format!("line {} at byte {}", self.key.join("."), self.start);
        if let Some(page) = layout.pages.last_mut() {
            words::push(page, line);
        }
    }
}

/// The rows of a table with the bytes where they begin.
pub fn rows(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |row| {
        let at = start;
        start += row.len();
        let row = row.strip_suffix('\n').unwrap_or(row);
        (at, row.strip_suffix('\r').unwrap_or(row))
    })
}
