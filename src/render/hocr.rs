//! hOCR: the pages of a layout written back with the order, paragraphs, roles and articles of its proof. The texts of the
//! lines, their words, places and ids are those of the file.
//!
//! A unit is an `ocr_par`; neighbours of one article share an `ocr_carea`. A paragraph has its role in the property `x_role` of
//! its title, and the number of its article in `x_article`. Lines that cleaning removed are paragraphs with the role
//! `removed`. Places are whole numbers, as the format asks: where those of the file are not, they are written in tenths,
//! hundredths and so on of its unit, and the property `x_scale` of the page says so.

use super::blocks::{self, Block, Ids, bounds, escape};
use super::json::GENERATOR;
use crate::Proof;
use crate::layout::{Layout, Line, Page, Rect};
use std::fmt::Write;

/// A layout as one document.
///
/// ```
/// use qingyang::layout::{Layout, Line, Page, Quad, Rect};
/// use qingyang::{Cleaner, Options, render::hocr};
/// let mut page = Page::default();
/// page.lines.push(Line::new("新桥通车", Quad::from(Rect::new(10.0, 10.0, 90.0, 30.0))));
/// let layout = Layout { pages: vec![page] };
/// let proof = Cleaner::new(Options::default().with_units(true)).layout(&layout);
/// let document = hocr::document(&layout, &proof);
/// assert!(document.contains("<span class=\"ocr_line\" id=\"line_1_1\" title=\"bbox 10 10 90 30\">新桥通车</span>"));
/// ```
pub fn document(layout: &Layout, proof: &Proof) -> String {
    let mut hocr = Hocr::new();
    let mut out = String::new();
    hocr.put(layout, proof, &mut out);
    hocr.end(&mut out);
    out
}

/// Writes one document from the layouts of several inputs.
#[derive(Debug, Default)]
pub struct Hocr {
    begun: bool,
    pages: usize,
    /// Areas, paragraphs and empty boxes so far.
    made: [usize; 3],
    ids: Ids,
}

/// What is counted in `made`.
const AREA: usize = 0;
const PARAGRAPH: usize = 1;
const EMPTY: usize = 2;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="zh" lang="zh">
<head>
<title></title>
<meta http-equiv="Content-Type" content="text/html;charset=utf-8"/>
"#;

impl Hocr {
    /// An empty document.
    pub fn new() -> Hocr {
        Hocr::default()
    }

    /// Appends the pages of a layout to `out`. The proof must have units.
    pub fn put(&mut self, layout: &Layout, proof: &Proof, out: &mut String) {
        self.begin(out);
        self.ids.keep(layout);
        for (page, blocks) in layout.pages.iter().zip(blocks::of(layout, proof)) {
            self.pages += 1;
            let scale = scale(page);
            let size = page.usable_size().map(|(width, height)| Rect::new(0.0, 0.0, width, height));
            let id = self.ids.made(format!("page_{}", self.pages));
            let _ = write!(out, "<div class=\"ocr_page\" id=\"{id}\" title=\"");
            bbox(size.or(bounds(page.lines.iter())), scale, out);
            let _ = write!(out, "ppageno {}", self.pages - 1);
            if scale > 1.0 {
                let _ = write!(out, "; x_scale {scale}");
            }
            out.push_str("\">\n");
            self.areas(page, &blocks, scale, out);
            self.empty("ocr_photo", &page.pictures, scale, out);
            self.empty("ocr_separator", &page.rules, scale, out);
            out.push_str("</div>\n");
        }
    }

    /// Ends the document.
    pub fn end(&mut self, out: &mut String) {
        self.begin(out);
        out.push_str("</body>\n</html>\n");
    }

    fn begin(&mut self, out: &mut String) {
        if !std::mem::replace(&mut self.begun, true) {
            out.push_str(HEAD);
            let _ = writeln!(out, "<meta name=\"ocr-system\" content=\"{GENERATOR}\"/>");
            out.push_str(
                "<meta name=\"ocr-capabilities\" content=\"ocr_page ocr_carea ocr_par ocr_line ocrx_word\"/>\n",
            );
            out.push_str("</head>\n<body>\n");
        }
    }

    fn numbered(&mut self, what: usize, name: &str) -> String {
        self.made[what] += 1;
        self.ids.made(format!("{name}_{}", self.made[what]))
    }

    fn areas(&mut self, page: &Page, blocks: &[Block], scale: f32, out: &mut String) {
        for area in blocks.chunk_by(|a, b| a.article.is_some() && a.article == b.article) {
            let id = self.numbered(AREA, "area");
            let _ = write!(out, "<div class=\"ocr_carea\" id=\"{id}\" title=\"");
            bbox(bounds(area.iter().flat_map(|block| &block.lines).map(|&n| &page.lines[n])), scale, out);
            close_title(out);
            out.push('\n');
            for block in area {
                self.paragraph(page, block, scale, out);
            }
            out.push_str("</div>\n");
        }
    }

    fn paragraph(&mut self, page: &Page, block: &Block, scale: f32, out: &mut String) {
        let id = self.numbered(PARAGRAPH, "par");
        let _ = write!(out, "<p class=\"ocr_par\" id=\"{id}\" title=\"");
        bbox(bounds(block.lines.iter().map(|&n| &page.lines[n])), scale, out);
        let _ = write!(out, "x_role {}", block.role.map_or("removed", |role| role.name()));
        if let Some(article) = block.article {
            let _ = write!(out, "; x_article {}", article + 1);
        }
        out.push_str("\">\n");
        for &n in &block.lines {
            let line = &page.lines[n];
            let id = self.ids.of_line(&line.element, format!("line_{}_{}", self.pages, n + 1));
            self.line(line, &id, scale, out);
        }
        out.push_str("</p>\n");
    }

    fn line(&mut self, line: &Line, id: &str, scale: f32, out: &mut String) {
        let _ = write!(out, "<span class=\"ocr_line\" id=\"{id}\" title=\"");
        let place = Some(line.quad.bounds()).filter(Rect::has_area);
        bbox(place, scale, out);
        let slope = line.quad.slope();
        if place.is_some() && slope != 0.0 && slope.is_finite() {
            let _ = write!(out, "baseline {slope:.4} 0; ");
        }
        if let Some(size) = line.size.filter(|size| *size > 0.0 && size.is_finite()) {
            let _ = write!(out, "x_size {}; ", size * scale);
        }
        close_title(out);
        let mut at = 0;
        for piece in &line.pieces {
            let Some(word) = line.text.get(piece.range.clone()).filter(|_| piece.range.start >= at) else { continue };
            escape(line.text.get(at..piece.range.start).unwrap_or_default(), out);
            at = piece.range.end;
            if word.trim().is_empty() || !piece.place.has_area() {
                escape(word, out);
                continue;
            }
            // A word begins and ends with a printed character.
            let (left, right) = (word.len() - word.trim_start().len(), word.trim_end().len());
            escape(&word[..left], out);
            out.push_str("<span class=\"ocrx_word\" title=\"");
            bbox(Some(piece.place), scale, out);
            if let Some(certainty) = line.confidence {
                let _ = write!(out, "x_wconf {}; ", (certainty * 1e4).round() / 100.0);
            }
            close_title(out);
            escape(word.trim(), out);
            out.push_str("</span>");
            escape(&word[right..], out);
        }
        escape(line.text.get(at..).unwrap_or_default(), out);
        out.push_str("</span>\n");
    }

    fn empty(&mut self, class: &str, places: &[Rect], scale: f32, out: &mut String) {
        for place in places.iter().filter(|place| place.has_area()) {
            let id = self.numbered(EMPTY, class.trim_start_matches("ocr_"));
            let _ = write!(out, "<div class=\"{class}\" id=\"{id}\" title=\"");
            bbox(Some(*place), scale, out);
            close_title(out);
            out.push_str("</div>\n");
        }
    }
}

/// Writes the property `bbox`, and what separates it from the next.
fn bbox(place: Option<Rect>, scale: f32, out: &mut String) {
    if let Some(r) = place.filter(Rect::has_area) {
        let of = |side: f32| f64::from(side * scale).round().max(0.0);
        let (left, top) = (of(r.left), of(r.top));
        // No box loses its area.
        let (right, bottom) = (of(r.right).max(left + 1.0), of(r.bottom).max(top + 1.0));
        let _ = write!(out, "bbox {left} {top} {right} {bottom}; ");
    }
}

/// Ends a title that may end with a separator.
fn close_title(out: &mut String) {
    if out.ends_with("; ") {
        out.truncate(out.len() - 2);
    }
    out.push_str("\">");
}

/// The least width of a page in whole numbers that keeps the places of its lines apart.
const FINE: f32 = 5000.0;

/// What the places of a page are multiplied by: 1 if they are whole numbers, else so many tens that they lose little.
fn scale(page: &Page) -> f32 {
    let sides = page
        .lines
        .iter()
        .map(|line| line.quad.bounds())
        .filter(Rect::has_area)
        .flat_map(|r| [r.left, r.top, r.right, r.bottom]);
    let (mut whole, mut farthest) = (true, 0f32);
    for side in sides {
        whole &= side.fract() == 0.0;
        farthest = farthest.max(side.abs());
    }
    let mut scale = 1.0;
    while !whole && farthest > 0.0 && farthest * scale < FINE && scale < 1e6 {
        scale *= 10.0;
    }
    scale
}
