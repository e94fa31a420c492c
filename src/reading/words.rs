//! Lines from words, and lines on their page. A line has a visible character and no line end in it.

use super::places;
use crate::layout::{Line, Page, Piece, Quad, Rect};
use crate::text::width::is_han;

/// A line in the making.
#[derive(Debug, Default)]
pub struct Words {
    text: String,
    pieces: Vec<Piece>,
    bounds: Option<Rect>,
    certainty: f64,
    judged: u32,
}

impl Words {
    /// Adds a word, after a blank if one is asked for and there is none.
    pub fn add(&mut self, word: &str, place: Option<Rect>, blank: bool) {
        if blank && !self.text.is_empty() && !self.text.ends_with(char::is_whitespace) {
            self.text.push(' ');
        }
        let start = self.text.len();
        self.text.push_str(word);
        let Some(place) = place.filter(|_| !word.is_empty()) else { return };
        self.bounds = Some(self.bounds.map_or(place, |bounds| bounds.union(&place)));
        self.pieces.push(Piece { range: start..self.text.len(), place });
    }

    /// Adds a word of a tool that parts characters without a printed space: a blank stands where the paper has one.
    pub fn add_recognised(&mut self, word: &str, place: Option<Rect>) {
        let blank = match (self.text.chars().next_back(), word.chars().next()) {
            (Some(before), Some(after)) => match least_gap(before, after) {
                // Without places the tool is believed, but between two Han.
                Some(least) => self.gap_is_over(least, place).unwrap_or(!(is_wide(before) && is_wide(after))),
                None => true,
            },
            _ => false,
        };
        self.add(word, place, blank);
    }

    /// Whether the gap before this place is wider than so many heights of a letter; `None` if a place is not known.
    fn gap_is_over(&self, heights: f32, place: Option<Rect>) -> Option<bool> {
        let (before, place) = (self.pieces.last()?, place?);
        let letter = before.place.height().max(place.height());
        let gap = place.left - before.place.right;
        (before.range.end == self.text.len()).then_some(gap > letter * heights)
    }

    /// Counts how certain a word is.
    pub fn certain(&mut self, certainty: Option<f32>) {
        if let Some(certainty) = certainty {
            self.certainty += f64::from(certainty);
            self.judged += 1;
        }
    }

    /// Whether there is nothing to see in it.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The text so far.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The rectangle around the places of its words.
    pub fn bounds(&self) -> Option<Rect> {
        self.bounds
    }

    /// The line, at the place that the file gives it, or else at that of its words.
    pub fn line(self, place: Option<Quad>) -> Line {
        let quad = place.or(self.bounds.map(Quad::from)).unwrap_or_default();
        let mut line = Line::new(self.text, quad);
        line.pieces = self.pieces;
        line.confidence = (self.judged > 0).then(|| (self.certainty / f64::from(self.judged)) as f32);
        line
    }
}

/// How wide a gap between two words must be to be a printed space, in heights of their boxes: boxes of recognised words are up to
/// half a letter apart without one, and a mark has much white beside it. `None` where any gap is one: between words in letters.
fn least_gap(before: char, after: char) -> Option<f32> {
    let is_digit = |c: char| c.is_ascii_digit();
    let is_letter = |c: char| c.is_alphabetic() && !is_wide(c);
    match (before, after) {
        (a, b) if is_han(a) && is_han(b) => Some(LETTER_GAP),
        (a, b) if (is_han(a) || is_digit(a)) && (is_han(b) || is_digit(b)) => Some(FIELD_GAP),
        (a, b) if !is_wide(a) && !is_wide(b) && (is_letter(a) || is_letter(b)) => None,
        _ => Some(f32::INFINITY),
    }
}

/// Measured on 72 pages of tesseract: of 4,000 narrower gaps between a Han and a digit none is a printed space. On 120 pages, 3 of 89 gaps
/// between two digits of 0.7 to 1.2 heights are, in lines that are justified, and 112 of 126 wider ones, in tables.
const FIELD_GAP: f32 = 1.2;
/// Of 43,300 narrower gaps between two Han 224 are printed spaces, of 230 wider ones 54.
const LETTER_GAP: f32 = 0.7;

/// Han characters, kana, and the marks of their type.
fn is_wide(c: char) -> bool {
    is_han(c)
        || matches!(c, '\u{2E80}'..='\u{303F}' | '\u{3040}'..='\u{30FF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FFEF}' | '“' | '”' | '‘' | '’' | '…' | '—' | '·')
}

/// Pieces of a text, from parts of it in their order; parts that do not stand in the text are left out.
pub fn pieces_of<'p>(text: &str, parts: impl Iterator<Item = (&'p str, Option<Rect>)>) -> Vec<Piece> {
    let mut at = 0;
    let mut pieces = Vec::new();
    for (part, place) in parts {
        let found = text.get(at..).filter(|_| !part.is_empty()).and_then(|rest| rest.find(part));
        let (Some(found), Some(place)) = (found, place) else { continue };
        let start = at + found;
        at = start + part.len();
        pieces.push(Piece { range: start..at, place });
    }
    pieces
}

/// Adds a line to a page. A text of several lines becomes as many lines, each with its share of the place; a line without
/// a visible character becomes none.
pub fn push(page: &mut Page, line: Line) {
    if !line.text.contains(is_line_end) {
        if !line.text.trim().is_empty() {
            page.lines.push(line);
        }
        return;
    }
    let rows: Vec<(usize, &str)> = rows(&line.text).collect();
    let n = rows.len();
    for (row, (start, text)) in rows.into_iter().enumerate() {
        if text.trim().is_empty() {
            continue;
        }
        let here = start..start + text.len();
        let pieces = line.pieces.iter().filter_map(|piece| inside(piece, &here)).collect();
        let mut part = Line::new(text, share(line.quad, row, n));
        (part.size, part.block, part.confidence) = (line.size, line.block, line.confidence);
        (part.pieces, part.element) = (pieces, line.element.clone());
        if let Some(bounds) = part.pieces.iter().map(|p| p.place).reduce(|a, b| a.union(&b)) {
            part.quad = bounds.into();
        }
        page.lines.push(part);
    }
}

/// The part of a piece that lies in these bytes, which then count from 0.
fn inside(piece: &Piece, here: &std::ops::Range<usize>) -> Option<Piece> {
    let (start, end) = (piece.range.start.max(here.start), piece.range.end.min(here.end));
    (start < end).then(|| Piece { range: start - here.start..end - here.start, place: piece.place })
}

/// One of several rows of a place, all of one height.
fn share(quad: Quad, row: usize, n: usize) -> Quad {
    let bounds = quad.bounds();
    let step = f64::from(bounds.height()) / n as f64;
    let top = f64::from(bounds.top) + step * row as f64;
    let (left, right) = (f64::from(bounds.left), f64::from(bounds.right));
    places::rect(left, top, right, top + step).map(Quad::from).unwrap_or_default()
}

/// What ends a line, or a page, in a text.
fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The rows of a text with the bytes where they begin.
fn rows(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    let rows = text.split_inclusive(is_line_end).map(move |row| {
        let at = start;
        start += row.len();
        (at, row.trim_end_matches(is_line_end))
    });
    rows.filter(|(_, row)| !row.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_stand_where_the_paper_has_them() {
        let at = |left: f64| places::rect(left, 0.0, left + 10.0, 10.0);
        let mut words = Words::default();
        for (word, left) in [("渠", 0.0), ("水", 11.0), ("流", 40.0), ("km", 51.0), ("。", 62.0), ("过", 80.0)] {
            words.add_recognised(word, at(left));
        }
        assert_eq!(words.text(), "渠水 流km。过");
        let line = words.line(None);
        assert_eq!(&line.text[line.pieces[2].range.clone()], "流");
        assert_eq!(line.quad.bounds(), Rect::new(0.0, 0.0, 90.0, 10.0));
    }

    #[test]
    fn how_wide_a_blank_is_hangs_on_what_stands_beside_it() {
        for (before, after, heights, text) in [
            ("渠", "水", 0.6, "渠水"),
            ("渠", "水", 0.8, "渠 水"),
            ("2", "0", 1.1, "20"),
            ("2", "0", 1.3, "2 0"),
            ("共", "2", 1.1, "共2"),
            ("共", "2", 1.3, "共 2"),
            ("2", "日", 1.1, "2日"),
            ("He", "Miao", 0.1, "He Miao"),
            ("渠", "km", 3.0, "渠km"),
        ] {
            let mut words = Words::default();
            words.add_recognised(before, places::rect(0.0, 0.0, 10.0, 10.0));
            let left = 10.0 + 10.0 * heights;
            words.add_recognised(after, places::rect(left, 0.0, left + 10.0, 10.0));
            assert_eq!(words.text(), text, "{heights} heights apart");
        }
    }

    #[test]
    fn a_text_of_several_lines_becomes_as_many() {
        let mut page = Page::default();
        push(&mut page, Line::new("渠水\r\n \u{2028}流过\u{c}", Quad::from(Rect::new(0.0, 0.0, 9.0, 30.0))));
        push(&mut page, Line::new(" \t", Quad::default()));
        let lines: Vec<(&str, f32)> = page.lines.iter().map(|l| (l.text.as_str(), l.quad.bounds().top)).collect();
        assert_eq!(lines, [("渠水", 0.0), ("流过", 20.0)]);
    }
}
