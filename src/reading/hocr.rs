//! hOCR. Places are pixels, or what the writer counts in. Writers differ in what they call a line and a word, some write the
//! text of a line twice, and some call a paragraph a line.

use super::error::LayoutError;
use super::places;
use super::words::{self, Words};
use super::xml::{Child, Element, Xml};
use crate::layout::{Layout, Line, Page, Piece, Quad, Rect};

/// Classes of lines. Tesseract calls one line in seven by another name than the first.
const LINES: [&str; 6] = ["ocr_line", "ocrx_line", "ocr_header", "ocr_footer", "ocr_caption", "ocr_textfloat"];

const WORDS: [&str; 2] = ["ocrx_word", "ocr_word"];

/// Classes of what holds lines.
const BLOCKS: [&str; 6] = ["ocr_carea", "ocr_par", "ocr_block", "ocrx_block", "ocr_column", "ocr_blockquote"];

const PICTURES: [&str; 5] = ["ocr_photo", "ocr_image", "ocr_linedrawing", "ocr_float", "ocr_display"];

/// Elements whose text is not printed on the page.
const NOT_PRINTED: [&str; 4] = ["head", "script", "style", "title"];

/// Reads a file.
pub fn read(xml: &Xml<'_>, layout: &mut Layout) -> Result<(), LayoutError> {
    let ours = |e: Element<'_, '_>| e.name() == "meta" && e.attribute("content").is_some_and(|of| of.starts_with(OURS));
    let mut reader = Reader { layout, block: None, blocks: 0, obeyed: xml.elements().any(ours) };
    if let Some(root) = xml.root() {
        reader.walk(root, None);
    }
    if reader.layout.pages.is_empty() {
        reader.layout.pages.push(Page::default());
    }
    Ok(())
}

struct Reader<'l> {
    layout: &'l mut Layout,
    /// The number of the innermost block.
    block: Option<u32>,
    blocks: u32,
    /// Whether the blanks of the file are blanks of the text: this program writes no others.
    obeyed: bool,
}

/// How the name of this program begins.
const OURS: &str = "qingyang ";

impl Reader<'_> {
    /// Reads what stands in an element. Text outside any line becomes a line at the place of the element around it.
    fn walk(&mut self, element: Element<'_, '_>, around: Option<Quad>) {
        let mut loose = Words::default();
        for child in element.nodes() {
            let part = match child {
                Child::Text(text) => {
                    add_loose(&mut loose, text);
                    continue;
                }
                Child::Element(part) => part,
            };
            if has_class(&part, &WORDS) {
                add_word(&mut loose, part, true, self.obeyed);
                continue;
            }
            if NOT_PRINTED.iter().any(|name| part.name().eq_ignore_ascii_case(name)) || part.name() == "br" {
                continue;
            }
            self.end_loose(&mut loose, around, &element);
            self.part(part, around);
        }
        self.end_loose(&mut loose, around, &element);
    }

    fn part(&mut self, part: Element<'_, '_>, around: Option<Quad>) {
        let place = bbox(&part);
        if has_class(&part, &["ocr_page"]) {
            let size = property(&part, "bbox").filter(|sides| sides.count == 4).and_then(|sides| {
                let [left, top, right, bottom] = sides.first;
                places::size(Some(right - left), Some(bottom - top))
            });
            self.layout.pages.push(Page { size, ..Page::default() });
            self.walk(part, None);
        } else if has_class(&part, &LINES) {
            self.line(part);
        } else if has_class(&part, &BLOCKS) {
            let outer = self.block.replace(self.blocks);
            self.blocks += 1;
            self.walk(part, place.map(Quad::from).or(around));
            self.block = outer;
        } else {
            if has_class(&part, &PICTURES) {
                self.page().pictures.extend(place);
            } else if has_class(&part, &["ocr_separator"]) {
                self.page().rules.extend(place);
            }
            self.walk(part, place.map(Quad::from).or(around));
        }
    }

    /// The last page; lines before the first or outside any page need one too.
    fn page(&mut self) -> &mut Page {
        if self.layout.pages.is_empty() {
            self.layout.pages.push(Page::default());
        }
        let last = self.layout.pages.len() - 1;
        &mut self.layout.pages[last]
    }

    fn end_loose(&mut self, loose: &mut Words, around: Option<Quad>, element: &Element<'_, '_>) {
        let words = std::mem::take(loose);
        if words.is_blank() {
            return;
        }
        let place = words.bounds().map(Quad::from).or(around);
        let line = words.line(place);
        self.put(line, element);
    }

    fn line(&mut self, element: Element<'_, '_>) {
        let words = words_of(element, self.obeyed);
        let place = bbox(&element);
        let slope = first_of(&element, "baseline");
        let mut line = words.line(place.map(|place| turned(place, slope.unwrap_or(0.0))));
        line.size = first_of(&element, "x_size").and_then(places::length);
        self.put(line, &element);
    }

    fn put(&mut self, mut line: Line, element: &Element<'_, '_>) {
        line.block = self.block;
        line.element = element.attribute("id").map_or_else(|| format!("node {}", element.index()), str::to_string);
        let rows = if self.obeyed { vec![line] } else { rows_of(line) };
        let page = self.page();
        rows.into_iter().for_each(|row| words::push(page, row));
    }
}

fn has_class(element: &Element<'_, '_>, classes: &[&str]) -> bool {
    let found = element.attribute("class").unwrap_or_default();
    classes.contains(&found) || found.split_ascii_whitespace().any(|class| classes.contains(&class))
}

/// The numbers of a property.
#[derive(Default)]
struct Values {
    /// The first of them.
    first: [f64; 4],
    count: usize,
}

/// The numbers of a property in the title of an element: `bbox 10 20 110 40`.
fn property(element: &Element<'_, '_>, name: &str) -> Option<Values> {
    let mut rest = element.attribute("title")?;
    let values = loop {
        let end = memchr::memchr(b';', rest.as_bytes());
        let property = &rest[..end.unwrap_or(rest.len())];
        if let Some(values) = property.trim_start().strip_prefix(name).and_then(|values| values.strip_prefix(' ')) {
            break values;
        }
        rest = &rest[end? + 1..];
    };
    let mut found = Values::default();
    for value in values.split_ascii_whitespace() {
        let value = value.parse().ok()?;
        if let Some(place) = found.first.get_mut(found.count) {
            *place = value;
        }
        found.count += 1;
    }
    Some(found)
}

/// The first number of a property.
fn first_of(element: &Element<'_, '_>, name: &str) -> Option<f64> {
    property(element, name).filter(|values| values.count > 0).map(|values| values.first[0])
}

fn bbox(element: &Element<'_, '_>) -> Option<Rect> {
    let values = property(element, "bbox")?;
    if values.count == 4 { places::sides(&values.first) } else { None }
}

/// The line inside its box, if it goes down by so much for each step to the right: the box has grown by that.
fn turned(r: Rect, slope: f64) -> Quad {
    let fall = slope as f32 * r.width();
    if !fall.is_finite() || fall == 0.0 || fall.abs() > MOST_FALL * r.height() {
        return r.into();
    }
    let (down, up) = (fall.max(0.0), (-fall).max(0.0));
    Quad([(r.left, r.top + up), (r.right, r.top + down), (r.right, r.bottom - up), (r.left, r.bottom - down)])
}

/// A line falls by at most so much of the height of its box; more is no slope of a line of text.
const MOST_FALL: f32 = 0.7;

/// The words of a line. Text outside its words belongs to it too, unless it repeats them all.
fn words_of(element: Element<'_, '_>, obeyed: bool) -> Words {
    let visible = |wanted: bool| {
        let mut visible = String::new();
        texts(element, false, &mut |text, in_word| {
            if in_word == wanted {
                visible.extend(text.chars().filter(|c| !c.is_whitespace()));
            }
        });
        visible
    };
    // Most lines have nothing but words.
    let outside = visible(false);
    let repeats = !outside.is_empty() && visible(true) == outside;
    let mut words = Words::default();
    let mut apart = false;
    collect(element, Way { only_words: repeats, obeyed }, &mut words, &mut apart);
    words
}

/// Gives each text to `take`, and whether it stands in a word.
fn texts(element: Element<'_, '_>, in_word: bool, take: &mut dyn FnMut(&str, bool)) {
    for child in element.nodes() {
        match child {
            Child::Text(text) => take(text, in_word),
            Child::Element(part) if is_dropped(&part) => {}
            Child::Element(part) => texts(part, in_word || has_class(&part, &WORDS), take),
        }
    }
}

/// How the text of a line is taken.
#[derive(Clone, Copy)]
struct Way {
    /// Text outside its words is left out.
    only_words: bool,
    obeyed: bool,
}

fn collect(element: Element<'_, '_>, way: Way, words: &mut Words, apart: &mut bool) {
    for child in element.nodes() {
        match child {
            Child::Text(text) => {
                *apart |= text.starts_with(char::is_whitespace);
                if !way.only_words && !text.trim().is_empty() {
                    add_run(words, text, *apart);
                    *apart = false;
                }
                *apart |= text.ends_with(char::is_whitespace);
            }
            Child::Element(part) if has_class(&part, &WORDS) => {
                add_word(words, part, *apart, way.obeyed);
                *apart = false;
            }
            Child::Element(part) if is_dropped(&part) => {}
            Child::Element(part) if part.name() == "br" => *apart = true,
            Child::Element(part) => collect(part, way, words, apart),
        }
    }
}

/// Another reading of a word, beside the one that counts.
fn is_dropped(element: &Element<'_, '_>) -> bool {
    element.name() == "del" && has_class(element, &["alt"])
}

fn add_word(words: &mut Words, element: Element<'_, '_>, apart: bool, obeyed: bool) {
    let mut text = String::new();
    texts(element, true, &mut |part, _| text.push_str(part));
    let text = text.trim();
    if text.is_empty() {
        return;
    }
    let place = bbox(&element);
    if apart && !obeyed {
        words.add_recognised(text, place)
    } else {
        words.add(text, place, apart)
    }
    let certainty = first_of(&element, "x_wconf").and_then(|value| places::certainty(value, 100.0));
    words.certain(certainty);
}

/// A text without a place, its white space made single.
fn add_run(words: &mut Words, text: &str, apart: bool) {
    for (n, word) in text.split_whitespace().enumerate() {
        words.add(word, None, apart || n > 0);
    }
}

fn add_loose(words: &mut Words, text: &str) {
    if !text.trim().is_empty() {
        add_run(words, text, true);
    }
}

/// A paragraph that is called a line, as its rows: a word begins a row where it stands below the word before it and farther
/// left, back at the first word of the row. A mark may stand so high or low that only all three together tell.
fn rows_of(line: Line) -> Vec<Line> {
    let mut cuts: Vec<usize> = Vec::new();
    let mut first = 0;
    for (n, pair) in line.pieces.windows(2).enumerate() {
        let (a, b) = (pair[0].place, &pair[1]);
        let back = b.place.left < a.left && b.place.left < line.pieces[first].place.right;
        if back && b.place.top > a.bottom - a.height() * OVERLAP {
            cuts.push(b.range.start);
            first = n + 1;
        }
    }
    if cuts.is_empty() {
        return vec![line];
    }
    cuts.push(line.text.len());
    let mut rows = Vec::new();
    let mut start = 0;
    for end in cuts {
        let inside = line.pieces.iter().filter(|p| start <= p.range.start && p.range.end <= end);
        let pieces: Vec<Piece> =
            inside.map(|p| Piece { range: p.range.start - start..p.range.end - start, place: p.place }).collect();
        let bounds = pieces.iter().map(|p| p.place).reduce(|a, b| a.union(&b));
        let mut row = line.clone();
        row.text = line.text.get(start..end).unwrap_or_default().to_string();
        row.quad = bounds.map(Quad::from).unwrap_or(line.quad);
        row.pieces = pieces;
        rows.push(row);
        start = end;
    }
    rows
}

/// Two rows of a paragraph overlap by at most so much of a word's height; a word of the same row stands less low.
const OVERLAP: f32 = 0.2;
